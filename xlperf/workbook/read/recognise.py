"""Which sheets of a workbook are ours, by their markers or all their labels, with every cell put where it belongs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import NamedTuple, Protocol

from xlperf.files import check_time
from xlperf.files.guard import Refused, TooMuch
from xlperf.form import EDITIONS, Answers, Layout, Marker, layout_of, lists, read_marker
from xlperf.form import titles as title_of
from xlperf.form.choices import OF_PACKS
from xlperf.form.unmarked import marker_by_labels, resembles_ours
from xlperf.model.text import cut, squeeze
from xlperf.ooxml.a1 import address, column_letters
from xlperf.ooxml.fast_grid import known_grid, shared_strings, sheet_grid
from xlperf.ooxml.few_strings import few_strings
from xlperf.ooxml.grid import Grid
from xlperf.ooxml.number_formats import Formats
from xlperf.ooxml.workbook_parts import Book, SheetPart
from xlperf.ooxml.xml import LARGEST_PART
from xlperf.workbook.annotation_marks import LIST_MARKER, is_list
from xlperf.workbook.read.answers import CellReader
from xlperf.workbook.read.expected_cells import expected
from xlperf.workbook.read.integrity import sort_cells
from xlperf.workbook.read.returned import SheetRead
from xlperf.workbook.read.sheet_findings import SheetFindings

PROJECT_KINDS = ("project", "blank_project")
# The sheets no answer is read from, and what they are called.
BESIDE = {
    "guide": title_of.GUIDE,
    "contents": title_of.CONTENTS,
    "lists": title_of.LISTS,
    "seal": title_of.SEAL,
}
MARKER_START = "xlperf form="
MARKERS = (MARKER_START, LIST_MARKER)
_CODE = re.compile(r"[0-9]{8}[A-Za-z][0-9A-Za-z]{12}")
_STARTS = [start.encode() for start in MARKERS]
# A cell that shows a shared string: its type says so, a number alone is a number.
_SHARED = re.compile(rb"""\bt=["']s["'][^<>]{0,200}>\s*<(?:\w+:)?v(?: [^<>]{0,200})?>\s*([0-9]{1,9})\s*<""")
_OVERLAP = 1_000  # bytes; a sign may lie across two pieces
LONGEST_MARKER = 300
MOST_MARKERS = 5  # of one sheet that are looked into; ours comes first, and each costs a layout
TOP = address(1, 1)
COMMON = (title_of.GUIDE, title_of.LISTS, title_of.SETTINGS)
LARGE = 2**18  # bytes; what other people add to a workbook may be larger than all of ours
ROOM_BESIDE = 4 * 2**20  # bytes of sheets that are looked into and turn out to be none of ours
MOST_BAND_ROWS = 9_000  # in all the different layouts of a workbook; ours of a thousand long projects have 8,000
DISPLACED = "XPF308"  # a sheet of ours whose cells are not where they belong
UNREAD = ("XPF313", "XPF340", "XPF343")  # a sheet of ours without a marker to read it by, or of another period
OF_PROGRAMS = ("WpsReserved_",)  # how hidden sheets begin that a program made by itself; WPS keeps pictures so


@dataclass
class ReadSheet:
    """A recognised sheet on its way to the model; its answers are usable where they stand where they belong."""

    part: str
    report: SheetFindings
    entries: CellReader
    read: SheetRead

    @property
    def kind(self) -> str:
        return self.read.marker.kind

    @property
    def marker(self) -> Marker:
        return self.read.marker

    @property
    def layout(self) -> Layout:
        return self.entries.layout

    @property
    def answers(self) -> Answers:
        return self.read.answers

    @property
    def usable(self) -> bool:
        return self.read.refused is None


class Recognised(NamedTuple):
    """The sheets of ours, reports about the others, and which of ours without a marker are among these."""

    sheets: list[ReadSheet]
    others: list[SheetFindings]
    unmarked: set[str]


def recognised(book: Book, file: str) -> Recognised:
    """Every sheet of the workbook that is ours, put in order. Raises Refused where none is, nor ever was."""
    strings = strings_of(book.package, book.strings, [sheet.part for sheet in book.sheets], book.part)
    signs = signs_of_ours(strings)
    forms: set[Marker] = set()
    sheets: dict[str, ReadSheet] = {}
    others: list[SheetFindings] = []
    unmarked: set[str] = set()
    unseen, room = 0, ROOM_BESIDE
    for sheet in book.sheets:
        title, part = sheet.title, sheet.part
        report = SheetFindings(file, title, TOP)
        looked_into = part and not is_foreign(book.package, part, signs, room)
        grid = _grid(book, sheet, strings, signs) if looked_into else Grid()
        unseen += grid.foreign
        if grid.foreign:
            report.add("XPF330", count=grid.foreign)
        marker = _marker(grid, report) or _lost_marker(grid, report)
        if marker is None:
            if any(fault.code in UNREAD for fault in report.findings):
                report.project_code = _code_on(grid)
            room -= book.package.size(part) if looked_into else 0
            others.append(report)
            if _is_lists(title, grid):
                unmarked.add("lists")
            elif _is_guide(grid):
                unmarked.add("guide")
            elif not any(fault.code in UNREAD for fault in report.findings) and (
                sheet.hidden or not is_list(grid.values.values())  # ours is seen
            ):
                _report_extra_sheet(sheet, report)
        elif marker.kind in sheets and marker.kind not in PROJECT_KINDS:
            report.add("XPF310", sheet=title, first=sheets[marker.kind].read.title)
            others.append(report)
        else:
            forms.add(marker.without_origin)
            if sum(size for form in forms for _, size in form.sizes) > MOST_BAND_ROWS:
                raise TooMuch(f"{title}: > {MOST_BAND_ROWS}")
            if sheet.hidden and marker.kind not in BESIDE:
                report.add("XPF329", sheet=title)
            key = f"{marker.kind} {len(sheets)}" if marker.kind in PROJECT_KINDS else marker.kind
            sheets[key] = _sorted(book, part, grid, marker, report)
    if not sheets and not any(fault.code in UNREAD for report in others for fault in report.findings):
        raise Refused("XPF330", count=unseen) if unseen else Refused("XPF204")
    return Recognised(list(sheets.values()), others, unmarked)


def _grid(book: Book, sheet: SheetPart, strings: list[str], signs: frozenset[bytes]) -> Grid:
    """The cells of a sheet; none of one that is not ours and holds more than we read.

    Most workbooks of a run have some sheets in common to the byte. Raises Refused, with the sheet's title.
    """
    try:
        xml, below, first = book.sheet(sheet.part)
        if not strings and sheet.title in COMMON and len(xml) < LARGE:
            return known_grid(xml, sheet.part)
        grid = sheet_grid(xml, strings, sheet.part, book.spend)
    except TooMuch as refused:
        if not _is_signed(book.package, sheet.part, signs):
            return Grid()
        raise TooMuch(f"“{sheet.title}” {refused.values['reason']}") from refused
    grid.below, grid.first_below = below, first
    return grid


class Parts(Protocol):
    """Parts of a package, with their sizes, which can be had a piece at a time."""

    def size(self, name: str, /) -> int: ...
    def pieces(self, name: str, /) -> Iterator[bytes]: ...


def strings_of(parts: Parts, part: str, sheets: Iterable[str], whole: Callable[[str], bytes]) -> list[str]:
    """The shared strings; of a table too large to be asked for `whole`, those that our sheets show."""
    if not part or parts.size(part) <= LARGEST_PART:
        return shared_strings(whole(part), part) if part else []
    pieces = partial(parts.pieces, part)
    marked = few_strings(pieces, lambda _, item: any(start in item for start in _STARTS), part)
    signs = signs_of_ours(marked)
    ours = (sheet for sheet in sheets if sheet and _is_signed(parts, sheet, signs))
    shown = {int(found[1]) for sheet in ours for text in _texts(parts, sheet) for found in _SHARED.finditer(text)}
    return few_strings(pieces, lambda at, _: at in shown, part)


def is_foreign(parts: Parts, part: str, signs: frozenset[bytes], room: int = ROOM_BESIDE) -> bool:
    """Whether this is a sheet that others added and nobody has to look into: a large one, or one beyond the room."""
    return parts.size(part) > min(LARGE, room) and not _is_signed(parts, part, signs)


def _is_signed(parts: Parts, part: str, signs: frozenset[bytes]) -> bool:
    """Whether a sheet holds the beginning of a marker or, as `signs`, the number of one among the shared strings.

    Ours have it in their first row; beyond what may be parsed nobody looks for it.
    """
    looked = 0
    for text in _texts(parts, part):
        if any(start in text for start in _STARTS):
            return True
        if signs and any(found[1] in signs for found in _SHARED.finditer(text)):
            return True
        looked += len(text)
        if looked > LARGEST_PART:
            break
    return False


def _texts(parts: Parts, part: str) -> Iterator[bytes]:
    """A part a piece at a time, each with the end of the one before."""
    before = b""
    for piece in parts.pieces(part):
        check_time()
        yield (before + piece).replace(b"\0", b"")  # of UTF-16, what is ASCII
        before = piece[-_OVERLAP:]


def signs_of_ours(strings: Sequence[str]) -> frozenset[bytes]:
    """The numbers of the markers among the shared strings."""
    return frozenset(b"%d" % i for i, text in enumerate(strings) if text.startswith(MARKERS))


def _is_lists(title: str, grid: Grid) -> bool:
    """Whether a sheet without a marker holds the lists to choose from, some with words of packs unknown here."""
    if not grid.values:
        return title == title_of.LISTS
    known = lists()
    words = set().union(*known.values())
    columns = [column_letters(i) for i, name in enumerate(known, start=1) if name in OF_PACKS]
    return all(
        word in words or (title == title_of.LISTS and cell.rstrip("0123456789") in columns)
        for cell, word in grid.values.items()
    )


def _is_guide(grid: Grid) -> bool:
    """Whether a sheet without a marker, which went with its hidden column, begins as the guide does."""
    return grid.values.get(TOP) == title_of.GUIDE


def _code_on(grid: Grid) -> str:
    """The first project code that stands on the sheet, wherever it is by now."""
    texts = (squeeze(text) for text in grid.values.values() if type(text) is str and len(text) < LONGEST_MARKER)
    return next(filter(_CODE.fullmatch, texts), "")


def _report_extra_sheet(sheet: SheetPart, report: SheetFindings) -> None:
    unseen = sheet.hidden and not sheet.title.startswith(OF_PROGRAMS)
    report.add("XPF327" if unseen else "XPF304", sheet=sheet.title)


def _marker(grid: Grid, report: SheetFindings) -> Marker | None:
    """What the sheet says it is; None, with a finding where it once said so, for a sheet that is none of ours."""
    texts = [(at, held) for at, held in grid.values.items() if type(held) is str and held.startswith(MARKER_START)]
    if not texts:
        return None
    cell, text = texts[0]
    if len(texts) > 1:  # a person may write such a text too; of equals the first
        readable = (found for found in texts if _read_marker(found[1]))
        cell, text = max(islice(readable, MOST_MARKERS), key=_credible, default=texts[0])
    marker = _read_marker(text)
    if marker and marker.form_set not in EDITIONS:
        raise Refused("XPF205", version=str(marker.form_set))
    if marker and layout_of(marker):
        return marker
    report.add("XPF313", cell, text=cut(text, 80))
    return None


def _lost_marker(grid: Grid, report: SheetFindings) -> Marker | None:
    """What a sheet was whose marker went with its hidden column, as the document inspector of Excel deletes it."""
    if any(fault.code in UNREAD for fault in report.findings):
        return None
    marker = marker_by_labels(grid.values, grid.merges)
    if marker:
        report.add("XPF339")
    elif resembles_ours(grid.values.values()):
        report.add("XPF340")
    return marker


def _read_marker(text: str) -> Marker | None:
    return read_marker(text) if len(text) < LONGEST_MARKER else None


def _credible(found: tuple[str, str]) -> int:
    """How much speaks for a text being the sheet's marker: it names a form of ours, and stands where that has it."""
    cell, text = found
    marker = _read_marker(text)
    layout = layout_of(marker) if marker else None
    return 0 if marker is None else 1 if layout is None else 2 + (layout.slots["marker"].cell == cell)


def _sorted(book: Book, part: str, grid: Grid, marker: Marker, report: SheetFindings) -> ReadSheet:
    layout = layout_of(marker)
    assert layout is not None
    places = expected(layout)
    report.home = places.home
    done = sort_cells(grid, places, report, book.date1904)
    if done.refused:
        report.project_code = _code_on(grid)
    entries = CellReader(done.answers, layout, report, Formats(grid.styles, lambda: book.codes, book.date1904))
    read = SheetRead(report.sheet, marker, done.answers, done.tally, typed_over=done.typed_over, refused=done.refused)
    return ReadSheet(part, report, entries, read)
