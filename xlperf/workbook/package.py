"""The parts of an .xlsx around its sheets: content types, relationships, names, properties, charts.

Same input, same bytes: order and timestamps are fixed.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from xlperf.workbook.fill import MAIN, RELATIONSHIPS, attribute, text_xml

MOMENT = (2020, 1, 1, 0, 0, 0)
_TYPES = "application/vnd.openxmlformats-officedocument"
_REL = RELATIONSHIPS
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SEAL_PREFIX = "xlperf."

# Parts all sheets share: path → (relationship, content type). openpyxl writes no shared strings of late.
_SHARED = {
    "xl/styles.xml": ("styles", f"{_TYPES}.spreadsheetml.styles+xml"),
    "xl/sharedStrings.xml": ("sharedStrings", f"{_TYPES}.spreadsheetml.sharedStrings+xml"),
    "xl/theme/theme1.xml": ("theme", f"{_TYPES}.theme+xml"),
}
SHARED = tuple(_SHARED)


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


def quoted(title: str) -> str:
    """A sheet title as formulas write it."""
    return "'" + title.replace("'", "''") + "'"


def assemble(
    sheets: Sequence[Sheet],
    shared: Mapping[str, bytes],
    names: Mapping[str, str],
    seal: Mapping[str, str],
    active: int,
) -> bytes:
    """The package: these sheets, the shared parts of their template (styles, strings, theme), names and seal."""
    parts: dict[str, bytes] = {}
    charts = [i for i, sheet in enumerate(sheets, start=1) if sheet.chart]
    parts["[Content_Types].xml"] = _content_types(len(sheets), charts, shared).encode()
    parts["_rels/.rels"] = _relationships(
        [
            ("officeDocument", "xl/workbook.xml"),
            ("extended-properties", "docProps/app.xml"),
            ("custom-properties", "docProps/custom.xml"),
        ]
    ).encode()
    parts["docProps/app.xml"] = _APP.encode()
    parts["docProps/custom.xml"] = _custom(seal).encode()
    parts["xl/workbook.xml"] = _workbook(sheets, names, active).encode()
    parts["xl/_rels/workbook.xml.rels"] = _relationships(
        [("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
        + [(_SHARED[name][0], name.removeprefix("xl/")) for name in shared]
    ).encode()
    parts.update(shared)
    for i, sheet in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{i}.xml"] = sheet.xml.encode()
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


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip file with fixed timestamps."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _content_types(sheets: int, charts: Sequence[int], shared: Iterable[str]) -> str:
    overrides = [
        ("/xl/workbook.xml", f"{_TYPES}.spreadsheetml.sheet.main+xml"),
        *((f"/{name}", _SHARED[name][1]) for name in shared),
        ("/docProps/app.xml", f"{_TYPES}.extended-properties+xml"),
        ("/docProps/custom.xml", f"{_TYPES}.custom-properties+xml"),
        *((f"/xl/worksheets/sheet{i}.xml", f"{_TYPES}.spreadsheetml.worksheet+xml") for i in range(1, sheets + 1)),
        *((f"/xl/drawings/drawing{i}.xml", f"{_TYPES}.drawing+xml") for i in charts),
        *((f"/xl/charts/chart{i}.xml", f"{_TYPES}.drawingml.chart+xml") for i in charts),
    ]
    return (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
        + "</Types>"
    )


def _relationships(targets: Sequence[tuple[str, str]]) -> str:
    return (
        f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{i}" Type="{_REL}/{kind}" Target="{target}"/>'
            for i, (kind, target) in enumerate(targets, start=1)
        )
        + "</Relationships>"
    )


_APP = (
    f'{_XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>xlperf</Application></Properties>"
)


def _custom(seal: Mapping[str, str]) -> str:
    properties = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{SEAL_PREFIX}{name}">'
        f"<vt:lpwstr>{text_xml(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(seal.items(), start=2)
    )
    return (
        f'{_XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{properties}</Properties>"
    )


def _workbook(sheets: Sequence[Sheet], names: Mapping[str, str], active: int) -> str:
    entries = []
    for i, sheet in enumerate(sheets, start=1):
        state = ' state="hidden"' if sheet.hidden else ""
        entries.append(f'<sheet name="{attribute(sheet.title)}" sheetId="{i}"{state} r:id="rId{i}"/>')
    defined = [f'<definedName name="{name}">{text_xml(target)}</definedName>' for name, target in names.items()]
    for i, sheet in enumerate(sheets):
        for builtin, area in (("Print_Area", sheet.print_area), ("Print_Titles", sheet.print_rows)):
            if area:
                target = text_xml(f"{quoted(sheet.title)}!{area}")
                defined.append(f'<definedName name="_xlnm.{builtin}" localSheetId="{i}">{target}</definedName>')
    view = f'<workbookView xWindow="0" yWindow="0" windowWidth="28800" windowHeight="15000" activeTab="{active}"/>'
    return (
        f'{_XML}<workbook xmlns="{MAIN}" xmlns:r="{_REL}"><workbookPr defaultThemeVersion="124226"/>'
        f"<bookViews>{view}</bookViews><sheets>{''.join(entries)}</sheets>"
        f"<definedNames>{''.join(defined)}</definedNames>"
        # Every cached result is there, but a spreadsheet with the functions should compute with them.
        '<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'
    )
