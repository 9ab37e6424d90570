"""Files made to eat time or memory: each by name, as bytes. Most stay just below the limits for the size of a part.

`python tests/files/bombs.py NAME FILE` writes one; `python tests/files/bombs.py read FILE` reads it and prints the
seconds, the bytes of memory it took at most beyond reading a good one, and the code it was refused for ("" where read).
"""

from __future__ import annotations

import io
import json
import random
import re
import struct
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from zipped import packed, parts_of

SHEET = "xl/worksheets/sheet4.xml"
STYLES, PROPERTIES, BOOK = "xl/styles.xml", "docProps/custom.xml", "xl/workbook.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORKSHEET = f'<worksheet xmlns="{MAIN}">'
MIB = 2**20
Parts = dict[str, bytes]


def good() -> Parts:
    """The parts of a workbook as it should be."""
    from departments import SETTINGS, small_department

    from xlperf.workbook.write.department import department_bytes

    return parts_of(department_bytes(small_department(), SETTINGS))


def stored(parts: Parts) -> bytes:
    return packed(parts, zipfile.ZIP_STORED)


def in_data(xml: str) -> Callable[[Parts], bytes]:
    """More rows at the end of a sheet's data."""
    return lambda parts: stored({**parts, SHEET: parts[SHEET].replace(b"</sheetData>", f"{xml}</sheetData>".encode())})


def after_data(xml: str) -> Callable[[Parts], bytes]:
    return lambda parts: stored({**parts, SHEET: parts[SHEET].replace(b"</sheetData>", f"</sheetData>{xml}".encode())})


def before_data(xml: str) -> Callable[[Parts], bytes]:
    return lambda parts: stored({**parts, SHEET: parts[SHEET].replace(b"<sheetData>", f"{xml}<sheetData>".encode())})


def end_of(part: str, closing: str, xml: str) -> Callable[[Parts], bytes]:
    return lambda parts: stored({**parts, part: parts[part].replace(closing.encode(), f"{xml}{closing}".encode())})


def with_strings(items: str) -> Callable[[Parts], bytes]:
    """A table of shared strings nobody asked for."""

    def build(parts: Parts) -> bytes:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
        relations = "xl/_rels/workbook.xml.rels"
        more = f'<Relationship Id="s" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
        xml = parts[relations].replace(b"</Relationships>", more.encode())
        return stored({**parts, relations: xml, "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{items}</sst>'.encode()})

    return build


def with_strings_and_cells(items: str, cells: str) -> Callable[[Parts], bytes]:
    """Cells that show these strings."""
    return lambda parts: with_strings(items)(
        {**parts, SHEET: parts[SHEET].replace(b"</sheetData>", f"{cells}</sheetData>".encode())}
    )


def relations(count: int) -> Callable[[Parts], bytes]:
    """Every list of relations, and that of content types, with this many more entries."""
    link = '<Relationship Id="r{}" Type="x" Target="y"/>'

    def more(name: str, xml: bytes) -> bytes:
        if name.endswith("].xml"):
            return xml.replace(b"</Types>", b'<Default Extension="x" ContentType="y"/>' * count + b"</Types>")
        if not name.endswith(".rels"):
            return xml
        links = "".join(link.format(i) for i in range(count))
        return xml.replace(b"</Relationships>", f"{links}</Relationships>".encode())

    return lambda parts: stored({name: more(name, xml) for name, xml in parts.items()})


def in_spreadsheet(sheet: str) -> bytes:
    """The sheet in the namespace where alone its elements are cells."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return sheet.replace("<worksheet>", f'<worksheet xmlns="{space}">').encode()


def sheets(count: int, xml: str) -> Callable[[Parts], bytes]:
    """This many more sheets, all with this content."""

    def build(parts: Parts) -> bytes:
        parts = dict(parts)
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
        tabs, relations = "", ""
        for i in range(count):
            marker = f"xlperf form=project edition=2026.1 indicators={1500 + i} objectives=2 payments=12"
            sheet = (
                f'{WORKSHEET}<sheetData><row r="1"><c r="Q1" t="str"><v>{marker}</v></c></row></sheetData></worksheet>'
            )
            parts[f"xl/worksheets/more{i}.xml"] = in_spreadsheet(sheet if xml == "{marker}" else xml)
            tabs += f'<sheet name="m{i}" sheetId="{i + 100}" r:id="m{i}"/>'
            relations += f'<Relationship Id="m{i}" Type="{kind}" Target="worksheets/more{i}.xml"/>'
        parts[BOOK] = parts[BOOK].replace(b"</sheets>", f"{tabs}</sheets>".encode())
        rels = "xl/_rels/workbook.xml.rels"
        parts[rels] = parts[rels].replace(b"</Relationships>", f"{relations}</Relationships>".encode())
        return packed(parts)

    return build


def one_part_for_all(count: int, xml: str) -> Callable[[Parts], bytes]:
    """This many tabs that lead to one and the same large part."""

    def build(parts: Parts) -> bytes:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
        rels = "xl/_rels/workbook.xml.rels"
        relation = f'<Relationship Id="m" Type="{kind}" Target="worksheets/more.xml"/></Relationships>'
        tabs = "".join(f'<sheet name="m{i}" sheetId="{i + 100}" r:id="m"/>' for i in range(count))
        return packed(
            {
                **parts,
                "xl/worksheets/more.xml": in_spreadsheet(xml),
                BOOK: parts[BOOK].replace(b"</sheets>", f"{tabs}</sheets>".encode()),
                rels: parts[rels].replace(b"</Relationships>", relation.encode()),
            }
        )

    return build


def encoded(declaration: str, encoding: str) -> Callable[[Parts], bytes]:
    """A sheet with a document type declaration, in this encoding."""

    def build(parts: Parts) -> bytes:
        xml = re.sub(r"<\?xml[^>]*\?>", "", parts[SHEET].decode())
        head = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}'
        return packed({**parts, SHEET: (head + xml).encode(encoding)})

    return build


def overlapping(parts: Parts) -> bytes:
    """Many entries of the directory that share one large deflated member (David Fifield's bomb)."""
    content = bytearray(packed({**parts, "xl/big0.xml": b" " * 900_000}))
    directory = zipfile.ZipFile(io.BytesIO(bytes(content)))
    big = directory.getinfo("xl/big0.xml")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
        package.writestr("xl/big0.xml", b" " * 900_000)
        first = package.getinfo("xl/big0.xml")
        for i in range(1, 700):
            twin = zipfile.ZipInfo(f"xl/big{i:03d}.xml")
            twin.header_offset, twin.compress_type = first.header_offset, first.compress_type
            twin.compress_size, twin.file_size, twin.CRC = first.compress_size, first.file_size, first.CRC
            package.filelist.append(twin)
            package.NameToInfo[twin.filename] = twin
    assert big.file_size == first.file_size
    return out.getvalue()


def _directory(entries: int) -> bytes:
    """A directory of this many entries, which lead nowhere."""
    sizes = (0, 0, 0, 1, 0, 0, 0, 0, 0, 0)  # CRC, packed, inflated, length of the name, and so on
    return (struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 33, *sizes) + b"a") * entries


def directory_beyond_the_record(parts: Parts) -> bytes:
    """The last record claims a small directory; the one before it, which counts, a huge one."""
    entries = _directory(500_000)
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 500_000, 500_000, len(entries), 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(entries), 1)
    return entries + large + locator + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 47, 0, 0)


def record_within_the_record(parts: Parts) -> bytes:
    """The last record holds what looks like another."""
    entries = _directory(300_000)
    return entries + struct.pack("<4s4s2H2LH", b"PK\x05\x06", b"PK\x05\x06", 1, 1, len(entries), 0, 0)


def _rows(count: int, cells: Callable[[int], str]) -> str:
    return "".join(f'<row r="{row}">{cells(row)}</row>' for row in range(1000, 1000 + count))


ENTITIES = '<!DOCTYPE a [<!ENTITY a "' + "A" * 50_000 + '">]>'
dice = random.Random(1)

BOMBS: dict[str, Callable[[Parts], bytes]] = {
    "ratio": lambda parts: packed({**parts, SHEET: parts[SHEET] + b" " * (200 * MIB)}),
    "directory beyond the record": directory_beyond_the_record,
    "record within the record": record_within_the_record,
    "many parts": lambda parts: packed({**parts, **{f"x{i}": b"" for i in range(60_000)}}),
    "overlap": overlapping,
    "nested": lambda parts: packed({"a.xlsx": packed({"b.xlsx": packed(parts)})}),
    "noise in unused parts": lambda parts: stored({**parts, "xl/media/a.bin": dice.randbytes(45 * MIB)}),
    "doctype": encoded(ENTITIES, "utf-8"),
    "doctype utf-16": encoded(ENTITIES, "utf-16"),
    "rows": in_data('<row r="9"/>' * 600_000),
    "rows of one blank": in_data(_rows(200_000, lambda row: f'<c r="A{row}"/>')),
    "blank cells": in_data('<row r="999">' + '<c r="A999"/>' * 600_000 + "</row>"),
    "blank cells spelled oddly": in_data('<row r="999">' + '<c  r="A999"/>' * 550_000 + "</row>"),
    "cells": in_data(_rows(160_000, lambda row: f'<c r="A{row}"><v>1</v></c>')),
    "cells spelled oddly": in_data(_rows(160_000, lambda row: f"<c r='A{row}'><v>1</v></c>")),
    "last cell": in_data('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "formulas": in_data(_rows(150_000, lambda row: f'<c r="A{row}"><f>A1</f></c>')),
    "array over everything": in_data('<row r="999"><c r="A999"><f t="array" ref="A1:XFD1048576">1</f></c></row>'),
    "merge over everything": after_data('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "merges": after_data("<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 300_000 + "</mergeCells>"),
    "large merges": after_data("<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 4_900 + "</mergeCells>"),
    "large arrays": in_data(
        _rows(20_000, lambda row: f'<c r="A{row}"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c>')
    ),
    "dimension": before_data('<dimension ref="A1:XFD1048576"/>'),
    "columns": before_data("<cols>" + '<col min="1" max="16384" width="1e300" hidden="1"/>' * 150_000 + "</cols>"),
    "hidden columns": before_data("<cols>" + '<col min="1" max="2" hidden="1"/>' * 100 + "</cols>"),
    "many hidden columns": before_data("<cols>" + '<col min="1" max="2" hidden="1"/>' * 100_000 + "</cols>"),
    "array formulas": in_data(_rows(150_000, lambda row: f'<c r="A{row}"><f t="array" ref="A1:B{row}"/></c>')),
    "markers": in_data(
        _rows(
            200,
            lambda row: (
                f'<c r="A{row}" t="str"><v>xlperf form=project edition=2026.1 indicators={row} objectives={row} '
                "payments=12</v></c>"
            ),
        )
    ),
    "relations": relations(180_000),
    "fewer relations": relations(15_000),
    "hidden rows": in_data("".join(f'<row r="{row}" hidden="1"/>' for row in range(100, 280_000))),
    "strings": with_strings("<si><t>a</t></si>" * 430_000),
    "rich strings": with_strings("<si>" + "<r><t>a</t></r>" * 480_000 + "</si>"),
    "unclosed strings": with_strings("<a>" * 2_750_000),
    "one long string everywhere": with_strings_and_cells(
        f"<si><t>{' ' * 32_000}a</t></si>", _rows(60_000, lambda row: f'<c r="A{row}" t="s"><v>0</v></c>')
    ),
    "one long string": with_strings("<si><t>" + "a" * (7 * MIB) + "</t></si>"),
    "long text": in_data('<row r="999"><c r="A999" t="str"><v>' + "字" * (2 * MIB) + "</v></c></row>"),
    "entities in text": in_data('<row r="999"><c r="A999" t="str"><v>' + "&amp;" * 1_500_000 + "</v></c></row>"),
    "text in pieces": in_data('<row r="999"><c r="A999" t="inlineStr"><is>' + "<t>a</t>" * 500_000 + "</is></c></row>"),
    "long number": in_data('<row r="999"><c r="A999"><v>' + "9" * (7 * MIB) + "</v></c></row>"),
    "attributes": in_data("<row " + " ".join(f'a{i}="1"' for i in range(650_000)) + "/>"),
    "long attribute": in_data('<row r="999" x="' + "a" * (7 * MIB) + '"/>'),
    "depth": after_data("<a>" * 1_000_000 + "</a>" * 1_000_000),
    "unclosed": after_data("<a>" * 2_500_000),
    "unclosed in a part of usual size": after_data("<a>" * 1_350_000),
    "unclosed in front": before_data("<a>" * 1_350_000),
    "unclosed in the data": in_data("<a>" * 1_350_000),
    "styles": end_of(STYLES, "</styleSheet>", '<xf numFmtId="0"/>' * 450_000),
    "properties": end_of(PROPERTIES, "</Properties>", '<property name="xlperf.digest.1"/>' * 230_000),
    "names": end_of(BOOK, "</workbook>", "<definedName/>" * 560_000),
    "sheets": sheets(
        450, WORKSHEET + "<sheetData>" + _rows(20_000, lambda row: f'<c r="A{row}"/>') + "</sheetData></worksheet>"
    ),
    "as many sheets as may be": sheets(
        900, "<worksheet><sheetData>" + _rows(4_800, lambda row: f'<c r="A{row}"/>') + "</sheetData></worksheet>"
    ),
    "as many sheets as may be, with cells": sheets(
        900,
        "<worksheet><sheetData>"
        + _rows(2_500, lambda row: f'<c r="A{row}"><v>{row}</v></c>')
        + "</sheetData></worksheet>",
    ),
    "as many sheets as may be, spelled oddly": sheets(
        900,
        "<worksheet><sheetData>"
        + _rows(700, lambda row: f"<c r='A{row}'><v>{row}</v></c>")
        + "</sheetData></worksheet>",
    ),
    "parts nobody reads": lambda parts: packed({**parts, **{f"xl/media/{i}": b"" for i in range(25_000)}}),
    "sheets with cells": sheets(
        60,
        WORKSHEET
        + "<sheetData>"
        + _rows(30_000, lambda row: f'<c r="A{row}"><v>{row}</v></c>')
        + "</sheetData></worksheet>",
    ),
    "one sheet for all tabs": one_part_for_all(
        450, WORKSHEET + "<sheetData>" + _rows(60_000, lambda row: f'<c r="A{row}"/>') + "</sheetData></worksheet>"
    ),
    "a part beyond all bounds": in_data('<row r="9"/>' * 3_000_000),
    "short texts of entities": in_data(_rows(1_000, lambda row: f'<c r="A{row}" t="str"><v>{"&#65;" * 1_500}</v></c>')),
    "oddly spelled sheets of ours": sheets(
        20,
        WORKSHEET
        + "<sheetData><row r='1'><c r='A1' t='str'><v>xlperf form=guide edition=2026.1</v></c></row>"
        + _rows(20_000, lambda row: f"<c r='A{row}'/>")
        + "</sheetData></worksheet>",
    ),
    "a layout for every sheet": sheets(1_000, "{marker}"),
    "labels repeated": in_data(_rows(30_000, lambda row: f'<c r="ZZ{row}" t="str"><v>调整后预算</v></c>')),
}


def _peak() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def pace_here() -> float:
    """Seconds that expat and Python take for 300,000 elements: machines differ, and so do their moments."""
    from xml.parsers import expat

    heard: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: heard.append(name)
    start = time.process_time()
    parser.Parse("<a>" + "<b>1</b>" * 300_000 + "</a>", True)
    return time.process_time() - start


def read(path: Path) -> dict[str, object]:
    """What reading this file takes."""
    import tempfile

    from xlperf.workbook.read.read import read_workbook

    with tempfile.TemporaryDirectory() as folder:
        usual = Path(folder) / "good.xlsx"
        usual.write_bytes(packed(good()))
        read_workbook(usual)
    pace = pace_here()
    before, start = _peak(), time.process_time()
    returned = read_workbook(path)
    seconds = time.process_time() - start
    pace = max(pace, pace_here())
    code = returned.refused.code if returned.refused else ""
    return {
        "seconds": seconds,
        "pace": pace,
        "bytes": _peak() - before,
        "code": code,
        "findings": len(returned.findings),
    }


if __name__ == "__main__":
    what, target = sys.argv[1], Path(sys.argv[2])
    if what == "read":
        print(json.dumps(read(target)))
    else:
        target.write_bytes(BOMBS[what](good()))
