"""The figures of 总览 as a table: label, live formula over the lists, and the value the formula must give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from xlperf.consolidate.columns import (
    CONSOLIDATED,
    COUNTED,
    DOUBTFUL,
    FILES,
    FINDINGS,
    PAYMENTS,
    PROJECTS,
    SEVERITIES,
    UNASKED,
    UNCOUNTED,
    UNREADABLE,
    ListSheet,
)
from xlperf.consolidate.consolidation import Consolidation
from xlperf.consolidate.totals import COUNTED_WORDS, INCOMPLETE, Totals
from xlperf.consolidate.unread import status_of
from xlperf.form import Cell
from xlperf.form.arithmetic import number, rounded, share_of
from xlperf.measure import COMPLIANCE_STATES, MONTHS
from xlperf.model import Severity

Value = Callable[[Consolidation], Cell]


@dataclass(frozen=True)
class Figure:
    """One figure. `{key}` in its formula is the cell of another figure; `kind` is share, money or count.

    `unit` is printed below it, or is the `{key}` of the total it is part of.
    """

    key: str
    label: str
    unit: str
    kind: str
    formula: str
    value: Value


def total(sheet: ListSheet, key: str, word: str = COUNTED) -> str:
    """The sum of a column over the counted projects, or over those of another word."""
    return f'ROUND(SUMIFS({sheet.ref(key)},{sheet.ref("counted")},"{word}"),6)'


def count(sheet: ListSheet, key: str, word: str) -> str:
    """The number of rows that hold the word."""
    return f'COUNTIFS({sheet.ref(key)},"{word}")'


def counted(key: str, word: str) -> str:
    """The number of counted projects that hold the word."""
    return f'COUNTIFS({PROJECTS.ref(key)},"{word}",{PROJECTS.ref("counted")},"{COUNTED}")'


def ratio(part: str, whole: str) -> str:
    """part ÷ whole at 6 places, blank where the whole is 0."""
    return f'IF({whole}=0,"",ROUND({part}/{whole},6))'


CARDS = (
    Figure("projects", "项目", "个", "count", count(PROJECTS, "counted", COUNTED), lambda c: c.totals.projects),
    Figure("indicators", "绩效指标", "项", "count", total(PROJECTS, "indicators"), lambda c: c.totals.indicators),
    Figure("budget", "执行预算", "万元", "money", total(PROJECTS, "budget.current"), lambda c: c.totals.budget),
    Figure("paid", "累计支付", "万元", "money", total(PROJECTS, "progress.paid"), lambda c: c.totals.paid),
    Figure("rate", "预算执行率", "累计支付÷执行预算", "share", ratio("{paid}", "{budget}"),
           lambda c: c.totals.execution_rate),
    Figure("plan", "计划应达", "按预算加权", "share", ratio(total(PROJECTS, "planned"), "{budget}"),
           lambda c: c.totals.plan_share),
    Figure("plan_progress", "计划完成率", "累计支付÷计划应付", "share",
           ratio("{paid}", total(PROJECTS, "planned")), lambda c: c.totals.plan_progress),
    Figure("time_progress", "序时进度比", "累计支付÷序时应付", "share",
           ratio("{paid}", total(PROJECTS, "due")), lambda c: c.totals.time_progress),
)  # fmt: skip


def _state(state: str) -> Figure:
    return Figure(state, state, "{indicators}", "count", total(PROJECTS, state), lambda c: c.totals.states[state])


def _by_word(key: str) -> tuple[Figure, ...]:
    """The number of projects of each word of a column, and of those with another or none."""
    words, of = COUNTED_WORDS[key], key.replace(".", "_")  # a dot means something in a template

    def figure(word: str) -> Figure:
        return Figure(f"{of} {word}", word, "{projects}", "count", counted(key, word),
                      lambda c: c.totals.words[key].get(word, 0))  # fmt: skip

    rest = "{projects}-" + "-".join(f"{{{of} {word}}}" for word in words)
    return (
        *map(figure, words),
        Figure(f"{of} other", OTHER[key], "{projects}", "count", rest,
               lambda c: c.totals.projects - sum(c.totals.words[key].get(word, 0) for word in words)),
    )  # fmt: skip


def _files(status: str, consolidation: Consolidation) -> int:
    return sum(status_of(file) == status for file in consolidation.files)


def _severity(severity: Severity) -> Figure:
    word = SEVERITIES[severity]
    return Figure(severity, word, "", "count", count(FINDINGS, "severity", word), lambda c: c.severities[severity])


PLAN_CARDS = (
    *CARDS[:3],
    Figure("fiscal", "财政资金", "万元", "money", total(PROJECTS, "budget.fiscal_funds"),
           lambda c: c.totals.fiscal_funds),
    Figure("other", "其他资金", "万元", "money", total(PROJECTS, "budget.other_funds"), lambda c: c.totals.other_funds),
    Figure("carryover", "上年结转", "万元", "money", total(PROJECTS, "budget.carryover"),
           lambda c: c.totals.carryover),
)  # fmt: skip
STATE_FIGURES = tuple(map(_state, COMPLIANCE_STATES))
OTHER = {
    "progress.light": f"其他（{INCOMPLETE}）",
    "progress.official_light": f"其他（{INCOMPLETE}）",
    "grade": f"未评（{INCOMPLETE}）",
    "alert": "无预警或未评",
}
"""What the projects with no word of a column are called."""
WORD_FIGURES = {key: _by_word(key) for key in COUNTED_WORDS}
FILE_FIGURES = (
    Figure("consolidated", CONSOLIDATED, "", "count", count(FILES, "status", CONSOLIDATED),
           partial(_files, CONSOLIDATED)),
    *(Figure(status, status, "", "count", count(FILES, "status", status), partial(_files, status))
      for status in (UNREADABLE, UNCOUNTED, UNASKED)),
)  # fmt: skip
PROJECT_FIGURES = (
    Figure("counted", "计入合计", "", "count", "{projects}", lambda c: c.totals.projects),
    Figure("doubtful", "存疑单列", "", "count", count(PROJECTS, "counted", DOUBTFUL),
           lambda c: c.doubtful_totals.projects),
    Figure("repeated", "重复未计", "", "count", "", lambda c: len(c.repeated)),  # projects, not the copies of them
    Figure("missing", "应报未报", "", "count", "", lambda c: len(c.missing)),
)  # fmt: skip
FINDING_FIGURES = (
    *map(_severity, Severity),
    Figure("findings", "合计", "", "count", "+".join(f"{{{severity}}}" for severity in Severity),
           lambda c: sum(c.severities.values())),
)  # fmt: skip


def _aside(key: str, column: str, label: str, value: Callable[[Totals], Cell]) -> tuple[Figure, ...]:
    """An amount of the counted projects, of those set aside, and of both."""
    return (
        Figure(f"counted_{key}", label, "", "money", f"{{{key}}}", lambda c: value(c.totals)),
        Figure(f"aside_{key}", label, "", "money", total(PROJECTS, column, DOUBTFUL),
               lambda c: value(c.doubtful_totals)),
        Figure(f"all_{key}", label, "", "money", f"{{counted_{key}}}+{{aside_{key}}}",
               lambda c: number(value(c.totals)) + number(value(c.doubtful_totals))),
    )  # fmt: skip


ASIDE_ROWS = ("计入合计", "存疑、单列", "全部")
ASIDE_FIGURES = (
    (
        Figure("counted_projects", "项目", "", "count", "{projects}", lambda c: c.totals.projects),
        Figure("aside_projects", "项目", "", "count", count(PROJECTS, "counted", DOUBTFUL),
               lambda c: c.doubtful_totals.projects),
        Figure("all_projects", "项目", "", "count", "{counted_projects}+{aside_projects}",
               lambda c: c.totals.projects + c.doubtful_totals.projects),
    ),
    _aside("budget", "budget.current", "执行预算（万元）", lambda totals: totals.budget),
    _aside("paid", "progress.paid", "累计支付（万元）", lambda totals: totals.paid),
)  # fmt: skip
"""What is set aside beside what is counted, column by column: with the totals it is all there is."""


def share_in(figure: Figure, consolidation: Consolidation) -> Cell:
    """The share of a state among the indicators, of a light among the projects."""
    whole = consolidation.totals.indicators if figure.unit == "{indicators}" else consolidation.totals.projects
    return share_of(figure.value(consolidation), whole)


@dataclass(frozen=True)
class MonthFigure:
    """One column of the months. Its formula refers to `{month}`, `{budget}` and, by `{key}`, the columns left of it."""

    key: str
    label: str
    kind: str
    formula: str
    value: Callable[[Consolidation, int], Cell]


def _of_budget(key: str) -> str:
    return f'IF(OR({{budget}}=0,{{{key}}}=""),"",ROUND({{{key}}}/{{budget}},6))'


def _due(consolidation: Consolidation, month: int) -> Decimal:
    return rounded(consolidation.totals.budget * month / MONTHS, 6)


_MONTH, _COUNTED = PAYMENTS.ref("payments.month"), f'{PAYMENTS.ref("counted")},"{COUNTED}"'
_AMOUNT = PAYMENTS.ref("payments.amount")

MONTH_FIGURES = (
    MonthFigure("planned", "计划累计", "money",
                f'ROUND(SUMIFS({PAYMENTS.ref("planned")},{_MONTH},{{month}},{_COUNTED}),6)',
                lambda c, month: c.curve.planned[month - 1]),
    MonthFigure("paid_until", "支付累计", "money",
                f'IF(COUNTIFS({_MONTH},">="&{{month}},{_AMOUNT},"<>",{_COUNTED})=0,"",'
                f'ROUND(SUMIFS({_AMOUNT},{_MONTH},"<="&{{month}},{_COUNTED}),6))',
                lambda c, month: c.curve.paid_until(month)),
    MonthFigure("due", "序时累计", "money", f"ROUND({{budget}}*{{month}}/{MONTHS},6)",
                _due),
    MonthFigure("planned_share", "计划", "share", _of_budget("planned"),
                lambda c, month: share_of(c.curve.planned[month - 1], c.totals.budget)),
    MonthFigure("paid_share", "执行", "share", _of_budget("paid_until"),
                lambda c, month: share_of(c.curve.paid_until(month), c.totals.budget)),
    MonthFigure("due_share", "序时", "share", _of_budget("due"),
                lambda c, month: share_of(_due(c, month), c.totals.budget)),
)  # fmt: skip
