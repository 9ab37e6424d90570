"""Reasons owed for an indicator, and how likely its target is to be reached (forms.md §2, §3 and §11)."""

from __future__ import annotations

from xlperf.checks.rule import EVALUATION, MONITORING, Typed, indicator_rule
from xlperf.checks.rules.vocabulary import AT_LEAST, RATES, plain
from xlperf.checks.submission import IndicatorCase, Values
from xlperf.form.arithmetic import is_number, number
from xlperf.form.parts import TICK
from xlperf.measure import compliance
from xlperf.measure.statuses import IN_PROGRESS, UNMET
from xlperf.model import Likelihood
from xlperf.model.text import squeeze

FAR_BEHIND: Typed = {**MONITORING, "indicators.actual": 900}
UNLIKELY: Typed = {"indicators.likelihood.0": None, "indicators.likelihood.1": TICK}
NO_LIKELIHOOD: Typed = {"indicators.likelihood.0": None}


def _is_monitored(case: IndicatorCase) -> bool:
    """Whether it stands on a form that asks how likely its target is to be reached, beside a light."""
    return "indicators.light" in case.computed


@indicator_rule(
    "XPF540",
    at="indicators.deviation_reason",
    fires=FAR_BEHIND,
    passes={**FAR_BEHIND, "indicators.deviation_kinds.2": TICK, "indicators.deviation_reason": "两名法官空缺。"},
)
def owed_reason_missing(case: IndicatorCase) -> Values | None:
    """Where the rule pack wants a reason for an indicator, it is given.

    查什么：“是否需说明”一栏显示“需说明”的指标，是否写明原因；由规则包定，默认监控为红灯、黄灯，自评为未达标、超额。
    为什么：监控表和自评表要求逐项说明偏差原因，缺了会被退回。
    怎么改：写明具体原因和改进措施；监控表同时选择原因类别。
    """
    if not case.owes_reason or case.indicator.deviation_reason or case.indicator.deduction:
        return None
    likelihood = case.indicator.likelihood if _is_monitored(case) else None
    why = (case.computed.get("indicators.light"), likelihood and likelihood.value, case.state)
    return {"why": [str(word) for word in why if word]}


@indicator_rule(
    "XPF541",
    at="indicators.likelihood.0",
    fires={**FAR_BEHIND, **NO_LIKELIHOOD, "indicators.deviation_reason": "两名法官空缺。"},
    passes={**FAR_BEHIND, **UNLIKELY, "indicators.deviation_reason": "两名法官空缺。"},
)
def likelihood_of_deviation_missing(case: IndicatorCase) -> Values | None:
    """Where a reason is owed before the year has ended, so is how likely the target still is.

    查什么：监控时需要说明的指标，是否选择完成目标可能性。
    为什么：有偏差的指标能不能赶上，决定是否调整目标或预算；系统导入时也是必填项。
    怎么改：在 确定能、有可能、完全不可能 中选一项。
    """
    missing = _is_monitored(case) and case.indicator.likelihood is None
    return {} if missing and case.owes_reason else None


@indicator_rule(
    "XPF542",
    at="indicators.likelihood.0",
    fires={**MONITORING, **NO_LIKELIHOOD},
    passes={**MONITORING, **UNLIKELY},
)
def likelihood_of_progress_missing(case: IndicatorCase) -> Values | None:
    """Of a target not yet reached it is said how likely it is to be.

    查什么：监控时进行中的指标，是否选择完成目标可能性。
    为什么：监控表的必填项，空着无法导入预算系统。
    怎么改：在 确定能、有可能、完全不可能 中选一项。
    """
    missing = _is_monitored(case) and case.indicator.likelihood is None
    return {} if missing and case.state == IN_PROGRESS and not case.owes_reason else None


@indicator_rule(
    "XPF543",
    at="indicators.deviation_reason",
    fires={**MONITORING, "indicators.deviation_kinds.0": TICK},
    passes={**MONITORING, "indicators.deviation_kinds.0": TICK, "indicators.deviation_reason": "款项尚未到位。"},
)
def kind_without_reason(case: IndicatorCase) -> Values | None:
    """A kind of deviation that is ticked is explained.

    查什么：选了偏差原因类别的指标，是否填写原因说明。
    为什么：只选类别看不出是什么原因，系统导入时也只有说明、没有类别。
    怎么改：在“原因说明”写明具体原因；选错的，按 Delete 清空。
    """
    kinds = case.indicator.deviation_kinds
    if not kinds or case.owes_reason or case.indicator.deviation_reason:
        return None
    return {"kinds": [kind.value for kind in kinds]}


@indicator_rule(
    "XPF544",
    at="indicators.deviation_kinds.0",
    fires={**MONITORING, "indicators.deviation_reason": "款项尚未到位。"},
    passes={**MONITORING, "indicators.deviation_kinds.0": TICK, "indicators.deviation_reason": "款项尚未到位。"},
)
def reason_without_kind(case: IndicatorCase) -> Values | None:
    """An explanation says what kind of deviation it is about.

    查什么：监控时写了原因说明的指标，是否选择原因类别。
    为什么：监控表按经费、制度、人员、硬件条件和其他五类汇总原因，没有类别就汇总不进去。
    怎么改：在五类中选一类或几类。
    """
    wanted = _is_monitored(case) and case.indicator.deviation_reason and not case.indicator.deviation_kinds
    return {} if wanted else None


@indicator_rule(
    "XPF545",
    at="indicators.expected",
    fires={**MONITORING, "indicators.expected": 2100},
    passes={**MONITORING, "indicators.expected": 4200},
)
def expected_below_actual(case: IndicatorCase) -> Values | None:
    """No less is expected of a rising count at the year's end than is reached already.

    查什么：越多越好的指标，全年预计完成值是否小于已经完成的值；比率可升可降，不比较。
    为什么：已经完成的数不会变少，多半是把下半年的预计数当成了全年的。
    怎么改：填写从年初到年底的预计完成值。
    """
    actual, expected = case.indicator.actual, case.indicator.expected
    rising = case.operator in AT_LEAST and squeeze(case.target.unit) not in RATES
    if not rising or not is_number(actual) or not is_number(expected) or expected >= actual:
        return None
    return {"expected": plain(expected), "actual": plain(actual)}


@indicator_rule(
    "XPF555",
    at="indicators.expected",
    fires={**MONITORING, "indicators.expected": "约4200"},
    passes={**MONITORING, "indicators.expected": 4200},
)
def word_for_an_expected_number(case: IndicatorCase) -> Values | None:
    """What is expected of a quantitative target is a number.

    查什么：定量指标的全年预计完成情况是不是数字。
    为什么：“约4200”之类无法与指标值比较，看不出年底能不能完成。
    怎么改：填最可能达到的数字，不带单位；拿不准的写在备注里。
    """
    expected = case.indicator.expected
    return {"text": expected} if case.is_quantitative and isinstance(expected, str) else None


@indicator_rule(
    "XPF546",
    at="indicators.expected",
    fires={**MONITORING, "indicators.expected": 4100},
    passes={**MONITORING, **UNLIKELY, "indicators.expected": 4100},
)
def certain_yet_expected_below_target(case: IndicatorCase) -> Values | None:
    """A target that will surely be reached is expected to be.

    查什么：完成目标可能性选“确定能”的指标，全年预计完成值是否达到年度指标值。
    为什么：一边说一定能完成，一边预计完不成，两者必有一错。
    怎么改：核对预计完成值，或改选“有可能”“完全不可能”。
    """
    expected, target = case.indicator.expected, case.target.value
    if case.indicator.likelihood is not Likelihood.CERTAIN or not _is_monitored(case):
        return None
    if compliance(case.operator.symbol, target, expected, None, case.rules) != UNMET:
        return None
    goal = f"{case.operator.symbol}{plain(target)}" if case.is_quantitative else target
    return {"expected": plain(expected) if is_number(expected) else expected, "target": goal}


@indicator_rule(
    "XPF547",
    at="indicators.deviation_reason",
    fires={**EVALUATION, "indicators.deduction": 2},
    passes={**EVALUATION, "indicators.deduction": 2, "indicators.deviation_reason": "台账不全，审计提出整改。"},
)
def deduction_without_reason(case: IndicatorCase) -> Values | None:
    """Points taken off are explained.

    查什么：填了扣减的指标，是否写明原因。
    为什么：达标的指标也可以扣分，但要说得出扣在哪里，否则看表的人不知道以哪个数为准。
    怎么改：在“偏差原因分析及改进措施”写明扣分的依据；不扣的，清空扣减。
    """
    deduction = case.indicator.deduction
    return {"deduction": plain(deduction)} if deduction and not case.indicator.deviation_reason else None


@indicator_rule(
    "XPF548",
    at="indicators.deduction",
    fires={**EVALUATION, "indicators.deduction": 40, "indicators.deviation_reason": "台账不全。"},
    passes={**EVALUATION, "indicators.deduction": 4, "indicators.deviation_reason": "台账不全。"},
)
def deduction_above_score(case: IndicatorCase) -> Values | None:
    """No more points are taken off than there are.

    查什么：扣减的分数是否小于0，或大于扣减前的得分。
    为什么：得分最低为0，多扣的分数不起作用；负的扣减等于加分。
    怎么改：填写0到扣减前得分之间的分数。
    """
    deduction = case.indicator.deduction
    if not deduction or "indicators.earned" not in case.computed:
        return None
    before = number(case.computed["indicators.earned"])
    return None if 0 <= deduction <= before else {"deduction": plain(deduction), "score": plain(before)}
