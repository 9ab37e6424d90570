"""What Calc hands over, as the catalog's functions get it; Calc itself says the same in test_cells.py."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from xlperf.hosts.libreoffice.embedded import xlperf_handing as handing
from xlperf.measure import CATALOG
from xlperf.measure.statuses import STATUS

EMBEDDED = sorted(Path(handing.__file__).parent.glob("*.py"))


def column(*cells: Any) -> tuple[tuple[Any, ...], ...]:
    """The values of a required argument as Calc hands them over: "" for a blank, serial numbers for dates."""
    return tuple((cell,) for cell in cells)


def answered(name: str, *arguments: Any) -> Any:
    return handing.answer(CATALOG[name], arguments)


def test_one_answer_is_one_row_of_one() -> None:
    assert answered("RATE", column(9.0), column(30.0)) == ((0.3,),)


def test_a_column_is_a_column() -> None:
    paid = column(9.0, "", 0.0, "x")

    assert answered("RATE", paid, column(30.0)) == column(0.3, "", 0.0, "非数字")


def test_a_blank_cell_is_no_zero() -> None:
    assert answered("RATE", column(""), column(30.0)) == (("",),)
    assert answered("RATE", column(0.0), column(30.0)) == ((0.0,),)


def test_numbers_leave_as_floats_and_words_as_texts() -> None:
    (rate,), (word,) = answered("RATE", column(1.0, 1.0), column(3.0, 0.0))

    assert (type(rate), word) == (float, "无预算")


def test_a_missing_argument_takes_its_default() -> None:
    rate, progress = column(0.3), column(0.7)

    assert answered("LIGHT", rate, progress, None, None) == (("滞后",),)
    assert answered("LIGHT", rate, progress, None, 0.7) == (("正常",),)


def test_a_range_of_one_cell_is_that_cell_for_any_parameter() -> None:
    assert answered("LIGHT", column(0.3), column(0.7), column(""), column(0.7)) == (("正常",),)


def test_a_date_is_its_serial_number() -> None:
    assert answered("TIME", column(0.3), column(46326.0), 2026.0) == ((0.36,),)  # 2026-10-31


@pytest.mark.parametrize("shares", [((0.2, 0.5, 0.7, 1.0),), column(0.2, 0.5, 0.7, 1.0)])
def test_the_shares_are_a_row_or_a_column(shares: Any) -> None:
    assert answered("PLAN", column(10.0), shares, None, None) == ((0.7,),)


@pytest.mark.parametrize("name", sorted(handing.NEVER_ZERO))
def test_zero_is_no_value_of_these_parameters_so_it_is_a_blank_cell(name: str) -> None:
    asked = {
        "PLAN": {"as_of": 46326, "shares": ((Decimal("0.2"), None, None, 1),)},
        "COMPLETION": {"operator": "≥", "target": 8, "actual": 4},
    }["COMPLETION" if name == "pack" else "PLAN"]
    function = CATALOG["COMPLETION" if name == "pack" else "PLAN"]

    assert function.python(**asked, **{name: Decimal(0)}) in STATUS
    assert handing.taken(next(param for param in function.params if param.name == name), 0.0) is None


def test_zero_is_zero_for_all_others() -> None:
    assert answered("GRADE", column(0.0)) == (("差",),)
    assert answered("LIGHT", column(0.3), column(0.7), 0.0, 0.0) == (("正常",),)


@pytest.mark.parametrize("path", EMBEDDED, ids=lambda path: path.stem)
def test_what_runs_inside_libreoffice_is_python_3_8(path: Path) -> None:
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
