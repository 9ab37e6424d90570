"""`xlperf check`: the findings of workbooks and documents, and copies of the workbooks with the findings in them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from xlperf.checks import as_json, message, severity
from xlperf.cli.output import Output, exit_code
from xlperf.cli.selection import codes, selected
from xlperf.consolidate import Consolidation, examine
from xlperf.document import check_document, read_document
from xlperf.files import fetch, replace_file
from xlperf.measure import find_pack
from xlperf.model import Finding, UsageError
from xlperf.workbook.annotate.copy import Note, annotated

DOCUMENTS = (".txt", ".docx")
ANNOTATED = "（检查）"  # stands behind the name of an annotated copy


def run(args: Namespace, out: Output) -> int:
    """Print every finding of every file; a folder stands for the workbooks in it."""
    pack = find_pack(args.pack)
    if pack is None:
        raise UsageError("pack_unknown", pack=args.pack)
    codes([*args.select, *args.ignore])
    documents = [path for path in args.paths if path.suffix.lower() in DOCUMENTS and not path.is_dir()]
    workbooks = [path for path in args.paths if path not in documents]
    findings: list[Finding] = []
    for path in documents:
        imported = read_document(path, year=args.year)
        findings += selected([*imported.findings, *check_document(imported)], args.select, args.ignore)
    if workbooks:
        with out.progress("reading") as progress:
            result = examine(workbooks, pack=pack.key if args.pack else None, progress=progress)
        found = selected(result.findings, args.select, args.ignore)
        findings += found
        if args.annotate is not None:
            _annotate(result, found, args.annotate, args.force, out)
    if args.json:
        out.json({"findings": [as_json(found, out.lang) for found in findings]})
    else:
        out.findings(findings)
        out.counts(findings)
    return exit_code(findings, args.fail_on)


def _annotate(result: Consolidation, findings: Sequence[Finding], folder: Path, force: bool, out: Output) -> None:
    """A copy of every workbook in which something was found, under its own name and path in the folder."""
    for file in result.files:
        notes = [
            Note(found.locus.sheet, found.locus.cell, severity(found), f"{found.code} {message(found, out.lang)}")
            for found in findings
            if found.locus.file == file.shown and found.locus.sheet
        ]
        if file.reason is None and notes:
            shown = Path(file.shown)
            target = folder / shown.with_name(f"{shown.stem}{ANNOTATED}{shown.suffix}")
            content = annotated(fetch(file.path), notes)
            replace_file(target, lambda draft, content=content: draft.write(content), force=force)  # type: ignore[misc]
            out.tell("annotated", path=target, count=len(notes))
