"""The XML of a sheet around its cells: columns, protection, merges, colours, validations, links, print set-up.

Written as text, since every number of indicators is a layout of its own; attributes are those openpyxl writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from xlperf.form import Layout, Slot
from xlperf.form.titles import CONTENTS
from xlperf.ooxml.a1 import address, quoted_title
from xlperf.ooxml.namespaces import MAIN, RELATIONSHIPS
from xlperf.ooxml.serialise import DECLARATION, attribute, escape

Tints = Mapping[tuple[str, str], int]
"""The number of the differential style of each look and mark."""

_PROMPT_TITLE = 32  # characters Excel allows in the title of a prompt
# Without a password: it guides, the seal detects. 0 is allowed: a clerk may widen what he reads.
_PROTECTION = (
    '<sheetProtection selectLockedCells="0" selectUnlockedCells="0" sheet="1" objects="0" insertRows="1" '
    'insertHyperlinks="1" autoFilter="1" scenarios="0" formatColumns="0" deleteColumns="1" insertColumns="1" '
    'pivotTables="1" deleteRows="1" formatCells="1" formatRows="0" sort="1"/>'
)
_MARGINS = '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
_A4 = 9
_FOOTER = (
    "<headerFooter><oddHeader/><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页&amp;R&amp;A</oddFooter>"
    "<evenHeader/><evenFooter/><firstHeader/><firstFooter/></headerFooter>"
)


def before_rows(layout: Layout) -> str:
    """The beginning of the part."""
    related = f' xmlns:r="{RELATIONSHIPS}"' if layout.form.chart else ""
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}"{related}>'
        '<sheetPr><outlinePr summaryBelow="1" summaryRight="1"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{address(layout.last_row, layout.columns)}"/>'
        f'<sheetViews><sheetView showGridLines="0" zoomScale="100" workbookViewId="0">{_panes(layout)}</sheetView>'
        '</sheetViews><sheetFormatPr baseColWidth="8" defaultRowHeight="15"/>'
        f"<cols>{''.join(_columns(layout))}</cols><sheetData>"
    )


def behind_rows(layout: Layout, tints: Tints) -> Iterator[tuple[str, str]]:
    """The pieces of the rest; that which says where a row's link leads has a name, the others have none."""
    merges = [f'<mergeCell ref="{place.area}"/>' for place in layout.pieces if place.merged]
    yield "", f"</sheetData>{_PROTECTION}{_counted('mergeCells', merges)}{''.join(_colours(layout, tints))}"
    yield "", _counted("dataValidations", list(_validations(layout)))
    if links := list(_links(layout)):
        yield "", "<hyperlinks>"
        for ref, name, location in links:
            yield "", f'<hyperlink ref="{ref}" location="'
            yield name, location
            yield "", '"/>'
        yield "", "</hyperlinks>"
    orientation = "landscape" if layout.form.landscape else "portrait"
    breaks = [f'<brk id="{row - 1}" min="0" max="16383" man="1"/>' for row in layout.page_starts]
    yield "", f'<printOptions horizontalCentered="1"/>{_MARGINS}'
    yield "", f'<pageSetup orientation="{orientation}" paperSize="{_A4}" fitToHeight="0" fitToWidth="1"/>{_FOOTER}'
    yield "", _counted("rowBreaks", breaks, f' manualBreakCount="{len(breaks)}"')
    yield "", '<drawing r:id="rId1"/></worksheet>' if layout.form.chart else "</worksheet>"


def link_name(row: int) -> str:
    """The name of the piece that says where the link of a slot in this row leads."""
    return f"link {row}"


def _counted(name: str, items: Sequence[str], more: str = "") -> str:
    return f'<{name} count="{len(items)}"{more}>{"".join(items)}</{name}>' if items else ""


def _panes(layout: Layout) -> str:
    below = layout.form.freeze_below
    if not below:
        return '<selection activeCell="A1" sqref="A1"/>'
    frozen = f'ySplit="{below}" topLeftCell="{address(below + 1, 1)}" activePane="bottomLeft" state="frozen"'
    return f'<pane {frozen}/><selection pane="bottomLeft" activeCell="A1" sqref="A1"/>'


def _columns(layout: Layout) -> Iterator[str]:
    for i, width in enumerate(layout.form.widths, start=1):
        hidden = ' hidden="1"' if i > layout.visible_columns else ""
        yield f'<col{hidden} width="{width:g}" customWidth="1" min="{i}" max="{i}"/>'


def _areas(layout: Layout) -> Iterator[tuple[Slot, str, int]]:
    """Each distinct slot with the range it fills and its first row."""
    for place in layout.slots.values():
        yield place.piece, place.area, place.row
    for rows in layout.bands.values():
        for key, first in rows[0].items():
            yield first.piece, replace(first, last_row=rows[-1][key].last_row).area, first.row


def _colours(layout: Layout, tints: Tints) -> Iterator[str]:
    priority = count(1)
    for slot, area, row in _areas(layout):
        rules = [
            f'<cfRule type="expression" priority="{next(priority)}" dxfId="{tints[tint.look, tint.mark]}">'
            f"<formula>{escape(layout.render(tint.formula, row))}</formula></cfRule>"
            for tint in slot.tints
        ]
        if rules:
            yield f'<conditionalFormatting sqref="{area}">{"".join(rules)}</conditionalFormatting>'


def _validations(layout: Layout) -> Iterator[str]:
    for slot, area, row in _areas(layout):
        if slot.bound is None:
            continue
        bound, formulas = slot.bound, filter(None, (slot.bound.formula1, slot.bound.formula2))
        rendered = (escape(layout.render(formula, row)) for formula in formulas)
        title, blank = attribute(slot.label[:_PROMPT_TITLE]), int(bound.type != "custom")  # see `bounds.custom`
        operator = "" if bound.type in ("list", "custom") else ' operator="between"'
        yield (
            f'<dataValidation sqref="{area}" showDropDown="0" showInputMessage="1" showErrorMessage="1" '
            f'allowBlank="{blank}" errorTitle="{title}" error="{attribute(bound.error)}" promptTitle="{title}" '
            f'prompt="{attribute(bound.prompt)}" type="{bound.type}" '
            f'errorStyle="{"warning" if bound.warning else "stop"}"{operator}>'
            f"{''.join(f'<formula{i}>{text}</formula{i}>' for i, text in enumerate(rendered, start=1))}"
            "</dataValidation>"
        )


def _links(layout: Layout) -> Iterator[tuple[str, str, str]]:
    """The cell of each link, the name of the piece that says where it leads, and where it leads by itself.

    A slot's link leads to a sheet that is known when this one is filled, until then to its own row.
    """
    for label in layout.labels:
        if label.piece.look == "link":
            yield label.cell, "", f"{quoted_title(CONTENTS)}!{address(1, 1)}"
    for place in layout.places:
        if place.piece.link:
            yield place.cell, link_name(place.row), address(place.row, 1)
