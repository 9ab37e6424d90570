"""A row below the head of an indicator table → the cell of each field. Makes no indicator of them.

A row that does not fit its head is aligned only where the class words leave one way to do it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from xlperf.document.blocks import Cell, Row
from xlperf.document.indicator_columns import CARRIED, IndicatorColumns
from xlperf.document.labels import ends_indicators, indicators_caption, is_level1, is_level2
from xlperf.document.target import BLANK, read_target, stated_sign
from xlperf.model import Operator
from xlperf.model.text import read_number, squeeze

NUMBERS = ("weight", "points", "deduction")
"""Columns of numbers."""

_TEMPLATE = re.compile(r"指标\d{0,2}|[.…·]{2,}|[xX×*]{2,}")
Fields = Mapping[str, Cell]


def without_captions(row: Row) -> tuple[Cell, ...]:
    """The cells that hold something but a caption left of the indicators."""
    return tuple(cell for cell in row.filled if indicators_caption(cell.text) is None)


def is_foot(row: Row) -> bool:
    """Whether this row stands below the indicators: a sum, a signature."""
    return ends_indicators(next((cell.text for cell in without_captions(row)), ""))


def is_template(cells: Iterable[Cell]) -> bool:
    """Whether nothing but what the blank form prints stands here: 指标2, ……"""
    return all(_TEMPLATE.fullmatch(squeeze(cell.text)) for cell in cells)


def fields_of(row: Row, columns: IndicatorColumns, level1: str, level2: str) -> Fields | None:
    """The fields of a row below rows of these classes ("" for none yet); None where there is no telling."""
    return (
        _by_place(row, columns)
        or _by_shift(row, columns.fields, level1)
        or _by_words(without_captions(row), columns.fields, level2)
        or _classes(without_captions(row))
    )


def _by_place(row: Row, columns: IndicatorColumns) -> Fields | None:
    """The fields by the places of their heads, if the classes stand in theirs and nothing stands between fields."""
    blank = Cell("", row.cells[0].line)
    cells = row.cells
    if len(cells) == columns.width - len(columns.unknown):  # the rows have no such column
        rest = iter(cells)
        cells = tuple(blank if index in columns.unknown else next(rest) for index in range(columns.width))
        row = Row(cells)
    cells += (blank,) * (columns.width - len(cells))
    fields = {name: cells[index] for name, index in columns.fields.items()}
    level1, level2 = fields.get("level1", blank).text, fields.get("level2", blank).text
    target = fields.get("target", blank).text
    if len(row.cells) != columns.width:
        if not (is_level2(level2) or (not level2 and not level1)) or not target:
            return None
        beyond = any(cell.text for cell in row.cells[columns.width :])
        if beyond and read_target(target).target.operator is Operator.QUALITATIVE:
            return None
    elif is_level2(level1) and not (is_level1(level1) and target) and not _spans(cells, columns.fields):
        return None
    first = min((columns.fields[name] for name in CARRIED if name in columns.fields), default=0)
    if any(is_level1(cell.text) for cell in cells[:first]):
        return None
    known = {*columns.fields.values(), *columns.passed, *columns.unknown, *columns.ticks}
    texts = {cell.text for cell in fields.values()}
    between = (cell.text for index, cell in enumerate(cells[: max(columns.fields.values())]) if index not in known)
    if any(text and text not in texts and indicators_caption(text) is None for text in between):
        return None
    return fields


def _spans(cells: tuple[Cell, ...], places: Mapping[str, int]) -> bool:
    """Whether one class cell covers the columns of both levels, with an indicator behind it."""
    if not {"level1", "level2", "name", "target"} <= places.keys() or places["level2"] != places["level1"] + 1:
        return False
    level1, level2 = cells[places["level1"]].text, cells[places["level2"]].text
    return level2 in ("", level1) and bool(cells[places["name"]].text and cells[places["target"]].text)


def _by_shift(row: Row, places: Mapping[str, int], level1: str) -> Fields | None:
    """The fields of a row that lost blank cells at its beginning, as pages do whose merged cells were closed up.

    It begins with a class, which says how many.
    """
    if not {"level1", "level2", "name", "target"} <= places.keys():
        return None
    found = []
    for name, named in (("level1", is_level1), ("level2", is_level2)):
        shift = places[name]
        first = row.cells[0].text
        if shift == 0 or not named(first) or (name == "level2" and not level1):
            continue
        fields = {
            field: row.cells[index - shift] for field, index in places.items() if 0 <= index - shift < len(row.cells)
        }
        if name == "level1" and not is_level2(fields["level2"].text):
            continue
        if _reads(fields):
            found.append(fields)
    return found[0] if len(found) == 1 else None


def _reads(fields: Fields) -> bool:
    """Whether a row put this way names an indicator and its target, and numbers stand where numbers belong."""
    name, target = fields.get("name"), fields.get("target")
    if name is None or target is None or not name.text or not target.text or is_level2(name.text):
        return False
    if "sign" in fields and stated_sign(fields["sign"].text) is None:
        return False
    numbers = (fields[name].text for name in NUMBERS if name in fields)
    return all(text in BLANK or read_number(text) is not None for text in numbers)


def _by_words(filled: tuple[Cell, ...], places: Mapping[str, int], level2: str) -> Fields | None:
    """The fields of a row whose blank cells were lost: its class words say which columns are there."""
    names = sorted(places, key=places.__getitem__)
    first, second = (*(cell.text for cell in filled), "")[:2]
    if is_level1(first) and is_level2(second):
        lead = 0
    elif is_level2(first):
        lead = 1
    elif level2 and not is_level1(first):
        lead = 2
    else:
        return None
    if names[:2] != ["level1", "level2"] or len(filled) != len(names) - lead:
        return None
    fields = dict(zip(names[lead:], filled, strict=True))
    worded = "target" in fields and read_target(fields["target"].text).target.operator is Operator.QUALITATIVE
    return None if lead == 2 and worded else fields  # without a class word, a figure must show what the row is


def _classes(filled: tuple[Cell, ...]) -> Fields | None:
    """The fields of a row that names its classes and nothing else."""
    if len(filled) == 2 and is_level1(filled[0].text) and is_level2(filled[1].text):
        return {"level1": filled[0], "level2": filled[1]}
    if len(filled) == 1 and (is_level1(filled[0].text) or is_level2(filled[0].text)):
        return {"level1" if is_level1(filled[0].text) else "level2": filled[0]}
    return None
