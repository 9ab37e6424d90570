"""The sheet on which a spreadsheet program checks itself: a row for each check, the cells they speak of below."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from xlperf.form.answers import Answers, Cell
from xlperf.form.assumptions import COLOURS, SECTIONS, UNTRIED, Check, Trial
from xlperf.form.parts import Band, Call, Form, Kind, Label, Role, Row, Slot, Tint, computed, entry, given
from xlperf.form.tints import LIGHTS, lights
from xlperf.measure import CATALOG

TITLE = "程序检查"
AGREES, DIFFERS, NOTED = "✓ 相符", "✗ 不同", "○"
SHORT = 20  # characters that are centered rather than set as a paragraph
VERSION = hashlib.blake2b(repr(SECTIONS).encode(), digest_size=8).hexdigest()
"""Changes with the checks: where the answers to others stand is not known."""
MARKER = f"xlperf {VERSION}"
"""Stands in the hidden column, so that the sheet is found whatever it was renamed to."""

CHECKS: tuple[Check | Trial, ...] = tuple(check for section in SECTIONS for check in section.checks)
"""All of them, numbered from 1 in this order."""

SAMPLES = (
    (1, 1, 2, "达标", "123"),
    (2, 4, "三十", "未达标", "405"),
    (3, 10, None, "超额", " 78 "),
    (4, 0, 5, "不涉及", "9"),
)
COLUMNS = ((9, 30), (5, 0), (6, 12))
MOST_ARGUMENTS = 5  # cells right of a function's name


def found_key(number: int) -> str:
    """The slot that holds what the program answers to check `number`, or what a person typed there."""
    check = CHECKS[number - 1]
    return check.key if isinstance(check, Trial) else f"check{number}.found"


def verdict_key(number: int) -> str:
    """The slot in which the program itself says whether that is what it should be."""
    return f"check{number}.verdict"


def _verdict(number: int, check: Check | Trial) -> str:
    found, otherwise = f"{{{found_key(number)}}}", f'"{DIFFERS}"'
    if check.other:
        answer, word = check.other
        known = f'"{answer}"' if isinstance(answer, str) else str(answer)
        otherwise = f'IF(EXACT({found},{known}),"{NOTED} {word}","{DIFFERS}")'
    return f'IFERROR(IF(EXACT({found},{{check{number}.expected}}),"{AGREES}",{otherwise}),"{DIFFERS}")'


def _kind(value: Cell) -> Kind:
    return Kind.PARAGRAPH if isinstance(value, str) else Kind.NUMBER


def _row(number: int, check: Check | Trial) -> Row:
    kind, centered = _kind(check.expected), len(str(check.expected)) <= SHORT
    key, verdict = found_key(number), verdict_key(number)
    if isinstance(check, Trial):
        found = entry(key, kind, f"第{number}项", check.bound, centered=True)
    else:
        found = Slot(key, Role.COMPUTED, kind, formula=check.formula, centered=centered, array=check.array)
    tints = tuple(
        Tint(f'LEFT({{{verdict}}},1)="{mark}"', look)
        for mark, look in ((AGREES[0], "good"), (DIFFERS[0], "bad"), (NOTED, "note"))
    )
    return Row(
        (
            Label(str(number), look="center"),
            Label(check.what, look="body"),
            found,
            given(f"check{number}.expected", kind, centered=centered),
            computed(verdict, Kind.WORD, _verdict(number, check), tints=tints),
            Label(check.means, look="hint"),
        )
    )


def _colours() -> Row:
    """The four lights, to be looked at."""
    keys = ((f"look{i}", word) for i, (word, _, _) in enumerate(LIGHTS))
    cells = (computed(key, Kind.WORD, f'"{word}"', tints=lights(key)) for key, word in keys)
    return Row((Label("", look="center"), Label("颜色和符号", look="body"), *cells))


def _rows() -> Iterator[Row]:
    number = 0
    for section in SECTIONS:
        yield Row((Label(section.title, 6, look="section"),), 24)
        for check in section.checks:
            number += 1
            if isinstance(check, Trial) and check.key == COLOURS:
                yield _colours()
            yield _row(number, check)


def _arguments() -> Iterator[tuple[str, str, Cell]]:
    """Function, slot and value of every argument of the catalog's examples."""
    for name, function in CATALOG.items():
        values = (v for arg in function.example.args for v in (arg[0] if isinstance(arg, tuple) else (arg,)))
        for i, value in enumerate(values):
            yield name, f"args.{name}.{i}", value


def _argument_rows() -> Iterator[Row]:
    for name, arguments in groupby(_arguments(), key=itemgetter(0)):
        slots = [given(key, _kind(value), centered=True) for _, key, value in arguments]
        rest = (Label("", look="center") for _ in range(MOST_ARGUMENTS - len(slots)))
        yield Row((Label(name, look="center"), *slots, *rest))


def _heads(*texts: str) -> Row:
    return Row(tuple(Label(text) for text in texts), 22)


ALL_VERDICTS = f"{{{verdict_key(1)}}}:{{{verdict_key(len(CHECKS))}}}"
COUNTS = "&".join(
    f'"{word} "&COUNTIF({ALL_VERDICTS},"{word}")&" 项　"' for word in (AGREES, DIFFERS, f"{NOTED} {UNTRIED}")
)
HOW_TO = (
    "用 Excel 或 WPS 打开本表，照第一节的说明填黄格，保存，再运行 xlperf doctor 本文件。"
    "doctor 会说明这个程序与 Excel 的规定有哪些不同，对填报工作簿有什么影响。"
)

PROGRAM_CHECK = Form(
    kind="program_check",
    widths=(12, 36, 24, 24, 13, 54, 10),
    body=(
        Row((Label("表格程序检查：与填报工作簿的要求是否一致", 6, look="title"), given("marker", Kind.TEXT)), 34),
        Row((Label(HOW_TO, 6, look="plain"),), 34),
        Row((computed("counts", Kind.TEXT, COUNTS, 6),), 22),
        _heads("编号", "检查什么", "本程序的结果", "应为", "结论", "不同时意味着什么"),
        *_rows(),
        Row((Label("上面各项用到的数据", 6, look="section"),), 24, new_page=True),
        _heads("序号", "数", "数和文字", "状态", "文字", "空白"),
        Band(
            "samples",
            Row(
                (
                    given("samples.index", Kind.COUNT),
                    given("samples.number", Kind.NUMBER),
                    given("samples.mixed", Kind.QUANTITY, centered=True),
                    given("samples.state", Kind.TEXT, centered=True),
                    given("samples.text", Kind.TEXT, centered=True),
                    given("samples.blank", Kind.TEXT),
                )
            ),
        ),
        _heads("", "已支付", "预算数", "预算执行率", "", ""),
        Band(
            "columns",
            Row(
                (
                    given("columns.paid", Kind.NUMBER),
                    given("columns.budget", Kind.NUMBER),
                    computed("columns.rate", Kind.NUMBER, Call("RATE", ("{columns.paid*}", "{columns.budget*}"))),
                    Label("", 2, look="center"),
                )
            ),
            caption=Label("一列公式", look="center"),
        ),
        Row(
            (
                Label("预算数", look="center"),
                given("budget.initial", Kind.NUMBER),
                Label("其他资金", look="center"),
                given("budget.other_funds", Kind.NUMBER),
                Label("", 2, look="center"),
            )
        ),
        _heads("函数", *(f"参数 {i}" for i in range(1, MOST_ARGUMENTS + 1))),
        *_argument_rows(),
    ),
    hidden_columns=1,
    repeat_rows=4,
    freeze_below=4,
)

SIZES = (("columns", len(COLUMNS)), ("samples", len(SAMPLES)))


def check_answers() -> Answers:
    """What the sheet holds before a program has computed it."""
    expected = {f"check{number}.expected": check.expected for number, check in enumerate(CHECKS, start=1)}
    arguments = {key: value for _, key, value in _arguments()}
    samples = [
        {
            "samples.index": index,
            "samples.number": number,
            "samples.mixed": mixed,
            "samples.state": state,
            "samples.text": text,
        }
        for index, number, mixed, state, text in SAMPLES
    ]
    columns = [{"columns.paid": paid, "columns.budget": budget} for paid, budget in COLUMNS]
    single = {"marker": MARKER, "budget.initial": 30, **expected, **arguments}
    return Answers(single, {"samples": samples, "columns": columns})
