"""The looks of the summary in XlsxWriter's words, from the same colours as the workbooks staff fill in."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from xlperf.form import Kind
from xlperf.form.looks import FAINT, FONT, HEAD, INK, LINE, TINTS

DEEP, LINK, STEEL, PALE = "24405C", "0563C1", "3E74A8", "F5F8FB"

Look = dict[str, Any]

BASE: Look = {"font_name": FONT, "font_size": 10, "font_color": f"#{INK}", "valign": "vcenter"}
BOXED: Look = {"border": 1, "border_color": f"#{LINE}"}

LOOKS: dict[str, Look] = {
    "title": {"font_size": 18, "bold": True, "align": "center"},
    "line": {"align": "left"},
    "line_right": {"align": "right"},
    "section": {"font_size": 12, "bold": True, "font_color": f"#{DEEP}", "bottom": 2, "bottom_color": f"#{STEEL}"},
    "note": {"font_size": 9, "font_color": f"#{FAINT}", "text_wrap": True, "valign": "top"},
    "head": {**BOXED, "bold": True, "font_color": f"#{DEEP}", "bg_color": f"#{HEAD}", "align": "center",
             "text_wrap": True},
    "cell": {**BOXED, "align": "left", "indent": 1, "shrink": True},
    "wrapped": {**BOXED, "align": "left", "indent": 1, "text_wrap": True},
    "link": {**BOXED, "align": "left", "indent": 1, "shrink": True, "font_color": f"#{LINK}", "underline": 1},
    "word": {**BOXED, "align": "center", "shrink": True},
    "money": {**BOXED, "align": "right", "indent": 1, "num_format": "#,##0.00", "shrink": True},
    "share": {**BOXED, "align": "center", "num_format": "0.0%"},
    "count": {**BOXED, "align": "center", "num_format": "#,##0"},
    "month": {**BOXED, "align": "center", "num_format": '0"月"'},
    "card_label": {"top": 2, "top_color": f"#{STEEL}", "bg_color": f"#{PALE}", "align": "center",
                   "font_color": f"#{DEEP}"},
    "card_money": {"bg_color": f"#{PALE}", "align": "center", "font_size": 17, "bold": True,
                   "num_format": "#,##0.00", "shrink": True},
    "card_share": {"bg_color": f"#{PALE}", "align": "center", "font_size": 17, "bold": True, "num_format": "0.0%"},
    "card_count": {"bg_color": f"#{PALE}", "align": "center", "font_size": 17, "bold": True, "num_format": "#,##0"},
    "card_unit": {"bg_color": f"#{PALE}", "align": "center", "font_size": 9, "font_color": f"#{FAINT}"},
}  # fmt: skip

LOOKS.update(
    (f"alert_{tint}", {"bold": True, "font_color": f"#{colour}", "bg_color": f"#{fill}", "indent": 1, "shrink": True})
    for tint, (colour, _, fill) in TINTS.items()
)

# Cells of the lists, by what their column holds.
KINDS: dict[Kind, Look] = {
    Kind.TEXT: {"align": "left", "indent": 1},
    Kind.PARAGRAPH: {"align": "left", "indent": 1, "text_wrap": True},
    Kind.WORD: {"align": "center", "shrink": True},
    Kind.QUANTITY: {"align": "center", "text_wrap": True},
    Kind.POINTS: {"align": "center"},
    Kind.MONEY: {"align": "right", "indent": 1, "num_format": "#,##0.00"},
    Kind.SHARE: {"align": "center", "num_format": "0.0%"},
    Kind.COUNT: {"align": "center", "num_format": "0"},
    Kind.MONTH: {"align": "center", "num_format": '0"月"'},
    Kind.DATE: {"align": "center", "num_format": "yyyy-mm-dd"},
}


class Paint:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}

    def look(self, name: str) -> Format:
        """A look by name."""
        return self._format(name, {**BASE, **LOOKS[name]})

    def kind(self, kind: Kind, link: bool) -> Format:
        """The cells of a list column."""
        look = {**BASE, **BOXED, **KINDS[kind]}
        if link:
            look.update(font_color=f"#{LINK}", underline=1)
        return self._format(f"{kind} {link}", look)

    def tint(self, tint: str, mark: str) -> Format:
        """The conditional look of a word; its mark comes from the number format, so the value stays the plain word."""
        colour, bold, fill = TINTS[tint]
        look: Look = {"num_format": f'General;General;General;"{mark} "@', "bold": bold, "font_color": f"#{colour}"}
        if fill:
            look["bg_color"] = f"#{fill}"
        return self._format(f"tint {tint} {mark}", look)

    def _format(self, name: str, look: Look) -> Format:
        if name not in self._made:
            self._made[name] = self._book.add_format(look)
        return self._made[name]
