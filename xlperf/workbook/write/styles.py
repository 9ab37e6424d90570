"""The looks of `form.looks` in openpyxl's words, and the parts of a workbook that hold them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from xlperf.form import Form, Kind, Label, Role, Slot, Tint, lists
from xlperf.form.looks import BARE, COMPUTED, FONT, GIVEN, HEADS, INK, INPUT, LABELS, LINE, NUMBER_FORMATS, TINTS
from xlperf.form.titles import LISTS
from xlperf.ooxml.a1 import address, column_letters
from xlperf.ooxml.serialise import respelled
from xlperf.ooxml.zip_out import parts_of
from xlperf.workbook.write.assemble import SHARED

# The order of the schema, in which Excel writes; openpyxl has one of its own, which validators report.
Font.__elements__ = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u"),
    *("vertAlign", "sz", "color", "name", "family", "charset", "scheme"),
)


def _border() -> Border:
    side = Side(style="thin", color=LINE)
    return Border(side, side, side, side)


def _fill(colour: str | None) -> PatternFill:
    return PatternFill("solid", fgColor=colour) if colour else PatternFill()


class Look:
    """What openpyxl sets on a cell."""

    def __init__(
        self,
        size: float,
        bold: bool,
        colour: str,
        fill: str | None,
        horizontal: str,
        bordered: bool,
        number_format: str = "General",
        locked: bool = True,
        underline: bool = False,
    ) -> None:
        self.font = Font(name=FONT, size=size, bold=bold, color=colour, underline="single" if underline else None)
        self.fill = _fill(fill)
        self.border = _border() if bordered else Border()
        indent = 1 if bordered and horizontal != "center" else 0
        self.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True, indent=indent)
        self.number_format = number_format
        self.protection = Protection(locked=locked)

    def put_on(self, cell: Cell) -> None:
        """Give the cell this look."""
        cell.font, cell.fill, cell.border = self.font, self.fill, self.border
        cell.alignment, cell.number_format, cell.protection = self.alignment, self.number_format, self.protection


_look = cache(Look)  # one for all pieces that look alike


def look_of(piece: Slot | Label) -> Look:
    """The look of a piece: of a slot colour by role, alignment and number format by kind."""
    return _slot_look(piece) if isinstance(piece, Slot) else _look(*LABELS[piece.look], underline=piece.look == "link")


def _slot_look(slot: Slot) -> Look:
    if slot.key == "title":
        return _look(16, True, INK, None, "center", False)
    if slot.key.startswith(HEADS):
        return _look(*LABELS["head"])
    words = slot.kind in (Kind.TEXT, Kind.PARAGRAPH)
    horizontal = (
        "center" if slot.centered or slot.kind in (Kind.WORD, Kind.MONTH, Kind.SHARE, Kind.COUNT, Kind.DATE) else "left"
    )
    if slot.kind in (Kind.MONEY, Kind.POINTS, Kind.NUMBER):
        horizontal = "right" if slot.kind is Kind.MONEY else "center"
    bare = slot.key in BARE
    fill = {Role.INPUT: INPUT, Role.GIVEN: GIVEN, Role.COMPUTED: COMPUTED}[slot.role]
    # Text format on a computed cell would show its formula instead of its result.
    number_format = "General" if slot.role is Role.COMPUTED and words else NUMBER_FORMATS.get(slot.kind, "General")
    colour = "0563C1" if slot.link else INK
    return _look(
        10,
        False,
        colour,
        None if bare else fill,
        horizontal,
        not bare,
        number_format,
        slot.role is not Role.INPUT,
        slot.link,
    )


def tint_look(tint: Tint) -> DifferentialStyle:
    """The differential style of a tint; its mark comes from a number format, so that the value stays the plain word."""
    (colour, bold, fill), mark = TINTS[tint.look], tint.mark
    return DifferentialStyle(
        font=Font(color=colour, bold=bold or None) if colour or bold else None,
        fill=PatternFill(bgColor=fill, fill_type="solid") if fill else None,
        numFmt=NumberFormat(numFmtId=200 + sum(map(ord, mark)) % 5000, formatCode=f'General;General;General;"{mark} "@')
        if mark
        else None,
    )


class Styles:
    """The styles of some forms, the same for every layout of theirs, and the sheet of lists beside them.

    `tints` are the numbers of (look, mark) there; `shared` are the parts of such a workbook beside its sheets.
    """

    def __init__(self, forms: Iterable[Form]) -> None:
        book = Workbook()
        hidden = book.active
        hidden.title = LISTS
        for column, values in enumerate(lists().values(), start=1):
            for row, value in enumerate(values, start=1):
                hidden.cell(row, column, value)
        sheet = book.create_sheet()
        self._forms = tuple(forms)  # kept, so that their pieces are known by identity: to look at one takes time
        self._numbers: dict[int, int] = {}
        looks: dict[Look, int] = {}
        rules: dict[tuple[str, str], Rule] = {}
        for form in self._forms:
            slots = [slot for _, slot in form.slots]
            pieces: list[Slot | Label] = [*form.labels, *slots]
            for piece in pieces:
                look = look_of(piece)
                if look not in looks:
                    cell = sheet.cell(len(looks) + 1, 1)
                    look.put_on(cell)
                    looks[look] = cell.style_id
                self._numbers[id(piece)] = looks[look]
            for tint in (tint for slot in slots for tint in slot.tints):
                if (tint.look, tint.mark) not in rules:
                    rules[tint.look, tint.mark] = Rule(type="expression", dxf=tint_look(tint))
        for rule in rules.values():
            sheet.conditional_formatting.add(address(1, 1), rule)
        out = BytesIO()
        book.save(out)
        parts = parts_of(out.getvalue())
        self.shared = {name: respelled(parts[name]).encode() for name in SHARED if name in parts}
        self.lists = respelled(parts["xl/worksheets/sheet1.xml"])
        self.tints = {tint: rule.dxfId for tint, rule in rules.items()}

    def number(self, piece: Slot | Label) -> int:
        """The number of the piece's style."""
        return self._numbers[id(piece)]


def list_names() -> dict[str, str]:
    """The defined name of every list and the range it stands in."""
    return {
        name: f"'{LISTS}'!${column_letters(i)}$1:${column_letters(i)}${len(values)}"
        for i, (name, values) in enumerate(lists().items(), start=1)
    }
