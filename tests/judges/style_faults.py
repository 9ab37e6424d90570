"""Faults of number formats, fills and row styles. One function for each kind of fault."""

from __future__ import annotations

import re
from collections.abc import Iterator

from judges.formula_faults import formulas
from judges.opened import MAIN, Opened, count
from judges.package_faults import Found

BUILT_IN_FORMATS = {*range(23), *range(27, 82)}
LONGEST_FORMAT = 255
MOST_SECTIONS = 4
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_DANGLING = re.compile(r"[0#?]\.(?![#?]*0)")
_LITERAL = re.compile(r'\\.|_.|\*.|"[^"]*"|\[[^\]]*\]')


def missing_row_styles(book: Opened) -> Iterator[Found]:
    known = count(book.styles.find(f"{MAIN}cellXfs"))
    for sheet in book.sheets:
        for row in sheet.all("row"):
            if int(row.get("s", "0")) >= max(known, 1):
                yield f"{sheet.title}!{row.get('r')}", f"row has the style {row.get('s')} of {known}"


def missing_number_formats(book: Opened) -> Iterator[Found]:
    own = {line.get("numFmtId") for line in book.styles.iter(f"{MAIN}numFmt")}
    for group in ("cellStyleXfs", "cellXfs"):
        for i, xf in enumerate(book.styles.iterfind(f"{MAIN}{group}/{MAIN}xf")):
            number = xf.get("numFmtId", "0")
            if int(number) not in BUILT_IN_FORMATS and number not in own:
                yield "styles", f"{group} {i} has number format {number}, which is not there"


def repeated_number_formats(book: Opened) -> Iterator[Found]:
    """An id means one number format, in cell formats and differential ones alike."""
    codes: dict[str, str] = {}
    for line in book.styles.iter(f"{MAIN}numFmt"):
        key, code = line.get("numFmtId", ""), line.get("formatCode", "")
        if codes.setdefault(key, code) != code:
            yield "styles", f"number format {key} is {codes[key]!r} and {code!r}"


def broken_number_formats(book: Opened) -> Iterator[Found]:
    for line in book.styles.iter(f"{MAIN}numFmt"):
        code = line.get("formatCode", "")
        bare = _LITERAL.sub("", code)
        if not code or len(code) > LONGEST_FORMAT or bare.count(";") >= MOST_SECTIONS or re.search(r'["\[\]\\]', bare):
            yield "styles", f"number format {code!r}"
        if int(line.get("numFmtId", "0")) in BUILT_IN_FORMATS:
            yield "styles", f"number format {code!r} has the id {line.get('numFmtId')}, which Excel means otherwise"


def dangling_points(book: Opened) -> Iterator[Found]:
    """Excel shows 10 as "10." where no digit behind the point is a must: 0.## in a format, or in one given to TEXT."""
    formats = [("styles", line.get("formatCode", "")) for line in book.styles.iter(f"{MAIN}numFmt")]
    formats += [(placed.where, quoted) for placed in formulas(book) for quoted in _QUOTED.findall(placed.text)]
    for where, code in formats:
        if _DANGLING.search(_LITERAL.sub("", code.strip('"'))):
            yield where, f"shows a point without digits: {code}"


def missing_first_fills(book: Opened) -> Iterator[Found]:
    """Excel takes fills 0 and 1 for none and gray125, whatever they are."""
    patterns = [fill.find(f"{MAIN}patternFill") for fill in book.styles.iterfind(f"{MAIN}fills/{MAIN}fill")]
    first = [None if pattern is None else pattern.get("patternType", "none") for pattern in patterns[:2]]
    if first != ["none", "gray125"]:
        yield "styles", f"the first fills are {first}"
