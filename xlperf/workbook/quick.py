"""The usual spelling of worksheets and shared strings, read by tiling it with regular expressions.

Either every character of the data fits the tiles, or nothing is read and `grid` does it: attribute orders, prefixes,
comments and whatever else is not foreseen here cost time, never data.
"""

from __future__ import annotations

import re
import sys

from xlperf.workbook.grid import MOST_MERGES, MOST_STRINGS, Grid, limit, read_grid, read_strings, unescape

_DECLARATION = r"""<\?xml version=["']1\.0["'](?: encoding=["'](?:UTF|utf)-8["'])?(?: standalone=["']\w+["'])? ?\?>"""
_PROLOGUE = re.compile(rf"\ufeff?(?:{_DECLARATION})?\s*<(?:worksheet|sst)[\s>]")
_ADDRESS = r"[A-Z]{1,3}[1-9][0-9]{0,6}"
_TEXT = r'<t(?: xml:space="preserve")?(?:>([^<]*)</t>| ?/>)'
_ROW = r'<row(?: [\w:.]+="[^"<>&]*")*+ ?'
_EMPTY_ROWS = rf"(?:{_ROW}/>)*+"
_BLANK = rf'(?:<c r="{_ADDRESS}"(?: s="[0-9]+")?(?: t="n")? ?/>|</row>{_EMPTY_ROWS}{_ROW}>)*+'
_FIRST = re.compile(rf"{_EMPTY_ROWS}{_ROW}>")
_CELL = re.compile(
    rf'{_BLANK}<c r="({_ADDRESS})"(?: s="([0-9]+)")?(?: t="(\w+)")?(?: [cv]m="[0-9]+")*+>'
    r'(?:<f((?: \w+="[^"<>&]*")*+) ?(?:/>|>[^<]*</f>))?'
    rf"(?:<v(?:>([^<]*)</v>| ?/>)|<is>{_TEXT}</is>)?</c>"
)
_LAST = re.compile(rf"{_BLANK}</row>{_EMPTY_ROWS}</sheetData>")
_ITEM = re.compile(rf"<si>{_TEXT}(?:<phoneticPr [^<>]*/>)?</si>")
_ARRAY = re.compile(r' ref="([^"]*)"')
_MERGE = re.compile(r'<mergeCell ref="([^"&]*)"')
_ALLOWED = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0
_FORBIDDEN = bytes(code for code in range(32) if code not in b"\t\n\r")
_ENTITY = re.compile(r"&(?:#([0-9]+)|#x([0-9A-Fa-f]+)|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class _UnusualError(Exception):
    """This part is spelled in a way the tiles do not know."""


def sheet_grid(xml: bytes, strings: list[str], part: str) -> Grid:
    """The grid of a worksheet part, read the quick way if that is possible. Raises Refused."""
    try:
        return quick_grid(xml, strings)
    except _UnusualError:
        return read_grid(xml, strings, part)


def shared_strings(xml: bytes, part: str) -> list[str]:
    """The shared strings, read the quick way if that is possible. Raises Refused."""
    try:
        return quick_strings(xml)
    except _UnusualError:
        return read_strings(xml, part)


def quick_grid(xml: bytes, strings: list[str]) -> Grid:
    """The grid of a worksheet part in the usual spelling. Raises _UnusualError for others, Refused as `read_grid`."""
    text = _text(xml)
    start, end = text.find("<sheetData>"), text.rfind("</sheetData>")
    first = _FIRST.match(text, start + len("<sheetData>")) if start >= 0 else None
    if first is None:
        raise _UnusualError
    grid = Grid()
    at = _read_cells(text, first.end(), end, grid, strings)
    last = _LAST.match(text, at)
    merges = text.count("<mergeCell ", end)
    limit(merges, MOST_MERGES, "mergeCell")
    grid.merges = _MERGE.findall(text, end)
    if last is None or last.end() < end or len(grid.merges) != merges:
        raise _UnusualError
    return grid


def _read_cells(text: str, at: int, end: int, grid: Grid, strings: list[str]) -> int:
    """Take up one tile after another; the place where they end."""
    match, put = _CELL.match, grid.put
    while tile := match(text, at, end):
        ref, style, kind, formula, value, inline = tile.groups()
        if formula is not None:
            array = _ARRAY.search(formula) if ' t="array"' in formula else None
            grid.add_formula(ref, array[1] if array else "")
        content = value if inline is None else inline
        if content is not None or kind == "str":
            put(ref, kind or "n", _decoded(content or ""), style or "0", strings)
        at = tile.end()
    return at


def quick_strings(xml: bytes) -> list[str]:
    """The shared strings in the usual spelling, all plain text. Raises _UnusualError for any other."""
    text = _text(xml)
    at, end = text.find("<si>"), text.rfind("</sst>")
    limit(text.count("<si>"), MOST_STRINGS, "si")
    strings: list[str] = []
    while item := _ITEM.match(text, at, end):
        strings.append(unescape(_decoded(item[1] or "")))
        at = item.end()
    if at != end:
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
    if "<!" in text or text.find("<?", 5) >= 0 or not _PROLOGUE.match(text):
        raise _UnusualError
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decoded(content: str) -> str:
    """Text with its entities resolved."""
    if "&" not in content:
        return content
    if content.count("&") != len(_ENTITY.findall(content)):
        raise _UnusualError
    return _ENTITY.sub(_character, content)


def _character(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    character = chr(code) if code <= sys.maxunicode else "\0"
    if not _ALLOWED.fullmatch(character):
        raise _UnusualError
    return character
