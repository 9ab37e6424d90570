"""What differs between two runs of a dataset: which value in which cell, which projects came, went, changed status.

Only files whose content differs are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple, get_origin

from xlperf.dataset.runs import TELLING
from xlperf.dataset.schema import COLUMNS
from xlperf.dataset.store import Dataset
from xlperf.dataset.values import Value
from xlperf.measure import CHECKPOINTS
from xlperf.model import Project
from xlperf.model.department import Noun


class ChangeKind(StrEnum):
    """What kind of a change it is."""

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


def _fields(noun: type[Noun], above: str = "") -> Iterator[str]:
    """The fields of a noun, and of the nouns within, by the names of their columns; those of many items have none."""
    for name, field in noun.model_fields.items():
        inner = field.annotation
        if name in ("number", "interim") or get_origin(inner) is tuple:  # the first two are given with the form
            continue
        if isinstance(inner, type) and issubclass(inner, Noun):
            yield from _fields(inner, f"{above}{name}_")
        else:
            yield above + name


INPUTS = {
    "projects": tuple(name for name in COLUMNS["projects"] if name in {*_fields(Project)}),
    "plan": ("share",),
    "texts": ("text",),
    "indicators": (
        *("level1", "level2", "name", "description", "operator", "value", "unit", "basis", "weight", "actual"),
        *("points", "deviation_reason", "likelihood", "expected", "deviation_kinds", "remark", "deduction"),
    ),
    "payments": ("amount",),
    "units": ("unit_code", "unit_name", "year", "unit_department"),
    "settings": (
        *("as_of", "period", "pack", "plan_method", "yellow", "green", "over_monitoring", "over_self_evaluation"),
    ),
}
"""The columns that people fill in, by table."""

STATUSES = ("progress_light", "progress_official_light", "grade")  # computed, but worth a line of their own
PERCENT = ("share", "yellow", "green", "over_monitoring", "over_self_evaluation")
TEXTS = {
    "overall_objective": "总体绩效目标",
    "objectives": "绩效目标",
    "sub_objectives": "分项绩效目标",
    "safeguards": "工作保障措施",
}
BUDGET = COLUMNS["projects"]["budget_current"]  # what a project that came or went counts

# The projects of a run in files that the other run does not have in the same state.
_PROJECTS = """
SELECT p.file AS file, p.project AS project, s.name AS source, s.position AS position, f.unit AS unit,
  p.code_key AS code, p.origin AS origin, p.sheet AS sheet, f.sha256 AS content, NULL AS pair,
  NOT EXISTS (SELECT 1 FROM uncounted u WHERE u.run = s.run AND u.file = p.file AND u.project = p.project) AS counted
FROM sources s JOIN files f USING (file) JOIN projects p USING (file)
WHERE s.run = ? AND s.reason IS NULL AND s.file NOT IN (SELECT file FROM sources WHERE run = ?)
"""
# Pairs the projects not paired yet by what stands in these columns; alike ones in their order.
_PAIR = """
UPDATE temp.here SET pair = matched.was FROM (
  SELECT here.rowid AS id, gone.rowid AS was
  FROM (SELECT rowid, *, row_number() OVER (PARTITION BY {0} ORDER BY position, project) AS place
    FROM temp.here WHERE pair IS NULL AND {1}) here
  JOIN (SELECT rowid, *, row_number() OVER (PARTITION BY {0} ORDER BY position, project) AS place
    FROM temp.gone WHERE pair IS NULL AND {1}) gone USING ({0}, place)) matched
WHERE here.rowid = matched.id
"""
# A project is the same where its code is, best in the same file, or else the sheet given out, or else file and sheet;
# before all, in a file that was only renamed.
_SAME = (
    ("content, project", "content"),
    ("code, source", "code"),
    ("code", "code"),
    ("origin", "origin"),
    ("source, sheet", "source"),
)
_FILES = """
SELECT s.name, s.file, NULL, f.unit, coalesce(s.reason, f.reason), {0} FROM sources s JOIN files f USING (file)
WHERE s.run = ? AND s.file NOT IN (SELECT file FROM sources WHERE run = ?) ORDER BY s.position
"""
# Projects of files that both runs have, of which one counts them and the other does not.
_RECOUNTED = """
SELECT s.name, u.file, u.project, f.unit, u.run FROM uncounted u
JOIN sources s ON s.run = ?1 AND s.file = u.file JOIN sources t ON t.run = ?2 AND t.file = u.file
JOIN files f ON f.file = u.file
WHERE u.run IN (?1, ?2) GROUP BY u.file, u.project HAVING count(*) = 1 ORDER BY s.position, u.project
"""

_SOURCE, _UNIT = COLUMNS["sources"]["name"], COLUMNS["files"]["unit"]
_FILE, _PROJECT = COLUMNS["projects"]["file"], COLUMNS["projects"]["project"]
_COUNT = _PROJECT  # a number like any other
_PROJECT_COLUMNS = (_COUNT, _SOURCE, _FILE, _PROJECT, _UNIT, COLUMNS["projects"]["code_key"], _COUNT)
_FILE_COLUMNS = (_SOURCE, _FILE, _PROJECT, _UNIT, COLUMNS["files"]["reason"], _COUNT)
_RECOUNTED_COLUMNS = (_SOURCE, _FILE, _PROJECT, _UNIT, _COUNT)
_RENAMED = "SELECT DISTINCT gone.source, here.source FROM temp.here JOIN temp.gone ON gone.rowid = here.pair"
COUNTING, WORDS = "计入合计", {0: "否", 1: "是"}
Rows = list[dict[str, Any]]
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
    """The changes from one run to another, unit by unit: of projects, of files, of what they say of the unit."""
    sides = (before, after), (after, before)
    for table, runs in zip(("gone", "here"), sides, strict=True):
        dataset.run(f"DROP TABLE IF EXISTS temp.{table}")
        dataset.run(f"CREATE TEMP TABLE {table} AS {_PROJECTS}", *runs)
    for columns, needed in _SAME:
        dataset.run(_PAIR.format(columns, f"{needed} IS NOT NULL"))
        dataset.run("UPDATE temp.gone SET pair = here.rowid FROM temp.here WHERE here.pair = gone.rowid")
    files = _FILES.format(TELLING)
    old, new = ({file[0]: file for file in dataset.select(_FILE_COLUMNS, files, *runs)} for runs in sides)
    for was, now in dataset.run(_RENAMED).fetchall():
        if was in old and was not in new and now in new and now not in old:
            old[now] = old.pop(was)
    comparison = _Comparison(dataset, before, after)
    of_unit: dict[str, list[str]] = {unit: [] for unit in comparison.units()}
    for name in sorted(old | new):  # a file that is refused now belongs to the unit it had
        units = (file[3] for file in (new.get(name), old.get(name)) if file and file[3])
        of_unit.setdefault(next(units, ""), []).append(name)
    for unit in sorted(of_unit):
        yield from comparison.of_projects(unit)
        for name in of_unit[unit]:
            yield from comparison.of_file(unit, old.get(name), new.get(name))


class _Comparison:
    def __init__(self, dataset: Dataset, before: int, after: int) -> None:
        self._dataset, self._before, self._after = dataset, before, after
        self._cell = lru_cache(maxsize=4096)(self._cell_of)
        self._recounted = list(dataset.select(_RECOUNTED_COLUMNS, _RECOUNTED, before, after))

    def units(self) -> set[str]:
        """The units of which something may have changed."""
        listed = self._dataset.run("SELECT unit FROM temp.here UNION SELECT unit FROM temp.gone")
        return {unit or "" for (unit,) in listed} | {each[3] for each in self._recounted}

    def of_projects(self, unit: str) -> Iterator[Change]:
        """Of projects in files that changed, and of those that count no more, or again, because of others."""
        for pair, *at, code, counted in self._listed("here", "unit IS ?", unit):
            new = self._sheet("projects", *at)
            if pair is not None:
                ((_, *was, _, did_count),) = self._listed("gone", "rowid = ?", pair)
                old = self._sheet("projects", *was)
                if counted != did_count:
                    yield new.change(ChangeKind.STATUS, COUNTING, WORDS[did_count], WORDS[counted])
                yield from self._between(old, new, "projects", "plan", "texts", "indicators", "payments")
            elif self._has(self._before, code):
                yield new.change(ChangeKind.STATUS, COUNTING, None, WORDS[counted])
            else:
                yield new.change(ChangeKind.CAME, BUDGET.zh, None, new.row[BUDGET.name])
        for _, *at, code, did_count in self._listed("gone", "pair IS NULL AND unit IS ?", unit):
            old = self._sheet("projects", *at)
            if self._has(self._after, code):
                yield old.change(ChangeKind.STATUS, COUNTING, WORDS[did_count], None)
            else:
                yield old.change(ChangeKind.WENT, BUDGET.zh, old.row[BUDGET.name], None)
        for *at, run in self._recounted:
            if at[3] == unit:
                yield self._sheet("projects", *at).change(
                    ChangeKind.STATUS, COUNTING, WORDS[run != self._before], WORDS[run != self._after]
                )

    def of_file(self, unit: str, old: Sequence[Any] | None, new: Sequence[Any] | None) -> Iterator[Change]:
        """Whether a file came, went, was renamed, refused; where it was read twice, what changed beside projects."""
        if not any(file[-1] for file in (old, new) if file):
            return
        states = [REFUSED if file and file[-2] else READ if file else None for file in (old, new)]
        name, file, project, *_ = new or old or ()
        of_file = _Sheet(name, file, project, unit, {})
        if states[0] != states[1]:
            yield of_file.change(ChangeKind.FILE, "文件", states[0], states[1])
        elif old and new and old[0] != new[0]:
            yield of_file.change(ChangeKind.FILE, "文件名", old[0], new[0])
        if states == [READ, READ]:
            for tables in (("units", "texts"), ("settings",)):
                before, after = (self._sheet(tables[0], *file[:4]) for file in (old, new) if file)
                yield from self._between(before, after, *tables)

    def _has(self, run: int, code: str) -> bool:
        """Whether a project of this code was there in that run."""
        files = "(SELECT file FROM sources WHERE run = ? AND reason IS NULL)"
        sql = f"SELECT EXISTS (SELECT 1 FROM projects JOIN {files} USING (file) WHERE code_key = ?)"
        return bool(code and self._dataset.run(sql, run, code).fetchone()[0])

    def _listed(self, table: str, which: str, value: Value) -> list[Any]:
        sql = f"SELECT pair, source, file, project, unit, code, counted FROM temp.{table} WHERE {which}"
        return list(self._dataset.select(_PROJECT_COLUMNS, f"{sql} ORDER BY position, project", value))

    def _sheet(self, table: str, source: str, file: int, project: int | None, unit: str) -> _Sheet:
        sheet = _Sheet(source, file, project, unit, {})
        return sheet._replace(row=next(iter(self._rows(table, sheet)), {}))

    def _between(self, old: _Sheet, new: _Sheet, *tables: str) -> Iterator[Change]:
        """What differs between a sheet and what it was; rows are the same where they stand, or by their names."""
        for table in tables:
            for was, now in _pairs(table, self._rows(table, old), self._rows(table, new)):
                sheet, row = (new, now) if now else (old, was)
                for name in (*INPUTS[table], *(STATUSES if table == "projects" else ())):
                    if was.get(name) != now.get(name):
                        kind = ChangeKind.STATUS if name in STATUSES else ChangeKind.VALUE
                        cell = self._cell(sheet.row.get("layout"), *_slot(table, name, row))
                        values = _shown(name, was.get(name)), _shown(name, now.get(name))
                        yield sheet.change(kind, _item(table, name, row), *values, cell)

    def _rows(self, table: str, sheet: _Sheet) -> list[dict[str, Any]]:
        """The rows of a table that belong to the sheet."""
        own = (sheet.project,) if "project" in COLUMNS[table] else ()
        return [
            {name: None if value == "" else value for name, value in row.items()}
            for row in self._dataset.rows_of(table, sheet.file, *own)
        ]

    def _cell_of(self, layout: int | None, slot: str, row: int) -> str:
        sql = "SELECT cell FROM places WHERE layout = ? AND slot = ? AND row = ?"
        found = self._dataset.run(sql, layout, slot, row).fetchone()
        return str(found[0]) if found else ""


def _pairs(table: str, before: Rows, after: Rows) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The rows of a sheet with what they were, {} where there is none; indicators by names, else by places."""
    keys = (("level1", "level2", "name"), ("row",)) if table == "indicators" else (("field", "row", "month"),)
    was: dict[int, dict[str, Any]] = {}
    left, rest = list(range(len(after))), before
    for fields in keys:
        old = _keyed(rest, fields)
        for key, row in _keyed([after[i] | {"place": i} for i in left], fields).items():
            if key in old:
                was[row["place"]] = old.pop(key)
        left, rest = [i for i in left if i not in was], list(old.values())
    yield from ((was.get(i, {}), row) for i, row in enumerate(after))
    yield from ((row, {}) for row in rest)


def _keyed(rows: Rows, fields: Sequence[str]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Rows by what stands in these fields; alike ones by their order."""
    keyed: dict[tuple[Any, ...], dict[str, Any]] = {}
    alike = Counter[tuple[Any, ...]]()
    for row in rows:
        key = tuple(row.get(name) for name in fields)
        keyed[(*key, alike[key])] = row
        alike[key] += 1
    return keyed


def _slot(table: str, name: str, row: Mapping[str, Any]) -> tuple[str, int]:
    """The slot that holds a column, as `places` call it, and its row."""
    if table == "plan":
        return f"shares_{CHECKPOINTS.index(row['month'])}", 0
    if table == "payments":
        return "payments_amount", row["month"] - 1
    if table == "texts":
        return f"{row['field']}_text", row["row"] or 0
    return (f"indicators_{name}", row["row"] or 0) if table == "indicators" else (name, 0)


def _item(table: str, name: str, row: Mapping[str, Any]) -> str:
    """What a changed value is called."""
    label = COLUMNS[table][name].zh
    if table in ("plan", "payments"):
        return f"{row['month']}月{label}"
    if table == "texts":
        return TEXTS[row["field"]]
    return f"{label}（{row['name'] or '未填写名称'}）" if table == "indicators" else label


def _shown(name: str, value: Value) -> Value:
    """A value as a person reads it: shares in percent."""
    return f"{(value * 100).normalize():f}%" if name in PERCENT and isinstance(value, Decimal) else value
