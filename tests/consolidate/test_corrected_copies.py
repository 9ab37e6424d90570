"""The loop of correction: a workbook, the annotated copy made from it, and the copy that comes back corrected."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from consolidate.departments import CASES, write_in
from consolidate.official import CASES_IN_JUNE
from office.calc import Calc

from xlperf.cli.main import main
from xlperf.consolidate import Consolidation, as_json, examine
from xlperf.form import layout
from xlperf.form.monitoring import MONITORING
from xlperf.jobs.carrying import read_returned
from xlperf.jobs.check import check
from xlperf.jobs.consolidate import consolidate
from xlperf.model import Period, Severity
from xlperf.workbook.annotate.copy import Note, annotated
from xlperf.workbook.read.read import read_workbook

SHEET = "01_办案业务经费"
ATTAINED = layout(MONITORING).slots["attained"].cell
NOTE = Note(SHEET, ATTAINED, Severity.ERROR, "XPF401 完成情况写得不对")


@pytest.fixture
def original(tmp_path: Path) -> Path:
    return write_in(Period.MONITORING, tmp_path / "交回" / "甲庭.xlsx", CASES_IN_JUNE)


def corrected(copy: Path, attained: str, to: Path | None = None) -> Path:
    """The copy with another 完成情况, saved by another program."""
    book = openpyxl.load_workbook(copy)
    book[SHEET][ATTAINED] = attained
    book.save(to or copy)
    return to or copy


def copied(original: Path, to: Path) -> Path:
    to.write_bytes(annotated(original.read_bytes(), [NOTE]))
    return to


def reasons(told: Consolidation) -> dict[str, str]:
    return {file.name: file.reason.code if file.reason else "" for file in told.files}


def counted(told: Consolidation) -> list[tuple[str, bool]]:
    return [(project.file, bool(project.is_counted)) for project in told.projects]


def test_a_corrected_copy_stands_for_its_original(original: Path, tmp_path: Path) -> None:
    corrected(copied(original, original.with_name("甲庭（检查）.xlsx")), "改正后的完成情况")

    told = consolidate(original.parent, tmp_path / "汇总.xlsx")

    assert reasons(told) == {"甲庭.xlsx": "XPF617", "甲庭（检查）.xlsx": ""}
    assert counted(told) == [("甲庭（检查）.xlsx", True)]
    assert (told.totals.projects, told.totals.uncounted, told.repeated) == (1, 0, ())
    (warning,) = (each for each in told.findings if each.code == "XPF617")
    assert warning.locus.file == "甲庭.xlsx"
    assert dict(warning.values) == {"copy": "甲庭（检查）.xlsx"}
    listed = {row[0]: row[2] for row in openpyxl.load_workbook(tmp_path / "汇总.xlsx")["来源"].values}
    assert listed["甲庭.xlsx"] == "检查副本“甲庭（检查）.xlsx”已改正交回，以副本为准；这份原件没有计入"


def test_it_does_so_again_when_nothing_is_read_anew(original: Path, tmp_path: Path) -> None:
    copied(original, original.with_name("改正.xlsx"))
    first = as_json(consolidate(original.parent, tmp_path / "汇总.xlsx"))["totals"]

    assert as_json(consolidate(original.parent, tmp_path / "汇总.xlsx", force=True))["totals"] == first


def test_two_copies_of_one_workbook_are_a_repetition(original: Path) -> None:
    copy = copied(original, original.with_name("发给张三.xlsx"))
    corrected(copy, "李四改的", original.with_name("发给李四.xlsx"))

    told = examine(original.parent)

    assert reasons(told) == {"发给张三.xlsx": "", "发给李四.xlsx": "", "甲庭.xlsx": ""}
    assert [each.code for each in told.repeated] == [CASES.code]
    assert told.totals.projects == 0


def test_a_copy_of_a_workbook_that_was_changed_meanwhile_is_a_repetition(original: Path) -> None:
    copied(original, original.with_name("甲庭（检查）.xlsx"))
    corrected(original, "在原件上改的")

    told = examine(original.parent)

    assert reasons(told) == {"甲庭.xlsx": "", "甲庭（检查）.xlsx": ""}
    assert [each.code for each in told.repeated] == [CASES.code]


def test_workbooks_of_one_origin_that_are_no_copies_of_one_another_are_a_repetition(original: Path) -> None:
    """One workbook sent to two clerks: same ids inside, and nobody's copy."""
    corrected(original, "另一位填的", original.with_name("乙庭.xlsx"))

    assert reasons(examine(original.parent)) == {"乙庭.xlsx": "", "甲庭.xlsx": ""}


def test_of_a_chain_of_copies_the_last_counts(original: Path) -> None:
    first = corrected(copied(original, original.with_name("一.xlsx")), "改了一次")
    corrected(copied(first, original.with_name("二.xlsx")), "改了两次")

    told = examine(original.parent)

    assert reasons(told) == {"一.xlsx": "XPF617", "二.xlsx": "", "甲庭.xlsx": "XPF617"}
    assert counted(told) == [("二.xlsx", True)]


def test_a_copy_that_cannot_be_read_stands_for_nothing(original: Path) -> None:
    copy = copied(original, original.with_name("甲庭（检查）.xlsx"))
    book = openpyxl.load_workbook(copy)
    book[SHEET].insert_rows(5)
    book.save(copy)

    assert reasons(examine(original.parent)) == {"甲庭.xlsx": "", "甲庭（检查）.xlsx": "XPF308"}


def test_our_marks_are_gone_from_what_is_read(original: Path, tmp_path: Path) -> None:
    copy = corrected(copied(original, tmp_path / "副本.xlsx"), CASES_IN_JUNE.attained)

    read, before = read_workbook(copy), read_workbook(original)

    assert read.department == before.department
    assert {each.code for each in read.findings} <= {each.code for each in before.findings}


# --- the folder of copies ---------------------------------------------------------------------------------------------


def annotate(source: Path, folder: Path) -> dict[str, int]:
    """How many notes each copy has that was made."""
    made = list(check([source]).copies(folder))
    assert [copy.problem for copy in made] == [None] * len(made)
    return {copy.target.name: copy.notes for copy in made}


@pytest.fixture
def faulty(original: Path) -> Path:
    """A workbook that does not say what was attained."""
    return corrected(original, "")


def test_copies_nobody_touched_are_renewed(faulty: Path, tmp_path: Path) -> None:
    first = annotate(faulty, tmp_path / "检查")
    corrected(faulty, "说明白了")

    second = annotate(faulty, tmp_path / "检查")

    assert list(first) == list(second) == ["甲庭（检查）.xlsx"]
    assert second["甲庭（检查）.xlsx"] == first["甲庭（检查）.xlsx"] - 1
    assert openpyxl.load_workbook(tmp_path / "检查" / "甲庭（检查）.xlsx")[SHEET][ATTAINED].value == "说明白了"


def test_beside_a_copy_somebody_saved_comes_another(faulty: Path, tmp_path: Path) -> None:
    annotate(faulty, tmp_path / "检查")
    theirs = corrected(tmp_path / "检查" / "甲庭（检查）.xlsx", "改了一半")
    before = theirs.read_bytes()

    assert list(annotate(faulty, tmp_path / "检查")) == ["甲庭（检查2）.xlsx"]
    assert list(annotate(faulty, tmp_path / "检查")) == ["甲庭（检查2）.xlsx"]  # nobody touched this one
    assert theirs.read_bytes() == before


def test_a_folder_is_annotated_into_itself_again_and_again(faulty: Path) -> None:
    command = ["check", str(faulty.parent), "--annotate", str(faulty.parent), "--fail-on", "never"]
    before = faulty.read_bytes()

    assert [main(command), main(command), main(command)] == [0, 0, 0]

    assert sorted(path.name for path in faulty.parent.iterdir()) == ["甲庭.xlsx", "甲庭（检查）.xlsx"]
    assert faulty.read_bytes() == before
    corrected(faulty.with_name("甲庭（检查）.xlsx"), "改正后的完成情况")
    assert main(command) == 0
    assert sorted(path.name for path in faulty.parent.iterdir()) == [
        "甲庭.xlsx",
        "甲庭（检查2）.xlsx",
        "甲庭（检查）.xlsx",
    ]
    assert reasons(examine(faulty.parent)) == {
        "甲庭.xlsx": "XPF617",
        "甲庭（检查2）.xlsx": "",
        "甲庭（检查）.xlsx": "XPF617",
    }


def test_what_is_right_again_loses_its_notes(original: Path, tmp_path: Path) -> None:
    folder = tmp_path / "检查"
    list(check([original]).copies(folder))

    assert next(check([original], select=["XPF402"]).copies(folder)).notes == 0
    book = openpyxl.load_workbook(folder / "甲庭（检查）.xlsx")
    assert book["检查结果"]["C5"].value == "没有发现问题。"


def test_a_file_that_is_no_copy_is_never_replaced(faulty: Path, tmp_path: Path) -> None:
    folder = tmp_path / "检查"
    folder.mkdir()
    (folder / "甲庭（检查）.xlsx").write_text("别人的", encoding="utf-8")

    assert list(annotate(faulty, folder)) == ["甲庭（检查2）.xlsx"]
    assert (folder / "甲庭（检查）.xlsx").read_text(encoding="utf-8") == "别人的"


def test_a_file_whose_sheet_was_refused_gets_its_copy_with_the_place_marked(original: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(original)
    book[SHEET].insert_rows(5)
    book.save(original)

    made = annotate(original.parent, tmp_path / "检查")

    assert list(made) == ["甲庭（检查）.xlsx"]
    copy = openpyxl.load_workbook(tmp_path / "检查" / "甲庭（检查）.xlsx")
    (cell,) = (row[4] for row in copy["检查结果"].iter_rows(min_row=5, values_only=True) if row[1] == "XPF308")
    assert "行或列有增删或移动" in copy[SHEET][cell].comment.text


@pytest.mark.office
def test_a_copy_corrected_in_libreoffice_stands_for_its_original(original: Path, tmp_path: Path, calc: Calc) -> None:
    copy = copied(original, tmp_path / "副本.xlsx")
    calc.recalc(copy, {SHEET: {ATTAINED: "在别的程序里改正"}}, save=original.with_name("甲庭（检查）.xlsx"))

    told = examine(original.parent)

    assert reasons(told) == {"甲庭.xlsx": "XPF617", "甲庭（检查）.xlsx": ""}
    department = read_workbook(original.with_name("甲庭（检查）.xlsx")).department
    assert department is not None
    assert department.projects[0].attained == "在别的程序里改正"


def test_the_next_period_is_made_from_the_corrected_copy(original: Path) -> None:
    corrected(copied(original, original.with_name("甲庭（检查）.xlsx")), "改正后的完成情况")

    workbooks, findings, _ = read_returned(original.parent)

    assert [Path(each.path).name for each in workbooks] == ["甲庭（检查）.xlsx"]
    assert [(each.code, each.locus.file) for each in findings] == [("XPF617", "甲庭.xlsx")]
