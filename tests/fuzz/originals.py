"""The workbooks that are mutated: several departments, each as we write it and as other programs write it again."""

from __future__ import annotations

import datetime as dt
import io
import random
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from pathlib import Path

import openpyxl
import xlsxwriter
from departments import OF_FIRST_EDITION as SETTINGS
from departments import indicator, small_department, target
from fuzz.second import View, view
from office.calc import Calc
from strategies import AWKWARD

from xlperf.consolidate.file_result import result_of
from xlperf.consolidate.records import FileResult, Source
from xlperf.dataset.schema import TABLES
from xlperf.form import FIRST_EDITION, Layout, form_set_of
from xlperf.form.shapes import LAYOUTS
from xlperf.hosts.excel.macros import stamp, workbook_project
from xlperf.measure import COMPLIANCE_STATES, DEFAULT_PACK, PACKS
from xlperf.model import (
    Budget,
    BudgetUnit,
    Department,
    DeviationKind,
    Finding,
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
)
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.read.returned import Returned
from xlperf.workbook.write.assemble import Macros
from xlperf.workbook.write.department import department_bytes

LEFT_BY_COPYING = {"XPF318", "XPF326"}  # no properties, no formulas
SCRATCH = "/dev/shm" if Path("/dev/shm").is_dir() else None  # memory, where there is such a folder


@dataclass(frozen=True)
class Sheet:
    """A sheet of ours: where it is, what it is, and the place of its project in the department."""

    title: str
    part: str
    kind: str
    layout: Layout
    project: int | None


@dataclass(frozen=True)
class Original:
    """A good workbook and what it says."""

    name: str
    content: bytes
    department: Department
    settings: Settings

    @cached_property
    def members(self) -> tuple[tuple[str, bytes], ...]:
        """Its parts in order."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as package:
            return tuple((name, package.read(name)) for name in package.namelist())

    @cached_property
    def view(self) -> View:
        """Its cells by the second reader."""
        return view(self.content)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What our reader finds in it as it is."""
        return tuple(read_bytes(self.content).findings)

    @cached_property
    def figures(self) -> Counter[tuple[object, ...]]:
        """What the summary would say of its projects."""
        return figures_of(result_of(Source(Path(self.name), self.name), read_bytes(self.content)))

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """Its sheets of ours."""
        parts = {tab.title: tab.part for tab in self.view.tabs}
        names = {name.lower(): name for name, _ in self.members}
        return tuple(
            Sheet(sheet.title, names[parts[sheet.title]], sheet.marker.kind, sheet.layout, sheet.project)
            for sheet in read_bytes(self.content).sheets
        )


FIGURES = (
    *("code", "budget_current", "progress_paid", "progress_rate", "progress_plan", "progress_light"),
    *("progress_official_light", "progress_reason_owed", "objective_light", "alert"),
    *(*COMPLIANCE_STATES.values(), "total_score", "grade"),
)


def figures_of(digest: FileResult) -> Counter[tuple[object, ...]]:
    """The figures of each project, wherever its sheet stands."""
    rows = (dict(zip(TABLES["projects"].names, row, strict=True)) for row in digest.rows.get("projects", ()))
    return Counter(tuple(row[name] for name in FIGURES) for row in rows)


def read_bytes(content: bytes) -> Returned:
    """The returned workbook of these bytes."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        path = Path(folder, "original.xlsx")
        path.write_bytes(content)
        return read_workbook(path)


# --- departments -----------------------------------------------------------------------------------------------------


def tiny() -> Department:
    """One project, one indicator."""
    first = small_department().projects[0]
    return Department(
        unit=BudgetUnit(code="366001", name="示范市清河区人民法院"),
        year=2026,
        overall_objective="依法履职。",
        projects=(first.model_copy(update={"indicators": first.indicators[:1]}),),
    )


def awkward() -> Department:
    """Words that have broken spreadsheets, and numbers at the limits."""
    goals = (target(Operator.LE, "999999999.999999", "元"), target(Operator.QUALITATIVE, AWKWARD[0]))
    rows = tuple(
        indicator(AWKWARD[i], goal, description=AWKWARD[i + 2], basis=AWKWARD[i + 4], likelihood=Likelihood.POSSIBLE)
        for i, goal in enumerate(goals)
    )
    return Department(
        unit=BudgetUnit(code="00123", name=AWKWARD[8]),
        year=2026,
        overall_objective="\n\n".join(AWKWARD[9:14]),
        safeguards=AWKWARD[14:17],
        projects=(
            Project(
                number=7,
                code="13080023P00024610002U",
                name="'名称' & <b>“引号”</b>",
                budget=Budget(initial=Decimal("-0.000001"), adjusted=Decimal("1234567.89"), carryover=Decimal(0)),
                purpose=AWKWARD[0],
                spend_plan=SpendPlan(shares=(Decimal(0), None, Decimal("0.333333"), Decimal(1))),
                payments=(Decimal("0.1"), *[None] * 10, Decimal("999999999.999999")),
                objectives=AWKWARD[:6],
                indicators=rows,
                deviation_reason=AWKWARD[5],
            ),
        ),
    )


def blank() -> Department:
    """A blank form into which somebody typed a name."""
    return Department(
        unit=BudgetUnit(code="366001", name="示范市清河区人民法院"),
        year=2026,
        projects=(Project(number=1, name="培训经费"),),
    )


def of_period(period: Period) -> tuple[Department, Settings]:
    """One project with what a period asks for, and what it has from the one before."""
    first = small_department().projects[0]
    said: dict[str, object] = {
        "deviation_kinds": (DeviationKind.FUNDS, DeviationKind.OTHER),
        "deviation_reason": AWKWARD[1],
        "likelihood": Likelihood.POSSIBLE,
        "remark": AWKWARD[2],
    }
    interim = Report(actual=Decimal(480), deviation_kinds=(DeviationKind.STAFF,), likelihood=Likelihood.CERTAIN)
    rows = [
        row.model_copy(update={"id": f"{i:08x}", **said, "deduction": Decimal(1), "interim": interim})
        for i, row in enumerate(first.indicators)
    ]
    project = first.model_copy(
        update={
            "indicators": tuple(rows),
            "budget": Budget(initial=Decimal(20), fiscal_funds=Decimal(20), adjusted=Decimal("20.5")),
            "paid": Funds(fiscal_funds=Decimal("12.1"), carryover=Decimal(0)),
            "expected": Funds(fiscal_funds=Decimal(19), other_funds=Decimal("0.5")),
            "attained": AWKWARD[3],
            "measures": AWKWARD[4],
            "remark": AWKWARD[5],
            "interim": ProjectReport(paid=Funds(fiscal_funds=Decimal("7.85")), measures=AWKWARD[6]),
        }
    )
    settings = Settings(as_of=dt.date(2026, 7, 31), period=period, pack=DEFAULT_PACK.key)
    return small_department().model_copy(update={"projects": (project,)}), settings


def random_departments(count: int) -> list[tuple[Department, Settings]]:
    """Departments of the words and numbers that the property tests draw from, always the same.

    Not drawn by hypothesis itself: it takes values out of whatever modules happen to be loaded.
    """
    return [_random_department(random.Random(number)) for number in range(count)]


def _random_department(dice: random.Random) -> tuple[Department, Settings]:
    department = Department(
        unit=BudgetUnit(code=_words(dice), name=_words(dice)),
        year=dice.randrange(2000, 2100),
        overall_objective="\n".join(_words(dice) for _ in range(dice.randrange(4))),
        sub_objectives=tuple(_words(dice) for _ in range(dice.randrange(5))),
        safeguards=tuple(_words(dice) for _ in range(dice.randrange(5))),
        projects=tuple(_random_project(dice) for _ in range(dice.randrange(1, 4))),
    )
    settings = Settings(
        as_of=dt.date(2000, 1, 1) + dt.timedelta(days=dice.randrange(36_000)),
        period=dice.choice(list(Period)),
        pack=dice.choice(sorted(PACKS)),
        plan_method=dice.choice(list(PlanMethod)),
        yellow=Decimal(dice.randrange(10**6)).scaleb(-6),
    )
    return department, settings


def _random_project(dice: random.Random) -> Project:
    return Project(
        number=dice.randrange(1, 10_000),
        code=f"{dice.randrange(10**9):09}P{dice.randrange(10**10):010}M",
        name=_words(dice),
        budget=Budget(
            initial=_amount(dice), adjusted=_amount(dice), fiscal_funds=_amount(dice), carryover=_amount(dice)
        ),
        purpose=_words(dice),
        spend_plan=SpendPlan(shares=(None, Decimal("0.25"), Decimal("0.333333"), Decimal(dice.randrange(2)))),
        payments=tuple(_amount(dice) for _ in range(12)),
        objectives=tuple(_words(dice) for _ in range(dice.randrange(5))),
        indicators=tuple(_random_indicator(dice) for _ in range(dice.choice((0, 2, 5, 20)))),
        deviation_reason=_words(dice),
    )


def _random_indicator(dice: random.Random) -> Indicator:
    stated = dice.choice((Operator.GE, Operator.LE, Operator.GT, Operator.LT, Operator.EQ, Operator.QUALITATIVE))
    value = dice.choice((_amount(dice), _words(dice)))
    return indicator(
        _words(dice) or "指标",
        target(stated, value, dice.choice(("件", "%", "万元", _words(dice)))),
        description=_words(dice),
        basis=_words(dice),
        weight=_amount(dice),
        actual=dice.choice((_amount(dice), _words(dice))),
        points=_amount(dice),
        deviation_reason=_words(dice),
        likelihood=dice.choice((None, *Likelihood)),
    )


def _words(dice: random.Random) -> str:
    return dice.choice(("", *AWKWARD, "".join(dice.choices("审结案件数量质量，。（）《》%≥ \n=+-@'\"<>&_x0041", k=12))))


def _amount(dice: random.Random) -> Decimal | None:
    if dice.random() < 0.2:
        return None
    digits = dice.randrange(-(10**15) + 1, 10**15)
    return Decimal(digits // 10 ** dice.randrange(10)).scaleb(-6)


# --- as other programs write them ------------------------------------------------------------------------------------


def by_openpyxl(content: bytes) -> bytes:
    """Opened and saved by openpyxl: formulas without results, shared strings."""
    book, out = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(content: bytes) -> bytes:
    """Every value copied into a new file by XlsxWriter: no formulas, no properties, hardly a style."""
    out = io.BytesIO()
    copy = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    day = copy.add_format({"num_format": "yyyy-mm-dd"})
    for sheet in openpyxl.load_workbook(io.BytesIO(content), data_only=True):
        to = copy.add_worksheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                place = (cell.row - 1, cell.column - 1)
                if isinstance(cell.value, str):
                    to.write_string(*place, cell.value)
                elif isinstance(cell.value, dt.datetime):
                    to.write_datetime(*place, cell.value, day)
                elif cell.value is not None:
                    to.write(*place, cell.value)
    copy.close()
    return out.getvalue()


def by_libreoffice(contents: Iterable[bytes], calc: Calc) -> Iterator[bytes]:
    """Each opened and saved by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "before.xlsx"), Path(folder, "after.xlsx")
        for content in contents:
            before.write_bytes(content)
            calc.save_as(before, after)
            yield after.read_bytes()


first_edition = partial(department_bytes, form_set=FIRST_EDITION)


def originals(calc: Calc | None = None) -> list[Original]:
    """All of them; those of LibreOffice only where there is one."""
    small = small_department()
    ours: list[tuple[str, Department, Settings, bytes]] = [
        ("tiny", tiny(), SETTINGS, first_edition(tiny(), SETTINGS)),
        ("small", small, SETTINGS, first_edition(small, SETTINGS)),
        ("awkward", awkward(), SETTINGS, first_edition(awkward(), SETTINGS)),
        ("blank", blank(), SETTINGS, first_edition(blank(), SETTINGS, blank=True)),
    ]
    for i, project in enumerate(small.projects):
        part = small.model_copy(update={"projects": (project,)})
        ours.append((f"split{i}", part, SETTINGS, first_edition(part, SETTINGS)))
    macros = Macros(workbook_project, stamp())
    ours.append(("macros", tiny(), SETTINGS, first_edition(tiny(), SETTINGS, macros=macros)))
    for i, (department, settings) in enumerate(random_departments(4)):
        ours.append((f"random{i}", department, settings, first_edition(department, settings)))
    for period in Period:
        department, settings = of_period(period)
        for layout in LAYOUTS if period is Period.SELF_EVALUATION else LAYOUTS[:1]:  # the others look the same
            form_set = form_set_of(period, layout)
            name = form_set.period if layout == LAYOUTS[0] else layout
            ours.append((name, department, settings, department_bytes(department, settings, form_set=form_set)))
    for i, (department, settings) in enumerate(random_departments(6), start=4):
        form_set = form_set_of(settings.period, LAYOUTS[i % len(LAYOUTS)])
        ours.append((f"random{i}", department, settings, department_bytes(department, settings, form_set=form_set)))

    found = [Original(name, content, department, settings) for name, department, settings, content in ours]
    # Copies are taken at their word: both programs spoil texts such as _x000D_.
    writers: dict[str, Callable[[bytes], bytes]] = {"openpyxl": by_openpyxl, "xlsxwriter": by_xlsxwriter}
    copied = ("tiny", "small", "awkward", "blank", "monitoring", "self-evaluation")
    for writer, again in writers.items():
        found += [
            _copy(f"{name} by {writer}", again(content), department, settings)
            for name, department, settings, content in ours
            if name in copied
        ]
    if calc is not None:
        chosen = [each for each in ours if each[0] in copied]
        saved = by_libreoffice((content for *_, content in chosen), calc)
        found += [
            _copy(f"{name} by libreoffice", content, department, settings)
            for (name, department, settings, _), content in zip(chosen, saved, strict=True)
        ]
    return found


def _copy(name: str, content: bytes, department: Department, settings: Settings) -> Original:
    returned = read_bytes(content)
    assert {found.code for found in returned.findings} <= LEFT_BY_COPYING, name
    assert returned.settings == settings, name
    assert returned.department == department or name.startswith("awkward"), name
    return Original(name, content, returned.department, settings)
