"""The cell styles of the summary as XlsxWriter's properties, in the colours of the workbooks staff fill in."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xlperf.consolidate.columns import TINTED_WORDS
from xlperf.form import Kind
from xlperf.form.looks import FAINT, FONT, HEAD, INK, LINE, TINTS

DEEP, LINK, STEEL, PALE = "24405C", "0563C1", "3E74A8", "F5F8FB"

Properties = dict[str, Any]

BASE: Properties = {"font_name": FONT, "font_size": 10, "font_color": f"#{INK}", "valign": "vcenter"}
BOXED: Properties = {"border": 1, "border_color": f"#{LINE}"}

STYLES: dict[str, Properties] = {
    "title": {"font_size": 18, "bold": True, "align": "center"},
    "sentence": {"font_size": 13, "bold": True, "font_color": f"#{DEEP}", "text_wrap": True, "valign": "vcenter"},
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

STYLES.update(
    (f"alert_{tint}", {"bold": True, "font_color": f"#{colour}", "bg_color": f"#{fill}", "indent": 1, "shrink": True})
    for tint, (colour, _, fill) in TINTS.items()
)

# Cells of the lists, by the kind of their column.
KINDS: dict[Kind, Properties] = {
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


def _cells(kind: Kind, size: int) -> Properties:
    """Cells of a column; large letters stand in narrow columns, where a number that does not fit is no number."""
    fitted = {"indent": 0, "shrink": True} if size > BASE["font_size"] else {}
    return {**BASE, **BOXED, **KINDS[kind], "font_size": size, **fitted}


class FormatCache:
    """The formats of one workbook, each added once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._formats: dict[str, Format] = {}

    def style(self, name: str, size: int = 0) -> Format:
        """The format of a named style, perhaps of another size."""
        properties = {**BASE, **STYLES[name]}
        return self._format(f"{name} {size}", properties | {"font_size": size} if size else properties)

    def kind(self, kind: Kind, link: bool, size: int) -> Format:
        """The format of a list column's cells."""
        properties = _cells(kind, size)
        if link:
            properties.update(font_color=f"#{LINK}", underline=1)
        return self._format(f"{kind} {link} {size}", properties)

    def total(self, kind: Kind, size: int) -> Format:
        """The format of the total of a column."""
        properties = {"bold": True, "bg_color": f"#{PALE}", "shrink": True}
        return self._format(f"total {kind} {size}", _cells(kind, size) | properties)

    def tint_words(self, sheet: Worksheet, key: str, *area: int) -> None:
        """Colour the words of a column key in an area: first row and column, last row and column, from 0."""
        for word, (tint, mark) in TINTED_WORDS.get(key, {}).items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self._tint(tint, mark)}
            sheet.conditional_format(*area, rule)

    def _tint(self, tint: str, mark: str) -> Format:
        """The conditional format of a word. The number format adds the mark, so the value stays the plain word."""
        colour, bold, fill = TINTS[tint]
        number_format = f'General;General;General;"{mark} "@'
        properties: Properties = {"num_format": number_format, "bold": bold, "font_color": f"#{colour}"}
        if fill:
            properties["bg_color"] = f"#{fill}"
        return self._format(f"tint {tint} {mark}", properties)

    def _format(self, name: str, properties: Properties) -> Format:
        if name not in self._formats:
            self._formats[name] = self._book.add_format(properties)
        return self._formats[name]
