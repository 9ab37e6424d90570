"""An add-in that fails, in whatever way, leaves every computed cell showing what its plain formula says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from departments import SETTINGS, small_department
from hosts.libreoffice.books import cached, different, mode
from hosts.libreoffice.unpacking import unpack
from office.calc import Calc

from xlperf.workbook.write.department import write_department

pytestmark = pytest.mark.office

HANDING, COMPONENT, INTERFACE = "pythonpath/xlperf_handing.py", "xlperf_calc.py", "xlperf.idl"
CORE = "pythonpath/xlperf/measure/catalog.py"

RAISING = """
def answer(function, arguments):
    raise {}
"""
NOTHING = "answer = lambda function, arguments: {}\n"

POISONS: dict[str, dict[str, str | None]] = {
    "a function raises": {HANDING: RAISING.format("ValueError('boom')")},
    "a function exits": {HANDING: RAISING.format("SystemExit(1)")},
    "a function recurses": {HANDING: "def answer(f, a):\n    return answer(f, a)\n"},
    "a function answers nothing": {HANDING: NOTHING.format("None")},
    "a function answers nonsense": {HANDING: NOTHING.format("object()")},
    "the core is missing": {CORE: None},
    "the core is broken": {CORE: "CATALOG = {"},
    "the core is another": {CORE: "CATALOG = {}\n"},
    "a module is missing": {HANDING: None},
    "the component is broken": {COMPONENT: "this is not Python"},
    "the component is missing": {COMPONENT: None},
    "the interface is broken": {INTERFACE: "module org {"},
}


@pytest.mark.parametrize("poison", POISONS)
def test_the_plain_formula_answers(start_calc: Callable[[Path | None], Calc], tmp_path: Path, poison: str) -> None:
    path = tmp_path / "small.xlsx"
    write_department(small_department(), SETTINGS, path)

    calc = start_calc(unpack(tmp_path / "extensions", POISONS[poison]))
    values = calc.recalc(path)
    calc.close()

    assert mode(values) == "公式"
    assert different(cached(path), values) == []
