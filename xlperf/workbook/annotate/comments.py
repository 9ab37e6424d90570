"""Our notes in a sheet's comments: written beside those of people or below them, and taken out again.

Knows the comments part alone; the boxes that show comments are drawn by `boxes`.
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
"""What we say about one cell, graver first, each one line."""

KIND, NAME = "comments", "xl/comments{}.xml"
CONTENT_TYPE = f"{OFFICE}.spreadsheetml.comments+xml"
EMPTY = f'{DECLARATION}<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'
THREAD = "tc="  # so begins the author of a conversation's placeholder; Excel shows the conversation instead
COLOURS = {Severity.ERROR: "FFA01C1C", Severity.WARNING: "FF8A5A00", Severity.INFO: "FF1B4F8A"}
HEAD_COLOUR = "FF6B7680"

_KNOWN = frozenset(("comments", "authors", "author", "commentList", "comment", "text", "r", "rPr", "rPh", "t"))


class _Run(NamedTuple):
    """A piece of a comment: how it looks, as XML, and its text as the format spells it."""

    look: str
    text: str


class Comments:
    """The comments of one sheet: those of people, and what we `put` beside or below them instead of what we once did.

    `gone` are the cells whose comment was ours alone, `texts` what the comments that we put something in say.
    """

    def __init__(self, xml: bytes, part: str) -> None:
        self._draft = Draft(xml, part, lambda name, _: name in _KNOWN)
        self._list = self._draft.needed("commentList")
        self._authors = [element.text for element in self._draft.all("author")]
        self._found = {element.attributes.get("ref", ""): element for element in self._draft.all("comment")}
        self._people: dict[str, list[_Run]] = {}
        self._said: dict[str, list[_Run]] = {}
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
        """Say these lines at the cell, below what people say there."""
        if cell in self.gone:
            self.gone.discard(cell)
            self._draft.remove(self._found.pop(cell))
            del self._people[cell]
        if cell in self._found and cell not in self._people:
            self._people[cell] = self._runs(self._found[cell])
        held = _text(self._people.get(cell, ()))
        said = [_run("\n" * bool(held) + HEADER, HEAD_COLOUR, bold=True)]
        end = _run(f"\n{FOOTER}", HEAD_COLOUR)
        room = CELL_LIMIT - _units(held + said[0].text + end.text)
        for severity, text in lines:
            word = _run(f"\n{WORDS[severity]}", COLOURS[severity], bold=True)
            rest = _run(f" {text}")
            rest = rest._replace(text=_cut(rest.text, room - _units(word.text)))
            room -= _units(word.text + rest.text)
            if room < 0 or len(rest.text) < 2:
                break
            said += [word, rest]
        if len(said) == 1:
            return  # people have filled the comment to its limit; the list says what we could not
        said.append(end)
        self._said[cell] = said
        self.texts[cell] = held + _text(said)

    def result(self) -> bytes:
        """The part as it is to be."""
        draft = self._draft
        listed, authors = self._list, draft.needed("authors")
        if self._said and AUTHOR not in self._authors:
            draft.append(authors, f"<author>{AUTHOR}</author>")
        author = [*self._authors, AUTHOR].index(AUTHOR)
        for cell in self.gone:
            draft.remove(self._found[cell])
        for cell in sorted({*self._people, *self._said} - self.gone, key=lambda ref: position(ref) or (0, 0)):
            runs = [*self._people.get(cell, ()), *self._said.get(cell, ())]
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
    """A piece that we say. The order of properties is the one Excel writes."""
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
