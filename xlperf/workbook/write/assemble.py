"""The parts of a workbook around its sheets: content types, relationships, names, properties, charts, macros.

Same input, same bytes: order and timestamps are fixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from xlperf.form.seal import SEAL_PREFIX
from xlperf.ooxml.a1 import quoted_title
from xlperf.ooxml.serialise import DECLARATION, MAIN, RELATIONSHIPS, attribute, text_xml
from xlperf.ooxml.zip_out import pack

_TYPES = "application/vnd.openxmlformats-officedocument"
_REL = RELATIONSHIPS

# Parts all sheets share: path → (relationship, content type). openpyxl writes no shared strings of late.
_SHARED = {
    "xl/styles.xml": ("styles", f"{_TYPES}.spreadsheetml.styles+xml"),
    "xl/sharedStrings.xml": ("sharedStrings", f"{_TYPES}.spreadsheetml.sharedStrings+xml"),
    "xl/theme/theme1.xml": ("theme", f"{_TYPES}.theme+xml"),
}
SHARED = tuple(_SHARED)

_PROJECT = "xl/vbaProject.bin"
_PROJECT_TYPE = "application/vnd.ms-office.vbaProject"
_PROJECT_REL = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_PLAIN, _WITH_MACROS = f"{_TYPES}.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
WORKBOOK_CODE_NAME = "ThisWorkbook"


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
) -> bytes:
    """The package: these sheets, the shared parts of their template (styles, strings, theme), names and seal.

    With `macros` it is an .xlsm, and every sheet has the code name under which the VBA project knows it.
    """
    parts: dict[str, bytes] = {}
    charts = [i for i, sheet in enumerate(sheets, start=1) if sheet.chart]
    code_names = [f"Sheet{i}" for i in range(1, len(sheets) + 1)] if macros else []
    parts["[Content_Types].xml"] = _content_types(len(sheets), charts, shared, with_macros=bool(macros)).encode()
    parts["_rels/.rels"] = _relationships(
        [
            ("officeDocument", "xl/workbook.xml"),
            ("extended-properties", "docProps/app.xml"),
            ("custom-properties", "docProps/custom.xml"),
        ]
    ).encode()
    parts["docProps/app.xml"] = _APP.encode()
    parts["docProps/custom.xml"] = _custom({**seal, **(macros.stamp if macros else {})}).encode()
    parts["xl/workbook.xml"] = _workbook(sheets, names, active, WORKBOOK_CODE_NAME if macros else "").encode()
    parts["xl/_rels/workbook.xml.rels"] = _relationships(
        [("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
        + [(_SHARED[name][0], name.removeprefix("xl/")) for name in shared]
        + ([(_PROJECT_REL, _PROJECT.removeprefix("xl/"))] if macros else [])
    ).encode()
    parts.update(shared)
    if macros:
        parts[_PROJECT] = macros.project(code_names)
    for i, sheet in enumerate(sheets, start=1):
        xml = _with_code_name(sheet.xml, code_names[i - 1]) if macros else sheet.xml
        parts[f"xl/worksheets/sheet{i}.xml"] = xml.encode()
        if sheet.chart:
            parts[f"xl/worksheets/_rels/sheet{i}.xml.rels"] = _relationships(
                [("drawing", f"../drawings/drawing{i}.xml")]
            ).encode()
            parts[f"xl/drawings/drawing{i}.xml"] = sheet.drawing.encode()
            parts[f"xl/drawings/_rels/drawing{i}.xml.rels"] = _relationships(
                [("chart", f"../charts/chart{i}.xml")]
            ).encode()
            parts[f"xl/charts/chart{i}.xml"] = sheet.chart.encode()
    return pack(parts)


def _with_code_name(xml: str, code_name: str) -> str:
    """The sheet's XML, known to the VBA project by this name; openpyxl gives every sheet its properties."""
    before, properties, after = xml.partition("<sheetPr")
    assert properties
    assert "<sheetData" not in before
    return f'{before}{properties} codeName="{code_name}"{after}'


def _content_types(sheets: int, charts: Sequence[int], shared: Iterable[str], *, with_macros: bool) -> str:
    overrides = [
        ("/xl/workbook.xml", _WITH_MACROS if with_macros else _PLAIN),
        *((f"/{name}", _SHARED[name][1]) for name in shared),
        ("/docProps/app.xml", f"{_TYPES}.extended-properties+xml"),
        ("/docProps/custom.xml", f"{_TYPES}.custom-properties+xml"),
        *((f"/xl/worksheets/sheet{i}.xml", f"{_TYPES}.spreadsheetml.worksheet+xml") for i in range(1, sheets + 1)),
        *((f"/xl/drawings/drawing{i}.xml", f"{_TYPES}.drawing+xml") for i in charts),
        *((f"/xl/charts/chart{i}.xml", f"{_TYPES}.drawingml.chart+xml") for i in charts),
        *([(f"/{_PROJECT}", _PROJECT_TYPE)] if with_macros else []),
    ]
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
        + "</Types>"
    )


def _relationships(targets: Sequence[tuple[str, str]]) -> str:
    """Relationships to these targets, each with its type: the last word of one of the format's own, or a whole URL."""
    return (
        f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{i}" Type="{kind if ":" in kind else f"{_REL}/{kind}"}" Target="{target}"/>'
            for i, (kind, target) in enumerate(targets, start=1)
        )
        + "</Relationships>"
    )


_APP = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>xlperf</Application></Properties>"
)


def _custom(seal: Mapping[str, str]) -> str:
    properties = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{SEAL_PREFIX}{name}">'
        f"<vt:lpwstr>{text_xml(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(seal.items(), start=2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{properties}</Properties>"
    )


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
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{_REL}"><workbookPr{known_as} defaultThemeVersion="124226"/>'
        f"<bookViews>{view}</bookViews><sheets>{''.join(entries)}</sheets>"
        f"<definedNames>{''.join(defined)}</definedNames>"
        # Every cached result is there, but a spreadsheet with the functions should compute with them.
        '<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'
    )
