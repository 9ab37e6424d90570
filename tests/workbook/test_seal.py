"""The seal: it survives other programs' saves, and tells which given cell of which sheet was changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from departments import SETTINGS, small_department
from office.calc import Calc
from workbook.foreign import copied_by_xlsxwriter, rewritten, saved, without
from workbook.returning import CONTENT, FIRST, SETTINGS_SHEET, cell_of, codes, read_back
from zipped import packed, parts_of

from xlperf.checks import message
from xlperf.files import unpack
from xlperf.form import EDITIONS, PROJECT, Answers, Layout, form_set_of, layout
from xlperf.form import titles as title_of
from xlperf.form.seal import MOST_GROUPS, SEAL, changed, digest, given_cells, is_digest
from xlperf.model import Period
from xlperf.ooxml.a1 import position
from xlperf.ooxml.workbook_parts import open_book
from xlperf.workbook.write.department import department_bytes

SECOND = "02_智慧法院设备（安防智能化）购置经费"
PROPERTIES = "docProps/custom.xml"


def placed(returned) -> list[tuple[str, str, str]]:
    return [(found.code, found.locus.sheet, found.locus.cell) for found in returned.findings]


# --- the digest ------------------------------------------------------------------------------------------------------

SIZES = (("indicators", 8), ("objectives", 2), ("payments", 12))


def small_layout() -> Layout:
    return layout(PROJECT, SIZES)


def test_what_is_sealed_of_a_project_is_what_the_document_said() -> None:
    assert [cell.key for cell in given_cells(small_layout())] == ["number", "code", "name"] + ["indicators.raw"] * 8
    assert given_cells(layout(SEAL, (("digests", 4),))) == ()


def test_a_digest_names_the_cell_that_differs() -> None:
    before = Answers({"number": 1, "code": "C", "name": "甲"}, {"indicators": [{"indicators.raw": "≥1"}]})
    after = Answers({"number": 1, "code": "D", "name": "甲"}, {"indicators": [{}, {"indicators.raw": "≥1"}]})

    sealed = digest(small_layout(), before)

    assert is_digest(sealed)
    assert changed(small_layout(), before, sealed) == []
    assert [(cell.key, cell.row) for (cell,) in changed(small_layout(), after, sealed)] == [
        ("code", 0),
        ("indicators.raw", 0),
        ("indicators.raw", 1),
    ]


def test_blanks_around_a_text_and_the_kind_of_a_number_do_not_count() -> None:
    sealed = digest(small_layout(), Answers({"number": 1, "code": "C", "name": " 甲\r\n"}))

    assert changed(small_layout(), Answers({"number": "1", "code": "C", "name": "甲"}), sealed) == []


def test_true_where_1_was_given_is_a_change() -> None:
    sealed = digest(small_layout(), Answers({"number": 1}))

    assert [cell.key for (cell,) in changed(small_layout(), Answers({"number": True}), sealed)] == ["number"]


def test_a_large_sheet_is_sealed_in_groups_within_a_property() -> None:
    large = layout(PROJECT, (("indicators", 400), ("objectives", 2), ("payments", 12)))
    rows = [{"indicators.raw": f"≥{i}"} for i in range(400)]
    sealed = digest(large, Answers({}, {"indicators": rows}))
    rows[200] = {"indicators.raw": "≤200"}

    found = changed(large, Answers({}, {"indicators": rows}), sealed)

    assert len(sealed) <= 255
    (group,) = found
    assert ("indicators.raw", 200) in [(cell.key, cell.row) for cell in group]
    assert len(group) == -(-403 // MOST_GROUPS)


def test_what_people_see_of_a_monitoring_sheet_is_sealed_cell_by_cell() -> None:
    form = EDITIONS[form_set_of(Period.MONITORING, "national")]["project"]
    wide = layout(form, (("indicators", 10), ("payments", 12)))
    rows = [{"indicators.name": f"指标{i}", "indicators.basis": "往年"} for i in range(10)]
    sealed = digest(wide, Answers({}, {"indicators": rows}))
    rows[6] = {"indicators.name": "别的", "indicators.basis": "往年"}
    rows[7] = {"indicators.name": "指标7", "indicators.basis": "别的"}

    shown, hidden = changed(wide, Answers({}, {"indicators": rows}), sealed)

    assert [(cell.key, cell.row) for cell in shown] == [("indicators.name", 6)]
    assert ("indicators.basis", 7) in [(cell.key, cell.row) for cell in hidden]
    assert all((position(cell.cell) or (0, 0))[1] > wide.visible_columns for cell in hidden)
    assert len(sealed) <= 255


def test_the_same_seal_stands_in_the_properties_and_on_the_hidden_sheet(tmp_path: Path) -> None:
    book = open_book(unpack(CONTENT))
    sheet = next(sheet for sheet in read_back(CONTENT, tmp_path).sheets if sheet.title == title_of.SEAL)

    mirrored = {row["digests.sheet"]: row["digests.digest"] for row in sheet.answers.bands["digests"]}

    assert mirrored == {
        name.removeprefix("xlperf.digest."): said for name, said in book.properties.items() if "digest" in name
    }
    assert list(mirrored) == ["contents", "1", "2", "settings"]
    assert all(len(said) <= 255 for said in book.properties.values())
    assert book.properties["xlperf.macros"] == "no"


def test_the_same_department_gives_the_same_bytes() -> None:
    assert department_bytes(small_department(), SETTINGS) == CONTENT


# --- saves by other programs -----------------------------------------------------------------------------------------


def test_the_seal_survives_a_save_by_openpyxl(tmp_path: Path) -> None:
    returned = read_back(saved(CONTENT), tmp_path)

    assert codes(returned) == []
    assert returned.department == small_department()


def test_the_seal_survives_without_properties(tmp_path: Path) -> None:
    assert codes(read_back(without(CONTENT, PROPERTIES), tmp_path)) == []


def test_the_seal_survives_a_copy_of_values_by_xlsxwriter(tmp_path: Path) -> None:
    copy = copied_by_xlsxwriter(CONTENT)
    assert PROPERTIES not in parts_of(copy)

    returned = read_back(copy, tmp_path)

    assert returned.department == small_department()
    assert {code for code, _ in codes(returned)} == {"XPF326"}  # no formulas are left


def test_a_change_shows_in_a_copy_by_xlsxwriter_too(tmp_path: Path) -> None:
    altered = saved(CONTENT, lambda book: book[FIRST].__setitem__(cell_of("code"), "13080023P00024610003U"))

    assert ("XPF316", cell_of("code")) in codes(read_back(copied_by_xlsxwriter(altered), tmp_path))


@pytest.mark.office
def test_the_seal_survives_a_save_by_libreoffice(calc: Calc, tmp_path: Path) -> None:
    altered = saved(CONTENT, lambda book: book[SECOND].__setitem__(cell_of("name"), "智慧法院"))
    original, after = tmp_path / "o.xlsx", tmp_path / "s.xlsx"
    original.write_bytes(altered)
    calc.save_as(original, after)

    assert placed(read_back(after.read_bytes(), tmp_path)) == [("XPF316", SECOND, cell_of("name"))]


# --- what people do to it --------------------------------------------------------------------------------------------


def test_a_changed_code_is_named_with_its_cell(tmp_path: Path) -> None:
    returned = read_back(saved(CONTENT, lambda b: b[FIRST].__setitem__(cell_of("code"), "P2")), tmp_path)

    assert placed(returned) == [("XPF316", FIRST, cell_of("code"))]
    assert message(returned.findings[0]) == "下发时给定的内容被改动：项目编码现为“P2”，按现有内容读取"
    assert returned.department is not None
    assert returned.department.projects[0].code == "P2"


def test_a_changed_rule_pack_table_is_named(tmp_path: Path) -> None:
    sheet = next(sheet for sheet in read_back(CONTENT, tmp_path).sheets if sheet.marker.kind == "settings")
    cell = sheet.layout.bands["rules"][1]["rules.value"].cell

    returned = read_back(saved(CONTENT, lambda book: book[SETTINGS_SHEET].__setitem__(cell, 60)), tmp_path)

    assert cell == "B16"
    assert placed(returned) == [("XPF316", SETTINGS_SHEET, "B16")]
    assert message(returned.findings[0]) == (
        "下发时给定的内容被改动：规则包的参数（B16—A17）现为“60、比例法：分值×（1－超出比例），两倍得0分；比值法：分值×目标值÷完成值…”，"
        "按现有内容读取"
    )


def test_renaming_and_reordering_sheets_changes_nothing(tmp_path: Path) -> None:
    def change(book) -> None:
        book[FIRST].title, book[SECOND].title = "乙", "甲"
        book.move_sheet("甲", -4)

    returned = read_back(saved(CONTENT, change), tmp_path)

    assert codes(returned) == []


def test_a_workbook_without_its_seal_says_so(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        del parts[PROPERTIES]
        xml = parts["xl/workbook.xml"].decode()
        parts["xl/workbook.xml"] = re.sub(rf'<sheet name="{title_of.SEAL}"[^>]*/>', "", xml).encode()

    returned = read_back(rewritten(CONTENT, change), tmp_path)

    assert placed(returned) == [("XPF318", title_of.CONTENTS, "A1")]
    assert returned.department == small_department()


def test_a_seal_without_digests_says_so(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts[PROPERTIES] = re.sub(rb"<property [^>]*digest.*</property>", b"", parts[PROPERTIES])
        xml = parts["xl/workbook.xml"].decode()
        parts["xl/workbook.xml"] = re.sub(rf'<sheet name="{title_of.SEAL}"[^>]*/>', "", xml).encode()

    returned = read_back(rewritten(CONTENT, change), tmp_path)

    assert codes(returned) == [("XPF318", "A1")]
    assert dict(returned.findings[0].values)["missing"] == "digest.contents、digest.1、digest.2、digest.settings"


def test_a_seal_that_contradicts_itself_says_so(tmp_path: Path) -> None:
    parts = parts_of(CONTENT)
    parts[PROPERTIES] = parts[PROPERTIES].replace(b">366001<", b">366002<")

    returned = read_back(packed(parts), tmp_path)

    assert placed(returned) == [("XPF319", title_of.CONTENTS, "A1")]
    assert message(returned.findings[0]) == "封印自相矛盾：unit在文件属性和封印表中不同，以文件属性为准"


def test_a_project_sheet_copied_inside_the_workbook_is_named(tmp_path: Path) -> None:
    returned = read_back(
        saved(CONTENT, lambda book: setattr(book.copy_worksheet(book[FIRST]), "title", f"{FIRST} (2)")), tmp_path
    )

    assert placed(returned) == [("XPF324", f"{FIRST} (2)", "A1")]
    assert dict(returned.findings[0].values) == {"first": FIRST}


def test_a_sheet_of_another_workbook_is_named_and_the_lost_one_missed(tmp_path: Path) -> None:
    other = small_department().model_copy(update={"overall_objective": "另一份。"})
    stranger = parts_of(department_bytes(other, SETTINGS))["xl/worksheets/sheet4.xml"]

    returned = read_back(packed({**parts_of(CONTENT), "xl/worksheets/sheet4.xml": stranger}), tmp_path)

    assert placed(returned) == [("XPF314", title_of.CONTENTS, "A4"), ("XPF320", FIRST, "A1")]
    assert returned.department == small_department()


def test_the_row_of_a_deleted_project_is_pointed_at(tmp_path: Path) -> None:
    returned = read_back(saved(CONTENT, lambda book: book.remove(book[SECOND])), tmp_path)

    assert placed(returned) == [("XPF314", title_of.CONTENTS, "A5")]
