"""Ten times the text takes about ten times as long, whatever it is made of: no expression over it is quadratic."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any
from xml.sax.saxutils import escape

import pytest

from xlperf.checks.rule import DEPARTMENT_RULES, INDICATOR_RULES, PROJECT_RULES
from xlperf.checks.submission import Submission
from xlperf.document import headings, items, labels, list_words, unit_texts
from xlperf.document.blocks import lines_of, one_line
from xlperf.document.faults import Faults
from xlperf.document.html_page import read_page
from xlperf.document.interpreter import Interpreter
from xlperf.document.opening import read_dump
from xlperf.document.table_file import unit_in
from xlperf.document.target import joined_target, read_target
from xlperf.form.titles import file_name, project_titles
from xlperf.measure import check_code
from xlperf.model import Department, Indicator, Operator, Project, Target
from xlperf.model import text as model_text
from xlperf.ooxml.dates import from_text
from xlperf.ooxml.fast_grid import shared_strings, sheet_grid
from xlperf.ooxml.format_codes import sections_of
from xlperf.ooxml.grid import number as cell_number
from xlperf.ooxml.grid import read_grid, unescape
from xlperf.workbook.annotation_marks import people_words

MALLOPT = {"trim threshold": -1, "mmap threshold": -3}  # numbers of options in malloc.h

SHORT, LONG = 10_000, 100_000
MOST = 15  # times as long; ten times is what a linear one takes
QUICK = 0.01  # seconds; a hundred thousand characters that cost no more are not worth measuring

CLASSES = {
    "digits": "7",
    "letters": "a",
    "CJK": "项",
    "blanks": " ",
    "line breaks": "\n",
    "tabs": "\t",
    "punctuation": "，",
    "points": ".",
    "brackets": "(",
    "square brackets": "[",
    "bars": "|",
    "accents": "\u0301\u0323",
    "mixed": "a1 项(，.",
    "digits and blanks": "1 ",
    "notices": "号) ",
    "units": "单 位：",
    "escapes": "_x0041",
    "open tags": "<a b=\"'",
    "open comments": "<!-- <!",
    "open elements": "<p hidden><td>",
    "entities": "&amp&#9",
}


@pytest.fixture(scope="module", autouse=True)
def _memory_stays_with_the_process() -> None:
    """Only a long text's pieces are lent by the system one by one, page by page: 250 faults in place of 750."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        for option in MALLOPT.values():
            mallopt(option, 2**30)


def text_of(unit: str, size: int) -> str:
    """So many characters, with words in front and behind so that no end is trimmed."""
    return "项" + (unit * (size // len(unit) + 1))[:size] + "目"


# --- readers of text -------------------------------------------------------------------------------------------------


def interpreted(text: str) -> object:
    """The text as a document: one line, and the same cut into lines of several lengths."""
    interpreter = Interpreter("a", Faults("a"))
    interpreter.take(read_dump(text))
    return interpreter.front.sub_objectives


def in_lines(length: int) -> Callable[[str], object]:
    return lambda text: interpreted("\n".join(text[i : i + length] for i in range(0, len(text), length)))


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = f'<worksheet {MAIN}><sheetData><row r="1">{{}}</row></sheetData></worksheet>'
STRINGS = f"<sst {MAIN}><si><t>{{}}</t></si></sst>"
STYLES = (
    f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="200" formatCode="{{}}"/></numFmts>'
    '<cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
)


def quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})


READERS: dict[str, Callable[[str], object]] = {
    **{
        name: getattr(model_text, name)
        for name in ("clean", "fold", "code_key", "read_number", "read_share", "read_money", "close_lines")
    },
    "squeeze": model_text._squeezed,
    "check_code": check_code,
    **{name: getattr(headings, name) for name in ("heading", "section", "part", "title", "contents", "stated_year")},
    **{name: getattr(labels, name) for name in ("label", "column", "starts_row", "is_level1")},
    **{name: getattr(unit_texts, name) for name in ("money_unit", "unit_code")},
    **{name: getattr(list_words, name) for name in ("sums", "caption", "note", "source_of")},
    "heading of a list": lambda text: list_words.heading((text, text)),
    "unit of a list": unit_in,
    "lines_of": lines_of,
    "one_line": one_line,
    "items": lambda text: items.numbered_items([text]),
    "target": read_target,
    "target behind a sign": lambda text: read_target("≥" + text),
    "target behind a number": lambda text: read_target("≥95" + text),
    "target behind a bare number": lambda text: read_target("95" + text),
    "target behind a sign in words": lambda text: read_target("不少于" + text),
    "target of three cells": lambda text: joined_target("≥", text, text),
    "document": interpreted,
    **{f"document in lines of {length}": in_lines(length) for length in (39, 199)},
    "page": lambda text: read_page(text, Path("a")),
    "page of a table": lambda text: read_page(f"<table><tr><td>{text}", Path("a")),
    "inside a tag": lambda text: read_page(f"<td {text}", Path("a")),
    "date": from_text,
    "cell number": cell_number,
    "unescape": unescape,
    "titles": lambda text: project_titles([(1, text), (2, text)]),
    "file name": file_name,
    "comment": people_words,
    "number format": lambda text: sections_of(text[:255]),
    "inline string": lambda text: sheet_grid(
        SHEET.format(f'<c r="A1" t="inlineStr"><is><t>{quoted(text)}</t></is></c>').encode(), [], "sheet"
    ),
    "value": lambda text: sheet_grid(
        SHEET.format(f'<c r="A1" t="str"><v>{quoted(text)}</v></c>').encode(), [], "sheet"
    ),
    "value, slowly": lambda text: read_grid(SHEET.format(f'<c r="A1"><v>{quoted(text)}</v></c>').encode(), [], "sheet"),
    "shared string": lambda text: shared_strings(STRINGS.format(quoted(text)).encode(), "strings"),
}


@pytest.mark.parametrize("reader", READERS)
def test_readers(reader: str) -> None:
    for name, unit in CLASSES.items():
        assert_linear(READERS[reader], lambda size, unit=unit: text_of(unit, size), name)


@pytest.mark.parametrize("name", CLASSES)
def test_a_document_in_longer_lines(name: str) -> None:
    """Expressions that look at short lines only must bear many of the longest."""
    text = text_of(CLASSES[name], SHORT)
    short, long = (min(seconds(in_lines(length), text) for _ in range(3)) for length in (29, 299))

    assert long < QUICK or long <= MOST * short


# --- rules -----------------------------------------------------------------------------------------------------------


def submission(text: str) -> Submission:
    """A department in which every text is this one, past the limits of the model."""
    said: dict[str, Any] = {}
    target = Target(operator=Operator.GE, operator_stated=True, value=5).model_copy(update={"unit": text, "raw": text})
    worded = target.model_copy(update={"operator": Operator.QUALITATIVE, "value": text})
    for key in ("level1", "level2", "name", "description", "basis", "deviation_reason", "actual"):
        said[key] = text
    rows = [Indicator(level1="").model_copy(update={**said, "target": held}) for held in (target, worded, target)]
    project = Project(number=1).model_copy(
        update={
            **dict.fromkeys(("code", "name", "purpose", "deviation_reason"), text),
            "objectives": (text, text),
            "indicators": tuple(rows),
        }
    )
    department = Department(year=2026).model_copy(
        update={
            "overall_objective": text,
            "sub_objectives": (text, text[1:], text[:-1]),
            "safeguards": (text,),
            "projects": (project, project),
        }
    )
    return Submission(department)


RULES: dict[str, Callable[[Submission], object]] = {
    **{code: lambda given, check=check: list(check(given)) for code, check in DEPARTMENT_RULES},
    **{
        code: lambda given, check=check: [list(check(p)) for p in given.project_cases()]
        for code, check in PROJECT_RULES
    },
    **{
        code: lambda given, check=check: [check(i) for p in given.project_cases() for i in p.indicator_cases]
        for code, _, check in INDICATOR_RULES
    },
}


@pytest.mark.parametrize("name", CLASSES)
def test_rules(name: str) -> None:
    cases = {size: submission(text_of(CLASSES[name], size)) for size in (SHORT, LONG)}
    for code, rule in RULES.items():
        assert_linear(rule, cases.__getitem__, code)


# --- measuring -------------------------------------------------------------------------------------------------------


def assert_linear(work: Callable[[Any], object], made: Callable[[int], Any], what: str) -> None:
    """Against ten short ones in a row, whose results stay: as much memory, and as much time for a neighbour to disturb.

    Measured anew, often, where it looks bad: a neighbour on the machine may have had the processor's cache.
    """
    few, many = made(SHORT), made(LONG)
    long = seconds(work, many)
    if long < QUICK:
        return
    for _ in range(12):
        short = seconds(work, *[few] * (LONG // SHORT)) / (LONG // SHORT)
        if long <= MOST * short:
            return
        long = min(long, seconds(work, many))
    assert long < QUICK or long <= MOST * short, f"{what}: {short:.4f} s, {long:.4f} s"


def seconds(work: Callable[[Any], object], *given: Any) -> float:
    """How much of the processor it takes, with nothing remembered."""
    gc.disable()
    taken, results = 0.0, []
    for one in given:
        model_text._squeezed_again.cache_clear()
        model_text._squeezed_long.cache_clear()
        labels.key.cache_clear()
        begun = process_time()
        results.append(work(one))
        taken += process_time() - begun
    gc.enable()
    return taken
