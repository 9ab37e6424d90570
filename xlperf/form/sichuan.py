"""The 自评表 of Sichuan: sign, value and unit of a target apart, a reason beside the money (forms.md §3)."""

from __future__ import annotations

from xlperf.form.answers import Cell, Values
from xlperf.form.parts import Gap, Kind, Label, Row, computed, given
from xlperf.form.period_head import Grid, as_of_line, title_rows
from xlperf.form.period_indicators import actual, class_slots
from xlperf.form.period_parts import funds_check, money_reason
from xlperf.form.self_evaluation import (
    ASIDE_HEADS,
    RATE_SCORE,
    RATE_WEIGHT,
    TITLE,
    amounts,
    aside,
    reason,
    score,
    self_evaluation_form,
    title,
    total_amounts,
    weight,
)
from xlperf.form.shapes import SHAPES
from xlperf.measure.normal import is_blank
from xlperf.measure.statuses import QUALITATIVE

SHAPE = SHAPES["sichuan"]
# 一级 二级 三级(2) 性质 指标值 单位 完成 权重 得分 原因(2) | 定性评分 扣减 描述 完成率 状态 说明
GRID = Grid(printed=(11, 12, 9, 11, 11, 11, 10, 11, 9, 9, 8, 14), aside=(9, 8, 24, 9, 10, 9), pairs=(1, 1, 2), month=34)


def code_and_name(values: Values) -> Cell:
    """编码-名称, or the name alone."""
    return "-".join(str(values[key]) for key in ("code", "name") if not is_blank(values[key]))


def shown_values(values: Values) -> list[Cell]:
    """指标值 of each row: the number, of a qualitative one its words."""
    keys = ("operator", "value", "raw")
    rows = zip(*(values[f"indicators.{key}"] for key in keys), strict=True)
    return [
        (raw or "") if operator == QUALITATIVE and is_blank(value) else "" if value is None else value
        for operator, value, raw in rows
    ]


CODE_AND_NAME = '{code}&IF(OR({code}="",{name}=""),"","-")&{name}'
SHOWN_VALUE = (
    f'IF({{indicators.value}}<>"",{{indicators.value}},'
    f'IF({{indicators.operator}}="{QUALITATIVE}",{{indicators.raw}}&"",""))'
)
HALF = (GRID.columns - 4) // 2

HEAD_ROWS = (
    *title_rows(GRID, computed("title", Kind.TEXT, TITLE, GRID.columns, centered=True, value=title), as_of_line()),
    Row(
        (
            Label("项目名称", 2),
            computed("code_and_name", Kind.PARAGRAPH, CODE_AND_NAME, GRID.columns - 2, value=code_and_name),
            given("code", Kind.PARAGRAPH, "项目编码", 2),
            given("name", Kind.PARAGRAPH, "项目名称", 4),
        ),
        24,
    ),
    Row(
        (
            Label("主管部门", 2),
            computed("department", Kind.PARAGRAPH, "{@department}", HALF),
            Label("实施单位", 2),
            computed("implementer", Kind.PARAGRAPH, "{@unit_name}", HALF),
        ),
        24,
    ),
)


def source_row(label: str, source: str) -> Row:
    """One source of funds."""
    points = Label("—", look="center")
    return Row((Gap(1), Label(label, 2), *amounts(label, source), points, points, Label("", 3, look="center")), 24)


MONEY_ROWS = (
    Row(
        (
            Label("项目资金（万元）", 1, rows=2 + len(SHAPE.sources)),
            Label("", 2),
            *map(Label, ("年初预算数", SHAPE.budget, SHAPE.paid, SHAPE.rate, "权重", "得分")),
            Label("原因", 3),
            Label("资金核对", 3),
        ),
        30,
    ),
    Row(
        (
            *(Gap(1), Label("年度资金总额", 2)),
            *total_amounts(SHAPE.budget),
            *(RATE_WEIGHT, RATE_SCORE, money_reason("第二页的", 3)),
            funds_check(tuple(source for _, source in SHAPE.sources), 3),
        ),
        36,
    ),
    *(source_row(*source) for source in SHAPE.sources),
)

INDICATOR_HEADS = Row(
    (
        *map(Label, ("一级指标", "二级指标")),
        Label("三级指标", 2),
        *map(Label, ("指标性质", "指标值", "度量单位", "完成值", "权重", "得分")),
        Label("未完成原因", 2),
        *ASIDE_HEADS,
    ),
    30,
)
INDICATOR = Row(
    (
        *class_slots(),
        given("indicators.name", Kind.TEXT, "三级指标", 2),
        given("indicators.operator", Kind.TEXT, "指标性质", centered=True, path="indicators.target.operator"),
        computed("indicators.shown", Kind.QUANTITY, SHOWN_VALUE, centered=True, label="指标值", value=shown_values),
        given("indicators.unit", Kind.TEXT, "度量单位", centered=True, path="indicators.target.unit"),
        actual("完成值"),
        weight(),
        score(),
        reason("未完成原因"),
        *aside(),
    ),
    height=26,
)

SICHUAN = self_evaluation_form(SHAPE, (*HEAD_ROWS, *MONEY_ROWS), (INDICATOR_HEADS,), INDICATOR, grid=GRID, asks=False)
