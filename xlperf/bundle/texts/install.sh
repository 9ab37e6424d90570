#!/bin/sh
# Puts xlperf into the user's own folder.
cd "$(dirname "$0")" || exit 3
exec program/{python} -I -B -m xlperf.cli.window bundle install
