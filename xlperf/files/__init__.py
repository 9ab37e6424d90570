"""Reads foreign files safely and writes files atomically. Knows neither spreadsheets nor documents."""

from xlperf.files.guard import Refused, fetch, part_of, unpack
from xlperf.files.one_file import OUR_FAULT, attempt, check_time, our_fault, too_slow
from xlperf.files.save import kept_old, moved_aside, patiently, replace_file, reserved, reserved_folder, save_bytes
from xlperf.files.temporary import temporary_disk

__all__ = [
    "OUR_FAULT",
    "Refused",
    "attempt",
    "check_time",
    "fetch",
    "kept_old",
    "moved_aside",
    "our_fault",
    "part_of",
    "patiently",
    "replace_file",
    "reserved",
    "reserved_folder",
    "save_bytes",
    "temporary_disk",
    "too_slow",
    "unpack",
]
