"""项目绩效目标表: what a project promises (forms.md §1), with the payments of the year on its second page."""

from __future__ import annotations

from xlperf.form.bounds import points_bound
from xlperf.form.indicator_table import PLANNED
from xlperf.form.parts import Band, Call, Form, Gap, Kind, Label, Row, computed, entry
from xlperf.form.period_head import Grid, signatures, title_rows
from xlperf.form.period_parts import payment_rows, progress_rows, project_form
from xlperf.form.project import (
    CARRYOVER,
    CODE_TINTS,
    FISCAL_FUNDS,
    FUNDS_CHECK,
    FUNDS_TINTS,
    INITIAL,
    OTHER_FUNDS,
    PLAN_SHARES,
    TITLE,
    funds_check,
    identity,
    objectives,
    purpose,
    title,
)
from xlperf.measure import CHECKPOINTS

# 一级 二级 三级 描述 符号 值 单位 依据 | 分值
GRID = Grid(printed=(10, 13, 20, 24, 9, 12, 11, 17), aside=(9,), pairs=(1, 1, 1), month=36)


def head(blank: bool) -> tuple[Row, ...]:
    """Title, code and name."""
    return (
        *title_rows(
            GRID,
            computed("title", Kind.TEXT, TITLE, GRID.columns, centered=True, value=title),
            computed("year_line", Kind.TEXT, '{@year}&"年度"', centered=True),
        ),
        Row(
            (
                Label("项目编码", 2),
                identity("code", "项目编码", 2, blank),
                Label("编码校验", 3),
                computed("code_check", Kind.WORD, Call("CODE", ("{code}",)), tints=CODE_TINTS),
            ),
            24,
        ),
        Row((Label("项目名称", 2), identity("name", "项目名称", 6, blank)), 24),
    )


BUDGET_ROWS = (
    Row(
        (
            Label("预算规模及资金用途", 2, rows=3),
            Label("预算数"),
            INITIAL,
            Label("其中：财政资金"),
            FISCAL_FUNDS,
            Label("其他资金"),
            OTHER_FUNDS,
        ),
        30,
    ),
    Row(
        (
            Gap(2),
            Label("上年结转资金"),
            CARRYOVER,
            Label("资金核对", 1),
            computed("budget.check", Kind.WORD, FUNDS_CHECK, 3, tints=FUNDS_TINTS, value=funds_check),
        ),
        24,
    ),
    Row((Gap(2), purpose(6)), 40),
    Row(
        (
            Label("资金支出计划（%）", 2, rows=2),
            *(Label(f"{month}月底") for month in CHECKPOINTS),
            Label("从年初到该月底的累计比例，12月底为100%；尚未安排支出的填0%。", 2, rows=2, look="hint"),
        )
    ),
    PLAN_SHARES,
)

WEIGHT_BOUND = points_bound("分值", "绩效自评时本指标的分值，不打印；可留空，自评表会按规则包提出建议。")

INDICATORS = Band(
    "indicators",
    Row((*PLANNED, entry("indicators.weight", Kind.POINTS, "分值", WEIGHT_BOUND)), height=26),
    least=8,
    spare=2,
    rounded_to=4,
)

HEADS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "绩效指标描述",
    "符号",
    "指标值",
    "单位",
    "指标值确定依据",
    "分值（不打印）",
)


def plan_form(blank: bool) -> Form:
    """The sheet; on a `blank` one, code and name are to be typed."""
    body = (
        *head(blank),
        *BUDGET_ROWS,
        objectives(6),
        Row(tuple(map(Label, HEADS)), 30),
        INDICATORS,
        signatures(GRID),
        *payment_rows(GRID, planned=False),
        *progress_rows(GRID, asks=False),
    )
    return project_form(GRID, body, kind="blank_project" if blank else "project", landscape=False, freeze_below=4)


PLAN, BLANK_PLAN = plan_form(blank=False), plan_form(blank=True)
