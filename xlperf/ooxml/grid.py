"""Reads the cells of one worksheet part by address: values, error values, formulas, merges.

Takes any spelling a program may use. `fast_grid` reads the usual one faster and must give the same. Knows no forms.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from string import digits

from xlperf.files.guard import Refused, TooMuch
from xlperf.ooxml.a1 import address, position
from xlperf.ooxml.xml import DEEPEST, SEPARATOR, own, parse, parser

MOST_CELLS, MOST_MERGES = 200_000, 100_000  # what a sheet of ours may grow to, many times over
MOST_ROWS, MOST_COLUMNS = 5_000, 200  # no form reaches beyond them
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of any worksheet
LONGEST_CONTENT = 2_000_000  # characters between the tags of a cell; a cell holds 32,767
LONGEST_NUMERAL = 400  # a double in full has 309 digits before its point
YES = ("1", "true")
PICTURE = "=DISPIMG("  # the result of the formula by which WPS shows a picture in a cell
_ESCAPED_CHARACTER = re.compile(r"_x([0-9A-Fa-f]{4})_")
_INDEX = re.compile(r"[0-9]{1,9}")
_DIGITS = re.compile(r"\d")
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_TEXTS = ("inlineStr", "str", "d", "e")  # a type that is none of these is none at all


class CellError(str):
    """An error value such as #DIV/0!, as opposed to text that says so."""

    __slots__ = ()


Value = Decimal | str | bool
"""What a cell holds: a number (a date is its serial number), text, an error value (`CellError`), or true or false."""


@dataclass
class Grid:
    """One worksheet; only cells that hold something are in it."""

    values: dict[str, Value] = field(default_factory=dict)
    formulas: dict[str, str] = field(default_factory=dict)  # address → range of an array formula, or ""
    results: set[str] = field(default_factory=set)  # formulas with a cached result, be it the empty text
    styles: dict[str, str] = field(default_factory=dict)  # address of a number → its style
    merges: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)  # as far as content may reach
    hidden_columns: tuple[tuple[int, int], ...] = ()  # first and last of each run
    below: int = 0  # cells with content far below all forms, the first of them at `first_below`; they are in no grid
    first_below: str = ""
    foreign: int = 0  # elements of the data, or the data itself, in no namespace of spreadsheets

    def add_formula(self, ref: str, area: str) -> None:
        """Note that a cell holds a formula, with the range of an array formula or ""."""
        self.formulas[ref] = area
        limit(len(self.formulas), MOST_CELLS, "公式")

    def put(self, ref: str, kind: str, content: str, style: str, strings: list[str]) -> None:
        """Take up the content of a cell's value element; `kind` is the type the cell declares."""
        value = _value(kind, content, strings)
        if value is None:
            return
        if ref in self.formulas:
            self.results.add(ref)
        if isinstance(value, str):
            if not value:
                return
        elif isinstance(value, Decimal):
            self.styles[ref] = style
        if ref in self.values:
            raise Refused("XPF201", reason=f"2 × {ref}")
        self.values[ref] = value
        limit(len(self.values), MOST_CELLS, "单元格")


def limit(count: int, most: int, what: str) -> None:
    """Raise TooMuch for a part that holds absurdly many of something, before it fills the memory."""
    if count > most:
        raise TooMuch(f"> {most} × {what}")


def _value(kind: str, content: str, strings: list[str]) -> Value | None:
    """What a cell of this declared type holds; None where there is no value at all."""
    if kind == "n":
        return number(content) if content and not content.isspace() else None
    if kind == "s":
        content = content.strip()
        index = int(content) if _INDEX.fullmatch(content) else -1
        if not 0 <= index < len(strings):
            raise Refused("XPF201", reason=f"sharedStrings[{content[:20]}]")
        return strings[index]
    if kind == "b":
        content = content.strip()
        if content not in _BOOLEANS:
            raise Refused("XPF201", reason=f't="b": {content[:20]}')
        return _BOOLEANS[content]
    if kind not in _TEXTS:
        raise Refused("XPF201", reason=f't="{kind[:20]}"')
    return CellError(content) if kind == "e" else unescape(content)


def number(text: str) -> Decimal | str:
    """A number as worksheets show it, with at most 15 significant digits; text that is no number stays text.

    Files carry doubles with 17 (0.30000000000000004 for 0.3). Digits of other scripts are damage, which no program
    writes: an error value, lest somebody read them as a number a person typed.
    """
    try:
        value = float(text) if len(text) <= LONGEST_NUMERAL else math.inf
    except ValueError:
        return text if text.isascii() or not _DIGITS.search(text) else CellError(text)
    if not text.isascii():
        return CellError(text)
    return Decimal(f"{value:.15g}") if math.isfinite(value) and "_" not in text else text


def unescape(text: str) -> str:
    """Text with the characters restored that are spelled `_xHHHH_`, in UTF-16 units."""
    if "_x" not in text:
        return text
    text = _ESCAPED_CHARACTER.sub(lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def hidden_run(attributes: Mapping[str, str]) -> tuple[tuple[int, int], ...]:
    """First and last column of a `col` element that is hidden; nothing for any other, or far from all forms."""
    if attributes.get("hidden") not in YES:
        return ()
    first, last = attributes.get("min", ""), attributes.get("max", "")
    known = first.isdecimal() and last.isdecimal() and len(first + last) < 12 and int(first) <= MOST_COLUMNS
    return ((int(first), min(int(last), MOST_COLUMNS)),) if known else ()


def read_grid(xml: bytes, strings: list[str], part: str) -> Grid:
    """The grid of a worksheet part. Raises Refused where it is not well-formed or contradicts itself."""
    reader = _SheetReader(strings)
    made = parser(part)
    made.StartElementHandler, made.EndElementHandler = reader.start, reader.end
    made.CharacterDataHandler = reader.characters
    parse(made, xml, part)
    return reader.grid


# Where the elements of the data may stand. Programs differ in what they make of one that stands elsewhere.
_PARENTS = {
    "row": ("sheetData",),
    "c": ("row",),
    **dict.fromkeys(("f", "v", "is"), ("c",)),
    **dict.fromkeys(("r", "rPh"), ("is",)),
    "t": ("is", "r", "rPh"),
}
EXTENSIONS = "extLst"
_AROUND = ("worksheet", "sheetData")
_IN_SHEET, _IN_LIST = 2, 3  # depths: a copy of the data further down, as in an extension, is nobody's


class _SheetReader:
    """The handlers of expat while it reads a worksheet."""

    def __init__(self, strings: list[str]) -> None:
        self.grid = Grid()
        self.strings = strings
        self.ref = self.kind = self.style = ""
        self.list = ""  # the element of the sheet at hand, outside the data
        self.row = self.depth = 0  # the depth outside the data
        self.in_data = self.in_phonetic = self.collecting = False
        self.path: list[str] = []  # of elements that matter, from the data on
        self.passing: list[str] = []  # of others, such as formats and extensions
        self.text: list[str] = []  # of the value element, or of all the runs of an inline string
        self.length = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local, name = name.rpartition(SEPARATOR)[2], own(name)
        if not name and not self.passing and (self.in_data or local in _AROUND):
            self.grid.foreign += 1
        if not self.in_data:
            self.depth += 1
            limit(self.depth, DEEPEST, name)
            if self.depth == _IN_SHEET:
                self.list = name
            if name == "sheetData" and self.depth == _IN_SHEET:
                self.in_data = True
                self.path = [name]
            elif name == "col" and self.depth == _IN_LIST and self.list == "cols":
                self.grid.hidden_columns += hidden_run(attributes)
                limit(len(self.grid.hidden_columns), MOST_COLUMNS, name)
            elif name == "mergeCell" and self.depth == _IN_LIST and self.list == "mergeCells":
                self.grid.merges.append(attributes.get("ref", ""))
                limit(len(self.grid.merges), MOST_MERGES, "合并单元格")
        elif self._stands(name):
            self._open(name, attributes)

    def _stands(self, name: str) -> bool:
        """Whether this element of the data is one that matters. Raises Refused for one in a place not its own."""
        place = _PARENTS.get(name)
        if place and not self.passing and self.path[-1] in place:
            self.path.append(name)
            return True
        if place and EXTENSIONS not in self.passing:
            raise Refused("XPF201", reason=f"<{name}> {self.ref}")
        self.passing.append(name)
        limit(len(self.passing), DEEPEST, name)
        return False

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.ref = attributes.get("r") or self._next(self.ref)
            if self.ref.rstrip(digits) + str(self.row) != self.ref:
                raise Refused("XPF201", reason=f"row {self.row}: {self.ref[:20]}")
            self.kind, self.style = attributes.get("t") or "n", attributes.get("s", "0")
            self.text.clear()
            self.length = 0
        elif name == "row":
            spelled = attributes.get("r") or str(self.row + 1)
            if not _INDEX.fullmatch(spelled):
                raise Refused("XPF201", reason=f"row {spelled[:20]}")
            self.row = int(spelled)
            self.ref = ""
            if attributes.get("hidden") in YES and self.row <= MOST_ROWS:
                self.grid.hidden_rows.add(self.row)
        elif name == "f":
            self.grid.add_formula(self.ref, attributes.get("ref", "") if attributes.get("t") == "array" else "")
        elif name == "rPh":
            self.in_phonetic = True
        elif name in ("v", "t"):
            self.collecting = not self.in_phonetic

    def _next(self, ref: str) -> str:
        """Where a cell without an address stands: right of the one before it, else in the first column."""
        before = position(ref)
        return address(self.row, before[1] + 1 if before else 1)

    def characters(self, run: str) -> None:
        if self.collecting and not self.passing:
            self.text.append(run)
            self.length += len(run)
            limit(self.length, LONGEST_CONTENT, "v")

    def end(self, name: str) -> None:
        if not self.in_data:
            self.depth -= 1
            return
        if self.passing:
            self.passing.pop()
            return
        name = self.path.pop()
        if name in ("v", "t"):
            self.collecting = False
        if name == "v" or name == "is":
            if self.text and (name == "is") is not (self.kind == "inlineStr"):
                raise Refused("XPF201", reason=f'{self.ref}: t="{self.kind}"')
            self.grid.put(self.ref, self.kind, "".join(self.text), self.style, self.strings)
        elif name == "rPh":
            self.in_phonetic = False
        elif name == "sheetData":
            self.in_data = False
            self.depth -= 1
