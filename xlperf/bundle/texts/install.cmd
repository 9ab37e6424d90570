@echo off
setlocal
if not exist "%~dp0program\python\python.exe" goto packed
"%~dp0program\python\python.exe" -B -m xlperf.cli.window bundle install
exit /b %errorlevel%
:packed
echo 请先把压缩包全部解压，再运行解压出来的“安装”。
echo Extract the whole zip file first, then run this file where it was extracted to.
pause
exit /b 3
