"""项目支出绩效自评表 by layout: what was paid and reached in the year, its points and its grade (forms.md §3)."""

from __future__ import annotations

from decimal import Decimal

from xlperf.form.answers import Cell, Values
from xlperf.form.arithmetic import is_number
from xlperf.form.bounds import LARGEST, custom, money_bound, text_bound
from xlperf.form.indicator_table import TOTAL_SCORE, WEIGHT_BOUND, total_score, wanted
from xlperf.form.parts import (
    Band,
    Bound,
    Call,
    Form,
    Gap,
    Kind,
    Label,
    Piece,
    Row,
    Slot,
    Tint,
    computed,
    entry,
    given,
    sum_of,
)
from xlperf.form.period_head import Grid, head_rows, signatures
from xlperf.form.period_indicators import (
    OWES,
    RESULTS,
    SIGNS,
    actual,
    attainment,
    class_slots,
    goal,
    indicator_helpers,
    state,
    states_row,
)
from xlperf.form.period_parts import current_of, funds_check, payment_rows, progress_rows, project_form
from xlperf.form.project import LONG
from xlperf.form.shapes import SHAPES, Shape
from xlperf.form.tints import official_lights
from xlperf.measure import filled, find_pack
from xlperf.measure.formula_parts import rule
from xlperf.measure.statuses import MET, OVERFULFILLED, UNMET

# 一级 二级 三级(2) 目标 实际 分值 得分 原因(2) | 定性评分 扣减 描述 完成率 状态 说明
GRID = Grid(printed=(11, 13, 11, 12, 14, 13, 9, 10, 11, 20), aside=(9, 8, 24, 9, 10, 9), pairs=(1, 1, 2), month=34)


def title(values: Values) -> str:
    """What the sheet is called."""
    return f"{values.parameters['year']}年度项目支出绩效自评表"


def full_points(values: Values) -> Cell:
    """The points for budget execution."""
    pack = find_pack(values.parameters["rules"])
    return Decimal(pack.execution.cap) if pack else ""


HEAD_ROWS = head_rows(GRID, '{@year}&"年度项目支出绩效自评表"', title)


def money_rows(shape: Shape) -> tuple[Row, ...]:
    """The funds of the project: in all, then of each source."""
    sources = tuple(source for _, source in shape.sources)
    heads = Row(
        (
            Label("项目资金（万元）", 1, rows=2 + len(sources)),
            Label("", 2),
            *map(Label, ("年初预算数", shape.budget, shape.paid, "分值", shape.rate, "得分", "资金核对")),
        ),
        30,
    )
    total_row = Row(
        (
            Gap(1),
            Label("年度资金总额", 2),
            given("budget.initial", Kind.MONEY, "年初预算数"),
            entry("budget.adjusted", Kind.MONEY, shape.budget, money_bound("年中调整后的预算数；没有调整请留空。")),
            computed("total.paid", Kind.MONEY, "{progress.paid}"),
            computed("rate_weight", Kind.POINTS, rule("{@rules}", "execution_cap"), value=full_points),
            computed("total.rate", Kind.SHARE, "{progress.rate}"),
            computed("rate_score", Kind.POINTS, Call("PAIDSCORE", ("{progress.paid}", "{budget.current}", "{@rules}"))),
            funds_check(sources, 1),
        ),
        30,
    )
    return (heads, total_row, *(source_row(*source) for source in shape.sources))


def source_row(label: str, source: str) -> Row:
    """One source of funds."""
    name = label.rpartition("：")[2]
    return Row(
        (
            Gap(1),
            Label(label, 2),
            given(f"budget.{source}", Kind.MONEY, f"{name}年初预算数"),
            entry(
                f"budget.adjusted_funds.{source}",
                Kind.MONEY,
                f"{name}全年预算数",
                money_bound(f"{name}的全年预算数；没有调整请留空。"),
            ),
            entry(
                f"paid.{source}", Kind.MONEY, f"{name}执行数", money_bound(f"{name}的全年执行数。", least=f"-{LARGEST}")
            ),
            Label("—", look="center"),
            computed(f"rates.{source}", Kind.SHARE, Call("RATE", (f"{{paid.{source}}}", f"{{current.{source}}}"))),
            Label("—", 1, look="center"),
            Label("", 1, look="center"),
        ),
        24,
    )


OBJECTIVE_ROWS = (
    Row((Label("年度总体目标", 1, rows=2), Label("预期目标", 5), Label("实际完成情况", 4)), 22),
    Row(
        (
            Gap(1),
            given("objectives", Kind.PARAGRAPH, "预期目标", 5),
            entry("attained", Kind.PARAGRAPH, "实际完成情况", text_bound(LONG, "年末目标完成到什么程度。"), 4),
        ),
        60,
    ),
)

POINTS_BOUND = custom(
    "indicators.points",
    'AND({indicators.operator}="定性",ISNUMBER({indicators.points}),{indicators.points}>=0,'
    "OR(NOT(ISNUMBER({indicators.weight})),{indicators.points}<={indicators.weight}))",
    "仅定性指标填写：在达成、部分达成、未达成各档的分数区间之内，各档界限见“参数”表。",
    "只有定性指标在此评分，且不超过分值。",
)
DEDUCTION_BOUND = Bound(
    "decimal", "0", "需要扣减的分数，并在偏差原因中说明；没有请留空。", "扣减应为0到100之间的数字。", formula2="100"
)


def indicator_row(shape: Shape) -> Row:
    """One indicator: what was promised and reached, its points, why not all of them."""
    weight = entry("indicators.weight", Kind.POINTS, "分值", WEIGHT_BOUND)
    target: tuple[Piece, ...] = (goal(), actual("实际完成值"))
    return Row(
        (
            *class_slots(),
            given("indicators.name", Kind.TEXT, "三级指标", 2),
            *((weight, *target) if shape.weight_first else (*target, weight)),
            computed(
                "indicators.score",
                Kind.POINTS,
                Call("NETSCORE", ("{indicators.earned*}", "{indicators.deduction*}")),
                label="得分",
            ),
            entry(
                "indicators.deviation_reason",
                Kind.TEXT,
                "偏差原因分析及改进措施",
                text_bound(500, "右侧显示“需说明”的，写明偏差原因和改进措施。"),
                2,
                tints=wanted("indicators.deviation_reason", OWES),
            ),
            entry(
                "indicators.points",
                Kind.POINTS,
                "定性评分",
                POINTS_BOUND,
                tints=wanted("indicators.points", f'{{indicators.operator}}="定性",{filled("{indicators.actual}")}'),
            ),
            entry("indicators.deduction", Kind.POINTS, "扣减", DEDUCTION_BOUND),
            entry(
                "indicators.remark",
                Kind.TEXT,
                "完成情况简要描述",
                text_bound(500, "预算系统要求定性指标填写，粘贴表取自这里；定量指标可留空。"),
                tints=wanted("indicators.remark", f'{{indicators.operator}}="定性",{filled("{indicators.actual}")}'),
            ),
            attainment(),
            state("STATE"),
            computed(
                "indicators.owed",
                Kind.WORD,
                Call(
                    "EVALREASON",
                    ("{indicators.state*}", SIGNS, "{indicators.excess*}", "{indicators.deduction*}", "{@rules}"),
                ),
                tints=(Tint(OWES, "warn"),),
                label="是否需说明",
            ),
        ),
        height=26,
    )


def indicator_heads(shape: Shape) -> Row:
    """The headings of the indicators."""
    target = ("年度指标值", "实际完成值")
    columns = ("分值", *target) if shape.weight_first else (*target, "分值")
    aside = ("定性评分", "扣减", "完成情况简要描述", "完成率", "状态", "是否需说明")
    return Row(
        (
            *map(Label, ("一级指标", "二级指标")),
            Label("三级指标", 2),
            *map(Label, (*columns, "得分")),
            Label("偏差原因分析及改进措施", 2),
            *map(Label, aside),
        ),
        30,
    )


def final_points(values: Values) -> Cell:
    """The points of all indicators once there is a total."""
    subtotal: Cell = values["score_subtotal"]
    return subtotal if is_number(values["total_score"]) else ""


def total_rows(shape: Shape) -> tuple[Row, ...]:
    """Points in all, the grade, and the words of the foot."""
    weights, scores = (
        sum_of("weight_total", Kind.POINTS, "indicators.weight", 2),
        sum_of("score_subtotal", Kind.POINTS, "indicators.score", 2),
    )
    middle: tuple[Piece, ...] = (weights, Label("", 2)) if shape.weight_first else (Label("", 2), weights)
    arguments = ("{final_points}", "{rate_score}", "{progress.paid}", "{budget.current}", "{@rules}")
    return (
        Row((Label("指标合计", 4), *middle, scores, Label("", 2)), 24),
        Row(
            (
                Label("总分", 4),
                computed("total_score", Kind.POINTS, TOTAL_SCORE, value=total_score),
                Label("等级", 1),
                computed("grade", Kind.WORD, Call("FINALGRADE", arguments)),
                Label("自评预警", 1),
                computed("alert", Kind.WORD, Call("ALERT", arguments), tints=official_lights("alert")),
                Label("", 1),
            ),
            24,
        ),
        *(
            Row(
                (Label(label, 1), entry(key, Kind.PARAGRAPH, label, text_bound(LONG, prompt), GRID.columns - 1)),
                40,
            )
            for label, key, prompt in shape.foot
        ),
    )


WEIGHTS, RULES = "{indicators.weight*}", "{@rules}"
BAND_OF = ("{indicators.floor*}", "{indicators.top*}")
SCORE_HELPERS = (
    computed("indicators.floor", Kind.POINTS, Call("RATEDFLOOR", (RESULTS, WEIGHTS, RULES))),
    computed("indicators.top", Kind.POINTS, Call("RATEDTOP", (RESULTS, WEIGHTS, RULES))),
    computed(
        "indicators.rated",
        Kind.POINTS,
        Call(
            "RATEDPOINTS",
            (RESULTS, WEIGHTS, "{indicators.points*}", *BAND_OF, "{indicators.deduction*}", RULES),
        ),
    ),
    computed(
        "indicators.earned",
        Kind.POINTS,
        Call("EARNED", (SIGNS, WEIGHTS, "{indicators.part*}", "{indicators.base*}", "{indicators.rated*}")),
    ),
)


def self_evaluation_form(shape: Shape) -> Form:
    """The sheet of a project in this shape."""
    helpers: tuple[Slot, ...] = (
        *indicator_helpers(),
        *SCORE_HELPERS,
        computed(
            "final_points",
            Kind.POINTS,
            'IF(ISNUMBER({total_score}),{score_subtotal},"")',
            value=final_points,
        ),
        *(current_of(source) for _, source in shape.sources),
    )
    return project_form(
        GRID,
        (
            *HEAD_ROWS,
            *money_rows(shape),
            *OBJECTIVE_ROWS,
            indicator_heads(shape),
            Band("indicators", indicator_row(shape)),
            *total_rows(shape),
            signatures(GRID),
            *payment_rows(GRID, planned=True),
            states_row(GRID, MET, OVERFULFILLED, UNMET),
            *progress_rows(GRID, asks=True),
        ),
        helpers,
        landscape=False,
        freeze_below=3,
    )


SELF_EVALUATIONS = {layout: self_evaluation_form(shape) for layout, shape in SHAPES.items()}
