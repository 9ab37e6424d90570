"""The plain formulas of whole workbooks against the core: LibreOffice, without any add-in, is the judge."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from form.odd_answers import ROWS, project_typed
from office.calc import Calc

from xlperf.form import (
    CONTENTS,
    EDITIONS,
    LAYOUTS,
    PROJECT,
    Answers,
    Cell,
    Form,
    Layout,
    Role,
    form_set_of,
    layout,
    project_answers,
    settings_answers,
    titles,
)
from xlperf.form.results import parameter_values, results
from xlperf.measure import PACKS, PARAMETERS
from xlperf.measure.packs import OF_2026
from xlperf.model import Budget, BudgetUnit, Department, Period, PlanMethod, Project, Settings, SpendPlan
from xlperf.workbook.write.department import department_bytes

SEED = 20260
WORKBOOKS = 3  # of plan and of monitoring, which look the same in every layout
EVALUATION = Period.SELF_EVALUATION
PROJECTS = 16
YEAR = 2026
UNIT = "366001示范市清河区人民法院"


def expected_cells(place: Layout, results: Answers) -> Iterator[tuple[str, str, Cell]]:
    """(cell, key, value) of every computed slot."""
    for key, slot in place.slots.items():
        if slot.piece.role is Role.COMPUTED:
            yield slot.cell, key, results.single[key]
    for band, rows in place.bands.items():
        filled = results.bands.get(band, ())
        for i, row in enumerate(rows):
            for key, slot in row.items():
                if slot.piece.role is Role.COMPUTED:
                    yield slot.cell, key, filled[i].get(key) if i < len(filled) else ""


def differs(expected: Cell, found: Any) -> bool:
    if expected in (None, ""):
        return found not in (None, "")
    if isinstance(expected, str):
        return bool(found != expected)
    return not isinstance(found, float) or abs(float(expected) - found) > 1e-9  # type: ignore[arg-type]


def contents(form: Form, answers: list[Answers], computed: list[Answers], values: Mapping[str, Cell]) -> Answers:
    """The computed slots of 目录 over these project sheets."""
    sheets = [a.with_results(r) for a, r in zip(answers, computed, strict=True)]
    rows = Answers(bands={"projects": [{"projects.number": a.single.get("number")} for a in answers]})
    return results(form, rows, values, sheets)


@pytest.mark.office
@pytest.mark.parametrize(
    ("period", "book"),
    [(period, book) for period in Period for book in range(len(LAYOUTS) if period is EVALUATION else WORKBOOKS)],
)
def test_libreoffice_computes_every_cell_as_the_core_does(
    calc: Calc, tmp_path: Path, period: Period, book: int
) -> None:
    seed = SEED + 10 * list(Period).index(period) + book
    print("seed", seed)
    draw = random.Random(seed)
    packs = [pack for pack in PACKS if PACKS[pack].reading == OF_2026]
    settings = Settings(
        as_of=dt.date(YEAR, *draw.choice(((10, 31), (6, 30), (2, 28), (1, 15), (12, 31)))),
        period=period,
        pack=packs[seed % len(packs)],
        plan_method=list(PlanMethod)[book % 2],
    )
    form_set = form_set_of(period, LAYOUTS[book % len(LAYOUTS)])
    forms = EDITIONS[form_set]
    form = forms["project"]
    typed = [project_typed(draw, number) for number in range(1, PROJECTS + 1)]
    department = Department(
        unit=BudgetUnit(code=UNIT[:6], name=UNIT[6:]),
        year=YEAR,
        projects=tuple(Project(number=number) for number in range(1, PROJECTS + 1)),
    )
    path = tmp_path / "book.xlsx"
    path.write_bytes(department_bytes(department, settings, typed=typed, form_set=form_set))

    cells = calc.recalc(path)

    values = parameter_values(settings, department)
    computed = [results(form, answers, values) for answers in typed]
    of_settings = results(forms["settings"], settings_answers(settings, forms["settings"]), values)
    listed = contents(forms["contents"], typed, computed, values)
    sheets = [
        (titles.SETTINGS, layout(forms["settings"], (("rules", len(PARAMETERS)),)), of_settings),
        (titles.CONTENTS, layout(forms["contents"], (("projects", PROJECTS),)), listed),
    ]
    names = titles.project_titles((number, "") for number in range(1, PROJECTS + 1))
    sizes = tuple(
        (key, band.size(ROWS if key == "indicators" else 12 if key == "payments" else 0))
        for key, band in sorted(form.bands.items())
    )
    sheets += [(name, layout(form, sizes), result) for name, result in zip(names, computed, strict=True)]
    wrong = [
        (title, key, cell, expected, cells[title].get(cell))
        for title, place, result in sheets
        for cell, key, expected in expected_cells(place, result)
        if differs(expected, cells[title].get(cell))
    ]

    assert wrong == []
    if period is Period.SELF_EVALUATION:
        assert any(result.single["grade"] for result in computed)  # totals are among what was compared
    errors = [
        (title, at) for title, found in cells.items() for at, value in found.items() if str(value).startswith("#")
    ]
    assert errors == []


def test_a_plan_of_its_own_is_weighted_with_the_budget() -> None:
    shares = [("20", ".2"), ("20", ".2"), ("117", ".2"), ("30", None), ("28", None), ("72", None)]
    projects = [
        Project(
            number=i,
            budget=Budget(initial=Decimal(budget)),
            spend_plan=SpendPlan(shares=(Decimal(share) if share else None, None, None, Decimal(1))),
        )
        for i, (budget, share) in enumerate(shares, start=1)
    ]
    settings = Settings(as_of=dt.date(2023, 3, 31))
    answers = [project_answers(project) for project in projects]
    values = parameter_values(settings, Department(year=2023))

    totals = contents(CONTENTS, answers, [results(PROJECT, a, values) for a in answers], values).single

    assert totals["total.budget"] == Decimal(287)
    assert totals["total.plan"] == Decimal("0.109408")  # 31.4 ÷ 287


def test_over_fulfilment_depends_on_the_period() -> None:
    settings = Settings(as_of=dt.date(2023, 10, 31))
    evaluation = settings.model_copy(update={"period": Period.SELF_EVALUATION})

    assert parameter_values(settings, Department(year=2023))["over"] == Decimal("0.15")
    assert parameter_values(evaluation, Department(year=2023))["over"] == Decimal("0.3")
