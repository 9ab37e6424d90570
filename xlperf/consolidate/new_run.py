"""Adds one run to a dataset, file after file."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.checks import finding
from xlperf.consolidate.cache import key_of
from xlperf.consolidate.file_result import finding_values, refused_result
from xlperf.consolidate.records import FileRecord, FileResult, Source
from xlperf.dataset import Dataset, Row, row_of
from xlperf.form import Cell, Marker, layout_of
from xlperf.form.editions import PERIODS
from xlperf.model import Locus, Period

OTHER_PERIOD = "XPF616"  # why a file of another year or period counts nowhere
SUPERSEDED = "XPF617"  # why a workbook does whose annotated copy came back


class NewRun:
    """A run in the making; its files get their numbers here."""

    def __init__(self, dataset: Dataset, began: int, conditions: str) -> None:
        self.dataset, self._conditions = dataset, conditions
        (self.number,) = dataset.run("SELECT ifnull(max(run), 0) + 1 FROM runs").fetchone()
        (self._next_file,) = dataset.run("SELECT ifnull(max(file), 0) + 1 FROM files").fetchone()
        dataset.put("runs", [row_of("runs", {"run": self.number, "began": began})])
        self._position = 0
        self._consolidated: dict[str, str] = {}  # the first file with each SHA-256
        self._layouts = {layout for (layout,) in dataset.run("SELECT DISTINCT layout FROM places")}

    def add_known(self, source: Source, file: int, modified: int | None, stamp: str) -> None:
        """A file whose rows are there."""
        row = self.dataset.run("SELECT sha256, size, edition FROM files WHERE file = ?", file).fetchone()
        first = self._consolidated.setdefault(row[0], source.name)
        if first == source.name:
            self._list(source.name, file, modified, stamp)
        else:
            record = FileRecord(source.path, source.name, None, *row)
            self.add(_again(record._replace(modified=modified, stamp=stamp), first))

    def add(self, result: FileResult) -> None:
        """A file that was read; where another had the same bytes, it is refused."""
        if result.file.reason is None:
            first = self._consolidated.setdefault(result.file.sha256, result.file.name)
            if first != result.file.name:
                result = _again(result.file, first)
        file, number = result.file, self._next_file
        self._next_file += 1
        reason = finding_values(file.reason) if file.reason else {}
        values = {
            **{name: value for name, value in file._asdict().items() if name not in ("reason", "findings")},
            "file": number,
            "key": None if file.reason else key_of(file.sha256, file.name, self._conditions),
            "reason": reason.get("code"),
            "reason_values": reason.get("message_values"),
            **dict(zip(("errors", "warnings", "infos"), file.findings, strict=True)),
        }
        self.dataset.put("files", [row_of("files", values)])
        for table, rows in result.rows.items():
            self.dataset.put(table, ((number, *row[1:]) for row in rows))
        for layout, marker in result.layouts.items():
            if layout not in self._layouts:
                self._layouts.add(layout)
                self.dataset.put("places", _places(layout, marker))
        self._list(file.name, number, file.modified, file.stamp)

    def set_aside_others(self, year: int | None, period: Period | None) -> None:
        """Put no other year and period together than these, or the latest there are."""
        sql = "FROM sources s JOIN files f USING (file) WHERE s.run = ? AND f.reason IS NULL"
        rows = self.dataset.run(f"SELECT DISTINCT f.year, f.period {sql}", self.number)
        stages = [(each, Period(word)) for each, word in rows]
        asked = [stage for stage in stages if year in (None, stage[0]) and period in (None, stage[1])]
        chosen = max(asked, key=lambda stage: (stage[0], [*Period].index(stage[1])), default=(year, period))
        self.dataset.run("UPDATE runs SET year = ?, period = ? WHERE run = ?", *chosen, self.number)
        for stage in stages:
            if stage != chosen:
                reason = finding_values(finding(OTHER_PERIOD, of=_stage(*stage), this=_stage(*chosen)))
                self.dataset.run(
                    f"UPDATE sources SET reason = ?, reason_values = ? WHERE run = ? AND file IN"
                    f" (SELECT f.file {sql} AND f.year = ? AND f.period = ?)",
                    *(reason["code"], reason["message_values"], self.number, self.number, *stage),
                )

    def supersede(self) -> None:
        """Let the annotated copy that came back stand for the workbook it was made from.

        Of two copies of one workbook nobody knows which is meant: then all three count as repeated.
        """
        sql = "FROM sources s JOIN files f USING (file) WHERE s.run = ? AND"
        copies = f"SELECT f.parent, min(s.name) {sql} f.reason IS NULL AND f.parent IS NOT NULL GROUP BY f.parent"
        for parent, name in self.dataset.run(f"{copies} HAVING count(*) = 1", self.number).fetchall():
            reason = finding_values(finding(SUPERSEDED, copy=name))
            self.dataset.run(
                f"UPDATE sources SET reason = ?, reason_values = ? WHERE run = ? AND file IN"
                f" (SELECT f.file {sql} f.sha256 = ?)",
                *(reason["code"], reason["message_values"], self.number, self.number, parent),
            )

    def _list(self, name: str, file: int, modified: int | None, stamp: str) -> None:
        values: dict[str, Cell] = {"run": self.number, "position": self._position, "name": name, "file": file}
        self.dataset.put("sources", [row_of("sources", {**values, "modified": modified, "stamp": stamp})])
        self._position += 1


def is_set_aside(file: FileRecord) -> bool:
    """Whether the file was read and is of another year or period than the run puts together."""
    return file.reason is not None and file.reason.code == OTHER_PERIOD


def is_superseded(file: FileRecord) -> bool:
    """Whether an annotated copy of the file came back and stands for it."""
    return file.reason is not None and file.reason.code == SUPERSEDED


def _stage(year: int | None, period: Period | None) -> tuple[str, str]:
    """What workbooks are of, in Chinese and English."""
    named = PERIODS[period] if period else ""
    return (f"{year}年度" if year else "") + (period or ""), " ".join(filter(None, (str(year or ""), named)))


def _again(file: FileRecord, first: str) -> FileResult:
    """The refusal of a file that has the same bytes as the first."""
    reason = finding("XPF613", Locus(file=file.name), first=first)
    record = FileRecord(file.path, file.name, reason, file.sha256, file.size, file.edition)
    return refused_result(record._replace(modified=file.modified, stamp=file.stamp))


def _places(number: int, marker: Marker) -> Iterator[Row]:
    """Where the values of such a sheet stand."""
    layout = layout_of(marker)
    assert layout is not None
    for row, places in [(0, layout.slots), *(item for rows in layout.bands.values() for item in enumerate(rows))]:
        for key, place in places.items():
            slot = key.replace(".", "_")
            yield row_of("places", {"layout": number, "slot": slot, "row": row, "cell": place.cell})
