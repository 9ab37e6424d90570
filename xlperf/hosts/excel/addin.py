"""The add-in xlperf.xlam: a ribbon tab and nothing else, so that no workbook ever refers to it.

It holds no functions: a workbook that uses an add-in's functions keeps the add-in's path in its formulas, and breaks on
every other PC. The functions are in the workbooks themselves.
"""

from __future__ import annotations

from xlperf.hosts.excel.buttons import MODULE as RIBBON
from xlperf.hosts.excel.buttons import ribbon_code, ribbon_xml
from xlperf.hosts.excel.installed import IN_ADDIN, MODULE, xlwings_code
from xlperf.hosts.excel.vba_project import Module, sheet_module, standard_module, workbook_module, write_project
from xlperf.ooxml import content_types
from xlperf.ooxml.namespaces import MAIN, MICROSOFT, RELATIONSHIPS
from xlperf.ooxml.relationships import VBA_PROJECT, list_of, relationships_xml
from xlperf.ooxml.serialise import DECLARATION
from xlperf.ooxml.zip_out import pack

FILE = "xlperf.xlam"

_TYPES = {
    "xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
    "xl/worksheets/sheet1.xml": content_types.WORKSHEET,
    "xl/styles.xml": content_types.STYLES,
    "xl/vbaProject.bin": content_types.VBA_PROJECT,
}
_WORKBOOK = f"""{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><workbookPr codeName="ThisWorkbook"/>\
<sheets><sheet name="xlperf" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_SHEET = f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetPr codeName="Sheet1"/><sheetData/></worksheet>'
_STYLES = f"""{DECLARATION}<styleSheet xmlns="{MAIN}">\
<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


def build_xlam() -> bytes:
    """The add-in for the installed xlwings, always the same bytes. Raises XlperfError without xlwings."""
    parts = {
        content_types.PART: content_types.types_xml(_TYPES),
        list_of(""): relationships_xml(
            [
                ("officeDocument", "xl/workbook.xml"),
                (f"{MICROSOFT}/2007/relationships/ui/extensibility", "customUI/customUI14.xml"),
            ]
        ),
        "xl/workbook.xml": _WORKBOOK.encode(),
        list_of("xl/workbook.xml"): relationships_xml(
            [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), (VBA_PROJECT, "vbaProject.bin")]
        ),
        "xl/worksheets/sheet1.xml": _SHEET.encode(),
        "xl/styles.xml": _STYLES.encode(),
        "xl/vbaProject.bin": write_project(addin_modules()),
        "customUI/customUI14.xml": ribbon_xml().encode(),
    }
    return pack(parts)


def addin_modules() -> list[Module]:
    """The modules of the add-in, as its project lists them."""
    return [
        workbook_module(),
        sheet_module("Sheet1"),
        standard_module(MODULE, xlwings_code(IN_ADDIN)),
        standard_module(RIBBON, ribbon_code()),
    ]
