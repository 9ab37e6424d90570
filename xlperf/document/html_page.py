"""HTML pages → blocks: pages as a browser saves them, as Word and LibreOffice write them, tables copied out of one.

Knows what a browser shows of a page. Merged cells keep their places: what they cover is blank, beside and below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from unicodedata import east_asian_width

from xlperf.document.blocks import Block, Paragraph, lines_of
from xlperf.document.html_tokens import Tag, tokens
from xlperf.document.nesting import unfolded
from xlperf.model import UnreadableInput

CELLS_LIMIT = 400_000  # of all tables, with those that merged ones cover; 400 projects have half
DEPTH_LIMIT = 40  # tables in cells
_COLUMNS_LIMIT = 63  # that the merged cells of a row cover, as in Word
_ROWS_LIMIT = 65_534  # that a cell can cover, as in browsers

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# fmt: off
_BLOCKS = _HEADINGS | frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend", "li", "main", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))
_UNSEEN = frozenset((
    "audio", "button", "canvas", "datalist", "del", "nav", "noscript", "object", "rp", "rt", "select", "svg",
    "template", "video",
))
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
))
# fmt: on
_CLOSED_BY_NEXT = frozenset(("p", "li", "dt", "dd", "tr", "td", "th"))
_CELLS = ("td", "th")
_ROW_ENDS = ("tr", "thead", "tbody", "tfoot", "table")
_PARTS_OF_TABLES = frozenset((*_CELLS, *_ROW_ENDS))
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)

_BREAK = "\u2028"  # a line break that is seen; those of the page's own text are blanks
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_INDENTED = re.compile("\u2028(?=[\u3000\u00a0]{2})")  # between paragraphs parted by breaks and indents alone


def is_page(text: str) -> bool:
    """Whether a text holds cells of an HTML table."""
    return re.search(r"<t[dhr][\s>]", text, re.IGNORECASE) is not None


def read_page(text: str, path: Path) -> tuple[Block, ...]:
    """The blocks of a page; raises UnreadableInput where its tables are too large or too deep."""
    page = _Page(path)
    for token in tokens(text):
        if isinstance(token, str):
            page.text(token)
        elif token.ends:
            page.end(token.name)
        else:
            page.start(token)
    return page.blocks()


class _Flow:
    """Text that runs on, of the page or of one cell, and the rows of tables within it."""

    def __init__(self) -> None:
        self.content: list[Block] = []
        self.pieces: list[str] = []
        self.has_own_text = False  # not only that of links to other pages, which are menus


class _Table:
    """A table being read: the flow it stands in, its row and cell, and what the cells above cover."""

    def __init__(self, around: _Flow) -> None:
        self.around = around
        self.cell: _Flow | None = None
        self.row: list[list[Block]] | None = None
        self.line = self.room = 0
        self.covered: dict[int, int] = {}  # column → rows below this one that a cell covers


class _Page:
    """Goes through a page once, counting paragraphs and table rows as its lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._line = self._cells = 0
        self._tables: list[_Table] = []
        self._whole = _Flow()
        self._unseen: list[str] = []  # the element that is not shown, and those of its name and tables within it
        self._in_heading = self._in_link = self._in_text = self._is_plain = False

    # --- what goes by ----------------------------------------------------------------------------------------------

    def text(self, text: str) -> None:
        """Take a text."""
        if not self._unseen:
            flow = self._flow
            flow.pieces.append(text.replace("\n", _BREAK) if self._is_plain else text)
            flow.has_own_text = flow.has_own_text or not (self._in_link or text.isspace())

    def start(self, tag: Tag) -> None:
        """Take a start tag."""
        name = tag.name
        if self._unseen and not self._is_seen_again(name):
            if name == "table" or name == self._unseen[0]:
                self._unseen.append(name)
            return
        if name == "br":
            self._break()
            return
        if name in _BLOCKS:
            self._boundary()
        if name in _PARTS_OF_TABLES and name != "table":
            self._close_cell()
            if name not in _CELLS:
                self._close_row()
        if _is_hidden(tag) and name not in _VOID:
            self._unseen.append(name)
        elif name == "table":
            self._open_table()
        elif name == "tr":
            self._open_row()
        elif name in _CELLS:
            self._open_cell(tag.attributes)
        elif name == "a":
            self._in_link = not tag.attributes.get("href", "#").startswith("#")
        elif name in _BLOCKS:
            self._in_heading = name in _HEADINGS
            self._in_text = name == "p" or self._in_heading
            self._is_plain = name == "pre"

    def end(self, name: str) -> None:
        """Take an end tag."""
        if self._unseen and not self._ends_around(name):
            return
        if name == "a":
            self._in_link = False
        if name not in _BLOCKS:
            return
        self._boundary()
        self._in_heading = self._in_text = self._is_plain = False
        if name in _PARTS_OF_TABLES:
            self._close_cell()
        if name in _ROW_ENDS:
            self._close_row()
        if name == "table" and self._tables:
            self._tables.pop()

    def blocks(self) -> tuple[Block, ...]:
        """All blocks of the page, which has ended."""
        while self._tables:
            self.end("table")
        self._boundary()
        return tuple(self._whole.content)

    def _is_seen_again(self, name: str) -> bool:
        """Whether this start ends what is hidden, because a paragraph or cell ends where the next one begins."""
        hidden = self._unseen[0]
        closing = name == hidden or (name in _PARTS_OF_TABLES and not (hidden == "tr" and name in _CELLS))
        if "table" in self._unseen or hidden not in _CLOSED_BY_NEXT or not closing:
            return False
        self._unseen.clear()
        return True

    def _ends_around(self, name: str) -> bool:
        """Take an end tag met in what is hidden; whether it ends the cell, row or table around what was left open."""
        hidden = self._unseen[0]
        if name in self._unseen[1:]:
            while self._unseen.pop() != name:
                pass
            return False
        is_around = name in _PARTS_OF_TABLES and name != hidden and hidden in _CLOSED_BY_NEXT
        if is_around or name == hidden:
            self._unseen.clear()
        return is_around

    # --- texts -----------------------------------------------------------------------------------------------------

    @property
    def _flow(self) -> _Flow:
        if not self._tables:
            return self._whole
        return self._tables[-1].cell or self._tables[-1].around  # text between cells is shown in front of the table

    def _break(self) -> None:
        if not self._unseen:
            self._flow.pieces.append(_BREAK)
            if self._flow is self._whole and not self._in_text:
                self._boundary()

    def _boundary(self) -> None:
        """A paragraph ends: outside tables it is one of the page, in a cell the next text begins a new line."""
        flow = self._flow
        if flow is self._whole:
            self._paragraphs(flow)
        elif flow.pieces:
            flow.pieces.append(_BREAK)

    def _paragraphs(self, flow: _Flow) -> None:
        """What was written since the last table or paragraph; a menu is left out, and no heading is one."""
        shown, flow.pieces = _BLANKS.sub(_blank, "".join(flow.pieces)), []
        if not flow.has_own_text and not self._in_heading:
            return
        flow.has_own_text = False
        for text in _INDENTED.split(shown) if flow is self._whole else (shown,):
            if plain := lines_of(text):
                self._line += flow is self._whole
                flow.content.append(Paragraph(plain, self._line))

    # --- tables ----------------------------------------------------------------------------------------------------

    def _open_table(self) -> None:
        if len(self._tables) == DEPTH_LIMIT:
            raise UnreadableInput("source_abnormal", path=self._path)
        around = self._flow
        around.has_own_text = True
        self._paragraphs(around)
        self._tables.append(_Table(around))

    def _open_row(self) -> None:
        if self._tables:
            self._line += 1
            table = self._tables[-1]
            table.row, table.line, table.room = [], self._line, _COLUMNS_LIMIT

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        if not self._tables:
            return
        table = self._tables[-1]
        if table.row is None:
            self._open_row()
        assert table.row is not None
        _cover(table.row, table.covered)
        column, rows = len(table.row), _span(attributes, "rowspan", _ROWS_LIMIT) or _ROWS_LIMIT  # 0: all below
        columns = 1 + min(max(_span(attributes, "colspan", _COLUMNS_LIMIT), 1) - 1, table.room)
        table.room -= columns - 1
        table.cell = _Flow()
        table.row += [table.cell.content, *([] for _ in range(columns - 1))]
        if rows > 1 and len(table.covered) <= _COLUMNS_LIMIT:
            table.covered.update(dict.fromkeys(range(column, column + columns), rows))

    def _close_cell(self) -> None:
        if self._tables and (cell := self._tables[-1].cell):
            cell.has_own_text = True
            self._paragraphs(cell)
            self._tables[-1].cell = None

    def _close_row(self) -> None:
        if not self._tables or (row := self._tables[-1].row) is None:
            return
        table = self._tables[-1]
        _cover(row, table.covered)
        table.covered = {column: rows - 1 for column, rows in table.covered.items() if rows > 1}
        self._cells += len(row)
        if self._cells > CELLS_LIMIT:
            raise UnreadableInput("source_abnormal", path=self._path)
        table.around.content += unfolded(row, table.line) if row else ()
        table.row = None


def _cover(row: list[list[Block]], covered: Mapping[int, int]) -> None:
    """Put a blank wherever a cell of a row above reaches down to here."""
    while len(row) in covered:
        row.append([])


def _is_hidden(tag: Tag) -> bool:
    return tag.name in _UNSEEN or "hidden" in tag.attributes or bool(_HIDING.search(tag.attributes.get("style", "")))


def _span(attributes: Mapping[str, str], name: str, most: int) -> int:
    """How many columns or rows a cell covers; what is no number is 1."""
    found = re.match(r"\s*([0-9]{1,9})", attributes.get(name, "1"))
    return min(int(found[1]), most) if found else 1


def _blank(found: re.Match[str]) -> str:
    """What blanks and line ends of the page show as: one blank, none where the page breaks a line of Chinese."""
    text, (start, end) = found.string, found.span()
    sides = text[start - 1 : start] + text[end : end + 1]
    is_chinese = len(sides) == 2 and all(east_asian_width(each) in "WF" for each in sides)
    return "" if is_chinese and "\n" in found[0] else " "
