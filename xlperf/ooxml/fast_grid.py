"""Reads worksheets and shared strings in their usual spelling, by tiling it with regular expressions.

Either the tiles cover every character of the data, or `grid` and `strings` read the part: what is not foreseen here
(another order of attributes, prefixes, comments) costs time, never data.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from string import ascii_uppercase
from xml.parsers import expat

from xlperf.ooxml.grid import (
    LONGEST_CONTENT,
    MOST_CELLS,
    MOST_ROWS,
    YES,
    Grid,
    hidden_run,
    limit,
    number,
    read_grid,
    unescape,
)
from xlperf.ooxml.namespaces import SPREADSHEET
from xlperf.ooxml.strings import MOST_STRINGS, read_strings
from xlperf.ooxml.xml import POSSESSIVE, SEPARATOR

_DECLARATION = r"""<\?xml version=["']1\.0["'](?: encoding=["'](?:UTF|utf)-8["'])?(?: standalone=["']\w+["'])? ?\?>"""
_PROLOGUE = re.compile(rf"\ufeff?(?:{_DECLARATION})?\s*<(?:worksheet|sst)[\s>]")
_ADDRESS = r"[A-Z]{1,3}[1-9][0-9]{0,6}"
_TEXT = r'<t(?: xml:space="preserve")?(?:>([^<]*)</t>| ?/>)'
_ATTRIBUTES = rf'(?: (?:x14ac:)?\w+="[^"<>&]*")*{POSSESSIVE}'  # Excel's own extension of rows; other prefixes are rare
_ROW = rf"<row{_ATTRIBUTES} ?"
_EMPTY_ROWS = rf"(?:{_ROW}/>)*{POSSESSIVE}"
_BEGUN = rf'<row r="([0-9]+)"{_ATTRIBUTES} ?>'
_BLANK = rf'(?:<c r="{_ADDRESS}"(?: s="[0-9]+")?(?: t="n")? ?/>|</row>{_EMPTY_ROWS}{_BEGUN})*{POSSESSIVE}'
_FIRST = re.compile(_EMPTY_ROWS + _BEGUN)
# A cell with content, or all the rest: what comes after the first strange character is one tile, never skipped.
_TILE = re.compile(
    rf'{_BLANK}<c r="({_ADDRESS})"(?: s="([0-9]+)")?(?: t="(\w+)")?(?: [cv]m="[0-9]+")*{POSSESSIVE}>'
    rf'(?:(<f(?: \w+="[^"<>&]*")*{POSSESSIVE}) ?(?:/>|>[^<]*</f>))?'
    rf"(?:<v(?:>([^<]*)</v>| ?/>)|<is>{_TEXT}</is>)?</c>|([\s\S]+)"
)
_LAST = re.compile(rf"{_BLANK}</row>{_EMPTY_ROWS}")
_ROW_ATTRIBUTES = re.compile(rf"<row({_ATTRIBUTES})")
_COLUMN = re.compile(rf'<col((?: [\w:.]+="[^"<>&]*")*{POSSESSIVE}) ?(?:/>|></col>)')
_ATTRIBUTE = re.compile(r' ([\w:.]+)="([^"]*)"')
_HIDDEN = tuple(f' hidden="{yes}"' for yes in YES)  # LibreOffice says of every row that it is not
_LONGEST_COLUMNS = 4_000  # characters
SLOWER = 3  # times as long is what a sheet in an unusual spelling takes beyond the quick attempt
LARGEST_UNUSUAL, LARGEST_RICH = 4 * 2**20, 8 * 2**20  # bytes of such a sheet, and of such a table of strings
_SHORT = 32_768  # characters
_RARE = 16  # so many question and exclamation marks are looked at one by one
_LONGEST_KNOWN = 24  # digits of a number worth remembering
_NUMERIC = ("", "n")  # how a cell declares a number, of which nothing is the usual way
_INDEX = re.compile("[0-9]{1,9}")
_ITEM = re.compile(rf"<si>{_TEXT}(?:<phoneticPr [^<>]*/>)?</si>")
_TABLE = re.compile(r"<sst(?=\s)[^<>]*>\s*")
_ARRAY = re.compile(r' ref="([^"]*)"')
_MERGE = re.compile(r'<mergeCell ref="([^"&]*)"')
_ALLOWED = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0
_FORBIDDEN = bytes(code for code in range(32) if code not in b"\t\n\r")
_ENTITY = re.compile(r"&(?:#([0-9]+)|#x([0-9A-Fa-f]+)|(amp|lt|gt|quot|apos));")
_NAMED = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&"}  # the ampersand last
_NAMED_ENTITIES = {f"&{name};": character for name, character in _NAMED.items()}
_CLOSED = "</worksheet>"
_ROOT = re.compile(r"<worksheet\s[^<>]*>")
_EXTENSION = "x14ac:"
_DECLARING = re.compile(r"<[^<>]*\sxmlns[:=]")
_LARGEST_SURROUNDINGS = 32_768  # characters before and after the data; ours are 15,000


class _UnusualError(Exception):
    """This part is spelled in a way the tiles do not know."""


def sheet_grid(xml: bytes, strings: list[str], part: str, spend: Callable[[int], None] | None = None) -> Grid:
    """The grid of a worksheet part, read the quick way if that is possible. Raises Refused.

    `spend` counts the bytes that have to be read again, slowly.
    """
    try:
        return quick_grid(xml, strings)
    except _UnusualError:
        if len(xml) > LARGEST_UNUSUAL:
            limit(xml.count(b"</c>"), MOST_CELLS, "单元格")
            limit(len(xml), LARGEST_UNUSUAL, "字节")
        if spend:
            spend(SLOWER * len(xml))
        return read_grid(xml, strings, part)


@lru_cache(maxsize=16)
def known_grid(xml: bytes, part: str) -> Grid:
    """As `sheet_grid`, without shared strings, for parts that are the same in many workbooks. Not to be changed."""
    return sheet_grid(xml, [], part)


def shared_strings(xml: bytes, part: str) -> list[str]:
    """The shared strings, read the quick way if that is possible. Raises Refused."""
    try:
        return quick_strings(xml)
    except _UnusualError:
        limit(len(xml), LARGEST_RICH, f"{part}: 字节")
        return read_strings(xml, part)


def quick_grid(xml: bytes, strings: list[str]) -> Grid:
    """The grid of a worksheet part in the usual spelling. Raises _UnusualError for others, Refused as `read_grid`."""
    text = _text(xml)
    start, end = text.find("<sheetData>"), text.rfind("</sheetData>")
    first = _FIRST.match(text, start + len("<sheetData>")) if start >= 0 else None
    if first is None or not text.rstrip().endswith("</worksheet>"):
        raise _UnusualError
    if end - start > MOST_CELLS * len("<c></c>") and text.count("</c>", start, end) > MOST_CELLS:
        raise _UnusualError
    grid = _surroundings(text[:start], text[end + len("</sheetData>") :])
    if not _LAST.fullmatch(_read_cells(text, first, end, grid, strings)):
        raise _UnusualError
    if text.find("xmlns", start, end) >= 0 and _DECLARING.search(text, start, end):
        raise _UnusualError  # a cell in a namespace of its own
    if text.find(_EXTENSION, start, end) >= 0 and f"xmlns:{_EXTENSION[:-1]}=" not in text[:start]:
        raise _UnusualError  # perhaps a prefix nobody declared
    if text.find(' hidden="', start, end) >= 0 and any(text.find(sign, start, end) >= 0 for sign in _HIDDEN):
        grid.hidden_rows = _hidden_rows(text[start:end])
    return grid


def _surroundings(head: str, tail: str) -> Grid:
    """What stands before and after the data: merged cells and hidden columns. Raises as `quick_grid`."""
    if len(head) + len(tail) > _LARGEST_SURROUNDINGS:  # conditional formats by the thousand, say
        grid = read_grid(f"{head}<sheetData/>{tail}".encode(), [], "worksheet")
        if grid.foreign:
            raise _UnusualError
        return grid
    merges = tail.count("<mergeCell ")  # no more than have room in what is short
    grid = Grid(hidden_columns=_hidden_columns(head), merges=_MERGE.findall(tail) if merges else [])
    root = _ROOT.search(head)
    if root is None:
        raise _UnusualError
    if merges:
        merged = tail.find("<mergeCells")
        is_elsewhere = tail.rfind("<mergeCell ") > tail.find("</mergeCells>", merged)
        if is_elsewhere or not _is_whole(root[0] + tail[:merged] + _CLOSED):
            raise _UnusualError  # merged nowhere but in an extension, or in what stands for something else
    if len(grid.merges) != merges or not (_is_whole(head + _CLOSED) and _is_whole(root[0] + tail)):
        raise _UnusualError  # no XML or no spreadsheet's, which expat shall say
    return grid


@lru_cache(maxsize=256)  # what surrounds the data is the same in all workbooks of one form
def _is_whole(xml: str) -> bool:
    """Whether this is well-formed, and every element without a prefix, and no other, is a spreadsheet's."""
    spaces: list[str] = []  # those declared for names without a prefix, and those of spreadsheets

    def declared(prefix: str | None, space: str) -> None:
        if prefix is None or space in SPREADSHEET:
            spaces.append(space)

    reader = expat.ParserCreate(namespace_separator=SEPARATOR)
    reader.StartNamespaceDeclHandler = declared
    try:
        reader.Parse(xml, True)
    except expat.ExpatError:
        return False
    return len(spaces) == 1 and spaces[0] in SPREADSHEET


def _read_cells(text: str, first: re.Match[str], end: int, grid: Grid, strings: list[str]) -> str:
    """Take up one tile after another, from the first row on; what is left where they end."""
    values, styles, formulas, results = grid.values, grid.styles, grid.formulas, grid.results
    rest, count, row = "", 0, first[1]
    for begun, ref, style, kind, formula, plain, inline, rest in _TILE.findall(text, first.end(), end):
        row = begun or row
        if ref.lstrip(ascii_uppercase) != row and not rest:
            raise _UnusualError  # a cell that says it stands in another row
        if formula:
            array = _ARRAY.search(formula) if ' t="array"' in formula else None
            formulas[ref] = array[1] if array else ""
        content = inline or plain
        if kind == "inlineStr" or kind == "str":
            if content and bool(inline) is (kind == "str"):
                raise _UnusualError  # a value where the type promises a string item, or the other way round
            if formula:
                results.add(ref)
            if content:
                usual = len(content) < _SHORT and "&" not in content and "_x" not in content
                values[ref] = content if usual else unescape(_decoded(content))
                count += 1
        elif inline:
            raise _UnusualError
        elif kind in _NUMERIC and 0 < len(content) <= _LONGEST_KNOWN and "&" not in content and not content.isspace():
            if formula:
                results.add(ref)
            values[ref] = value = _number(content)
            count += 1
            if type(value) is Decimal:
                styles[ref] = style or "0"
        elif kind == "s" and _INDEX.fullmatch(content) and int(content) < len(strings):
            if formula:
                results.add(ref)
            if shared := strings[int(content)]:
                values[ref] = shared
                count += 1
        elif content:
            before = len(values)
            grid.put(ref, kind or "n", _decoded(content), style or "0", strings)
            count += len(values) - before
        elif kind and kind != "n":
            raise _UnusualError  # an empty value of a kind that should have one
    if len(values) != count:
        raise _UnusualError  # a cell stands there twice
    return rest


_number = lru_cache(maxsize=4096)(number)


def _hidden_rows(text: str) -> set[int]:
    """The rows nobody sees. Raises _UnusualError where they do not say which they are."""
    hidden = set()
    for row in _ROW_ATTRIBUTES.finditer(text):
        attributes = dict(_ATTRIBUTE.findall(row[1]))
        at = attributes.get("r", "")
        if not at.isdecimal():
            raise _UnusualError
        if len(at) > len(str(MOST_ROWS)) or int(at) > MOST_ROWS:
            break
        if attributes.get("hidden") in YES:
            hidden.add(int(at))
    return hidden


def _hidden_columns(head: str) -> tuple[tuple[int, int], ...]:
    """The columns nobody sees. Raises _UnusualError where their elements are spelled in an unusual way."""
    start = head.find("<cols>")
    columns, _, rest = head[start + len("<cols>") :].partition("</cols>") if start >= 0 else ("", "", head)
    if "col " in rest or len(columns) > _LONGEST_COLUMNS:
        raise _UnusualError
    if columns and not _is_whole(head[:start] + _CLOSED):
        raise _UnusualError  # in what stands for something else
    return _hidden_among(columns)


@lru_cache(maxsize=256)
def _hidden_among(columns: str) -> tuple[tuple[int, int], ...]:
    spelled = _COLUMN.findall(columns)
    runs: tuple[tuple[int, int], ...] = ()
    for attributes in spelled:
        runs += hidden_run(dict(_ATTRIBUTE.findall(attributes)))
    if "".join(_COLUMN.split(columns)[::2]).strip():
        raise _UnusualError
    return runs


def quick_strings(xml: bytes) -> list[str]:
    """The shared strings of a table in the usual spelling. Raises _UnusualError for others, Refused as `read_strings`.

    Those with several runs of text are read by expat, each alone or, where there are many, with plain ones between.
    """
    text = _text(xml)
    begun, end = _TABLE.search(text), text.rfind("</sst>")
    if begun is None or not _is_whole(begun[0] + "</sst>"):
        raise _UnusualError
    at = begun.end()
    limit(text.count("<si>"), MOST_STRINGS, "文字")
    strings: list[str] = []
    rich, together = 0, 0  # characters read by expat, and how many at least the next time
    while at < end:
        if item := _ITEM.match(text, at, end):
            strings.append(unescape(_decoded(item[1] or "")))
            at = item.end()
        else:
            plain = text.find("</si><si><t>", at + together, end)
            stop = end if plain < 0 else plain + len("</si>")
            rich, together = rich + stop - at, min(together + _SHORT // 8, 4 * _SHORT)
            limit(rich, LARGEST_RICH, "字符")
            strings += read_strings(f"{begun[0]}{text[at:stop]}</sst>".encode(), "sharedStrings")
            at = stop
    if text[end:].rstrip() != "</sst>":
        raise _UnusualError
    return strings


def _text(xml: bytes) -> str:
    """The part as text with the line ends XML sees, if it is UTF-8 without comments, declarations and the like."""
    try:
        text = xml.decode()
    except UnicodeDecodeError as error:
        raise _UnusualError from error
    if len(xml.translate(None, _FORBIDDEN)) < len(xml) or "\ufffe" in text or "\uffff" in text:
        raise _UnusualError
    begun = _PROLOGUE.match(text)
    if begun is None or _holds(text, "!") or _holds(text, "?", begun.end()):
        raise _UnusualError
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _holds(text: str, sign: str, start: int = 0) -> bool:
    """Whether markup of this sign occurs, as in `<!` or `<?`; the sign alone is rare and quickly looked for."""
    for _ in range(_RARE):
        at = text.find(sign, start)
        if at < 0:
            return False
        if text[at - 1] == "<":
            return True
        start = at + 1
    return text.find("<" + sign, start - 1) >= 0


def _decoded(content: str) -> str:
    """Text with its entities resolved."""
    limit(len(content), LONGEST_CONTENT, "v")
    signs = content.count("&")
    if not signs:
        return content
    if signs == sum(map(content.count, _NAMED_ENTITIES)):
        for entity, character in _NAMED_ENTITIES.items():
            content = content.replace(entity, character)
        return content
    if signs != len(_ENTITY.findall(content)):
        raise _UnusualError
    return _ENTITY.sub(_character, content)


def _character(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    return _numbered(decimal, hexadecimal)


@lru_cache(maxsize=1024)
def _numbered(decimal: str | None, hexadecimal: str) -> str:
    """The character of a numeric entity. Raises _UnusualError for one that XML does not allow."""
    code = int(decimal) if decimal else int(hexadecimal, 16)
    character = chr(code) if code <= sys.maxunicode else "\0"
    if not _ALLOWED.fullmatch(character):
        raise _UnusualError
    return character
