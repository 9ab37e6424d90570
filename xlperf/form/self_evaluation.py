"""项目支出绩效自评表 by layout: what was paid and reached in the year, its points and its grade (forms.md §3)."""

from __future__ import annotations

from decimal import Decimal

from xlperf.form.answers import Cell, Values
from xlperf.form.arithmetic import is_number
from xlperf.form.bounds import LARGEST, money_bound, points_bound, text_bound
from xlperf.form.indicator_table import TOTAL_SCORE, WEIGHT_BOUND, rated_bound, total_score, wanted
from xlperf.form.parts import (
    Band,
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


TITLE = '{@year}&"年度项目支出绩效自评表"'
HEAD_ROWS = head_rows(GRID, TITLE, title)


RATE_WEIGHT = computed("rate_weight", Kind.POINTS, rule("{@rules}", "execution_cap"), value=full_points)
RATE_SCORE = computed("rate_score", Kind.POINTS, Call("PAIDSCORE", ("{progress.paid}", "{budget.current}", "{@rules}")))


def total_amounts(budget: str) -> tuple[Slot, Slot, Slot, Slot]:
    """Of the project as a whole: the budget, initial and adjusted under this heading, what was paid, and the rate."""
    return (
        given("budget.initial", Kind.MONEY, "年初预算数"),
        entry("budget.adjusted", Kind.MONEY, budget, money_bound("年中调整后的预算数；没有调整请留空。")),
        computed("total.paid", Kind.MONEY, "{progress.paid}"),
        computed("total.rate", Kind.SHARE, "{progress.rate}"),
    )


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
    initial, adjusted, paid, rate = total_amounts(shape.budget)
    total_row = Row(
        (
            *(Gap(1), Label("年度资金总额", 2), initial, adjusted, paid),
            *(RATE_WEIGHT, rate, RATE_SCORE, funds_check(sources, 1)),
        ),
        30,
    )
    return (heads, total_row, *(source_row(*source) for source in shape.sources))


def source_row(label: str, source: str) -> Row:
    """One source of funds."""
    initial, adjusted, paid, rate = amounts(label, source)
    points = Label("—", look="center")
    return Row(
        (Gap(1), Label(label, 2), initial, adjusted, paid, points, rate, points, Label("", 1, look="center")), 24
    )


def amounts(label: str, source: str) -> tuple[Slot, Slot, Slot, Slot]:
    """Of one source of funds: its budget, initial and adjusted, what was paid, and the rate."""
    name = label.rpartition("：")[2]
    return (
        given(f"budget.{source}", Kind.MONEY, f"{name}年初预算数"),
        entry(
            f"budget.adjusted_funds.{source}",
            Kind.MONEY,
            f"{name}全年预算数",
            money_bound(f"{name}的全年预算数；没有调整请留空。"),
        ),
        entry(f"paid.{source}", Kind.MONEY, f"{name}执行数", money_bound(f"{name}的全年执行数。", least=f"-{LARGEST}")),
        computed(f"rates.{source}", Kind.SHARE, Call("RATE", (f"{{paid.{source}}}", f"{{current.{source}}}"))),
    )


def objective_rows(grid: Grid) -> tuple[Row, Row]:
    """What the project was to attain, and what it has."""
    promised = grid.columns // 2
    rest = grid.columns - 1 - promised
    return (
        Row((Label("年度总体目标", 1, rows=2), Label("预期目标", promised), Label("实际完成情况", rest)), 22),
        Row(
            (
                Gap(1),
                given("objectives", Kind.PARAGRAPH, "预期目标", promised),
                entry("attained", Kind.PARAGRAPH, "实际完成情况", text_bound(LONG, "年末目标完成到什么程度。"), rest),
            ),
            60,
        ),
    )


POINTS_BOUND = rated_bound("仅定性指标填写：在达成、部分达成、未达成各档的分数区间之内，各档界限见“参数”表。")
DEDUCTION_BOUND = points_bound("扣减", "需要扣减的分数，并在偏差原因中说明；没有请留空。")


def weight() -> Slot:
    """The points of an indicator."""
    return entry("indicators.weight", Kind.POINTS, "分值", WEIGHT_BOUND)


def score() -> Slot:
    """What it got of them."""
    call = Call("NETSCORE", ("{indicators.earned*}", "{indicators.deduction*}"))
    return computed("indicators.score", Kind.POINTS, call, label="得分")


def reason(label: str = "偏差原因分析及改进措施") -> Slot:
    """Why it got no more."""
    bound = text_bound(500, "右侧显示“需说明”的，写明偏差原因和改进措施。")
    tints = wanted("indicators.deviation_reason", OWES)
    return entry("indicators.deviation_reason", Kind.TEXT, label, bound, 2, tints=tints)


ASIDE_HEADS = tuple(map(Label, ("定性评分", "扣减", "完成情况简要描述", "完成率", "状态", "是否需说明")))
RATED = f'{{indicators.operator}}="定性",{filled("{indicators.actual}")}'


def aside() -> tuple[Slot, ...]:
    """What stands beside the printed columns of an indicator."""
    remark = text_bound(500, "预算系统要求定性指标填写，粘贴表取自这里；定量指标可留空。")
    owed = ("{indicators.state*}", SIGNS, "{indicators.excess*}", "{indicators.deduction*}", "{@rules}")
    return (
        entry("indicators.points", Kind.POINTS, "定性评分", POINTS_BOUND, tints=wanted("indicators.points", RATED)),
        entry("indicators.deduction", Kind.POINTS, "扣减", DEDUCTION_BOUND),
        entry("indicators.remark", Kind.TEXT, "完成情况简要描述", remark, tints=wanted("indicators.remark", RATED)),
        attainment(),
        state("STATE"),
        computed(
            "indicators.owed",
            Kind.WORD,
            Call("EVALREASON", owed),
            tints=(Tint(OWES, "warn"),),
            label="是否需说明",
        ),
    )


def indicator_row(shape: Shape) -> Row:
    """One indicator: what was promised and reached, its points, why not all of them."""
    target: tuple[Piece, ...] = (goal(), actual("实际完成值"))
    return Row(
        (
            *class_slots(),
            given("indicators.name", Kind.TEXT, "三级指标", 2),
            *((weight(), *target) if shape.weight_first else (*target, weight())),
            score(),
            reason(),
            *aside(),
        ),
        height=26,
    )


def indicator_heads(shape: Shape, goal: str = "年度指标值") -> Row:
    """The headings of the indicators."""
    target = (goal, "实际完成值")
    columns = ("分值", *target) if shape.weight_first else (*target, "分值")
    return Row(
        (
            *map(Label, ("一级指标", "二级指标")),
            Label("三级指标", 2),
            *map(Label, (*columns, "得分")),
            Label("偏差原因分析及改进措施", 2),
            *ASIDE_HEADS,
        ),
        30,
    )


def final_points(values: Values) -> Cell:
    """The points of all indicators once there is a total."""
    subtotal: Cell = values["score_subtotal"]
    return subtotal if is_number(values["total_score"]) else ""


def total_rows(shape: Shape, grid: Grid = GRID) -> tuple[Row, ...]:
    """Points in all, the grade, and the words of the foot. Before 分值 and 得分 stand all columns but the last four."""
    weights, scores = (
        sum_of("weight_total", Kind.POINTS, "indicators.weight", 2),
        sum_of("score_subtotal", Kind.POINTS, "indicators.score", 2),
    )
    blank = Label("", grid.columns - 8)
    middle: tuple[Piece, ...] = (weights, blank) if shape.weight_first else (blank, weights)
    arguments = ("{final_points}", "{rate_score}", "{progress.paid}", "{budget.current}", "{@rules}")
    return (
        Row((Label("指标合计", 4), *middle, scores, Label("", 2)), 24),
        Row(
            (
                Label("总分", 4),
                computed("total_score", Kind.POINTS, TOTAL_SCORE, value=total_score),
                Label("等级", 1),
                computed("grade", Kind.WORD, Call("FINALGRADE", arguments)),
                Label("自评预警", grid.columns - 9),
                computed("alert", Kind.WORD, Call("ALERT", arguments), tints=official_lights("alert")),
                Label("", 1),
            ),
            24,
        ),
        *(
            Row(
                (Label(label, 1), entry(key, Kind.PARAGRAPH, label, text_bound(LONG, prompt), grid.columns - 1)),
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


def self_evaluation_form(
    shape: Shape,
    top: tuple[Row, ...],
    heads: tuple[Row, ...],
    indicator: Row,
    helpers: tuple[Slot, ...] = (),
    *,
    grid: Grid = GRID,
    asks: bool = True,
) -> Form:
    """The sheet of a project: head and money on `top`, its indicators under their heads, what they come to.

    It `asks` for the reason of a deviation beside the spend progress, unless it does so above.
    """
    return project_form(
        grid,
        (
            *top,
            *objective_rows(grid),
            *heads,
            Band("indicators", indicator),
            *total_rows(shape, grid),
            signatures(grid),
            *payment_rows(grid, planned=True),
            states_row(grid, MET, OVERFULFILLED, UNMET),
            *progress_rows(grid, asks=asks, at_the_end=True),
        ),
        (
            *indicator_helpers(),
            *SCORE_HELPERS,
            computed(
                "final_points",
                Kind.POINTS,
                'IF(ISNUMBER({total_score}),{score_subtotal},"")',
                value=final_points,
            ),
            *(current_of(source) for _, source in shape.sources),
            *helpers,
        ),
        landscape=False,
        freeze_below=3,
    )


SELF_EVALUATIONS = {
    layout: self_evaluation_form(
        shape, (*HEAD_ROWS, *money_rows(shape)), (indicator_heads(shape),), indicator_row(shape)
    )
    for layout, shape in SHAPES.items()
}
"""As they were first given out, in 2026.2; those that changed since stand in modules of their own."""
