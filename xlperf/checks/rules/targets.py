"""Operator, number and class of a target (domain.md §8, Targets)."""

from __future__ import annotations

from decimal import Decimal

from xlperf.checks.rule import indicator_rule
from xlperf.checks.rules.numbers import StatedNumber, numbers_in, numbers_of
from xlperf.checks.rules.vocabulary import is_measure, plain, refused_in
from xlperf.checks.submission import IndicatorCase, Values
from xlperf.measure import CLASSES, first_level_classes
from xlperf.model import Operator, Period


@indicator_rule(
    "XPF420",
    at="indicators.value",
    fires={"indicators.operator": "≥", "indicators.value": "较高"},
    passes={"indicators.operator": "定性", "indicators.value": "较高"},
)
def target_without_number(case: IndicatorCase) -> Values | None:
    """A comparison needs a number.

    查什么：符号为 ≥、≤、＝ 等的指标，指标值是不是数字。
    为什么：没有数字就无法判断是否达标，也无法计分。
    怎么改：填一个可以衡量的数；确实没有数字的，符号改为“定性”。
    """
    if not case.is_quantitative or isinstance(case.target.value, Decimal):
        return None
    return {"operator": case.operator.symbol, "text": case.target.value or "（空）"}


@indicator_rule(
    "XPF421",
    at="indicators.operator",
    fires={"indicators.operator": None, "indicators.value": 95},
    passes={"indicators.operator": "=", "indicators.value": 95},
)
def operator_missing(case: IndicatorCase) -> Values | None:
    """A number without an operator is read as “=”.

    查什么：有指标值的指标是否写明计算符号；文本的表式不写计算符号的不查。
    为什么：不写符号按“＝”处理，超额完成也可能算未达标；文本中的“0不涉及”同样没有符号。
    怎么改：越多越好选≥，越少越好选≤，必须恰好相等才选＝；不适用的选“不涉及”。
    """
    unsigned = Operator.EQ if case.project_case.is_workbook else case.operator
    if not case.project_case.asks("indicators.operator"):
        return None
    if case.operator is not unsigned or case.target.operator_stated or not isinstance(case.target.value, Decimal):
        return None
    return {"value": case.target.raw or case.target.value}


@indicator_rule(
    "XPF429",
    at="indicators.weight",
    fires={"indicators.operator": "不涉及", "indicators.weight": 5},
    passes={"indicators.operator": "不涉及", "indicators.weight": 0},
)
def not_applicable_with_weight(case: IndicatorCase) -> Values | None:
    """An indicator that does not apply earns no points.

    查什么：“不涉及”的指标是否有分值。
    为什么：不适用的指标不能得分，留着分值总分就到不了100。
    怎么改：分值改为0，把分值分给同类的其他指标；最好删去这一行。
    """
    weight = case.indicator.weight
    return {"weight": weight} if case.operator is Operator.NOT_APPLICABLE and weight else None


@indicator_rule(
    "XPF431",
    at="indicators.value",
    fires={"indicators.value": 4200, "indicators.description": "全年办结案件不少于4000件"},
    passes={"indicators.value": 4200, "indicators.description": "全年办结案件不少于4200件"},
)
def text_contradicts_value(case: IndicatorCase) -> Values | None:
    """A number in the words beside a target is another one than the target.

    查什么：名称、描述、单位中写明的数（如“不少于4000件”“95%以上”，名称中的“1辆”）是否与指标值一致；单位不同的数不比较。
    为什么：一处改了一处没改，评价时不知道以哪个为准。
    怎么改：改成同一个数；文字里最好不再重复数值。
    """
    value = case.figure
    if value is None:
        return None
    numbers = _numbers_beside(case)
    first = next((number for number in numbers if number.of_target), None)
    if first is None or any(value in number.meanings for number in numbers):
        return None
    return {"value": value, "said": plain(first.number)}


def _numbers_beside(case: IndicatorCase) -> list[StatedNumber]:
    """The numbers in name, description and unit; one that sets no bound states the target only in the name."""
    name, unit = case.indicator.name, case.target.unit
    beside = [*numbers_of(name, unit, of_target=True), *numbers_of(case.indicator.description, unit)]
    return beside if is_measure(unit) else [*beside, *numbers_in(unit)]


@indicator_rule(
    "XPF436",
    at="indicators.level2",
    fires={"indicators.level1": "效益指标", "indicators.level2": "质量指标"},
    passes={"indicators.level1": "产出指标", "indicators.level2": "质量指标"},
)
def subclass_of_another_class(case: IndicatorCase) -> Values | None:
    """A second-level class belongs to its first-level class.

    查什么：二级指标是否放在对应的一级指标之下，如质量指标属于产出指标。
    为什么：放错类别，该类的分值就错了。
    怎么改：改一级指标或二级指标，使两者对应。
    """
    level1, level2 = case.indicator.level1, case.indicator.level2
    owners = [name for name, members in CLASSES.items() if level2 in members]
    return (
        {"level1": level1, "level2": level2, "owner": owners[0]} if owners and level1 and level1 not in owners else None
    )


@indicator_rule("XPF437", at="indicators.value", fires={"indicators.value": -5}, passes={"indicators.value": 5})
def target_below_zero(case: IndicatorCase) -> Values | None:
    """A target below 0 cannot be scored.

    查什么：指标值是否为负数。
    为什么：目标为负时完成率没有意义，也无法按比例计分。
    怎么改：换一种说法，如“下降5%”写作 ≥5%，名称写明“下降率”。
    """
    value = case.figure
    return {"value": value} if value is not None and value < 0 else None


@indicator_rule(
    "XPF440",
    at="indicators.value",
    fires={"indicators.operator": "≥", "indicators.value": 0},
    passes={"indicators.operator": "≥", "indicators.value": 1},
)
def target_anything_meets(case: IndicatorCase) -> Values | None:
    """A target of at least 0 is met by whatever happens.

    查什么：符号为≥的指标，指标值是否为0。
    为什么：什么都不做也达标，白得满分。
    怎么改：填写真正要完成的数；确实越少越好的，符号改为≤或＝；不适用的选“不涉及”，分值填0。
    """
    return {"operator": case.operator.symbol} if case.operator is Operator.GE and case.figure == 0 else None


@indicator_rule(
    "XPF447",
    at="indicators.value",
    fires={"form": Period.PLAN.value, "indicators.operator": "定性", "indicators.value": "2026-9-30前完成"},
    passes={"form": Period.PLAN.value, "indicators.operator": "定性", "indicators.value": "2026年9月底前完成"},
)
def target_the_system_refuses(case: IndicatorCase) -> Values | None:
    """The budget system saves no target with *, _ or a dash.

    查什么：绩效目标表的文字指标值里，是否有“*”“_”或横线。
    为什么：预算系统保存时不接受这些字符，到时还要再改。
    怎么改：日期写成“9月底”，区间写成“30到50”，其他删去。
    """
    text = case.target.value if case.project_case.is_plan else None
    refused = refused_in(text) if isinstance(text, str) else ""
    return {"text": text, "sign": refused} if refused else None


@indicator_rule(
    "XPF438",
    at="indicators.level1",
    fires={"indicators.level1": "过程指标"},
    passes={"indicators.level1": "产出指标"},
)
def class_unknown(case: IndicatorCase) -> Values | None:
    """A first-level class is one of the official form's.

    查什么：一级指标是否为 产出指标、效益指标、满意度指标 或 成本指标。
    为什么：其他名称不在计分规则之内，分值无处归集。
    怎么改：从下拉列表中选择。
    """
    level1 = case.indicator.level1
    known = not level1 or level1 in CLASSES or level1 in first_level_classes()
    return None if known else {"level1": level1}
