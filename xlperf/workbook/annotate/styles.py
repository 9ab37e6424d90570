"""Adds our styles to those of a workbook: of highlights, and of the cells of the list of notes.

A style that is there already is used again, so that annotating twice adds nothing.
"""

from __future__ import annotations

from xlperf.form.looks import FAINT, FONT, HEAD, INK, LINE
from xlperf.model import Severity
from xlperf.ooxml.namespaces import MAIN
from xlperf.ooxml.serialise import DECLARATION
from xlperf.ooxml.xml_edit import Draft

KIND = "styles"
# Children of the style sheet, in the order of the schema.
_ORDER = "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"
ORDER = tuple(_ORDER.split())
EMPTY = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}">'
    f'<fonts count="1"><font><sz val="11"/><name val="{FONT}"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)

# severity → ink, fill
COLOURS = {
    Severity.ERROR: ("C0272D", "FBC9C9"),
    Severity.WARNING: ("B8690A", "FFE3A3"),
    Severity.INFO: ("2F6FB5", "C4E0FA"),
}
CellLook = tuple[float, bool, bool, str, str, str, bool, bool]
"""Size, bold, underlined, ink, fill, horizontal, bordered, wrapped."""

LOOKS: dict[str, CellLook] = {
    "title": (16, True, False, INK, "", "left", False, False),
    "note": (10, False, False, INK, "", "left", False, False),
    "hint": (10, False, False, FAINT, "", "left", False, False),
    "head": (10, True, False, "24405C", HEAD, "center", True, True),
    "text": (10, False, False, INK, "", "left", True, True),
    "word": (10, False, False, INK, "", "center", True, True),
    "link": (10, False, True, "0563C1", "", "center", True, True),
    **{key.value: (10, True, False, *colours, "center", True, True) for key, colours in COLOURS.items()},
}


class Styles:
    """The style sheet with our styles in it: indexes of highlights by severity, of cell styles by look."""

    def __init__(self, xml: bytes, part: str) -> None:
        self._draft = Draft(xml, part, lambda _, depth: depth < 3)
        self._counts: dict[str, int] = {}
        self._known: dict[tuple[str, bytes], int] = {}
        self._added: dict[str, list[str]] = {}
        for holder in self._draft.children():
            inner = self._draft.children(holder)
            self._counts[holder.name] = len(inner)
            for index, element in enumerate(inner):
                self._known.setdefault((holder.name, self._draft.source(element)), index)
        self.highlights = {severity: self._index("dxfs", _highlight(*COLOURS[severity])) for severity in Severity}
        self.looks = {look: self._cell_style(LOOKS[look]) for look in LOOKS}

    def result(self) -> bytes:
        """The part with what was added."""
        draft = self._draft
        for name, added in self._added.items():
            holder = draft.child(name)
            if holder:
                draft.append(holder, "".join(added))
                draft.set(holder, "count", str(self._counts[name]))
            else:
                draft.insert(ORDER, name, f'<{name} count="{len(added)}">{"".join(added)}</{name}>')
        return draft.result()

    def _index(self, name: str, xml: str) -> int:
        """Where in this list the entry stands; added where it does not."""
        key = (name, self._draft.prefixed(xml))
        if key not in self._known:
            self._known[key] = self._counts.setdefault(name, 0)
            self._counts[name] += 1
            self._added.setdefault(name, []).append(xml)
        return self._known[key]

    def _cell_style(self, look: CellLook) -> int:
        """The index of a cell style that looks so."""
        size, bold, underlined, ink, fill, horizontal, bordered, wrapped = look
        font = (
            f'<font>{"<b/>" if bold else ""}{"<u/>" if underlined else ""}<sz val="{size:g}"/><color rgb="FF{ink}"/>'
            f'<name val="{FONT}"/><family val="3"/><charset val="134"/></font>'
        )
        solid = f'<fill><patternFill patternType="solid"><fgColor rgb="FF{fill}"/></patternFill></fill>'
        layout = f'horizontal="{horizontal}" vertical="center"'
        if wrapped:
            layout += ' wrapText="1"'
        if bordered and horizontal == "left":
            layout += ' indent="1"'
        parts = (
            f'numFmtId="0" fontId="{self._index("fonts", font)}"',
            f'fillId="{self._index("fills", solid) if fill else 0}"',
            f'borderId="{self._index("borders", _border(LINE)) if bordered else 0}" xfId="0"',
            'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"',
        )
        return self._index("cellXfs", f"<xf {' '.join(parts)}><alignment {layout}/></xf>")


def _highlight(ink: str, fill: str) -> str:
    colours = f'<fgColor rgb="FF{fill}"/><bgColor rgb="FF{fill}"/>'
    return (
        f'<dxf><fill><patternFill patternType="solid">{colours}</patternFill></fill>{_border(ink, diagonal="")}</dxf>'
    )


def _border(ink: str, diagonal: str = "<diagonal/>") -> str:
    sides = "".join(
        f'<{side} style="thin"><color rgb="FF{ink}"/></{side}>' for side in ("left", "right", "top", "bottom")
    )
    return f"<border>{sides}{diagonal}</border>"
