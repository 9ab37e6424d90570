"""Official forms in a workbook: the sheets that show as blocks, and the cell each line of the blocks stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from xlperf.checks import finding
from xlperf.document.blocks import Block, Cell, Row, lines_of
from xlperf.document.labels import column
from xlperf.document.sheets import NOTHING, Sheet, fault_of, has_lost_digits, open_sheets
from xlperf.document.table_file import hidden_sheet
from xlperf.model import Finding, Locus
from xlperf.ooxml.grid import MOST_COLUMNS


class Forms(NamedTuple):
    """The blocks, the place of each of their lines, and the findings about cells that say nothing."""

    blocks: Sequence[Block]
    places: Mapping[int, Locus] = MappingProxyType({})
    findings: Sequence[Finding] = ()


def holds_forms(path: Path) -> bool:
    """Whether a sheet that shows has a table of indicators. Raises UnreadableInput."""
    return any(heads_indicators(sheet.texts(row)) for sheet in open_sheets(path).sheets for row in sheet.rows)


def heads_indicators(texts: Sequence[str]) -> bool:
    """Whether these texts of a row are the head of a form's indicators."""
    return len({"level1", "level2", "name"} & {found.field for text in texts if (found := column(text))}) > 1


def open_forms(path: Path) -> Forms:
    """The blocks of the sheets that show, each cell a line of its own. Raises UnreadableInput."""
    opened = open_sheets(path)
    blocks: list[Block] = []
    places: dict[int, Locus] = {}
    findings = [hidden_sheet(path.name, title) for title in opened.hidden]
    for sheet in opened.sheets:
        width = min(max((max(cells) for cells in sheet.rows.values()), default=0), MOST_COLUMNS)
        for row in sorted(sheet.rows):
            findings += _faults(sheet, row)
            if any(cell.text for cell in sheet.rows[row].values()):
                blocks.append(_row(sheet, row, width, places))
    return Forms(blocks, places, findings)


def _row(sheet: Sheet, row: int, width: int, places: dict[int, Locus]) -> Row:
    cells = []
    for at in range(1, width + 1):
        held = sheet.rows[row].get(at, NOTHING)
        line = len(places) + 1
        places[line] = sheet.place(row, at)
        cells.append(Cell("" if held.fault or has_lost_digits(held) else lines_of(held.text), line))
    return Row(tuple(cells))


def _faults(sheet: Sheet, row: int) -> Iterator[Finding]:
    """What is said of the cells of a row that show nothing, or not what was typed."""
    for at, cell in sorted(sheet.rows[row].items()):
        if fault := fault_of(cell, "", sheet.place(row, at)):
            yield fault
        elif has_lost_digits(cell):
            yield finding("XPF409", sheet.place(row, at), field="", text=cell.text)
