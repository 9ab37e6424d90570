"""The cells of a worksheet: every spelling a program may use, and agreement with other readers."""

from __future__ import annotations

import contextlib
import io
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from departments import SETTINGS, small_department
from office.calc import Calc
from workbook.returning import CONTENT, PROJECT_PART
from zipped import packed, parts_of

from xlperf.files.guard import Refused, unpack
from xlperf.ooxml.a1 import position
from xlperf.ooxml.fast_grid import _UnusualError, quick_grid, quick_strings, shared_strings, sheet_grid
from xlperf.ooxml.grid import CellError, Grid, read_grid, unescape
from xlperf.ooxml.namespaces import MAIN
from xlperf.ooxml.strings import read_strings
from xlperf.ooxml.workbook_parts import open_book
from xlperf.workbook.write.department import department_bytes

STRINGS = ["零", "一", " 二 "]


def grid(rows: str, after: str = "") -> Grid:
    """The grid of a sheet with these rows; where both ways can read it, both must say the same."""
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'.encode()
    found = read_grid(xml, STRINGS, "sheet")
    assert sheet_grid(xml, STRINGS, "sheet") == found
    return found


def strings(items: str, attributes: str = "") -> bytes:
    """A table of shared strings."""
    return f'<sst xmlns="{MAIN}"{attributes}>{items}</sst>'.encode()


def values(cells: str) -> dict[str, object]:
    return dict(grid(f'<row r="1">{cells}</row>').values)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>20</v></c>', Decimal(20)),
        ('<c r="A1" s="3" t="n"><v>-1.5E3</v></c>', Decimal(-1500)),
        ('<c r="A1"><v>0.30000000000000004</v></c>', Decimal("0.3")),
        ('<c r="A1"><v>45230</v></c>', Decimal(45230)),
        ('<c r="A1" t="s"><v>2</v></c>', " 二 "),
        ('<c r="A1" t="str"><f>B1</f><v>a&amp;b&#10;&#x4e2d;</v></c>', "a&b\n中"),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> 空 格 </t></is></c>', " 空 格 "),
        ('<c r="A1" t="inlineStr"><is><t>第一行_x000D_\n第二行</t></is></c>', "第一行\r\n第二行"),
        ('<c r="A1" t="inlineStr"><is><t>_x005F_x000D_</t></is></c>', "_x000D_"),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ("<c t='e' r='A1'><v>#DIV/0!</v></c>", CellError("#DIV/0!")),
        ('<c r="A1" t="e"><v>#N/A</v></c>', CellError("#N/A")),
        ('<c r="A1"><v>二十</v></c>', "二十"),
        ('<c r="A1"><v>1_000</v></c>', "1_000"),
        ('<c r="A1"><v>１２</v></c>', CellError("１２")),
        ('<c r="A1"><v>nan</v></c>', "nan"),
        ('<c r="A1" t="d"><v>2023-10-31T00:00:00</v></c>', "2023-10-31T00:00:00"),
        ('<c s="1"  r = "A1" ><v><![CDATA[20]]></v></c>', Decimal(20)),
        ('<c r="A1"><!-- c --><v>20</v></c>', Decimal(20)),
    ],
)
def test_a_value_is_read_as_it_was_meant(cell: str, value: object) -> None:
    found = values(cell)["A1"]

    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"/>',
        '<c r="A1" s="5" />',
        '<c r="A1"><v></v></c>',
        '<c r="A1"><v/></c>',
        '<c r="A1" t="str"><v></v></c>',
        '<c r="A1" t="inlineStr"><is><t/></is></c>',
        '<c r="A1" t="s"/>',
    ],
)
def test_an_empty_cell_is_nothing(cell: str) -> None:
    assert values(cell) == {}


def test_runs_of_rich_text_are_one_text_and_readings_above_it_are_none() -> None:
    rich = "<is><r><rPr><b/></rPr><t>办</t></r><r><t>案</t></r><rPh sb='0' eb='1'><t>ban</t></rPh></is>"

    assert values(f'<c r="A1" t="inlineStr">{rich}</c>') == {"A1": "办案"}


def test_shared_strings_are_read_the_same_way_by_both() -> None:
    plain = strings("<si><t>a &lt; b</t></si><si><t xml:space='preserve'> c</t></si><si/>")
    rich = strings("<si><r><t>办</t></r><r><t>案</t></r><rPh sb='0' eb='1'><t>ban</t></rPh><phoneticPr/></si>")
    usual = strings('<si><t>a &lt; b_x000D_</t><phoneticPr fontId="1" type="noConversion"/></si><si><t/></si>')

    assert shared_strings(plain, "sst") == ["a < b", " c", ""]
    assert shared_strings(rich, "sst") == ["办案"]
    assert quick_strings(usual) == read_strings(usual, "sst") == ["a < b\r", ""]


@pytest.mark.parametrize("first", ["<si/>", "<si >\n</si>", '<si xml:space="preserve"></si>', "<si></si>"])
def test_the_first_string_counts_however_it_is_spelled(first: str) -> None:
    for count, space in (("", ""), (' count="2" uniqueCount="2"', ""), ("", "\n")):
        assert shared_strings(strings(f"{space}{first}<si><t>甲</t></si>", count), "sst") == ["", "甲"]


@pytest.mark.parametrize(
    "items",
    ["<si><t>a</t><si><t>b</t></si></si>", "<si><r><si><t>b</t></si></r></si>", "<t>a</t>", "<x><si><t>a</t></si></x>"],
)
def test_a_string_in_a_place_not_its_own_would_shift_all_others(items: str) -> None:
    with pytest.raises(Refused, match="XPF201"):
        shared_strings(strings(items), "sst")


def test_escaped_characters_outside_the_first_plane_come_in_pairs() -> None:
    assert unescape("_xD83D__xDE00_") == "😀"
    assert unescape("_xD83D_") == "�"
    assert unescape("_x00e9_ _xZZZZ_") == "é _xZZZZ_"


def test_prefixes_and_attribute_order_do_not_matter() -> None:
    xml = (
        f'<?xml version="1.0"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2">'
        '<x:c t="s" s="1" r="B2"><x:v>1</x:v></x:c><x:c r="C2"><x:f>B2</x:f><x:v>5</x:v></x:c>'
        '</x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells></x:worksheet>'
    )

    found = sheet_grid(xml.encode("utf-16"), STRINGS, "sheet")

    assert (found.values, found.formulas, found.merges) == ({"B2": "一", "C2": Decimal(5)}, {"C2": ""}, ["A1:B1"])


def test_cells_without_address_follow_the_one_before() -> None:
    rows = '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="Z5"><v>3</v></c><c><v>4</v></c></row>'

    assert grid(rows).values == {"A1": 1, "B1": 2, "Z5": 3, "AA5": 4}


def test_formulas_are_told_from_values_and_results_from_none() -> None:
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>X</f></c><c r="C1"><f t="array" ref="C1:C9">Y</f><v></v></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f t="shared" si="0"/><v>7</v></c>'
    )

    found = grid(f'<row r="1">{cells}</row>')

    assert found.formulas == {"A1": "", "B1": "", "C1": "C1:C9", "D1": "", "E1": ""}
    assert found.results == {"A1", "D1", "E1"}
    assert found.values == {"A1": 2, "E1": 7}


@pytest.mark.parametrize("cells", ['<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>', '<c r="A1" t="s"><v>3</v></c>'])
def test_a_sheet_that_contradicts_itself_is_refused(cells: str) -> None:
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'.encode()

    with pytest.raises((Refused, _UnusualError)):
        quick_grid(xml, STRINGS)
    with pytest.raises(Refused):
        sheet_grid(xml, STRINGS, "sheet")
    with pytest.raises(Refused):
        read_grid(xml, STRINGS, "sheet")


def test_damaged_sheets_are_never_read_in_two_ways() -> None:
    dice = random.Random(3)
    xml = parts_of(CONTENT)[PROJECT_PART]
    first, last = xml.index(b"<sheetData>"), xml.index(b"</sheetData>")
    compared = 0
    for _ in range(400):
        at, from_ = dice.randrange(first, last), dice.randrange(first, last)
        damaged = bytearray(xml)
        match dice.randrange(3):
            case 0:
                damaged[at] = dice.choice(b"<>/\"'= &;cvrft0123456789ABs\n\t!?[]")
            case 1:
                del damaged[at : at + dice.choice((1, 2, 5, 20))]
            case 2:
                damaged[at:at] = xml[from_ : from_ + dice.choice((1, 3, 10, 40))]
        with contextlib.suppress(Refused, ValueError):
            careful = read_grid(bytes(damaged), [], "sheet")
            with contextlib.suppress(_UnusualError):
                assert quick_grid(bytes(damaged), []) == careful
                compared += 1

    assert compared > 50


def test_addresses() -> None:
    assert position("A1") == (1, 1)
    assert position("XFD1048576") == (1048576, 16384)
    assert [position(text) for text in ("", "A", "1", "A0", "a1", "$A$1", "AAAA1")] == [None] * 7


# --- other programs --------------------------------------------------------------------------------------------------


def both_ways(content: bytes, *, quickly: bool = True) -> dict[str, Grid]:
    """The grid of every sheet by title, proven to come out the same both ways."""
    book = open_book(unpack(content))
    strings = read_strings(book.part(book.strings), book.strings) if book.strings else []
    if book.strings:
        assert shared_strings(book.part(book.strings), book.strings) == strings
    found = {}
    for sheet in book.sheets:
        found[sheet.title] = read_grid(book.part(sheet.part), strings, sheet.part)
        way = quick_grid(book.part(sheet.part), strings) if quickly else sheet_grid(book.part(sheet.part), strings, "")
        assert way == found[sheet.title]
    return found


def by_calamine(content: bytes) -> dict[str, dict[str, object]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    cells = openpyxl.utils.get_column_letter
    return {
        title: {
            f"{cells(j)}{i}": value
            for i, row in enumerate(book.get_sheet_by_name(title).to_python(skip_empty_area=False), start=1)
            for j, value in enumerate(row, start=1)
            if value != ""
        }
        for title in book.sheet_names
    }


def by_openpyxl(content: bytes) -> dict[str, dict[str, object]]:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")
        }
        for sheet in book
    }


@pytest.mark.parametrize("reader", [by_calamine, by_openpyxl])
def test_two_other_readers_see_the_same_cells(reader: Callable[[bytes], dict[str, dict[str, object]]]) -> None:
    ours = both_ways(CONTENT)

    theirs = reader(CONTENT)

    assert theirs.keys() == ours.keys()
    for title, cells in theirs.items():
        seen = {cell: _as_grid(value) for cell, value in cells.items()}
        assert seen == ours[title].values


def _as_grid(value: object) -> object:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Decimal(f"{value:.15g}")
    if hasattr(value, "isoformat"):
        return Decimal((value.date() if hasattr(value, "date") else value).toordinal() - 693594)
    return value


def test_a_workbook_saved_by_openpyxl_is_read_both_ways() -> None:
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(CONTENT)).save(out)

    found = both_ways(out.getvalue())

    assert sum(len(sheet.values) for sheet in found.values()) > 300


def test_a_workbook_of_xlsxwriter_is_read_both_ways() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("表")
        sheet.write_row("A1", ["文字", 1.5, True, "_x000D_", "a\nb"])
        sheet.write_formula("A2", "=1+1", None, 2)
        sheet.write_array_formula("A3:A4", "{=B1:B2}", None, 7)
        sheet.write_rich_string("A5", "粗", book.add_format({"bold": True}), "体")
        sheet.write_formula("A6", "=1/0", None, "#DIV/0!")
        sheet.merge_range("G1:H1", "合并")

    found = both_ways(out.getvalue(), quickly=False)["表"]

    assert found.values == {
        "A1": "文字",
        "B1": Decimal("1.5"),
        "C1": True,
        "D1": "_x000D_",
        "G1": "合并",
        "E1": "a\nb",
        "A2": 2,
        "A3": 7,
        "A4": 0,
        "A5": "粗体",
        "A6": "#DIV/0!",
    }
    assert isinstance(found.values["A6"], CellError)
    assert found.merges == ["G1:H1"]


@pytest.mark.office
def test_a_workbook_saved_by_libreoffice_is_read_quickly_and_the_same(calc: Calc, tmp_path: Path) -> None:
    original, saved = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    content = department_bytes(small_department(), SETTINGS)
    original.write_bytes(content)
    calc.recalc(original, save=saved)

    ours, theirs = both_ways(content), both_ways(saved.read_bytes())

    for title in ours:
        assert theirs[title].formulas.keys() == ours[title].formulas.keys()
        assert theirs[title].values.keys() == ours[title].values.keys()


def test_an_empty_sheet_has_no_cells() -> None:
    parts = parts_of(CONTENT)
    parts["xl/worksheets/sheet4.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode()
    book = open_book(unpack(packed(parts)))

    assert sheet_grid(book.part("xl/worksheets/sheet4.xml"), [], "") == Grid()


@pytest.mark.parametrize(
    "data",
    [
        '<row r="1"><c r="A1"/><v>9</v></row>',
        '<row r="1"><v>9</v></row>',
        '<row r="1"><c r="A1"><is><v>9</v></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><t>九</t></c></row>',
        '<c r="A1"><v>9</v></c>',
        '<x><row r="1"><c r="A1"><v>9</v></c></row></x>',
        '<row r="1"><c r="A1"><x><v>9</v></x></c></row>',
    ],
)
def test_an_element_out_of_place_is_refused(data: str) -> None:
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>'.encode()

    with pytest.raises(Refused) as refused:
        sheet_grid(xml, [], "sheet")
    assert refused.value.code == "XPF201"


def test_extensions_of_a_cell_are_passed_over() -> None:
    xml = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>7</v>'
        "<extLst><ext><f>1+1</f><v>9</v><row/></ext></extLst></c></row></sheetData></worksheet>"
    )

    assert sheet_grid(xml.encode(), [], "sheet").values == {"A1": 7}


@pytest.mark.parametrize("behind", ["<pageMargins", "<a></b>", "&#9", f'</worksheet><worksheet xmlns="{MAIN}">'])
def test_damage_behind_the_data_is_refused(behind: str) -> None:
    xml = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData>{behind}</worksheet>'
    )

    with pytest.raises(Refused) as refused:
        sheet_grid(xml.encode(), [], "sheet")
    assert refused.value.code == "XPF201"


# --- namespaces: what is no spreadsheet's is not there ----------------------------------------------------------------

CELL = '<c r="A1"><v>7</v></c>'


def sheet(data: str, root: str = f'worksheet xmlns="{MAIN}"') -> Grid:
    name = root.partition(" ")[0]
    xml = f"<{root}><sheetData>{data}</sheetData></{name}>".encode()
    found = sheet_grid(xml, [], "sheet")
    assert found == read_grid(xml, [], "sheet")
    return found


@pytest.mark.parametrize(
    "foreign",
    [
        '<zz:c xmlns:zz="urn:zz" r="B1"><zz:v>2</zz:v></zz:c>',
        '<c xmlns="urn:zz" r="B1"><v>2</v></c>',
        '<c xmlns="" r="B1"><v>2</v></c>',
    ],
)
def test_a_cell_in_another_namespace_is_not_there(foreign: str) -> None:
    found = sheet(f'<row r="1">{CELL}{foreign}</row>')

    assert (found.values, found.foreign) == ({"A1": 7}, 1)


def test_a_row_in_another_namespace_is_not_there() -> None:
    found = sheet(f'<row r="1">{CELL}</row><zz:row xmlns:zz="urn:zz" r="2"><zz:c r="A2"><zz:v>2</zz:v></zz:c></zz:row>')

    assert (found.values, found.foreign) == ({"A1": 7}, 1)


@pytest.mark.parametrize("root", ["worksheet", 'worksheet xmlns="urn:zz"', 'zz:worksheet xmlns:zz="urn:zz"'])
def test_a_sheet_in_another_namespace_holds_nothing(root: str) -> None:
    found = sheet(f'<row r="1">{CELL}</row>', root)

    assert (found.values, found.foreign) == ({}, 2)


def test_a_sheet_whose_cells_lost_the_namespace_holds_nothing() -> None:
    xml = (
        f'<s:worksheet xmlns:s="{MAIN}"><s:sheetData><s:row r="1">{CELL}<c r="B1"/></s:row></s:sheetData></s:worksheet>'
    )

    found = sheet_grid(xml.encode(), [], "sheet")

    assert (found.values, found.foreign) == ({}, 2)


def test_the_strict_edition_has_a_namespace_of_its_own() -> None:
    strict = 'worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"'

    assert sheet(f'<row r="1">{CELL}</row>', strict).values == {"A1": 7}


def test_a_prefix_nobody_declared_is_damage() -> None:
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1" x14ac:dyDescent="0.2">{CELL}</row></sheetData></worksheet>'

    with pytest.raises(Refused, match="XPF201"):
        sheet_grid(xml.encode(), [], "sheet")


def test_extensions_behind_the_data_cost_no_second_reading() -> None:
    behind = '<extLst><ext xmlns:x14="urn:x14" uri="{}"><x14:f>1</x14:f></ext></extLst>'
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{CELL}</row></sheetData>{behind}</worksheet>'

    assert quick_grid(xml.encode(), []).values == {"A1": 7}


def test_a_string_in_another_namespace_is_not_there() -> None:
    items = '<zz:si xmlns:zz="urn:zz"><zz:t>x</zz:t></zz:si><si><t>甲</t></si>'

    assert shared_strings(strings(items), "sst") == ["甲"]


@pytest.mark.parametrize("foreign", ['<x xmlns="urn:x">9</x>', '<x xmlns="">9</x>', '<zz:x xmlns:zz="urn:x">9</zz:x>'])
def test_text_of_another_namespace_is_no_part_of_a_value(foreign: str) -> None:
    cells = (
        f'<c r="A1"><v>{foreign}20.6</v></c>'
        f'<c r="B1" t="inlineStr"><is><t>{foreign}办结</t></is></c>'
        f'<c r="C1" t="inlineStr"><is><r><t>办{foreign}</t></r><r><t>结</t></r></is></c>'
    )

    found = sheet(f'<row r="1">{cells}</row>')

    assert (found.values, found.foreign) == ({"A1": Decimal("20.6"), "B1": "办结", "C1": "办结"}, 3)


def test_text_of_another_namespace_is_no_part_of_a_shared_string() -> None:
    assert shared_strings(strings('<si><t><x xmlns="urn:x">9</x>甲</t></si>'), "sst") == ["甲"]


@pytest.mark.parametrize("copy", ["sheetData", "cols", "mergeCells"])
def test_a_copy_of_the_data_in_an_extension_is_nobodys(copy: str) -> None:
    inside = {
        "sheetData": '<row r="30"><c r="B30"><v>777</v></c></row>',
        "cols": '<col min="2" max="2" hidden="1"/>',
        "mergeCells": '<mergeCell ref="A1:B1"/>',
    }[copy]
    extension = f'<extLst><ext uri="x"><{copy}>{inside}</{copy}></ext></extLst>'
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{CELL}</row></sheetData>{extension}</worksheet>'.encode()

    assert read_grid(xml, [], "sheet") == Grid(values={"A1": Decimal(7)}, styles={"A1": "0"})
    assert sheet_grid(xml, [], "sheet") == read_grid(xml, [], "sheet")


MERGES = '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
COLUMNS = '<cols><col min="1" max="2" hidden="1"/></cols>'
CHOICE = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="zz" xmlns:zz="urn:zz">{}</mc:Choice></mc:AlternateContent>'
)


@pytest.mark.parametrize(
    "around", [CHOICE, '<zz:x xmlns:zz="urn:zz">{}</zz:x>', "<sheetPr>{}</sheetPr>", "<extLst><ext>{}</ext></extLst>"]
)
def test_lists_in_what_stands_for_something_else_are_nobodys(around: str) -> None:
    def both(before: str, behind: str) -> Grid:
        data = f'<sheetData><row r="1">{CELL}</row></sheetData>'
        xml = f'<worksheet xmlns="{MAIN}">{before}{data}{behind}</worksheet>'.encode()
        found = read_grid(xml, [], "sheet")
        assert sheet_grid(xml, [], "sheet") == found
        return found

    plain = Grid(values={"A1": Decimal(7)}, styles={"A1": "0"})

    assert both(around.format(COLUMNS), "") == plain
    assert both("", around.format(MERGES)) == plain
    assert both(COLUMNS + around.format(COLUMNS), "").hidden_columns == ((1, 2),)
    assert both("", MERGES + around.format(MERGES)).merges == ["A1:B2"]
    assert both("", around.format("") + MERGES).merges == ["A1:B2"]


@pytest.mark.parametrize("prefix", ["zz", "x"])
def test_a_prefix_makes_a_list_ours_or_nobodys_by_its_namespace(prefix: str) -> None:
    spaces = f'xmlns:zz="urn:zz" xmlns:x="{MAIN}"'
    merges = f'<{prefix}:mergeCells {spaces}><{prefix}:mergeCell ref="A1:B2"/></{prefix}:mergeCells>'
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{CELL}</row></sheetData>{merges}</worksheet>'.encode()

    assert sheet_grid(xml, [], "sheet").merges == ({"x": ["A1:B2"]}.get(prefix, []))
    assert read_grid(xml, [], "sheet") == sheet_grid(xml, [], "sheet")
