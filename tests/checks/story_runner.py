"""Runs stories: puts files into a folder and returns the findings of the real chain that reads them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from workbook.returning import EVALUATION, FIRST, Sent, check_returned
from zipped import packed, parts_of

from xlperf.consolidate import examine
from xlperf.document import check_document, read_document
from xlperf.document.ledger import read_ledger
from xlperf.document.project_list import read_project_list
from xlperf.form import EDITIONS, FormSet, layout
from xlperf.model import Finding
from xlperf.workbook.read.read import read_workbook

Runner = Callable[[Path], list[Finding]]
"""Writes the files into a folder and returns the findings about them."""


class Story(NamedTuple):
    """A case that just brings about a finding, and one that just does not."""

    fires: Runner
    passes: Runner


def document(text: str) -> Runner:
    """A document read."""

    def run(folder: Path) -> list[Finding]:
        path = folder / "文本.txt"
        path.write_text(text, "utf-8")
        imported = read_document(path)
        return [*imported.findings, *check_document(imported)]

    return run


def ledger(*rows: str) -> Runner:
    """A payments ledger read; each row is date, amount and source."""

    def run(folder: Path) -> list[Finding]:
        path = folder / "台账.csv"
        lines = [f"13080023P00024610002U,{row}" for row in rows]
        path.write_text("\n".join(["项目编码,支付日期,支付金额(万元),资金来源", *lines]), "utf-8")
        return list(read_ledger(path)[1])

    return run


def project_list(*rows: Sequence[object], beside: Mapping[str, bool] | None = None, hidden: int = 0) -> Runner:
    """A project list read, the first row its headings; `beside` are other sheets that show or do not.

    `hidden` is a row that does not show.
    """

    def run(folder: Path) -> list[Finding]:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for row in rows:
            sheet.append(row)
        if hidden:
            sheet.row_dimensions[hidden].hidden = True
        for title, shows in (beside or {}).items():
            book.create_sheet(title).append(["备忘"])
            book[title].sheet_state = "visible" if shows else "hidden"
        book.save(folder / "清单.xlsx")
        return list(read_project_list(folder / "清单.xlsx").findings)

    return run


def findings_in(path: Path) -> list[Finding]:
    """What reading and checking one workbook finds."""
    returned = read_workbook(path)
    return [*returned.findings, *check_returned(returned)]


def workbook(content: bytes | Callable[[], bytes], name: str = "a.xlsx") -> Runner:
    """A workbook read and checked."""

    def run(folder: Path) -> list[Finding]:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content())
        return findings_in(path)

    return run


def files(contents: Mapping[str, bytes | Callable[[], bytes]]) -> Runner:
    """A folder of files examined, as `xlperf check` does it."""

    def run(folder: Path) -> list[Finding]:
        for name, content in contents.items():
            (folder / name).write_bytes(content if isinstance(content, bytes) else content())
        return list(examine(folder).findings)

    return run


def edited(change: Callable[[Worksheet], object], title: str = FIRST, sent: Sent = EVALUATION) -> Callable[[], bytes]:
    """The small department's workbook after work in a spreadsheet program."""

    def content() -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(sent.content))
        change(book[title])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return content


def typed(values: Mapping[str, object], title: str = FIRST) -> Callable[[], bytes]:
    """The workbook with these values in these cells of one sheet."""

    def change(sheet: Worksheet) -> None:
        for cell, value in values.items():
            sheet[cell] = value

    return edited(change, title)


def place_of(kind: str, key: str, form_set: FormSet = EVALUATION.form_set) -> str:
    """The cell of a slot on a sheet that there is once."""
    return layout(EDITIONS[form_set][kind]).slots[key].cell


def with_parts(
    changes: Mapping[str, Callable[[str], str]], added: Mapping[str, str] | None = None, sent: Sent = EVALUATION
) -> bytes:
    """The workbook with some of its parts rewritten, each of which must come out different, and others added."""
    parts = parts_of(sent.content)
    for name, change in changes.items():
        before = parts[name].decode()
        after = change(before)
        assert after != before, name
        parts[name] = after.encode()
    return packed({**parts, **{name: part.encode() for name, part in (added or {}).items()}})


def put_before(mark: str, text: str) -> Callable[[str], str]:
    """A part with this text in front of a mark."""
    return lambda xml: xml.replace(mark, text + mark, 1)
