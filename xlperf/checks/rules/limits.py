"""Whether a target asks for anything: the wrong side, the whole budget, more than all (domain.md §8, Targets)."""

from __future__ import annotations

import re
from decimal import Decimal

from xlperf.checks.case import Row, Values
from xlperf.checks.rule import Typed, row_rule
from xlperf.checks.rules.words import AT_LEAST, AT_MOST
from xlperf.model import Operator
from xlperf.model.text import squeeze

HIGHEST_RATE, LOWEST_SATISFACTION = Decimal(100), Decimal(80)
MORE_IS_BETTER = ("数量", "质量", "满意度")
RATES = ("%", "百分比")
GROWTH = ("增长", "增幅", "增加", "提高", "提升", "变化", "上升", "降幅", "同比", "涨")
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


def _is_cost(row: Row) -> bool:
    return "成本" in row.indicator.level2 or row.indicator.level1 == "成本指标"


def _cost(row: Row) -> Decimal | None:
    """A cost target as an amount of the whole project, in 万元: neither a rate nor a cost per piece."""
    amount = row.figure
    unit = squeeze(row.target.unit)
    return (
        None if amount is None or not _is_cost(row) or "/" in unit or unit in (*RATES, "元", "天", "小时") else amount
    )


@row_rule(
    "XPF427",
    at="indicators.value",
    fires={**COST, "indicators.value": 21},
    passes={**COST, "indicators.value": 19},
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
    fires={**COST, "indicators.value": 20},
    passes={**COST, "indicators.value": 19},
)
def cost_is_budget(row: Row) -> Values | None:
    """A cost target equal to the budget only repeats it.

    查什么：成本指标是否恰好等于项目预算。
    为什么：不超过预算本来就是要求，这样的指标考核不出成本控制。
    怎么改：改用单位成本（如案均成本、人均成本）或低于预算的控制数。
    """
    cost = _cost(row)
    return {"cost": cost} if cost is not None and cost == row.of.project.budget.current else None


def _is_rate(row: Row) -> bool:
    return squeeze(row.target.unit) in RATES


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
    rate = row.figure
    grows = any(word in row.indicator.name + row.indicator.description for word in GROWTH)
    return (
        {"value": rate} if rate is not None and _is_rate(row) and not grows and not 0 <= rate <= HIGHEST_RATE else None
    )


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
    rate = row.figure
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
    value = row.figure
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
    said = squeeze(row.indicator.name + row.indicator.description)
    return {"name": row.indicator.name} if SURVEYED.sub("", said) == "" else None
