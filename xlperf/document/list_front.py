"""What stands above the headings of a list: its unit, 主管部门 and year. Knows how such lines are written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from xlperf.document.beside import beside
from xlperf.document.headings import stated_year
from xlperf.document.list_words import note
from xlperf.document.table_file import Table, unit_in
from xlperf.document.unit_texts import unit_code
from xlperf.model import BudgetUnit, Locus
from xlperf.model.text import cut_to_cell, fold, squeeze
from xlperf.ooxml.dates import from_text

_LONGEST = 200  # characters of a line that names a year
_YEAR_LINE = re.compile(r"(?:预算)?年度?:(20\d\d)|(20\d\d)(?:年度|年?(?:部门|项目|支出|预算))")
_STEM_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def units_above(table: Table) -> Iterator[tuple[BudgetUnit, Locus]]:
    """What the lines above the headings say of a unit, each with its place: 填报单位：某法院, 335001某法院."""
    for at, texts in table.above.items():
        for text, following in pairwise([*texts, ""]):
            if unit := _named_unit(text, following):
                yield unit, table.place(at, table.columns[0])


def _named_unit(text: str, following: str) -> BudgetUnit | None:
    """The code, the name or the 主管部门 that a cell names, or the cell behind it."""
    if coded := unit_code(text):
        return BudgetUnit(code=coded[0], name=coded[1])
    stated = beside(text + following if fold(text).endswith(":") else text)
    name = stated.unit or stated.department if stated else ""
    if stated and stated.code.isdecimal():
        return BudgetUnit(code=stated.code)
    if stated and name and not unit_in(f"单位：{name}") and from_text(name) is None and not note(name):
        return BudgetUnit(**{"name" if stated.unit else "department": cut_to_cell(name)})
    return None


def year_above(tables: Iterable[Table]) -> int | None:
    """The one year that titles, sheets or lines above the headings name."""
    lines = (line for table in tables for line in ([table.sheet.title], *table.above.values()))
    texts = (text for line in lines for text in (*line, "".join(line)))
    return only({year for text in texts if len(text) <= _LONGEST for year in _years_of(squeeze(text))})


def _years_of(text: str) -> Iterator[int]:
    if (year := stated_year(text)) is not None:
        yield year
    for found in _YEAR_LINE.finditer(text):
        yield int(found[1] or found[2])


def year_of_file(path: Path) -> int | None:
    """The one year that the name of a file holds."""
    return only({int(found) for found in _STEM_YEAR.findall(path.stem)})


def only(years: Collection[int]) -> int | None:
    """The year, where there is only one."""
    return next(iter(years)) if len(years) == 1 else None
