"""What happened to the form of a workbook (3xx), and answers no typed example can give (40x–41x)."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable

import openpyxl
from checks.flawless import typed_workbook
from checks.stories_of_files import without
from checks.story_runner import Story, edited, place_of, put_before, typed, with_parts, workbook
from departments import PLANNED, SETTINGS
from hostile.workbooks import good_parts
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from workbook.returning import (
    CONTENT,
    FIRST,
    LAYOUT,
    OVERALL,
    PLAN,
    PROJECT_PART,
    SETTINGS_SHEET,
    YEARLY,
    alone,
    both,
    cell_of,
    column_deleted,
    of,
    row_deleted,
    rows_inserted,
)
from zipped import packed, parts_of

from xlperf.form import titles
from xlperf.model import Department, Period, Project
from xlperf.ooxml.a1 import address
from xlperf.workbook.write.department import department_bytes

GOOD = workbook(CONTENT)
REMARK = cell_of("remark")  # which nobody filled in
REASON = cell_of("indicators.deviation_reason", 0)
BUDGET, ACTUAL, WEIGHT = cell_of("budget.adjusted"), cell_of("indicators.actual", 0), cell_of("indicators.weight", 0)
AS_OF = place_of("settings", "as_of")
ADJUSTED = next(place.cell for place in LAYOUT.labels if place.piece.text == "全年预算数")
SIGNED = LAYOUT.look("sign").cell
BESIDE = LAYOUT.columns + 1
MANY = [cell_of(f"payments.{key}", month) for month in range(12) for key in ("amount", "rate")][:21]
DRAWING = "xl/drawings/drawing4.xml"
TEXT_BOX = (
    "<xdr:oneCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>9</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    "</xdr:from><xdr:sp/></xdr:oneCellAnchor>"
)
ROW = ("level1", "level2", "name", "description", "operator", "value", "unit", "basis", "weight", "actual")


def element(cell: str, rest: str) -> Callable[[], bytes]:
    """The workbook with another element in a cell of the first project; `rest` begins behind the style."""

    def change(xml: str) -> str:
        changed, count = re.subn(rf'<c r="{cell}"( s="\d+")[^>]*?(?:/>|>.*?</c>)', rf'<c r="{cell}"\1{rest}</c>', xml)
        assert count == 1
        return changed

    return lambda: with_parts({PROJECT_PART: change})


def merged(area: str) -> Callable[[], bytes]:
    """The workbook with cells merged."""
    return lambda: with_parts({PROJECT_PART: put_before("</mergeCells>", f'<mergeCell ref="{area}"/>')})


def quarter(*, is_merged: bool) -> Callable[[], bytes]:
    """The payments of the first quarter, in a cell merged over three months or in three."""
    january, *others = (cell_of("payments.amount", month) for month in range(3))

    def change(sheet: Worksheet) -> None:
        sheet[january] = 4
        for cell in others:
            sheet[cell] = None if is_merged else 1
        if is_merged:
            sheet.merge_cells(f"{january}:{others[-1]}")

    return edited(change)


def merged_class(sheet: Worksheet) -> None:
    """The class of the first two indicators of a plan in one cell."""
    sheet.merge_cells(f"{PLAN.cell_of('indicators.level2', 0)}:{PLAN.cell_of('indicators.level2', 1)}")


def commented(*cells: str) -> Callable[[], bytes]:
    """Comments on cells."""

    def change(sheet: Worksheet) -> None:
        for cell in cells:
            sheet[cell].comment = Comment("待财政确认", "张三")

    return edited(change)


def hidden(cell: str) -> Callable[[], bytes]:
    """The row of a cell of the first project hidden."""
    return edited(lambda sheet: setattr(sheet.row_dimensions[sheet[cell].row], "hidden", True))


def with_sheet(state: str) -> Callable[[], bytes]:
    """A sheet more."""

    def change(sheet: Worksheet) -> None:
        extra = sheet.parent.create_sheet("草稿")
        extra.append(["x"])
        extra.sheet_state = state

    return edited(change)


def without_seal(*, hidden_sheet: bool) -> Callable[[], bytes]:
    """Without the properties of the file and, if so, without the sheet that says the same."""

    def content() -> bytes:
        parts = parts_of(CONTENT)
        del parts["docProps/custom.xml"]
        if not hidden_sheet:
            parts["xl/workbook.xml"] = re.sub(
                rf'<sheet name="{titles.SEAL}"[^>]*/>', "", parts["xl/workbook.xml"].decode()
            ).encode()
        return packed(parts)

    return content


def sealed_year(year: int) -> bytes:
    """Another year in the properties of the file."""
    return with_parts({"docProps/custom.xml": lambda xml: xml.replace(">2026<", f">{year}<")})


def moved_in() -> bytes:
    """The first project's sheet is that of another workbook."""
    return packed({**parts_of(CONTENT), PROJECT_PART: good_parts(1, Period.SELF_EVALUATION)[PROJECT_PART]})


def values_only() -> bytes:
    """A copy without formulas."""
    book = openpyxl.load_workbook(io.BytesIO(CONTENT), data_only=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def copied(sheet: Worksheet) -> None:
    """The sheet once more."""
    sheet.parent.copy_worksheet(sheet).title = f"{sheet.title} (2)"


def inspected() -> bytes:
    """The first project's hidden column is gone; the first edition has one."""
    return with_parts({PROJECT_PART: lambda xml: column_deleted(xml, YEARLY.layout.columns)}, sent=YEARLY)


def inspected_and_shortened() -> bytes:
    """And the row of what the money is for."""
    row, last = YEARLY.layout.slots["purpose"].row, YEARLY.layout.columns
    return with_parts({PROJECT_PART: lambda xml: row_deleted(column_deleted(xml, last), row)}, sent=YEARLY)


def blank(name: str) -> bytes:
    """Two blank forms, one of them with a name."""
    department = Department(year=2026, projects=(Project(number=1, name="办案业务经费"), Project(number=2, name=name)))
    return department_bytes(department, PLANNED, blank=True)


def pictured(sheet: Worksheet) -> None:
    """What WPS leaves in a cell that shows a picture."""
    sheet[REASON] = "=DISPIMG(ID_5BA4F81A,1)"
    sheet[REASON].data_type = "s"


def actual(value: float, shown: str) -> Callable[[], bytes]:
    """A result in per cent."""

    def change(sheet: Worksheet) -> None:
        sheet[cell_of("indicators.unit", 0)] = "%"
        sheet[ACTUAL] = value
        sheet[ACTUAL].number_format = shown

    return edited(change)


def emptied_row() -> bytes:
    """A row of the document's whose inputs are gone."""
    return typed_workbook({"indicators.raw": "≥4200件", **{f"indicators.{key}": None for key in ROW}})


STORIES: dict[str, Story] = {
    "XPF301": Story(
        workbook(without(SETTINGS_SHEET)),
        workbook(edited(lambda sheet: setattr(sheet, "sheet_state", "hidden"), SETTINGS_SHEET)),
    ),
    "XPF302": Story(workbook(typed({ADJUSTED: "全年预算（万）"})), workbook(typed({ADJUSTED: " 全年 预算数 "}))),
    "XPF303": Story(
        workbook(typed({address(5, BESIDE + 1): "备注：已核对"})), workbook(typed({cell_of("attained"): "已核对"}))
    ),
    "XPF304": Story(workbook(with_sheet("visible")), GOOD),
    "XPF306": Story(workbook(element(BUDGET, ' t="e"><v>#REF!</v>')), GOOD),
    "XPF307": Story(workbook(element(BUDGET, "><f>10+10</f><v>20</v>")), GOOD),
    "XPF308": Story(
        workbook(lambda: with_parts({PROJECT_PART: lambda xml: rows_inserted(xml, 5)})),
        workbook(typed({cell_of("attained"): "办案"})),
    ),
    "XPF309": Story(
        workbook(typed({address(row, BESIDE): row for row in range(1, 41)})),
        workbook(typed({address(1, BESIDE): 1})),
    ),
    "XPF310": Story(workbook(edited(copied, SETTINGS_SHEET)), GOOD),
    "XPF311": Story(workbook(element(BUDGET, "><f>10+10</f>")), GOOD),
    "XPF312": Story(workbook(merged(f"{WEIGHT}:{cell_of('indicators.weight', 1)}")), GOOD),
    "XPF313": Story(
        workbook(lambda: with_parts({PROJECT_PART: lambda xml: xml.replace("indicators=2", "indicators=999999999")})),
        GOOD,
    ),
    "XPF314": Story(workbook(without("02_")), GOOD),
    "XPF315": Story(workbook(lambda: blank("")), workbook(lambda: blank("培训经费"))),
    "XPF316": Story(
        workbook(typed({cell_of("code"): "13080023P00033710032M"})), workbook(typed({cell_of("attained"): "办案"}))
    ),
    "XPF317": Story(workbook(commented(BUDGET)), GOOD),
    "XPF318": Story(workbook(without_seal(hidden_sheet=False)), workbook(without_seal(hidden_sheet=True))),
    "XPF319": Story(workbook(lambda: sealed_year(2027)), GOOD),
    "XPF320": Story(workbook(moved_in), GOOD),
    "XPF321": Story(workbook(lambda: with_parts({DRAWING: put_before("</xdr:wsDr>", TEXT_BOX)})), GOOD),
    "XPF322": Story(workbook(hidden(ACTUAL)), workbook(hidden(LAYOUT.home))),
    "XPF323": Story(workbook(typed({cell_of("progress.rate"): 0.99})), workbook(typed({BUDGET: 21}))),
    "XPF324": Story(workbook(edited(copied)), GOOD),
    "XPF325": Story(workbook(commented(*MANY)), workbook(commented(*MANY[:20]))),
    "XPF326": Story(workbook(values_only), workbook(edited(lambda _: None))),
    "XPF327": Story(workbook(with_sheet("hidden")), workbook(with_sheet("visible"))),
    "XPF329": Story(workbook(edited(lambda sheet: setattr(sheet, "sheet_state", "veryHidden"))), GOOD),
    "XPF328": Story(
        workbook(without(titles.GUIDE)),
        workbook(edited(lambda sheet: sheet.parent.move_sheet(sheet, 9), titles.GUIDE)),
    ),
    "XPF330": Story(
        workbook(lambda: with_parts({PROJECT_PART: put_before("</row>", '<c xmlns="urn:other" r="ZZ1"><v>2</v></c>')})),
        workbook(typed({cell_of("attained"): "办案"})),
    ),
    "XPF331": Story(workbook(typed({cell_of("progress.rate"): None})), GOOD),
    "XPF332": Story(workbook(typed({REMARK: "\u2060"})), workbook(typed({REMARK: "\u3000"}))),
    "XPF339": Story(workbook(inspected), GOOD),
    "XPF340": Story(workbook(inspected_and_shortened), workbook(inspected)),
    "XPF341": Story(workbook(lambda: alone(FIRST)), workbook(lambda: alone(FIRST, OVERALL))),
    "XPF342": Story(workbook(lambda: both(CONTENT, of(unit="第二人民法院"))), workbook(lambda: both(CONTENT, CONTENT))),
    "XPF343": Story(workbook(lambda: both(CONTENT, PLAN.content)), workbook(lambda: both(CONTENT, CONTENT))),
    "XPF337": Story(workbook(quarter(is_merged=True)), workbook(quarter(is_merged=False))),
    "XPF338": Story(workbook(edited(merged_class, sent=PLAN)), GOOD),
    "XPF336": Story(workbook(typed({SIGNED: "填报人：张三"})), GOOD),
    "XPF406": Story(
        workbook(typed({AS_OF: None}, SETTINGS_SHEET)), workbook(typed({AS_OF: SETTINGS.as_of}, SETTINGS_SHEET))
    ),
    "XPF408": Story(
        workbook(lambda: typed_workbook({"overall_objective.text": "\n".join(["长" * 10_000] * 4)})),
        workbook(lambda: typed_workbook({"overall_objective.text": "长" * 1_000})),
    ),
    "XPF411": Story(
        workbook(typed({AS_OF: "六月底"}, SETTINGS_SHEET)),
        workbook(typed({AS_OF: "2026年6月30日"}, SETTINGS_SHEET)),
    ),
    "XPF414": Story(workbook(emptied_row), workbook(lambda: typed_workbook({"indicators.raw": "≥4200件"}))),
    "XPF415": Story(workbook(actual(0.95, "0%")), workbook(actual(95, "0.00"))),
    "XPF416": Story(workbook(actual(95, ";;;")), workbook(actual(95, "0.00"))),
    "XPF419": Story(workbook(typed({REMARK: dt.date(2026, 12, 31)})), workbook(typed({REMARK: "2026年12月31日"}))),
    "XPF417": Story(workbook(edited(pictured)), workbook(typed({REASON: "其他：流拍"}))),
}
