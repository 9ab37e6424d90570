"""What differs between two runs of a dataset: which value in which cell, which projects came, went, changed status.

Only files whose content differs are compared. A project is the same where its code is, or else the sheet given out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from xlperf.dataset.schema import TABLES
from xlperf.dataset.store import Dataset
from xlperf.dataset.values import Value
from xlperf.measure import CHECKPOINTS


class ChangeKind(StrEnum):
    """What kind of a change it is, in the order of urgency."""

    CAME = "新增项目"
    WENT = "减少项目"
    STATUS = "状态变化"
    VALUE = "数值变化"
    FILE = "文件变化"


class Change(NamedTuple):
    """One change; `cell` is where the value stands now, or stood where it is gone."""

    unit: str
    code: str
    name: str
    kind: ChangeKind
    item: str
    before: Value
    after: Value
    file: str
    sheet: str
    cell: str


INPUTS = {
    "projects": (
        *("code", "name", "budget_initial", "budget_adjusted", "budget_fiscal_funds", "budget_other_funds"),
        *("budget_carryover", "purpose", "deviation_reason"),
    ),
    "plan": ("share",),
    "texts": ("text",),
    "indicators": (
        *("level1", "level2", "name", "description", "operator", "value", "unit", "basis", "weight", "actual"),
        *("points", "deviation_reason", "likelihood"),
    ),
    "payments": ("amount",),
    "units": ("unit_code", "unit_name", "year", "overall_objective"),
    "settings": (
        *("as_of", "period", "pack", "plan_method", "yellow", "green", "over_monitoring", "over_self_evaluation"),
    ),
}
"""The columns that people fill in, by table."""

STATUSES = ("progress_light", "grade")  # computed, but worth a line of their own
SHARES = ("share", "yellow", "green", "over_monitoring", "over_self_evaluation")

TEXTS = {"objectives": "绩效目标", "sub_objectives": "分项绩效目标", "safeguards": "工作保障措施"}

_COLUMNS = {name: {column.name: column for column in table.columns} for name, table in TABLES.items()}
BUDGET = _COLUMNS["projects"]["budget_current"]  # what a project that came or went counts

# The projects, and the files, of a run that the other run does not have in the same state.
_PROJECTS = """
SELECT f.unit AS unit, coalesce(p.code_key, p.origin, s.name || ' ' || p.sheet) AS identity, s.name AS source,
  s.position AS position, p.file AS file, p.project AS project
FROM sources s JOIN files f USING (file) JOIN projects p USING (file)
WHERE s.run = ? AND s.file NOT IN (SELECT file FROM sources WHERE run = ?)
"""
_FILES = """
SELECT s.name, s.file, NULL, f.unit, f.reason FROM sources s JOIN files f USING (file)
WHERE s.run = ? AND s.file NOT IN (SELECT file FROM sources WHERE run = ?) ORDER BY s.position
"""

READ, REFUSED = "已汇总", "未汇总"


class _Sheet(NamedTuple):
    """A sheet of a project, or with None for `project` one of the unit, and whose it is."""

    source: str
    file: int
    project: int | None
    unit: str
    row: Mapping[str, Any]  # of its own table; empty where the sheet is not there

    def change(self, kind: ChangeKind, item: str, before: Value, after: Value, cell: str = "") -> Change:
        """A change on this sheet."""
        code, name, sheet = (self.row.get(key) or "" for key in ("code", "name", "sheet"))
        place = cell or self.row.get("cell") or ""
        return Change(self.unit, code, name, kind, item, before, after, self.source, sheet, place)


def changes(dataset: Dataset, before: int, after: int) -> Iterator[Change]:
    """The changes from one run to another: of projects unit by unit, then of files and of what they say of the unit."""
    comparison = _Comparison(dataset)
    for table, runs in (("gone", (before, after)), ("here", (after, before))):
        dataset.run(f"DROP TABLE IF EXISTS temp.{table}")
        dataset.run(f"CREATE TEMP TABLE {table} AS {_PROJECTS}", *runs)
        dataset.run(f"CREATE INDEX temp.{table}_by_identity ON {table} (identity)")
    for (unit,) in dataset.run("SELECT unit FROM here UNION SELECT unit FROM gone ORDER BY unit").fetchall():
        yield from comparison.of_projects(unit)
    old, new = ({file[0]: file for file in dataset.run(_FILES, *runs)} for runs in ((before, after), (after, before)))
    for name in sorted(old | new):
        yield from comparison.of_file(old.get(name), new.get(name))


class _Comparison:
    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._cell = lru_cache(maxsize=4096)(self._cell_of)

    def of_projects(self, unit: str | None) -> Iterator[Change]:
        for identity, *at in self._listed("here", unit):
            new = self._sheet("projects", *at)
            sql = "SELECT source, file, project, unit FROM gone WHERE identity = ? ORDER BY source = ? DESC, position"
            found = self._dataset.run(sql, identity, new.source).fetchone()
            if found:
                old = self._sheet("projects", *found)
                self._dataset.run("DELETE FROM gone WHERE file = ? AND project = ?", old.file, old.project)
                yield from self._between(old, new, "projects", "plan", "texts", "indicators", "payments")
            else:
                yield new.change(ChangeKind.CAME, BUDGET.zh, None, new.row[BUDGET.name])
        for _, *at in self._listed("gone", unit):
            old = self._sheet("projects", *at)
            yield old.change(ChangeKind.WENT, BUDGET.zh, old.row[BUDGET.name], None)

    def of_file(self, old: Sequence[Any] | None, new: Sequence[Any] | None) -> Iterator[Change]:
        """Whether a file came, went or was refused; where it was read twice, what changed beside its projects."""
        states = [REFUSED if file and file[-1] else READ if file else None for file in (old, new)]
        if states == [READ, READ]:
            for tables in (("units", "texts"), ("settings",)):
                sheets = (self._sheet(tables[0], *file[:-1]) for file in (old, new) if file)
                yield from self._between(next(sheets), next(sheets), *tables)
        elif states[0] != states[1]:
            name, file, project, unit, _ = new or old or ()
            yield _Sheet(name, file, project, unit or "", {}).change(ChangeKind.FILE, "文件", states[0], states[1])

    def _listed(self, table: str, unit: str | None) -> list[Any]:
        sql = f"SELECT identity, source, file, project, unit FROM {table} WHERE unit IS ? ORDER BY position, project"
        return self._dataset.run(sql, unit).fetchall()

    def _sheet(self, table: str, source: str, file: int, project: int | None, unit: str | None) -> _Sheet:
        sheet = _Sheet(source, file, project, unit or "", {})
        return sheet._replace(row=next(iter(self._rows(table, sheet)), {}))

    def _between(self, old: _Sheet, new: _Sheet, *tables: str) -> Iterator[Change]:
        """What differs between a sheet and what it was; rows are the same where they stand, or by their names."""
        in_place = old.row.get("layout") == new.row.get("layout")
        for table in tables:
            before, after = (
                {_key(table, row, in_place): row for row in self._rows(table, sheet)} for sheet in (old, new)
            )
            for key in dict.fromkeys([*after, *before]):
                was, now = before.get(key, {}), after.get(key, {})
                sheet, row = (new, now) if now else (old, was)
                for name in (*INPUTS[table], *(STATUSES if table == "projects" else ())):
                    if was.get(name) != now.get(name):
                        kind = ChangeKind.STATUS if name in STATUSES else ChangeKind.VALUE
                        cell = self._cell(sheet.row.get("layout"), *_slot(table, name, row))
                        values = _shown(name, was.get(name)), _shown(name, now.get(name))
                        yield sheet.change(kind, _item(table, name, row), *values, cell)

    def _keyed(self, table: str, sheet: _Sheet, in_place: bool) -> dict[tuple[Any, ...], dict[str, Any]]:
        return {_key(table, row, in_place): row for row in self._rows(table, sheet)}

    def _rows(self, table: str, sheet: _Sheet) -> Iterator[dict[str, Any]]:
        """The rows of a table that belong to the sheet."""
        columns = TABLES[table].columns
        has_project = columns[1].name == "project"
        sql = f"SELECT * FROM {table} WHERE file = ?{' AND project IS ?' if has_project else ''}"
        for row in self._dataset.select(columns, sql, sheet.file, *((sheet.project,) if has_project else ())):
            yield {column.name: None if value == "" else value for column, value in zip(columns, row, strict=True)}

    def _cell_of(self, layout: int | None, slot: str, row: int) -> str:
        sql = "SELECT cell FROM places WHERE layout = ? AND slot = ? AND row = ?"
        found = self._dataset.run(sql, layout, slot, row).fetchone()
        return str(found[0]) if found else ""


def _key(table: str, row: Mapping[str, Any], in_place: bool) -> tuple[Any, ...]:
    """What tells a row from the others of its sheet."""
    if table == "indicators" and not in_place:
        return row["level1"], row["level2"], row["name"]
    return tuple(row.get(name) for name in ("field", "row", "month"))


def _slot(table: str, name: str, row: Mapping[str, Any]) -> tuple[str, int]:
    """The slot that holds a column, as `places` call it, and its row."""
    if table == "plan":
        return f"shares_{CHECKPOINTS.index(row['month'])}", 0
    if table == "payments":
        return "payments_amount", row["month"] - 1
    if table == "texts":
        return f"{row['field']}_text", row["row"] or 0
    if name == "overall_objective":
        return "overall_objective_text", 0
    return (f"indicators_{name}", row["row"] or 0) if table == "indicators" else (name, 0)


def _item(table: str, name: str, row: Mapping[str, Any]) -> str:
    """What a changed value is called."""
    label = _COLUMNS[table][name].zh
    if table in ("plan", "payments"):
        return f"{row['month']}月{label}"
    if table == "texts":
        return TEXTS[row["field"]]
    return f"{label}（{row['name'] or '未填写名称'}）" if table == "indicators" else label


def _shown(name: str, value: Value) -> Value:
    """A value as a person reads it: shares in percent."""
    return f"{value:.2%}" if name in SHARES and isinstance(value, Decimal) else value
