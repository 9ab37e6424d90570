"""The one door: whatever comes in is read whole or refused with a reason, and never breaks the run."""

from __future__ import annotations

import io
import os
import random
import re
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from departments import small_department
from workbook.returning import CONTENT, PROJECT_PART, read_back, with_part
from zipped import packed, parts_of

from xlperf.checks import message
from xlperf.files import guard, part_of
from xlperf.ooxml.a1 import address
from xlperf.workbook.read.read import read_workbook

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def dense(content: str) -> str:
    """More cells of this content than are read, in rows a form may have."""
    return "".join(
        f'<row r="{row}">' + "".join(f'<c r="{address(row, at)}">{content}</c>' for at in range(1, 51)) + "</row>"
        for row in range(100, 4_200)
    )


def reason(content: bytes, tmp_path: Path, name: str = "a.xlsx") -> str:
    """The code for which this file is refused; nothing of it may have been read."""
    returned = read_back(content, tmp_path, name)
    assert returned.refused is not None
    assert returned.findings == (returned.refused,)
    assert returned.department is None
    assert message(returned.refused)
    assert message(returned.refused, "en")
    return returned.refused.code


def test_a_file_as_we_wrote_it_is_read(tmp_path: Path) -> None:
    returned = read_back(CONTENT, tmp_path)

    assert returned.refused is None
    assert returned.findings == ()
    assert returned.department == small_department()
    assert (returned.size, len(returned.sha256)) == (len(CONTENT), 64)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "XPF209"),
        (b"\x01", "XPF202"),
        (OLE, "XPF202"),
        (packed({}), "XPF202"),
        (packed({"[Content_Types].xml": b"<Types/>"}), "XPF202"),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    assert reason(content, tmp_path) == code


@pytest.mark.parametrize("name", ["~$a.xlsx", ".~lock.a.xlsx#"])
def test_a_lock_file_names_the_workbook_that_is_open(name: str, tmp_path: Path) -> None:
    returned = read_back(b"\x0cclerk", tmp_path, name)

    assert returned.refused is not None
    assert message(returned.refused) == "Excel 的临时锁定文件，未读取：请先关闭“a.xlsx”"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    refused = read_workbook(tmp_path / "none.xlsx").refused

    assert refused is not None
    assert refused.code == "XPF211"


def test_a_file_held_by_another_program_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", held)

    refused = read_workbook(tmp_path / "a.xlsx").refused

    assert refused is not None
    assert message(refused) == "文件无法打开：Permission denied"


class Nameless(zipfile.ZipInfo):
    def is_dir(self) -> bool:  # the original cannot say
        return False


def test_a_part_without_a_name_is_a_part_like_any_other(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts_of(CONTENT).items():
            package.writestr(name, part)
        package.writestr(Nameless(""), b"")

    assert read_back(out.getvalue(), tmp_path).department == small_department()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX: named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xlsx")

    refused = read_workbook(tmp_path / "a.xlsx").refused

    assert refused is not None
    assert message(refused) == "文件无法打开：不是普通文件"


@pytest.mark.parametrize("declared", [0, 22, 2**20, 2**20 + 1, 2**31, 2**32 - 1])
def test_a_file_that_is_nothing_but_an_end_record(declared: int, tmp_path: Path) -> None:
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, declared, 0, 0)

    assert reason(end, tmp_path) in ("XPF201", "XPF202", "XPF208")
    assert part_of(tmp_path / "a.xlsx", "a.xml", 1_000) is None


def test_one_part_is_had_of_a_file_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(CONTENT)
    monkeypatch.setattr(guard, "LARGEST_FILE", 10_000)
    properties = parts_of(CONTENT)["docProps/custom.xml"]

    assert part_of(path, "docProps/custom.xml", 65_536) == properties
    assert part_of(path, "docProps/custom.xml", len(properties) - 1) is None
    assert part_of(path, "docProps/none.xml", 65_536) is None
    assert part_of(tmp_path, "docProps/custom.xml", 65_536) is None


def test_a_source_is_opened_for_reading_only(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(CONTENT)
    path.chmod(0o444)
    before = path.stat()

    read_workbook(path)

    after = path.stat()
    assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size)


@pytest.mark.parametrize("kept", range(2, len(CONTENT), len(CONTENT) // 60))
def test_a_truncated_file_is_refused(kept: int, tmp_path: Path) -> None:
    assert reason(CONTENT[:kept], tmp_path) == "XPF233"


def test_a_flipped_byte_is_noticed_or_harmless(tmp_path: Path) -> None:
    dice = random.Random(1)
    for _ in range(300):
        content = bytearray(CONTENT)
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)

        returned = read_back(bytes(content), tmp_path)

        # A flip in the directory of the file can hide a sheet: then the sheet, or the count of projects, is reported.
        named = {found.code for found in returned.findings} & {"XPF301", "XPF314"}
        assert returned.refused is not None or named or returned.department == small_department()


def test_a_flipped_byte_inside_a_sheet_is_noticed_or_named(tmp_path: Path) -> None:
    dice = random.Random(2)
    parts = parts_of(CONTENT)
    for _ in range(200):
        xml = bytearray(parts[PROJECT_PART])
        xml[dice.randrange(len(xml))] ^= 1 << dice.randrange(8)

        returned = read_back(packed({**parts, PROJECT_PART: bytes(xml)}), tmp_path)

        assert returned.path  # no exception, no hang; content may differ in the flipped place


def test_a_zip_bomb_is_refused_before_it_is_inflated(tmp_path: Path) -> None:
    bomb = with_part(PROJECT_PART, lambda xml: xml + " " * 30_000_000)

    assert len(bomb) < 200_000
    assert reason(bomb, tmp_path) == "XPF208"


def test_a_part_larger_than_declared_is_refused(tmp_path: Path) -> None:
    name = b"xl/worksheets/sheet4.xml"
    content = bytearray(CONTENT)
    entry = content.rindex(name) - 46
    struct.pack_into("<I", content, entry + 24, 10)

    assert reason(bytes(content), tmp_path) == "XPF201"


def test_too_much_altogether_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LARGEST_INFLATED", 100_000)

    assert reason(CONTENT, tmp_path) == "XPF208"


def test_too_large_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LARGEST_FILE", 10_000)

    assert reason(CONTENT, tmp_path) == "XPF208"


def test_parts_nobody_reads_are_no_reason_to_refuse(tmp_path: Path) -> None:
    """Neither their number, nor what they come to, nor that one of them is damaged."""
    album = {f"xl/media/{i}.png": b"" for i in range(3_000)}
    content = bytearray(packed({**parts_of(CONTENT), **album, "xl/media/blank.bmp": b" " * (130 * 2**20)}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as package:
        start = package.getinfo("xl/media/blank.bmp").header_offset + 50
    content[start : start + 4] = b"\xff\xff\xff\xff"

    returned = read_back(bytes(content), tmp_path)

    assert (returned.refused, returned.department) == (None, small_department())


def test_a_directory_of_absurdly_many_parts_is_refused(tmp_path: Path) -> None:
    parts = {**parts_of(CONTENT), **{f"xl/media/{i}": b"" for i in range(40_000)}}

    assert reason(packed(parts), tmp_path) == "XPF208"


def test_a_part_stated_twice_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO(CONTENT)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("XL/worksheets/Sheet4.xml", b"<worksheet/>")

    assert reason(out.getvalue(), tmp_path) == "XPF208"


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    content = bytearray(CONTENT)
    entry = content.rindex(b"xl/workbook.xml") - 46
    struct.pack_into("<H", content, entry + 8, 1)

    assert reason(bytes(content), tmp_path) == "XPF203"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_declaration_is_refused(encoding: str, tmp_path: Path) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{laughs}<worksheet>&b;</worksheet>'
    parts = {**parts_of(CONTENT), PROJECT_PART: xml.encode(encoding)}

    assert reason(packed(parts), tmp_path) == "XPF208"


def test_broken_xml_is_refused(tmp_path: Path) -> None:
    assert reason(with_part(PROJECT_PART, lambda xml: xml.replace("</row>", "", 1)), tmp_path) == "XPF201"


def test_a_damaged_deflate_stream_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(CONTENT)) as package:
        start = package.getinfo(PROJECT_PART).header_offset + 30 + len(PROJECT_PART)
    content = bytearray(CONTENT)
    content[start : start + 4] = b"\xff\xff\xff\xff"

    assert reason(bytes(content), tmp_path) == "XPF201"
    with pytest.raises(zlib.error):
        zlib.decompress(b"\xff\xff\xff\xff", -15)


def test_a_binary_workbook_is_refused_with_advice(tmp_path: Path) -> None:
    content = with_part(
        "[Content_Types].xml",
        lambda xml: xml.replace(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.binary.macroEnabled.main",
        ),
    )

    assert reason(content, tmp_path) == "XPF214"


def test_a_workbook_of_others_is_foreign(tmp_path: Path) -> None:
    import openpyxl

    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "项目编码"
    book.save(out)

    assert reason(out.getvalue(), tmp_path) == "XPF204"


def test_another_edition_of_the_form_is_named(tmp_path: Path) -> None:
    content = with_part(PROJECT_PART, lambda xml: re.sub("edition=[0-9.]+", "edition=2019.1", xml))
    returned = read_back(content, tmp_path)

    assert returned.refused is not None
    assert (returned.refused.code, dict(returned.refused.values)) == (
        "XPF205",
        {"version": "2019.1 national self-evaluation"},
    )


def test_a_cell_beyond_the_end_of_any_sheet_is_damage(tmp_path: Path) -> None:
    far = '<row r="1048577"><c r="XFD1048577"><v>1</v></c></row></sheetData>'

    assert reason(with_part(PROJECT_PART, lambda xml: xml.replace("</sheetData>", far)), tmp_path) == "XPF201"


def test_absurd_band_sizes_in_a_marker_are_not_believed(tmp_path: Path) -> None:
    content = with_part(PROJECT_PART, lambda xml: xml.replace("indicators=2", "indicators=999999999"))

    found = read_back(content, tmp_path).findings

    assert [finding.code for finding in found] == ["XPF314", "XPF313"]


def test_external_links_are_noted(tmp_path: Path) -> None:
    link = (
        '<Relationship Id="rId99" Target="externalLinks/externalLink1.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/externalLink"/></Relationships>'
    )
    content = with_part("xl/_rels/workbook.xml.rels", lambda xml: xml.replace("</Relationships>", link))

    returned = read_back(content, tmp_path)

    assert [finding.code for finding in returned.findings] == ["XPF213"]
    assert returned.department == small_department()


def test_names_and_prefixes_of_parts_do_not_matter(tmp_path: Path) -> None:
    parts = parts_of(CONTENT)
    renamed = {
        name.replace("xl/worksheets/sheet4.xml", "xl/Worksheets/Sheet4.XML"): part for name, part in parts.items()
    }
    spelled = parts["xl/workbook.xml"].decode().replace("r:id=", "rel:id=").replace("xmlns:r=", "xmlns:rel=")

    returned = read_back(packed({**renamed, "xl/workbook.xml": spelled.encode()}), tmp_path)

    assert returned.department == small_department()


@pytest.mark.parametrize(
    "bomb",
    [
        dense("<v>1</v>") + "</sheetData>",
        dense("<f>1</f>") + "</sheetData>",
        "</sheetData><mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 100_001 + "</mergeCells>",
    ],
    ids=["cells", "formulas", "merges"],
)
@pytest.mark.parametrize("comment", ["", "<!-- read the careful way -->"])
def test_what_would_fill_the_memory_is_refused(bomb: str, comment: str, tmp_path: Path) -> None:
    content = with_part(PROJECT_PART, lambda xml: xml.replace("</sheetData>", bomb + comment, 1))

    assert reason(content, tmp_path) == "XPF208"
