@echo off
setlocal
set "home=%LOCALAPPDATA%\xlperf"
if not exist "%home%\python\python.exe" goto none
cd /d "%TEMP%"
"%home%\python\python.exe" -B -m xlperf bundle uninstall
if errorlevel 1 goto kept
rem What follows stands in one line, because its first command may remove this file.
rmdir /s /q "%home%" & (if exist "%home%" (echo 没有删净，请手工删除这个文件夹： & echo "%home%")) & pause & exit /b 0
:kept
pause
exit /b 3
:none
echo 本机没有安装 xlperf，不需要卸载。
echo xlperf is not installed here.
pause
