"""Editions of the form: the workbooks given out so far read for good, and one of an older edition by its own forms."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from departments import OF_FIRST_EDITION, SETTINGS, small_department
from workbook.older_edition import OLDER, OLDER_FORMS, older_bytes
from workbook.returning import FIRST, YEARLY, both, codes, read_back
from zipped import packed, parts_of

from xlperf.checks import message
from xlperf.form import EDITIONS, FIRST_EDITION, Answers, Form, FormSet, Label
from xlperf.form.parts import Kind, Row, given
from xlperf.jobs.consolidate import consolidate
from xlperf.model import Project
from xlperf.workbook.read.check import judged
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import department_bytes
from xlperf.workbook.write.sheets import FilledForm, write_sheets

KEPT = Path(__file__).with_name("editions")
KEPT_FILES = sorted(KEPT.glob("*/*.xlsx"))
READINGS = "readings.json"


def reading(path: Path) -> dict[str, Any]:
    """What a workbook says, as plain data: its answers, what they compute to, and the findings about them."""
    returned = read_workbook(path)
    judgement = None if returned.refused else judged(returned)
    findings = (*returned.findings, *(judgement.findings if judgement else ()))
    results = [answers.single for answers in judgement.results] if judgement else []
    return {
        "edition": returned.edition,
        "department": returned.department.model_dump(mode="json") if returned.department else None,
        "settings": returned.settings.model_dump(mode="json") if returned.settings else None,
        "results": [{key: str(value) for key, value in single.items()} for single in results],
        "findings": [
            [found.code, found.locus.sheet, found.locus.cell, message(found)]
            for found in findings
            if found.code != "XPF240"  # that the edition is an older one depends on the day
        ],
    }


def as_recorded(recorded: Any, now: Any) -> Any:
    """What is read now, without the fields the model has gained since."""
    if isinstance(recorded, dict) and isinstance(now, dict):
        return {key: as_recorded(value, now.get(key)) for key, value in recorded.items()}
    if isinstance(recorded, list) and isinstance(now, list) and len(recorded) == len(now):
        return [as_recorded(*pair) for pair in zip(recorded, now, strict=True)]
    return now


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes `OLDER` an edition that was given out before the current one."""
    monkeypatch.setitem(EDITIONS, OLDER, OLDER_FORMS)


# --- for good --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", KEPT_FILES, ids=[f"{path.parent.name} {path.stem}" for path in KEPT_FILES])
def test_a_workbook_of_any_time_reads_as_it_did_when_it_was_given_out(path: Path) -> None:
    recorded = json.loads(path.with_name(READINGS).read_text("utf-8"))[path.stem]

    assert as_recorded(recorded, reading(path)) == recorded
    assert path.parent.name == recorded["edition"].split()[0]


def test_every_edition_has_its_workbooks_kept() -> None:
    assert {forms.edition for forms in EDITIONS} == {path.parent.name for path in KEPT_FILES}


# --- another edition -------------------------------------------------------------------------------------------------


def test_a_workbook_of_an_older_edition_is_read_by_its_own_forms(tmp_path: Path, older: None) -> None:
    returned = read_back(older_bytes(), tmp_path)
    sheet = next(sheet for sheet in returned.sheets if sheet.title == FIRST)

    assert sheet.layout.slots["deviation_reason"].cell == "C4"
    assert sheet.layout.slots["budget.initial"].cell == "D5"
    assert "indicators.basis" not in sheet.layout.keys
    assert returned.department == small_department()
    assert returned.settings == OF_FIRST_EDITION
    assert returned.edition == "2025.1"
    assert codes(returned) == [("XPF240", "A1")]
    assert dict(returned.findings[0].values) == {"version": "2025.1", "current": FIRST_EDITION.edition}


def test_it_is_judged_by_todays_rules_but_for_what_its_forms_do_not_ask(tmp_path: Path, older: None) -> None:
    def judgement(content: bytes) -> list[tuple[str, str]]:
        return [(found.code, found.locus.sheet) for found in judged(read_back(content, tmp_path)).findings]

    today = judgement(YEARLY.content)

    assert "XPF458" in dict(today)  # an indicator without a basis
    assert judgement(older_bytes()) == [(code, sheet) for code, sheet in today if code != "XPF458"]


def test_a_finding_leads_to_the_cell_of_that_edition(tmp_path: Path, older: None) -> None:
    book = openpyxl.load_workbook(io.BytesIO(older_bytes()))
    book[FIRST]["D5"] = "二十万"
    book.save(tmp_path / "b.xlsx")

    assert ("XPF401", "D5") in codes(read_workbook(tmp_path / "b.xlsx"))


def test_sheets_of_two_editions_in_one_workbook_are_each_read_by_their_own(tmp_path: Path, older: None) -> None:
    returned = read_back(both(YEARLY.content, older_bytes()), tmp_path)

    assert returned.department is not None
    assert {project.budget.initial for project in returned.department.projects[::2]} == {Decimal(20)}
    assert [dict(found.values)["version"] for found in returned.findings if found.code == "XPF240"] == ["2025.1"]


def test_an_edition_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as known:
        known.setitem(EDITIONS, OLDER, OLDER_FORMS)
        content = older_bytes()
    refused = read_back(content, tmp_path).refused

    assert refused is not None
    assert (refused.code, dict(refused.values)) == ("XPF205", {"version": "2025.1"})


def test_a_known_edition_for_a_place_that_nobody_knows_is_refused_with_its_name(tmp_path: Path) -> None:
    parts = parts_of(YEARLY.content)
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(b"national", b"hunan")
    refused = read_back(packed(parts), tmp_path).refused

    assert refused is not None
    assert (refused.code, dict(refused.values)) == ("XPF205", {"version": f"{FIRST_EDITION.edition} hunan year"})


# --- another form ----------------------------------------------------------------------------------------------------

BUREAU = Form(
    kind="project",
    widths=(12, 30, 12),
    body=(
        Row((Label("财政局统计表", 2, look="title"), given("marker", Kind.TEXT))),
        Row((Label("项目名称"), given("name", Kind.PARAGRAPH))),
        Row((Label("预算数"), given("budget.initial", Kind.MONEY))),
        Row((Label("项目编码"), given("code", Kind.TEXT))),
    ),
    hidden_columns=1,
)
"""A table that a bureau wants to have of each project."""


def test_a_form_of_ones_own_needs_one_line_to_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EDITIONS, FormSet("2026.1", "bureau"), {"project": BUREAU})

    content = department_bytes(small_department(), SETTINGS, form_set=FormSet("2026.1", "bureau"))
    book = openpyxl.load_workbook(io.BytesIO(content))

    assert book.sheetnames == [FIRST, book.sheetnames[1], "_字典"]
    assert [cell.value for cell in book[FIRST]["B"]] == [None, "办案业务经费", 20, "13080023P00024610002U"]


def test_such_a_form_is_read_and_consolidated_as_far_as_it_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(EDITIONS, FormSet("2026.1", "bureau"), {"project": replace(BUREAU, noun=Project)})
    content = department_bytes(small_department(), OF_FIRST_EDITION, form_set=FormSet("2026.1", "bureau"))
    (tmp_path / "统计表.xlsx").write_bytes(content)

    result = consolidate(tmp_path, tmp_path / "汇总.xlsx")

    first = next(result.projects)

    assert (first.name, first.budget) == ("办案业务经费", Decimal(20))
    assert "XPF220" not in {found.code for found in result.findings}


def test_any_list_of_forms_makes_a_workbook() -> None:
    answers = [Answers({"name": name, "budget.initial": amount}) for name, amount in (("甲", 1), ("乙", 2))]
    forms = [FilledForm(f"表{i}", BUREAU, one) for i, one in enumerate(answers, start=1)]

    book = openpyxl.load_workbook(io.BytesIO(write_sheets([*forms, replace(forms[0], title="底稿", hidden=True)], {})))

    assert book.sheetnames == ["表1", "表2", "_字典", "底稿"]
    assert [book[title]["B2"].value for title in ("表1", "表2", "底稿")] == ["甲", "乙", "甲"]


def test_what_is_typed_beside_the_edition_of_an_old_seal_does_not_name_another_form(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(KEPT_FILES[0])
    book["_封印"]["C2"] = "旧版"
    book.save(tmp_path / "b.xlsx")

    returned = read_workbook(tmp_path / "b.xlsx")

    assert returned.refused is None
    assert "XPF319" in dict(codes(returned))
