"""Results, and deviations from their targets that need a reason (domain.md §6 and §8, scores)."""

from __future__ import annotations

from xlperf.checks.rule import Typed, indicator_rule, project_rule
from xlperf.checks.rules.vocabulary import AT_LEAST, AT_MOST, RATES, plain
from xlperf.checks.submission import IndicatorCase, ProjectCase, ProjectFaults, SlotRef, Values
from xlperf.form.arithmetic import is_number, number
from xlperf.measure.indicators import result
from xlperf.measure.statuses import NOT_FILLED, OVERFULFILLED, RATINGS, UNDECIDABLE, UNMET
from xlperf.model import Likelihood, Operator
from xlperf.model.text import squeeze

FEW = 3  # indicators; fewer exact results may be chance
EVALUATION: Typed = {"period": "绩效自评", "as_of": "2026-12-31", "indicators.points#3": 30}
EXACT: Typed = {"indicators.actual#1": 4200, "indicators.actual#2": 98, "indicators.actual#4": 90}


@indicator_rule(
    "XPF527",
    at="indicators.actual",
    fires={"indicators.operator": "≥", "indicators.actual": "基本完成"},
    passes={"indicators.operator": "≥", "indicators.actual": 4210},
)
def word_for_a_number(case: IndicatorCase) -> Values | None:
    """A quantitative result is a number.

    查什么：定量指标的实际完成值是不是数字。
    为什么：“基本完成”之类无法与指标值比较，状态为无法判定，也不得分。
    怎么改：填数字，不带单位；说明写在偏差原因里。
    """
    actual = case.indicator.actual
    return {"text": actual} if case.is_quantitative and isinstance(actual, str) else None


@indicator_rule(
    "XPF539",
    at="indicators.actual",
    fires={"indicators.actual#3": "较好"},
    passes={"indicators.actual#3": "部分达成"},
)
def rating_unknown(case: IndicatorCase) -> Values | None:
    """A qualitative result is one of three ratings.

    查什么：定性指标的实际完成值是否为 达成、部分达成 或 未达成；按2026版规则包，以它们开头的写法也算。
    为什么：只有这三档有对应的得分区间。
    怎么改：从下拉列表选择一档，评分填在“定性评分”。
    """
    actual = case.indicator.actual
    if case.operator is not Operator.QUALITATIVE or actual is None or result(actual, case.rules) in RATINGS:
        return None
    return {"text": actual}


@indicator_rule(
    "XPF538",
    at="indicators.actual",
    fires={"indicators.actual": 0, "indicators.operator": "≥", "indicators.value": "较高"},
    passes={"indicators.actual": 4210},
)
def state_undecidable(case: IndicatorCase) -> Values | None:
    """A result that can be held against nothing.

    查什么：填了实际完成值却仍然无法判定是否达标的指标。
    为什么：多半是指标值不是数字或档次写错，得分为空。
    怎么改：先改正指标值、符号或档次。
    """
    is_word = case.is_quantitative and isinstance(case.indicator.actual, str)  # XPF527 reports it
    is_rating = case.operator is Operator.QUALITATIVE  # XPF539 reports it
    return {} if case.state == UNDECIDABLE and not is_word and not is_rating else None


@project_rule("XPF535", fires={"indicators.actual#2": None}, passes={"indicators.actual#2": 99})
def results_missing(case: ProjectCase) -> ProjectFaults:
    """A returned sheet reports every indicator that applies.

    查什么：适用的指标是否都填了实际完成值。
    为什么：未填报的指标不计分，总分和等级也出不来。
    怎么改：逐项填写截止日期时的完成值；尚未开展的填0并说明。
    """
    missing = [each.index for each in case.indicator_cases if each.state == NOT_FILLED]
    if missing:
        yield SlotRef("indicators.actual", missing[0]), {"count": len(missing)}


@indicator_rule(
    "XPF524",
    at="indicators.deviation_reason",
    fires={**EVALUATION, "indicators.actual": 4000},
    passes={**EVALUATION, "indicators.actual": 4000, "indicators.deviation_reason": "立案数下降"},
)
def points_lost_without_reason(case: IndicatorCase) -> Values | None:
    """Lost points are explained in the self-evaluation.

    查什么：绩效自评时得分低于分值的指标，是否写明偏差原因。
    为什么：自评表要求逐项说明偏差原因和改进措施，缺了会被退回。
    怎么改：在“偏差原因”写明类别（经费、制度、人员、硬件条件或其他）和具体说明。
    """
    score, weight = case.computed.get("indicators.score"), case.indicator.weight
    by_points = case.project_case.is_evaluation and not case.project_case.is_of_period  # else XPF540, by what is owed
    lost = by_points and is_number(score) and weight is not None and number(score) < weight
    return {"score": plain(score), "weight": plain(weight)} if lost and not case.indicator.deviation_reason else None


@indicator_rule(
    "XPF525",
    at="indicators.deviation_reason",
    fires={"indicators.actual": 3000},
    passes={"indicators.actual": 3000, "indicators.deviation_reason": "立案数下降"},
)
def unmet_without_reason(case: IndicatorCase) -> Values | None:
    """An unmet indicator is explained when monitored.

    查什么：运行监控时未达标的指标是否写明偏差原因；完成可能性选“确定能”的除外，但已超过上限（≤）的仍要写明。
    为什么：监控表要求说明偏差原因，年内还来得及纠正。
    怎么改：在“偏差原因”写明原因，并选择完成可能性。
    """
    wanted = case.state == UNMET and not case.project_case.is_evaluation and not case.indicator.deviation_reason
    on_its_way = case.indicator.likelihood is Likelihood.CERTAIN and case.operator not in AT_MOST
    if not wanted or on_its_way:
        return None
    goal = f"{case.operator.symbol}{plain(case.target.value)}" if case.is_quantitative else case.target.value
    return {"actual": case.indicator.actual, "target": goal}


@indicator_rule(
    "XPF534",
    at="indicators.likelihood",
    fires={"indicators.actual": 3000, "indicators.likelihood": None},
    passes={"indicators.actual": 3000, "indicators.likelihood": "有可能"},
)
def likelihood_missing(case: IndicatorCase) -> Values | None:
    """An unmet indicator says whether it will be met by the year's end.

    查什么：运行监控时未达标的指标是否选择完成可能性。
    为什么：监控表的必填项，据此决定是否调整目标或预算。
    怎么改：选择 确定能、有可能 或 完全不可能。
    """
    behind = case.state == UNMET and not case.project_case.is_evaluation
    return {} if behind and case.indicator.likelihood is None else None


@indicator_rule(
    "XPF526",
    at="indicators.deviation_reason",
    fires={"indicators.actual": 6000},
    passes={"indicators.actual": 6000, "indicators.deviation_reason": "新收案件增加"},
)
def over_fulfilled_without_reason(case: IndicatorCase) -> Values | None:
    """A target far exceeded was set too low, or something happened: it is explained.

    查什么：超额的指标（监控超过目标15%，自评超过30%，以“参数”表为准）是否写明原因。
    为什么：超额太多往往说明目标定低了，评审会要求解释；超额本身不扣分。
    怎么改：在“偏差原因”写明原因，下年据实调整目标。
    """
    wanted = case.state == OVERFULFILLED and not case.owes_reason and not case.indicator.deviation_reason
    return {"actual": case.indicator.actual, "target": case.target.value} if wanted else None


@project_rule("XPF529", fires=EXACT, passes={**EXACT, "indicators.actual#2": 99})
def everything_exactly_met(case: ProjectCase) -> ProjectFaults:
    """Every result exactly its target looks copied.

    查什么：定量指标的实际完成值是否全都恰好等于指标值，其中三项以上本来可能不等；＝1辆、＝100%、≤0起之类不计在内。
    为什么：项项正好100%，多半是照抄目标而不是据实统计。
    怎么改：按台账、报表据实填写。
    """
    reported = [each for each in case.indicator_cases if each.is_quantitative and is_number(each.indicator.actual)]
    free = [each for each in reported if _could_differ(each)]
    if len(free) >= FEW and all(each.indicator.actual == each.target.value for each in reported):
        yield SlotRef("indicators.actual", free[0].index), {"count": len(reported)}


def _could_differ(case: IndicatorCase) -> bool:
    """Whether another number meets the target too, or the target is a rate that results rarely equal."""
    if squeeze(case.target.unit) in RATES and case.operator not in AT_MOST:
        return case.figure != 100
    return case.operator in AT_LEAST or (case.operator in AT_MOST and case.figure != 0)
