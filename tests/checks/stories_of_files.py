"""What is wrong with a file as a whole (2xx)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import openpyxl
from checks.story_runner import Story, files, findings_in, place_of, put_before, with_parts, workbook
from departments import SETTINGS, small_department
from hostile.workbooks import OLE, macro_sheet
from workbook.older_edition import OLDER, OLDER_FORMS, older_bytes
from workbook.returning import (
    CONTENT,
    EVALUATION,
    FIRST,
    OVERALL,
    PROJECT_PART,
    SECOND,
    SETTINGS_SHEET,
    both,
    cell_of,
    of,
)
from zipped import packed, parts_of

from xlperf.form import EDITIONS, titles
from xlperf.model import Finding
from xlperf.workbook.write.assemble import Macros
from xlperf.workbook.write.department import department_bytes

GOOD = workbook(CONTENT)
TYPES, EDITION = "[Content_Types].xml", f"edition={EVALUATION.form_set.edition}"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
RELATED, SHEET_RELATED = "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet4.xml.rels"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
MAIL = b"From: a@b.cn\r\nTo: c@d.cn\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n..."
LEDGER = "".join(f'<row r="{row}">{"<c><v>1</v></c>" * 50}</row>' for row in range(100, 4_200))
DDE = (
    '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
)


def relation(kind: str, target: str, more: str = "") -> Callable[[str], str]:
    """One more relationship in a part of them."""
    element = f'<Relationship Id="rId99" Type="{kind}" Target="{target}"{more}/>'
    return put_before("</Relationships>", element)


def with_macros() -> bytes:
    """Saved as .xlsm with a macro."""
    changes = {RELATED: relation(VBA, "vbaProject.bin"), TYPES: lambda xml: xml.replace(XLSX, XLSM)}
    return with_parts(changes, {"xl/vbaProject.bin": "VBA"})


def made_with_macros() -> bytes:
    """As it was generated, with macros."""
    return department_bytes(small_department(), SETTINGS, macros=Macros(lambda names: b"VBA", {}))


def with_document() -> bytes:
    """A Word document on the first project's sheet."""
    document = "embeddings/Microsoft_Word_Document1.docx"
    return with_parts({SHEET_RELATED: relation(f"{KINDS}/package", f"../{document}")}, {f"xl/{document}": "PK"})


def asking() -> bytes:
    """A link that has another program started."""
    part = "externalLinks/externalLink1.xml"
    return with_parts({RELATED: relation(f"{KINDS}/externalLink", part)}, {f"xl/{part}": DDE})


def linking() -> bytes:
    """A link to a file on a share."""
    return with_parts({RELATED: relation(f"{KINDS}/externalLink", "file:///S:/a.xlsx", ' TargetMode="External"')})


def foreign() -> bytes:
    """A workbook somebody made from scratch."""
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "项目编码"
    book.save(out)
    return out.getvalue()


def without(*titles: str) -> Callable[[], bytes]:
    """The workbook without the sheets whose titles begin like this."""

    def change(xml: str) -> str:
        for title in titles:
            xml, count = re.subn(rf'<sheet name="{title}[^"]*"[^>]*/>', "", xml)
            assert count
        return xml

    return lambda: with_parts({"xl/workbook.xml": change})


def with_a_bug(folder: Path) -> list[Finding]:
    """A file on which a computation of ours breaks down."""
    with mock.patch("xlperf.workbook.read.check.results", side_effect=ZeroDivisionError("no budget")):
        return files({"a.xlsx": CONTENT})(folder)


def out_of_time(folder: Path) -> list[Finding]:
    """A file that has no time left when it is half done."""
    with mock.patch("xlperf.files.one_file.SECONDS", -1):
        return files({"a.xlsx": CONTENT})(folder)


def moved_away(folder: Path) -> list[Finding]:
    """A file that is gone when its turn comes."""
    return findings_in(folder / "a.xlsx")


def of_an_older_edition(folder: Path) -> list[Finding]:
    """A workbook given out before the form was changed."""
    with mock.patch.dict(EDITIONS, {OLDER: OLDER_FORMS}):
        return workbook(older_bytes)(folder)


def without_year(*, properties: bool) -> Callable[[], bytes]:
    """Year and date cleared; and, without properties, codes too, and nothing else left that says them."""

    def content() -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(CONTENT))
        book[OVERALL][place_of("overall", "year")] = None
        if not properties:
            book[SETTINGS_SHEET][place_of("settings", "as_of")] = None
            book[FIRST][cell_of("code")] = book[SECOND][cell_of("code")] = None
            del book[titles.SEAL]
        out = io.BytesIO()
        book.save(out)
        parts = parts_of(out.getvalue())
        if not properties:
            del parts["docProps/custom.xml"]
        return packed(parts)

    return content


STORIES: dict[str, Story] = {
    "XPF201": Story(workbook(lambda: with_parts({PROJECT_PART: lambda xml: xml.replace("</row>", "", 1)})), GOOD),
    "XPF202": Story(workbook(bytes(range(255, -1, -1)) * 9), GOOD),
    "XPF203": Story(workbook(OLE + "EncryptedPackage".encode("utf-16-le")), GOOD),
    "XPF204": Story(workbook(foreign), GOOD),
    "XPF205": Story(
        workbook(lambda: with_parts({PROJECT_PART: lambda xml: xml.replace(EDITION, "edition=2019.1")})), GOOD
    ),
    "XPF206": Story(files({"a.xlsx": CONTENT, "~$a.xlsx": b"\x0cclerk"}), files({"a.xlsx": CONTENT})),
    "XPF207": Story(workbook(OLE + "Workbook".encode("utf-16-le")), GOOD),
    "XPF208": Story(workbook(lambda: with_parts({PROJECT_PART: put_before("</sheetData>", LEDGER)})), GOOD),
    "XPF209": Story(workbook(b""), GOOD),
    "XPF241": Story(files({"a.xlsx": CONTENT, "a.xlsx.bak": CONTENT}), files({"a.xlsx": CONTENT})),
    "XPF210": Story(files({"a.xlsx": CONTENT, "说明.docx": b"PK"}), files({"a.xlsx": CONTENT})),
    "XPF211": Story(moved_away, GOOD),
    "XPF212": Story(workbook(without("01_", "02_")), workbook(without("02_"))),
    "XPF213": Story(workbook(linking), GOOD),
    "XPF214": Story(workbook(lambda: with_parts({TYPES: lambda xml: xml.replace(XLSX, XLSB)})), GOOD),
    "XPF215": Story(workbook(without_year(properties=False)), workbook(without_year(properties=True))),
    "XPF216": Story(workbook(with_macros, "a.xlsm"), GOOD),
    "XPF217": Story(workbook(lambda: macro_sheet(parts_of(CONTENT))), GOOD),
    "XPF218": Story(workbook(with_document), GOOD),
    "XPF219": Story(workbook(asking), GOOD),
    "XPF220": Story(with_a_bug, files({"a.xlsx": CONTENT})),
    "XPF221": Story(out_of_time, files({"a.xlsx": CONTENT})),
    "XPF228": Story(workbook(made_with_macros, "a.xlsm"), GOOD),
    "XPF229": Story(workbook(packed({"mimetype": ODS, "content.xml": b"<x/>"})), GOOD),
    "XPF230": Story(workbook(packed({"Index/Document.iwa": b"", "preview.jpg": b""}), "a.numbers"), GOOD),
    "XPF231": Story(workbook(packed({"a.xlsx": CONTENT, "b.xlsx": CONTENT})), GOOD),
    "XPF232": Story(workbook(b"%TSD-Header-###%" + bytes(range(256)) * 9), GOOD),
    "XPF233": Story(workbook(CONTENT[: len(CONTENT) // 2]), GOOD),
    "XPF234": Story(workbook(packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})), GOOD),
    "XPF235": Story(workbook(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"), GOOD),
    "XPF236": Story(workbook(bytes.fromhex("4C0000000114020000000000C000000000000046")), GOOD),
    "XPF237": Story(workbook(MAIL, "a.eml"), GOOD),
    "XPF238": Story(workbook("项目编码,名称\n".encode()), GOOD),
    "XPF239": Story(workbook(lambda: both(CONTENT, of(year=2025))), workbook(lambda: both(CONTENT, CONTENT))),
    "XPF240": Story(of_an_older_edition, GOOD),
}
