"""Writes our notes into a sheet's comments, beside those of people or below them, and takes them out again.

Knows the comments part alone; `comment_boxes` draws the boxes that show them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xlperf.form.looks import FONT
from xlperf.model import Severity
from xlperf.model.text import CELL_LIMIT
from xlperf.ooxml.a1 import position
from xlperf.ooxml.content_types import OFFICE
from xlperf.ooxml.namespaces import MAIN
from xlperf.ooxml.serialise import DECLARATION, attribute, escape, escape_codes
from xlperf.ooxml.xml import whole_number
from xlperf.ooxml.xml_edit import Draft, Element
from xlperf.workbook.annotation_marks import AUTHOR, FOOTER, HEADER, OURS, WORDS, people_words

Lines = Sequence[tuple[Severity, str]]
"""The notes at one cell, graver first, each of one line."""

KIND, NAME = "comments", "xl/comments{}.xml"
CONTENT_TYPE = f"{OFFICE}.spreadsheetml.comments+xml"
EMPTY = f'{DECLARATION}<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'
THREAD = "tc="  # so begins the author of a conversation's placeholder; Excel shows the conversation instead
COLOURS = {Severity.ERROR: "FFA01C1C", Severity.WARNING: "FF8A5A00", Severity.INFO: "FF1B4F8A"}
HEAD_COLOUR = "FF6B7680"

_KNOWN = frozenset(("comments", "authors", "author", "commentList", "comment", "text", "r", "rPr", "rPh", "t"))


class _Run(NamedTuple):
    """A piece of a comment: the XML of its look, and its text with characters escaped as _xHHHH_."""

    look: str
    text: str


class Comments:
    """The comments of one sheet: those of people without our old notes, and the new notes that are `put` to them.

    `gone` are the cells whose comment was ours alone; `texts` are the comments with a new note, by cell.
    """

    def __init__(self, xml: bytes, part: str) -> None:
        self._draft = Draft(xml, part, lambda name, _: name in _KNOWN)
        self._list = self._draft.needed("commentList")
        self._authors = [element.text for element in self._draft.all("author")]
        self._found = {element.attributes.get("ref", ""): element for element in self._draft.all("comment")}
        self._people: dict[str, list[_Run]] = {}
        self._ours: dict[str, list[_Run]] = {}
        self.gone: set[str] = set()
        self.texts: dict[str, str] = {}
        for cell, element in self._found.items():
            runs = self._runs(element)
            whole = _text(runs)
            if HEADER in whole:
                self._people[cell] = _without(runs, [match.span() for match in OURS.finditer(whole)])
                if not people_words(whole):
                    self.gone.add(cell)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of anybody is left."""
        return not self.texts and len(self.gone) == len(self._found)

    def is_thread(self, cell: str) -> bool:
        """Whether a conversation stands at the cell, which Excel shows instead of any comment."""
        at = whole_number(self._found[cell].attributes.get("authorId", "")) if cell in self._found else None
        return at is not None and at < len(self._authors) and self._authors[at].startswith(THREAD)

    def put(self, cell: str, lines: Lines) -> None:
        """Add these lines to the cell's comment, below what people wrote."""
        if cell in self.gone:
            self.gone.discard(cell)
            self._draft.remove(self._found.pop(cell))
            del self._people[cell]
        if cell in self._found and cell not in self._people:
            self._people[cell] = self._runs(self._found[cell])
        theirs = _text(self._people.get(cell, ()))
        ours = [_run("\n" * bool(theirs) + HEADER, HEAD_COLOUR, bold=True)]
        end = _run(f"\n{FOOTER}", HEAD_COLOUR)
        room = CELL_LIMIT - _units(theirs + ours[0].text + end.text)
        for severity, text in lines:
            word = _run(f"\n{WORDS[severity]}", COLOURS[severity], bold=True)
            rest = _run(f" {text}")
            rest = rest._replace(text=_cut(rest.text, room - _units(word.text)))
            room -= _units(word.text + rest.text)
            if room < 0 or len(rest.text) < 2:
                break
            ours += [word, rest]
        if len(ours) == 1:
            return  # people have filled the comment to its limit; the list says what we could not
        ours.append(end)
        self._ours[cell] = ours
        self.texts[cell] = theirs + _text(ours)

    def result(self) -> bytes:
        """The part as it is to be."""
        draft = self._draft
        listed, authors = self._list, draft.needed("authors")
        if self._ours and AUTHOR not in self._authors:
            draft.append(authors, f"<author>{AUTHOR}</author>")
        author = [*self._authors, AUTHOR].index(AUTHOR)
        for cell in self.gone:
            draft.remove(self._found[cell])
        for cell in sorted({*self._people, *self._ours} - self.gone, key=lambda ref: position(ref) or (0, 0)):
            runs = [*self._people.get(cell, ()), *self._ours.get(cell, ())]
            text = f"<text>{''.join(map(_run_xml, runs))}</text>"
            if cell in self._found:
                inner = next((e for e in draft.children(self._found[cell]) if e.name == "text"), None)
                if inner:
                    draft.replace(inner, draft.prefixed(text))
                else:
                    draft.append(self._found[cell], text, "first")
            else:
                draft.append(listed, f'<comment ref="{attribute(cell)}" authorId="{author}">{text}</comment>')
        return draft.result()

    def _runs(self, comment: Element) -> list[_Run]:
        runs = []
        children = self._draft.children
        for text in children(comment):
            for piece in children(text) if text.name == "text" else ():
                inner = children(piece)
                if piece.name == "t":
                    runs.append(_Run("", piece.text))
                elif piece.name == "r":
                    look = next((self._plain(e) for e in inner if e.name == "rPr"), "")
                    runs.append(_Run(look, "".join(e.text for e in inner if e.name == "t")))
        return runs

    def _plain(self, element: Element) -> str:
        """The element's XML without the prefix of the part."""
        xml = self._draft.source(element).decode()
        prefix = self._draft.root.prefix.decode()
        return xml.replace(f"<{prefix}", "<").replace(f"</{prefix}", "</") if prefix else xml


def _run(text: str, colour: str = "", *, bold: bool = False) -> _Run:
    """A piece of our own. The order of properties is the one Excel writes."""
    tint = f'<color rgb="{colour}"/>' if colour else ""
    font = f'<rFont val="{FONT}"/><family val="3"/><charset val="134"/>'
    look = f'<rPr>{"<b/>" if bold else ""}<sz val="9"/>{tint}{font}</rPr>'
    return _Run(look, escape_codes(text))


def _run_xml(run: _Run) -> str:
    return f'<r>{run.look}<t xml:space="preserve">{escape(run.text)}</t></r>'


def _text(runs: Iterable[_Run]) -> str:
    return "".join(run.text for run in runs)


def _without(runs: Sequence[_Run], spans: Sequence[tuple[int, int]]) -> list[_Run]:
    """The runs without these stretches of their common text."""
    left, at = [], 0
    gone = {place for start, end in spans for place in range(start, end)}
    for run in runs:
        kept = "".join(letter for i, letter in enumerate(run.text, at) if i not in gone)
        at += len(run.text)
        if kept:
            left.append(_Run(run.look, kept))
    return left


def _units(text: str) -> int:
    """How long a text is for a spreadsheet."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, units: int) -> str:
    """As much of a text as is not longer than that, for a spreadsheet."""
    return text.encode("utf-16-le")[: max(2 * units, 0)].decode("utf-16-le", "ignore")
