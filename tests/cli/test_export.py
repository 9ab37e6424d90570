"""`xlperf export paste` as a clerk uses it: what goes where, in which words, with which exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from report.pasting import NOT_APPLICABLE, with_indicator, with_more, write

from xlperf.cli.main import main
from xlperf.model import BudgetUnit, Period
from xlperf.report.paste import write as written

Captured = pytest.CaptureFixture[str]
NAME = "366001示范市清河区人民法院2026年监控粘贴表.xlsx"
WHERE = "99030026P00041810002W 办案业务经费（甲庭.xlsx › 01_办案业务经费）"


def export(source: Path, *options: str) -> int:
    return main(["export", "paste", str(source), "-o", str(source.parent / "粘贴"), *options])


def test_the_paths_are_the_result(tmp_path: Path, capsys: Captured) -> None:
    assert export(write(tmp_path / "甲庭.xlsx")) == 0

    told = capsys.readouterr()
    assert told.out == f"{tmp_path / '粘贴' / NAME}\n"
    assert told.err == "2026年运行监控粘贴表：列入项目2个，没有列入0个。\n"


def test_what_is_left_out_is_named_for_the_person(tmp_path: Path, capsys: Captured) -> None:
    change = with_indicator(0, name="办结案件数－新收", likelihood=None)

    assert export(write(tmp_path / "甲庭.xlsx", change=change)) == 1

    told = capsys.readouterr()
    assert told.out == f"{tmp_path / '粘贴' / NAME}\n"
    assert told.err == (
        f"没有列入：{WHERE}有2处错误，改正后再导出：\n"
        "  错误 XPF702 01_办案业务经费 C13：三级指标名称“办结案件数－新收”里有“－”，预算系统不收\n"
        "  错误 XPF705 01_办案业务经费 M13：完成可能性是空的，预算系统要求填写\n"
        "2026年运行监控粘贴表：列入项目1个，没有列入1个。\n"
    )


def test_rows_that_do_not_apply_are_named(tmp_path: Path, capsys: Captured) -> None:
    source = write(tmp_path / "甲庭.xlsx", change=with_more(NOT_APPLICABLE))

    assert export(source) == 0
    assert capsys.readouterr().err == (
        f"列入时略去：{WHERE}\n"
        "  提示 XPF706 01_办案业务经费 C17：有1项不涉及的指标没有列入粘贴表：生态改善\n"
        "2026年运行监控粘贴表：列入项目2个，没有列入0个。\n"
    )
    assert export(source, "--force", "--fail-on", "info") == 1


def test_files_that_are_not_in_it_are_named(tmp_path: Path, capsys: Captured) -> None:
    at = tmp_path / "交回"
    write(at / "甲庭.xlsx", Period.SELF_EVALUATION)
    write(at / "六月.xlsx")
    (at / "说明.docx").write_bytes(b"")
    (at / "xlperf.toml").write_text("")

    assert export(at) == 0
    assert capsys.readouterr().err == (
        f"{at / 'xlperf.toml'} 在交回的文件中间，不作为设置使用。\n"
        "没有列入：六月.xlsx（2026年运行监控）\n"
        "没有列入的文件：xlperf.toml\n"
        "  提示 XPF210 不是填报表，未读取；其中如有填报内容，请填在下发的 .xlsx 表里报送\n"
        "没有列入的文件：说明.docx\n"
        "  提示 XPF210 不是填报表，未读取；其中如有填报内容，请填在下发的 .xlsx 表里报送\n"
        "2026年绩效自评粘贴表：列入项目2个，没有列入0个。\n"
    )


def test_a_project_that_came_back_twice_is_one_project(tmp_path: Path, capsys: Captured) -> None:
    at = tmp_path / "交回"
    write(at / "甲庭.xlsx")
    write(at / "乙庭.xlsx", keep=slice(1))

    assert export(at) == 1
    assert capsys.readouterr().err.endswith("2026年运行监控粘贴表：列入项目1个，没有列入1个。\n")


def test_nothing_to_paste(tmp_path: Path, capsys: Captured) -> None:
    source = write(tmp_path / "甲庭.xlsx", Period.PLAN)

    assert export(source) == 2
    assert capsys.readouterr().err == (
        f"{source} 里没有读得出的运行监控或绩效自评工作簿，无从粘贴。原因可用 xlperf check 查看。\n"
    )
    assert not (tmp_path / "粘贴").exists()


def test_what_exists_is_kept(tmp_path: Path, capsys: Captured) -> None:
    source = write(tmp_path / "甲庭.xlsx")
    (tmp_path / "粘贴").mkdir()
    (tmp_path / "粘贴" / NAME).write_bytes(b"mine")

    assert export(source) == 3
    assert (tmp_path / "粘贴" / NAME).read_bytes() == b"mine"
    assert export(source, "--force") == 0
    assert (tmp_path / "粘贴" / NAME).read_bytes() != b"mine"


def test_a_bug_in_one_workbook_leaves_the_others_to_be_written(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = written.paste_workbook

    def paste(projects: list[written.PasteProject], period: Period) -> bytes:
        if projects[0].unit.startswith("366001"):
            raise IndexError("no such thing")
        return whole(projects, period)

    monkeypatch.setattr(written, "paste_workbook", paste)
    at = tmp_path / "交回"
    write(at / "甲庭.xlsx", keep=slice(1))
    write(at / "乙院.xlsx", keep=slice(1, None), unit=BudgetUnit(code="366002", name="乙院"))

    assert export(at) == 70
    assert capsys.readouterr().out == f"{tmp_path / '粘贴' / '366002乙院2026年监控粘贴表.xlsx'}\n"
