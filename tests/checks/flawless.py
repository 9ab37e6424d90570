"""A department nobody can find fault with, in every period, and what comes back when something is typed over it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

from workbook.returning import check_returned
from zipped import packed, parts_of

from xlperf.checks.rule import Typed
from xlperf.form import EDITIONS, FIRST_EDITION, Answers, Cell, form_set_of, layout, project_answers, reckoned_by
from xlperf.measure import BLANK_PACK, DEFAULT_PACK
from xlperf.model import (
    Budget,
    BudgetUnit,
    Department,
    Finding,
    Funds,
    Indicator,
    Likelihood,
    Operator,
    Project,
    Settings,
    SpendPlan,
    Target,
)
from xlperf.model.department import NO_PAYMENTS, Period
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import department_bytes

SETTINGS = Settings(as_of=dt.date(2026, 10, 31), pack=BLANK_PACK.key)
PAID = ("2", "2", "2", "1", "1", "2", "1", "1", "1", "2", None, None)


def _indicator(
    levels: str, words: str, target: Target, weight: int, actual: object, points: object = None
) -> Indicator:
    level1, level2 = levels.split("/")
    name, description, basis = words.split("/")
    return Indicator(
        level1=level1,
        level2=level2,
        name=name,
        description=description,
        target=target,
        basis=basis,
        weight=weight,
        actual=actual,
        points=points,
    )


def _at_least(value: int, unit: str) -> Target:
    return Target(operator=Operator.GE, operator_stated=True, value=value, unit=unit)


def _project(number: int, code: str, name: str, indicators: tuple[Indicator, ...]) -> Project:
    return Project(
        number=number,
        code=code,
        name=name,
        budget=Budget(initial=Decimal(20), fiscal_funds=Decimal(20)),
        purpose="司法送达、鉴定评估和人民陪审员补助",
        spend_plan=SpendPlan(shares=tuple(map(Decimal, ("0.2", "0.5", "0.7", "1")))),
        payments=tuple(None if amount is None else Decimal(amount) for amount in PAID),
        objectives=("全年办结案件4200件，当事人满意。",),
        indicators=indicators,
    )


QUALITY = Target(operator=Operator.QUALITATIVE, value="2026年9月底前建立回访制度")
FLAWLESS = Department(
    unit=BudgetUnit(code="366001", name="示范市清河区人民法院"),
    year=2026,
    overall_objective="依法履职，全年安排项目资金40万元。",
    sub_objectives=("办案业务经费。保障办案。", "公务运转经费。保障运转。"),
    safeguards=("完善制度建设",),
    projects=(
        _project(
            1,
            "99030026P00041810002W",
            "办案业务经费",
            (
                _indicator(
                    "产出指标/数量指标",
                    "办结案件数/全年审结和执结的案件合计/收结案台账",
                    _at_least(4200, "件"),
                    25,
                    4210,
                ),
                _indicator(
                    "产出指标/质量指标", "审限内结案率/审限内结案数÷结案总数/历史数据", _at_least(98, "%"), 25, 99
                ),
                _indicator("效益指标/社会效益指标", "判后回访/回访制度的建立和执行/工作计划", QUALITY, 30, "达成", 28),
                _indicator(
                    "满意度指标/服务对象满意度指标", "当事人满意度/满意的当事人占比/问卷", _at_least(90, "%"), 10, 92
                ),
            ),
        ),
        _project(
            2,
            "99030026P00041910002J",
            "公务运转经费",
            (
                _indicator("产出指标/数量指标", "保障办公天数/正常办公的天数/工作计划", _at_least(240, "天"), 25, 250),
                _indicator("产出指标/时效指标", "报修及时率/当日修复数÷报修数/历史数据", _at_least(95, "%"), 25, 97),
                _indicator(
                    "效益指标/生态效益指标",
                    "人均用电下降率/比上年下降的比例/节能通知",
                    _at_least(2, "%"),
                    30,
                    Decimal("2.1"),
                ),
                _indicator(
                    "满意度指标/服务对象满意度指标", "干警满意度/满意的干警占比/问卷", _at_least(90, "%"), 10, 91
                ),
            ),
        ),
    ),
)

INPUTS = {"actual": None, "points": None}
HALF_YEAR = {4210: Decimal(2150), 250: Decimal(124)}


def _of_period(period: Period) -> Department:
    """The department as it is filled in for this period."""
    return FLAWLESS.model_copy(update={"projects": tuple(_filled(project, period) for project in FLAWLESS.projects)})


def _filled(project: Project, period: Period) -> Project:
    indicators = project.indicators
    if period is Period.PLAN:
        filled = {"indicators": [each.model_copy(update=INPUTS) for each in indicators], "payments": NO_PAYMENTS}
    elif period is Period.MONITORING:
        filled = {
            "indicators": [
                each.model_copy(
                    update={
                        "actual": HALF_YEAR.get(each.actual, each.actual),
                        "expected": each.actual,
                        "likelihood": Likelihood.CERTAIN,
                        "points": None,
                    }
                )
                for each in indicators
            ],
            "payments": (*project.payments[:6], *[None] * 6),
            "paid": Funds(fiscal_funds=Decimal(10)),
            "expected": Funds(fiscal_funds=Decimal(20)),
            "attained": "上半年办结案件2150件。",
        }
    else:
        weights = map(Decimal, ("33.33", "16.67", "30", "10"))
        filled = {
            "indicators": [
                each.model_copy(update={"weight": weight}) for each, weight in zip(indicators, weights, strict=True)
            ],
            "payments": (*project.payments[:10], Decimal(3), Decimal(2)),
            "paid": Funds(fiscal_funds=Decimal(20)),
            "attained": "全年办结案件4210件。",
        }
    return project.model_copy(update={**filled, "indicators": tuple(filled["indicators"])})


IN_PERIOD = {
    Period.PLAN: (_of_period(Period.PLAN), dt.date(2026, 1, 1)),
    Period.MONITORING: (_of_period(Period.MONITORING), dt.date(2026, 6, 30)),
    Period.SELF_EVALUATION: (_of_period(Period.SELF_EVALUATION), dt.date(2026, 12, 31)),
}
"""The department filled in for each period, and the day until which."""

KEY = re.compile(r"(?P<stated>=)?(?:(?P<project>\d)!)?(?P<key>[\w.*]+)(?:#(?P<row>\d+))?")
LISTS = ("overall_objective", "sub_objectives", "safeguards")


def typed_workbook(typed: Typed) -> bytes:
    """The flawless department's workbook with these values in these slots, on the forms that `form` names."""
    department, settings, form_set = FLAWLESS, SETTINGS, FIRST_EDITION
    if "form" in typed:
        period = Period(typed["form"])
        department, as_of = IN_PERIOD[period]
        settings = Settings(as_of=as_of, period=period, pack=DEFAULT_PACK.key)
        form_set = form_set_of(period, "national")
        typed = {key: value for key, value in typed.items() if key != "form"}
    answers = [project_answers(project, reckoned_by(form_set)) for project in department.projects]
    stated: list[tuple[int, str, int, Cell]] = []
    for name, value in typed.items():
        match = KEY.fullmatch(name)
        assert match, name
        key, row, project = match["key"], int(match["row"] or 1) - 1, int(match["project"] or 1) - 1
        if match["stated"]:
            stated.append((project, key, row, value))
        elif key in Settings.model_fields:
            settings = _with_setting(settings, key, value)
        elif key == "year":
            department = department.model_copy(update={"year": value})
        elif key.split(".")[0] in LISTS:
            department = _with_paragraph(department, key.split(".")[0], row, value)
        else:
            answers[project] = _with_answer(answers[project], key, row, value)
    content = department_bytes(department, settings, typed=answers, form_set=form_set)
    form = EDITIONS[form_set]["project"]
    for project, key, row, value in stated:
        sizes = {name: band.size(len(answers[project].bands[name])) for name, band in form.bands.items()}
        place = layout(form, tuple(sorted(sizes.items())))
        spot = place.slots[key] if key in place.slots else place.bands[key.split(".")[0]][row][key]
        content = _stated(content, project, spot.cell, value)
    return content


def _with_setting(settings: Settings, key: str, value: Cell) -> Settings:
    read = {"as_of": lambda text: dt.date.fromisoformat(text), "period": Period}.get(key, lambda text: text)
    return settings.model_copy(update={key: read(value)})


def _with_paragraph(department: Department, key: str, row: int, value: Cell) -> Department:
    if key == "overall_objective":
        return department.model_copy(update={key: value or ""})
    texts = list(getattr(department, key))
    texts[row : row + 1] = [] if value is None else [str(value)]
    return department.model_copy(update={key: tuple(texts)})


def _with_answer(answers: Answers, key: str, row: int, value: Cell) -> Answers:
    band = key.split(".")[0]
    if key.endswith("*"):
        return Answers(answers.single, {**answers.bands, band: []})
    if band not in answers.bands:
        return Answers({**answers.single, key: value}, answers.bands)
    rows = [dict(held) for held in answers.bands[band]]
    rows.extend({} for _ in range(row + 1 - len(rows)))
    rows[row][key] = value
    return Answers(answers.single, {**answers.bands, band: rows})


def _stated(content: bytes, project: int, cell: str, value: Cell) -> bytes:
    """The workbook with another result left in a computed cell of a project's sheet."""
    name = f"xl/worksheets/sheet{4 + project}.xml"
    parts = parts_of(content)
    xml, count = re.subn(
        rf'(<c r="{cell}"[^>]*?)(?: t="\w+")?>(<f.*?</f>|<f[^>]*/>)?(?:<v>.*?</v>|<v/>)?</c>',
        lambda match: f"{match[1]}>{match[2] or ''}<v>{value}</v></c>",
        parts[name].decode(),
    )
    assert count == 1, cell
    return packed({**parts, name: xml.encode()})


def findings_of(typed: Typed, folder: Path) -> list[Finding]:
    """Everything `xlperf check` finds in that workbook."""
    path = folder / "a.xlsx"
    path.write_bytes(typed_workbook(typed))
    returned = read_workbook(path)
    return [*returned.findings, *check_returned(returned)]
