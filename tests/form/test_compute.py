"""The plain formulas of whole workbooks against the core: LibreOffice, without any add-in, is the judge."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from office.calc import Calc

from xlperf.form import CONTENTS, PROJECT, SETTINGS, Answers, Cell, Layout, Role, Slot, layout, project_answers, titles
from xlperf.form.compute import contents_results, project_results, settings_results
from xlperf.measure import PACKS
from xlperf.model import Budget, BudgetUnit, Department, Period, PlanMethod, Project, Settings, SpendPlan
from xlperf.workbook.write import department_bytes

SEED = 20260
WORKBOOKS = 4
PROJECTS = 16
ROWS = 38  # indicator rows of a project; 4 × 16 × 38 = 2,432 in all
YEAR = 2026
UNIT = "366001示范市清河区人民法院"

OPERATORS = ("≥", "≤", "=", ">", "<", "定性", "不涉及", None, "约", ">=")
WORDS = ("达成", "部分达成", "未达成", "持续提升", "95%", "2000万", " ", "１２")


def quantity(draw: random.Random) -> Cell:
    """A number as people type it, a word, or nothing."""
    kind = draw.random()
    if kind < 0.12:
        return None
    if kind < 0.24:
        return draw.choice(WORDS)
    if kind < 0.34:
        return Decimal(draw.choice((0, 1, -1, 100)))
    return Decimal(draw.randint(-200, 20_000)).scaleb(-draw.choice((0, 1, 2)))


def sound_indicator(draw: random.Random) -> dict[str, Cell]:
    """A row as it should be: decided, and scored."""
    qualitative = draw.random() < 0.2
    return {
        "indicators.level1": "产出指标",
        "indicators.operator": "定性" if qualitative else draw.choice(("≥", "≤", "=")),
        "indicators.value": "持续提升" if qualitative else Decimal(draw.randint(50, 100)),
        "indicators.actual": "达成" if qualitative else Decimal(draw.randint(400, 1200)).scaleb(-1),
        "indicators.weight": Decimal("2.37"),
        "indicators.points": Decimal("2.2") if qualitative else None,
    }


def indicator(draw: random.Random) -> dict[str, Cell]:
    """One row of the table, plausible or not."""
    target = quantity(draw)
    # Near the target is where states change.
    near = isinstance(target, Decimal) and draw.random() < 0.4
    factor = Decimal(draw.choice(("1", "0.85", "1.15", "1.150001", "1.3", "2", "0.5")))
    actual = target * factor if near and isinstance(target, Decimal) else quantity(draw)
    weight = draw.choice((None, Decimal(0), Decimal("7.5"), Decimal("12.5"), Decimal(10), Decimal(30), Decimal("3.33")))
    return {
        "indicators.level1": "产出指标",
        "indicators.name": "某项工作",
        "indicators.operator": draw.choice(OPERATORS),
        "indicators.value": target,
        "indicators.actual": actual,
        "indicators.weight": weight,
        "indicators.points": draw.choice((None, Decimal(8), Decimal("6.5"), Decimal(0), Decimal(28), "好")),
    }


def project_typed(draw: random.Random, number: int) -> Answers:
    """A project sheet as somebody might have left it."""
    kind = draw.choice((sound_indicator, indicator, indicator))
    budget: Cell = draw.choice((Decimal(20), Decimal("117.5"), Decimal(0), None, Decimal(-5), "待定", Decimal("72.04")))
    amounts: list[Cell] = [
        draw.choice((None, Decimal(draw.randint(-50, 900)).scaleb(-2), Decimal(3))) for _ in range(12)
    ]
    if draw.random() < 0.15:
        amounts[draw.randrange(12)] = "2000万"
    if draw.random() < 0.15:
        amounts = [None] * 12
    plans: tuple[tuple[Cell, ...], ...] = (
        (Decimal("0.2"), Decimal("0.5"), Decimal("0.7"), Decimal(1)),
        (None, None, Decimal("0.3"), Decimal(1)),
        (None, None, None, None),
        (Decimal("0.25"), None, Decimal("0.6"), Decimal(1)),
        (Decimal(20), Decimal(50), Decimal(70), Decimal(100)),
        (Decimal("0.2"), "一半", Decimal("0.7"), Decimal(1)),
        (Decimal(0), Decimal(0), Decimal("0.333333"), Decimal(1)),
    )
    return Answers(
        {
            "number": number,
            "code": draw.choice(
                ("13080023P00024610002U", "13080023P00024610002X", "13080023S00024610002X", None, "12")
            ),
            "name": draw.choice(("办案业务经费", None, "公务运转经费")),
            "budget.initial": budget,
            "budget.adjusted": draw.choice((None, None, Decimal("30.5"), Decimal(0))),
            "budget.fiscal_funds": draw.choice((budget, Decimal(7), Decimal("19.505"), None)),
            "budget.other_funds": draw.choice((None, Decimal("0.5"), Decimal(13))),
            **{f"shares.{i}": share for i, share in enumerate(draw.choice(plans))},
        },
        {
            "payments": [
                {"payments.month": month, "payments.amount": amount} for month, amount in enumerate(amounts, start=1)
            ],
            "indicators": [kind(draw) for _ in range(ROWS)],
        },
    )


def expected_cells(place: Layout, results: Answers) -> Iterator[tuple[str, str, Cell]]:
    """(cell, key, value) of every computed slot."""
    for key, slot in place.slots.items():
        if isinstance(slot.piece, Slot) and slot.piece.role is Role.COMPUTED:
            yield slot.cell, key, results.single[key]
    for band, rows in place.bands.items():
        filled = results.bands.get(band, ())
        for i, row in enumerate(rows):
            for key, slot in row.items():
                if isinstance(slot.piece, Slot) and slot.piece.role is Role.COMPUTED:
                    yield slot.cell, key, filled[i].get(key) if i < len(filled) else ""


def differs(expected: Cell, found: Any) -> bool:
    if expected in (None, ""):
        return found not in (None, "")
    if isinstance(expected, str):
        return bool(found != expected)
    return not isinstance(found, float) or abs(float(expected) - found) > 1e-9  # type: ignore[arg-type]


@pytest.mark.office
@pytest.mark.parametrize("book", range(WORKBOOKS))
def test_libreoffice_computes_every_cell_as_the_core_does(calc: Calc, tmp_path: Path, book: int) -> None:
    print("seed", SEED + book)
    draw = random.Random(SEED + book)
    settings = Settings(
        as_of=dt.date(YEAR, *draw.choice(((10, 31), (6, 30), (2, 28), (1, 15), (12, 31)))),
        period=draw.choice(list(Period)),
        pack=list(PACKS)[book % len(PACKS)],
        plan_method=list(PlanMethod)[book % 2],
    )
    typed = [project_typed(draw, number) for number in range(1, PROJECTS + 1)]
    department = Department(
        unit=BudgetUnit(code=UNIT[:6], name=UNIT[6:]),
        year=YEAR,
        projects=tuple(Project(number=number) for number in range(1, PROJECTS + 1)),
    )
    path = tmp_path / "book.xlsx"
    path.write_bytes(department_bytes(department, settings, typed=typed))

    cells = calc.recalc(path)

    results = [project_results(answers, settings, YEAR, UNIT) for answers in typed]
    sheets = [
        (titles.SETTINGS, layout(SETTINGS, (("packs", len(PACKS)),)), settings_results(settings, YEAR)),
        (
            titles.CONTENTS,
            layout(CONTENTS, (("projects", PROJECTS),)),
            contents_results(list(zip(typed, results, strict=True)), settings, UNIT),
        ),
    ]
    names = titles.project_titles((number, "") for number in range(1, PROJECTS + 1))
    sizes = tuple(
        (key, band.size(ROWS if key == "indicators" else 12 if key == "payments" else 0))
        for key, band in sorted(PROJECT.bands.items())
    )
    sheets += [(name, layout(PROJECT, sizes), result) for name, result in zip(names, results, strict=True)]
    wrong = [
        (title, cell, key, expected, cells[title].get(cell))
        for title, place, result in sheets
        for cell, key, expected in expected_cells(place, result)
        if differs(expected, cells[title].get(cell))
    ]

    assert wrong == []
    assert any(result.single["grade"] for result in results)  # totals are among what was compared
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
    results = [project_results(a, settings, 2023, "") for a in answers]

    contents = contents_results(list(zip(answers, results, strict=True)), settings, "")

    assert contents.single["total.budget"] == Decimal(287)
    assert contents.single["total.plan"] == Decimal("0.109408")  # 31.4 ÷ 287
