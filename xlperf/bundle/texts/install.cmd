@echo off
setlocal
if not exist "%~dp0program" goto packed
if not exist "%~dp0program\python\python.exe" goto damaged
if not exist "%~dp0program\contents.json" goto damaged
"%~dp0program\python\python.exe" -B -m xlperf.cli.window bundle install
rem Python itself fails with 1 or a negative number, and closes the window with nobody asked.
if %errorlevel%==1 goto damaged
if %errorlevel% lss 0 goto damaged
exit /b %errorlevel%
:packed
echo 请先把压缩包全部解压，再运行解压出来的“安装”。
echo Extract the whole zip file first, then run this file where it was extracted to.
pause
exit /b 3
:damaged
echo 解压出来的文件不完整，没有安装。被杀毒软件删除的，先把这个文件夹加入信任；再重新解压，运行里面的“安装”。
echo Files are missing here, nothing was installed. Trust this folder in the antivirus program and extract again.
pause
exit /b 3
