"""The box for the unit of measure, into which clerks type explanations (domain.md §3 and §8, Targets)."""

from __future__ import annotations

from decimal import Decimal

from xlperf.checks.rule import indicator_rule, project_rule
from xlperf.checks.rules.vocabulary import AT_MOST, COMPARISON, PLAINLY_PERCENT, RATES, is_measure, percent, plain
from xlperf.checks.submission import IndicatorCase, ProjectCase, ProjectFaults, SlotRef, Values
from xlperf.model import Operator
from xlperf.model.text import squeeze


@indicator_rule("XPF422", at="indicators.unit", fires={"indicators.unit": None}, passes={"indicators.unit": "件"})
def unit_missing(case: IndicatorCase) -> Values | None:
    """A number without a unit says nothing.

    查什么：定量指标是否填写计量单位。
    为什么：“≥30”是30件、30%还是30天，看表的人无从知道。
    怎么改：在单位栏选择或填写计量单位；比率填 %。
    """
    return {} if case.figure is not None and not case.target.unit else None


@indicator_rule(
    "XPF423",
    at="indicators.unit",
    fires={"indicators.unit": "保证法院办公正常运行"},
    passes={"indicators.unit": "万人次"},
)
def unit_is_no_measure(case: IndicatorCase) -> Values | None:
    """An explanation stands where the unit of measure belongs.

    查什么：单位栏里写的是不是计量单位。
    为什么：预算系统把符号、数值、单位连在一起打印，单位栏写成一句话，指标值就成了“≥95保证办案完成度”。
    怎么改：单位栏只填 %、件、天、万元 之类；说明文字移到绩效指标描述。
    """
    unit = case.target.unit
    if not unit or repeats_name(case) or is_measure(unit) or not case.is_printed:
        return None
    return None if case.operator is Operator.QUALITATIVE else {"text": unit}


@indicator_rule(
    "XPF424",
    at="indicators.unit",
    fires={"indicators.name": "群众满意度", "indicators.unit": "群众满意度"},
    passes={"indicators.name": "群众满意度", "indicators.unit": "%"},
)
def unit_repeats_name(case: IndicatorCase) -> Values | None:
    """The unit box holds the indicator's own name.

    查什么：单位栏是否照抄了三级指标或绩效指标描述。
    为什么：指标名称不是单位，数值仍然不知道以什么计。
    怎么改：填真正的计量单位，如 %。
    """
    return {"text": case.target.unit} if repeats_name(case) else None


def repeats_name(case: IndicatorCase) -> bool:
    """Whether the unit box holds the indicator's name or description."""
    unit = squeeze(case.target.unit)
    if not unit or is_measure(unit) or not case.is_printed:
        return False
    return unit in (squeeze(case.indicator.name), squeeze(case.indicator.description))


@indicator_rule(
    "XPF432",
    at="indicators.unit",
    fires={"indicators.operator": "≥", "indicators.value": 80, "indicators.unit": "大于等于80%"},
    passes={"indicators.operator": "≥", "indicators.value": 80, "indicators.unit": "%"},
)
def sign_said_twice(case: IndicatorCase) -> Values | None:
    """The unit box repeats the comparison.

    查什么：单位栏里是否又写了一遍“大于等于”“不超过”之类。
    为什么：打印出来成了“≥80大于等于80%”，两处不一致时更说不清。
    怎么改：单位栏只留计量单位。
    """
    unit = case.target.unit
    return {"text": unit} if case.project_case.is_workbook and COMPARISON.search(squeeze(unit)) else None


@project_rule("XPF439", fires={"indicators.actual#2": "0.99"}, passes={"indicators.actual#2": 99})
def fraction_of_a_rate(case: ProjectCase) -> ProjectFaults:
    """In a row of percentages, 99 % is the number 99.

    查什么：单位为 % 的指标，指标值和实际完成值是否一个按百分数填、一个填成小数（如指标值98，完成值0.99）。
    为什么：0.99会被当作0.99%，得分只有百分之一。
    怎么改：单位是 % 的，99%填99。
    """
    for each in case.indicator_cases:
        target, actual = each.figure, each.indicator.actual
        if target is None or not isinstance(actual, Decimal) or squeeze(each.target.unit) not in RATES:
            continue
        low, high = sorted((target, actual))
        if 0 < low < 1 and high > PLAINLY_PERCENT and each.operator not in AT_MOST:
            key = "indicators.value" if low == target else "indicators.actual"
            values = {"value": low, "other": high, "share": percent(low), "whole": plain(low * 100)}
            yield SlotRef(key, each.index), values
