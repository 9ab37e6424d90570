"""Payments compared with budget, plan and calendar, and deviations that need a reason (domain.md §5, §8 Execution)."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from xlperf.checks.rule import MONITORING, Typed, project_rule
from xlperf.checks.rules.vocabulary import percent, plain
from xlperf.checks.submission import ProjectCase, ProjectFaults, SlotRef
from xlperf.form.arithmetic import is_number, number
from xlperf.measure import months_elapsed
from xlperf.measure.statuses import OWED
from xlperf.model import Settings
from xlperf.model.department import Period

LOW_EXECUTION = Decimal("0.9")
PRECISION = Decimal("0.001")  # a tenth of a per cent
YEAR_END: Typed = {"period": Period.SELF_EVALUATION.value, "as_of": "2026-12-31"}
HALF_PAID: Typed = {"payments.amount#1": 0, "payments.amount#2": 0, "payments.amount#3": 0, "paid.fiscal_funds": 4}
THE_OTHER: Typed = {"2!payments.amount#12": Decimal(5)}


def _settings(case: ProjectCase) -> Settings | None:
    return case.submission.settings


@project_rule(
    "XPF501",
    fires={"payments.amount#1": Decimal("20.5")},
    passes={"payments.amount#1": Decimal(5)},
)
def paid_above_budget(case: ProjectCase) -> ProjectFaults:
    """No more is paid than the budget.

    查什么：全年支付合计是否超过执行预算（有调整的按调整后预算）。
    为什么：超预算支出不合规，执行率超过100%也通不过审核。
    怎么改：核对支付数和单位；预算已调整的，填写调整后预算。
    """
    paid, budget = case.computed.single.get("paid_in_year"), case.project.budget.current
    if is_number(paid) and budget is not None and paid > budget:
        yield SlotRef("payments.amount", _last_paid(case)), {"paid": plain(paid), "budget": plain(budget)}


def _last_paid(case: ProjectCase) -> int:
    return max((month for month, amount in enumerate(case.project.payments) if amount is not None), default=0)


@project_rule(
    "XPF503",
    fires={**YEAR_END, "payments.amount#12": None, **THE_OTHER},
    passes={**YEAR_END, "payments.amount#12": Decimal(5), **THE_OTHER},
)
def execution_low_without_reason(case: ProjectCase) -> ProjectFaults:
    """An execution rate below 90 % at the year's end is explained.

    查什么：绩效自评时预算执行率低于90%的，是否写明支出偏差原因。
    为什么：自评表要求说明原因和改进措施，没有说明会被退回。
    怎么改：在“支出偏差原因”写明原因和下一步措施。
    """
    rate = case.computed.single.get("progress.rate")
    if not case.is_evaluation or _owes(case) or not is_number(rate):  # XPF512 reports what is owed
        return
    if rate < LOW_EXECUTION and not case.project.deviation_reason:
        yield SlotRef("deviation_reason"), {"rate": percent(Decimal(rate).quantize(PRECISION, ROUND_DOWN))}


@project_rule(
    "XPF504",
    fires={f"payments.amount#{month}": None for month in range(3, 11)},
    passes={
        **{f"payments.amount#{month}": None for month in range(3, 11)},
        "deviation_reason": "设备到货延迟，11月底前付清。",
    },
)
def light_without_reason(case: ProjectCase) -> ProjectFaults:
    """A light that asks for a reason on the form of the whole year is explained.

    查什么：运行监控时预警为 滞后、严重滞后 或 超支 的，是否写明支出偏差原因。
    为什么：监控就是为了发现偏差并说明怎么纠正。
    怎么改：在“支出偏差原因”写明原因、措施和预计完成时间。
    """
    light = case.computed.single.get("progress.light")
    wanted = light in case.submission.pack.explained and not case.is_evaluation and not case.is_of_period
    if wanted and not case.project.deviation_reason:
        yield SlotRef("deviation_reason"), {"light": light}


def _owes(case: ProjectCase) -> bool:
    return case.computed.single.get("progress.reason_owed") == OWED


@project_rule(
    "XPF512",
    fires={**MONITORING, **HALF_PAID},
    passes={**MONITORING, **HALF_PAID, "deviation_reason": "设备到货延迟，9月底前付清。"},
)
def owed_reason_missing(case: ProjectCase) -> ProjectFaults:
    """Where the rule pack wants a reason for a light of money, it is given.

    查什么：“支出偏差原因”显示“需说明”的，是否写明原因；哪种预警要说明由规则包定，默认为官方预警的红灯、黄灯。
    为什么：监控和自评就是为了发现偏差并说明怎么纠正，没有说明的会被退回。
    怎么改：写明原因、措施和预计完成时间。
    """
    if _owes(case) and not case.project.deviation_reason:
        lights = case.computed.single
        values = {"official": lights["progress.official_light"], "light": lights["progress.light"]}
        yield SlotRef("deviation_reason"), values


@project_rule(
    "XPF505",
    fires={"payments.amount#11": Decimal("0.5")},
    passes={"payments.amount#10": Decimal("0.5")},
)
def paid_after_the_date(case: ProjectCase) -> ProjectFaults:
    """Nothing is paid in months after the as-of date.

    查什么：截止日期之后的月份是否已有支付数。
    为什么：这些支付不计入截止日的进度，可能是截止日期没有更新，也可能填错了月份。
    怎么改：更新“参数”表的截止日期，或核对月份。
    """
    settings = _settings(case)
    months = months_elapsed(settings.as_of, case.submission.department.year) if settings else None
    if not settings or case.is_plan or not isinstance(months, int):
        return
    for month, amount in enumerate(case.project.payments):
        if amount and month >= months:
            yield (
                SlotRef("payments.amount", month),
                {"month": month + 1, "as_of": settings.as_of, "amount": plain(amount)},
            )


@project_rule(
    "XPF506",
    fires={"payments.amount#1": Decimal(-1)},
    passes={"payments.amount#2": Decimal(-1)},
)
def paid_below_zero(case: ProjectCase) -> ProjectFaults:
    """Refunds never exceed what was paid before.

    查什么：累计支付数是否为负。
    为什么：退回的款项不会多于已经付出的款项。
    怎么改：核对正负号和月份；退回上年款项的，不在本表反映。
    """
    total = Decimal(0)
    for month, amount in enumerate(case.project.payments):
        total += amount or 0
        if total < 0:
            yield SlotRef("payments.amount", month), {"month": month + 1, "total": plain(total)}
            return


@project_rule(
    "XPF507",
    fires={f"payments.amount#{month}": None for month in range(1, 11)},
    passes={f"payments.amount#{month}": None for month in range(2, 11)},
)
def nothing_paid(case: ProjectCase) -> ProjectFaults:
    """A returned sheet says what was paid, be it 0.

    查什么：各月支付数是否全部空着。
    为什么：空着分不清是没有支付还是忘了填写。
    怎么改：逐月填写支付数；至今确实没有支付的，在1月填0。
    """
    settings = _settings(case)
    months = months_elapsed(settings.as_of, case.submission.department.year) if settings else 0
    if months and not case.is_plan and all(amount is None for amount in case.project.payments):
        yield SlotRef("payments.amount", 0), {}


@project_rule(
    "XPF508",
    fires={"=paid_in_year": Decimal(99)},
    passes={"=paid_in_year": Decimal(15)},
)
def total_is_not_its_parts(case: ProjectCase) -> ProjectFaults:
    """A total on the sheet equals the sum of its parts.

    查什么：表上的支付合计、分值合计、得分合计是否等于各行之和。
    为什么：合计被改写或没有重新计算，送出去的数就前后不一。
    怎么改：在 Excel 或 WPS 中重新计算（F9）后保存；公式被改掉的，从空白表复制回来。
    """
    for key in ("paid_in_year", "weight_total", "score_subtotal"):
        stated, total = case.stated.single.get(key), case.expected.single.get(key)
        if total and not is_number(total):  # one row holds a word, which the reader may have read as a number
            total = case.computed.single.get(key)
        if case.expected.single and is_number(stated) and abs(number(stated) - number(total)) > Decimal("0.005"):
            yield SlotRef(key), {"said": plain(stated), "total": plain(number(total))}
