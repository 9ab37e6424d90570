#!/bin/sh
# Removes what the installation put into the user's folder.
home="${XDG_DATA_HOME:-$HOME/.local/share}/xlperf"
if [ ! -x "$home/uninstall.sh" ]; then
  echo "本机没有安装 xlperf，不需要卸载。"
  exit 0
fi
exec "$home/uninstall.sh"
