"""Makes a copy of a workbook with notes at its cells: comments, highlights, and a list of them in front.

Changes single parts of the package, so that all else in it stays: charts, macros, results, protection. A copy that
comes back is annotated anew, without the old notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from xlperf.checks.standing import Standing
from xlperf.files.guard import TooMuch
from xlperf.model import Severity
from xlperf.model.text import clean, cut_to_cell
from xlperf.ooxml import content_types
from xlperf.ooxml.a1 import position
from xlperf.ooxml.fast_grid import sheet_grid
from xlperf.ooxml.package import Parts
from xlperf.ooxml.xml import LARGEST_PART
from xlperf.workbook.annotate import comment_boxes, comments, styles
from xlperf.workbook.annotate.comments import Comments
from xlperf.workbook.annotate.listing import Entry
from xlperf.workbook.annotate.origin import parent_of, with_origin
from xlperf.workbook.annotate.sheet import AnnotatedSheet, deselected
from xlperf.workbook.annotate.styles import Styles
from xlperf.workbook.annotate.tabs import add_list, drop_lists, tabs
from xlperf.workbook.annotation_marks import AUTHOR, HIGHLIGHT
from xlperf.workbook.read.recognise import is_foreign, signs_of_ours, strings_of

GRAVITY = list(Severity)


@dataclass(frozen=True)
class Note:
    """A note at a cell (A1) of the sheet with this title, or about the whole sheet where `cell` is "".

    Of one severity, those of the first standing are listed first.
    """

    sheet: str
    cell: str
    severity: Severity
    text: str
    standing: Standing = Standing.ACT


def annotated(content: bytes, notes: Sequence[Note]) -> bytes:
    """The workbook with these notes and without older ones of ours, named as its parent; the same bytes each time.

    Notes about sheets that are not there, or too large to change, are only listed. Raises Refused where this is no
    workbook.
    """
    parts = Parts(content)
    table = parts.target(parts.workbook, "sharedStrings")
    strings = strings_of(parts, table, [tab.part for tab in tabs(parts)], parts.__getitem__)
    drop_lists(parts, strings)
    listed = tabs(parts)
    signs = signs_of_ours(strings)
    bearable = [tab for tab in listed if tab.part and _is_bearable(parts, tab.part, signs)]
    for tab in bearable:
        if _is_marked(parts, tab.part):
            _annotate(parts, tab.part, [], {}, iter(()))
    made = _with_styles(parts)
    fresh = _fresh_blocks(parts)
    order = {tab.title: at for at, tab in enumerate(listed)}
    placed = _placed(parts, order, {tab.title: tab.part for tab in bearable}, strings, notes)
    for tab in bearable:
        own = [note for note in placed if note.sheet == tab.title and note.cell]
        if own:
            _annotate(parts, tab.part, own, made.highlights, fresh)
    for part in {tab.part for tab in listed if tab.part}:
        parts.begin(part, deselected)
    seen = {tab.title for tab in listed if tab.part and not tab.hidden}
    entries = [Entry(n.severity, n.text, n.sheet, n.cell, bool(n.sheet in seen and n.cell)) for n in placed]
    add_list(parts, entries, made.looks)
    return with_origin(parts.packed(), parent_of(content))


def _placed(
    parts: Parts, order: Mapping[str, int], titles: Mapping[str, str], strings: list[str], notes: Sequence[Note]
) -> list[Note]:
    """The notes in one line each, those about a whole sheet at its title; in the order in which they are listed.

    That is graver first, then by standing, then as the sheets stand.
    `order` is where each sheet stands, `titles` the part of each that may be looked into.
    """
    cells: dict[str, str] = {}
    placed = []
    for note in dict.fromkeys(notes):
        cell = note.cell.replace("$", "").upper()
        if not position(cell):
            part = titles.get(note.sheet, "")
            if part and note.sheet not in cells:
                cells[note.sheet] = _title_cell(parts, part, strings)
            cell = cells.get(note.sheet, "")
        text = cut_to_cell(" ".join(clean(note.text).split("\n")))
        placed.append(replace(note, cell=cell, text=text))
    return sorted(
        placed,
        key=lambda note: (
            GRAVITY.index(note.severity),
            note.standing,
            order.get(note.sheet, len(order)),
            position(note.cell) or (0, 0),
        ),
    )


def _is_bearable(parts: Parts, part: str, signs: frozenset[bytes]) -> bool:
    """Whether a sheet is one that can be annotated: of bearable size, and not somebody else's large one."""
    return parts.size(part) <= LARGEST_PART and not is_foreign(parts, part, signs)


def _title_cell(parts: Parts, part: str, strings: list[str]) -> str:
    """Where a note about a whole sheet goes; "" on a sheet that holds too much to look for the place."""
    try:
        values = sheet_grid(parts[part], strings, part).values
        return AnnotatedSheet(parts[part], part).title_cell(values)
    except TooMuch:
        return ""


def _is_marked(parts: Parts, sheet: str) -> bool:
    """Whether we annotated this sheet before."""
    part = parts.target(sheet, comments.KIND)
    return HIGHLIGHT.encode() in parts[sheet] or bool(part and AUTHOR.encode() in parts[part])


def _with_styles(parts: Parts) -> Styles:
    """The workbook's styles, with ours among them."""
    part = parts.target(parts.workbook, styles.KIND)
    if not part:
        empty = styles.EMPTY.encode()
        part, _ = parts.attach(parts.workbook, styles.KIND, "xl/styles.xml", empty, content_types.STYLES)
    made = Styles(parts[part], part)
    parts[part] = made.result()
    return made


def _fresh_blocks(parts: Parts) -> Iterator[int]:
    """Blocks of ids for shapes that no drawing of the workbook has been given."""
    readable = (part for part in parts.named(".vml") if parts.size(part) <= LARGEST_PART)
    known = (comment_boxes.blocks_in(_text(parts[part])) for part in readable)
    return count(1 + max((block for blocks in known for block in blocks), default=0))


def _annotate(
    parts: Parts, part: str, notes: Sequence[Note], highlights: Mapping[Severity, int], fresh: Iterator[int]
) -> None:
    """One sheet with these notes and without older ones; notes come graver first.

    A sheet that holds too much stays as it is.
    """
    try:
        sheet = AnnotatedSheet(parts[part], part)
    except TooMuch:
        return
    lines_at: dict[str, list[tuple[Severity, str]]] = {}
    for note in notes:
        lines_at.setdefault(sheet.shown_at(note.cell), []).append((note.severity, note.text))
    gravest: dict[Severity, list[str]] = {}
    for cell, lines in lines_at.items():
        gravest.setdefault(lines[0][0], []).append(cell)
    sheet.highlight(gravest, highlights)
    _comment(parts, part, sheet, lines_at, fresh)
    parts[part] = sheet.draft.result()


def _comment(
    parts: Parts, part: str, sheet: AnnotatedSheet, lines_at: Mapping[str, comments.Lines], fresh: Iterator[int]
) -> None:
    """The sheet's comments with these, and the boxes they are shown in."""
    old = parts.target(part, comments.KIND)
    if not old and not lines_at:
        return
    changed = Comments(parts[old] if old else parts.spelled(comments.EMPTY).encode(), old or comments.KIND)
    for cell, lines in lines_at.items():
        if not changed.is_thread(cell):
            changed.put(cell, lines)
    legacy = parts.relations(part).get(sheet.legacy) if sheet.legacy else None
    drawn = legacy.target if legacy and not legacy.is_outside and legacy.target in parts else ""
    drawing = comment_boxes.redrawn(
        _text(parts[drawn]) if drawn else comment_boxes.EMPTY,
        [place for place in map(position, changed.gone) if place],
        [sheet.box(cell, text) for cell, text in changed.texts.items()],
        fresh,
    )
    if not changed.is_empty:
        old = old or parts.attach(part, comments.KIND, parts.free(comments.NAME), b"", comments.CONTENT_TYPE)[0]
        parts[old] = changed.result()
    elif old:
        parts.unrelate(part, old)
        parts.remove(old)
    if comment_boxes.has_shapes(drawing):
        if not drawn:
            name = parts.free(comment_boxes.NAME)
            drawn, key = parts.attach(part, comment_boxes.KIND, name, b"", comment_boxes.CONTENT_TYPE)
            sheet.lead_to_legacy(key, parts.base)
        parts[drawn] = drawing.encode("utf-8", "surrogateescape")
    elif drawn:
        parts.unrelate(part, drawn)
        parts.remove(drawn)
        sheet.drop_legacy()


def _text(drawing: bytes) -> str:
    """A drawing as text that can be written back to the byte."""
    return drawing.decode("utf-8", "surrogateescape")
