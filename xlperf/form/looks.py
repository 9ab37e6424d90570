"""How pieces look: fonts, colours and number formats by look, role and kind. One table for all that is drawn."""

from __future__ import annotations

from xlperf.form.parts import Kind

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
    "repeated": ("5F6B76", False, None),  # it steps back and is read all the same
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
    Kind.TICK: "@",
}

HEADS = "heads."
"""How the keys of computed headings begin."""

# Slots outside the bordered table, and those set larger.
BARE = ("title", "unit_line", "year_line", "date_line", "marker", "number", "indicators.raw")
