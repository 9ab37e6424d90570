"""The sheet 检查结果: every note in a row, with a link to its cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlperf.model import Severity
from xlperf.ooxml.a1 import address, quoted_title
from xlperf.ooxml.namespaces import MAIN
from xlperf.ooxml.serialise import DECLARATION, inline_text
from xlperf.ooxml.sheet_xml import hyperlink_xml
from xlperf.workbook.annotation_marks import LIST_MARKER, LIST_TITLE, WORDS
from xlperf.workbook.write.fill import LARGEST_HEIGHT, LINE_HEIGHT, lines

SIGNS = {Severity.ERROR: "■", Severity.WARNING: "▲", Severity.INFO: "●"}
# heading, width
COLUMNS = (("程度", 10), ("代码", 10), ("问题", 68), ("工作表", 41), ("单元格", 11))
HEAD_ROW = 4
ADVICE = (
    "请按下表到各工作表改正后保存、交回。有颜色的单元格带批注，鼠标移上去即可看到原因。"
    "本表和这些批注由 xlperf 生成，不影响填报，不必删除。"
)
NOTHING = "没有发现问题。"
_CODE = re.compile(r"(XPF\d{3})[\s:：]*(.*)", re.DOTALL)


class Entry(NamedTuple):
    """A row of the list; `link` is whether a person can go to the cell."""

    severity: Severity
    text: str
    sheet: str
    cell: str
    link: bool


def last_row(entries: Sequence[Entry]) -> int:
    """The last row of the table."""
    return HEAD_ROW + max(len(entries), 1)


def table_area(entries: Sequence[Entry]) -> str:
    """The table with its head, as a formula names it."""
    first, last = address(HEAD_ROW, 1), address(last_row(entries), len(COLUMNS))
    return ":".join(re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", corner) for corner in (first, last))


def sheet_xml(entries: Sequence[Entry], looks: Mapping[str, int]) -> str:
    """The worksheet."""
    columns, marker = len(COLUMNS), len(COLUMNS) + 1
    widths = "".join(
        f'<col min="{i}" max="{i}" width="{width}" customWidth="1"/>' for i, (_, width) in enumerate(COLUMNS, start=1)
    )
    head = "".join(_cell(HEAD_ROW, i, name, looks["head"]) for i, (name, _) in enumerate(COLUMNS, start=1))
    rows = [
        _row(1, 30, _cell(1, 1, LIST_TITLE, looks["title"]) + _cell(1, marker, LIST_MARKER, looks["hint"])),
        _row(2, 20, _cell(2, 1, _counts(entries), looks["note"])),
        _row(3, 24, _cell(3, 1, ADVICE, looks["hint"])),
        _row(HEAD_ROW, 22, head),
    ]
    links = []
    for at, entry in enumerate(entries, start=HEAD_ROW + 1):
        rows.append(_entry_row(at, entry, looks))
        if entry.link:
            links.append(hyperlink_xml(address(at, columns), f"{quoted_title(entry.sheet)}!{entry.cell}"))
    if not entries:
        rows.append(_row(HEAD_ROW + 1, 22, _cell(HEAD_ROW + 1, 3, NOTHING, looks["text"])))
    below = address(HEAD_ROW + 1, 1)
    table = table_area(entries).replace("$", "")
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}">'
        '<sheetPr><tabColor rgb="FFC0272D"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="{address(1, 1)}:{address(last_row(entries), marker)}"/>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{HEAD_ROW}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}'
        f'<col min="{marker}" max="{marker}" width="12" hidden="1" customWidth="1"/></cols>'
        f'<sheetData>{"".join(rows)}</sheetData><autoFilter ref="{table}"/>'
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页&amp;R&amp;A</oddFooter></headerFooter></worksheet>"
    )


def _counts(entries: Sequence[Entry]) -> str:
    """How many there are of each severity."""
    times = Counter(entry.severity for entry in entries)
    counts = (f"{SIGNS[severity]} {WORDS[severity]} {times[severity]} 处" for severity in Severity if times[severity])
    return "　".join(counts) or NOTHING


def _entry_row(at: int, entry: Entry, looks: Mapping[str, int]) -> str:
    match = _CODE.fullmatch(entry.text)
    code, text = match.groups() if match else ("", entry.text)
    needed = max(lines(text, COLUMNS[2][1]), lines(entry.sheet, COLUMNS[3][1])) * LINE_HEIGHT + 8
    columns = (
        (f"{SIGNS[entry.severity]} {WORDS[entry.severity]}", entry.severity.value),
        (code, "word"),
        (text, "text"),
        (entry.sheet, "word"),
        (entry.cell, "link" if entry.link else "word"),
    )
    cells = "".join(_cell(at, i, words, looks[look]) for i, (words, look) in enumerate(columns, start=1))
    return _row(at, min(needed, LARGEST_HEIGHT), cells)


def _row(at: int, height: float, cells: str) -> str:
    return f'<row r="{at}" ht="{height:g}" customHeight="1">{cells}</row>'


def _cell(row: int, column: int, text: str, style: int) -> str:
    opening = f'<c r="{address(row, column)}" s="{style}"'
    return f'{opening} t="inlineStr">{inline_text(text)}</c>' if text else f"{opening}/>"
