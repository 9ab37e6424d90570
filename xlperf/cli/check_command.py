"""`xlperf check`: the findings of workbooks and documents, and copies of the workbooks with the findings in them."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from xlperf.checks import as_json, finding, message, severity
from xlperf.cli.output import Output, exit_code
from xlperf.cli.selection import codes, selected
from xlperf.consolidate import Consolidation, examine
from xlperf.document import check_document, read_document
from xlperf.files import Refused, fetch, replace_file
from xlperf.measure import find_pack
from xlperf.model import Finding, UnreadableInput, UsageError, XlperfError
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
    trouble: list[Exception] = []
    for path in documents:
        imported = read_document(path, year=args.year)
        findings += selected([*imported.findings, *check_document(imported)], args.select, args.ignore)
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
    for error in trouble:
        if not isinstance(error, XlperfError):
            raise error  # a bug of ours
    return XlperfError.exit_code if trouble else exit_code(findings, args.fail_on)


def _annotate(
    result: Consolidation, findings: Sequence[Finding], folder: Path, force: bool, out: Output
) -> list[Exception]:
    """A copy of every workbook in which something was found, under its own name and path in the folder.

    Returns what went wrong with single copies, of which the person has been told: XlperfError where the file or its
    target is to blame, any other exception where we are.
    """
    notes: dict[str, list[Note]] = {}
    for found in findings:
        place, text = found.locus, f"{found.code} {message(found, out.lang)}"
        if place.sheet:
            notes.setdefault(place.file, []).append(Note(place.sheet, place.cell, severity(found), text))
    trouble: list[Exception] = []
    for file in result.files:
        said = notes.get(file.shown)
        if file.reason is None and said:
            target = folder / _name_of_copy(file.shown)
            try:
                content = _annotated(file.path, said)
                replace_file(target, partial(_write, content), force=force)
                out.tell("annotated", path=target, count=len(said))
            except Exception as error:
                reason = error.text(out.lang) if isinstance(error, XlperfError) else repr(error)
                out.tell("not_annotated", path=file.shown, reason=reason)
                trouble.append(error)
    return trouble


def _write(content: bytes, draft: BinaryIO) -> None:
    draft.write(content)


def _name_of_copy(shown: str) -> Path:
    """Where a copy goes below its folder; files of several drives are shown with theirs, which is left out."""
    path = Path(shown)
    return path.with_name(f"{path.stem}{ANNOTATED}{path.suffix}").relative_to(path.anchor)


def _annotated(path: Path, notes: Sequence[Note]) -> bytes:
    """The copy. Raises UnreadableInput where the file is no longer what was checked."""
    try:
        return annotated(fetch(path), notes)
    except Refused as refused:
        reason = message(finding(refused.code, **refused.values))
        raise UnreadableInput("source_unreadable", path=path, reason=reason) from refused
