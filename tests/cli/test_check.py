"""`xlperf check` as a clerk uses it: which findings, in which words, with which exit code, and into which copies."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import openpyxl
import pytest
from checks.flawless import typed_workbook

from xlperf.checks import CODES
from xlperf.cli.main import main
from xlperf.jobs.check import _name_of_copy
from xlperf.jobs.example import document_text
from xlperf.model import Operator
from xlperf.workbook.read.read import read_workbook

FAULTS = {
    "objectives.text": "目标内容1",
    "indicators.operator": "≤",
    "indicators.description": "办结案件数",
    "purpose": "=1+1",
}
SHEET = "01_办案业务经费"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "交回" / "甲庭.xlsx"
    path.parent.mkdir()
    path.write_bytes(typed_workbook(FAULTS))
    return path


def found(path: Path, *options: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The exit code, and the codes found."""
    code = main(["check", str(path), "--json", *options])
    return code, [finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]]


def test_what_it_prints(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(faulty)]) == 1

    told = capsys.readouterr()
    assert told.out == (
        "甲庭.xlsx　共5处\n"
        f"  错误 XPF129 {SHEET} C9：绩效目标是占位文字：“目标内容1”\n"
        f"  提醒 XPF525 {SHEET} O12：完成值4210未达到指标值≤4200，没有写明偏差原因\n"
        f"  提醒 XPF534 {SHEET} P12：未达标的指标没有选择完成可能性\n"
        "  提醒 2处是绩效文本的措辞、单位、指标写法（XPF451 1处、XPF425 1处）："
        "文本已批复的，填表时改不了，不必逐条处理\n"
    )
    assert told.err == "共5处：错误1，提醒4，提示0\n同样的问题合在一行；要逐条列出，加 --all。\n"


WHOLE = [
    f"  错误 XPF129 {SHEET} C9：绩效目标是占位文字：“目标内容1”",
    f"  提醒 XPF525 {SHEET} O12：完成值4210未达到指标值≤4200，没有写明偏差原因",
    f"  提醒 XPF534 {SHEET} P12：未达标的指标没有选择完成可能性",
    f"  提醒 XPF451 {SHEET} D12：绩效指标描述照抄了三级指标：“办结案件数”",
    f"  提醒 XPF425 {SHEET} E12：数量指标的符号为≤，什么都不做也算达标",
]


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        (["--all"], ["甲庭.xlsx　共5处", *WHOLE]),
        (["--errors"], ["甲庭.xlsx　共1处", WHOLE[0]]),
        (
            ["--group", "project", "--all"],
            [f"甲庭.xlsx › {SHEET}　共5处", *(x.replace(f"{SHEET} ", "") for x in WHOLE)],
        ),
        (["--group", "rule"], [line.replace(SHEET, f"甲庭.xlsx › {SHEET}") for line in WHOLE]),
        (
            ["--statistics"],
            [
                "     1 错误 XPF129 绩效目标是占位文字：“…”",
                "     1 提醒 XPF525 完成值…未达到指标值…，没有写明偏差原因",
                "     1 提醒 XPF534 未达标的指标没有选择完成可能性",
                "     1 提醒 XPF425 …的符号为…，什么都不做也算达标",
                "     1 提醒 XPF451 绩效指标描述照抄了三级指标：“…”",
            ],
        ),
    ],
)
def test_what_it_prints_when_asked(
    faulty: Path, options: list[str], lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(faulty), *options]) == 1

    told = capsys.readouterr()
    assert told.out.splitlines() == lines
    assert told.err == "共5处：错误1，提醒4，提示0\n"


def test_json_keeps_every_finding_but_those_left_out_on_purpose(
    faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert found(faulty, capsys=capsys) == (1, ["XPF129", "XPF525", "XPF534", "XPF451", "XPF425"])
    assert found(faulty, "--group", "rule", capsys=capsys)[1] == ["XPF129", "XPF525", "XPF534", "XPF451", "XPF425"]
    assert found(faulty, "--errors", capsys=capsys) == (1, ["XPF129"])

    assert main(["check", str(faulty), "--json", "--statistics", "--select", "XPF42,XPF129"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "statistics": [{"code": "XPF129", "count": 1}, {"code": "XPF425", "count": 1}]
    }


def test_the_projects_of_a_document_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "文本.txt"
    path.write_text(document_text(), encoding="utf-8")

    assert main(["check", str(path), "--errors", "--group", "project"]) == 1
    assert capsys.readouterr().out == (
        "文本.txt › 99030026P00041910002J 公务运转经费　共1处\n"
        "  错误 XPF129 第241行：绩效目标是占位文字：“目标内容1”\n"
        "文本.txt › 99030026P00057710004H "
        "2026年政法基础设施及装备补助资金（示财政法【2026】12号）囚车及警务装备购置经费　共1处\n"
        "  错误 XPF422 第963行：没有填写计量单位\n"
    )


@pytest.mark.parametrize(
    ("options", "code", "codes"),
    [
        (["--select", "XPF129"], 1, ["XPF129"]),
        (["--select", "XPF42,xpf45"], 0, ["XPF451", "XPF425"]),
        (["--select", "XPF4", "--ignore", "XPF451"], 0, ["XPF425"]),
        (["--ignore", "XPF1,XPF4,XPF5"], 0, []),
        (["--select", "XPF451", "--fail-on", "warning"], 1, ["XPF451"]),
        (["--select", "XPF129", "--fail-on", "never"], 0, ["XPF129"]),
    ],
)
def test_chosen_codes(
    faulty: Path, options: list[str], code: int, codes: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert found(faulty, *options, capsys=capsys) == (code, codes)


def test_a_code_that_is_none_is_refused(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(faulty), "--ignore", "XPF8"]) == 2

    assert "没有代码 XPF8" in capsys.readouterr().err


def test_scores_audited_under_another_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "甲.xlsx"
    cost = {"indicators.level2": "时效指标", "indicators.operator": "≤", "indicators.value": 4000}
    path.write_bytes(typed_workbook({**cost, "indicators.deviation_reason": "案多人少"}))

    assert main(["check", str(path), "--select", "XPF523"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["check", str(path), "--select", "XPF523", "--pack", "national-2020-zero"]) == 0
    assert capsys.readouterr().out == (
        f"甲.xlsx　共1处\n  提醒 XPF523 {SHEET} N12：得分为23.69，按规则包“全国2020零分法”重算为0（4210 > 4000 → 0）\n"
    )


def test_annotated_copies(faulty: Path, tmp_path: Path) -> None:
    before = faulty.read_bytes()

    assert main(["check", str(faulty.parent), "--annotate", str(tmp_path / "检查")]) == 1

    assert [path.name for path in (tmp_path / "检查").iterdir()] == ["甲庭（检查）.xlsx"]
    assert faulty.read_bytes() == before
    copy = tmp_path / "检查" / "甲庭（检查）.xlsx"
    book = openpyxl.load_workbook(copy)
    assert "错误 XPF129 绩效目标是占位文字：“目标内容1”" in book[SHEET]["C9"].comment.text
    assert book.sheetnames[0] == "检查结果"
    again = read_workbook(copy)
    assert again.department == read_workbook(faulty).department
    assert again.department is not None
    assert again.department.projects[0].indicators[0].target.operator is Operator.LE


def test_workbooks_whose_names_look_alike_keep_their_own_notes(faulty: Path, tmp_path: Path) -> None:
    faulty.rename(faulty.with_name("甲 庭.xlsx"))
    faulty.with_name("甲\u3000庭.xlsx").write_bytes(typed_workbook({}))

    main(["check", str(faulty.parent), "--annotate", str(tmp_path / "检查")])

    assert [path.name for path in (tmp_path / "检查").iterdir()] == ["甲 庭（检查）.xlsx"]


def test_a_copy_stays_below_its_folder_wherever_the_original_lies() -> None:
    assert _name_of_copy("二庭/甲庭.xlsx") == Path("二庭/甲庭（检查）.xlsx")
    assert _name_of_copy("/盘/甲庭.xlsx") == Path("盘/甲庭（检查）.xlsx")


def test_a_file_that_broke_after_the_check_is_named(
    faulty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("xlperf.jobs.check.fetch", lambda _: b"PK")

    assert main(["check", str(faulty), "--annotate", str(tmp_path / "检查")]) == 3
    assert "没有做成带批注的副本：甲庭.xlsx：文件没有下载或传输完整" in capsys.readouterr().err


def test_a_document_is_checked_line_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from xlperf.jobs.example import document_text

    path = tmp_path / "文本.txt"
    path.write_text(document_text(), encoding="utf-8")

    assert main(["check", str(path), "--select", "XPF129,XPF427", "--lang", "en"]) == 1
    assert (
        capsys.readouterr().out == "文本.txt: 1\n  error XPF129 line 241: The objective is a placeholder: “目标内容1”\n"
    )


def test_a_document_is_checked_by_the_pack_of_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from xlperf.jobs.example import document_text

    path = tmp_path / "文本.txt"
    path.write_text(document_text(), encoding="utf-8")

    assert main(["check", str(path), "--select", "XPF131"]) == 0
    capsys.readouterr()
    assert main(["check", str(path), "--select", "XPF131", "--pack", "national-2026-cost"]) == 1
    assert "没有适用的成本指标，该类20分无处得" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "place"), [("清单.csv", "第2行"), ("清单.xlsx", "Sheet C2")])
def test_a_list_of_projects_is_checked_cell_by_cell(
    name: str, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["项目编码", "项目名称", "预算数"], ["99030026P00041810002W", "甲", "约五"]]
    path = tmp_path / name
    if path.suffix == ".csv":
        path.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        book.save(path)

    assert main(["check", str(path)]) == 1

    said = capsys.readouterr().out.splitlines()
    assert said[:2] == [f"{name}　共1处", f"  错误 XPF401 {place}：预算数应为数字，现为“约五”，未读入"]


def test_the_page_of_a_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "xpf425"]) == 0

    assert capsys.readouterr().out == (
        "XPF425 提醒 …的符号为…，什么都不做也算达标\n"
        "\n"
        "查什么　数量、质量、满意度指标的符号是否为≤或<；名称或描述表明越少越好的（如差错率、死亡率）除外。\n"
        "为什么　什么都不做也能得满分，指标失去约束。\n"
        "怎么改　改为≥或＝；确属越少越好的，在描述中写明“越少越好”或“越低越好”。\n"
        "例·会报　二级指标＝数量指标，符号＝≤\n"
        "例·不报　二级指标＝成本指标，符号＝≤\n"
    )


def test_the_table_of_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule"]) == 0
    whole = capsys.readouterr().out.splitlines()
    assert main(["rule", "XPF44", "--lang", "en"]) == 0
    part = capsys.readouterr().out.splitlines()

    assert len(whole) == len(CODES)
    assert part[0] == "XPF440 warning “… 0” is met by doing nothing"
    assert len(part) == 8


def folder_of_three(faulty: Path) -> Path:
    """乙庭 has comments without authors, 丙 a name that leaves no room for more; 甲庭 is as it should be."""
    from workbook.costly_copies import related
    from zipped import packed, parts_of

    parts = related(parts_of(faulty.read_bytes()), "xl/worksheets/_rels/sheet4.xml.rels", "comments", "/xl/c.xml")
    comments = b'<comments><commentList><comment ref="C9"><text><t>a</t></text></comment></commentList></comments>'
    (faulty.parent / "乙庭.xlsx").write_bytes(packed({**parts, "xl/c.xml": comments}))
    (faulty.parent / f"{'丙' * 82}.xlsx").write_bytes(faulty.read_bytes() + b" ")
    return faulty.parent


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX: a name of so many bytes")
def test_a_copy_that_cannot_be_made_stops_no_other(
    faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_of_three(faulty)

    assert main(["check", str(folder), "--annotate", str(tmp_path / "检查")]) == 3

    told = capsys.readouterr()
    assert [path.name for path in (tmp_path / "检查").iterdir()] == ["甲庭（检查）.xlsx"]
    refused = [line for line in told.err.splitlines() if line.startswith("没有做成带批注的副本：")]
    assert len(refused) == 2
    assert "xl/c.xml: authors" in next(line for line in refused if "乙庭.xlsx" in line)
    assert "XPF129" in told.out


def test_a_bug_in_one_copy_is_told_after_the_others_were_made(
    faulty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (faulty.parent / "乙庭.xlsx").write_bytes(typed_workbook({**FAULTS, "purpose": "乙"}))

    def broken(path: Path) -> bytes:
        if path.name == "乙庭.xlsx":
            raise IndexError("no such thing")
        return path.read_bytes()

    monkeypatch.setattr("xlperf.jobs.check.fetch", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    assert main(["check", str(faulty.parent), "--annotate", str(tmp_path / "检查")]) == 70

    told = capsys.readouterr()
    assert [path.name for path in (tmp_path / "检查").iterdir()] == ["甲庭（检查）.xlsx"]
    assert "没有做成带批注的副本：乙庭.xlsx：程序内部错误" in told.err
    assert "IndexError: no such thing" in told.err
    assert "XPF129" in told.out


def test_workbooks_of_each_period_are_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "甲.txt").write_text(document_text(), encoding="utf-8")
    for period in ("plan", "monitoring"):
        main(["generate", str(tmp_path / "甲.txt"), "--period", period, "-o", str(tmp_path / "交回")])
    capsys.readouterr()

    def told(*paths: Path) -> list[tuple[str, str, str]]:
        main(["check", *map(str, paths), "--json"])
        found = json.loads(capsys.readouterr().out)["findings"]
        return sorted((Path(each["file"]).name, each["code"], each["cell"] or "") for each in found)

    each = [finding for path in (tmp_path / "交回").iterdir() for finding in told(path)]

    assert told(tmp_path / "交回") == sorted(each)
    assert {code for _, code, _ in each} >= {"XPF129", "XPF507"}  # an objective of the plan, payments of June


def test_what_is_passed_over_comes_together_at_the_end(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("甲庭.xlsx.bak", "乙庭.xlsx.bak", "说明.docx"):
        (faulty.parent / name).write_bytes(b"old")

    main(["check", str(faulty.parent), "--select", "XPF241,XPF210"])

    assert capsys.readouterr().out == (
        "其他文件　共3个\n"
        "  提示 XPF241 2处：覆盖时保留的旧版本，未读取（乙庭.xlsx.bak；甲庭.xlsx.bak）\n"
        "  提示 XPF210 说明.docx：不是填报表，未读取；其中如有填报内容，请填在下发的 .xlsx 表里报送\n"
    )
