#!/bin/sh
exec "{python}" -I -m xlperf "$@"
