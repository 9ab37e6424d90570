"""How pieces look: fonts, fills, borders and number formats by look, role and kind. One table, in openpyxl's words."""

from __future__ import annotations

from functools import cache

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from xlperf.form import Kind, Role, Slot

# The order of the schema, in which Excel writes; openpyxl has one of its own, which validators report.
Font.__elements__ = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u"),
    *("vertAlign", "sz", "color", "name", "family", "charset", "scheme"),
)

FONT = "宋体"
INK, FAINT, LINE = "1F2933", "6B7680", "A6B1BD"
HEAD, INPUT, COMPUTED, GIVEN = "DCE9F5", "FFFBE3", "F2F3F5", "FFFFFF"

# look → (size, bold, colour, fill, horizontal, bordered)
LABELS: dict[str, tuple[float, bool, str, str | None, str, bool]] = {
    "title": (16, True, INK, None, "center", False),
    "head": (10, True, "24405C", HEAD, "center", True),
    "hint": (9, False, FAINT, None, "left", True),
    "section": (11, True, "24405C", "EEF4FA", "left", True),
    "center": (10, False, INK, None, "center", True),
    "body": (10, False, INK, None, "left", True),
    "plain": (10, False, INK, None, "left", False),
    "right": (10, False, INK, None, "right", False),
    "link": (10, False, "0563C1", None, "center", False),
    "sign": (10, False, INK, None, "left", False),
    "chart": (10, False, INK, None, "center", True),
    "sample_input": (10, False, INK, INPUT, "center", True),
    "sample_given": (10, False, INK, GIVEN, "center", True),
    "sample_computed": (10, False, INK, COMPUTED, "center", True),
    "sample_todo": (10, False, INK, "FFD9A8", "center", True),
    "sample_good": (10, False, "0B6B2E", "DDF3E2", "center", True),
    "sample_warn": (10, False, "8A5A00", "FFF0CC", "center", True),
    "sample_bad": (10, True, "A01C1C", "FBDDDD", "center", True),
}

# conditional look → (font colour, bold, fill)
TINTS: dict[str, tuple[str | None, bool, str | None]] = {
    "good": ("0B6B2E", False, "DDF3E2"),
    "warn": ("8A5A00", True, "FFF0CC"),
    "bad": ("A01C1C", True, "FBDDDD"),
    "note": ("1B4F8A", False, "DCE9F5"),
    "faint": (FAINT, False, None),
    "todo": (None, False, "FFD9A8"),
    "repeated": ("D9D2B0", False, None),
}

NUMBER_FORMATS = {
    Kind.MONEY: "#,##0.00####",
    Kind.SHARE: "0.0%",
    Kind.POINTS: "General",  # 0.## would show 10 as "10."
    Kind.NUMBER: "General",
    Kind.QUANTITY: "General",
    Kind.DATE: "yyyy-mm-dd",
    Kind.MONTH: '0"月"',
    Kind.COUNT: "0",
    Kind.TEXT: "@",
    Kind.PARAGRAPH: "@",
}

# Slots outside the bordered table, and those set larger.
BARE = ("title", "unit_line", "year_line", "date_line", "marker", "number", "indicators.raw")


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


@cache
def label_look(look: str) -> Look:
    """The look of a label."""
    return Look(*LABELS[look], underline=look == "link")


@cache
def slot_look(slot: Slot) -> Look:
    """The look of a slot: colour by role, alignment and number format by kind."""
    if slot.key == "title":
        return Look(16, True, INK, None, "center", False)
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
    return Look(
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


@cache
def tint_look(look: str, mark: str) -> DifferentialStyle:
    """The differential style of a tint; its mark comes from a number format, so that the value stays the plain word."""
    colour, bold, fill = TINTS[look]
    return DifferentialStyle(
        font=Font(color=colour, bold=bold or None) if colour or bold else None,
        fill=PatternFill(bgColor=fill, fill_type="solid") if fill else None,
        numFmt=NumberFormat(numFmtId=200 + sum(map(ord, mark)) % 5000, formatCode=f'General;General;General;"{mark} "@')
        if mark
        else None,
    )
