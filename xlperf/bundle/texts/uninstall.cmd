@echo off
setlocal
set "home=%LOCALAPPDATA%\xlperf"
set code=3
if not exist "%home%" goto none
if /i not "%~dp0"=="%home%\" goto away
rem A file that runs may keep its folder there: a copy goes on in a window of its own.
copy /y "%~f0" "%TEMP%\xlperf-uninstall.cmd" >nul
if errorlevel 1 goto away
cd /d "%TEMP%"
start "xlperf" cmd /c .\xlperf-uninstall.cmd
exit /b 0
:away
cd /d "%TEMP%"
if not exist "%home%\python\python.exe" goto damaged
"%home%\python\python.exe" -B -m xlperf bundle uninstall
rem Python itself fails with 1 or a negative number.
if %errorlevel%==1 goto damaged
if %errorlevel% lss 0 goto damaged
if not %errorlevel%==0 goto end
set code=0
rmdir /s /q "%home%"
if not exist "%home%" goto end
echo 没有删净，请手工删除这个文件夹：
echo "%home%"
goto end
:damaged
echo xlperf 的文件不完整，卸载不了。请先运行安装包里的“安装”，再运行“卸载”。
echo Files of xlperf are missing. Install it again from the package, then uninstall it.
goto end
:none
echo 本机没有安装 xlperf，不需要卸载。
echo xlperf is not installed here.
set code=0
:end
pause
if /i "%~n0"=="xlperf-uninstall" del "%~f0" & exit /b %code%
exit /b %code%
