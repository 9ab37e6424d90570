"""What all workbooks made with XlsxWriter have in common."""

from __future__ import annotations

import datetime as dt

from xlsxwriter.worksheet import Worksheet

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


def set_up_page(sheet: Worksheet, paper: int, **margins: float) -> None:
    """Let a sheet be printed across its paper, as wide as that, with numbered pages; margins in inches."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.set_margins(**margins)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
