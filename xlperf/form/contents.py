"""The sheet 目录: one row per project with links, live figures and the department's totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from xlperf.form.answers import Answers, Cell, Value, Values
from xlperf.form.arithmetic import number, rounded, share_of
from xlperf.form.parts import Band, Form, Kind, Label, Piece, Role, Row, Slot, Tint, computed, given, sum_of
from xlperf.form.tints import lights, official_lights
from xlperf.measure import blank_kept, count_filled
from xlperf.measure.normal import is_blank
from xlperf.measure.statuses import IN_PROGRESS, MET, NOT_FILLED, OVERFULFILLED, UNDECIDABLE, UNMET
from xlperf.model import Period


def of_each(value: Callable[[Answers], Cell]) -> Value:
    """A column with this of every project."""
    return lambda values: [value(project) for project in values.projects]


def text_of(slot: str, key: str, kind: Kind, **looks: Any) -> Slot:
    """What stands in an input of the project, blank while nothing does."""
    value = of_each(lambda project: "" if is_blank(held := project.single.get(key)) else held)
    return Slot(slot, Role.COMPUTED, kind, formula=blank_kept(f"{{#{key}}}"), value=value, **looks)


def state_count(key: str, *states: str) -> Slot:
    """How many indicators of the project are in one of these states."""
    formula = "+".join(f'COUNTIF({{#indicators.state}},"{state}")' for state in states)
    value = of_each(lambda project: sum(map(project.column("indicators.state").count, states)))
    return computed(key, Kind.COUNT, formula, value=value)


def count_of(key: str, column: str) -> Slot:
    """The sum of a column of counts."""
    return computed(key, Kind.COUNT, f"SUM({{{column}*}})", value=lambda values: sum(map(int, values[column])))


indicator_count = of_each(lambda project: sum(not is_blank(level1) for level1 in project.column("indicators.level1")))

# The weighted plan of the department: each project's planned share times its budget, over all budgets. SUMPRODUCT takes
# words for 0; IF inside it would need an array formula in Excel, but not in LibreOffice.
PLAN_OF_ALL = 'IF(N({total.budget})=0,"",ROUND(SUMPRODUCT({projects.budget*},{projects.plan*})/{total.budget},6))'


def plan_of_all(values: Values) -> Cell:
    """The planned share of all projects together: each share weighted with its budget."""
    budget, parts = number(values["total.budget"]), zip(values["projects.budget"], values["projects.plan"], strict=True)
    planned = sum((number(part) * number(share) for part, share in parts), Decimal(0))
    return rounded(planned / budget, 6) if budget else ""


DATE_LINE = '"截至"&TEXT({@as_of},"yyyy-mm-dd")&"　"&{@mode}'


def date_line(values: Values) -> str:
    """The as-of date, and who computes."""
    return f"截至{values.parameters['as_of']:%Y-%m-%d}　{values.parameters['mode']}"


RATE_OF_ALL = 'IF(N({total.budget})=0,"",IF(ISNUMBER({total.paid}),ROUND({total.paid}/{total.budget},6),""))'


def rate_of_all(values: Values) -> Cell:
    """The execution rate of all projects together."""
    return share_of(values["total.paid"], values["total.budget"])


PROGRESS_OF_ALL = 'IF(ISNUMBER({total.rate})*(N({total.plan})>0),ROUND({total.rate}/{total.plan},6),"")'


def progress_of_all(values: Values) -> Cell:
    """The plan progress of all projects together, blank while nothing is planned."""
    return share_of(values["total.rate"], values["total.plan"]) if number(values["total.plan"]) > 0 else ""


def project_columns(*columns: Slot) -> Row:
    """One project: its number, code and name with a link, then these columns."""
    return Row(
        (
            given("projects.number", Kind.COUNT, centered=True),
            text_of("projects.code", "code", Kind.TEXT, centered=True),
            text_of("projects.name", "name", Kind.PARAGRAPH, link=True),
            *columns,
        ),
        24,
    )


def shown(slot: str, key: str, kind: Kind, tints: tuple[Tint, ...] = ()) -> Slot:
    """A cell of the project's sheet as it stands there."""
    return computed(slot, kind, f"{{#{key}}}", tints=tints)


BUDGET = shown("projects.budget", "budget.current", Kind.MONEY)
INDICATORS = computed("projects.indicators", Kind.COUNT, count_filled("{#indicators.level1}"), value=indicator_count)
PROGRESS = (
    BUDGET,
    shown("projects.paid", "progress.paid", Kind.MONEY),
    shown("projects.rate", "progress.rate", Kind.SHARE),
    shown("projects.plan", "progress.plan", Kind.SHARE),
    shown("projects.plan_progress", "progress.plan_progress", Kind.SHARE),
)
LIGHT = shown("projects.light", "progress.light", Kind.WORD, lights("projects.light"))
PROGRESS_HEADS = ("执行预算", "累计支付", "执行率", "计划应达", "计划完成率")
PROGRESS_WIDTHS = (11, 11, 9, 9, 11)
PROGRESS_TOTALS = (
    sum_of("total.budget", Kind.MONEY, "projects.budget", 6),
    sum_of("total.paid", Kind.MONEY, "projects.paid", 6),
    computed("total.rate", Kind.SHARE, RATE_OF_ALL, value=rate_of_all),
    computed("total.plan", Kind.SHARE, PLAN_OF_ALL, value=plan_of_all),
    computed("total.plan_progress", Kind.SHARE, PROGRESS_OF_ALL, value=progress_of_all),
)
MONEY = (
    *PROGRESS,
    shown("projects.official_light", "progress.official_light", Kind.WORD, official_lights("projects.official_light")),
    LIGHT,
)
MONEY_HEADS = (*PROGRESS_HEADS, "预警（官方）", "预警（按计划）")
MONEY_WIDTHS = (*PROGRESS_WIDTHS, 11, 11)
MONEY_TOTALS = (*PROGRESS_TOTALS, Label("", 2))


def contents_of(
    columns: Sequence[Slot],
    heads: Sequence[str],
    widths: Sequence[float],
    totals: Sequence[Piece],
    hint: str,
    unit: tuple[int, int] = (3, 2),
) -> Form:
    """A table of contents with these columns behind the name of the project, and the totals below them.

    `unit` are the columns that the unit and, at the other end, 单位：万元 take of the second row.
    """
    count = 3 + len(columns)
    return Form(
        kind="contents",
        widths=(6, 24, 44, *widths, 12),
        body=(
            Row((Label("项目目录", count, look="title"), given("marker", Kind.TEXT)), 34),
            Row(
                (
                    computed("unit_line", Kind.TEXT, "{@unit_code}&{@unit_name}", unit[0]),
                    computed("date_line", Kind.TEXT, DATE_LINE, count - sum(unit), centered=True, value=date_line),
                    Label("单位：万元", unit[1], look="right"),
                )
            ),
            Row(tuple(map(Label, ("序号", "项目编码", "项目名称（点击前往）", *heads))), 30),
            Band("projects", project_columns(*columns)),
            Row((Label("合计", 3), *totals), 26),
            Row((Label(hint, count, look="hint"),), 20),
        ),
        hidden_columns=1,
        repeat_rows=3,
        freeze_below=3,
    )


def counts_of(*keys: str) -> tuple[Slot, ...]:
    """The sums of columns of counts."""
    return tuple(count_of(f"total.{key}", f"projects.{key}") for key in keys)


MET_COUNT = state_count("projects.met", MET, OVERFULFILLED)
RESULTS = (
    INDICATORS,
    MET_COUNT,
    state_count("projects.unmet", UNMET, UNDECIDABLE),
    state_count("projects.not_filled", NOT_FILLED),
    shown("projects.score", "total_score", Kind.POINTS),
    shown("projects.grade", "grade", Kind.WORD),
)
RESULT_HEADS = ("指标数", MET, UNMET, NOT_FILLED, "总分", "等级")
RESULT_WIDTHS = (8, 8, 8, 8, 9, 8)
RESULT_TOTALS: tuple[Piece, ...] = (*counts_of("indicators", "met", "unmet", "not_filled"), Label("", 2))
HINT = f"{UNMET}含{UNDECIDABLE}；{MET}含{OVERFULFILLED}。计划应达合计按各项目执行预算加权。"

IN_PERIOD = {
    Period.PLAN: contents_of(
        (
            BUDGET,
            text_of("projects.fiscal_funds", "budget.fiscal_funds", Kind.MONEY),
            text_of("projects.other_funds", "budget.other_funds", Kind.MONEY),
            shown("projects.check", "budget.check", Kind.WORD),
            INDICATORS,
        ),
        ("预算数", "财政资金", "其他资金", "资金核对", "指标数"),
        (12, 12, 12, 26, 9),
        (
            sum_of("total.budget", Kind.MONEY, "projects.budget", 6),
            sum_of("total.fiscal_funds", Kind.MONEY, "projects.fiscal_funds", 6),
            sum_of("total.other_funds", Kind.MONEY, "projects.other_funds", 6),
            Label(""),
            *counts_of("indicators"),
        ),
        "点击项目名称前往；金额单位为万元。",
    ),
    Period.MONITORING: contents_of(
        (
            *MONEY,
            INDICATORS,
            MET_COUNT,
            state_count("projects.in_progress", IN_PROGRESS),
            state_count("projects.not_filled", NOT_FILLED, UNDECIDABLE),
            shown("projects.target_light", "objective_light", Kind.WORD, official_lights("projects.target_light")),
        ),
        (*MONEY_HEADS, "指标数", MET, IN_PROGRESS, NOT_FILLED, "目标预警"),
        (*MONEY_WIDTHS, 8, 8, 8, 8, 10),
        (*MONEY_TOTALS, *counts_of("indicators", "met", "in_progress", "not_filled"), Label("")),
        f"{MET}含{OVERFULFILLED}；{NOT_FILLED}含{UNDECIDABLE}。计划应达合计按各项目执行预算加权。",
    ),
    Period.SELF_EVALUATION: contents_of(
        (*MONEY, *RESULTS),
        (*MONEY_HEADS, *RESULT_HEADS),
        (*MONEY_WIDTHS, *RESULT_WIDTHS),
        (*MONEY_TOTALS, *RESULT_TOTALS),
        HINT,
    ),
}

CONTENTS = contents_of(
    (*PROGRESS, LIGHT, *RESULTS),
    (*PROGRESS_HEADS, "预警", *RESULT_HEADS),
    (*PROGRESS_WIDTHS, 11, *RESULT_WIDTHS),
    (*PROGRESS_TOTALS, Label(""), *RESULT_TOTALS),
    HINT,
    unit=(7, 3),
)
"""That of edition 2026.1, for the whole year."""
