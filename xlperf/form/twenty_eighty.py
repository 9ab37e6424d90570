"""The 自评表 of the layout 20+80: points of money and of performance stand in the headings (forms.md §3)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from xlperf.form.answers import Cell, Values
from xlperf.form.arithmetic import is_number, number
from xlperf.form.looks import HEADS
from xlperf.form.parts import Gap, Kind, Label, Row, Slot, computed
from xlperf.form.period_head import Grid, head_rows
from xlperf.form.period_parts import funds_check
from xlperf.form.self_evaluation import (
    RATE_SCORE,
    RATE_WEIGHT,
    TITLE,
    amounts,
    indicator_heads,
    indicator_row,
    self_evaluation_form,
    title,
    total_amounts,
)
from xlperf.form.shapes import SHAPES

SHAPE = SHAPES["20+80"]
# 一级 二级 三级(2) 目标 实际 分值 得分 原因(2) | 定性评分 扣减 描述 完成率 状态 说明
GRID = Grid(printed=(11, 13, 11, 12, 14, 13, 12, 14, 9, 15), aside=(9, 8, 24, 9, 10, 9), pairs=(1, 1, 2), month=34)


def points_head(key: str, before: str, points: str, after: str, value: Callable[[Decimal], Decimal], span: int) -> Slot:
    """A heading that names points, as the rule pack has them."""

    def text(values: Values) -> Cell:
        cap = values["rate_weight"]
        return f"{before}{value(number(cap)).normalize():f}{after}" if is_number(cap) else ""

    formula = f'IF(ISNUMBER({{rate_weight}}),"{before}"&({points})&"{after}","")'
    return computed(f"{HEADS}{key}", Kind.TEXT, formula, span, value=text)


SCORE_HEAD = points_head("rate_score", "得分（", "{rate_weight}", "分×执行率）", lambda cap: cap, 1)
BLOCK_HEAD = points_head("points", "年度绩效目标（", "100-{rate_weight}", "分）", lambda cap: 100 - cap, GRID.columns)


def source_row(label: str, source: str) -> Row:
    """One source of funds."""
    return Row(
        (*(Gap(1), Label(label, 2)), *amounts(label, source), Label("—", look="center"), Label("", 2, look="center")),
        24,
    )


MONEY_ROWS = (
    Row(
        (
            Label("项目资金（万元）", 1, rows=2 + len(SHAPE.sources)),
            Label("", 2),
            *map(Label, ("年初预算数", SHAPE.budget, SHAPE.paid, SHAPE.rate)),
            SCORE_HEAD,
            Label("资金核对", 2),
        ),
        30,
    ),
    Row(
        (
            *(Gap(1), Label("年度资金总额", 2)),
            *total_amounts(SHAPE.budget),
            RATE_SCORE,
            funds_check(tuple(source for _, source in SHAPE.sources), 2),
        ),
        30,
    ),
    *(source_row(*source) for source in SHAPE.sources),
)

TWENTY_EIGHTY = self_evaluation_form(
    SHAPE,
    (*head_rows(GRID, TITLE, title), *MONEY_ROWS),
    (Row((BLOCK_HEAD,), 22), indicator_heads(SHAPE, "年初目标值")),
    indicator_row(SHAPE),
    (RATE_WEIGHT,),
    grid=GRID,
)
