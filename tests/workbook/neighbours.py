"""What people keep in a workbook beside the form: everything that Excel opens without a word, each by name, as bytes.

Each of them is our small workbook with something more. `python tests/workbook/neighbours.py NAME` reads one and prints
what that took: the seconds, those that merely inflating and parsing it take, and the bytes of memory at most.
"""

from __future__ import annotations

import io
import json
import re
import struct
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.parsers import expat

from xlperf.ooxml.a1 import address

sys.path.insert(0, str(Path(__file__).parents[1]))

from workbook.returning import CONTENT, PROJECT_PART
from zipped import packed, parts_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument"
BOOK, TYPES, STYLES = "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"
BOOK_RELATIONS, SHEET_RELATIONS = "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet4.xml.rels"
EXTRA, STRINGS, DRAWING = "xl/worksheets/extra.xml", "xl/sharedStrings.xml", "xl/drawings/drawing4.xml"
TITLE = "台账"
LAST_ROW = 1_048_576
LEDGER = 26_000  # rows
FAR = 50  # a column behind the form's

Parts = dict[str, bytes]


def edited(parts: Parts, part: str, before: str, xml: str) -> Parts:
    """The parts with this put into one of them, before the last place where that stands."""
    head, found, tail = parts[part].decode().rpartition(before)
    assert found, before
    return {**parts, part: f"{head}{xml}{found}{tail}".encode()}


def related(parts: Parts, listed: str, kind: str, target: str, content_type: str = "") -> Parts:
    """The parts with one relationship more, to a part of this content type."""
    parts = edited(
        parts,
        listed,
        "</Relationships>",
        f'<Relationship Id="{kind}9" Type="{RELATIONSHIPS}/{kind}" Target="/{target}"/>',
    )
    declared = f'<Override PartName="/{target}" ContentType="{OFFICE}.spreadsheetml.{content_type}+xml"/>'
    return edited(parts, TYPES, "</Types>", declared) if content_type else parts


def worksheet(rows: str, after: str = "", before: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def with_sheet(parts: Parts, xml: str) -> Parts:
    """The parts with a sheet of somebody else."""
    parts = edited(parts, BOOK, "</sheets>", f'<sheet name="{TITLE}" sheetId="77" r:id="worksheet9"/>')
    return {**related(parts, BOOK_RELATIONS, "worksheet", EXTRA, "worksheet"), EXTRA: xml.encode()}


def with_strings(parts: Parts, items: str) -> Parts:
    """The parts with this table of shared strings."""
    xml = f'<sst xmlns="{MAIN}">{items}</sst>'
    return {**related(parts, BOOK_RELATIONS, "sharedStrings", STRINGS, "sharedStrings"), STRINGS: xml.encode()}


def shared(parts: Parts, part: str) -> tuple[Parts, list[str]]:
    """The parts with the texts of one sheet moved to the table of shared strings, as Excel saves them: its items."""
    items: list[str] = []

    def moved(found: re.Match[str]) -> str:
        items.append(found[2] if found[2].startswith("<t") else f"<t>{found[2]}</t>")
        return f'<c r="{found[1]}" t="s"><v>{len(items) - 1}</v></c>'

    xml = re.sub(r'<c r="([A-Z]+\d+)"[^<>]* t="inlineStr"><is>(<t.*?</t>)</is></c>', moved, parts[part].decode())
    return {**parts, part: xml.encode()}, [f"<si>{item}</si>" for item in items]


def rows(numbers: Iterable[int], *columns: int, text: str = "经费") -> str:
    """Rows of a ledger: a number in the first of the columns, a text in the others."""
    made = []
    for row in numbers:
        cells = "".join(f'<c r="{address(row, column)}" t="str"><v>{text}{row}</v></c>' for column in columns[1:])
        made.append(f'<row r="{row}"><c r="{address(row, columns[0])}"><v>{row}</v></c>{cells}</row>')
    return "".join(made)


def merges(count: int) -> str:
    areas = "".join(f'<mergeCell ref="A{at}:B{at}"/>' for at in range(1, count + 1))
    return f'<mergeCells count="{count}">{areas}</mergeCells>'


# --- on sheets of others ---------------------------------------------------------------------------------------------


def foreign(rows: str, after: str = "", before: str = "") -> Callable[[Parts], Parts]:
    return lambda parts: with_sheet(parts, worksheet(rows, after, before))


def ledger_of_shared_strings(parts: Parts, text: str = "收款单位第{}号，办公费") -> Parts:
    """A ledger whose texts fill the table of shared strings behind ours; one is of many runs."""
    parts, ours = shared(parts, PROJECT_PART)
    first = len(ours)
    texts = [f"<si><t>{text.format(at)}</t></si>" for at in range(LEDGER * 8)]
    texts[7] = (
        "<si>" + "".join(f"<r><rPr><b/><sz val='{at % 9 + 9}'/></rPr><t>字</t></r>" for at in range(9_000)) + "</si>"
    )
    cells = "".join(
        f'<row r="{row}">'
        + "".join(
            f'<c r="{address(row, column)}" t="s"><v>{first + (row - 1) * 8 + column - 1}</v></c>'
            for column in range(1, 9)
        )
        + "</row>"
        for row in range(1, LEDGER + 1)
    )
    return with_strings(with_sheet(parts, worksheet(cells)), "".join([*ours, *texts]))


def numbers_like_our_strings(parts: Parts) -> Parts:
    """A large sheet of numbers alone, among them those of our markers among the shared strings."""
    parts, ours = shared(parts, PROJECT_PART)
    numbers = "".join(f'<row r="{row}"><c r="A{row}"><v>{row - 1}</v></c></row>' for row in range(1, 12_000))
    return with_strings(with_sheet(parts, worksheet(numbers, merges(6_000))), "".join(ours))


# --- on a sheet of ours ----------------------------------------------------------------------------------------------


def ours(before: str, xml: str) -> Callable[[Parts], Parts]:
    return lambda parts: edited(parts, PROJECT_PART, before, xml)


def beside(parts: Parts) -> Parts:
    """A ledger to the right of the form and far below it."""
    xml = parts[PROJECT_PART].decode()
    known = [int(row) for row in re.findall(r'<row r="(\d+)"', xml)]

    def wider(found: re.Match[str]) -> str:
        row = int(found[1])
        return f'{found[0].removesuffix("</row>")}<c r="{address(row, FAR)}"><v>{row}</v></c></row>'

    xml = re.sub(r'<row r="(\d+)"[^<>]*>(?:<c .*?)?</row>', wider, xml)
    below = rows(range(max(known) + 1, LEDGER), FAR, FAR + 1, FAR + 2)
    return edited({**parts, PROJECT_PART: xml.encode()}, PROJECT_PART, "</sheetData>", below)


def formatted_to_the_end(parts: Parts) -> Parts:
    """Every row to the last has a height and a format, every tenth blank cells with a border."""
    first = max(map(int, re.findall(rb'<row r="(\d+)"', parts[PROJECT_PART]))) + 1
    plain = '<row r="{0}" spans="1:16" s="5" customFormat="1" ht="15" customHeight="1"/>'
    bordered = '<row r="{0}" spans="1:16"><c r="A{0}" s="5"/><c r="B{0}" s="5"/></row>'
    made = (bordered.format(row) if row % 10 == 0 else plain.format(row) for row in range(first, LAST_ROW + 1))
    return edited(parts, PROJECT_PART, "</sheetData>", "".join(made))


def hidden_columns(parts: Parts) -> Parts:
    """Every column from FAR to the last hidden, one by one."""
    columns = "".join(f'<col min="{at}" max="{at}" width="9" hidden="1" customWidth="1"/>' for at in range(FAR, 16_385))
    return edited(parts, PROJECT_PART, "</cols>", columns)


def formats(count: int) -> str:
    rule = '<cfRule type="expression" dxfId="0" priority="{0}"><formula>A{0}&gt;0</formula></cfRule>'
    block = f'<conditionalFormatting sqref="A{{0}}:B{{0}}">{rule}</conditionalFormatting>'
    return "".join(block.format(at) for at in range(1_000, 1_000 + count))


def validations(parts: Parts) -> Parts:
    rule = '<dataValidation type="whole" sqref="A{0}" promptTitle="提示"><formula1>0</formula1></dataValidation>'
    return edited(parts, PROJECT_PART, "</dataValidations>", "".join(rule.format(at) for at in range(1_000, 13_000)))


def comments(parts: Parts) -> Parts:
    text = '<text><r><rPr><sz val="9"/><rFont val="宋体"/></rPr><t>批注{0}</t></r></text>'
    said = "".join(f'<comment ref="AA{at}" authorId="0">{text.format(at)}</comment>' for at in range(1, 40_001))
    inner = f"<authors><author>张三</author></authors><commentList>{said}</commentList>"
    xml = f'<comments xmlns="{MAIN}">{inner}</comments>'
    parts = related(parts, SHEET_RELATIONS, "comments", "xl/comments9.xml", "comments")
    return {**parts, "xl/comments9.xml": xml.encode()}


def shapes(parts: Parts) -> Parts:
    """Text boxes without size, as copying from web pages leaves them."""
    corner = "<xdr:col>30</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{0}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    shape = (
        f"<xdr:twoCellAnchor><xdr:from>{corner}</xdr:from><xdr:to>{corner}</xdr:to><xdr:sp><xdr:nvSpPr>"
        '<xdr:cNvPr id="{0}" name="a"/><xdr:cNvSpPr/></xdr:nvSpPr>'
        '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></xdr:spPr></xdr:sp>'
        "<xdr:clientData/></xdr:twoCellAnchor>"
    )
    return edited(parts, DRAWING, "</xdr:wsDr>", "".join(shape.format(at) for at in range(20_000)))


def hyperlinks(parts: Parts) -> Parts:
    """Sixty thousand addresses, which is what one sheet may hold."""
    target = 'Target="https://example.org/{0}" TargetMode="External"'
    line = f'<Relationship Id="h{{0}}" Type="{RELATIONSHIPS}/hyperlink" {target}/>'
    parts = edited(parts, SHEET_RELATIONS, "</Relationships>", "".join(line.format(at) for at in range(60_000)))
    cell = f'<hyperlink xmlns:r="{RELATIONSHIPS}" ref="AA{{0}}" r:id="h{{0}}"/>'
    held = "".join(cell.format(at) for at in range(1, 60_000))
    xml = parts[PROJECT_PART].decode()
    if "</hyperlinks>" in xml:
        return edited(parts, PROJECT_PART, "</hyperlinks>", held)
    return {
        **parts,
        PROJECT_PART: re.sub(
            r"(?=<(?:printOptions|pageMargins)\b)", f"<hyperlinks>{held}</hyperlinks>", xml, count=1
        ).encode(),
    }


# --- in the workbook -------------------------------------------------------------------------------------------------


def names(parts: Parts) -> Parts:
    """Two hundred thousand names, as copying sheets between old workbooks leaves them."""
    name = '<definedName name="_名称{0}" hidden="1">#REF!$A${0}</definedName>'
    return edited(parts, BOOK, "</definedNames>", "".join(name.format(at) for at in range(200_000)))


def styles(parts: Parts) -> Parts:
    """Sixty-four thousand cell styles with a font and a number format each."""
    count = 64_000
    more = {
        "</numFmts>": "".join(f'<numFmt numFmtId="{at + 1_000}" formatCode="0.00_{at}"/>' for at in range(count)),
        "</fonts>": '<font><b/><sz val="9"/><color rgb="FF000000"/><name val="宋体"/></font>' * count,
        "</cellXfs>": "".join(
            f'<xf numFmtId="{at + 1_000}" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
            '<alignment vertical="center"/><protection locked="0"/></xf>'
            for at in range(count)
        ),
    }
    for closing, xml in more.items():
        parts = edited(parts, STYLES, closing, xml)
    return parts


def link_cache(parts: Parts) -> Parts:
    """A link to another workbook, with what it said last in a hundred thousand cells."""
    link, space = "xl/externalLinks/externalLink9.xml", "http://schemas.openxmlformats.org/package/2006/relationships"
    cached = "".join(
        f'<row r="{row}">'
        + "".join(f'<cell r="{address(row, at)}"><v>{row}</v></cell>' for at in range(1, 11))
        + "</row>"
        for row in range(1, 10_001)
    )
    sheets = f'<sheetDataSet><sheetData sheetId="0">{cached}</sheetData></sheetDataSet>'
    book = f'<externalBook xmlns:r="{RELATIONSHIPS}" r:id="path">{sheets}</externalBook>'
    kind = f'Type="{RELATIONSHIPS}/externalLinkPath"'
    path = f'<Relationship Id="path" {kind} Target="file:///D:/old.xlsx" TargetMode="External"/>'
    listed = f'<Relationships xmlns="{space}">{path}</Relationships>'
    return {
        **related(parts, BOOK_RELATIONS, "externalLink", link, "externalLink"),
        link: f'<externalLink xmlns="{MAIN}">{book}</externalLink>'.encode(),
        "xl/externalLinks/_rels/externalLink9.xml.rels": listed.encode(),
    }


def pictures(parts: Parts) -> Parts:
    """Pictures nobody drew on, which deflate a thousand to one, and empty ones by the thousand."""
    blank = {"xl/media/blank.bmp": bytes(40 * 2**20), "xl/media/blank.emf": bytes(100 * 2**20)}
    return {**parts, **blank, **{f"xl/media/image{at}.png": b"" for at in range(3_000)}}


def many_parts(parts: Parts) -> Parts:
    """Four thousand declared parts that no sheet of ours leads to."""
    declared = f'<Override PartName="/xl/charts/chart{{0}}.xml" ContentType="{OFFICE}.drawingml.chart+xml"/>'
    parts = edited(parts, TYPES, "</Types>", "".join(declared.format(at) for at in range(100, 4_100)))
    return {**parts, **{f"xl/charts/chart{at}.xml": b"<c/>" for at in range(100, 4_100)}}


def damaged_picture() -> bytes:
    """A picture that no longer is what its checksum says."""
    content = bytearray(packed({**parts_of(CONTENT), "xl/media/image1.png": b"a picture" * 1_000}, level=1))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as package:
        start = package.getinfo("xl/media/image1.png").header_offset
    length = struct.unpack_from("<H", content, start + 26)[0]
    content[start + 30 + length] ^= 0xFF
    return bytes(content)


# name → how it is built, and the codes of what is found about it
BESIDE: dict[str, tuple[Callable[[Parts], Parts], tuple[str, ...]]] = {
    "foreign far cell": (foreign(f'<row r="{LAST_ROW}"><c r="XFD{LAST_ROW}"><v>1</v></c></row>'), ("XPF304",)),
    "foreign ledger": (foreign(rows(range(1, LEDGER), 1, 2, 3, 4, 5, 6)), ("XPF304",)),
    "foreign merges": (foreign(rows(range(1, 1_000), 1, 2), merges(9_000)), ("XPF304",)),
    "foreign merges by the ten thousand": (foreign(rows(range(1, LEDGER), 1, 2), merges(LEDGER)), ("XPF304",)),
    "foreign blank rows": (
        foreign("".join(f'<row r="{row}" s="1" customFormat="1" ht="15"/>' for row in range(1, LAST_ROW + 1))),
        ("XPF304",),
    ),
    "foreign hidden columns": (
        foreign(
            "",
            before="<cols>"
            + "".join(f'<col min="{at}" max="{at}" hidden="1"/>' for at in range(2, 16_385))
            + "</cols>",
        ),
        ("XPF304",),
    ),
    "foreign long texts": (
        foreign(
            "".join(
                f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{"长" * 32_767}</t></is></c></row>'
                for row in range(1, 900)
            )
        ),
        ("XPF304",),
    ),
    "foreign rich text": (
        foreign(
            '<row r="1"><c r="A1" t="inlineStr"><is>' + "<r><rPr><b/></rPr><t>字</t></r>" * 30_000 + "</is></c></row>"
        ),
        ("XPF304",),
    ),
    "foreign sheet larger than a part that is parsed": (
        foreign(rows(range(1, 400_000), 1, 2, 3)),
        ("XPF304",),
    ),
    "ledger of shared strings": (ledger_of_shared_strings, ("XPF304",)),
    "more shared strings than are read": (
        lambda parts: ledger_of_shared_strings(
            parts, "收款单位第{}号：" + "办公费、印刷费、邮电费、差旅费、会议费" * 2
        ),
        ("XPF304",),
    ),
    "numbers like our strings": (numbers_like_our_strings, ("XPF304",)),
    "far cell": (ours("</sheetData>", f'<row r="{LAST_ROW}"><c r="XFD{LAST_ROW}"><v>1</v></c></row>'), ("XPF303",)),
    "formatted to the end": (formatted_to_the_end, ()),
    "ledger beside": (beside, ("XPF309",)),
    "hidden columns": (hidden_columns, ()),
    "merges": (ours("</mergeCells>", "".join(f'<mergeCell ref="AD{at}:AE{at}"/>' for at in range(1, LEDGER))), ()),
    "conditional formats": (ours("<conditionalFormatting", formats(20_000)), ()),
    "validations": (validations, ()),
    "comments": (comments, ("XPF317",) * 20 + ("XPF325",)),
    "shapes": (shapes, ("XPF321",)),
    "hyperlinks": (hyperlinks, ()),
    "names": (names, ()),
    "styles": (styles, ()),
    "link cache": (link_cache, ("XPF213",)),
    "pictures": (pictures, ()),
    "parts": (many_parts, ()),
}


def built(name: str) -> bytes:
    return packed(BESIDE[name][0](parts_of(CONTENT)), level=1)


def inflating(content: bytes) -> float:
    """Seconds it takes to merely inflate every part, a piece at a time."""
    start = time.process_time()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for entry in package.infolist():
            with package.open(entry) as part:
                while part.read(2**20):
                    pass
    return time.process_time() - start


def parsing(content: bytes) -> float:
    """Seconds that expat and Python take to hear of the elements of every part that is no sheet of others."""
    heard: list[str] = []
    start = time.process_time()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for entry in package.infolist():
            if entry.filename.endswith((".xml", ".rels")) and entry.filename != EXTRA:
                parser = expat.ParserCreate()
                parser.StartElementHandler = lambda name, _: heard.append(name)
                parser.Parse(package.read(entry), True)
                heard.clear()
    return time.process_time() - start


def _peak() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def read(path: Path) -> dict[str, object]:
    """What reading this file takes, beyond what reading one of ours took."""
    from xlperf.checks import message
    from xlperf.workbook.read.read import read_workbook

    with tempfile.TemporaryDirectory() as folder:
        usual = Path(folder) / "good.xlsx"
        usual.write_bytes(CONTENT)
        read_workbook(usual)
        start = time.process_time()
        read_workbook(usual)
        usually = time.process_time() - start
    before, start = _peak(), time.process_time()
    returned = read_workbook(path)
    seconds = time.process_time() - start
    return {
        "seconds": seconds,
        "usually": usually,
        "bytes": max(_peak() - before, 0),
        "peak": _peak(),
        "refused": message(returned.refused) if returned.refused else "",
        "codes": [found.code for found in returned.findings],
        "inflating": inflating(path.read_bytes()),
        "parsing": parsing(path.read_bytes()),
    }


if __name__ == "__main__":
    print(json.dumps(read(Path(sys.argv[1])), ensure_ascii=False))
