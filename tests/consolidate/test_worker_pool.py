"""Reading with worker processes answers what reading without them does, in order, whatever dies on the way."""

from __future__ import annotations

import datetime as dt
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from consolidate import aborting
from consolidate.departments import folder
from departments import small_department

from xlperf.checks import message
from xlperf.consolidate.file_result import CODE, read_and_judge
from xlperf.consolidate.records import Source
from xlperf.consolidate.sources import sources_in
from xlperf.consolidate.worker_pool import read_all
from xlperf.form import form_set_of
from xlperf.measure import PACKS
from xlperf.measure.parameters import also_known
from xlperf.model import Period, Settings
from xlperf.workbook.write.department import department_bytes

by_signal = pytest.mark.skipif(sys.platform == "win32", reason="POSIX: signals")


@pytest.mark.parametrize("fatal", ["崩溃.xlsx", "退出.xlsx", pytest.param("杀掉.xlsx", marks=by_signal)])
def test_a_worker_that_dies_costs_one_file(fatal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    names = [f"{i:02d}.xlsx" for i in range(12)]
    names[3] = fatal
    sources = [Source(tmp_path / name, name) for name in names]

    results = list(read_all(sources, aborting.read, workers=2))

    assert [r.file.name for r in results] == names
    reasons = [r.file.reason.code for r in results if r.file.reason]
    assert reasons == ["XPF210"] * 3 + ["XPF220"] + ["XPF210"] * 8
    (report,) = tmp_path.glob("xlperf-report-*.txt")
    said = message(results[3].file.reason)
    assert said.endswith(f"请把报告交给程序维护人（读取进程意外终止；报告：{report}）")
    assert f"file: {tmp_path / fatal}" in report.read_text("utf-8")
    assert ("Fatal Python error: Aborted" in report.read_text("utf-8")) == (fatal == "崩溃.xlsx")


def test_workers_know_the_packs_of_the_main_process(tmp_path: Path) -> None:
    path = tmp_path / "1.xlsx"
    own = PACKS["hebei"]._replace(key="ours", zh="本市2026")
    settings = Settings(as_of=dt.date(2026, 6, 30), pack="ours")
    with also_known([own]):
        path.write_bytes(
            department_bytes(small_department(), settings, form_set=form_set_of(Period.MONITORING, "national"))
        )
        read = partial(read_and_judge, as_of=None, pack="ours")
        (result,) = read_all([Source(path, "1.xlsx")], read, workers=2)

    assert result.file.pack == "ours"
    assert not {row[CODE] for row in result.rows.get("findings", ())} & {"XPF560", "XPF561", "XPF562"}


def test_an_answer_that_cannot_be_sent_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sources = [Source(tmp_path / name, name) for name in ("1.xlsx", "不可传.xlsx", "3.xlsx")]

    results = list(read_all(sources, aborting.read, workers=2))

    assert [r.file.reason.code for r in results if r.file.reason] == ["XPF210", "XPF220", "XPF210"]
    (report,) = tmp_path.glob("xlperf-report-*.txt")
    assert "lambda" in report.read_text("utf-8")


def test_a_worker_that_hangs_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlperf.consolidate.worker_pool.HANGS", 1)
    names = ["1.xlsx", "卡住.xlsx", "3.xlsx", "4.xlsx"]
    sources = [Source(tmp_path / name, name) for name in names]

    results = list(read_all(sources, aborting.read, workers=2))

    assert [r.file.reason.code for r in results if r.file.reason] == ["XPF210", "XPF221", "XPF210", "XPF210"]


def test_with_and_without_workers(tmp_path: Path) -> None:
    sources = sources_in(folder(tmp_path))
    read = partial(read_and_judge, as_of=None)

    alone = list(map(read, sources))
    assert list(read_all(sources, read, workers=2)) == alone
    assert list(read_all(sources, read, workers=2, engine=lambda _: ThreadPoolExecutor(1))) == alone
