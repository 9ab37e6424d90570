"""What nobody sent and what was sent and could not be read are two lists, and a text to send to both."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest
from consolidate.departments import CAR, CASES, REPAIRS, SETTINGS, write

from xlperf.cli.main import main
from xlperf.consolidate import Consolidation, as_json
from xlperf.document.project_list import Contact
from xlperf.jobs.consolidate import consolidate
from xlperf.jobs.remind import remind, working_days_after
from xlperf.model import Department
from xlperf.report.reminder import reminder
from xlperf.workbook.write.department import department_bytes

CLERKS = ("13080023P000245100026", "聘任制书记员经费")
EXPECTED = [(each.code, each.name) for each in (CASES, REPAIRS, CAR)] + [CLERKS]
MONDAY = dt.date(2023, 11, 13)


def displaced(path: Path, title: str) -> Path:
    book = openpyxl.load_workbook(path)
    book[title].insert_rows(5)
    book.save(path)
    return path


@pytest.fixture
def told(tmp_path: Path) -> Consolidation:
    """One project in order, one on a sheet that was altered, one in a broken file, one nowhere; and a letter."""
    at = tmp_path / "交回"
    displaced(write(at / "甲庭.xlsx", CASES, REPAIRS), "01_办案业务经费")
    at.joinpath(f"{CAR.name}（张三）.xlsx").write_bytes(b"")
    at.joinpath("说明.docx").write_bytes(b"PK")
    return consolidate(at, tmp_path / "汇总.xlsx", expected=EXPECTED)


def test_missing_is_only_what_nobody_sent(told: Consolidation) -> None:
    assert told.missing == (CLERKS,)
    assert [(each.file, each.sheet, each.code, each.reason.code) for each in told.unread] == [
        ("1辆囚车购置经费（张三）.xlsx", "", CAR.code, "XPF209"),
        ("甲庭.xlsx", "01_办案业务经费", CASES.code, "XPF308"),
    ]
    assert [each.name for each in told.unread] == [CAR.name, CASES.name]
    assert [dict(each.values)["project"] for each in told.findings if each.code == "XPF602"] == [CLERKS[0]]


def test_both_lists_stand_in_json_and_on_the_first_page(told: Consolidation, tmp_path: Path) -> None:
    totals = json.loads(json.dumps(as_json(told)["totals"]))
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["总览"]
    lines = [str(row[0]) for row in sheet.values]

    assert totals["missing"] == [{"code": CLERKS[0], "name": CLERKS[1]}]
    assert [each["file"] for each in totals["unread"]] == ["1辆囚车购置经费（张三）.xlsx", "甲庭.xlsx"]
    assert totals["unread"][0]["reason"].startswith("文件是空的（0字节）")
    assert "✗ 1个项目应报未报：聘任制书记员经费" in lines
    assert "✗ 1个已报送的文件未能读取：1辆囚车购置经费（张三）.xlsx" in lines
    assert "✗ 1张工作表结构被改动、未能读取，见“问题”：甲庭.xlsx" in lines
    assert [line for line in lines if line.startswith(("应报未报的项目", "已报送、未能读取的", "未计入的"))] == [
        "应报未报的项目（1）",
        "已报送、未能读取的（2）",
        "未计入的和其他的文件（1）",
    ]


def test_the_screen_lists_both(tmp_path: Path, told: Consolidation, capsys: pytest.CaptureFixture[str]) -> None:
    listed = tmp_path / "清单.csv"
    rows = ["项目编码,项目名称,预算数", *(f"{code},{name},1" for code, name in EXPECTED)]
    listed.write_text("\n".join(rows), encoding="utf-8")
    out = tmp_path / "又一份.xlsx"
    command = ["consolidate", str(tmp_path / "交回"), "-o", str(out), "--expected", str(listed), "--no-history"]

    main([*command, "--by", "2023-11-13"])

    printed = capsys.readouterr()
    assert "应报未报1个：\n  聘任制书记员经费（13080023P000245100026）\n" in printed.err
    assert "已报送、未能读取2处：\n  1辆囚车购置经费（张三）.xlsx  1辆囚车购置经费（" in printed.err
    saved = out.with_name("又一份-催报.txt").read_bytes()
    assert saved.decode("utf-8-sig").replace("\r\n", "\n") + "\n" in printed.out
    assert "2023年11月13日（星期一）前报送" in printed.out


def test_the_text_names_who_and_what_and_by_when(told: Consolidation) -> None:
    others = {CAR.code.lower(): Contact("张三"), "别的": Contact("王五")}
    text = reminder(told, MONDAY, {CLERKS[0]: Contact("李四", "0314-1234567", "li@x.cn"), **others})

    assert text == (
        "发给 李四　电话 0314-1234567　邮箱 li@x.cn\n"
        "李四：您好！\n"
        "以下1个项目的2023年度运行监控填报表还没有收到，请于2023年11月13日（星期一）前报送：\n"
        "  1. 聘任制书记员经费（13080023P000245100026）\n"
        "────────────────────\n"
        "张三：您好！\n"
        "以下2023年度运行监控填报表已经收到，但没有读取成功，请按说明改正，于2023年11月13日（星期一）前重新报送：\n"
        f"  1. 1辆囚车购置经费（{CAR.code}），文件“1辆囚车购置经费（张三）.xlsx”：{CAR_REASON}\n"
        "────────────────────\n"
        "各位：您好！\n"
        "以下2023年度运行监控填报表已经收到，但没有读取成功，请按说明改正，于2023年11月13日（星期一）前重新报送：\n"
        f"  1. 办案业务经费（{CASES.code}），文件“甲庭.xlsx › 01_办案业务经费”：{CASES_REASON}"
    )


CAR_REASON = "文件是空的（0字节），多半没有从云盘或邮件下载到本机：请重新下载，或请对方重新发送"
CASES_REASON = (
    "行或列有增删或移动，本表未读取：此处应为“项目资金（万元）”，现为“”；"
    "指标行不够的，请发表人用 generate --rows 重新生成"
)


def test_contacts_stand_in_the_text_alone(told: Consolidation, tmp_path: Path) -> None:
    who = "0314-1234567"
    _, path = remind(told, tmp_path / "汇总.xlsx", MONDAY, {CLERKS[0]: Contact("李四", who)})

    assert path == tmp_path / "汇总-催报.txt"
    assert who in path.read_text(encoding="utf-8-sig")
    assert who not in json.dumps(as_json(told)["totals"], ensure_ascii=False)
    others = [each for each in tmp_path.rglob("*") if each.is_file() and each != path]
    assert not [each for each in others if who.encode() in each.read_bytes()]


def test_who_owes_nothing_gets_no_text(tmp_path: Path) -> None:
    write(tmp_path / "交回" / "甲庭.xlsx", CASES)
    told = consolidate(tmp_path / "交回", tmp_path / "汇总.xlsx", expected=[(CASES.code, CASES.name)])

    assert remind(told, tmp_path / "汇总.xlsx", MONDAY) == ("", None)
    assert not (tmp_path / "汇总-催报.txt").exists()


def test_weekends_are_no_working_days() -> None:
    assert working_days_after(dt.date(2023, 11, 9), 3) == dt.date(2023, 11, 14)  # from Thursday to Tuesday
    assert working_days_after(MONDAY, 3) == dt.date(2023, 11, 16)


def test_a_project_sent_with_a_wrong_year_was_sent(tmp_path: Path) -> None:
    at = tmp_path / "交回"
    write(at / "甲庭.xlsx", CASES)
    other = Department(unit={"code": "335001", "name": "某区人民法院"}, year=2022, projects=(CAR,))  # type: ignore[arg-type]
    (at / "乙庭.xlsx").write_bytes(department_bytes(other, SETTINGS))
    told = consolidate(at, tmp_path / "汇总.xlsx", expected=EXPECTED)

    assert told.missing == ((REPAIRS.code, REPAIRS.name), CLERKS)
    assert [(each.file, each.code, each.reason.code) for each in told.unread] == [("乙庭.xlsx", CAR.code, "XPF616")]
