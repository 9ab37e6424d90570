"""Beside the form a workbook may hold anything that Excel opens: our sheets are read, the rest is named."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from departments import SETTINGS, small_department
from workbook import neighbours
from workbook.neighbours import BESIDE, EXTRA, TITLE, built, damaged_picture, edited, with_sheet, worksheet
from workbook.returning import CONTENT, FIRST, PROJECT_PART, read_back
from zipped import packed, parts_of

from xlperf.checks import message
from xlperf.files.guard import LARGEST_INFLATED, TooMuch, unpack
from xlperf.model import Severity
from xlperf.model.text import _squeezed_again, squeeze
from xlperf.ooxml.condensed import condensed
from xlperf.ooxml.fast_grid import sheet_grid
from xlperf.ooxml.few_strings import few_strings
from xlperf.ooxml.number_formats import _known_codes
from xlperf.workbook.annotate.copy import Note, annotated
from xlperf.workbook.read.recognise import LARGE

TIMES = 10  # as long as inflating, hearing of the elements that are not on sheets of others, and our own sheets take
NOTES = [Note(FIRST, "B3", Severity.ERROR, "XPF401"), Note(TITLE, "A1", Severity.INFO, "XPF304")]


@pytest.mark.parametrize("name", BESIDE)
def test_our_sheets_are_read_and_the_rest_is_named(name: str, tmp_path: Path) -> None:
    returned = read_back(built(name), tmp_path)

    assert returned.refused is None
    assert tuple(found.code for found in returned.findings) == BESIDE[name][1]
    assert (returned.department, returned.settings) == (small_department(), SETTINGS)
    assert all(found.locus.sheet for found in returned.findings)


@pytest.mark.long
@pytest.mark.parametrize("name", BESIDE)
def test_an_annotated_copy_holds_all_of_it(name: str, tmp_path: Path) -> None:
    content = built(name)
    copy = annotated(content, NOTES)

    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(io.BytesIO(copy)) as after:
        kept = {entry.filename: (entry.file_size, entry.CRC) for entry in after.infolist()}
        for entry in before.infolist():
            large = entry.filename == EXTRA and entry.file_size > LARGE
            if large or entry.filename.startswith(("xl/media/", "xl/charts/", "xl/externalLinks/")):
                assert kept[entry.filename] == (entry.file_size, entry.CRC)
    assert read_back(copy, tmp_path).department == small_department()


@pytest.mark.long
@pytest.mark.parametrize("name", BESIDE)
def test_what_is_beside_costs_little_more_than_inflating_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(built(name))

    done = subprocess.run([sys.executable, neighbours.__file__, path], capture_output=True, text=True, timeout=120)

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["seconds"] < TIMES * (told["inflating"] + told["usually"] + told["parsing"])
    assert told["bytes"] < 256 * 2**20


def test_a_damaged_picture_stays_as_it_is(tmp_path: Path) -> None:
    content = damaged_picture()

    assert read_back(content, tmp_path).findings == ()
    copy = annotated(content, NOTES)
    with zipfile.ZipFile(io.BytesIO(copy)) as package, pytest.raises((zipfile.BadZipFile, zlib.error)):
        package.read("xl/media/image1.png")
    assert read_back(copy, tmp_path).department == small_department()


def test_a_sheet_of_others_that_was_open_is_no_longer_in_the_copy(tmp_path: Path) -> None:
    """However large it is; what stands behind its beginning stays to the byte."""
    view = '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
    xml = worksheet(neighbours.rows(range(1, 200_000), 1, 2, 3), before=view)

    copy = annotated(packed(with_sheet(parts_of(CONTENT), xml)), NOTES)

    assert parts_of(copy)[EXTRA].decode() == xml.replace('tabSelected="1"', 'tabSelected="0"')


def test_content_far_below_is_counted_as_content_beside(tmp_path: Path) -> None:
    """One cell in each of the 40 rows of the form, three in each of those below."""
    returned = read_back(built("ledger beside"), tmp_path)

    sheet = next(sheet for sheet in returned.sheets if sheet.title == FIRST)
    more = next(found for found in returned.findings if found.code == "XPF309")
    assert sheet.tally.strays == 40 + 3 * 25_959 == 77_917
    assert message(more).startswith("填报区以外有77917格内容，未读入，首处为“")


@pytest.mark.parametrize("size", [1, 7, 1_000, 2**18])
def test_a_condensed_sheet_says_what_the_sheet_says(size: int) -> None:
    xml = edited(
        parts_of(CONTENT),
        PROJECT_PART,
        "</sheetData>",
        '<row r="90" ht="15"/><row r="91"><c r="A91" s="1"/></row><row r="92"><c r="A92"><v>7</v></c></row>'
        '<row r="5000"><c r="A5000"><v>8</v></c></row>',
    )[PROJECT_PART]
    far = (
        '<row r="5001"><c r="C5001"><v>1</v></c><c r="D5001" s="2"/></row><row r="9000"><c r="A9000"><v>1</v></c></row>'
    )
    whole = xml.replace(b"</sheetData>", far.encode() + b"</sheetData>")

    left = condensed((whole[at : at + size] for at in range(0, len(whole), size)), len(whole))

    assert (left.below, left.first) == (2, "C5001")
    assert b'r="91"' not in left.xml
    assert sheet_grid(left.xml, [], "sheet") == sheet_grid(xml, [], "sheet")


@pytest.mark.parametrize(
    "odd",
    [
        '<!-- <row r="90"/> --><row r="91"/>',
        '<row r="90"/><row><c><v>1</v></c></row>',
        '<row r="90"/><row spans="1:2" r="91"><c r="A91"><v>1</v></c></row>',
    ],
)
def test_rows_in_an_unusual_spelling_stay(odd: str) -> None:
    xml = worksheet(odd).encode()

    assert condensed(iter([xml]), len(xml)).xml == xml


def test_an_annotated_copy_is_made_whatever_the_size_of_the_table_of_strings() -> None:
    content = packed(neighbours.with_strings(parts_of(CONTENT), f"<si><t>{'长' * 30_000}</t></si>" * 1_600))

    copy = annotated(content, NOTES)

    assert unpack(content).size("xl/sharedstrings.xml") > LARGEST_INFLATED
    assert unpack(copy).size("xl/sharedstrings.xml") > LARGEST_INFLATED


@pytest.mark.parametrize("size", [1, 10, 1_000])
def test_few_strings_are_those_of_the_whole_table(size: int) -> None:
    items = "<si><t>甲</t></si> <si><r><t>乙</t></r><r><t>丙</t></r></si><si><t/></si>"
    table = f'<sst xmlns="{neighbours.MAIN}">{items}</sst>'
    xml = table.encode()

    read = few_strings(lambda: (xml[at : at + size] for at in range(0, len(xml), size)), lambda at, _: at != 0, "sst")

    assert read == ["", "乙丙", ""]


@pytest.mark.parametrize(
    "odd",
    [
        "<si/><si><t>a</t></si>",
        "<!-- </si> --><si><t>a</t></si>",
        "<si><t>a</t><?x </si><si>?></si>",
        "<x:si></x:si>",
        "",
    ],
)
def test_a_table_whose_strings_cannot_be_counted_is_not_read(odd: str) -> None:
    xml = f'<sst xmlns="{neighbours.MAIN}"><si><t>a</t></si>{odd}'.encode() + (b"</sst>" if odd else b"")

    with pytest.raises(TooMuch):
        few_strings(lambda: iter([xml]), lambda *_: True, "sst")


def test_a_table_in_another_namespace_is_not_read() -> None:
    with pytest.raises(TooMuch):
        few_strings(lambda: iter([b'<sst xmlns="x"><si><t>a</t></si></sst>']), lambda *_: True, "sst")


def test_nothing_large_is_remembered_for_the_next_file(tmp_path: Path) -> None:
    read_back(CONTENT, tmp_path)
    before = [cache.cache_info().currsize for cache in (_known_codes, _squeezed_again)]

    read_back(built("styles"), tmp_path)
    squeeze("长" * 30_000)

    assert [cache.cache_info().currsize for cache in (_known_codes, _squeezed_again)] == before


def test_where_too_much_stands_on_a_sheet_of_ours_the_sentence_names_it(tmp_path: Path) -> None:
    ledger = neighbours.rows(range(100, 4_900), *range(30, 80))
    returned = read_back(packed(edited(parts_of(CONTENT), PROJECT_PART, "</sheetData>", ledger)), tmp_path)

    assert returned.refused is not None
    assert message(returned.refused) == (
        f"文件过大或异常（“{FIRST}” > 200000 × 单元格），未读取："
        "请用 Excel 打开，把与填报无关的内容移到别的工作簿，另存后重新报送"
    )
