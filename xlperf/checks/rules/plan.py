"""The cumulative spend plan at its four checkpoints (domain.md §8, Plan)."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from xlperf.checks.rule import project_rule
from xlperf.checks.rules.vocabulary import percent
from xlperf.checks.submission import ProjectCase, ProjectFaults, SlotRef
from xlperf.measure import CHECKPOINTS, MONTHS

SLOW = Decimal("0.2")  # of the budget, behind an even spread over the year
LAST = len(CHECKPOINTS) - 1


def _slot(index: int) -> SlotRef:
    return SlotRef(f"shares.{index}")


def _planned(case: ProjectCase) -> list[tuple[int, Decimal]]:
    """The checkpoints with a planned share: index and share."""
    return [(i, share) for i, share in enumerate(case.project.spend_plan.shares) if share is not None]


def _standing(case: ProjectCase) -> list[Decimal]:
    """The share planned at each checkpoint: a blank one keeps the last that is filled, 0 before any is."""
    standing = [Decimal(0)]
    for share in case.project.spend_plan.shares:
        standing.append(standing[-1] if share is None else share)
    return standing[1:]


@project_rule("XPF441", fires={"shares.3": Decimal("0.9")}, passes={"shares.3": Decimal(1)})
def plan_not_complete(case: ProjectCase) -> ProjectFaults:
    """By the end of December all of the budget is planned to be spent.

    查什么：12月底的累计支出计划是否为100%。
    为什么：计划是累计数，年底应花完全部预算；不足100%说明预算编多了或计划漏填。
    怎么改：12月底填100%；确有结转的，调减预算而不是调低计划。
    """
    share = case.project.spend_plan.shares[LAST]
    if share is not None and share != 1:
        yield _slot(LAST), {"share": percent(share)}


@project_rule(
    "XPF442",
    fires={"shares.1": Decimal("0.5"), "shares.2": Decimal("0.4")},
    passes={"shares.1": Decimal("0.5"), "shares.2": Decimal("0.5")},
)
def plan_falls(case: ProjectCase) -> ProjectFaults:
    """A cumulative plan never falls.

    查什么：后一个节点的累计比例是否小于前一个节点。
    为什么：累计数只增不减；变小通常是把当期比例当成了累计比例。
    怎么改：填从年初到该月底的累计比例。
    """
    planned = _planned(case)
    for (before, earlier), (index, share) in pairwise(planned):
        if share < earlier:
            yield (
                _slot(index),
                {
                    "month": CHECKPOINTS[index],
                    "share": percent(share),
                    "earlier_month": CHECKPOINTS[before],
                    "earlier": percent(earlier),
                },
            )


@project_rule("XPF443", fires={"shares.2": 120}, passes={"shares.2": Decimal("0.7")})
def plan_out_of_range(case: ProjectCase) -> ProjectFaults:
    """A planned share lies between 0 and 100 %.

    查什么：计划比例是否在0到100%之间。
    为什么：超出范围的计划无法计算计划完成率。
    怎么改：填0%到100%之间的累计比例。
    """
    for index, share in _planned(case):
        if not 0 <= share <= 1:
            yield _slot(index), {"month": CHECKPOINTS[index], "share": percent(share)}


@project_rule("XPF444", fires={"shares.0": None}, passes={"shares.0": Decimal(0)})
def checkpoint_blank(case: ProjectCase) -> ProjectFaults:
    """A checkpoint of the plan is left blank.

    查什么：某个节点的支出计划是否空着；文本的表式没有的节点不查。
    为什么：空着可以理解为尚未安排，也可以理解为漏填，评审时会被问到。
    怎么改：尚未安排支出的，填0%；漏填的补上。
    """
    shares = case.project.spend_plan.shares
    for index, share in enumerate(shares):
        if share is None and any(other is not None for other in shares) and case.asks(_slot(index).key):
            yield _slot(index), {"month": CHECKPOINTS[index]}


@project_rule(
    "XPF445",
    fires={"shares.0": Decimal(0), "shares.1": Decimal("0.1"), "shares.2": Decimal("0.3")},
    passes={"shares.0": Decimal("0.1"), "shares.1": Decimal("0.3"), "shares.2": Decimal("0.65")},
)
def plan_behind_the_calendar(case: ProjectCase) -> ProjectFaults:
    """A plan more than 20 percentage points behind the calendar invites a rush in December.

    查什么：各节点的累计计划是否比序时进度（已过月数÷12）低20个百分点以上；
    未填的节点沿用前一个已填的，此前都未填的按尚未安排看待。
    为什么：支出堆到年底是财政部门重点关注的问题。
    怎么改：能提前的采购和支付提前安排；确实集中在年底的（如一次性购置），在用途中说明。
    """
    if case.project.spend_plan.shares[LAST] is None:
        return
    standing = _standing(case)
    gaps = [
        (Decimal(month) / MONTHS - share, i)
        for i, (month, share) in enumerate(zip(CHECKPOINTS, standing, strict=True))
        if case.asks(_slot(i).key)
    ]
    gap, index = max(gaps, default=(Decimal(0), LAST))
    if gap > SLOW:
        points = (gap * 100).quantize(Decimal(1))
        yield _slot(index), {"month": CHECKPOINTS[index], "share": percent(standing[index]), "points": points}


@project_rule(
    "XPF446",
    fires={"shares.0": None, "shares.1": None, "shares.2": None, "shares.3": None},
    passes={"shares.0": Decimal(0), "shares.1": Decimal(0), "shares.2": Decimal("0.6"), "shares.3": Decimal(1)},
)
def plan_missing(case: ProjectCase) -> ProjectFaults:
    """A project has a spend plan.

    查什么：四个节点的支出计划是否全部空着；文本的表式没有支出计划的不查。
    为什么：没有计划就没有计划完成率，支出快慢无从判断。
    怎么改：至少填写12月底100%，并按实际安排填写前三个节点。
    """
    asked = any(case.asks(_slot(index).key) for index in range(len(CHECKPOINTS)))
    if asked and case.project.budget.initial and not _planned(case):
        yield _slot(0), {}
