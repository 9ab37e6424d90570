"""Checks documents and workbooks, and makes copies of the workbooks with the findings at their cells."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from xlperf.checks import CODES, finding, gravest_first, message, severity
from xlperf.checks.standing import standing
from xlperf.consolidate import Consolidation
from xlperf.consolidate.new_run import is_set_aside, is_superseded
from xlperf.consolidate.records import Source
from xlperf.consolidate.run import Progress, gather
from xlperf.consolidate.sources import sources_in
from xlperf.dataset import Dataset
from xlperf.document import check_document, read_document
from xlperf.document.forms_in_sheets import holds_forms
from xlperf.document.project_list import holds_list
from xlperf.document.sheets import WORKBOOKS
from xlperf.files import Refused, attempt, fetch, save_bytes
from xlperf.jobs.carrying import is_returned
from xlperf.jobs.preferences import NO_PREFERENCES, Preferences
from xlperf.jobs.rules import codes_like
from xlperf.jobs.sources import known_pack, list_in
from xlperf.measure import DEFAULT_PACK, Pack
from xlperf.model import Finding, Locus, UnreadableInput, XlperfError
from xlperf.model.finding import by_file
from xlperf.workbook.annotate.copy import Note, annotated
from xlperf.workbook.annotate.origin import untouched_parent
from xlperf.workbook.read.read import read_workbook

DOCUMENTS = (".txt", ".docx", ".doc", ".wps", ".rtf", ".odt", ".htm", ".html", ".mht", ".mhtml", ".pdf", ".csv")
ANNOTATED = "（检查{}）"  # stands behind the name of an annotated copy; with a number beside one that somebody changed
_MARK = re.compile(r"（检查\d*）$")


class Copy(NamedTuple):
    """An annotated copy of the workbook `source`, with so many notes, or the problem that prevented it.

    `is_beside` is whether it has a number because somebody changed what has its name.
    """

    source: str
    target: Path
    notes: int
    problem: Refused | XlperfError | None
    is_beside: bool


@dataclass(frozen=True)
class Checked:
    """The findings of the codes `chosen` in documents and workbooks; those in workbooks lie on disk.

    There is a run for each year and period: workbooks of one are compared with each other only. The first also has the
    files that are of none. `begins` is where in a document each project begins: its line and what it is called.
    """

    in_documents: Sequence[Finding]
    begins: Mapping[str, Sequence[tuple[int, str]]]
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

    def by_project(self) -> Iterator[tuple[str, list[Finding]]]:
        """The findings on each sheet of a workbook and in each project of a document, with the file before its name."""
        for file, findings in self.by_file():
            projects: dict[str, list[Finding]] = {}
            for each in findings:
                projects.setdefault(self._project_at(each.locus), []).append(each)
            yield from ((" › ".join(filter(None, (file, name))), listed) for name, listed in projects.items())

    def _project_at(self, locus: Locus) -> str:
        if locus.line is None:
            return locus.sheet
        line = locus.line
        return next((name for begin, name in reversed(self.begins.get(locus.file, ())) if begin <= line), "")

    def copies(self, folder: Path, lang: str = "zh", *, force: bool = False) -> Iterator[Copy]:
        """Copy every workbook that has findings, under its own name and path, into the folder, each as it is asked for.

        A copy nobody has saved since is renewed, though there is nothing to note any more. Beside any other file of
        that name the copy gets a number, unless `force` replaces what is no workbook of these. A copy that cannot be
        made does not stop the others.
        """
        sources = {os.path.abspath(path) for run in self.runs for path in run.paths.values()}
        written: set[str] = set()
        for run in self.runs:
            paths = {file.name: file.path for file in run.files if not is_set_aside(file) and not is_superseded(file)}
            for name, findings in run.findings_of(paths):
                notes = [_note(each, lang) for each in gravest_first(self._chosen(findings)) if each.locus.sheet]
                path, first = paths[name], folder / _name_of_copy(name)
                if os.path.abspath(path) in written or not (notes or _is_untouched(first)):
                    continue
                target = _place_of_copy(first, written, sources, force=force)
                is_beside = target != first and os.path.abspath(first) not in written
                written.add(os.path.abspath(target))
                yield Copy(name, target, len(notes), _copy(path, notes, target), is_beside)

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
    """Check documents, lists of projects and workbooks. A folder stands for the workbooks in it.

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
    read = {path: _document(path, year, preferences.year, place) for path in documents}
    in_documents = [each for findings, _ in read.values() for each in findings]
    begins = {path.name: projects for path, (_, projects) in read.items()}
    return Checked(in_documents, begins, _runs(workbooks, overriding, progress), chosen)


def _is_document(path: Path) -> bool:
    """Whether a file is an official document or a list, be it a workbook of official forms that is none of ours."""
    if path.suffix.lower() not in WORKBOOKS:
        return path.suffix.lower() in DOCUMENTS
    if is_returned(path) or not os.path.isfile(path):
        return False
    refused = read_workbook(path).refused
    return refused is not None and refused.code == "XPF204" and (holds_forms(path) or holds_list(path))


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
    parts = [part.strip() for text in texts for part in text.replace("，", ",").split(",") if part.strip()]
    return tuple(code for part in parts for code in codes_like(part))


def _document(
    path: Path, year: int | None, default_year: int | None, pack: Pack
) -> tuple[Sequence[Finding], Sequence[tuple[int, str]]]:
    """The findings in a document or list, and where its projects begin. Raises XlperfError where it cannot be read."""

    def read_and_check() -> tuple[Sequence[Finding], Sequence[tuple[int, str]]]:
        listed = list_in(path, year, default_year)
        if listed is not None:
            return listed.findings, ()
        imported = read_document(path, year=year, default_year=default_year)
        if not imported.department.projects:
            raise UnreadableInput("source_without_projects", path=path)
        projects = zip(imported.lines, imported.department.projects, strict=True)
        begins = [(lines.project, f"{project.code} {project.name}".strip()) for lines, project in projects]
        return [*imported.findings, *check_document(imported, pack)], begins

    read = attempt(path, read_and_check)
    if isinstance(read, Refused):
        return [finding(read.code, Locus(file=path.name), **read.values)], ()
    return read


def _note(finding: Finding, lang: str) -> Note:
    text = f"{finding.code} {message(finding, lang)}"
    return Note(finding.locus.sheet, finding.locus.cell, severity(finding), text, standing(finding.code))


def _copy(path: Path, notes: Sequence[Note], target: Path) -> Refused | XlperfError | None:
    """Write one copy; the problem that prevented it."""
    replacing = os.path.lexists(target)
    try:
        return attempt(path, lambda: save_bytes(target, annotated(fetch(path), notes), force=replacing))
    except XlperfError as error:
        return error


def _name_of_copy(shown: str) -> Path:
    """Where a copy goes below its folder, a copy of a copy as one of the first.

    Files of several drives are shown with theirs, which is left out.
    """
    path = Path(shown)
    stem = _MARK.sub("", path.stem) or path.stem
    return path.with_name(f"{stem}{ANNOTATED.format('')}{path.suffix}").relative_to(path.anchor)


def _place_of_copy(first: Path, written: Collection[str], sources: Collection[str], *, force: bool) -> Path:
    """The first name of a copy that is free or has a copy nobody touched; with `force`, any but those of `sources`."""
    stem = _MARK.sub("", first.stem)
    for number in count(1):
        path = first.with_name(f"{stem}{ANNOTATED.format(number if number > 1 else '')}{first.suffix}")
        if os.path.abspath(path) in written:
            continue
        if not os.path.lexists(path) or _is_untouched(path) or (force and os.path.abspath(path) not in sources):
            return path
    raise AssertionError


def _is_untouched(path: Path) -> bool:
    """Whether the file is an annotated copy that is as we wrote it."""
    content = attempt(path, lambda: fetch(path)) if path.is_file() else None
    return isinstance(content, bytes) and bool(untouched_parent(content))
