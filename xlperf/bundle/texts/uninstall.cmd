@echo off
if not exist "%LOCALAPPDATA%\xlperf\uninstall.cmd" goto none
"%LOCALAPPDATA%\xlperf\uninstall.cmd"
:none
echo 本机没有安装 xlperf，不需要卸载。
echo xlperf is not installed here.
pause
