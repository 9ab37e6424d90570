"""Parameters that would improve results unduly: unreasonable thresholds, an as-of date far from the budget year."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from xlperf.checks.rule import Typed, department_rule
from xlperf.checks.rules.vocabulary import percent
from xlperf.checks.submission import DepartmentFaults, SlotRef, Submission
from xlperf.form import Answers, Cell, project_answers
from xlperf.form.results import parameter_values, results
from xlperf.form.settings import LIMITS, as_of_limits
from xlperf.model import Period, Settings
from xlperf.model.messages import FIELDS

LIGHT_LINES = ("yellow", "green")
LOW_LINES: Typed = {"yellow": Decimal("0.01"), "green": Decimal("0.02")}
LATE: Typed = {f"payments.amount#{month}": None for month in range(3, 11)}


@department_rule("XPF509", fires={**LOW_LINES, **LATE}, passes=LATE)
def threshold_buys_a_result(submission: Submission) -> DepartmentFaults:
    """A threshold beyond reason makes a light or a state another than the usual one would.

    查什么：“参数”表的滞后线、正常线、超额线是否超出合理范围或颠倒，而且项目的预警或指标的状态因此不同。
    为什么：把线调到接近零，什么进度都算“正常”，预警就失去了作用。
    怎么改：改回规定的线（默认滞后线60%、正常线80%，超额线15%和30%）；确有规定的，告知汇总人。
    """
    return _unsound(submission, changes=True)


@department_rule("XPF510", fires=LOW_LINES, passes={"yellow": Decimal("0.5"), "green": Decimal("0.7")})
def threshold_beyond_reason(submission: Submission) -> DepartmentFaults:
    """A threshold lies beyond reason, though nothing comes out otherwise by it.

    查什么：“参数”表的滞后线、正常线、超额线是否在合理范围之内，滞后线是否小于正常线。
    为什么：目前的结果没有受影响，以后填报时预警和状态会不对。
    怎么改：改回规定的线（默认滞后线60%、正常线80%，超额线15%和30%）。
    """
    return _unsound(submission, changes=False)


@department_rule("XPF511", fires={"as_of": "2024-10-31"}, passes={"as_of": "2027-01-31"})
def date_far_from_the_year(submission: Submission) -> DepartmentFaults:
    """The as-of date lies in the budget year or within three months of it.

    查什么：截止日期是否在预算年度之内，或前后三个月之内。
    为什么：日期差了年份，进度就统统按未开始或全年已过计算。
    怎么改：改正截止日期或预算年度；年份恰好多了四年的，是工作簿启用了“1904日期系统”，请在选项里关掉后重填日期。
    """
    year = submission.department.year
    if submission.settings is None:
        return
    first, last = as_of_limits(year)
    if not first <= submission.settings.as_of <= last:
        yield None, SlotRef("as_of"), {"date": submission.settings.as_of, "year": year}


@department_rule(
    "XPF536",
    fires={"form": Period.SELF_EVALUATION.value, "as_of": "2026-11-30"},
    passes={"form": Period.SELF_EVALUATION.value, "as_of": "2026-12-31"},
)
def date_of_another_period(submission: Submission) -> DepartmentFaults:
    """The as-of date fits what the form is filled in for.

    查什么：截止日期是否与填报类型相符：监控在年度之内且至少过完一个月，自评不早于12月31日，目标表不晚于年底。
    为什么：自评按年中的日期统计，全年执行数就缺了几个月；监控按年初的日期统计，进度都是未开始。
    怎么改：改正“参数”表的截止日期。
    """
    settings, year = submission.settings, submission.department.year
    if settings is None or not any(case.is_of_period for case in submission.project_cases()):
        return
    first, last = {
        Period.PLAN: (dt.date(year - 1, 10, 1), dt.date(year, 12, 31)),
        Period.MONITORING: (dt.date(year, 1, 31), dt.date(year, 12, 31)),
        Period.SELF_EVALUATION: (dt.date(year, 12, 31), dt.date(year + 1, 3, 31)),
    }[settings.period]
    if not first <= settings.as_of <= last:
        values = {"date": settings.as_of, "period": settings.period.value, "first": first, "last": last}
        yield None, SlotRef("as_of"), values


def _unsound(submission: Submission, *, changes: bool) -> DepartmentFaults:
    """The unreasonable thresholds: those that change some result, or with `changes` off those that change none."""
    settings = submission.settings
    if settings is None:
        return
    usual = Settings(as_of=settings.as_of)
    for keys in (LIGHT_LINES, ("over_monitoring",), ("over_self_evaluation",)):
        wrong = [key for key in keys if not LIMITS[key][0] <= getattr(settings, key) <= LIMITS[key][1]]
        if not wrong and keys == LIGHT_LINES and settings.yellow >= settings.green:
            wrong = ["yellow"]
        if not wrong:
            continue
        corrected = settings.model_copy(update={key: getattr(usual, key) for key in keys})
        count = _differing(submission, corrected)
        for key in wrong if changes is bool(count) else ():
            least, most = map(percent, LIMITS[key])
            values = {"field": FIELDS[key][0], "value": percent(getattr(settings, key)), "least": least, "most": most}
            yield None, SlotRef(key), {**values, **({"count": count} if changes else {})}


def _differing(submission: Submission, settings: Settings) -> int:
    """How many projects get another light or other states under these settings."""
    parameters = parameter_values(settings, submission.department, submission.rules)
    return sum(
        _verdict(results(case.form, project_answers(case.project, case.form), parameters)) != _verdict(case.computed)
        for case in submission.project_cases()
        if case.form
    )


def _verdict(computed: Answers) -> list[Cell]:
    return [computed.single.get("progress.light"), *computed.column("indicators.state")]
