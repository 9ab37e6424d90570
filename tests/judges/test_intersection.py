"""Which formulas mean a whole range in Excel, and which get one cell of it."""

from __future__ import annotations

import pytest
from judges.formula import read_formula
from judges.formula_faults import OWN
from judges.intersection import Surroundings, intersections

from xlperf.measure import CATALOG
from xlperf.measure.functions import RANGE, ROW

NAMES = {"名单": True, "截止日期": False}

SOUND = (
    "SUM(A1:A3)",
    "SUMPRODUCT(A1:A3,B1:B3)",
    "SUMPRODUCT(A1:A3*(B1:B3>0))",
    "SUMPRODUCT(--(LEN(TRIM(A1:A3))>0))",
    "SUMPRODUCT(ISNUMBER(A1:A3)*ISNUMBER(MATCH(A1:A3,名单,0)))",
    "SUM(IF(A1>0,B1:B3,C1:C3))",
    'SUM(COUNTIF(A1:A3,{"甲","乙"}))',
    'SUMIF(A1:A3,"<="&截止日期,B1:B3)',
    "SUMIFS(表1[金额],表1[月份],B1)",
    "MATCH(A1,名单,0)",
    "INDEX(A1:A3,2)",
    "MAX(INDEX(A1:D1,1),INDEX(A1:D1,2))",
    "LOOKUP(A1,{1,2},{3,4})",
    'MMULT(FIND(MID(A1,{1,2,3},1),"甲乙丙"),{1;2;3})',
    "A1:A1+截止日期",
    "N(A1:A3)",
    "IFERROR(XLPERF_PLAN(A1,B1:E1),0)",
)

FAULTY = {
    "A1:A3": "A1:A3",
    "A1:A3*2": "A1:A3",
    "-A1:A3": "A1:A3",
    "SUM(A1:A3*2)": "A1:A3",
    "SUM(-A1:A3)": "A1:A3",
    "$A:$A&1": "$A:$A",
    "名单&1": "名单",
    "LEN(名单)": "名单",
    "SUM(LEN(表1[名称]))": "表1[名称]",
    "SUM((A1,B1:B2)+1)": "A1,B1:B2",
    "A1:INDEX(B1:B9,2)+1": "A1:?",
    "IF(A1:A3>0,1,0)": "A1:A3",
    "IF(A1>0,B1:B3,0)": "B1:B3",
    "CHOOSE(A1,B1:B3,0)+1": "B1:B3",
    # IF and its like compute arrays in an array formula alone, and what stands in them does.
    "SUMPRODUCT(IF(A1:A3>0,1,0))": "A1:A3",
    "SUMPRODUCT(IFERROR(1/A1:A3,0))": "A1:A3",
    "SUMPRODUCT(IF(A1>0,LEN(B1:B3),0))": "B1:B3",
    "SUM(IF(ISNUMBER(A1:A3),B1:B3))": "A1:A3",
    "COUNTIF(A1:A3,B1:B3)": "B1:B3",
    "MATCH(名单,A1:A3,0)": "名单",
    "INDEX(A1:A3,B1:B3)": "B1:B3",
    "XLPERF_RATE(A1:A3,B1)": "A1:A3",
    "XLPERF_PLAN(A1,B1:E1,C1:C3)": "C1:C3",
}

# What 目录 once held: right in LibreOffice, #VALUE! in Excel from two projects on.
ONCE_OURS = (
    'IF(N($D$6)=0,"",ROUND(SUMPRODUCT(IF(ISNUMBER($D$4:$D$5)*ISNUMBER($G$4:$G$5),$D$4:$D$5,0),'
    "IF(ISNUMBER($G$4:$G$5),$G$4:$G$5,0))/$D$6,6))"
)


def faults_of(text: str, *, in_array_formula: bool = False, wants_range: bool = False) -> list[str]:
    root = read_formula(text).root
    assert root is not None
    around = Surroundings(lambda name: NAMES.get(name, True), OWN)
    return list(intersections(root, around, in_array_formula=in_array_formula, wants_range=wants_range))


@pytest.mark.parametrize("text", SOUND)
def test_ranges_where_ranges_belong(text: str) -> None:
    assert faults_of(text) == []


@pytest.mark.parametrize("text", FAULTY)
def test_ranges_where_one_value_is_wanted(text: str) -> None:
    assert faults_of(text) == [f"takes one cell of {FAULTY[text]}"]


def test_once_ours() -> None:
    assert set(faults_of(ONCE_OURS)) == {"takes one cell of $D$4:$D$5", "takes one cell of $G$4:$G$5"}
    assert faults_of(ONCE_OURS, in_array_formula=True) == []


def test_an_array_formula_takes_ranges_everywhere_but_in_an_index() -> None:
    assert {text for text in FAULTY if faults_of(text, in_array_formula=True)} == {
        "INDEX(A1:A3,B1:B3)",
        "XLPERF_PLAN(A1,B1:E1,C1:C3)",
    }


def test_the_source_of_a_list_is_a_range() -> None:
    assert faults_of("名单", wants_range=True) == []
    assert faults_of("名单&1", wants_range=True) == ["takes one cell of 名单"]


@pytest.mark.parametrize("text", ["VLOOKUP(A1,B1:C3,2,FALSE)", "PI()", "LEFT(A1)&甲.乙(1)"])
def test_a_function_that_is_not_in_the_table_is_a_fault(text: str) -> None:
    assert [fault.split()[0] for fault in faults_of(text)] == ["gives"]


@pytest.mark.parametrize("name", [name for name, function in CATALOG.items() if function.plain is not None])
def test_plain_formulas_over_single_cells_need_no_array_formula(name: str) -> None:
    """As a person types them, and as merged cells hold them; only shares, lights and packs are ranges."""
    function = CATALOG[name]
    letters = "ABCDEFGH"[: len(function.params)]
    ranges = [param.kind in (ROW, RANGE) for param in function.params]
    cells = [f"{c}1:{c}4" if is_range else f"{c}1" for c, is_range in zip(letters, ranges, strict=True)]

    assert faults_of(function.cell_formula(*cells)) == []
