"""What published self-evaluations contradict themselves in (forms.md §8), and points beside unspent money (§7)."""

from __future__ import annotations

import re
from decimal import Decimal

from xlperf.checks.rule import EVALUATION, Typed, indicator_rule, project_rule
from xlperf.checks.rules.scores import CLOSE, by_the_rule, stated_score
from xlperf.checks.rules.vocabulary import RATES, percent, plain
from xlperf.checks.submission import IndicatorCase, ProjectCase, ProjectFaults, SlotRef, Values
from xlperf.form.arithmetic import is_number, number
from xlperf.measure.statuses import RED, YELLOW
from xlperf.model.text import squeeze

ON_PAYMENTS = re.compile(r"(?:预算|资金|经费)?(?:执行率|支付率|支出率)|(?:资金|经费|款项)(?:支付|支出|拨付)")
NOT_ON_AMOUNTS = re.compile("及时|准确|合规|规范|控制|满意")
TENTH = Decimal("0.001")  # of a per cent, as a share
HALF_PAID: Typed = {**{f"payments.amount#{month}": None for month in range(7, 13)}, "paid.fiscal_funds": 10}
EXPLAINED: Typed = {"deviation_reason": "设备到货延迟。"}


@project_rule(
    "XPF520",
    fires={**EVALUATION, **HALF_PAID, **EXPLAINED},
    passes={**EVALUATION, **EXPLAINED},
)
def full_points_beside_unspent_money(case: ProjectCase) -> ProjectFaults:
    """Points for indicators far above those for execution are looked at twice.

    查什么：“自评预警”是否为红灯或黄灯：指标得分率高出执行得分率太多，或较多预算没有支出；界限由规则包定。
    为什么：钱没花完，指标却几乎满分，财政部门的系统会预警并要求复核。
    怎么改：核对指标完成值是否属实，或说明少花钱也能完成目标的原因。
    """
    light = case.computed.single.get("alert")
    if light not in (RED, YELLOW):
        return
    subtotal, points = (number(case.computed.single.get(key)) for key in ("score_subtotal", "rate_score"))
    cap = Decimal(case.submission.pack.execution.cap)
    rate = case.computed.single.get("progress.rate")
    yield (
        SlotRef("alert"),
        {
            "light": light,
            "indicators": _part(subtotal, 100 - cap),
            "execution": _part(points, cap),
            "rate": percent(Decimal(rate).quantize(TENTH)) if is_number(rate) else "—",
        },
    )


def _part(points: Decimal, full: Decimal) -> str:
    return percent((points / full).quantize(TENTH)) if full else "—"


@project_rule(
    "XPF553",
    fires={**EVALUATION, "=rate_score": 9},
    passes={**EVALUATION, "=rate_score": 10},
)
def execution_score_not_by_the_rule(case: ProjectCase) -> ProjectFaults:
    """Score audit of budget execution: the points as stated against those by the rule pack.

    查什么：自评表上预算执行率的得分，与按所选规则包重算的是否一致；两个数都列出。
    为什么：执行率不到100%而得满分，是公布的自评表里常见的错误。
    怎么改：恢复得分公式，不要手填。
    """
    stated, score = (answers.single.get("rate_score") for answers in (case.stated, case.expected))
    if case.is_of_period and is_number(stated) and case.expected.single and abs(number(stated) - number(score)) > CLOSE:
        pack = case.submission.pack
        values = {"said": plain(stated), "score": plain(score) if is_number(score) else "—"}
        yield SlotRef("rate_score"), {**values, "pack": (pack.zh, pack.en)}


@indicator_rule(
    "XPF550",
    at="indicators.score",
    fires={**EVALUATION, "indicators.actual": None, "=indicators.score": 25},
    passes={**EVALUATION, "indicators.actual": None},
)
def points_for_nothing(case: IndicatorCase) -> Values | None:
    """Points are given for a result that can be held against a target.

    查什么：没有实际完成值、没有指标值或无法比较的指标，表上是否仍有得分。
    为什么：没有完成值就没有得分的依据，公开后一眼就能看出来。
    怎么改：恢复得分公式，补齐指标值和实际完成值。
    """
    stated = stated_score(case)
    baseless = stated and case.project_case.expected.bands and by_the_rule(case) is None
    return {"said": plain(stated)} if stated and baseless else None


@indicator_rule(
    "XPF551",
    at="indicators.deviation_reason",
    fires={**EVALUATION, "=indicators.score": 20},
    passes={**EVALUATION, "=indicators.score": 20, "indicators.deviation_reason": "台账不全，审计提出整改。"},
)
def points_taken_off_without_reason(case: IndicatorCase) -> Values | None:
    """Where a met target has fewer points than its weight, the sheet says why.

    查什么：按规则应得满分、表上得分却低于分值的指标，是否写明原因。
    为什么：目标完成了还扣分，不说明原因，看表的人不知道以哪个为准。
    怎么改：恢复得分公式；确要扣分的，在“扣减”填写分数，并写明原因。
    """
    stated, weight = stated_score(case), case.indicator.weight
    if stated is None or weight is None or case.indicator.deviation_reason or not case.project_case.is_of_period:
        return None
    taken_off = stated < weight - CLOSE and by_the_rule(case) == weight
    return {"said": plain(stated), "weight": plain(weight)} if taken_off else None


@indicator_rule(
    "XPF552",
    at="indicators.actual",
    fires={**EVALUATION, "indicators.name#2": "资金支付完成率", "indicators.actual#2": 98, **HALF_PAID},
    passes={**EVALUATION, "indicators.name#2": "资金支付完成率", "indicators.actual#2": 100},
)
def payment_rate_contradicts_payments(case: IndicatorCase) -> Values | None:
    """An indicator about payments says what the payments say.

    查什么：自评时，名称为预算执行率、资金支付率一类、以 % 计的指标，完成值与表上的预算执行率是否相差1个百分点以上。
    为什么：同一张表上，指标写支付100%，资金栏的执行率却不到，两者必有一错。
    怎么改：核对完成值和各月支付；指标另有口径的，在名称中写明。
    """
    rate, actual = case.project_case.computed.single.get("progress.rate"), case.indicator.actual
    name = squeeze(case.indicator.name)
    is_such = ON_PAYMENTS.search(name) and not NOT_ON_AMOUNTS.search(name) and squeeze(case.target.unit) in RATES
    if not is_such or not case.project_case.is_evaluation or not is_number(rate) or not is_number(actual):
        return None
    differs = abs(number(actual) - number(rate) * 100) > 1
    return {"actual": plain(actual), "rate": percent(Decimal(rate).quantize(TENTH))} if differs else None
