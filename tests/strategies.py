"""Any department: what people, other programs and bad luck may put into one."""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from xlperf.measure import PACKS
from xlperf.model import (
    Budget,
    BudgetUnit,
    Department,
    DeviationKind,
    Funds,
    Indicator,
    Likelihood,
    Operator,
    Period,
    PlanMethod,
    Project,
    ProjectReport,
    Report,
    Settings,
    SpendPlan,
    Target,
)

thorough = settings(
    max_examples=1_000 if os.environ.get("XLPERF_CI") == "1" else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

STATED = (Operator.GE, Operator.LE, Operator.GT, Operator.LT, Operator.EQ)
UNSTATED = (Operator.EQ, Operator.QUALITATIVE, Operator.NOT_APPLICABLE)

# Words that have broken spreadsheets, XML or importers before.
AWKWARD = (
    "=1+1", "+86 1234", "-5%", "@SUM(1)", "'quoted'", '"双引号"', "a\nb\n\nc", "第一行\r\n第二行", "<b>&amp;]]></b>",
    "_x000D_", "_x005F_x000D_", "_x", "😀👩‍⚖️", "《…<法释〔2023〕6号>…》", "2023年", "1.30e20", "00123", "TRUE", "#N/A",
    "2000万", "≥95%", "\u3000全角 空格\u00a0", "e\u0301", "١٢٣", "#DIV/0!", "xlperf form=project", "\ufeffBOM",
    "{@name}", "'",
)  # fmt: skip

words = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.sampled_from("审结案件数量质量时效，。（）《》%≥ \n=+-@'\"<>&_x0041"), max_size=30),
    st.text(max_size=20).filter(lambda text: "=DISPIMG(" not in text),  # what stands for a picture is no text
)
texts = st.one_of(st.just(""), words)

numbers = st.one_of(
    st.integers(-(10**9) + 1, 10**9 - 1).map(Decimal),
    st.integers(-(10**15) + 1, 10**15 - 1).map(lambda digits: Decimal(digits).scaleb(-6)),
    st.sampled_from(("0", "0.1", "0.3", "20", "1234567.89", "-0.000001", "999999999.999999")).map(Decimal),
)
shares = st.integers(0, 10**6).map(lambda digits: Decimal(digits).scaleb(-6))  # bare numbers above 1 mean percents

targets = st.one_of(
    st.builds(
        Target,
        operator=st.sampled_from(STATED),
        operator_stated=st.just(True),
        value=st.none() | numbers | words,
        unit=texts,
        raw=texts,
    ),
    st.builds(Target, operator=st.sampled_from(UNSTATED), value=st.none() | numbers | words, unit=texts, raw=texts),
)


def stands_on_the_sheet(indicator: Indicator) -> bool:
    """A row of which nothing would be seen is no row."""
    typed = indicator.model_dump(exclude={"target"})
    goal = indicator.target
    named = goal.operator_stated or goal.operator in (Operator.QUALITATIVE, Operator.NOT_APPLICABLE)
    return any(value not in (None, "") for value in (*typed.values(), goal.value, goal.unit)) or named


_report = {
    "actual": st.none() | numbers | words,
    "deviation_reason": texts,
    "likelihood": st.none() | st.sampled_from(Likelihood),
}
_indicator = {
    **_report,
    "level1": st.sampled_from(("产出指标", "效益指标", "满意度指标", "成本指标")) | texts,
    "level2": texts,
    "name": texts,
    "description": texts,
    "target": targets,
    "basis": texts,
    "weight": st.none() | numbers,
    "points": st.none() | numbers,
}
indicators = st.builds(Indicator, **_indicator).filter(stands_on_the_sheet)

amounts = st.none() | numbers

_project = {
    "number": st.integers(1, 9999),
    "code": texts | st.just("13080023P00024610002U"),
    "name": texts,
    "budget": st.builds(
        Budget, initial=amounts, adjusted=amounts, fiscal_funds=amounts, other_funds=amounts, carryover=amounts
    ),
    "purpose": texts,
    "spend_plan": st.builds(SpendPlan, shares=st.tuples(*[st.none() | shares] * 4)),
    "payments": st.tuples(*[amounts] * 12),
    "objectives": st.lists(texts, max_size=4).map(tuple),
    "indicators": st.one_of(st.lists(indicators, max_size=4), st.lists(indicators, max_size=20)).map(tuple),
    "deviation_reason": texts,
}
projects = st.builds(Project, **_project)

_department = {
    "unit": st.builds(BudgetUnit, code=texts, name=texts),
    "year": st.integers(2000, 2099),
    "overall_objective": texts,
    "sub_objectives": st.lists(texts, max_size=4).map(tuple),
    "safeguards": st.lists(texts, max_size=4).map(tuple),
    "projects": st.lists(projects, min_size=1, max_size=3).map(tuple),
}
departments = st.builds(Department, **_department)

# What the model holds besides: the answers that the wide form of edition 2026.1 does not ask.
_funds = dict.fromkeys(Funds.model_fields, amounts)
funds = st.builds(Funds, **_funds)
_more_of_report = {
    "expected": st.none() | numbers | words,
    "deviation_kinds": st.lists(st.sampled_from(DeviationKind), max_size=5).map(tuple),
    "remark": texts,
}
reports = st.builds(Report, **_report, **_more_of_report)
_project_report = {
    **dict.fromkeys(ProjectReport.model_fields, texts),
    "paid": funds,
    "expected": funds,
}
full_indicators = st.builds(
    Indicator,
    **_indicator,
    **_more_of_report,
    id=texts | st.sampled_from(("a1b2c3d4", "00000000")),
    deduction=amounts,
    interim=reports,
)
full_projects = st.builds(
    Project,
    **{
        **_project,
        **_project_report,
        "budget": st.builds(Budget, **_funds, initial=amounts, adjusted=amounts, adjusted_funds=funds),
        "indicators": st.lists(full_indicators, max_size=3).map(tuple),
        "interim": st.builds(ProjectReport, **_project_report),
    },
)
full_departments = st.builds(
    Department,
    **{
        **_department,
        "unit": st.builds(BudgetUnit, code=texts, name=texts, department=texts),
        "projects": st.lists(full_projects, min_size=1, max_size=3).map(tuple),
    },
)

parameters = st.builds(
    Settings,
    as_of=st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)),
    period=st.sampled_from(Period),
    pack=st.sampled_from(sorted(PACKS)),
    plan_method=st.sampled_from(PlanMethod),
    yellow=shares,
    green=shares,
    over_monitoring=shares,
    over_self_evaluation=shares,
)
