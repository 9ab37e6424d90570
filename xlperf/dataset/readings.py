"""What one run says: its files and projects in their order, their lists, and what repeats between them.

`listed` are the files of the run, `current` the projects of those that are of its year and period; both are tables of
this process only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xlperf.dataset.schema import COLUMNS, Column, Kind
from xlperf.dataset.store import Dataset, Row
from xlperf.dataset.values import RESTORE, Restore, Value

FILES = "listed l JOIN files f USING (file)"
PROJECTS = "current c JOIN projects p USING (file, project) JOIN listed l USING (file) JOIN files f USING (file)"
INDICATORS = f"{PROJECTS} JOIN indicators i USING (file, project)"
PAYMENTS = f"{PROJECTS} JOIN payments y USING (file, project)"
UNREAD = "listed l JOIN unread r ON r.file = l.file AND NOT l.aside"
FINDINGS = "listed l JOIN findings d ON d.file = l.file AND NOT l.aside"

_ALIASES = {"l": "sources", "f": "files", "p": "projects", "i": "indicators", "y": "payments", "d": "findings"}
_ALIASES |= {"n": "notes", "u": "units", "r": "unread"}
_SETUP = """
DROP TABLE IF EXISTS temp.listed;
DROP TABLE IF EXISTS temp.current;
CREATE TEMP TABLE listed AS
SELECT s.file, s.position, s.name, s.modified, s.stamp, coalesce(s.reason, f.reason) AS reason,
  coalesce(s.reason_values, f.reason_values) AS reason_values, s.reason IS NOT NULL AS aside
FROM sources s JOIN files f USING (file) WHERE s.run = {run};
CREATE UNIQUE INDEX temp.listed_by_file ON listed (file);
CREATE UNIQUE INDEX temp.listed_by_name ON listed (name);
CREATE TEMP TABLE current AS
WITH
  numbered AS (
    SELECT row_number() OVER (ORDER BY l.position, p.project) - 1 AS ordinal, p.file, p.project, p.code_key, p.origin,
      p.name_key, p.region, f.unit_key, f.year, p.doubt
    FROM listed l JOIN projects p USING (file) JOIN files f USING (file) WHERE NOT l.aside),
  given_out AS (
    SELECT origin, code_key, max(ordinal) FROM numbered
    WHERE origin IS NOT NULL AND code_key IS NOT NULL GROUP BY origin)
SELECT ordinal, file, project, n.code_key, name_key, region, unit_key, year,
  coalesce(n.code_key, g.code_key, n.origin) AS identity, TRUE AS counted, n.doubt IS NOT NULL AS doubtful
FROM numbered n LEFT JOIN given_out g ON g.origin = n.origin ORDER BY ordinal;
CREATE UNIQUE INDEX temp.current_by_ordinal ON current (ordinal);
CREATE UNIQUE INDEX temp.current_by_project ON current (file, project);
CREATE INDEX temp.current_by_identity ON current (identity)
"""
# The first of all that share a key, and the one before, in the order of the run; those of one file count as one.
_SHARED = """
WITH keyed AS (
  SELECT c.ordinal, c.file, {row} AS row, c.code_key,
    first_value(c.ordinal) OVER same AS first, first_value(c.file) OVER same AS first_file,
    first_value(c.code_key) OVER same AS first_code, lag(c.file) OVER same AS last_file
  FROM {keys} WHERE c.unit_key IS NOT NULL AND {key} IS NOT NULL
  WINDOW same AS (PARTITION BY c.unit_key, c.year, {key} ORDER BY c.ordinal, {row}))
SELECT l.name, p.sheet, {fields}, ol.name, op.sheet
FROM {tables} JOIN keyed k ON k.ordinal = c.ordinal AND k.row = {row}
JOIN current oc ON oc.ordinal = k.first JOIN projects op ON op.file = oc.file AND op.project = oc.project
JOIN listed ol ON ol.file = oc.file
WHERE k.file NOT IN (k.first_file, k.last_file) AND (k.first_code = k.code_key) IS NOT TRUE
ORDER BY k.ordinal, k.row
"""
# What is alike in several files, of whatever run; found in the index alone.
_ALIKE = "SELECT likeness FROM indicators GROUP BY likeness HAVING min(file) < max(file)"
_REGIONS = """
WITH
  own AS (SELECT ordinal, file, unit_key, year, region FROM current WHERE unit_key IS NOT NULL AND region IS NOT NULL),
  ranked AS (SELECT unit_key, year, region, min(ordinal) AS first,
    row_number() OVER (PARTITION BY unit_key, year ORDER BY count(*) DESC, min(ordinal)) AS place
    FROM own GROUP BY unit_key, year, region),
  of_file AS (SELECT file, region,
    row_number() OVER (PARTITION BY file ORDER BY count(*) DESC, min(ordinal)) AS place FROM own GROUP BY file, region)
SELECT l.name, p.sheet, p.cell, own.region, ranked.region, ol.name
FROM {projects} JOIN own ON own.ordinal = c.ordinal
JOIN ranked ON ranked.place = 1 AND ranked.unit_key = own.unit_key AND ranked.year = own.year
JOIN of_file ON of_file.place = 1 AND of_file.file = own.file AND of_file.region = own.region
JOIN current oc ON oc.ordinal = ranked.first JOIN listed ol ON ol.file = oc.file
WHERE own.region <> ranked.region ORDER BY own.ordinal
"""


class Reading:
    """One run of a dataset; a dataset has one reading at a time."""

    def __init__(self, dataset: Dataset, run: int) -> None:
        self.dataset, self.run = dataset, run
        for statement in _SETUP.format(run=run).split(";"):
            dataset.run(statement)
        dataset.run(
            "UPDATE current SET counted = FALSE WHERE identity IN"
            " (SELECT identity FROM current GROUP BY identity HAVING count(*) > 1)"
        )
        dataset.run("UPDATE current SET doubtful = doubtful AND counted")
        dataset.run("UPDATE current SET counted = FALSE WHERE doubtful")
        dataset.run("REPLACE INTO uncounted SELECT ?, file, project FROM current WHERE NOT counted", run)

    def rows(self, fields: Sequence[str], rest: str, *values: Value) -> Iterator[list[Any]]:
        """These fields, each a column or an expression that counts, of the tables named, under their conditions."""
        return self.dataset.select(
            [_column(name) for name in fields], f"SELECT {', '.join(fields)} FROM {rest}", *values
        )

    def stored_rows(self, fields: Sequence[str], rest: str) -> tuple[list[Restore], Iterator[Row]]:
        """The same as they are stored, and what restores the values of each field."""
        restore = [RESTORE[_column(name).kind] for name in fields]
        return restore, self.dataset.stored(f"SELECT {', '.join(fields)} FROM {rest}")

    def value(self, sql: str, *values: Value) -> Any:
        """The first value a statement gives."""
        return next(iter(self.dataset.run(f"SELECT {sql}", *values).fetchone()))

    def cells(self, layout: int) -> dict[tuple[str, int], str]:
        """Where the values of such a sheet stand, by slot and row (from 0; 0 outside bands)."""
        places = self.dataset.run("SELECT slot, row, cell FROM places WHERE layout = ?", layout)
        return {(slot, row): cell for slot, row, cell in places}

    def repeated(self) -> list[str]:
        """The identities of projects that are there more than once."""
        which = "WHERE NOT counted AND NOT doubtful"
        sql = f"SELECT identity FROM current {which} GROUP BY identity ORDER BY min(ordinal)"
        return [identity for (identity,) in self.dataset.run(sql)]

    def has_code(self, code_key: str) -> bool:
        """Whether a project of this code is there."""
        return bool(self.value(f"EXISTS (SELECT 1 FROM {PROJECTS} WHERE p.code_key = ?)", code_key))

    def shared_names(self) -> Iterator[list[Any]]:
        """Projects called as one of another file of their unit and year.

        Gives file, sheet, cell and name, and file and sheet of the first one called so.
        """
        return self._shared("current c", PROJECTS, "c.name_key", "c.project", ("p.name_cell", "p.name"))

    def shared_indicators(self) -> Iterator[list[Any]]:
        """The same of indicators, by name and description."""
        keys = f"(SELECT * FROM indicators WHERE likeness IN ({_ALIKE})) i JOIN current c USING (file, project)"
        return self._shared(keys, INDICATORS, "i.likeness", "i.row", ("i.cell", "i.name"))

    def _shared(self, keys: str, tables: str, key: str, row: str, fields: tuple[str, str]) -> Iterator[list[Any]]:
        sql = _SHARED.format(keys=keys, tables=tables, key=key, row=row, fields=", ".join(fields))
        return self.dataset.select([Column(name, Kind.TEXT, "") for name in ("l", "s", "c", "n", "f", "o")], sql)

    def strange_regions(self) -> Iterator[list[Any]]:
        """Projects of files whose usual region is not that of most projects of their unit and year.

        Gives file, sheet, cell and region, the usual region, and the first file that has it.
        """
        sql = _REGIONS.format(projects=PROJECTS)
        return self.dataset.select([Column(name, Kind.TEXT, "") for name in ("l", "s", "c", "r", "u", "f")], sql)


def _column(field: str) -> Column:
    alias, _, name = field.partition(".")
    return COLUMNS.get(_ALIASES.get(alias, ""), {}).get(name) or Column(field, Kind.COUNT, "")
