"""Text dumps of Word documents → blocks. Knows how tables are dumped; knows labels only to find the borders of rows.

Tabbed: every cell is a line that begins with a tab, and blank lines usually end a row but also stand inside one; or
(pasted from Word) a row is a line with tabs inside. Piped: the cells of a row stand on one line, separated by `|`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from xlperf.document.blocks import Block, Cell, Paragraph, Row, lines_of
from xlperf.document.drawn import Line, barred, drawn_rows, is_ruled
from xlperf.document.headings import PAGE_NUMBER, contents, opens_part
from xlperf.document.labels import column, indicators_caption, is_level1, is_level2, key, starts_row
from xlperf.document.unit_texts import money_unit, unit_code
from xlperf.measure.codes import LENGTH

_CODE = re.compile(r"\d{8}[A-Z][0-9A-Z]+")
_RULE = re.compile(r":?-{2,}:?")  # the line under a Markdown table's head
_TAB = re.compile(r"[ \u00a0\u3000]*\t")


class BrokenCells(Exception):
    """Cells are broken over lines in a way that cannot be undone; `line` is where."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def read_dump(text: str) -> tuple[Block, ...]:
    """The blocks of a text dump; which of the two ways it is written in is what most of its table lines say.

    Raises BrokenCells.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    tabbed = sum(1 for line in lines if "\t" in line)
    piped = sum(1 for line in lines if "|" in barred(line))
    return tuple(_piped(lines) if piped > tabbed else _tabbed(lines))


# --- piped -----------------------------------------------------------------------------------------------------------


def _piped(lines: Sequence[str]) -> Iterator[Block]:
    plain = [barred(line) for line in lines]
    framed = all(line.strip().startswith("|") for line in plain if "|" in line)
    table: list[Line] = []
    for line in map(Line, lines, range(1, len(lines) + 1)):
        if "|" in plain[line.number - 1] or is_ruled(line.text):
            table.append(line)
            continue
        yield from _table(table, framed)
        table = []
        if text := lines_of(line.text):
            yield Paragraph(text, line.number)
    yield from _table(table, framed)


def _table(lines: Sequence[Line], framed: bool) -> Iterator[Row]:
    """The rows of neighbouring lines, by the borders of their columns, else each line a row."""
    rows = drawn_rows(lines)
    rows = list(_lines_as_rows(lines, framed)) if rows is None else rows
    for above, below in pairwise(rows):
        for upper, lower in zip(above.cells, below.cells, strict=False):
            if _is_broken_code(upper.text, lower.text):
                raise BrokenCells(upper.line)
    yield from rows


def _lines_as_rows(lines: Sequence[Line], framed: bool) -> Iterator[Row]:
    for line in lines:
        plain = barred(line.text).strip()
        if framed:
            plain = plain.removeprefix("|").removesuffix("|")
        blank = Cell("", line.number)
        cells = tuple(Cell(lines_of(text), line.number) if text else blank for text in plain.split("|"))
        if not (is_ruled(line.text) or all(_RULE.fullmatch(cell.text) for cell in cells)):
            yield Row(cells)


def _is_broken_code(upper: str, lower: str) -> bool:
    """Whether two cells, one below the other, are the halves of a project code."""
    broken = 6 <= len(upper) < LENGTH == len(upper) + len(lower) and upper[:6].isdigit()
    return broken and _CODE.fullmatch(upper + lower) is not None


# --- tabbed ----------------------------------------------------------------------------------------------------------


class _Piece(NamedTuple):
    """A cell or (tabbed False) a text line of the dump; `gap` tells whether a blank line stands before it.

    `whole`: its row stands on one line, with tabs inside.
    """

    text: str
    line: int
    tabbed: bool
    gap: bool
    whole: bool = False


def _tabbed(lines: Sequence[str]) -> Iterator[Block]:
    width = 0
    cells: list[_Piece] = []
    for piece in _joined(list(_pieces(lines))):
        if piece.tabbed:
            cells.append(piece)
            continue
        width = _width(cells) or width
        yield from _rows(cells, width)
        cells = []
        yield Paragraph(lines_of(piece.text), piece.line)
    yield from _rows(cells, _width(cells) or width)


def _pieces(lines: Sequence[str]) -> Iterator[_Piece]:
    gap = False
    for number, line in enumerate(lines, start=1):
        start = _TAB.match(line)
        cells = line[start.end() if start else 0 :].split("\t")
        if len(cells) > 1 and not contents(line):
            for index, text in enumerate(line.split("\t")):
                yield _Piece(text, number, True, index == 0, whole=True)
            gap = True
        elif start:
            yield _Piece(cells[0], number, True, gap)
            gap = False
        elif _is_page_number(line):
            continue
        elif lines_of(line):
            yield _Piece(line, number, False, gap)
            gap = False
        else:
            gap = True


def _joined(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Text lines that belong to the cell before them are put back into it.

    They do when they follow it directly, or across a blank line where the cell would be blank without them or its row
    goes on right behind them. A heading never does, nor does a text in front of a new table.
    """
    cell: _OpenCell | None = None
    for index, piece in enumerate(pieces):
        if piece.tabbed or cell is None or not _continues(cell, piece, pieces[index + 1 : index + 2]):
            if cell is not None:
                yield cell.closed()
            cell = _OpenCell(piece) if piece.tabbed else None
            if not piece.tabbed:
                yield piece
        else:
            cell.add(piece)
    if cell is not None:
        yield cell.closed()


class _OpenCell:
    """A cell and the text lines put back into it so far; its line is that of its first text."""

    def __init__(self, piece: _Piece) -> None:
        self._piece = piece
        self._texts = [piece.text]
        self.blank = not lines_of(piece.text)

    def add(self, text: _Piece) -> None:
        if self.blank:
            self._piece = self._piece._replace(line=text.line)
            self.blank = not lines_of(text.text)
        self._texts.append(text.text)

    def closed(self) -> _Piece:
        return self._piece._replace(text="\n".join(self._texts))


def _continues(cell: _OpenCell, text: _Piece, following: Sequence[_Piece]) -> bool:
    if opens_part(lines_of(text.text)) or _is_page_number(text.text, following):
        return False
    after = following[0] if following else None
    if not text.gap:
        return True
    if after is None or not after.tabbed or _starts_table(after.text):
        return False
    return cell.blank or not after.gap


def _is_page_number(text: str, following: Sequence[_Piece] = ()) -> bool:
    """Whether a line is the number of a page; digits alone may belong to a cell, but not where its table ends."""
    is_alone = text.strip().isdigit()
    return PAGE_NUMBER.fullmatch(text) is not None and not (is_alone and (not following or following[0].tabbed))


def _starts_table(text: str) -> bool:
    return unit_code(text) is not None or money_unit(text) is not None or key(text) == "项目编码"


def _width(cells: Sequence[_Piece]) -> int:
    """How many cells a row of this table has, by the head of its indicators; 0 where there is none."""
    start = next((i for i, cell in enumerate(cells) if (head := column(cell.text)) and head.field == "level1"), None)
    if start is None:
        return 0
    if cells[start].whole:
        return sum(1 for cell in cells if cell.line == cells[start].line)
    end = max(i for i in range(start, min(start + 12, len(cells))) if column(cells[i].text))
    while end + 1 < len(cells) and not lines_of(cells[end + 1].text) and not cells[end + 1].gap:
        end += 1
    left = start > 0 and not cells[start].gap and indicators_caption(cells[start - 1].text) is not None
    return end + 1 - start + left


def _rows(cells: Sequence[_Piece], width: int) -> Iterator[Row]:
    """The rows of a run of cells: what stands between blank lines, put together to `width` cells or cut into them."""
    segments: list[list[_Piece]] = []
    for cell in cells:
        if cell.gap or not segments:
            segments.append([])
        segments[-1].append(cell)
    row: list[_Piece] = []
    for segment in segments:
        if row and (len(row) + len(segment) > width or _starts_row(segment, 0) or segment[0].whole):
            yield from _cut(row, width)
            row = []
        if segment[0].whole and len(segment) <= width:
            yield _row(segment)
            continue
        row += segment
        if len(row) >= width:
            yield from _cut(row, width)
            row = []
    yield from _cut(row, width)


def _cut(cells: list[_Piece], width: int) -> Iterator[Row]:
    if not cells:
        return
    if width and len(cells) % width == 0:
        parts = [cells[i : i + width] for i in range(0, len(cells), width)]
    else:
        borders = [0, *(i for i in range(1, len(cells)) if _starts_row(cells, i)), len(cells)]
        parts = [cells[a:b] for a, b in pairwise(borders)]
        if width and len(parts) > 1:
            for part in parts:
                yield from _cut(part, width) if len(part) % width == 0 else [_row(part)]
            return
    yield from (_row(part) for part in parts)


def _row(pieces: Sequence[_Piece]) -> Row:
    return Row(tuple(Cell(lines_of(piece.text), piece.line) for piece in pieces))


def _starts_row(cells: Sequence[_Piece], index: int) -> bool:
    """Whether a row begins here: a label of the first column, or a class of level 1 (or none) before one of level 2."""
    text = cells[index].text
    if starts_row(text):
        return True
    following = cells[index + 1].text if index + 1 < len(cells) else ""
    return is_level2(following) and (not lines_of(text) or is_level1(text))
