#!/bin/sh
# Removes the entries, then this folder itself.
home=$(cd "$(dirname "$0")" && pwd) || exit 3
cd / || exit 3
"$home"/{python} -I -B -m xlperf bundle uninstall && rm -rf "$home"
