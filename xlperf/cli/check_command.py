"""`xlperf check`: the findings of workbooks and documents."""

from __future__ import annotations

from argparse import Namespace

from xlperf.checks import as_json
from xlperf.cli.output import Output, exit_code
from xlperf.consolidate import examine
from xlperf.document import read_document

DOCUMENTS = (".txt", ".docx")


def run(args: Namespace, out: Output) -> int:
    """Print every finding of every file; a folder stands for the workbooks in it."""
    documents = [path for path in args.paths if path.suffix.lower() in DOCUMENTS and not path.is_dir()]
    workbooks = [path for path in args.paths if path not in documents]
    findings = [found for path in documents for found in read_document(path, year=args.year).findings]
    if workbooks:
        with out.progress("reading") as progress:
            findings.extend(examine(workbooks, progress=progress).findings)
    if args.json:
        out.json({"findings": [as_json(found, out.lang) for found in findings]})
    else:
        out.findings(findings)
    return exit_code(findings, args.fail_on)
