"""The whole run in one sentence, and the projects that need somebody first, each with its reason."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Sequence
from decimal import Decimal
from heapq import nsmallest

from xlperf.consolidate.columns import FILES
from xlperf.consolidate.consolidation import Consolidation
from xlperf.consolidate.records import ProjectRecord
from xlperf.consolidate.totals import COUNTED_WORDS
from xlperf.form import Cell
from xlperf.form.arithmetic import number
from xlperf.form.titles import short_name
from xlperf.measure.statuses import BEHIND, OVERSPENT, RED, SERIOUSLY_BEHIND
from xlperf.model import Period
from xlperf.model.text import clean
from xlperf.report.summary.head import dates

URGENT = (OVERSPENT, SERIOUSLY_BEHIND, BEHIND)  # the worst first
MOST_URGENT = 3
MOST_NAMED = 3  # names of one group


def sentence(consolidation: Consolidation) -> str:
    """What the counted projects come to, and who stands out."""
    totals = consolidation.totals
    if consolidation.period is Period.PLAN:
        counts = f"{totals.projects}个项目，预算{_money(totals.budget)}，绩效指标{totals.indicators}项"
    else:
        counts = f"{totals.projects}个项目支付{_money(totals.paid)}，执行率{_percent(totals.execution_rate)}"
    if consolidation.period is Period.SELF_EVALUATION:
        of_grade = totals.words["grade"]
        grades = [f"{word}{of_grade[word]}个" for word in COUNTED_WORDS["grade"] if word in of_grade]
        counts += f"，等级{'、'.join(grades)}" if grades else ""
    counted = [each for each in consolidation.projects if each.is_counted]
    groups = [
        *(
            (word, [each.name for each in counted if each.light == word])
            for word in (SERIOUSLY_BEHIND, OVERSPENT)
            if consolidation.period is not Period.PLAN
        ),
        ("金额存疑、单列", [each.name for each in consolidation.doubtful]),
        ("重复报送", [each.name for each in consolidation.repeated]),
        ("未报", [name or code for code, name in consolidation.missing]),
        ("已报、未能读取", [each.name or each.place for each in consolidation.unread]),
    ]
    said = [f"{word}{len(names)}个：{_some(names)}" for word, names in groups if names]
    text = "；".join(["，".join(filter(None, (_until(consolidation), counts))), *said]) + "。"
    return clean(" ".join(text.split("\n")))  # names of files may hold anything


def urgent_projects(consolidation: Consolidation) -> list[tuple[ProjectRecord, str]]:
    """The most urgent of the counted projects with their reasons, the most urgent first."""
    behind = (each for each in consolidation.projects if each.is_counted and _rank(each) < len(URGENT) + 1)
    return [(each, _reason(each)) for each in nsmallest(MOST_URGENT, behind, key=_urgency)]


def _rank(project: ProjectRecord) -> int:
    """The place among URGENT; behind it what is behind by the calendar alone, and all others."""
    if project.light in URGENT:
        return URGENT.index(project.light)
    return len(URGENT) + (project.official_light != RED)


def _urgency(project: ProjectRecord) -> tuple[int, Decimal, int]:
    """Of those over their budget the one furthest over it comes first, of others the one furthest behind."""
    beyond = number(project.paid) - number(project.budget if project.light == OVERSPENT else project.planned)
    if project.light not in URGENT:
        beyond = number(project.paid) - number(project.due)
    return _rank(project), -beyond if project.light == OVERSPENT else beyond, project.ordinal


def _reason(project: ProjectRecord) -> str:
    if project.light == OVERSPENT:
        what = f"支付{_money(project.paid)}，超过执行预算{_money(project.budget)}"
    elif project.light in URGENT:
        short = _money(-number(project.gap))
        what = f"执行率{_percent(project.rate)}，计划应达{_percent(project.plan)}，少付{short}"
    else:
        return f"{RED}（按序时）：执行率{_percent(project.rate)}；按计划：{project.light}；{_given(project)}"
    return f"{project.light}：{what}；{_given(project)}"


def _given(project: ProjectRecord) -> str:
    return f"填报的原因：{project.deviation_reason or '未填写'}"


def _until(consolidation: Consolidation) -> str:
    """By when: to the month where that is over."""
    days = dates(consolidation)
    if len(days) != 1 or consolidation.period is Period.PLAN:
        return "" if consolidation.period is Period.PLAN or not days else f"截止日期不一（见“{FILES.title}”）"
    return f"截至{_day(days[0])}"


def _day(day: dt.date) -> str:
    is_last = day.day == monthrange(day.year, day.month)[1]
    return f"{day.month}月底" if is_last else f"{day.month}月{day.day}日"


def _money(amount: Cell) -> str:
    return f"{number(amount):,.2f}万元"


def _percent(share: Cell) -> str:
    return f"{number(share):.1%}" if isinstance(share, Decimal) else "—"


def _some(names: Sequence[str]) -> str:
    shown: Iterable[str] = (short_name(name) or "（未填写项目名称）" for name in names[:MOST_NAMED])
    return "、".join(shown) + ("等" if len(names) > MOST_NAMED else "")
