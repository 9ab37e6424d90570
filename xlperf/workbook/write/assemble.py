"""Assembles a workbook of filled sheets: adds content types, relationships, names, properties, charts, macros.

The same sheets give the same bytes: order and timestamps are fixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from xlperf.form.seal import SEAL_PREFIX
from xlperf.ooxml import content_types, properties
from xlperf.ooxml.a1 import quoted_title
from xlperf.ooxml.content_types import OFFICE
from xlperf.ooxml.namespaces import EXTENDED_PROPERTIES, MAIN, RELATIONSHIPS
from xlperf.ooxml.relationships import VBA_PROJECT, list_of, relationships_xml
from xlperf.ooxml.serialise import DECLARATION, attribute, text_xml
from xlperf.ooxml.zip_out import pack

# Parts all sheets share: path → (relationship, content type). openpyxl writes no shared strings of late.
_SHARED = {
    "xl/styles.xml": ("styles", content_types.STYLES),
    "xl/sharedStrings.xml": ("sharedStrings", f"{OFFICE}.spreadsheetml.sharedStrings+xml"),
    "xl/theme/theme1.xml": ("theme", f"{OFFICE}.theme+xml"),
}
SHARED = tuple(_SHARED)

_PROJECT = "xl/vbaProject.bin"
_PLAIN, _WITH_MACROS = f"{OFFICE}.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
WORKBOOK_CODE_NAME = "ThisWorkbook"
COMPRESSION = 4  # zlib's usual 6 takes half as long again for files 5 % smaller


@dataclass(frozen=True)
class Macros:
    """What makes a workbook an .xlsm: a VBA project, made for the code names of its sheets, and notes for its seal."""

    project: Callable[[Sequence[str]], bytes]
    stamp: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """A filled sheet: its title and XML, the parts of its chart if it has one, and what of it is printed."""

    title: str
    xml: str
    drawing: str = ""
    chart: str = ""
    hidden: bool = False
    print_area: str = ""
    print_rows: str = ""


def assemble(
    sheets: Sequence[Sheet],
    shared: Mapping[str, bytes],
    names: Mapping[str, str],
    seal: Mapping[str, str],
    active: int,
    macros: Macros | None = None,
    title: str = "",
) -> bytes:
    """The package: these sheets, the shared parts of their template (styles, strings, theme), names, seal and title.

    With `macros` it is an .xlsm, and every sheet has the code name under which the VBA project knows it.
    """
    parts: dict[str, bytes] = {}
    charts = [i for i, sheet in enumerate(sheets, start=1) if sheet.chart]
    code_names = [f"Sheet{i}" for i in range(1, len(sheets) + 1)] if macros else []
    kinds = _content_types(len(sheets), charts, shared, with_macros=bool(macros))
    parts[content_types.PART] = content_types.types_xml(kinds)
    parts[list_of("")] = relationships_xml(
        [
            ("officeDocument", "xl/workbook.xml"),
            ("extended-properties", "docProps/app.xml"),
            ("custom-properties", properties.PART),
            (properties.CORE_RELATION, properties.CORE),
        ]
    )
    parts["docProps/app.xml"] = _APP.encode()
    parts[properties.CORE] = properties.core_xml(title)
    parts[properties.PART] = properties.properties_xml(
        {SEAL_PREFIX + name: value for name, value in {**seal, **(macros.stamp if macros else {})}.items()}
    )
    parts["xl/workbook.xml"] = _workbook(sheets, names, active, WORKBOOK_CODE_NAME if macros else "").encode()
    parts[list_of("xl/workbook.xml")] = relationships_xml(
        [("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
        + [(_SHARED[name][0], name.removeprefix("xl/")) for name in shared]
        + ([(VBA_PROJECT, _PROJECT.removeprefix("xl/"))] if macros else [])
    )
    parts.update(shared)
    if macros:
        parts[_PROJECT] = macros.project(code_names)
    for i, sheet in enumerate(sheets, start=1):
        part, drawing = f"xl/worksheets/sheet{i}.xml", f"xl/drawings/drawing{i}.xml"
        xml = _with_code_name(sheet.xml, code_names[i - 1]) if macros else sheet.xml
        parts[part] = xml.encode()
        if sheet.chart:
            parts[list_of(part)] = relationships_xml([("drawing", f"../drawings/drawing{i}.xml")])
            parts[drawing] = sheet.drawing.encode()
            parts[list_of(drawing)] = relationships_xml([("chart", f"../charts/chart{i}.xml")])
            parts[f"xl/charts/chart{i}.xml"] = sheet.chart.encode()
    return pack(parts, level=COMPRESSION)


def _with_code_name(xml: str, code_name: str) -> str:
    """The sheet's XML, known to the VBA project by this name; every sheet has properties."""
    before, properties, after = xml.partition("<sheetPr")
    assert properties
    assert "<sheetData" not in before
    return f'{before}{properties} codeName="{code_name}"{after}'


def _content_types(sheets: int, charts: Sequence[int], shared: Iterable[str], *, with_macros: bool) -> dict[str, str]:
    return {
        "xl/workbook.xml": _WITH_MACROS if with_macros else _PLAIN,
        **{name: _SHARED[name][1] for name in shared},
        "docProps/app.xml": f"{OFFICE}.extended-properties+xml",
        properties.PART: content_types.CUSTOM_PROPERTIES,
        properties.CORE: properties.CORE_TYPE,
        **{f"xl/worksheets/sheet{i}.xml": content_types.WORKSHEET for i in range(1, sheets + 1)},
        **{f"xl/drawings/drawing{i}.xml": f"{OFFICE}.drawing+xml" for i in charts},
        **{f"xl/charts/chart{i}.xml": f"{OFFICE}.drawingml.chart+xml" for i in charts},
        **({_PROJECT: content_types.VBA_PROJECT} if with_macros else {}),
    }


_APP = f'{DECLARATION}<Properties xmlns="{EXTENDED_PROPERTIES}"><Application>xlperf</Application></Properties>'


def _workbook(sheets: Sequence[Sheet], names: Mapping[str, str], active: int, code_name: str) -> str:
    entries = []
    for i, sheet in enumerate(sheets, start=1):
        state = ' state="hidden"' if sheet.hidden else ""
        entries.append(f'<sheet name="{attribute(sheet.title)}" sheetId="{i}"{state} r:id="rId{i}"/>')
    defined = [f'<definedName name="{name}">{text_xml(target)}</definedName>' for name, target in names.items()]
    for i, sheet in enumerate(sheets):
        for builtin, area in (("Print_Area", sheet.print_area), ("Print_Titles", sheet.print_rows)):
            if area:
                target = text_xml(f"{quoted_title(sheet.title)}!{area}")
                defined.append(f'<definedName name="_xlnm.{builtin}" localSheetId="{i}">{target}</definedName>')
    known_as = f' codeName="{code_name}"' if code_name else ""
    view = f'<workbookView xWindow="0" yWindow="0" windowWidth="28800" windowHeight="15000" activeTab="{active}"/>'
    return (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">'
        f'<workbookPr{known_as} defaultThemeVersion="124226"/>'
        f"<bookViews>{view}</bookViews><sheets>{''.join(entries)}</sheets>"
        f"<definedNames>{''.join(defined)}</definedNames>"
        # Every cached result is there, but a spreadsheet with the functions should compute with them.
        '<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'
    )
