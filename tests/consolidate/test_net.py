"""A bug of ours costs the one file it meets: refused with a report, whatever stage it is in; the others are done."""

from __future__ import annotations

import re
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest
from consolidate import aborting, failing
from consolidate.departments import CASES, REPAIRS, write

from xlperf.checks import message
from xlperf.cli.main import main
from xlperf.consolidate import consolidate
from xlperf.consolidate.digest import digest
from xlperf.consolidate.lines import Source
from xlperf.consolidate.readers import read_all
from xlperf.files import Refused, attempt, check_time

Captured = pytest.CaptureFixture[str]

WHOLE = "xlperf.consolidate.digest._digest"
STAGES = {
    "name": "xlperf.consolidate.digest.turned_away",
    "opening": "xlperf.workbook.read.fetch",
    "unpacking": "xlperf.workbook.read.unpack",
    "reading": "xlperf.workbook.read.recognised",
    "model": "xlperf.workbook.restore.project",
    "computing": "xlperf.workbook.check.project_results",
    "rules": "xlperf.workbook.check.judge",
    "lines": "xlperf.consolidate.digest._line",
}


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a good workbook and one that will meet a bug; reports go beside it."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = tmp_path / "已填报"
    folder.mkdir()
    write(folder / "好.xlsx", CASES)
    write(folder / "坏.xlsx", REPAIRS)
    return folder


def break_at(monkeypatch: pytest.MonkeyPatch, stage: str, error: BaseException) -> None:
    """From now on the stage raises while 坏.xlsx is being done."""
    now: list[str] = []
    whole, real = resolve_name(WHOLE), resolve_name(STAGES[stage])

    def noting(source: Source, *rest: Any) -> Any:
        now[:] = [source.shown]
        return whole(source, *rest)

    def broken(*args: Any, **named: Any) -> Any:
        if now == ["坏.xlsx"]:
            raise error
        return real(*args, **named)

    monkeypatch.setattr(WHOLE, noting)
    monkeypatch.setattr(STAGES[stage], broken)


@pytest.mark.parametrize("stage", STAGES)
def test_a_bug_costs_its_file_alone(
    stage: str, two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    break_at(monkeypatch, stage, IndexError("no such thing"))

    assert main(["consolidate", str(two), "-o", str(tmp_path / "汇总.xlsx")]) == 70

    told = capsys.readouterr()
    assert "文件2个：汇总1，未汇总1" in told.err
    (line,) = [line for line in told.out.splitlines() if "XPF220" in line]
    found = re.search(r"程序内部错误.*（IndexError: no such thing；报告：(.+)）$", line)
    assert found
    report = Path(found[1]).read_text("utf-8")
    assert f"file: {two / '坏.xlsx'}" in report
    assert "IndexError: no such thing" in report.splitlines()[-1]


def test_a_file_that_met_a_bug_is_on_record(two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_at(monkeypatch, "rules", ZeroDivisionError())
    result = consolidate(two, tmp_path / "汇总.xlsx")

    bad, good = result.files
    assert (good.reason, bad.reason and bad.reason.code) == (None, "XPF220")
    assert (bad.size, len(bad.sha256)) == ((two / "坏.xlsx").stat().st_size, 64)
    assert [project.name for project in result.projects] == [CASES.name]


def test_check_tells_it_beside_the_other_findings(two: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    break_at(monkeypatch, "computing", ZeroDivisionError())

    assert main(["check", str(two), "--json", "--fail-on", "never"]) == 70
    said = capsys.readouterr().out
    assert said.count('"XPF220"') == 1
    assert '"file": "好.xlsx"' in said


def test_a_bug_in_a_worker_process_costs_its_file_alone(two: Path) -> None:
    sources = [Source(two / name, name) for name in ("好.xlsx", "坏.xlsx", "好.xlsx")]
    digests = list(read_all(sources, failing.read, aborting.lost, workers=2))

    assert [d.file.reason and d.file.reason.code for d in digests] == [None, "XPF220", None]


def test_a_bug_on_a_document_leaves_the_others(
    two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    document = tmp_path / "文本.txt"
    document.write_text("绩效", "utf-8")
    monkeypatch.setattr("xlperf.cli.check_command.read_document", lambda *_, **__: 1 / 0)

    assert main(["check", str(document), str(two / "好.xlsx"), "--json"]) == 70
    said = capsys.readouterr().out
    assert '"file": "文本.txt"' in said
    assert '"file": "好.xlsx"' in said


def test_no_memory_for_a_file_refuses_it_as_too_large(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_at(monkeypatch, "reading", MemoryError())
    bad = digest(Source(two / "坏.xlsx", "坏.xlsx"), None).file

    assert bad.reason
    assert message(bad.reason).startswith("文件过大或异常（内存不足），未读取：")


def test_an_interruption_is_none_of_a_file(two: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    break_at(monkeypatch, "computing", KeyboardInterrupt())

    assert main(["check", str(two)]) == 130
    assert capsys.readouterr().err == "已中断。\n"


def test_a_report_that_cannot_be_saved_costs_no_more(
    two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_at(monkeypatch, "computing", ZeroDivisionError("x"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    bad = digest(Source(two / "坏.xlsx", "坏.xlsx"), None).file

    assert bad.reason
    assert dict(bad.reason.values) == {"error": "ZeroDivisionError: x", "report": "—"}


def test_a_file_that_takes_too_long_is_refused_and_named(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlperf.files.one_file.SECONDS", 0.0)
    bad = digest(Source(two / "坏.xlsx", "坏.xlsx"), None).file

    assert bad.reason
    assert (bad.reason.code, bad.reason.locus.file) == ("XPF221", "坏.xlsx")


def test_an_attempt_has_no_more_time_than_the_one_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlperf.files.one_file.SECONDS", 0.0)

    def inner() -> Refused | None:
        monkeypatch.setattr("xlperf.files.one_file.SECONDS", 120)
        return attempt(Path("a"), check_time)

    assert isinstance(attempt(Path("a"), inner), Refused)
    assert attempt(Path("a"), check_time) is None
    check_time()
