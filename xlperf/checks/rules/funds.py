"""What was paid, and will have been, of each source of funds (forms.md §2 and §3, the rows of money)."""

from __future__ import annotations

from decimal import Decimal

from xlperf.checks.rule import EVALUATION, MONITORING, project_rule
from xlperf.checks.rules.vocabulary import plain
from xlperf.checks.submission import ProjectCase, ProjectFaults, SlotRef
from xlperf.form.arithmetic import is_number, number
from xlperf.model.department import Funds


def _sources(case: ProjectCase) -> list[str]:
    """The sources of funds for which the project's form has a rate of execution."""
    return [key.removeprefix("rates.") for key in case.computed.single if key.startswith("rates.")]


def _amounts(case: ProjectCase, funds: Funds) -> dict[str, Decimal]:
    """The amounts that stand there, by those sources."""
    amounts = {source: getattr(funds, source) for source in _sources(case)}
    return {source: amount for source, amount in amounts.items() if amount is not None}


def _beside(case: ProjectCase, funds: Funds) -> Decimal:
    """What stands there of sources that the project's form has no row for: another form had."""
    others = (getattr(funds, source) for source in Funds.model_fields if source not in _sources(case))
    return sum(filter(None, others), Decimal(0))


@project_rule(
    "XPF513", fires={**MONITORING, "paid.fiscal_funds": 9}, passes={**MONITORING, "paid.fiscal_funds": Decimal(10)}
)
def sources_differ_from_months(case: ProjectCase) -> ProjectFaults:
    """What was paid of all sources is what was paid in all months.

    查什么：各资金来源的执行数之和，是否等于截至日各月支付之和。
    为什么：同一张表上两处的执行数不同，执行率就有两个。
    怎么改：核对各来源执行数和各月支付；退回的款项两处都要扣除。
    """
    amounts, paid = _amounts(case, case.project.paid), case.computed.single.get("progress.paid")
    total = sum(amounts.values())
    whole = (total, total + _beside(case, case.project.paid))
    if amounts and (is_number(paid) or not paid) and number(paid) not in whole:
        yield SlotRef(f"paid.{_sources(case)[0]}"), {"sum": plain(total), "paid": plain(number(paid))}


@project_rule(
    "XPF514", fires={**MONITORING, "paid.fiscal_funds": None}, passes={**MONITORING, "paid.fiscal_funds": Decimal(10)}
)
def paid_of_no_source(case: ProjectCase) -> ProjectFaults:
    """Where something was paid, it is said of which source.

    查什么：已有支付的项目，是否填写各资金来源的执行数。
    为什么：监控表和自评表按财政资金、其他资金分行列示，空着就看不出花的是哪笔钱。
    怎么改：按资金来源填写截至日的累计执行数，合计与各月支付一致。
    """
    sources, paid = _sources(case), case.computed.single.get("progress.paid")
    if sources and number(paid) and not _amounts(case, case.project.paid):
        yield SlotRef(f"paid.{sources[0]}"), {"paid": plain(number(paid))}


@project_rule(
    "XPF515",
    fires={**MONITORING, "expected.fiscal_funds": 21},
    passes={**MONITORING, "expected.fiscal_funds": 20},
)
def expected_above_budget(case: ProjectCase) -> ProjectFaults:
    """No more is expected to be paid in the year than the budget.

    查什么：全年预计执行数合计是否超过执行预算（有调整的按调整后预算）。
    为什么：预计超支却不调整预算，年底执行率必然超过100%，通不过审核。
    怎么改：核对预计数；确需追加的，先办预算调整，再填写调整后预算数。
    """
    expected, budget = _amounts(case, case.project.expected), case.project.budget.current
    total = sum(expected.values())
    if expected and budget is not None and total > budget:
        yield SlotRef(f"expected.{next(iter(expected))}"), {"expected": plain(total), "budget": plain(budget)}


@project_rule(
    "XPF516",
    fires={**MONITORING, "expected.fiscal_funds": 9},
    passes={**MONITORING, "expected.fiscal_funds": 10},
)
def expected_below_paid(case: ProjectCase) -> ProjectFaults:
    """No less is expected to be paid in the year than is paid already.

    查什么：各资金来源的全年预计执行数，是否小于已经执行的数。
    为什么：已经付出去的钱不会变少，多半是把下半年的预计数当成了全年的。
    怎么改：填写从年初到年底的预计执行数。
    """
    expected, paid = _amounts(case, case.project.expected), _amounts(case, case.project.paid)
    for source, amount in expected.items():
        if source in paid and amount < paid[source]:
            yield SlotRef(f"expected.{source}"), {"expected": plain(amount), "paid": plain(paid[source])}


@project_rule(
    "XPF517",
    fires={**EVALUATION, "budget.adjusted": 22, "budget.adjusted_funds.fiscal_funds": 21},
    passes={**EVALUATION, "budget.adjusted": 22, "budget.adjusted_funds.fiscal_funds": 22, "paid.fiscal_funds": 20},
)
def adjusted_sources_do_not_add_up(case: ProjectCase) -> ProjectFaults:
    """The adjusted budgets of all sources make the adjusted budget.

    查什么：各资金来源的调整后预算之和，是否等于项目的调整后预算；没有调整的来源按年初数。
    为什么：合计与明细对不上的表会被直接退回。
    怎么改：预算调整涉及哪个来源，就同时改合计和那个来源的数。
    """
    adjusted, budget = _amounts(case, case.project.budget.adjusted_funds), case.project.budget.current
    current = [case.computed.single.get(f"current.{source}") for source in _sources(case)]
    sums = (sum(map(number, current), Decimal(0)), sum(adjusted.values()))  # funds carried over may be part of another
    beside = _beside(case, case.project.budget.adjusted_funds)
    if adjusted and budget not in (*sums, *(each + beside for each in sums)):
        budget_said = "（空）" if budget is None else plain(budget)
        yield SlotRef("budget.adjusted"), {"sum": plain(sums[0]), "budget": budget_said}


@project_rule(
    "XPF518",
    fires={**EVALUATION, "paid.fiscal_funds": 18, "paid.other_funds": 2},
    passes={
        **EVALUATION,
        "paid.fiscal_funds": 18,
        "paid.other_funds": 2,
        "budget.adjusted_funds.fiscal_funds": 18,
        "budget.adjusted_funds.other_funds": 2,
    },
)
def source_paid_above_budget(case: ProjectCase) -> ProjectFaults:
    """No more is paid of a source than its budget.

    查什么：每个资金来源的执行数是否超过它的预算（有调整的按调整后）；没有预算的来源也不应有执行数。
    为什么：系统不接受任何一行执行率超过100%，一个来源的结余也不能抵另一个来源的超支。
    怎么改：核对执行数属于哪个来源；预算在来源之间调整过的，填写各来源的调整后预算数。
    """
    budgets = {source: case.computed.single.get(f"current.{source}") for source in _sources(case)}
    if not any(map(is_number, budgets.values())):  # the plan did not tell the sources
        return
    for source, amount in _amounts(case, case.project.paid).items():
        if amount > number(budgets[source]):
            yield SlotRef(f"paid.{source}"), {"paid": plain(amount), "budget": plain(number(budgets[source]))}


@project_rule(
    "XPF519", fires={**EVALUATION, "attained": None}, passes={**EVALUATION, "attained": "全年办结案件4210件。"}
)
def attainment_missing(case: ProjectCase) -> ProjectFaults:
    """What was attained of the objective is said.

    查什么：年度总体目标的完成情况是否填写。
    为什么：监控表和自评表都要对照目标写完成情况，空着等于没有评价。
    怎么改：对照年度总体目标，逐条写明完成到什么程度。
    """
    if _sources(case) and not case.project.attained:
        yield SlotRef("attained"), {}


@project_rule(
    "XPF554", fires={**MONITORING, "expected.fiscal_funds": -1}, passes={**MONITORING, "expected.fiscal_funds": 10}
)
def source_below_zero(case: ProjectCase) -> ProjectFaults:
    """No source has a budget, or an amount expected to be paid, below 0.

    查什么：各来源的调整后预算数、全年预计执行数是否为负数。
    为什么：一个来源的负数会抵掉另一个来源的数，合计看着相符，各来源的执行率却全错。
    怎么改：填调整后的全年数，不填增减额；调减到没有的填0。
    """
    for field, funds in (
        ("budget.adjusted_funds", case.project.budget.adjusted_funds),
        ("expected", case.project.expected),
    ):
        for source, amount in _amounts(case, funds).items():
            if amount < 0:
                yield SlotRef(f"{field}.{source}"), {"amount": plain(amount)}
