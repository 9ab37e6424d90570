"""Does the whole job on the example department, from the document to the summary."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from pathlib import Path

from xlperf.checks import as_json
from xlperf.document import read_document
from xlperf.files import reserved_folder, save_bytes
from xlperf.jobs.consolidate import consolidate
from xlperf.jobs.example import AS_OF, document_text, filled, typed_answers
from xlperf.jobs.sources import expected_projects, settings_for
from xlperf.model import Finding
from xlperf.prepare.split import split
from xlperf.prepare.weights import with_proposed_weights
from xlperf.workbook.write.department import department_bytes, write_department

DOCUMENT, BLANK, RETURNED = "1-绩效文本.txt", "2-空白填报表.xlsx", "3-已填报"
RETURNED_AT = dt.datetime(*AS_OF, 17).timestamp()  # by every clock, so that the summary is the same everywhere
SUMMARY, FOUND = "4-部门汇总表.xlsx", "5-问题.json"

Done = Callable[[str, Path, int], object]
"""Called after each step: document, blank, filled, summary or findings; what was made, and how many files it is."""


def demo(folder: Path, *, lang: str = "zh", done: Done) -> list[Finding]:
    """Write document, blank workbook, returned workbooks, summary and findings into the folder; the findings.

    The example has faults on purpose. Raises UnwritableOutput.
    """
    with reserved_folder(folder):
        save_bytes(folder / DOCUMENT, document_text().encode(), force=True)
        done("document", folder / DOCUMENT, 1)

        department = read_document(folder / DOCUMENT).department
        settings = settings_for(department.year, dt.date(*AS_OF), "")
        department = with_proposed_weights(department, settings.pack)
        write_department(department, settings, folder / BLANK, force=True)
        done("blank", folder / BLANK, 1)

        typed = typed_answers()
        count = 0
        for stem, part in split(department, by_project=True):
            answers = typed[part.projects[0].code]
            if answers["returned"]:
                target = folder / RETURNED / f"{stem}.xlsx"
                content = department_bytes(part, settings, typed=[filled(part.projects[0], answers)])
                save_bytes(target, content, force=True)
                os.utime(target, (RETURNED_AT, RETURNED_AT))
                count += 1
        done("filled", folder / RETURNED, count)

        expected = expected_projects(department)
        summary = consolidate(folder / RETURNED, folder / SUMMARY, expected=expected, force=True, history=False)
        findings = list(summary.findings)
        done("summary", folder / SUMMARY, 1)
        listed = [as_json(finding, lang) for finding in findings]
        save_bytes(folder / FOUND, json.dumps(listed, ensure_ascii=False, indent=1).encode(), force=True)
        done("findings", folder / FOUND, 1)
    return findings
