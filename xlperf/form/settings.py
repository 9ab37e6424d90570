"""The sheet 参数: everything the computed cells depend on besides the answers, in plain sight."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from xlperf.form.answers import Cell, Values
from xlperf.form.bounds import choice, custom
from xlperf.form.parts import Band, Bound, Form, Kind, Label, Row, Slot, computed, entry, given
from xlperf.measure import BLANK_PACK, months_elapsed
from xlperf.model import Period, Settings

LIMITS = {
    "yellow": (Decimal("0.4"), Decimal("0.8")),
    "green": (Decimal("0.6"), Decimal("1")),
    "over_monitoring": (Decimal("0.05"), Decimal("0.5")),
    "over_self_evaluation": (Decimal("0.05"), Decimal("0.5")),
}
"""Within what a threshold may be set; beyond it, lights and states say nothing. 滞后线 is also below 正常线."""

AS_OF_BOUND = custom(
    "as_of",
    "IF(ISNUMBER({as_of}),IF(ISNUMBER({@year}),"
    "AND({as_of}>=DATE({@year},-2,1),{as_of}<DATE({@year}+1,4,1)),AND({as_of}>=36526,{as_of}<73051)),FALSE)",
    "支出进度和指标完成情况统计到哪一天，如 2023-10-31。",
    "请填日期，如 2023-10-31，在预算年度之内或前后三个月之内。",
)


def as_of_limits(year: int) -> tuple[dt.date, dt.date]:
    """The first and the last day that 截止日期 may be: three months before the budget year, three after it."""
    return dt.date(year - 1, 10, 1), dt.date(year + 1, 3, 31)


def usual_as_of(period: Period, year: int) -> dt.date:
    """截止日期 where nobody says one: the end of the last full month of the budget year, of a past year its end.

    A plan is counted from the year's first day, a self-evaluation to its last; monitoring begins with January's end.
    """
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    if period is Period.MONITORING:
        return max(dt.date(year, 1, 31), min(last, last_month_end()))
    return first if period is Period.PLAN else last


def last_month_end() -> dt.date:
    """The last day of the last month that is over."""
    return dt.date.today().replace(day=1) - dt.timedelta(days=1)


def stated(label: str, slot: Slot, note: str) -> Row:
    """One parameter: its name, its value, what it does."""
    return Row((Label(label), slot, Label(note, 5, look="hint")), 24)


def line(label: str, slot_key: str, kind: Kind, bound: Bound, note: str) -> Row:
    """One parameter that may be changed."""
    return stated(label, entry(slot_key, kind, label, bound, centered=True), note)


def share_line(label: str, slot_key: str, note: str, order: str = "TRUE") -> Row:
    """A threshold within its limits; `order` is the rule about its neighbour."""
    least, most = LIMITS[slot_key]
    own = f"{{{slot_key}}}"
    rule = f"IF(ISNUMBER({own}),AND({own}>={least},{own}<={most},{order}),FALSE)"
    error = f"请填{least:.0%}到{most:.0%}之间的比例" + ("，滞后线应小于正常线。" if order != "TRUE" else "。")
    return line(label, slot_key, Kind.SHARE, custom(slot_key, rule, note, error), note)


BELOW = "OR(NOT(ISNUMBER({yellow})),NOT(ISNUMBER({green})),{yellow}<{green})"

# Months of the budget year completed at the as-of date, as the core counts them.
PASSED = "截止日期前已完整过去的月份数。"
MONTHS = "MAX(0,MIN(12,(YEAR({as_of}+1)-{@year})*12+MONTH({as_of}+1)-1))"
OVER = f'IF({{period}}="{Period.SELF_EVALUATION}",{{over_self_evaluation}},{{over_monitoring}})'
MODE = f'IFERROR(IF(XLPERF_GRADE(100)="{BLANK_PACK.grades[0][1]}","函数","公式"),"公式")'

AS_OF_LINE = line("截止日期", "as_of", Kind.DATE, AS_OF_BOUND, "统计到哪一天；改动后全部项目的进度随之变化。")
PROGRESS_LINES = (
    line(
        "计划口径",
        "plan_method",
        Kind.TEXT,
        choice("计划口径表", "按节点：取最近已过节点；线性：节点之间按月插值。"),
        "按节点：取最近一个已过节点；线性：节点之间按月插值。",
    ),
    share_line("滞后线", "yellow", "计划完成率低于此线为“严重滞后”。", BELOW),
    share_line("正常线", "green", "计划完成率不低于此线为“正常”，两线之间为“滞后”。", BELOW),
)
MODE_LINE = stated(
    "计算方式",
    computed("mode", Kind.WORD, MODE, value=lambda _: "公式"),  # until a program with the add-in opens it
    "函数：由 xlperf 加载项计算；公式：由表内公式计算。两者结果相同。",
)


def months(values: Values) -> Cell:
    """Months of the budget year completed at the as-of date."""
    return months_elapsed(values["as_of"], values.parameters["year"])


def over(values: Values) -> Any:
    """By how much of the target an actual may exceed it in this period before that wants explaining."""
    return values["over_self_evaluation" if values["period"] == Period.SELF_EVALUATION else "over_monitoring"]


SETTINGS = Form(
    kind="settings",
    widths=(22, 22, 14, 14, 14, 14, 40, 12),
    body=(
        Row((Label("参数", 7, look="title"), given("marker", Kind.TEXT)), 34),
        AS_OF_LINE,
        stated("已过月数", computed("months", Kind.COUNT, MONTHS, value=months), PASSED),
        line(
            "填报类型",
            "period",
            Kind.TEXT,
            choice("填报类型表", "运行监控或绩效自评。"),
            "运行监控、绩效自评的超额线不同。",
        ),
        line(
            "规则包",
            "pack",
            Kind.TEXT,
            choice("规则包表", "计分规则，各地不同，见“参数”表下方。"),
            "计分规则，各地不同；各规则包内容见下表。",
        ),
        *PROGRESS_LINES,
        share_line("超额线（运行监控）", "over_monitoring", "运行监控时，完成值超过指标值这一比例以上，需说明原因。"),
        share_line(
            "超额线（绩效自评）", "over_self_evaluation", "绩效自评时，完成值超过指标值这一比例以上，需说明原因。"
        ),
        stated("本次超额线", computed("over", Kind.SHARE, OVER, value=over), "按填报类型自动选取。"),
        MODE_LINE,
        Row((Label("", 7, look="plain"),), 12),
        Row(
            tuple(
                Label(text) for text in ("规则包", "名称", "预算执行率", "成本指标", "产出指标", "效益／满意度", "说明")
            ),
            24,
        ),
        Band(
            "packs",
            Row(
                (
                    given("packs.key", Kind.TEXT),
                    given("packs.name", Kind.TEXT),
                    given("packs.execution", Kind.TEXT, centered=True),
                    given("packs.cost", Kind.COUNT),
                    given("packs.output", Kind.COUNT),
                    given("packs.benefit", Kind.TEXT, centered=True),
                    given("packs.note", Kind.PARAGRAPH),
                ),
                30,
            ),
        ),
    ),
    noun=Settings,
    hidden_columns=1,
    landscape=False,
)
