"""`xlperf demo`: the whole job on the example department, from the document to the summary."""

from __future__ import annotations

import datetime as dt
import json
import os
from argparse import Namespace
from pathlib import Path

from xlperf.checks import as_json
from xlperf.cli.example import AS_OF, document_text, filled, typed_answers
from xlperf.cli.generate_command import workbooks
from xlperf.cli.output import Output
from xlperf.cli.sources import settings_for
from xlperf.document import read_document
from xlperf.files import replace_file, reserved_folder
from xlperf.jobs.consolidate import consolidate
from xlperf.prepare.weights import with_proposed_weights
from xlperf.workbook.write.department import department_bytes, write_department

DOCUMENT, BLANK, RETURNED = "1-绩效文本.txt", "2-空白填报表.xlsx", "3-已填报"
RETURNED_AT = dt.datetime(*AS_OF, 17).timestamp()  # by every clock, so that the summary is the same everywhere
SUMMARY, FOUND = "4-部门汇总表.xlsx", "5-问题.json"


def run(args: Namespace, out: Output) -> int:
    """Write document, blank workbook, returned workbooks, summary and findings into the folder; say where they lie.

    The example has faults on purpose, so findings do not change the exit code.
    """
    with reserved_folder(args.folder):
        _run(args.folder, out)
    return 0


def _run(folder: Path, out: Output) -> None:
    document = folder / DOCUMENT
    _save(document, document_text().encode())
    out.tell("demo_document", path=document)

    department = read_document(document).department
    settings = settings_for(department.year, dt.date(*AS_OF), "national-2020")
    department = with_proposed_weights(department, settings.pack)
    write_department(department, settings, folder / BLANK, force=True)
    out.tell("demo_blank", path=folder / BLANK)

    typed = typed_answers()
    count = 0
    for target, part in workbooks(department, folder / RETURNED, by_project=True):
        answers = typed[part.projects[0].code]
        if answers["returned"]:
            _save(target, department_bytes(part, settings, typed=[filled(part.projects[0], answers)]))
            os.utime(target, (RETURNED_AT, RETURNED_AT))
            count += 1
    out.tell("demo_filled", count=count, path=folder / RETURNED)

    expected = [(project.code, project.name) for project in department.projects]
    result = consolidate(folder / RETURNED, folder / SUMMARY, expected=expected, force=True)
    out.tell("demo_summary", path=folder / SUMMARY)
    findings = list(result.findings)
    found = [as_json(finding, out.lang) for finding in findings]
    _save(folder / FOUND, json.dumps(found, ensure_ascii=False, indent=1).encode())
    out.tell("demo_findings", path=folder / FOUND)
    out.counts(findings)


def _save(target: Path, content: bytes) -> None:
    replace_file(target, lambda file: file.write(content), force=True)
