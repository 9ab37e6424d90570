"""Targets: number, operator, unit, and whether they can be failed at all (domain.md §8, Targets)."""

from __future__ import annotations

from decimal import Decimal

from xlperf.checks.case import Row, Values
from xlperf.checks.rule import row_rule
from xlperf.checks.rules.words import AT_LEAST, AT_MOST, CLASSES, COMPARISON, STATED_NUMBER, is_measure
from xlperf.model import Operator
from xlperf.model.text import squeeze

HIGHEST_RATE, LOWEST_SATISFACTION = Decimal(100), Decimal(80)
MORE_IS_BETTER = ("数量", "质量", "满意度")
RATES = ("%", "百分比")
GROWTH = ("增长", "增幅", "增加", "提高", "提升", "变化", "上升", "降幅", "同比", "涨")
SURVEYED = ("满意度", "满意率", "满意", "服务对象", "指标", "达到", "程度", "评价", "调查")


def figure(row: Row) -> Decimal | None:
    """The number a quantitative indicator promises."""
    value = row.target.value
    return value if row.counts and isinstance(value, Decimal) else None


def _is_rate(row: Row) -> bool:
    return squeeze(row.target.unit) in RATES


def _is_cost(row: Row) -> bool:
    return "成本" in row.indicator.level2 or row.indicator.level1 == "成本指标"


@row_rule(
    "XPF420",
    at="indicators.value",
    fires={"indicators.operator": "≥", "indicators.value": "较高"},
    passes={"indicators.operator": "定性", "indicators.value": "较高"},
)
def target_without_number(row: Row) -> Values | None:
    """A comparison needs a number.

    查什么：符号为 ≥、≤、＝ 等的指标，指标值是不是数字。
    为什么：没有数字就无法判断是否达标，也无法计分。
    怎么改：填一个可以衡量的数；确实没有数字的，符号改为“定性”。
    """
    if not row.counts or isinstance(row.target.value, Decimal):
        return None
    return {"operator": row.operator.symbol, "text": row.target.value or "（空）"}


@row_rule(
    "XPF421",
    at="indicators.operator",
    fires={"indicators.operator": None, "indicators.value": 95},
    passes={"indicators.operator": "=", "indicators.value": 95},
)
def operator_missing(row: Row) -> Values | None:
    """A number without an operator is read as “=”.

    查什么：有指标值的指标是否写明计算符号。
    为什么：不写符号按“＝”处理，超额完成也可能算未达标；文本中的“0不涉及”同样没有符号。
    怎么改：越多越好选≥，越少越好选≤，必须恰好相等才选＝；不适用的选“不涉及”。
    """
    unsigned = Operator.EQ if row.of.reported else row.operator
    if row.operator is not unsigned or row.target.operator_stated or not isinstance(row.target.value, Decimal):
        return None
    return {"value": row.target.raw or row.target.value}


@row_rule("XPF422", at="indicators.unit", fires={"indicators.unit": None}, passes={"indicators.unit": "件"})
def unit_missing(row: Row) -> Values | None:
    """A number without a unit says nothing.

    查什么：定量指标是否填写计量单位。
    为什么：“≥30”是30件、30%还是30天，看表的人无从知道。
    怎么改：在单位栏选择或填写计量单位；比率填 %。
    """
    return {} if figure(row) is not None and not row.target.unit else None


@row_rule(
    "XPF423",
    at="indicators.unit",
    fires={"indicators.unit": "保证法院办公正常运行"},
    passes={"indicators.unit": "万人次"},
)
def unit_is_no_measure(row: Row) -> Values | None:
    """An explanation stands where the unit of measure belongs.

    查什么：单位栏里写的是不是计量单位。
    为什么：预算系统把符号、数值、单位连在一起打印，单位栏写成一句话，指标值就成了“≥95保证办案完成度”。
    怎么改：单位栏只填 %、件、天、万元 之类；说明文字移到绩效指标描述。
    """
    unit = row.target.unit
    if not unit or _repeats_name(row) or is_measure(unit) or row.operator is Operator.QUALITATIVE or not row.is_printed:
        return None
    return {"text": unit}


@row_rule(
    "XPF424",
    at="indicators.unit",
    fires={"indicators.name": "群众满意度", "indicators.unit": "群众满意度"},
    passes={"indicators.name": "群众满意度", "indicators.unit": "%"},
)
def unit_repeats_name(row: Row) -> Values | None:
    """The unit box holds the indicator's own name.

    查什么：单位栏是否照抄了三级指标或绩效指标描述。
    为什么：指标名称不是单位，数值仍然不知道以什么计。
    怎么改：填真正的计量单位，如 %。
    """
    return {"text": row.target.unit} if _repeats_name(row) else None


def _repeats_name(row: Row) -> bool:
    unit = squeeze(row.target.unit)
    return (
        row.is_printed
        and bool(unit)
        and not is_measure(unit)
        and unit in (squeeze(row.indicator.name), squeeze(row.indicator.description))
    )


@row_rule(
    "XPF425",
    at="indicators.operator",
    fires={"indicators.level2": "数量指标", "indicators.operator": "≤"},
    passes={"indicators.level2": "成本指标", "indicators.operator": "≤"},
)
def at_most_where_more_is_better(row: Row) -> Values | None:
    """An upper bound on quantity, quality or satisfaction is met by doing nothing.

    查什么：数量、质量、满意度指标的符号是否为 ≤ 或 <。
    为什么：什么都不做也能得满分，指标失去约束。
    怎么改：改为 ≥ 或 ＝；确属越少越好的（如差错率），放在质量指标下并在描述中说明。
    """
    falls = row.operator in AT_MOST and any(word in row.indicator.level2 for word in MORE_IS_BETTER)
    if not falls or any(
        word in row.indicator.name for word in ("差错", "错误", "投诉", "事故", "故障", "退回", "改判", "发回")
    ):
        return None
    return {"level2": row.indicator.level2, "operator": row.operator.symbol}


@row_rule(
    "XPF426",
    at="indicators.operator",
    fires={"indicators.level2": "成本指标", "indicators.operator": "≥"},
    passes={"indicators.level2": "成本指标", "indicators.operator": "≤"},
)
def at_least_on_cost(row: Row) -> Values | None:
    """A lower bound on cost rewards spending more.

    查什么：成本指标的符号是否为 ≥ 或 >。
    为什么：等于要求多花钱，花得越多得分越高。
    怎么改：改为 ≤；想表达节约率的，归入效益指标。
    """
    return {"operator": row.operator.symbol} if _is_cost(row) and row.operator in AT_LEAST else None


def _cost(row: Row) -> Decimal | None:
    """A cost target as an amount of the whole project, in 万元: neither a rate nor a cost per piece."""
    amount = figure(row)
    unit = squeeze(row.target.unit)
    return (
        None if amount is None or not _is_cost(row) or "/" in unit or unit in (*RATES, "元", "天", "小时") else amount
    )


@row_rule(
    "XPF427",
    at="indicators.value",
    fires={
        "indicators.level2": "成本指标",
        "indicators.operator": "≤",
        "indicators.value": 21,
        "indicators.unit": "万元",
    },
    passes={
        "indicators.level2": "成本指标",
        "indicators.operator": "≤",
        "indicators.value": 19,
        "indicators.unit": "万元",
    },
)
def cost_above_budget(row: Row) -> Values | None:
    """A cost target above the budget promises to overspend.

    查什么：以万元计的成本指标是否超过项目预算。
    为什么：目标成本高于预算，等于计划超支。
    怎么改：不高于预算数；单价类成本请把单位写成“元/件”之类。
    """
    cost, budget = _cost(row), row.of.project.budget.current
    return {"cost": cost, "budget": budget} if cost is not None and budget and cost > budget else None


@row_rule(
    "XPF428",
    at="indicators.value",
    fires={
        "indicators.level2": "成本指标",
        "indicators.operator": "≤",
        "indicators.value": 20,
        "indicators.unit": "万元",
    },
    passes={
        "indicators.level2": "成本指标",
        "indicators.operator": "≤",
        "indicators.value": 19,
        "indicators.unit": "万元",
    },
)
def cost_is_budget(row: Row) -> Values | None:
    """A cost target equal to the budget only repeats it.

    查什么：成本指标是否恰好等于项目预算。
    为什么：不超过预算本来就是要求，这样的指标考核不出成本控制。
    怎么改：改用单位成本（如案均成本、人均成本）或低于预算的控制数。
    """
    cost = _cost(row)
    return {"cost": cost} if cost is not None and cost == row.of.project.budget.current else None


@row_rule(
    "XPF429",
    at="indicators.weight",
    fires={"indicators.operator": "不涉及", "indicators.weight": 5},
    passes={"indicators.operator": "不涉及", "indicators.weight": 0},
)
def not_applicable_with_weight(row: Row) -> Values | None:
    """An indicator that does not apply earns no points.

    查什么：“不涉及”的指标是否有分值。
    为什么：不适用的指标不能得分，留着分值总分就到不了100。
    怎么改：分值改为0，把分值分给同类的其他指标；最好删去这一行。
    """
    weight = row.indicator.weight
    return {"weight": weight} if row.operator is Operator.NOT_APPLICABLE and weight else None


@row_rule(
    "XPF430",
    at="indicators.value",
    fires={"indicators.value": 120, "indicators.unit": "%"},
    passes={"indicators.value": 120, "indicators.unit": "件"},
)
def rate_out_of_range(row: Row) -> Values | None:
    """A rate lies between 0 and 100 %.

    查什么：以 % 为单位的指标值是否在0到100之间；增长类指标除外。
    为什么：完成率、合格率不可能超过100%，多半是单位选错。
    怎么改：核对数值和单位。
    """
    rate = figure(row)
    grows = any(word in row.indicator.name + row.indicator.description for word in GROWTH)
    return (
        {"value": rate} if rate is not None and _is_rate(row) and not grows and not 0 <= rate <= HIGHEST_RATE else None
    )


@row_rule(
    "XPF431",
    at="indicators.value",
    fires={"indicators.value": 4200, "indicators.description": "全年办结案件不少于4000件"},
    passes={"indicators.value": 4200, "indicators.description": "全年办结案件不少于4200件"},
)
def text_contradicts_value(row: Row) -> Values | None:
    """A number in the words beside a target is another one than the target.

    查什么：名称、描述、单位中写明的数（如“不少于4000件”）是否与指标值一致。
    为什么：一处改了一处没改，评价时不知道以哪个为准。
    怎么改：改成同一个数；文字里最好不再重复数值。
    """
    value = figure(row)
    if value is None:
        return None
    words = squeeze(f"{row.indicator.name} {row.indicator.description} {row.target.unit}")
    scales = {"": 1, "万": 10_000, "亿": 100_000_000}
    said = [(Decimal(number.replace(",", "")), scales[scale]) for number, scale in STATED_NUMBER.findall(words)]
    if not said or any(value in (number, number * scale) for number, scale in said):
        return None
    return {"value": value, "said": said[0][0]}


@row_rule(
    "XPF432",
    at="indicators.unit",
    fires={"indicators.operator": "≥", "indicators.value": 80, "indicators.unit": "大于等于80%"},
    passes={"indicators.operator": "≥", "indicators.value": 80, "indicators.unit": "%"},
)
def sign_said_twice(row: Row) -> Values | None:
    """The unit box repeats the comparison.

    查什么：单位栏里是否又写了一遍“大于等于”“不超过”之类。
    为什么：打印出来成了“≥80大于等于80%”，两处不一致时更说不清。
    怎么改：单位栏只留计量单位。
    """
    return {"text": row.target.unit} if row.of.reported and COMPARISON.search(squeeze(row.target.unit)) else None


@row_rule(
    "XPF433",
    at="indicators.value",
    fires={"indicators.operator": "≥", "indicators.value": 100, "indicators.unit": "%"},
    passes={"indicators.operator": "≥", "indicators.value": 98, "indicators.unit": "%"},
)
def at_least_everything(row: Row) -> Values | None:
    """“≥ 100 %” of a rate leaves no room above and none below.

    查什么：比率类指标是否写成“≥100%”。
    为什么：比率最高就是100%，“大于”永远达不到，应写“＝100%”。
    怎么改：改为＝100%，或定一个跳一跳够得着的比率。
    """
    rate = figure(row)
    return {"value": rate} if row.operator in AT_LEAST and rate == HIGHEST_RATE and _is_rate(row) else None


def _is_satisfaction(row: Row) -> bool:
    return "满意" in row.indicator.level1 or "满意" in row.indicator.level2


@row_rule(
    "XPF434",
    at="indicators.value",
    fires={"indicators.value#4": 75},
    passes={"indicators.value#4": 80},
)
def satisfaction_low(row: Row) -> Values | None:
    """A satisfaction target below 80 % is no target.

    查什么：满意度指标是否低于80。
    为什么：五分之一以上的服务对象不满意也算达标，评审一般不认可。
    怎么改：不低于80%，一般取90%以上，并与上年实际相衔接。
    """
    value = figure(row)
    low = (
        value is not None and _is_satisfaction(row) and row.operator not in AT_MOST and 0 < value < LOWEST_SATISFACTION
    )
    return {"value": value} if low else None


@row_rule(
    "XPF435",
    at="indicators.name",
    fires={"indicators.name#4": "满意度", "indicators.description#4": "服务对象满意度"},
    passes={"indicators.name#4": "当事人满意度"},
)
def satisfaction_of_nobody(row: Row) -> Values | None:
    """A satisfaction indicator names whom it asks.

    查什么：满意度指标的名称或描述是否写明调查对象。
    为什么：不写问谁的满意度，就没法调查，数字也就没有来源。
    怎么改：写明当事人、律师、干警等具体对象。
    """
    if not _is_satisfaction(row) or row.operator is Operator.NOT_APPLICABLE:
        return None
    rest = squeeze(row.indicator.name + row.indicator.description)
    for word in SURVEYED:
        rest = rest.replace(word, "")
    return {"name": row.indicator.name} if rest.strip("的之及和、，。") == "" else None


@row_rule(
    "XPF436",
    at="indicators.level2",
    fires={"indicators.level1": "效益指标", "indicators.level2": "质量指标"},
    passes={"indicators.level1": "产出指标", "indicators.level2": "质量指标"},
)
def subclass_of_another_class(row: Row) -> Values | None:
    """A second-level class belongs to its first-level class.

    查什么：二级指标是否放在对应的一级指标之下，如质量指标属于产出指标。
    为什么：放错类别，该类的分值就错了。
    怎么改：改一级指标或二级指标，使两者对应。
    """
    level1, level2 = row.indicator.level1, row.indicator.level2
    owners = [name for name, members in CLASSES.items() if level2 in members]
    return (
        {"level1": level1, "level2": level2, "owner": owners[0]} if owners and level1 and level1 not in owners else None
    )


@row_rule("XPF437", at="indicators.value", fires={"indicators.value": -5}, passes={"indicators.value": 5})
def target_below_zero(row: Row) -> Values | None:
    """A target below 0 cannot be scored.

    查什么：指标值是否为负数。
    为什么：目标为负时完成率没有意义，也无法按比例计分。
    怎么改：换一种说法，如“下降5%”写作 ≥5%，名称写明“下降率”。
    """
    value = figure(row)
    return {"value": value} if value is not None and value < 0 else None


@row_rule(
    "XPF438",
    at="indicators.level1",
    fires={"indicators.level1": "过程指标"},
    passes={"indicators.level1": "产出指标"},
)
def class_unknown(row: Row) -> Values | None:
    """A first-level class is one of the official form's.

    查什么：一级指标是否为 产出指标、效益指标、满意度指标 或 成本指标。
    为什么：其他名称不在计分规则之内，分值无处归集。
    怎么改：从下拉列表中选择。
    """
    level1 = row.indicator.level1
    return {"level1": level1} if level1 and level1 not in CLASSES else None
