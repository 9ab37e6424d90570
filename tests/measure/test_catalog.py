"""The catalog: names, texts, examples, and formulas that every spreadsheet program accepts."""

from __future__ import annotations

import inspect
import re

import pytest

from xlperf.measure import CATALOG, STATUS, Function, cell_formula

# Functions of Excel 2007 that WPS and LibreOffice share; each works element by element where it meets a range.
WORKSHEET_FUNCTIONS = """
    ABS CHOOSE CLEAN CONCATENATE COUNT COUNTIF FIND IF IFERROR INDEX INT ISERROR ISNUMBER LEFT LEN LOOKUP MATCH MAX MID
    MIN MMULT MOD MONTH NA RIGHT ROUND SIGN SUBSTITUTE SUMPRODUCT TEXT TRIM UPPER YEAR
"""

VBA_KEYWORDS = """
    and as base boolean byref byte byval call case const currency date declare dim do double each else end enum erase
    error event exit false for friend function get global gosub goto if implements in input integer is let like long loop
    lset me mod new next not nothing null on open option optional or paramarray preserve print private property public
    put raiseevent redim rem resume return rset select set single static step stop string sub then to true type until
    variant wend while with withevents write xor
"""

LONG_REF = "'01_办案业务经费'!$AB$100:$AB$200"
DRAWN = {name: function for name, function in CATALOG.items() if function.plain is not None}
EACH_DRAWN = pytest.mark.parametrize("function", DRAWN.values(), ids=DRAWN)
EACH = pytest.mark.parametrize("function", CATALOG.values(), ids=CATALOG)


def long_formula(function: Function) -> str:
    return function.cell_formula(*[LONG_REF] * len(function.params))


def nesting(formula: str) -> int:
    depth = deepest = 0
    for character in re.sub(r'"[^"]*"', "", formula):
        depth += {"(": 1, ")": -1}.get(character, 0)
        deepest = max(deepest, depth)
    assert depth == 0
    return deepest


def test_the_functions() -> None:
    assert list(CATALOG) == [
        "MONTHS",
        "REACHED",
        "PLAN",
        "RATE",
        "PROGRESS",
        "TIME",
        "LIGHT",
        "MONEYLIGHT",
        "MONEYREASON",
        "SIGN",
        "RESULT",
        "MEETS",
        "EXCESS",
        "STATE",
        "STANDING",
        "SPAN",
        "PACE",
        "TARGETLIGHT",
        "WORSTLIGHT",
        "MONITORREASON",
        "EVALREASON",
        "PART",
        "BASE",
        "RATEDFLOOR",
        "RATEDTOP",
        "RATEDPOINTS",
        "EARNED",
        "NETSCORE",
        "ATTAINMENT",
        "RATESCORE",
        "PAIDSCORE",
        "GRADE",
        "FINALGRADE",
        "ALERT",
        "SPENT",
        "PLANCLAUSE",
        "TIMECLAUSE",
        "SENTENCE",
        "CODE",
        "COMPLIANCE",
        "COMPLETION",
        "SCORE",
        "EXPLAIN",
    ]


@EACH
def test_the_example_holds(function: Function) -> None:
    assert function.python(*function.example.args) == function.example.answer


@EACH
def test_the_parameters_are_those_of_the_python_function(function: Function) -> None:
    python = inspect.signature(function.python).parameters

    assert [param.name for param in function.params] == list(python)
    assert [param.optional for param in function.params] == [
        parameter.default is not inspect.Parameter.empty for parameter in python.values()
    ]


@EACH
def test_parameter_names_are_ascii_and_no_vba_keywords(function: Function) -> None:
    names = {param.name for param in function.params}

    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)
    assert names & set(VBA_KEYWORDS.split()) == set()


@EACH
def test_every_text_is_given_in_both_languages(function: Function) -> None:
    texts = [(function.zh, function.en), (function.result.zh, function.result.en)]
    texts += [(param.zh, param.en) for param in function.params]

    assert all(re.search("[\u4e00-\u9fff]", zh) and en and en.isprintable() for zh, en in texts)
    assert all(param.default for param in function.params if param.optional and param.kind == "scalar")


def texts(function: Function) -> list[str]:
    """Everything VBA says about a function."""
    of_params = [text for param in function.params for text in (param.zh, param.en, param.unit, param.default)]
    return [function.zh, function.en, function.result.zh, function.result.en, function.result.unit, *of_params]


def test_every_text_can_be_written_in_gbk() -> None:
    """VBA keeps its source in the code page of Chinese Windows; one other character, and no .xlsm can be made."""
    culprits = [
        f"{name}: {text}"
        for name, function in CATALOG.items()
        for text in texts(function)
        if text.encode("gbk", "ignore").decode("gbk") != text
    ]

    assert culprits == []


@EACH_DRAWN
def test_plain_formulas_use_common_functions_only(function: Function) -> None:
    without_text = re.sub(r'"[^"]*"', '""', function.formula(*["A1"] * len(function.params)))

    assert set(re.findall(r"([A-Z0-9_.]+)\(", without_text)) - set(WORKSHEET_FUNCTIONS.split()) == set()


@EACH_DRAWN
def test_formulas_stay_within_the_limits_of_excel(function: Function) -> None:
    formula = long_formula(function)

    assert len(formula) <= 8192
    assert nesting(formula) <= 64
    assert max(len(text) for text in re.findall(r'"((?:[^"]|"")*)"', formula)) <= 255


def test_cell_formulas_try_the_add_in_first() -> None:
    function = CATALOG["LIGHT"]

    assert function.call("A1:A9", "B1:B9") == "XLPERF_LIGHT(A1:A9,B1:B9)"
    assert function.call("A1:A9", "B1:B9", None, "D1:D1") == "XLPERF_LIGHT(A1:A9,B1:B9,,D1:D1)"
    assert cell_formula("LIGHT", "A1:A9", "B1:B9").startswith("IFERROR(XLPERF_LIGHT(A1:A9,B1:B9),IFERROR(IF(")


def test_a_call_keeps_a_blank_cell_blank() -> None:
    assert CATALOG["RATE"].call("A1", "$B$1") == 'XLPERF_RATE(IF(A1="","",A1),IF($B$1="","",$B$1))'
    assert CATALOG["GRADE"].call("总分") == 'XLPERF_GRADE(IF(总分="","",总分))'


def test_helper_cells_ask_no_add_in() -> None:
    assert CATALOG["EXCESS"].cell_formula("A1", "B1", "C1") == CATALOG["EXCESS"].formula("A1", "B1", "C1")


def test_a_rule_pack_is_handed_over_as_it_stands() -> None:
    assert CATALOG["GRADE"].call("$C$5", "规则参数") == 'XLPERF_GRADE(IF($C$5="","",$C$5),规则参数)'


def test_the_plain_formula_of_the_execution_rate() -> None:
    assert CATALOG["RATE"].formula("C5", "D5") == (
        'IFERROR(IF(ISNUMBER(C5)*ISNUMBER(D5),IF(D5>0,ROUND(C5/D5,6),IF(D5<0,"预算有误","无预算")),'
        'IF((TRIM(C5)="")+(TRIM(D5)=""),"",IF(FIND("|"&IF(ISNUMBER(C5),D5,C5)&"|",'
        '"|' + "|".join(STATUS) + '|"),IF(ISNUMBER(C5),D5,C5)))),"非数字")'
    )


def test_functions_of_earlier_sheets_have_no_formula() -> None:
    assert [name for name in CATALOG if name not in DRAWN] == ["COMPLIANCE", "COMPLETION", "SCORE", "EXPLAIN"]
    with pytest.raises(TypeError, match="XLPERF_SCORE has no plain formula"):
        CATALOG["SCORE"].formula("A1", "B1", "C1", "D1")


@pytest.mark.parametrize("refs", [("A1",), ("A1", None), ("A1", "B1", "C1")])
def test_a_formula_needs_its_references(refs: tuple[str | None, ...]) -> None:
    with pytest.raises(TypeError, match="XLPERF_RATE takes 2 to 2"):
        CATALOG["RATE"].formula(*refs)
