"""What is a formula in a file, and what is none."""

from __future__ import annotations

import pytest
from judges.formula import read_formula

SOUND = (
    "1+2*-3%",
    "SUM(A1,B2:C3)",
    "SUM((A1,B2))",
    "IF(A1,,2)",
    "NOW()",
    "A1 B1",
    "$A:$A",
    "$1:$3",
    "'甲 的''表'!$A$1:$B$2",
    "01_甲!A1",
    "目录!#REF!",
    '"甲""乙"&A1',
    "MATCH(1,{1,-2;3,4},0)",
    '{"甲",TRUE,#N/A}',
    "表1[[#This Row],[列]]",
    "截止日期>=DATE(2026,1,1)",
    "A1:INDEX(B1:B9,2)",
    "IF(1," * 64 + "1" + ")" * 64,
)

BROKEN = {
    "": "is empty",
    "=A1": "has '=' where an operand belongs",
    "A1+": "ends where an operand belongs",
    "1 2": "goes on with '2' where it should end",
    "SUM(A1;B1)": "has ';' between arguments",
    "SUM(A1": "lacks ')'",
    "(A1": "lacks ')'",
    "{1,A1}": "has 'A1' in an array of literals",
    "{1,2;3}": "has an array with rows of different length",
    "IF(1," * 65 + "1" + ")" * 65: "nests 65 levels (limit 64)",
    "1+" * 4096 + "1": "has 8193 characters (limit 8192)",
    f'"{"字" * 256}"': "quotes more than 255 characters at once",
    "SUM(" + "1," * 255 + "1)": "gives SUM 256 arguments (limit 255)",
    "XFE1": "has 'XFE1', which reads as a cell",
    "2甲": "has '2甲', which is no legal name",
}


@pytest.mark.parametrize("text", SOUND)
def test_sound_formulas_have_no_fault(text: str) -> None:
    assert read_formula(text).faults == []


@pytest.mark.parametrize("text", BROKEN)
def test_broken_formulas_say_what_is_wrong(text: str) -> None:
    assert BROKEN[text] in read_formula(text).faults


def test_a_formula_tells_what_it_speaks_of() -> None:
    formula = read_formula("IFERROR(XLPERF_PLAN('甲 乙'!A1,滞后线),表1[列])")

    assert formula.functions == {"IFERROR", "XLPERF_PLAN"}
    assert formula.sheets == {"甲 乙"}
    assert formula.names == {"滞后线"}
    assert formula.tables == {"表1"}
