"""The generated VBA at work: LibreOffice runs it, xlwings' own metadata and conversion carry each call to Python.

And where Python fails, in whatever way, every cell shows what its plain formula gives.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from departments import SETTINGS, small_department
from hosts.excel.calc_books import BRIDGE, RAISING, calc_macros, calc_project, sheet_with_macros
from office.calc import Calc, Sheets

from xlperf.form.titles import SEAL
from xlperf.form.titles import SETTINGS as PARAMETERS
from xlperf.hosts.excel.macros import stamp, workbook_project
from xlperf.measure import CATALOG
from xlperf.workbook.write.assemble import Macros
from xlperf.workbook.write.department import department_bytes

pytestmark = pytest.mark.office

HERE = Path(__file__).parent
FUNCTIONS, FORMULAS = "函数", "公式"


class Host:
    """The process that answers the calls, and the list of those it got."""

    def __init__(self, log: Path, *options: str) -> None:
        self.log = log
        command = [sys.executable, str(HERE / "udf_host.py"), str(log), *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    @property
    def calls(self) -> list[list[Any]]:
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return [json.loads(line) for line in lines]

    def ask(self, name: str, *arguments: object) -> Any:
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            file = connection.makefile("rw", encoding="utf-8")
            print(json.dumps(["xlperf.hosts.excel.udfs", name, arguments]), file=file, flush=True)
            return json.loads(file.readline())


def office(folder: Path, host: Host) -> Calc:
    """A LibreOffice that runs macros and can reach the host."""
    shutil.copytree(HERE / "bridge", folder / "extensions" / "bridge")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("office.calc.SIDECAR", HERE / "macro_sidecar.py")
        patch.setenv("XLPERF_UDF_PORT", str(host.port))
        return Calc(folder / "profile", folder / "extensions")


@pytest.fixture(scope="module")
def host(calc: Calc, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A Python that answers. (Asking for `calc` skips where there is no LibreOffice.)"""
    host = Host(tmp_path_factory.mktemp("host") / "calls")
    yield host
    host.process.kill()


@pytest.fixture(scope="module")
def with_macros(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calc]:
    calc = office(tmp_path_factory.mktemp("macros"), host)
    yield calc
    calc.close()


@pytest.fixture(scope="module")
def plain(calc: Calc, tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    """What the workbook without macros shows in LibreOffice."""
    path = tmp_path_factory.mktemp("plain") / "plain.xlsx"
    path.write_bytes(department_bytes(small_department(), SETTINGS))
    return calc.recalc(path)


def mode(sheets: Sheets) -> str:
    """What the cell 计算方式 says."""
    words = [value for value in sheets[PARAMETERS].values() if value in (FUNCTIONS, FORMULAS)]
    assert len(words) == 1
    return str(words[0])


def apart_from_the_mode(sheets: Sheets) -> Sheets:
    """The cells, without the word that tells functions from formulas."""

    def same(value: Any) -> Any:
        return value.removesuffix(FUNCTIONS) + FORMULAS if str(value).endswith(FUNCTIONS) else value

    shown = unsealed(sheets)
    return {title: {place: same(value) for place, value in cells.items()} for title, cells in shown.items()}


def unsealed(sheets: Sheets) -> Sheets:
    """The cells, without the seal, which knows of macros."""
    return {title: cells for title, cells in sheets.items() if title != SEAL}


def test_each_function_answers_from_python(with_macros: Calc, host: Host, tmp_path: Path) -> None:
    cells: dict[str, object] = {}
    expected: dict[str, object] = {}
    for row, function in enumerate(CATALOG.values(), start=1):
        references, column = [], 2
        for given in function.example.args:
            values = given[0] if isinstance(given, tuple) else (given,)
            places = [f"{chr(64 + column + i)}{row}" for i in range(len(values))]
            cells.update(zip(places, map(plain_number, values), strict=True))
            references.append(f"{places[0]}:{places[-1]}" if len(places) > 1 else places[0])
            column += len(values)
        cells[f"A{row}"] = f"={function.worksheet_name}({','.join(references)})"
        expected[f"A{row}"] = plain_number(function.example.answer)
    path = tmp_path / "all.xlsm"
    path.write_bytes(sheet_with_macros(cells, calc_project(["Sheet1"], BRIDGE)))
    before = len(host.calls)
    shown = with_macros.recalc(path)["表"]

    assert {place: shown.get(place) for place in expected} == expected
    assert {name for name, _, _ in host.calls[before:]} == {f.worksheet_name for f in CATALOG.values()}


def plain_number(value: object) -> object:
    return float(value) if isinstance(value, (int, Decimal)) else value


def test_columns_blanks_words_dates_and_absent_arguments(with_macros: Calc, tmp_path: Path) -> None:
    cells = {
        "A1": 9,
        "A2": 15,
        "A4": "x",
        "A5": 0,
        "B1": 30,
        "B2": 30,
        "B3": 30,
        "B4": 30,
        "B5": 0,
        "C1:C5": "{=XLPERF_RATE(A1:A5,B1:B5)}",
        "D1:F1": "{=XLPERF_GRADE({95,85,65})}",
        "H1": dt.date(2026, 10, 31),
        "D2": "=XLPERF_TIME(0.3,H1)",
        "D3": "=XLPERF_TIME(0.3,H1,2025)",
        "D4": "=XLPERF_RATE(A1*2,{10})",
        "D5": "=XLPERF_RATE(1/0,B1)",
        "D6": '=IFERROR(XLPERF_RATE(1/0,B1),"公式")',
    }
    path = tmp_path / "some.xlsm"
    path.write_bytes(sheet_with_macros(cells, calc_project(["Sheet1"], BRIDGE)))
    shown = with_macros.recalc(path)["表"]

    answers = {place: value for place, value in shown.items() if place[0] in "CDEF"}
    assert answers == {
        "C1": 0.3,
        "C2": 0.5,
        "C4": "非数字",
        "C5": "无预算",
        "D1": "优",
        "E1": "良",
        "F1": "中",
        "D2": 0.36,
        "D3": 0.3,
        "D4": 1.8,
        "D5": "#DIV/0!",
        "D6": "公式",
    }


def test_error_values_reach_python_as_text(host: Host) -> None:
    division_by_zero = -2146826281  # how COM delivers #DIV/0!

    assert host.ask("XLPERF_RATE", [[division_by_zero], [9.0]], 30.0) == {"answer": [["非数字"], [0.3]]}


def test_a_department_s_workbook_is_computed_by_functions(
    with_macros: Calc, host: Host, plain: Sheets, tmp_path: Path
) -> None:
    path = tmp_path / "department.xlsm"
    path.write_bytes(department_bytes(small_department(), SETTINGS, macros=calc_macros(BRIDGE)))
    before = len(host.calls)
    shown = with_macros.recalc(path)

    written = [cell.value for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row]
    texts = (getattr(formula, "text", formula) for formula in written)  # array formulas are objects
    called = {name for text in texts for name in re.findall(r"XLPERF_([A-Z]+)\(", str(text))}
    assert len(called) > 15
    assert {name.removeprefix("XLPERF_") for name, _, _ in host.calls[before:]} == called
    assert (mode(plain), mode(shown)) == (FORMULAS, FUNCTIONS)
    assert sum(len(cells) for cells in shown.values()) > 400
    assert apart_from_the_mode(shown) == apart_from_the_mode(plain)


@pytest.mark.parametrize("poison", [RAISING, None], ids=["Python cannot be started", "xlwings is absent"])
def test_without_python_every_cell_shows_its_plain_formula(
    with_macros: Calc, plain: Sheets, tmp_path: Path, poison: str | None
) -> None:
    path = tmp_path / "poisoned.xlsm"
    path.write_bytes(department_bytes(small_department(), SETTINGS, macros=calc_macros(poison)))

    assert unsealed(with_macros.recalc(path)) == unsealed(plain)


def test_a_function_that_raises_is_asked_once(plain: Sheets, tmp_path: Path) -> None:
    host = Host(tmp_path / "calls", "raise")
    calc = office(tmp_path, host)
    path = tmp_path / "poisoned.xlsm"
    path.write_bytes(department_bytes(small_department(), SETTINGS, macros=calc_macros(BRIDGE)))
    try:
        shown = calc.recalc(path)
    finally:
        calc.close()
        host.process.kill()

    assert unsealed(shown) == unsealed(plain)
    assert len(host.calls) == 1


def test_with_macros_switched_off_every_cell_shows_its_plain_formula(calc: Calc, plain: Sheets, tmp_path: Path) -> None:
    path = tmp_path / "as generated.xlsm"
    path.write_bytes(department_bytes(small_department(), SETTINGS, macros=Macros(workbook_project, stamp())))

    assert unsealed(calc.recalc(path)) == unsealed(plain)
