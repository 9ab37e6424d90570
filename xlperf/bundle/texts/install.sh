#!/bin/sh
# Puts xlperf into the user's own folder.
cd "$(dirname "$0")" || exit 3
if [ ! -x program/{python} ]; then
  echo "文件不完整，或这里不许运行程序（U盘常常这样）。请把压缩包复制到桌面，在桌面上重新解压，再运行里面的“安装.sh”。"
  echo "Files are missing, or programs may not run here. Extract the package on the desktop and run this file there."
  exit 3
fi
exec program/{python} -I -B -m xlperf.cli.window bundle install
