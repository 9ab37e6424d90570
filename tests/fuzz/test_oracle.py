"""The oracle has teeth: a reader that shifts, loses, invents or keeps silent is found out within few mutants."""

from __future__ import annotations

import io
import signal
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from fuzz import engine
from fuzz.engine import LEVELS, Engine
from fuzz.oracle import Claim, judge
from fuzz.originals import Original, originals, read_bytes
from fuzz.second import view

from xlperf.checks import finding
from xlperf.consolidate import file_result as digest
from xlperf.model import Finding, Locus, Project
from xlperf.workbook.read.check import Judged, judged
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.read.returned import Returned

MUTANTS = 700
Lie = Callable[[Returned], Returned]


@pytest.fixture(scope="module")
def material() -> list[Original]:
    return originals()


def with_project(returned: Returned, change: Callable[[Project], Project]) -> Returned:
    """The same, with its first project changed."""
    department = returned.department
    if department is None or not department.projects:
        return returned
    projects = (change(department.projects[0]), *department.projects[1:])
    return _with(returned, department=department.model_copy(update={"projects": projects}))


def _with(returned: Returned, **changes: object) -> Returned:
    return replace(returned, **changes)  # type: ignore[arg-type]


def without(*codes: str) -> Lie:
    """Says nothing of these."""

    def lie(returned: Returned) -> Returned:
        kept = tuple(found for found in returned.findings if found.code not in codes)
        return _with(returned, findings=kept)

    return lie


def blanks_as_nought(project: Project) -> Project:
    payments = tuple(Decimal(0) if amount is None else amount for amount in project.payments)
    return project.model_copy(update={"payments": payments})


def shifted(project: Project) -> Project:
    return project.model_copy(update={"payments": (None, *project.payments[:-1])})


def last_indicator_lost(project: Project) -> Project:
    return project.model_copy(update={"indicators": project.indicators[:-1]})


def last_project_lost(returned: Returned) -> Returned:
    department = returned.department
    if department is None or len(department.projects) < 2:
        return returned
    last = len(department.projects) - 1
    sheets = tuple(sheet for sheet in returned.sheets if sheet.project != last)
    fewer = department.model_copy(update={"projects": department.projects[:-1]})
    return _with(returned, department=fewer, sheets=sheets)


def no_code(found: Finding) -> Finding:
    return found.model_copy(update={"code": "XPF999"})


LIES: dict[str, Lie] = {
    "reads blanks as nought": lambda r: with_project(r, blanks_as_nought),
    "reads shifted": lambda r: with_project(r, shifted),
    "loses an indicator": lambda r: with_project(r, last_indicator_lost),
    "loses a project": last_project_lost,
    "keeps silent about words for numbers": without("XPF401", "XPF402", "XPF418"),
    "keeps silent about altered labels": without("XPF302"),
    "keeps silent about strays": without("XPF303", "XPF309"),
    "keeps silent about errors": without("XPF306"),
    "keeps silent about sheets not read": without("XPF308", "XPF304", "XPF313", "XPF314", "XPF301", "XPF324", "XPF327"),
    "keeps silent about given cells": without("XPF316"),
    "keeps silent about numbers beyond reason": without("XPF403", "XPF412"),
    "keeps silent about what a number format shows": without("XPF401", "XPF415", "XPF416", "XPF419"),
    "forgets the parameters": lambda r: _with(r, settings=None),
    "invents codes": lambda r: _with(r, findings=tuple(map(no_code, r.findings))),
    "names no cells": lambda r: _with(
        r,
        findings=tuple(f.model_copy(update={"locus": f.locus.model_copy(update={"cell": ""})}) for f in r.findings),
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_a_reader_that_lies_is_found_out(name: str, material: list[Original], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "read_workbook", lambda path: LIES[name](read_workbook(path)))
    lying = Engine(material, 7)

    assert any(lying.run(number).complaints for number in range(MUTANTS))


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no clock of processor time here")
def test_a_reader_that_raises_or_hangs_is_found_out(material: list[Original], monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(engine, "SECONDS", 0.2)
    monkeypatch.setattr(engine, "read_workbook", hang)
    assert Engine(material, 7).run(0).outcome == "stuck"
    monkeypatch.setattr(engine, "read_workbook", lambda _: 1 / 0)
    assert Engine(material, 7).run(0).outcome == "raised"


def test_rules_that_raise_or_name_no_cell_are_found_out(
    material: list[Original], monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_cell(returned: Returned, *settings: object) -> Judged:
        return replace(judged(returned), findings=(finding("XPF128", Locus(file="甲.xlsx", sheet="01")),))

    monkeypatch.setattr(digest, "judged", without_cell)
    assert any("names no place" in told for number in range(10) for told in Engine(material, 7).run(number).complaints)
    monkeypatch.setattr(digest, "judged", lambda *_: 1 / 0)
    assert "raised" in {Engine(material, 7).run(number).outcome for number in range(10)}


def test_rules_that_pass_over_parameters_are_found_out(
    material: list[Original], monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(returned: Returned, *settings: object) -> Judged:
        result = judged(returned)
        kept = tuple(found for found in result.findings if found.code not in ("XPF509", "XPF510", "XPF511"))
        return replace(result, findings=kept)

    monkeypatch.setattr(digest, "judged", silent)
    first = len(LEVELS["cell"])  # the mutators of values come behind those of cells
    lying = Engine(material, 7)
    assert any("untold" in told for number in range(first, first + 12) for told in lying.run(number).complaints)


def test_a_reader_that_takes_blanks_for_answers_is_found_out(
    material: list[Original], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xlperf.workbook.read.integrity._is_blank", lambda text: not text)
    lying = Engine(material, 7)

    assert any(lying.run(number).complaints for number in range(MUTANTS))


def test_good_workbooks_are_no_ground_for_complaint(material: list[Original]) -> None:
    for original in material:
        verdict = judge(original, original.content, read_bytes(original.content), Claim(), places=True)

        assert (verdict.outcome, verdict.complaints) == ("intact", ()), original.name


def test_the_second_reader_sees_what_openpyxl_sees(material: list[Original]) -> None:
    for original in (each for each in material if "macros" not in each.name):
        book = openpyxl.load_workbook(io.BytesIO(original.content), data_only=True)
        tabs = {tab.title: tab.cells for tab in view(original.content).tabs}
        assert list(tabs) == book.sheetnames
        for sheet in book:
            seen = tabs[sheet.title]
            held = {c.coordinate: c for row in sheet.iter_rows() for c in row if c.value is not None}
            assert {cell for cell, c in held.items() if cell not in seen and not c.hyperlink} == set()
            for cell, found in seen.items():
                if found.kind == "n" and held[cell].data_type == "n":
                    assert float(found.text) == float(held[cell].value)
                elif found.kind == "s" and "_x" not in str(held[cell].value) and "_x" not in found.text:
                    assert found.text.replace("\r", "") == str(held[cell].value).replace("\r", "")
