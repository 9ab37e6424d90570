"""Every finding about a workbook that could be read says in which file, on which sheet and in which cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.comments import Comment
from workbook.foreign import copied_by_xlsxwriter, rewritten, saved
from workbook.returning import (
    CONTENT,
    FIRST,
    LAYOUT,
    OVERALL,
    PROJECT_PART,
    SETTINGS_SHEET,
    cell_of,
    check_returned,
    column_deleted,
    read_back,
    row_deleted,
    rows_inserted,
)

from xlperf.form import titles as title_of
from xlperf.ooxml.a1 import address


def sheet_changed(change: Callable[[str], str]) -> bytes:
    return rewritten(CONTENT, lambda parts: parts.update({PROJECT_PART: change(parts[PROJECT_PART].decode()).encode()}))


def tabs_removed(*titles: str) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        xml = parts["xl/workbook.xml"].decode()
        for title in titles:
            xml = re.sub(rf'<sheet name="{title}"[^>]*/>', "", xml)
        parts["xl/workbook.xml"] = xml.encode()

    return rewritten(CONTENT, change)


def cells_set(**values: object) -> bytes:
    return saved(CONTENT, lambda book: [book[FIRST].__setitem__(cell, value) for cell, value in values.items()])


def linked(parts: dict[str, bytes]) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
    relations = "xl/_rels/workbook.xml.rels"
    more = f'<Relationship Id="l" Type="{kind}" Target="externalLinks/l.xml"/></Relationships>'
    parts[relations] = parts[relations].decode().replace("</Relationships>", more).encode()
    parts["xl/externalLinks/l.xml"] = b"<externalLink/>"


DAMAGED: dict[str, bytes] = {
    "as it was": CONTENT,
    "copy of values": copied_by_xlsxwriter(CONTENT),
    "no overall sheet": tabs_removed(OVERALL),
    "no parameters": tabs_removed(SETTINGS_SHEET),
    "no contents": tabs_removed(title_of.CONTENTS, FIRST),
    "no seal sheet": tabs_removed(title_of.SEAL),
    "one project gone": tabs_removed(FIRST),
    "no project": tabs_removed(FIRST, '02_[^"]*'),
    "row inserted": sheet_changed(lambda xml: rows_inserted(xml, 5)),
    "row deleted": sheet_changed(lambda xml: row_deleted(xml, 9)),
    "column deleted": sheet_changed(lambda xml: column_deleted(xml, 3)),
    "marker spoilt": sheet_changed(lambda xml: xml.replace("form=project", "form=projekt")),
    "linked": rewritten(CONTENT, linked),
    "embedded": rewritten(CONTENT, lambda parts: parts.update({"xl/embeddings/a.bin": b"a"})),
    "macros": rewritten(CONTENT, lambda parts: parts.update({"xl/vbaProject.bin": b"a"})),
    "strays": cells_set(**{address(row, LAYOUT.columns + 2): row for row in range(1, 40)}),
    "labels altered": cells_set(**{LAYOUT.look("link").cell: "回目录"}),
    "wrong values": cells_set(
        **{
            cell_of("budget.initial"): "很多",
            cell_of("shares.0"): 20,
            cell_of("code"): None,
            cell_of("number"): "甲",
            cell_of("progress.rate"): 5,
            cell_of("indicators.value", 0): "约十件",
            cell_of("indicators.level1", 1): None,
        }
    ),
    "extra sheet": saved(CONTENT, lambda book: book.create_sheet("草稿").append(["x"])),
    "copied sheet": saved(CONTENT, lambda book: book.copy_worksheet(book[FIRST])),
    "copied parameters": saved(CONTENT, lambda book: book.copy_worksheet(book[SETTINGS_SHEET])),
    "comment": saved(CONTENT, lambda book: setattr(book[FIRST]["C3"], "comment", Comment("请核对", "王"))),
    "hidden row": saved(CONTENT, lambda book: setattr(book[FIRST].row_dimensions[4], "hidden", True)),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_every_finding_has_its_file_sheet_and_cell(what: str, tmp_path: Path) -> None:
    returned = read_back(DAMAGED[what], tmp_path)

    found = [*returned.findings, *check_returned(returned)]

    assert returned.department is not None
    assert found or what == "as it was"
    assert [f for f in found if not (f.locus.file and f.locus.sheet and f.locus.cell)] == []
