"""The workbook on which a spreadsheet program checks itself; LibreOffice stands in for the program."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from office.calc import Calc
from zipped import packed, parts_of

from xlperf.cli.main import main
from xlperf.form.program_check import CHECKS
from xlperf.measure import CATALOG
from xlperf.model import UnreadableInput
from xlperf.workbook.program_check import (
    is_program_check,
    program_check_bytes,
    read_program_check,
)

Captured = pytest.CaptureFixture[str]

SHEET = "程序检查"
FUNCTIONS = [f"XLPERF_{name}" for name in CATALOG]
FILLED = {"C6": 30, "C7": 10, "C8": "确定能", "C10": "是"}  # the yellow cells, as Excel leaves them


@pytest.fixture
def unopened(tmp_path: Path) -> Path:
    path = tmp_path / "自检.xlsx"
    path.write_bytes(program_check_bytes())
    return path


@pytest.fixture
def saved(calc: Calc, unopened: Path) -> Path:
    """As LibreOffice saves it when nobody has filled the yellow cells."""
    path = unopened.with_name("保存后.xlsx")
    calc.save_as(unopened, path)
    return path


def rewritten(path: Path, changes: Mapping[str, Callable[[str], str]]) -> Path:
    """The file with some of its parts changed."""
    parts = parts_of(path.read_bytes())
    for name, change in changes.items():
        parts[name] = change(parts[name].decode()).encode()
    target = path.with_name("改动.xlsx")
    target.write_bytes(packed(parts))
    return target


# --- LibreOffice as the program ---------------------------------------------------------------------------------------


@pytest.mark.office
def test_libreoffice_differs_in_what_is_known(saved: Path) -> None:
    read = read_program_check(saved)

    assert read.program.startswith("LibreOffice 25.2.")
    assert {outcome.what: outcome.found for outcome in read.outcomes if not outcome.agrees and not outcome.other} == {
        "ISNUMBER(TRUE)": "“是数字”"
    }
    assert {outcome.what: outcome.found for outcome in read.outcomes if outcome.other == "按数组计算"} == {
        "普通公式：IF 的条件是区域": "15"
    }
    assert [outcome.what for outcome in read.outcomes if outcome.other == "未安装"] == FUNCTIONS
    assert [outcome.number for outcome in read.outcomes if outcome.other == "未试"] == [1, 2, 3, 4]


@pytest.mark.office
def test_the_sheet_judges_itself_as_the_doctor_does(calc: Calc, saved: Path) -> None:
    verdicts = calc.recalc(saved)[SHEET]
    outcomes = read_program_check(saved).outcomes

    for outcome in outcomes:
        expected = f"○ {outcome.other}" if outcome.other else "✓ 相符" if outcome.agrees else "✗ 不同"
        assert verdicts["E" + outcome.cell[1:]] == expected, outcome
    assert verdicts["A3"] == "✓ 相符 103 项　✗ 不同 1 项　○ 未试 4 项　"


@pytest.mark.office
def test_yellow_cells_are_judged_by_what_stands_there(calc: Calc, unopened: Path) -> None:
    path = unopened.with_name("填好.xlsx")
    calc.recalc(unopened, {SHEET: {**FILLED, "C6": "三十"}}, save=path)

    found = {outcome.number: (outcome.found, outcome.agrees) for outcome in read_program_check(path).outcomes[:4]}
    assert found == {1: ("“三十”", False), 2: ("10", True), 3: ("“确定能”", True), 4: ("“是”", True)}


@pytest.mark.office
def test_to_open_and_save_is_enough(calc: Calc, unopened: Path, tmp_path: Path) -> None:
    """No hard recalculation here: as a person does it."""
    office = [
        os.environ.get("XLPERF_SOFFICE", "soffice"),
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
    ]
    saved = tmp_path / "saved"
    subprocess.run([*office, "--convert-to", "xlsx", "--outdir", saved, unopened], check=True, capture_output=True)

    assert sum(outcome.agrees for outcome in read_program_check(saved / unopened.name).outcomes) == 103


# --- the file ---------------------------------------------------------------------------------------------------------


def test_no_answer_is_cached(unopened: Path) -> None:
    formulas = openpyxl.load_workbook(unopened)[SHEET]
    values = openpyxl.load_workbook(unopened, data_only=True)[SHEET]
    computed = [cell for row in formulas.iter_rows() for cell in row if cell.data_type == "f"]

    assert len(computed) > 2 * len(CATALOG)
    assert {values[cell.coordinate].value for cell in computed} == {None}


def test_every_function_occurs_with_its_example(unopened: Path) -> None:
    sheet = openpyxl.load_workbook(unopened)[SHEET]
    rows = {row[1].value: row for row in sheet.iter_rows(max_col=6) if isinstance(row[0].value, str)}

    for name, function in CATALOG.items():
        answer = function.example.answer
        shown = float(answer) if isinstance(answer, Decimal) else answer
        called = rows[f"XLPERF_{name}"]
        assert called[3].value == shown
        assert f"XLPERF_{name}(" in called[2].value
        if function.plain is not None:
            plain = rows[f"{name}：{function.result.zh}"]
            assert plain[3].value == shown
            assert "XLPERF_" not in plain[2].value.text


def test_the_same_bytes_every_time() -> None:
    assert program_check_bytes() == program_check_bytes()


# --- the doctor -------------------------------------------------------------------------------------------------------


def told(path: Path, capsys: Captured) -> list[str]:
    """What the doctor says about the file."""
    main(["doctor", str(path)])
    return [line.replace(str(path), "F") for line in capsys.readouterr().out.splitlines()[-5:]]


@pytest.fixture(autouse=True)
def healthy_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlperf.hosts.libreoffice.installed", lambda: None)


def test_the_doctor_knows_a_file_nobody_has_opened(unopened: Path, capsys: Captured) -> None:
    assert told(unopened, capsys)[-1] == ("✗ F：尚未在 Excel/WPS 中打开并保存（最后由 xlperf 写入，检查没有计算）")


@pytest.mark.office
def test_the_doctor_lists_differences_and_what_they_mean(saved: Path, capsys: Captured) -> None:
    program, difference, *harmless = told(saved, capsys)

    assert program.startswith("○ F：LibreOffice 25.2.")
    assert program.endswith(" 有 1 项不同，103 项相符")
    assert difference == (
        "✗ 第57项（C70）ISNUMBER(TRUE)：应为“不是数字”，实为“是数字”。填了 TRUE 会当作数字；check 和汇总仍会指出。"
    )
    assert harmless[:2] == ["○ 第1、2、3、4项：未试（不算问题）", "○ 第5项：按数组计算（不算问题）"]


@pytest.mark.office
def test_the_doctor_says_in_one_line_that_all_agree(calc: Calc, unopened: Path, capsys: Captured) -> None:
    filled = unopened.with_name("填好.xlsx")
    calc.recalc(unopened, {SHEET: FILLED}, save=filled)

    def as_excel(xml: str) -> str:
        """The answers Excel would have saved where LibreOffice's differ."""
        return xml.replace(">是数字<", ">不是数字<")

    def by_excel(xml: str) -> str:
        start, end = xml.index("<Application>"), xml.index("</AppVersion>")
        return f"{xml[:start]}<Application>Microsoft Excel</Application><AppVersion>16.0300{xml[end:]}"

    path = rewritten(filled, {"xl/worksheets/sheet1.xml": as_excel, "docProps/app.xml": by_excel})

    assert "✓ F：Microsoft Excel 16.0300 的 108 项检查全部相符，工作簿可以放心使用" in told(path, capsys)


@pytest.mark.parametrize(
    ("application", "properties", "program"),
    [
        ("WPS Office_12.1.0.15120_F1E327BC-269C-435d-A152-05C5408002CA", "", "WPS Office 12.1.0.15120"),
        ("Microsoft Excel</Application><AppVersion>16.0300", "", "Microsoft Excel 16.0300"),
        ("Microsoft Excel", "2052-12.1.0.15120", "Microsoft Excel（WPS 2052-12.1.0.15120）"),
    ],
)
def test_the_program_is_told_by_its_own_marks(unopened: Path, application: str, properties: str, program: str) -> None:
    mark = '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="9" name="KSOProductBuildVer"><vt:lpwstr>'
    more = f"{mark}{properties}</vt:lpwstr></property></Properties>" if properties else "</Properties>"
    closed = application + ("</AppVersion>" if "<AppVersion>" in application else "</Application>")
    path = rewritten(
        unopened,
        {
            "docProps/app.xml": lambda xml: xml.replace("xlperf</Application>", closed),
            "docProps/custom.xml": lambda xml: xml.replace("</Properties>", more),
        },
    )

    assert read_program_check(path).program == program


def test_checks_of_another_version_are_not_guessed_at(unopened: Path, capsys: Captured) -> None:
    changed = {"docProps/custom.xml": lambda xml: xml.replace("<vt:lpwstr>", "<vt:lpwstr>0")}

    assert told(rewritten(unopened, changed), capsys)[-1].endswith("请重新运行 xlperf doctor --excel-check")


@pytest.mark.parametrize(
    ("part", "spoil", "reason"),
    [
        ("xl/worksheets/sheet1.xml", lambda xml: xml[:9000], "文件不完整或已损坏"),
        ("docProps/app.xml", lambda xml: xml[:-9], "文件不完整或已损坏"),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace("xlperf ", "x"), "不是本工具生成的填报表"),
        ("xl/workbook.xml", lambda xml: "<!DOCTYPE a>" + xml, "DTD"),
    ],
)
def test_a_damaged_file_is_refused_with_its_reason(
    unopened: Path, part: str, spoil: Callable[[str], str], reason: str
) -> None:
    path = rewritten(unopened, {part: spoil})

    with pytest.raises(UnreadableInput, match=reason):
        read_program_check(path)


def test_other_files_are_none_of_these(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)
    noise = tmp_path / "b.xlsx"
    noise.write_bytes(b"PK\x03\x04 and nothing more")

    assert [is_program_check(each) for each in (path, noise, tmp_path / "absent.xlsx", tmp_path)] == [False] * 4


def test_it_is_written_where_it_is_asked_for(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "自检.xlsx"

    assert main(["doctor", "--excel-check", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}\n"
    assert path.read_bytes() == program_check_bytes()
    assert main(["doctor", "--excel-check", str(path)]) == 3
    assert main(["doctor", "--excel-check", str(path), "--force"]) == 0


def test_texts_say_what_follows() -> None:
    assert [check.what for check in CHECKS if not check.means.endswith("。")] == []
    assert len({check.what for check in CHECKS}) == len(CHECKS)
