"""Rule packs of one's own in workbooks: what the parameter sheet shows, and by which rules a workbook is judged."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from departments import indicator, small_department, target
from office.calc import Calc

from xlperf.checks import message
from xlperf.form import form_set_of, layout
from xlperf.form import titles as title_of
from xlperf.form.period_settings import SETTINGS as SHEETS
from xlperf.measure import DEFAULT_PACK, PACKS, PARAMETERS, Pack, cells_of
from xlperf.measure.packs import Execution
from xlperf.measure.parameters import also_known
from xlperf.model import Department, Operator, Period, Settings
from xlperf.workbook.read.check import Judged, judged
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import department_bytes

D = Decimal
AS_OF = {Period.PLAN: (1, 1), Period.MONITORING: (6, 30), Period.SELF_EVALUATION: (12, 31)}

# 办案业务经费: 12.1 of 20 are paid, 1105 of 1200 reached for 50 points, 达成 rated 38 of 40 points.
# National: 6.05 + 46.04 + 38 = 90.09, 优. Ours: 12.10 of 20 points for execution, 优 from 97.
# By the end of June 7.85 are paid, 78.5 % of what time wants; 1105 is 1.84 of 600: blue by the national pack only.
OURS = DEFAULT_PACK._replace(
    key="ours",
    zh="本市2026",
    note="市财〔2026〕3号。",
    execution=Execution(20),
    weights=(("产出指标", 40), ("效益指标", 30), ("满意度指标", 10)),
    second_weights=(),
    grades=((97, "优"), (80, "良"), (60, "中"), (0, "差")),
    target_lights=(D("0.6"), D("0.8"), D("2")),
)


def filled() -> Department:
    """The first project of the small department with every answer of the year."""
    department = small_department()
    cases = indicator("审结案件数", target(Operator.GE, 1200, "件"), weight=D(50), actual=D(1105))
    rated = indicator(
        "当事人满意度", target(Operator.QUALITATIVE, "持续提升"), weight=D(40), actual="达成", points=D(38)
    )
    project = department.projects[0].model_copy(update={"indicators": (cases, rated)})
    return department.model_copy(update={"projects": (project,)})


def workbook(folder: Path, pack: str, period: Period = Period.SELF_EVALUATION, known: Sequence[Pack] = ()) -> Path:
    path = folder / f"{pack}.xlsx"
    settings = Settings(as_of=dt.date(2026, *AS_OF[period]), period=period, pack=pack)
    with also_known(known):
        path.write_bytes(department_bytes(filled(), settings, form_set=form_set_of(period, "national")))
    return path


def judge(path: Path, pack: str | None = None, known: Sequence[Pack] = ()) -> Judged:
    with also_known(known):
        returned = read_workbook(path)
        assert [fault.code for fault in returned.findings] == []
        return judged(returned, pack=pack)


def about_packs(verdict: Judged) -> list[str]:
    return [f"{fault.code} {message(fault)}" for fault in verdict.findings if fault.code.startswith("XPF56")]


def graded(verdict: Judged) -> list[object]:
    return [(of_project.single["total_score"], of_project.single["grade"]) for of_project in verdict.results]


@pytest.mark.parametrize("period", Period)
def test_the_parameter_sheet_shows_an_own_pack_whole(tmp_path: Path, period: Period) -> None:
    sheet = openpyxl.load_workbook(workbook(tmp_path, "ours", period, [OURS]))[title_of.SETTINGS]
    place = layout(SHEETS[period], (("rules", len(PARAMETERS)),))

    shown = [sheet[place.slots[key].cell].value for key in ("pack", "pack_name", "pack_note")]
    assert shown == ["ours", "本市2026", "市财〔2026〕3号。"]
    cells = [sheet[row["rules.value"].cell] for row in place.bands["rules"]]
    assert [D(str(cell.value)) if isinstance(cell.value, (int, float)) else cell.value for cell in cells] == list(
        cells_of(OURS)
    )
    assert all(cell.protection.locked for cell in cells)


def test_by_whose_rules_a_workbook_is_judged(tmp_path: Path) -> None:
    path = workbook(tmp_path, "ours", known=[OURS])

    assert graded(judge(path)) == graded(judge(path, known=[OURS])) == [(D("96.14"), "良")]
    assert graded(judge(path, "ours", [OURS])) == [(D("96.14"), "良")]
    assert graded(judge(path, "national-2026")) == graded(judge(path, "national-2026", [OURS])) == [(D("90.09"), "优")]


def test_an_own_pack_known_here_is_nothing_to_speak_of(tmp_path: Path) -> None:
    path = workbook(tmp_path, "ours", known=[OURS])

    assert about_packs(judge(path, known=[OURS])) == about_packs(judge(path, "ours", [OURS])) == []


def test_an_unknown_pack_is_read_from_its_cells(tmp_path: Path) -> None:
    path = workbook(tmp_path, "ours", known=[OURS])

    verdict = judge(path)

    assert about_packs(verdict) == ["XPF562 本机没有规则包“ours”，按“参数”表上的各项参数计算"]
    assert verdict.settings.pack == "ours"
    known = judge(path, known=[OURS])
    assert verdict.results == known.results
    others = [(fault.code, fault.locus) for fault in verdict.findings if fault.code != "XPF562"]
    assert others == [(fault.code, fault.locus) for fault in known.findings]  # they name it by its key


def test_a_workbook_of_another_pack_than_the_runners_shows_both_results(tmp_path: Path) -> None:
    path = workbook(tmp_path, "ours", known=[OURS])

    results = "1个项目的结果不同，办案业务经费：按表上96.14分 良 资金黄灯，按本机90.09分 优 资金黄灯"
    assert about_packs(judge(path, "national-2026")) == [f"XPF560 规则包是“ours”，不是指定的“全国2026”；{results}"]
    assert about_packs(judge(path, "national-2026", [OURS])) == [
        f"XPF560 规则包是“本市2026”，不是指定的“全国2026”；{results}"
    ]


def test_in_monitoring_it_shows_the_lights(tmp_path: Path) -> None:
    path = workbook(tmp_path, "ours", Period.MONITORING, [OURS])

    assert about_packs(judge(path, "national-2026")) == [
        "XPF560 规则包是“ours”，不是指定的“全国2026”；"
        "1个项目的结果不同，办案业务经费：按表上资金黄灯 指标绿灯2个，按本机资金黄灯 指标绿灯1个 指标蓝灯1个"
    ]


@pytest.mark.parametrize("ours", [None, "ours"])
def test_a_pack_that_was_changed_here_is_told_with_what_differs(tmp_path: Path, ours: str | None) -> None:
    path = workbook(tmp_path, "ours", known=[OURS])
    now = OURS._replace(grades=((95, "优"), (80, "良"), (60, "中"), (0, "差")), month=6)

    verdict = judge(path, ours, [now])

    assert about_packs(verdict) == [
        "XPF561 规则包“本市2026”的参数与本机的不同（等级优自：表上97、本机95，监控期：表上7、本机6）；"
        "1个项目的结果不同，办案业务经费：按表上96.14分 良 资金黄灯，按本机96.14分 优 资金黄灯"
    ]
    assert graded(verdict) == [(D("96.14"), "优" if ours else "良")]


def test_the_finding_stands_at_the_pack(tmp_path: Path) -> None:
    verdict = judge(workbook(tmp_path, "ours", known=[OURS]))

    (found,) = [fault for fault in verdict.findings if fault.code == "XPF562"]
    place = layout(SHEETS[Period.SELF_EVALUATION], (("rules", len(PARAMETERS)),)).slots["pack"].cell
    assert (found.locus.sheet, found.locus.cell) == (title_of.SETTINGS, place)


@pytest.mark.parametrize("key", PACKS)
def test_a_pack_by_name_is_nothing_to_speak_of(tmp_path: Path, key: str) -> None:
    path = workbook(tmp_path, key)

    assert about_packs(judge(path)) == about_packs(judge(path, key)) == []


def retyped(path: Path, parameter: str, value: object) -> Path:
    """The workbook with another value typed over a parameter of its pack."""
    book = openpyxl.load_workbook(path)
    place = layout(SHEETS[Period.SELF_EVALUATION], (("rules", len(PARAMETERS)),))
    row = [each.key for each in PARAMETERS].index(parameter)
    book[title_of.SETTINGS][place.bands["rules"][row]["rules.value"].cell] = value
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())
    return path


def test_a_parameter_typed_over_is_told_with_both_results(tmp_path: Path) -> None:
    returned = read_workbook(retyped(workbook(tmp_path, "national-2026"), "best_from", 95))
    verdict = judged(returned)

    assert "XPF316" in [fault.code for fault in returned.findings]
    assert about_packs(verdict) == [
        "XPF561 规则包“全国2026”的参数与本机的不同（等级优自：表上95、本机90）；"
        "1个项目的结果不同，办案业务经费：按表上90.09分 良 资金黄灯，按本机90.09分 优 资金黄灯"
    ]


@pytest.mark.parametrize("value", ["很好", None, -1, True, 70])
def test_parameters_without_sense_give_way_to_the_pack_of_that_name(tmp_path: Path, value: object) -> None:
    verdict = judged(read_workbook(retyped(workbook(tmp_path, "national-2026"), "best_from", value)))

    assert graded(verdict) == [(D("90.09"), "优")]
    assert [text[:6] for text in about_packs(verdict)] == ["XPF561"]


def test_an_unknown_pack_without_sense_is_no_pack(tmp_path: Path) -> None:
    returned = read_workbook(retyped(workbook(tmp_path, "ours", known=[OURS]), "best_from", "很好"))

    assert {"XPF404", "XPF406"} <= {fault.code for fault in returned.findings}
    assert returned.settings is not None
    assert returned.settings.pack in PACKS


@pytest.mark.office
def test_formulas_read_an_own_pack_from_its_cells(calc: Calc, tmp_path: Path) -> None:
    path = workbook(tmp_path, "ours", known=[OURS])
    (sheet,) = (sheet for sheet in read_workbook(path).sheets if sheet.project is not None)

    cells = calc.recalc(path)[sheet.title]

    place = sheet.layout.slots
    assert cells[place["total_score"].cell] == pytest.approx(96.14)
    assert [cells[place[key].cell] for key in ("grade", "progress.official_light")] == ["良", "黄灯"]
