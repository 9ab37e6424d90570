"""`xlperf check`: the findings of workbooks and documents, and copies of the workbooks with the findings in them."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from xlperf.checks import as_json, finding, message, severity
from xlperf.cli.output import Output, code_of, exit_code
from xlperf.cli.selection import codes, selected
from xlperf.consolidate import Consolidation, examine
from xlperf.document import check_document, read_document
from xlperf.files import Refused, attempt, fetch, replace_file
from xlperf.measure import find_pack
from xlperf.model import Finding, Locus, UsageError, XlperfError
from xlperf.workbook.annotate.copy import Note, annotated

DOCUMENTS = (".txt", ".docx")
ANNOTATED = "（检查）"  # stands behind the name of an annotated copy


def run(args: Namespace, out: Output) -> int:
    """Print every finding of every file; a folder stands for the workbooks in it.

    A copy that cannot be made stops neither the other copies nor the findings; the exit code tells of it.
    """
    pack = find_pack(args.pack)
    if pack is None:
        raise UsageError("pack_unknown", pack=args.pack)
    codes([*args.select, *args.ignore])
    documents = [path for path in args.paths if path.suffix.lower() in DOCUMENTS and not os.path.isdir(path)]
    workbooks = [path for path in args.paths if path not in documents]
    findings: list[Finding] = []
    trouble: list[int] = []
    for path in documents:
        findings += selected(_of_document(path, args.year), args.select, args.ignore)
    if workbooks:
        with out.progress("reading") as progress:
            result = examine(workbooks, pack=pack.key if args.pack else None, progress=progress)
        found = selected(result.findings, args.select, args.ignore)
        findings += found
        if args.annotate is not None:
            trouble = _annotate(result, found, args.annotate, args.force, out)
    if args.json:
        out.json({"findings": [as_json(found, out.lang) for found in findings]})
    else:
        out.findings(findings)
        out.counts(findings)
    return max([exit_code(findings, args.fail_on), *trouble])


def _of_document(path: Path, year: int | None) -> Sequence[Finding]:
    """What is found in a document. Raises XlperfError where it is none that can be read."""
    found = attempt(path, partial(_read_and_checked, path, year))
    if isinstance(found, Refused):
        return [finding(found.code, Locus(file=path.name), **found.values)]
    return found


def _read_and_checked(path: Path, year: int | None) -> Sequence[Finding]:
    imported = read_document(path, year=year)
    return [*imported.findings, *check_document(imported)]


def _annotate(result: Consolidation, findings: Sequence[Finding], folder: Path, force: bool, out: Output) -> list[int]:
    """A copy of every workbook in which something was found, under its own name and path in the folder.

    Returns the exit codes for what went wrong with single copies, of which the person has been told.
    """
    notes: dict[str, list[Note]] = {}
    for found in findings:
        place, text = found.locus, f"{found.code} {message(found, out.lang)}"
        if place.sheet:
            notes.setdefault(place.file, []).append(Note(place.sheet, place.cell, severity(found), text))
    trouble: list[int] = []
    for file in result.files:
        said = notes.get(file.name)
        if file.reason is None and said:
            target = folder / _name_of_copy(file.name)
            try:
                refused = attempt(file.path, partial(_copy, file.path, said, target, force))
            except XlperfError as error:
                code, reason = error.exit_code, error.text(out.lang)
            else:
                if refused is None:
                    out.tell("annotated", path=target, count=len(said))
                    continue
                code, reason = code_of(refused), out.reason(refused)
            out.tell("not_annotated", path=file.name, reason=reason)
            trouble.append(code)
    return trouble


def _copy(path: Path, notes: Sequence[Note], target: Path, force: bool) -> None:
    content = annotated(fetch(path), notes)
    replace_file(target, partial(_write, content), force=force)


def _write(content: bytes, draft: BinaryIO) -> None:
    draft.write(content)


def _name_of_copy(shown: str) -> Path:
    """Where a copy goes below its folder; files of several drives are shown with theirs, which is left out."""
    path = Path(shown)
    return path.with_name(f"{path.stem}{ANNOTATED}{path.suffix}").relative_to(path.anchor)
