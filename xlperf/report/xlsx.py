"""What all workbooks made with XlsxWriter have in common."""

from __future__ import annotations

import datetime as dt

from xlperf.form.looks import FONT
from xlperf.ooxml.zip_out import MOMENT

CREATED = dt.datetime(*MOMENT)
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
    # Excel measures column widths in digits of this font. Every Chinese PC has it, so pages look the same everywhere.
    "default_format_properties": {"font_name": FONT, "font_size": 11},
}
