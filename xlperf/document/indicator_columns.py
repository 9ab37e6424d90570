"""The head of an indicator table, of one row or two → which column holds what. Reads no indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from xlperf.document.blocks import Cell, Row
from xlperf.document.labels import Column, column, indicators_caption, is_level1, is_level2
from xlperf.model.text import squeeze

CARRIED = ("level1", "level2")
"""Columns whose texts stand on the first row of their class only."""

_REPEATING = frozenset(("level2", "name", "target"))
"""Columns that stand twice where two lists of indicators stand side by side."""

_YEARS_BEFORE = re.compile(r"20\d\d年(?:度|实际|完成)?[值数]?")


class IndicatorColumns(NamedTuple):
    """What the columns hold, by their place in a row as wide as the head."""

    width: int = 0
    fields: Mapping[str, int] = {}
    """Field → place."""
    ticks: Mapping[int, Column] = {}
    """Place → the choice that is ticked below it."""
    passed: Mapping[int, str] = {}
    """Place → the head of a column that is known and not read."""
    unknown: Mapping[int, Cell] = {}
    """Place → a head that nobody knows."""
    is_doubtful: bool = False
    """Whether the head leaves open where the name and the target of an indicator stand."""


def is_head(row: Row) -> bool:
    """Whether this row is the head of an indicator table (it is repeated after a page break)."""
    fields = {found.field for cell in row.cells if (found := column(cell.text))}
    is_named = not fields.isdisjoint(("name", "content"))
    is_of_class = "level1" in fields or ("target" in fields and not fields.isdisjoint(("level2", "type")))
    return {"level1", "level2"} <= fields or (is_named and is_of_class)


def is_second_head(row: Row) -> bool:
    """Whether a row can be the second one of a head: every cell that it holds is a head too, and none is a class."""
    heads = [_head(cell.text) for cell in row.filled]
    named = any(is_level1(cell.text) or is_level2(cell.text) for cell in row.filled)
    return bool(heads) and None not in heads and not named


def captions(row: Row) -> Iterator[str]:
    """The periods that merged cells left of the indicators say, "" where one says none."""
    return (found for cell in row.cells if (found := indicators_caption(cell.text)) is not None)


def columns_of(row: Row, above: Row | None = None, periods: tuple[str, ...] = ()) -> IndicatorColumns:
    """The columns by their heads; a merged head is that of its first column, of two lists side by side the year's.

    `above` is the row before, which holds some of the heads where they take two rows. `periods` are those of the
    objectives, in the order they stand in: two lists side by side are of the same.
    """
    heads = _heads(row)
    if above is not None and not any(each.field == "target" for each in heads.values()):
        heads = {**_heads(above), **heads}
    texts = {index: cell.text for index, cell in enumerate(row.cells)}
    groups: list[dict[str, int]] = [{}]
    stated: list[set[str]] = [set()]
    passed: dict[int, str] = {}
    for index, head in sorted(heads.items()):
        if head.tick:
            continue
        if head.field == "spare" or (head.period == "other" and head.field not in _REPEATING - {"target"}):
            passed[index] = texts.get(index, "")
            continue
        if head.field in _REPEATING and head.field in groups[-1]:
            groups.append({})
            stated.append(set())
        if head.field in groups[-1]:
            passed[index] = texts.get(index, "")
            continue
        groups[-1][head.field] = index
        stated[-1].add(head.period)
    of_year = _of_year(stated, periods)
    fields = {**{name: groups[0][name] for name in CARRIED if name in groups[0]}, **groups[of_year or 0]}
    unread = {index for group in groups for index in group.values()} - set(fields.values())
    passed |= {index: texts.get(index, "") for index in unread}
    if "type" in fields and fields.keys().isdisjoint(CARRIED):
        fields["level2"] = fields.pop("type")
    elif "type" in fields:
        index = fields.pop("type")
        passed[index] = texts.get(index, "")
    if "content" in fields:
        fields.setdefault("description" if "name" in fields else "name", fields.pop("content"))
    return IndicatorColumns(
        width=max((len(row.cells), *(index + 1 for index in heads))),  # the row above may be wider
        fields=fields,
        ticks={index: head for index, head in sorted(heads.items()) if head.tick},
        passed=passed,
        unknown={
            index: cell
            for index, cell in enumerate(row.cells)
            if cell.text and index not in heads and indicators_caption(cell.text) is None
        },
        is_doubtful=of_year is None or not {"name", "target"} <= fields.keys(),
    )


def _of_year(stated: list[set[str]], periods: tuple[str, ...]) -> int | None:
    """Which of the lists side by side is the year's, by its heads or its objective; None where neither says."""
    if len(stated) == 1:
        return 0
    by_words = [at for at, words in enumerate(stated) if "year" in words and "other" not in words]
    by_order = [at for at, period in enumerate(periods) if period == "year"]
    if len(by_words) == 1:
        return by_words[0]
    return by_order[0] if len(periods) == len(stated) and len(by_order) == 1 else None


def _heads(row: Row) -> dict[int, Column]:
    """The heads of columns by place; what stands left of the first level is a caption where it can be one."""
    heads = {index: found for index, cell in enumerate(row.cells) if (found := _head(cell.text))}
    fields = {head.field: index for index, head in heads.items()}
    behind = [at for at, cell in enumerate(row.cells) if indicators_caption(cell.text) == "" and at not in heads]
    if fields.keys().isdisjoint(("name", "content")) and behind and behind[-1] > fields.get("level2", len(row.cells)):
        heads[behind[-1]] = Column("name")
    first = next((index for index, head in heads.items() if head.field == "level1"), 0)
    return {
        index: head
        for index, head in heads.items()
        if index >= first or indicators_caption(row.cells[index].text) is None
    }


def _head(text: str) -> Column | None:
    """The column that a head names; years alone are those before, below 近两年指标值."""
    return column(text) or (Column("spare") if _YEARS_BEFORE.fullmatch(squeeze(text)) else None)


def two_rows(above: Row, below: Row) -> Row:
    """A head of two rows as one: what stands below wins, each under what spans it.

    Where blank cells were lost, choices below stand for the one head over them: 偏差原因, 完成目标可能性.
    """
    if len(above.cells) == len(below.cells) and not (below.cells[0].text and is_head(above)):
        both = zip(above.cells, below.cells, strict=True)
        return Row(tuple(lower if lower.text else upper for upper, lower in both))
    parts: dict[str, list[Cell]] = {}
    for cell in below.filled:
        found = column(cell.text)
        parts.setdefault("likelihood" if found and found.field == "likelihood" else "deviation_reason", []).append(cell)
    cells: list[Cell] = []
    for cell in above.cells:
        found = column(cell.text)
        cells += parts.pop(found.field, [cell]) if found else [cell]
    return Row((*cells, *(cell for rest in parts.values() for cell in rest)))
