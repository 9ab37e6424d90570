"""Checks documents and workbooks, and makes copies of the workbooks with the findings at their cells."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from xlperf.checks import CODES, finding, message, severity
from xlperf.consolidate import Consolidation, examine
from xlperf.consolidate.run import Progress
from xlperf.document import check_document, read_document
from xlperf.files import Refused, attempt, fetch, save_bytes
from xlperf.jobs.sources import known_pack
from xlperf.model import Finding, Locus, UsageError, XlperfError
from xlperf.workbook.annotate.copy import Note, annotated

DOCUMENTS = (".txt", ".docx")
ANNOTATED = "（检查）"  # stands behind the name of an annotated copy


class Copy(NamedTuple):
    """An annotated copy of the workbook `source`, with so many notes, or the problem that prevented it."""

    source: str
    target: Path
    notes: int
    problem: Refused | XlperfError | None


def check(
    paths: Sequence[Path],
    *,
    year: int | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    pack: str = "",
    annotate: Path | None = None,
    lang: str = "zh",
    force: bool = False,
    progress: Progress | None = None,
) -> tuple[list[Finding], Iterator[Copy]]:
    """The findings chosen in documents and workbooks, and the copies, each made as it is asked for.

    A folder stands for the workbooks in it.

    `select` and `ignore` hold codes or beginnings of codes; `pack` overrides the rule pack of each workbook;
    `annotate` is the folder for copies. A copy that cannot be made stops neither the other copies nor the findings.
    Raises UsageError for an unknown pack or code, UnreadableInput where a path does not exist.
    """
    rules = known_pack(pack)
    wanted, unwanted = _codes(select), _codes(ignore)
    documents = [path for path in paths if path.suffix.lower() in DOCUMENTS and not os.path.isdir(path)]
    workbooks = [path for path in paths if path not in documents]
    findings = [each for path in documents for each in _selected(_in_document(path, year), wanted, unwanted)]
    if not workbooks:
        return findings, iter(())
    result = examine(workbooks, pack=rules.key if pack else None, progress=progress)
    in_workbooks = _selected(result.findings, wanted, unwanted)
    copies = iter(()) if annotate is None else _copies(result, in_workbooks, annotate, lang, force)
    return findings + in_workbooks, copies


def _codes(texts: Sequence[str]) -> tuple[str, ...]:
    """The codes and beginnings of codes in texts, separated by commas. Raises UsageError where one fits no code."""
    codes = [part.strip().upper() for text in texts for part in text.replace("，", ",").split(",") if part.strip()]
    for code in codes:
        if not any(known.startswith(code) for known in CODES):
            raise UsageError("code_unknown", code=code)
    return tuple(codes)


def _selected(findings: Iterable[Finding], wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> list[Finding]:
    """The findings whose code begins with one of `wanted` (all, where that is empty) and with none of `unwanted`."""
    return [
        each for each in findings if (not wanted or each.code.startswith(wanted)) and not each.code.startswith(unwanted)
    ]


def _in_document(path: Path, year: int | None) -> Sequence[Finding]:
    """The findings in a document. Raises XlperfError where it cannot be read."""

    def read_and_check() -> Sequence[Finding]:
        imported = read_document(path, year=year)
        return [*imported.findings, *check_document(imported)]

    findings = attempt(path, read_and_check)
    if isinstance(findings, Refused):
        return [finding(findings.code, Locus(file=path.name), **findings.values)]
    return findings


def _copies(result: Consolidation, findings: Sequence[Finding], folder: Path, lang: str, force: bool) -> Iterator[Copy]:
    """Copy every workbook that has findings, under its own name and path, into the folder."""
    notes: dict[str, list[Note]] = {}
    for each in findings:
        place, text = each.locus, f"{each.code} {message(each, lang)}"
        if place.sheet:
            notes.setdefault(place.file, []).append(Note(place.sheet, place.cell, severity(each), text))
    for file in result.files:
        of_file = notes.get(file.name)
        if file.reason is None and of_file:
            target = folder / _name_of_copy(file.name)
            yield Copy(file.name, target, len(of_file), _copy(file.path, of_file, target, force))


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
