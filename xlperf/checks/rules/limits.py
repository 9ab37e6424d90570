"""Whether a target asks for anything: the wrong side, the whole budget, more than all (domain.md §8, Targets)."""

from __future__ import annotations

import re
from decimal import Decimal

from xlperf.checks.case import Row, Values
from xlperf.checks.rule import Typed, row_rule
from xlperf.checks.rules.units import repeats_name
from xlperf.checks.rules.vocabulary import AT_LEAST, AT_MOST, RATES, is_cost, is_measure, plain
from xlperf.model import Operator
from xlperf.model.text import MONEY_UNITS, squeeze, to_wan

HIGHEST_RATE, LOWEST_SATISFACTION, LONGEST_SHORT_SCALE = Decimal(100), Decimal(80), Decimal(10)
MORE_IS_BETTER = ("数量", "质量", "满意度")
# fmt: off
LESS_IS_BETTER = (
    "差错", "错误", "投诉", "事故", "故障", "退回", "改判", "发回", "感染", "死亡", "误诊", "不合格", "不良", "返修",
    "返工", "辍学", "流失", "上诉", "信访", "违规", "逾期", "缺陷", "住院日", "失业", "偏差", "空置",
    "越低越好", "越少越好",
)
# fmt: on
SETTLED = re.compile("^[^未]*(?<!不)(?:办结|处理|修复|解决|整改|化解|及时)率$")  # 投诉办结率: the more the better
SAVING = ("节约", "节省", "下降", "降低", "压减")
GROWTH = ("增长", "增幅", "增加", "提高", "提升", "变化", "上升", "降幅", "同比", "涨", "上年", "去年", "同期", "基期")
SURVEYED = re.compile(
    "满意|服务(?:对象)?|指标|达到|程度|评价|调查|反映|反应|体现|情况|人数|总数|份数|总体|问卷|有效|结果|比例|比率|抽样"
    r"|[度率数占的之及和对、，。,.;:()×÷*/%\d]"
)
"""What a text about satisfaction says without saying whose, in squeezed text."""
COST: Typed = {"indicators.level2": "成本指标", "indicators.operator": "≤", "indicators.unit": "万元"}


@row_rule(
    "XPF425",
    at="indicators.operator",
    fires={"indicators.level2": "数量指标", "indicators.operator": "≤"},
    passes={"indicators.level2": "成本指标", "indicators.operator": "≤"},
)
def at_most_where_more_is_better(row: Row) -> Values | None:
    """An upper bound on quantity, quality or satisfaction is met by doing nothing.

    查什么：数量、质量、满意度指标的符号是否为 ≤ 或 <；名称或描述表明越少越好的（如差错率、死亡率）除外。
    为什么：什么都不做也能得满分，指标失去约束。
    怎么改：改为 ≥ 或 ＝；确属越少越好的，在描述中写明“越少越好”或“越低越好”。
    """
    name = squeeze(row.indicator.name)
    falls = row.operator in AT_MOST and any(word in row.indicator.level2 for word in MORE_IS_BETTER)
    fewer = "占比" in name or any(word in name + row.indicator.description for word in LESS_IS_BETTER)
    if not falls or (fewer and not SETTLED.search(name)):
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

    查什么：成本指标的符号是否为 ≥ 或 >；以 % 计的节约率、下降率除外。
    为什么：等于要求多花钱，花得越多得分越高。
    怎么改：改为 ≤；想表达节约率的，归入效益指标。
    """
    saves = _is_rate(row) and any(word in row.indicator.name for word in SAVING)
    return (
        {"operator": row.operator.symbol} if is_cost(row.indicator) and row.operator in AT_LEAST and not saves else None
    )


def _cost(row: Row) -> Decimal | None:
    """A cost target in 万元; None for anything but money and for a cost per piece."""
    amount, unit = row.figure, _money_unit(row)
    return None if amount is None or unit is None or not is_cost(row.indicator) else to_wan(amount, unit)


def _money_unit(row: Row) -> str | None:
    """The unit of money a target is in; one that was typed as a sentence is the one at its end."""
    unit = squeeze(row.target.unit)
    if unit in ("", "万") or repeats_name(row):
        return "万元"
    if is_measure(unit):
        return unit if unit in MONEY_UNITS else None
    return "万元" if unit.endswith("万") else next((money for money in MONEY_UNITS if unit.endswith(money)), None)


@row_rule(
    "XPF427",
    at="indicators.value",
    fires={**COST, "indicators.value": 21},
    passes={**COST, "indicators.value": 19},
)
def cost_above_budget(row: Row) -> Values | None:
    """A cost target above the budget promises to overspend.

    查什么：以金额计的成本指标是否超过项目预算（调整过的，取年初与调整后较大者）；各种金额单位先换算为万元。
    为什么：目标成本高于预算，等于计划超支。
    怎么改：不高于预算数；单价类成本请把单位写成“元/件”之类。
    """
    cost, budget = _cost(row), row.of.project.budget
    most = max((amount for amount in (budget.initial, budget.adjusted) if amount is not None), default=None)
    return {"cost": plain(cost), "budget": plain(most)} if cost is not None and most and cost > most else None


@row_rule(
    "XPF428",
    at="indicators.value",
    fires={**COST, "indicators.value": 20},
    passes={**COST, "indicators.value": 19},
)
def cost_is_budget(row: Row) -> Values | None:
    """A cost target equal to the budget only repeats it.

    查什么：成本指标是否恰好等于项目预算，年初的或调整后的。
    为什么：不超过预算本来就是要求，这样的指标考核不出成本控制。
    怎么改：改用单位成本（如案均成本、人均成本）或低于预算的控制数。
    """
    cost, budget = _cost(row), row.of.project.budget
    return {"cost": plain(cost)} if cost is not None and cost in (budget.initial, budget.adjusted) else None


def _is_rate(row: Row) -> bool:
    return squeeze(row.target.unit) in RATES


def _is_part(row: Row) -> bool:
    """Whether a rate is a part of a whole and not a growth, which may exceed 100 %."""
    return _is_rate(row) and not any(word in row.indicator.name + row.indicator.description for word in GROWTH)


@row_rule(
    "XPF430",
    at="indicators.value",
    fires={"indicators.value": 120, "indicators.unit": "%"},
    passes={"indicators.value": 120, "indicators.unit": "件"},
)
def rate_out_of_range(row: Row) -> Values | None:
    """A rate lies between 0 and 100 %.

    查什么：以 % 为单位的指标值是否在0到100之间；增长类、与上年或同期相比的指标除外。
    为什么：完成率、合格率不可能超过100%，多半是单位选错。
    怎么改：核对数值和单位。
    """
    rate = row.figure
    return {"value": rate} if rate is not None and _is_part(row) and not 0 <= rate <= HIGHEST_RATE else None


@row_rule(
    "XPF433",
    at="indicators.value",
    fires={"indicators.operator": "≥", "indicators.value": 100, "indicators.unit": "%"},
    passes={"indicators.operator": "≥", "indicators.value": 98, "indicators.unit": "%"},
)
def at_least_everything(row: Row) -> Values | None:
    """“≥ 100 %” of a rate leaves no room above and none below.

    查什么：比率类指标是否写成“≥100%”或“>100%”；增长类指标除外。
    为什么：比率最高就是100%，“大于”永远达不到，应写“＝100%”。
    怎么改：改为＝100%，或定一个跳一跳够得着的比率。
    """
    rate = row.figure
    whole = row.operator in AT_LEAST and rate == HIGHEST_RATE and _is_part(row)
    return {"operator": row.operator.symbol, "value": rate} if whole else None


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

    查什么：满意度指标是否低于80（按%或百分制）；五分制、十分制以及份数、人数等不比较。
    为什么：五分之一以上的服务对象不满意也算达标，评审一般不认可。
    怎么改：不低于80%，一般取90%以上，并与上年实际相衔接。
    """
    value = _of_a_hundred(row)
    low = (
        value is not None and _is_satisfaction(row) and row.operator not in AT_MOST and 0 < value < LOWEST_SATISFACTION
    )
    return {"value": plain(value)} if low else None


def _of_a_hundred(row: Row) -> Decimal | None:
    """A target as so many of a hundred; None where the unit says that it is none."""
    value, unit = row.figure, squeeze(row.target.unit)
    if value is None or unit in ("", *RATES):
        return value
    if unit == "比例":
        return value * 100 if value <= 1 else value
    on_a_scale = unit == "分" or not is_measure(unit)  # a sentence in the box says nothing of the unit
    return value if on_a_scale and value > LONGEST_SHORT_SCALE else None


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
    said = squeeze(row.indicator.name + row.indicator.description)
    return {"name": row.indicator.name} if SURVEYED.sub("", said) == "" else None
