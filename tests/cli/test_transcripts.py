"""What a clerk reads from the first command to the last, word for word.

The transcripts stand in `transcripts/`; XLPERF_WRITE_TRANSCRIPTS=1 writes them anew, for their difference to be read.
"""

from __future__ import annotations

import contextlib
import io
import os
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from cli.careless import careless_set, reasons_written

from xlperf.cli.main import main
from xlperf.jobs.example import document_text

TRANSCRIPTS = Path(__file__).parent / "transcripts"
WRITE = os.environ.get("XLPERF_WRITE_TRANSCRIPTS") == "1"

OFFICIAL = """
xlperf parse 绩效文本.txt
xlperf check 绩效文本.txt
xlperf check 绩效文本.txt --statistics
xlperf check 绩效文本.txt --errors --group project
xlperf generate 绩效文本.txt -o 目标表
xlperf check 目标表
xlperf consolidate 目标表 -o 目标汇总.xlsx
xlperf generate 绩效文本.txt --period monitoring --as-of 2026年10月31日 -o 监控表
xlperf generate 绩效文本.txt --period monitoring -o 监控表
xlperf check 监控表
xlperf consolidate 监控表 -o 汇总.xls
xlperf consolidate 监控表 -o 汇总.xlsx
xlperf rule 519
"""

CARELESS = """
xlperf check 交回
xlperf check 交回 --errors
xlperf check 交回 --errors --group rule
xlperf check 交回 --lang en
xlperf chek 交回
xlperf check 交回 --annotate 检查 --select XPF308,XPF505
xlperf consolidate 交回 -o 汇总.xlsx --expected 绩效文本.txt
xlperf consolidate 交回 -o 汇总.xlsx --expected 绩效文本.txt
xlperf consolidate 交回 -o 汇总.xlsx --expected 绩效文本.txt --as-of 20260930 --force
"""

CORRECTING = """
xlperf check 交回 --annotate 检查 --select XPF540,XPF512,XPF308
"""

CORRECTED = """
xlperf check 交回 --annotate 检查 --select XPF540,XPF512,XPF308 --errors
"""

SENT_BACK = """
xlperf check 交回 --errors
xlperf consolidate 交回 -o 汇总.xlsx --expected 应报清单.csv --remind --by 2026年11月10日
xlperf export paste 交回 -o 粘贴表
"""

LIST = """项目编码,项目名称,预算数（万元）,联系人,手机
99030026P00041910002J,公务运转经费,20,李四,13800000000
99030026P00042010002N,聘用制书记员经费,117,王五,
99030026P000421100051,诉讼服务中心运行维护经费,43.8,赵六,
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with the performance document of the example department."""
    monkeypatch.setattr("xlperf.jobs.generate.is_installed", lambda: False)
    monkeypatch.chdir(tmp_path)
    Path("绩效文本.txt").write_text(document_text(), encoding="utf-8")
    return tmp_path


def transcript(commands: str) -> Iterator[str]:
    """Each command with what it says, in the order in which it says it, and its exit code where that is not 0."""
    for line in commands.strip().splitlines():
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            try:
                code = main(shlex.split(line)[1:])
            except SystemExit as stop:
                code = int(stop.code or 0)
        yield f"$ {line}\n{said.getvalue()}" + (f"[{code}]\n" if code else "")


def compare(name: str, said: Iterable[str]) -> None:
    text = "\n".join(said)
    path = TRANSCRIPTS / f"{name}.txt"
    if WRITE:
        path.write_text(text, encoding="utf-8")
    expected = path.read_text(encoding="utf-8").split("\n")

    assert text.replace(os.sep, "/").split("\n") == expected


def test_the_official_text_as_it_came() -> None:
    compare("official", transcript(OFFICIAL))


def test_what_careless_clerks_sent_back(here: Path) -> None:
    careless_set(here / "绩效文本.txt", here / "交回")

    compare("careless", transcript(CARELESS))


def test_a_copy_corrected_and_sent_back(here: Path) -> None:
    careless_set(here / "绩效文本.txt", here / "交回")
    (here / "应报清单.csv").write_text(LIST, encoding="utf-8")
    (missing,) = (here / "交回").glob("03_*")
    missing.unlink()

    def said() -> Iterator[str]:
        yield from transcript(CORRECTING)
        (copy,) = (here / "检查").glob("04_*")
        reasons_written(copy)
        yield from transcript(CORRECTED)
        (here / "交回" / copy.name).write_bytes(copy.read_bytes())
        yield from transcript(SENT_BACK)

    compare("corrected", said())
