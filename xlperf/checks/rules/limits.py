"""Targets that bind nobody: wrong operator, cost equal to the budget, rates above 100 % (domain.md §8, Targets)."""

from __future__ import annotations

import re
from decimal import Decimal

from xlperf.checks.rule import Typed, indicator_rule
from xlperf.checks.rules.units import repeats_name
from xlperf.checks.rules.vocabulary import AT_LEAST, AT_MOST, RATES, is_cost, is_measure, plain
from xlperf.checks.submission import IndicatorCase, Values
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
SETTLED = re.compile("^[^未]*(?<!不)(?:办结|处理|修复|解决|整改|化解|及时)率$")  # 投诉办结率: higher is better
SAVING = ("节约", "节省", "下降", "降低", "压减")
GROWTH = ("增长", "增幅", "增加", "提高", "提升", "变化", "上升", "降幅", "同比", "涨", "上年", "去年", "同期", "基期")
SURVEYED = re.compile(
    "满意|服务(?:对象)?|指标|达到|程度|评价|调查|反映|反应|体现|情况|人数|总数|份数|总体|问卷|有效|结果|比例|比率|抽样"
    r"|[度率数占的之及和对、，。,.;:()×÷*/%\d]"
)
"""Words in a squeezed text about satisfaction that do not name who is asked."""
COST: Typed = {"indicators.level2": "成本指标", "indicators.operator": "≤", "indicators.unit": "万元"}


@indicator_rule(
    "XPF425",
    at="indicators.operator",
    fires={"indicators.level2": "数量指标", "indicators.operator": "≤"},
    passes={"indicators.level2": "成本指标", "indicators.operator": "≤"},
)
def at_most_where_more_is_better(case: IndicatorCase) -> Values | None:
    """An upper bound on quantity, quality or satisfaction is met by doing nothing.

    查什么：数量、质量、满意度指标的符号是否为 ≤ 或 <；名称或描述表明越少越好的（如差错率、死亡率）除外。
    为什么：什么都不做也能得满分，指标失去约束。
    怎么改：改为 ≥ 或 ＝；确属越少越好的，在描述中写明“越少越好”或“越低越好”。
    """
    if case.operator not in AT_MOST or not any(word in case.indicator.level2 for word in MORE_IS_BETTER):
        return None
    name = squeeze(case.indicator.name)
    fewer = "占比" in name or any(word in name + case.indicator.description for word in LESS_IS_BETTER)
    if fewer and not SETTLED.search(name):
        return None
    return {"level2": case.indicator.level2, "operator": case.operator.symbol}


@indicator_rule(
    "XPF426",
    at="indicators.operator",
    fires={"indicators.level2": "成本指标", "indicators.operator": "≥"},
    passes={"indicators.level2": "成本指标", "indicators.operator": "≤"},
)
def at_least_on_cost(case: IndicatorCase) -> Values | None:
    """A lower bound on cost rewards spending more.

    查什么：成本指标的符号是否为 ≥ 或 >；以 % 计的节约率、下降率除外。
    为什么：等于要求多花钱，花得越多得分越高。
    怎么改：改为 ≤；想表达节约率的，归入效益指标。
    """
    if case.operator not in AT_LEAST or not is_cost(case.indicator):
        return None
    saves = _is_rate(case) and any(word in case.indicator.name for word in SAVING)
    return None if saves else {"operator": case.operator.symbol}


def _cost(case: IndicatorCase) -> Decimal | None:
    """A cost target in 万元; None where the target is no cost, no amount of money, or a cost per piece."""
    if case.figure is None or not is_cost(case.indicator):
        return None
    unit = _money_unit(case)
    return None if unit is None else to_wan(case.figure, unit)


def _money_unit(case: IndicatorCase) -> str | None:
    """The unit of money a target is in; where the unit box holds a sentence, the unit it ends with."""
    unit = squeeze(case.target.unit)
    if unit in ("", "万") or repeats_name(case):
        return "万元"
    if is_measure(unit):
        return unit if unit in MONEY_UNITS else None
    return "万元" if unit.endswith("万") else next((money for money in MONEY_UNITS if unit.endswith(money)), None)


@indicator_rule(
    "XPF427",
    at="indicators.value",
    fires={**COST, "indicators.value": 21},
    passes={**COST, "indicators.value": 19},
)
def cost_above_budget(case: IndicatorCase) -> Values | None:
    """A cost target above the budget promises to overspend.

    查什么：以金额计的成本指标是否超过项目预算（调整过的，取年初与调整后较大者）；各种金额单位先换算为万元。
    为什么：目标成本高于预算，等于计划超支。
    怎么改：不高于预算数；单价类成本请把单位写成“元/件”之类。
    """
    cost, budget = _cost(case), case.project_case.project.budget
    if cost is None:
        return None
    most = max((amount for amount in (budget.initial, budget.adjusted) if amount is not None), default=None)
    return {"cost": plain(cost), "budget": plain(most)} if most and cost > most else None


@indicator_rule(
    "XPF428",
    at="indicators.value",
    fires={**COST, "indicators.value": 20},
    passes={**COST, "indicators.value": 19},
)
def cost_is_budget(case: IndicatorCase) -> Values | None:
    """A cost target equal to the budget only repeats it.

    查什么：成本指标是否恰好等于项目预算，年初的或调整后的。
    为什么：不超过预算本来就是要求，这样的指标考核不出成本控制。
    怎么改：改用单位成本（如案均成本、人均成本）或低于预算的控制数。
    """
    cost, budget = _cost(case), case.project_case.project.budget
    return {"cost": plain(cost)} if cost is not None and cost in (budget.initial, budget.adjusted) else None


def _is_rate(case: IndicatorCase) -> bool:
    return squeeze(case.target.unit) in RATES


def _is_part(case: IndicatorCase) -> bool:
    """Whether a rate is a share of a whole; a growth rate is not, and may exceed 100 %."""
    return _is_rate(case) and not any(word in case.indicator.name + case.indicator.description for word in GROWTH)


@indicator_rule(
    "XPF430",
    at="indicators.value",
    fires={"indicators.value": 120, "indicators.unit": "%"},
    passes={"indicators.value": 120, "indicators.unit": "件"},
)
def rate_out_of_range(case: IndicatorCase) -> Values | None:
    """A rate lies between 0 and 100 %.

    查什么：以 % 为单位的指标值是否在0到100之间；增长类、与上年或同期相比的指标除外。
    为什么：完成率、合格率不可能超过100%，多半是单位选错。
    怎么改：核对数值和单位。
    """
    rate = case.figure
    return {"value": rate} if rate is not None and not 0 <= rate <= HIGHEST_RATE and _is_part(case) else None


@indicator_rule(
    "XPF433",
    at="indicators.value",
    fires={"indicators.operator": "≥", "indicators.value": 100, "indicators.unit": "%"},
    passes={"indicators.operator": "≥", "indicators.value": 98, "indicators.unit": "%"},
)
def at_least_everything(case: IndicatorCase) -> Values | None:
    """“≥ 100 %” of a rate leaves no room above and none below.

    查什么：比率类指标是否写成“≥100%”或“>100%”；增长类指标除外。
    为什么：比率最高就是100%，“大于”永远达不到，应写“＝100%”。
    怎么改：改为＝100%，或定一个跳一跳够得着的比率。
    """
    rate = case.figure
    whole = case.operator in AT_LEAST and rate == HIGHEST_RATE and _is_part(case)
    return {"operator": case.operator.symbol, "value": rate} if whole else None


def _is_satisfaction(case: IndicatorCase) -> bool:
    return "满意" in case.indicator.level1 or "满意" in case.indicator.level2


@indicator_rule(
    "XPF434",
    at="indicators.value",
    fires={"indicators.value#4": 75},
    passes={"indicators.value#4": 80},
)
def satisfaction_low(case: IndicatorCase) -> Values | None:
    """A satisfaction target below 80 % is no target.

    查什么：满意度指标是否低于80（按%或百分制）；五分制、十分制以及份数、人数等不比较。
    为什么：五分之一以上的服务对象不满意也算达标，评审一般不认可。
    怎么改：不低于80%，一般取90%以上，并与上年实际相衔接。
    """
    value = _of_a_hundred(case) if _is_satisfaction(case) and case.operator not in AT_MOST else None
    return {"value": plain(value)} if value is not None and 0 < value < LOWEST_SATISFACTION else None


def _of_a_hundred(case: IndicatorCase) -> Decimal | None:
    """A target on a scale of 100; None where its unit says it is on no such scale."""
    value, unit = case.figure, squeeze(case.target.unit)
    if value is None or unit in ("", *RATES):
        return value
    if unit == "比例":
        return value * 100 if value <= 1 else value
    on_a_scale = unit == "分" or not is_measure(unit)  # a sentence in the unit box does not state a unit
    return value if on_a_scale and value > LONGEST_SHORT_SCALE else None


@indicator_rule(
    "XPF435",
    at="indicators.name",
    fires={"indicators.name#4": "满意度", "indicators.description#4": "服务对象满意度"},
    passes={"indicators.name#4": "当事人满意度"},
)
def satisfaction_of_nobody(case: IndicatorCase) -> Values | None:
    """A satisfaction indicator names whom it asks.

    查什么：满意度指标的名称或描述是否写明调查对象。
    为什么：不写问谁的满意度，就没法调查，数字也就没有来源。
    怎么改：写明当事人、律师、干警等具体对象。
    """
    if not _is_satisfaction(case) or case.operator is Operator.NOT_APPLICABLE:
        return None
    text = squeeze(case.indicator.name + case.indicator.description)
    return {"name": case.indicator.name} if SURVEYED.sub("", text) == "" else None
