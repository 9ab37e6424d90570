"""What stands above and below the table of every period: title, unit and date, project, signatures."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xlperf.form.answers import Value
from xlperf.form.looks import HEADS
from xlperf.form.parts import Kind, Label, Row, Slot, computed, given
from xlperf.form.project import BACK, SIGNATURES


@dataclass(frozen=True)
class Grid:
    """The columns of a form: widths of those printed and of those aside, and where labels and values meet below.

    `pairs` are the spans of label and gap before each value of the progress rows; a value takes one column.
    `month` is how high a month is, so that the payments fill most of their page.
    """

    printed: tuple[float, ...]
    aside: tuple[float, ...]
    pairs: tuple[int, int, int]
    month: float

    @property
    def columns(self) -> int:
        """How many are printed."""
        return len(self.printed)


def title_rows(grid: Grid, title: Slot, note: Slot) -> tuple[Row, ...]:
    """The title; then the unit, what the form is about, the way back and the unit of money."""
    unit, about = (grid.columns - 1) // 2, grid.columns // 4
    rest = grid.columns - unit - about
    return (
        Row((title,), 34),
        Row(
            (
                computed("unit_line", Kind.TEXT, "{@unit_code}&{@unit_name}", unit),
                replace(note, span=about),
                Label(BACK, rest // 2, look="link"),
                Label("单位：万元", rest - rest // 2, look="right"),
            ),
            20,
        ),
    )


def head_rows(grid: Grid, formula: str, value: Value) -> tuple[Row, ...]:
    """The title and the as-of date; then the project, its code, and who carries it out."""
    rest = (grid.columns - 6) // 2
    title = computed("title", Kind.TEXT, formula, grid.columns, centered=True, value=value)
    return (
        *title_rows(grid, title, as_of_line()),
        Row(
            (
                Label("项目名称", 2),
                given("name", Kind.PARAGRAPH, "项目名称", 4),
                Label("项目编码", rest),
                given("code", Kind.PARAGRAPH, "项目编码", rest),
            ),
            24,
        ),
        Row(
            (
                Label("主管部门", 2),
                computed("department", Kind.PARAGRAPH, "{@department}", 4),
                Label("实施单位", rest),
                computed("implementer", Kind.PARAGRAPH, "{@unit_name}", rest),
            ),
            24,
        ),
    )


def as_of_line() -> Slot:
    """The day until which everything is counted."""
    return computed(
        "date_line",
        Kind.TEXT,
        '"截至"&TEXT({@as_of},"yyyy-mm-dd")',
        centered=True,
        value=lambda values: f"截至{values.parameters['as_of']:%Y-%m-%d}",
    )


def months_head(key: str, text: str, span: int = 1) -> Slot:
    """A heading that names the months it is about."""
    return computed(
        f"{HEADS}{key}",
        Kind.TEXT,
        f'"1—"&{{@months}}&"月{text}"',
        span,
        value=lambda values: f"1—{values.parameters['months']}月{text}",
    )


def signatures(grid: Grid) -> Row:
    """Where people sign, at the end of the form that is handed in."""
    return Row((Label(SIGNATURES.format("　" * 8), grid.columns, look="sign"),), 30)
