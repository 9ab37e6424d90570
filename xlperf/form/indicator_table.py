"""One row of the indicator table: what was promised, what was reached, what it scores."""

from __future__ import annotations

from xlperf.form.answers import Cell, Values
from xlperf.form.arithmetic import is_number, number, rounded
from xlperf.form.bounds import choice, custom, points_bound, text_bound, usual
from xlperf.form.parts import Band, Bound, Call, Kind, Row, Slot, Tint, computed, entry, given
from xlperf.form.tints import states
from xlperf.measure import BLANK_PACK, filled
from xlperf.measure.statuses import NOT_APPLICABLE, NOT_FILLED, UNDECIDABLE

OPERATORS, VALUES, ACTUALS = "{indicators.operator*}", "{indicators.value*}", "{indicators.actual*}"
WEIGHTS, POINTS = "{indicators.weight*}", "{indicators.points*}"


def repeats(*keys: str) -> tuple[Tint]:
    """A class name that only repeats the row above steps back, as the official table prints it once."""
    same = ",".join(f"{{{key}}}={{{key}^}}" for key in keys)
    return (Tint(f'AND({{{keys[0]}}}<>"",{same})', "repeated"),)


def wanted(key: str, when: str) -> tuple[Tint]:
    """An input still to be filled."""
    return (Tint(f"AND({when},{filled(f'{{{key}}}')}=0)", "todo"),)


VALUE_BOUND = custom(
    "indicators.value",
    'ISNUMBER({indicators.value}),{indicators.operator}="定性",{indicators.operator}="不涉及"',
    "只填数字，单位写在右边一列。百分比填 95，单位选 %。",
    "定量指标的指标值应为数字。没有数字的指标，请先把符号改为“定性”。",
)


def result_bound(key: str, what: str) -> Bound:
    """What is reached of an indicator: a number, of a qualitative one a rating."""
    return custom(
        key,
        f'ISNUMBER({{{key}}}),AND({{indicators.operator}}="定性",ISNUMBER(MATCH({{{key}}},{{@完成档次表}},0)))',
        f"{what}定量指标只填数字；定性指标填 达成、部分达成 或 未达成。",
        "定量指标请填数字，不带单位；定性指标请填 达成、部分达成 或 未达成。",
    )


def rated_bound(prompt: str) -> Bound:
    """The points a person gives a qualitative indicator."""
    return custom(
        "indicators.points",
        'AND({indicators.operator}="定性",ISNUMBER({indicators.points}),{indicators.points}>=0,'
        "OR(NOT(ISNUMBER({indicators.weight})),{indicators.points}<={indicators.weight}))",
        prompt,
        "只有定性指标在此评分，且不超过分值。",
    )


ACTUAL_BOUND = result_bound("indicators.actual", "截止日期时的完成值。")
ATTAINED, PARTLY = (floor for floor, _ in BLANK_PACK.ratings[:2])
POINTS_BOUND = rated_bound(
    f"仅定性指标填写：达成得分值的{ATTAINED:.0%}–100%，部分达成{PARTLY:.0%}–{ATTAINED:.0%}，未达成0–{PARTLY:.0%}。"
)
WEIGHT_BOUND = points_bound(
    "分值", "本指标的分值；全部指标的分值加上预算执行率的分值（见“参数”表的规则包），合计100分。"
)

PLANNED = (
    entry(
        "indicators.level1",
        Kind.TEXT,
        "一级指标",
        choice("一级指标表", "产出指标、效益指标、满意度指标，或成本指标。"),
        tints=repeats("indicators.level1"),
        centered=True,
    ),
    entry(
        "indicators.level2",
        Kind.TEXT,
        "二级指标",
        usual("二级指标表", "如数量、质量、时效、成本指标。", "不是常用的二级指标，确定这样写吗？"),
        tints=repeats("indicators.level2", "indicators.level1"),
        centered=True,
    ),
    entry("indicators.name", Kind.TEXT, "三级指标", text_bound(200, "指标名称：考核什么，不写口号。")),
    entry(
        "indicators.description",
        Kind.TEXT,
        "绩效指标描述",
        text_bound(500, "指标的含义或计算方法，不要照抄三级指标。"),
    ),
    entry(
        "indicators.operator",
        Kind.TEXT,
        "符号",
        choice("计算符号表", "越多越好选≥，越少越好选≤；没有数字的选“定性”；不涉及的选“不涉及”，不设分值。"),
        tints=wanted("indicators.operator", filled("{indicators.name}")),
        centered=True,
        path="indicators.target.operator",
    ),
    entry("indicators.value", Kind.QUANTITY, "指标值", VALUE_BOUND, centered=True, path="indicators.target.value"),
    entry(
        "indicators.unit",
        Kind.TEXT,
        "单位",
        usual("计量单位表", "计量单位，如 %、件、万元。", "不是常用的计量单位，确定这样写吗？"),
        centered=True,
        path="indicators.target.unit",
    ),
    entry(
        "indicators.basis",
        Kind.TEXT,
        "指标值确定依据",
        usual("依据表", "指标值从何而来，可选可填，如文件名和文号。", "不在常用依据之内，确定这样写吗？"),
    ),
)
"""What the plan says of an indicator."""

ROW = Row(
    (
        *PLANNED,
        entry("indicators.weight", Kind.POINTS, "分值", WEIGHT_BOUND),
        entry(
            "indicators.actual",
            Kind.QUANTITY,
            "实际完成值",
            ACTUAL_BOUND,
            tints=wanted("indicators.actual", f'{filled("{indicators.name}")},{{indicators.operator}}<>"不涉及"'),
            centered=True,
        ),
        computed(
            "indicators.completion",
            Kind.SHARE,
            Call("COMPLETION", (OPERATORS, VALUES, ACTUALS, "{@pack}")),
            label="完成率",
        ),
        computed(
            "indicators.state",
            Kind.WORD,
            Call("COMPLIANCE", (OPERATORS, VALUES, ACTUALS, "{@over}")),
            tints=states("indicators.state"),
            label="状态",
        ),
        entry(
            "indicators.points",
            Kind.POINTS,
            "定性评分",
            POINTS_BOUND,
            tints=wanted("indicators.points", f'{{indicators.operator}}="定性",{filled("{indicators.actual}")}'),
        ),
        computed(
            "indicators.score",
            Kind.POINTS,
            Call("SCORE", (OPERATORS, VALUES, ACTUALS, WEIGHTS, POINTS, "{@pack}")),
            label="得分",
        ),
        entry(
            "indicators.deviation_reason",
            Kind.TEXT,
            "偏差原因",
            text_bound(500, "未达标或超额时写明原因：经费、制度、人员、硬件条件或其他，并作说明。"),
            tints=wanted("indicators.deviation_reason", 'OR({indicators.state}="未达标",{indicators.state}="超额")'),
        ),
        entry(
            "indicators.likelihood",
            Kind.TEXT,
            "完成可能性",
            choice("可能性表", "年底前完成目标的可能性。"),
            centered=True,
        ),
        given("indicators.raw", Kind.TEXT, "指标值原文", path="indicators.target.raw"),
    ),
    height=26,
)

CLASSES = ("indicators.level1", "indicators.level2")
"""What official tables say once for several rows, in cells merged downwards."""

BAND = Band("indicators", ROW, least=8, spare=2, rounded_to=4)
HEADINGS = tuple(slot.label for slot in ROW.slots)


# Formulas over the whole table.
def state_counts(key: str, span: int, *judged: str) -> Slot:
    """How many indicators are in which state, in words; those `judged` are filled in."""
    unjudged = (NOT_FILLED, UNDECIDABLE, NOT_APPLICABLE)
    before = dict.fromkeys((*judged, *unjudged), "，") | {judged[0]: "", NOT_FILLED: "；"}
    formula = (
        '"已填 "&SUM(COUNTIF({indicators.state*},{"'
        + '","'.join(judged)
        + '"}))&" 项："&'
        + "&".join(f'"{mark}{state} "&COUNTIF({{indicators.state*}},"{state}")' for state, mark in before.items())
    )

    def value(values: Values) -> str:
        states = values["indicators.state"]
        counts = "".join(f"{mark}{state} {states.count(state)}" for state, mark in before.items())
        return f"已填 {sum(map(states.count, judged))} 项：{counts}"

    return computed(key, Kind.TEXT, formula, span, value=value)


# A total is a total only once every indicator is decided and money was paid; until then the subtotal stands alone.
TOTAL_SCORE = (
    "IF((COUNT({indicators.score*})=0)+(COUNT({rate_score})=0)"
    f'+COUNTIF({{indicators.state*}},"{NOT_FILLED}")+COUNTIF({{indicators.state*}},"{UNDECIDABLE}")>0,"",'
    "ROUND(SUM({indicators.score*})+{rate_score},2))"
)


def total_score(values: Values) -> Cell:
    """The points of all indicators and of execution together."""
    scores, rate_score, states = values["score_subtotal"], values["rate_score"], values["indicators.state"]
    complete = is_number(scores) and is_number(rate_score) and NOT_FILLED not in states and UNDECIDABLE not in states
    return rounded(number(scores) + number(rate_score), 2) if complete else ""
