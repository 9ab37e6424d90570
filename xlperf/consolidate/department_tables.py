"""The department's own form of a period, one row a project: what stands in its columns (forms.md §2, §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xlperf.consolidate.columns import A4, SOURCE, WAN, Column, ListSheet
from xlperf.dataset.schema import KINDS_OF_REASONS
from xlperf.form import Kind
from xlperf.measure import COMPLIANCE_STATES
from xlperf.measure.statuses import IN_PROGRESS
from xlperf.model import Period

SUM, MEAN, WEIGHT = "sum", "mean", "budget.current"
"""What stands in the total row of a column: its sum, or its mean weighted by the column `WEIGHT`.

`a/b` is the total of column a divided by that of b.
"""

NAME = (
    Column("单位", "unit", Kind.PARAGRAPH, 9),
    Column("项目名称", "name", Kind.PARAGRAPH, 18),
)
BEHIND = (Column("项目编码", "code", Kind.TEXT, 24), *SOURCE)
"""Where a row comes from: beside the paper."""


def _money(group: str, **keys: str) -> tuple[Column, ...]:
    return tuple(Column(head, key, Kind.MONEY, 8, group, SUM) for head, key in keys.items())


def _by_source(group: str, total: str, of: str) -> tuple[Column, ...]:
    """An amount in all and by source, as the official form has it."""
    return _money(group, 合计=total, 财政=f"{of}.fiscal_funds", 其他=f"{of}.other_funds")


def _counts(group: str, **keys: str) -> tuple[Column, ...]:
    return tuple(Column(head, key, Kind.COUNT, 4.3, group, SUM) for head, key in keys.items())


def _states(*states: str) -> tuple[Column, ...]:
    return _counts("指标完成情况（项）", 指标="indicators", **{state: state for state in states})


KINDS = _counts("偏差原因（项）", **{kind[:2]: name for name, kind in KINDS_OF_REASONS.items()})
PAID = "progress.paid"

MONITORING = ListSheet(
    "部门运行监控表",
    "",
    (
        *NAME,
        *_by_source("年初预算数", "budget.initial", "budget"),
        *_by_source("调整后预算数", WEIGHT, "current"),
        *_by_source("{months}执行数", PAID, "paid"),
        Column("合计", "progress.rate", Kind.SHARE, 6, "执行率", f"{PAID}/{WEIGHT}"),
        Column("财政", "rates.fiscal_funds", Kind.SHARE, 6, "执行率", "paid.fiscal_funds/current.fiscal_funds"),
        Column("其他", "rates.other_funds", Kind.SHARE, 6, "执行率", "paid.other_funds/current.other_funds"),
        *_by_source("全年预计执行数", "total_expected", "expected"),
        Column("官方", "progress.official_light", Kind.WORD, 6.5, "预警"),
        Column("按计划", "progress.light", Kind.WORD, 8, "预警"),
        Column("目标", "objective_light", Kind.WORD, 6.5, "预警"),
        *_states(*COMPLIANCE_STATES),
        *KINDS,
        Column("原因说明", "reasons", Kind.PARAGRAPH, 26),
        *BEHIND,
    ),
    A4,
    WAN,
    printed="reasons",
    above=6,
    size=12,
)

SELF_EVALUATION = ListSheet(
    "部门自评表",
    "",
    (
        *(replace(column, width=column.width + 6) for column in NAME),
        *_money("资金", 年初预算数="budget.initial", 全年预算数=WEIGHT, 全年执行数=PAID),
        Column("执行率", "progress.rate", Kind.SHARE, 7, "资金", f"{PAID}/{WEIGHT}"),
        Column("执行", "rate_score", Kind.POINTS, 6.5, "得分", MEAN),
        Column("指标", "score_subtotal", Kind.POINTS, 6.5, "得分", MEAN),
        Column("总分", "total_score", Kind.POINTS, 6.5, "得分", MEAN),
        Column("等级", "grade", Kind.WORD, 5.5),
        Column("自评预警", "alert", Kind.WORD, 7.5),
        *_states(*(state for state in COMPLIANCE_STATES if state != IN_PROGRESS)),
        Column("偏差原因及改进措施", "reasons", Kind.PARAGRAPH, 30),
        *BEHIND,
    ),
    A4,
    f"{WAN}；合计行的得分按全年预算加权平均",
    printed="reasons",
    above=7,
)

DEPARTMENT_TABLES = {Period.MONITORING: MONITORING, Period.SELF_EVALUATION: SELF_EVALUATION}
"""A plan has none: what there is of it stands in 项目汇总 and 指标汇总."""

SAID: Mapping[Period | None, tuple[tuple[str, str], ...]] = {
    Period.MONITORING: (("官方预警（按序时）", "progress.official_light"), ("按计划预警", "progress.light")),
    Period.SELF_EVALUATION: (("等级", "grade"), ("自评预警", "alert")),
}
"""The columns whose words are counted on a summary of the period, and what they are called there."""
