"""What the budget system takes of a project's indicators when they are pasted, and what of it it would not take (7xx).

The columns are those of its import sheets (forms.md §4). It finds rows by 三级指标名称 alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from xlperf.checks.rules.vocabulary import plain, refused_in
from xlperf.checks.submission import Values
from xlperf.form import Cell
from xlperf.form.arithmetic import is_number, number
from xlperf.measure.statuses import QUALITATIVE, UNMET
from xlperf.model import Period

PasteRow = Mapping[str, Cell]
"""What is pasted of one indicator, and its state, by key. The score is the one before deductions."""


class PasteFault(NamedTuple):
    """One fault of the row with this index, in the column of this key."""

    code: str
    row: int
    key: str
    values: Values


class Column(NamedTuple):
    """A column: its heading, the key of its values, and in which rows it must be filled."""

    heading: str
    key: str = ""
    required: Callable[[PasteRow], bool] | None = None


def always(row: PasteRow) -> bool:
    """In every row."""
    return True


def _qualitative(row: PasteRow) -> bool:
    return row["operator"] == QUALITATIVE


def _unmet(row: PasteRow) -> bool:
    return row["state"] == UNMET


CLASSES = (Column("一级指标", "level1"), Column("二级指标", "level2"), Column("三级指标名称", "name", always))
COLUMNS = {
    Period.MONITORING: (
        *CLASSES,
        Column("计算符号", "operator"),
        Column("年度指标值", "value"),
        Column("计量单位", "unit"),
        Column("当前完成值", "actual", always),
        Column("完成可能性", "likelihood", always),
        Column(""),  # not used
        Column("偏差原因说明", "deviation_reason"),
    ),
    Period.SELF_EVALUATION: (
        *CLASSES,
        Column("计算符号", "operator"),
        Column("指标值", "value"),
        Column("实际完成值", "actual", always),
        Column("计量单位", "unit"),
        Column("分值", "weight", always),
        Column("指标得分", "score", always),
        Column("扣减分数", "deduction"),
        Column("完成情况简要描述", "remark", _qualitative),
        Column("偏差原因及改进措施", "deviation_reason", _unmet),
    ),
}


def paste_faults(rows: Sequence[PasteRow], period: Period) -> Iterator[PasteFault]:
    """What the system would refuse, drop or mix up in the rows of one project that apply."""
    first: dict[str, int] = {}
    for i, row in enumerate(rows):
        name = str(row["name"] or "").strip()
        if name and first.setdefault(name, i) != i:
            yield PasteFault("XPF701", i, "name", {"name": name, "count": sum(_is(name, each) for each in rows)})
        for column in COLUMNS[period]:
            yield from _faults_of(column, row, i)
        score, weight = row.get("score"), row.get("weight")
        if is_number(score) and is_number(weight) and number(score) > number(weight):
            yield PasteFault("XPF704", i, "score", {"score": plain(score), "weight": plain(weight)})


def _is(name: str, row: PasteRow) -> bool:
    return str(row["name"] or "").strip() == name


def _faults_of(column: Column, row: PasteRow, i: int) -> Iterator[PasteFault]:
    value = row.get(column.key)
    if value in (None, "") and column.required and column.required(row):
        yield PasteFault("XPF705", i, column.key, {"field": column.heading})
    if column.key not in ("name", "actual"):
        return
    if is_number(value) and number(value) < 0:
        yield PasteFault("XPF703", i, column.key, {"field": column.heading, "value": plain(value)})
    elif isinstance(value, str) and (refused := refused_in(value)):
        yield PasteFault("XPF702", i, column.key, {"field": column.heading, "text": value, "refused": refused})
