"""A bug of ours costs the one file it meets: refused with a report, whatever stage it is in; the others are done."""

from __future__ import annotations

import re
import signal
from collections.abc import Sequence
from contextlib import suppress
from decimal import InvalidOperation
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, NoReturn

import openpyxl
import pytest
from consolidate import failing
from consolidate.departments import CASES, REPAIRS, write

from xlperf.checks import message
from xlperf.cli.main import main
from xlperf.consolidate.columns import PROJECTS
from xlperf.consolidate.file_result import read_and_judge
from xlperf.consolidate.records import Source
from xlperf.consolidate.worker_pool import read_all
from xlperf.files import Refused, attempt, check_time
from xlperf.form import Cell
from xlperf.jobs.consolidate import consolidate
from xlperf.model import Finding
from xlperf.ooxml.sheet_xml import RowWriter

alarmed = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="POSIX: elsewhere only who asks learns the time")
Captured = pytest.CaptureFixture[str]

WHOLE = "xlperf.consolidate.file_result._read_and_judge"
STAGES = {
    "name": "xlperf.consolidate.file_result.rejection",
    "opening": "xlperf.workbook.read.read.fetch",
    "unpacking": "xlperf.workbook.read.read.unpack",
    "reading": "xlperf.workbook.read.read.recognised",
    "model": "xlperf.workbook.read.to_model.project",
    "computing": "xlperf.workbook.read.check.results",
    "rules": "xlperf.workbook.read.check.judge",
    "units": "xlperf.consolidate.file_result._Rows.add_unit",
    "projects": "xlperf.consolidate.file_result._Rows.add_project",
    "rows": "xlperf.consolidate.file_result.row_of",
    "findings": "xlperf.consolidate.file_result.finding_values",
    "seal": "xlperf.workbook.read.seal_check.read_seal",
    "attachments": "xlperf.workbook.read.attachments.report_package",
    "formats": "xlperf.ooxml.workbook_parts.codes_by_style",
    "old results": "xlperf.workbook.read.check.stale_results",
}
ERRORS = (RecursionError("deep"), AssertionError(), InvalidOperation(), UnicodeError("x"), OverflowError(), KeyError(1))


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
    """From now on the stage raises while 坏.xlsx is being done; what says that it was refused is another stage."""
    now: list[str] = []
    whole, real = resolve_name(WHOLE), resolve_name(STAGES[stage])

    def noting(source: Source, *rest: Any) -> Any:
        now[:] = [source.name]
        try:
            return whole(source, *rest)
        finally:
            now.clear()

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


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_whatever_is_raised(error: Exception, two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_at(monkeypatch, "model", error)
    bad, good = consolidate(two, tmp_path / "汇总.xlsx").files

    assert (good.reason, bad.reason and bad.reason.code) == (None, "XPF220")


@pytest.mark.parametrize("error", [ValueError("no row"), MemoryError()], ids=repr)
def test_a_bug_in_writing_the_rows_of_a_file_costs_that_file(
    error: Exception, two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    row = RowWriter.row

    def broken(writer: RowWriter, number: int, values: Sequence[Cell]) -> bytes:
        if "坏.xlsx" in values and REPAIRS.name in values:
            raise error
        return row(writer, number, values)

    monkeypatch.setattr(RowWriter, "row", broken)

    assert main(["consolidate", str(two), "-o", str(tmp_path / "汇总.xlsx")]) == 70
    told = capsys.readouterr()
    assert "文件2个：汇总1，未汇总1" in told.err
    assert told.out.count("XPF220") == 1
    rows = openpyxl.load_workbook(tmp_path / "汇总.xlsx")[PROJECTS.title].iter_rows(min_row=2, values_only=True)
    assert [row[PROJECTS.index("name")] for row in rows] == [CASES.name]
    (report,) = tmp_path.glob("xlperf-report-*.txt")
    assert type(error).__name__ in report.read_text("utf-8")


def test_a_bug_in_the_words_of_a_finding_costs_its_file(
    two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wordless(found: Finding, lang: str = "zh") -> str:
        if found.locus.file == "好.xlsx" and found.code != "XPF220":
            raise KeyError("field")
        return message(found, lang)

    monkeypatch.setattr("xlperf.consolidate.consolidation.message", wordless)
    other, wordy = consolidate(two, tmp_path / "汇总.xlsx").files

    assert (other.reason, wordy.reason and wordy.reason.code) == (None, "XPF220")


def test_a_bug_in_a_row_of_no_file_ends_the_run(two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RowWriter, "row", lambda *_: 1 / 0)

    assert main(["consolidate", str(two), "-o", str(tmp_path / "汇总.xlsx")]) == 70
    assert not (tmp_path / "汇总.xlsx").exists()


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
    digests = list(read_all(sources, failing.read, workers=2))

    assert [d.file.reason and d.file.reason.code for d in digests] == [None, "XPF220", None]


def test_a_bug_on_a_document_leaves_the_others(
    two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    document = tmp_path / "文本.txt"
    document.write_text("绩效", "utf-8")
    monkeypatch.setattr("xlperf.jobs.check.read_document", lambda *_, **__: 1 / 0)

    assert main(["check", str(document), str(two / "好.xlsx"), "--json"]) == 70
    said = capsys.readouterr().out
    assert '"file": "文本.txt"' in said
    assert '"file": "好.xlsx"' in said


def test_no_memory_for_a_file_refuses_it_as_too_large(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_at(monkeypatch, "reading", MemoryError())
    bad = read_and_judge(Source(two / "坏.xlsx", "坏.xlsx"), None).file

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
    bad = read_and_judge(Source(two / "坏.xlsx", "坏.xlsx"), None).file

    assert bad.reason
    assert dict(bad.reason.values) == {"error": "ZeroDivisionError: x", "report": "—"}


def test_a_file_that_takes_too_long_is_refused_and_named(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlperf.files.one_file.SECONDS", 0.0)
    bad = read_and_judge(Source(two / "坏.xlsx", "坏.xlsx"), None).file

    assert bad.reason
    assert (bad.reason.code, bad.reason.locus.file) == ("XPF221", "坏.xlsx")


def hang(*_: object) -> NoReturn:
    """Never asks for the time, and holds on to the interpreter."""
    re.fullmatch("(a|a)*b", "a" * 64)
    raise AssertionError


@alarmed
def test_nobody_who_forgets_the_time_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlperf.files.one_file.SECONDS", 0.1)
    monkeypatch.setattr("xlperf.files.one_file.AGAIN", 0.1)

    def stubborn() -> None:
        with suppress(Refused):
            hang()
        hang()

    refused = [attempt(Path("a"), work) for work in (hang, stubborn, lambda: attempt(Path("b"), hang))]
    assert [each.code for each in refused if isinstance(each, Refused)] == ["XPF221"] * 3
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


@alarmed
def test_an_alarm_that_rings_late_refuses_nobody() -> None:
    ring: Any = attempt(Path("a"), lambda: signal.getsignal(signal.SIGALRM))

    ring(signal.SIGALRM, None)
    assert attempt(Path("b"), lambda: ring(signal.SIGALRM, None)) is None


@alarmed
def test_check_goes_on_where_one_file_hangs(two: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    results, hung = resolve_name(STAGES["computing"]), []

    def once(*args: Any) -> Any:
        hung.append(1)
        return results(*args) if len(hung) > 1 else hang()

    monkeypatch.setattr("xlperf.files.one_file.SECONDS", 2)
    monkeypatch.setattr(STAGES["computing"], once)

    assert main(["check", str(two), "--json"]) == 1
    said = capsys.readouterr().out
    assert said.count('"XPF221"') == 1
    assert '"file": "好.xlsx"' in said


@alarmed
def test_a_copy_that_hangs_leaves_the_others(
    two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    annotated = resolve_name("xlperf.jobs.check.annotated")

    def once(content: bytes, *rest: Any) -> Any:
        return hang() if content == (two / "坏.xlsx").read_bytes() else annotated(content, *rest)

    monkeypatch.setattr("xlperf.files.one_file.SECONDS", 2)
    monkeypatch.setattr("xlperf.jobs.check.annotated", once)

    assert main(["check", str(two), "--annotate", str(tmp_path / "检查")]) == 3
    assert "处理超过2秒" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "检查").iterdir()] == ["好（检查）.xlsx"]


def test_an_attempt_has_no_more_time_than_the_one_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlperf.files.one_file.SECONDS", 0.0)

    def inner() -> Refused | None:
        monkeypatch.setattr("xlperf.files.one_file.SECONDS", 120)
        return attempt(Path("a"), check_time)

    assert isinstance(attempt(Path("a"), inner), Refused)
    assert attempt(Path("a"), check_time) is None
    check_time()
