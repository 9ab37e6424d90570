@echo off
setlocal
cd /d "%TEMP%"
for %%I in ("%~dp0.") do set "home=%%~fI"
"%home%\python\python.exe" -B -m xlperf bundle uninstall
if errorlevel 1 goto kept
rem What follows stands in one line, because its first command removes this file.
rmdir /s /q "%home%" & (if exist "%home%" (echo 没有删净，请手工删除这个文件夹： & echo "%home%")) & pause & exit /b 0
:kept
pause
exit /b 3
