"""The add-in xlperf.xlam: a ribbon tab and nothing else, so that no workbook ever refers to it.

It holds no functions: a workbook that uses an add-in's functions keeps the add-in's path in its formulas, and breaks on
every other PC. The functions are in the workbooks themselves.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

from xlperf.hosts.excel.buttons import MODULE as RIBBON
from xlperf.hosts.excel.buttons import ribbon_code, ribbon_xml
from xlperf.hosts.excel.installed import IN_ADDIN, MODULE, xlwings_code
from xlperf.hosts.excel.vba_project import Module, sheet_module, standard_module, workbook_module, write_project

FILE = "xlperf.xlam"

_MOMENT = (2020, 1, 1, 0, 0, 0)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MICROSOFT = "http://schemas.microsoft.com/office"
_FORMAT = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_CONTENT_TYPES = f"""{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.addin.macroEnabled.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_FORMAT}.worksheet+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="{_FORMAT}.styles+xml"/>\
<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>\
</Types>"""
_WORKBOOK = f"""{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr codeName="ThisWorkbook"/>\
<sheets><sheet name="xlperf" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_SHEET = f'{_XML}<worksheet xmlns="{_MAIN}"><sheetPr codeName="Sheet1"/><sheetData/></worksheet>'
_STYLES = f"""{_XML}<styleSheet xmlns="{_MAIN}">\
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
        "[Content_Types].xml": _CONTENT_TYPES.encode(),
        "_rels/.rels": _relationships(
            (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            (f"{_MICROSOFT}/2007/relationships/ui/extensibility", "customUI/customUI14.xml"),
        ),
        "xl/workbook.xml": _WORKBOOK.encode(),
        "xl/_rels/workbook.xml.rels": _relationships(
            (f"{_OFFICE}/worksheet", "worksheets/sheet1.xml"),
            (f"{_OFFICE}/styles", "styles.xml"),
            (f"{_MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin"),
        ),
        "xl/worksheets/sheet1.xml": _SHEET.encode(),
        "xl/styles.xml": _STYLES.encode(),
        "xl/vbaProject.bin": write_project(addin_modules()),
        "customUI/customUI14.xml": ribbon_xml().encode(),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system = 0  # else it differs between Windows and the rest
            package.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def addin_modules() -> list[Module]:
    """The modules of the add-in, as its project lists them."""
    return [
        workbook_module(),
        sheet_module("Sheet1"),
        standard_module(MODULE, xlwings_code(IN_ADDIN)),
        standard_module(RIBBON, ribbon_code()),
    ]


def _relationships(*targets: tuple[str, str]) -> bytes:
    listed = "".join(
        f'<Relationship Id="rId{i}" Type="{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, start=1)
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_XML}<Relationships xmlns="{namespace}">{listed}</Relationships>'.encode()
