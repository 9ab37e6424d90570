"""Checks documents and workbooks, and makes copies of the workbooks with the findings at their cells."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from xlperf.checks import CODES, finding, gravest_first, message, severity
from xlperf.consolidate import Consolidation
from xlperf.consolidate.new_run import is_set_aside
from xlperf.consolidate.records import Source
from xlperf.consolidate.run import Progress, gather
from xlperf.consolidate.sources import sources_in
from xlperf.dataset import Dataset
from xlperf.document import check_document, read_document
from xlperf.document.forms_in_sheets import holds_forms
from xlperf.document.sheets import WORKBOOKS
from xlperf.files import Refused, attempt, fetch, save_bytes
from xlperf.jobs.carrying import is_returned
from xlperf.jobs.preferences import NO_PREFERENCES, Preferences
from xlperf.jobs.sources import known_pack
from xlperf.measure import DEFAULT_PACK, Pack
from xlperf.model import Finding, Locus, UnreadableInput, UsageError, XlperfError
from xlperf.model.finding import by_file
from xlperf.workbook.annotate.copy import Note, annotated
from xlperf.workbook.read.read import read_workbook

DOCUMENTS = (".txt", ".docx", ".doc", ".wps", ".rtf", ".odt", ".htm", ".html", ".mht", ".mhtml", ".pdf")
ANNOTATED = "（检查）"  # stands behind the name of an annotated copy


class Copy(NamedTuple):
    """An annotated copy of the workbook `source`, with so many notes, or the problem that prevented it."""

    source: str
    target: Path
    notes: int
    problem: Refused | XlperfError | None


@dataclass(frozen=True)
class Checked:
    """The findings of the codes `chosen` in documents and workbooks; those in workbooks lie on disk.

    There is a run for each year and period: workbooks of one are compared with each other only. The first also has the
    files that are of none.
    """

    in_documents: Sequence[Finding]
    runs: Sequence[Consolidation]
    chosen: frozenset[str]

    @property
    def findings(self) -> Iterator[Finding]:
        """Every finding, those in documents first."""
        first, *others = self.runs
        of_first = (each for each in first.findings if each.locus.file in self._own)
        return self._chosen(chain(self.in_documents, of_first, *(run.findings for run in others)))

    @property
    def codes(self) -> Counter[str]:
        """The number of findings of each code."""
        if len(self.runs) > 1:
            return Counter(each.code for each in self.findings)
        count = self.runs[0].codes + Counter(each.code for each in self.in_documents)
        return Counter({code: times for code, times in count.items() if code in self.chosen})

    def by_file(self) -> Iterator[tuple[str, list[Finding]]]:
        """The findings in each file, in the order of their names; "" for those in none."""
        documents = by_file(self.in_documents)
        names = sorted({"", *documents, *(file.name for file in self.runs[0].files)})
        for of_runs in zip(*(run.findings_of(names) for run in self.runs), strict=True):
            (name, of_first), *of_others = of_runs
            found = [of_first if name in self._own else [], *(findings for _, findings in of_others)]
            yield name, list(self._chosen(chain(documents.get(name, ()), *found)))

    def copies(self, folder: Path, lang: str = "zh", *, force: bool = False) -> Iterator[Copy]:
        """Copy every workbook that has findings, under its own name and path, into the folder, each as it is asked for.

        A copy that cannot be made does not stop the others.
        """
        for run in self.runs:
            paths = {file.name: file.path for file in run.files if file.reason is None}
            for name, findings in run.findings_of(paths):
                notes = [_note(each, lang) for each in gravest_first(self._chosen(findings)) if each.locus.sheet]
                if notes:
                    target = folder / _name_of_copy(name)
                    yield Copy(name, target, len(notes), _copy(paths[name], notes, target, force))

    @cached_property
    def _own(self) -> frozenset[str]:
        """The files whose findings are told of the first run, with "" for those of none."""
        return frozenset({"", *(file.name for file in self.runs[0].files if not is_set_aside(file))})

    def _chosen(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        return (each for each in findings if each.code in self.chosen)


def check(
    paths: Sequence[Path],
    *,
    year: int | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    pack: str = "",
    preferences: Preferences = NO_PREFERENCES,
    progress: Progress | None = None,
) -> Checked:
    """Check documents and workbooks. A folder stands for the workbooks in it.

    `select` and `ignore` hold codes or beginnings of codes; `pack` overrides the rule pack of each workbook, and
    documents are checked by it.
    Raises UsageError for an unknown pack or code, UnreadableInput where a path does not exist.
    """
    rules = known_pack(pack)
    wanted, unwanted = _codes(select), _codes(ignore)
    chosen = frozenset(c for c in CODES if (not wanted or c.startswith(wanted)) and not c.startswith(unwanted))
    documents = [path for path in paths if not os.path.isdir(path) and _is_document(path)]
    workbooks = [path for path in paths if path not in documents]
    overriding = rules.key if pack else None
    place = rules if pack else DEFAULT_PACK
    in_documents = [each for path in documents for each in _in_document(path, year, preferences.year, place)]
    return Checked(in_documents, _runs(workbooks, overriding, progress), chosen)


def _is_document(path: Path) -> bool:
    """Whether a file is an official document, be it a workbook of official forms that is none of ours."""
    if path.suffix.lower() not in WORKBOOKS:
        return path.suffix.lower() in DOCUMENTS
    if is_returned(path) or not os.path.isfile(path):
        return False
    refused = read_workbook(path).refused
    return refused is not None and refused.code == "XPF204" and holds_forms(path)


def _runs(workbooks: Sequence[Path], pack: str | None, progress: Progress | None) -> list[Consolidation]:
    """A run over the workbooks of the latest year and period, and one for each other."""
    sources = sources_in(workbooks) if workbooks else []
    latest = gather(Dataset(), sources, pack=pack, progress=progress)
    others: dict[tuple[int, str], list[Source]] = defaultdict(list)
    by_name = {source.name: source for source in sources}
    for file in latest.files:
        if is_set_aside(file):
            others[file.year or 0, file.period].append(by_name[file.name])
    return [latest, *(gather(Dataset(), others[stage], pack=pack) for stage in sorted(others))]


def _codes(texts: Sequence[str]) -> tuple[str, ...]:
    """The codes and beginnings of codes in texts, separated by commas. Raises UsageError where one fits no code."""
    codes = [part.strip().upper() for text in texts for part in text.replace("，", ",").split(",") if part.strip()]
    for code in codes:
        if not any(known.startswith(code) for known in CODES):
            raise UsageError("code_unknown", code=code)
    return tuple(codes)


def _in_document(path: Path, year: int | None, default_year: int | None, pack: Pack) -> Sequence[Finding]:
    """The findings in a document. Raises XlperfError where it cannot be read."""

    def read_and_check() -> Sequence[Finding]:
        imported = read_document(path, year=year, default_year=default_year)
        if not imported.department.projects:
            raise UnreadableInput("source_without_projects", path=path)
        return [*imported.findings, *check_document(imported, pack)]

    findings = attempt(path, read_and_check)
    if isinstance(findings, Refused):
        return [finding(findings.code, Locus(file=path.name), **findings.values)]
    return findings


def _note(finding: Finding, lang: str) -> Note:
    return Note(finding.locus.sheet, finding.locus.cell, severity(finding), f"{finding.code} {message(finding, lang)}")


def _copy(path: Path, notes: Sequence[Note], target: Path, force: bool) -> Refused | XlperfError | None:
    """Write one copy; the problem that prevented it."""
    try:
        return attempt(path, lambda: save_bytes(target, annotated(fetch(path), notes), force=force))
    except XlperfError as error:
        return error


def _name_of_copy(shown: str) -> Path:
    """Where a copy goes below its folder; files of several drives are shown with theirs, which is left out."""
    path = Path(shown)
    return path.with_name(f"{path.stem}{ANNOTATED}{path.suffix}").relative_to(path.anchor)
