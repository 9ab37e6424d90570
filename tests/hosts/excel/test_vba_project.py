"""The VBA project from source: what is written is read back exactly, by ours and by a second reader."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import olefile
import pytest
import xlwings
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import VBA_Parser, decompress_stream

from xlperf.hosts.excel import compound
from xlperf.hosts.excel.compression import CHUNK, Damaged, compress, decompress
from xlperf.hosts.excel.macros import workbook_modules, workbook_project
from xlperf.hosts.excel.vba_project import (
    LONGEST_LINE,
    NO_CACHE,
    encoded,
    sheet_module,
    standard_module,
    workbook_module,
    write_project,
)

FROM_EXCEL = Path(xlwings.__file__).parent / "addin" / "xlwings.xlam"
CODE_NAMES = ["Sheet1", "Sheet2", "Sheet3"]

repetitive = st.text(alphabet="ab\r\n 中", max_size=3 * CHUNK).map(encoded)


def olevba(project: bytes) -> dict[str, str]:
    """Module → source, as olevba reads them."""
    parser = VBA_Parser("vbaProject.bin", project)
    return {stream.removeprefix("VBA/"): source for _, stream, _, source in parser.extract_macros()}


@given(repetitive)
def test_compressed_text_comes_back(text: bytes) -> None:
    assert decompress(compress(text)) == text


@given(repetitive.filter(bool))
def test_a_second_reader_takes_what_was_compressed(text: bytes) -> None:
    assert bytes(decompress_stream(bytearray(compress(text)))) == text


def test_a_run_longer_than_a_token_can_say_is_split() -> None:
    text = b"x" * 3 * CHUNK

    assert decompress(compress(text)) == text
    assert len(compress(text)) < 40


def test_bytes_that_do_not_compress_are_kept_raw() -> None:
    noise = bytes(i * i * 2654435761 >> 13 & 0xFF for i in range(CHUNK))
    assert len(compress(noise)) == 1 + 2 + CHUNK

    assert decompress(compress(noise)) == noise


@pytest.mark.parametrize("damaged", [b"", b"\0", b"\x01\xff\xbf", b"\x01\x00\x00abc", b"\x01\x02\xb0\x01\xff\xff"])
def test_what_is_not_compressed_is_told(damaged: bytes) -> None:
    with pytest.raises(Damaged):
        decompress(damaged)


@given(st.dictionaries(st.sampled_from(["A", "PROJECT", "VBA/dir", "VBA/中文", "a/b/c"]), st.binary(max_size=9000)))
def test_streams_of_a_compound_file_come_back(streams: dict[str, bytes]) -> None:
    assert compound.read(compound.write(streams)) == dict(sorted(streams.items()))


@given(st.dictionaries(st.text("abcXYZ", min_size=1, max_size=9), st.binary(max_size=200), max_size=40))
def test_a_second_reader_finds_every_stream(streams: dict[str, bytes]) -> None:
    streams = {f"s/{name}": content for name, content in {n.casefold(): c for n, c in streams.items()}.items()}
    file = olefile.OleFileIO(io.BytesIO(compound.write({"first": b"", **streams})))

    for path, content in streams.items():
        assert file.openstream(path).read() == content


def test_a_compound_file_from_excel_is_read() -> None:
    project = zipfile.ZipFile(FROM_EXCEL).read("xl/vbaProject.bin")
    file = olefile.OleFileIO(io.BytesIO(project))

    assert compound.read(project) == {"/".join(path): file.openstream(path).read() for path in file.listdir()}


@pytest.mark.parametrize("cut", [0, 8, 100, 600, 3000, -512, -1])
def test_a_truncated_compound_file_is_told(cut: int) -> None:
    whole = workbook_project(CODE_NAMES)

    with pytest.raises(compound.Damaged):
        compound.read(whole[:cut])


def test_olevba_reads_back_every_module_exactly() -> None:
    modules = workbook_modules(CODE_NAMES)

    assert olevba(workbook_project(CODE_NAMES)) == {module.name: module.source for module in modules}


def test_chinese_comes_back() -> None:
    modules = [workbook_module("'截至≥÷—的说明"), sheet_module("Sheet1"), standard_module("m", 'Const A = "绩效"')]

    assert olevba(write_project(modules)) == {module.name: module.source for module in modules}


def test_documents_are_the_workbook_and_its_sheets() -> None:
    listed = compound.read(workbook_project(CODE_NAMES))["PROJECT"].decode("gbk").split("\r\n")

    documents = [line for line in listed if line.startswith("Document=")]
    assert documents == [f"Document={name}/&H00000000" for name in ("ThisWorkbook", *CODE_NAMES)]
    assert [line for line in listed if line.startswith("Module=")] == [
        "Module=xlwings",
        "Module=xlwings_udfs",
        "Module=xlperf_wizard",
    ]


def test_nothing_is_compiled() -> None:
    streams = compound.read(workbook_project(CODE_NAMES))

    assert streams["VBA/_VBA_PROJECT"] == NO_CACHE
    assert not [name for name in streams if "SRP" in name]


def test_same_modules_same_bytes() -> None:
    assert workbook_project(CODE_NAMES) == workbook_project(CODE_NAMES)


def test_every_line_ends_in_crlf_and_is_short_enough() -> None:
    for module in workbook_modules(CODE_NAMES):
        lines = module.source.split("\r\n")
        assert lines.pop() == ""
        assert not [line for line in lines if "\n" in line or "\r" in line or len(encoded(line)) > LONGEST_LINE]


def test_a_line_vba_would_cut_is_refused() -> None:
    with pytest.raises(ValueError, match="no line this long"):
        standard_module("m", "'" + "长" * LONGEST_LINE)


def decrypted(field: str) -> tuple[int, bytes]:
    """Project key and content of an encrypted field of the PROJECT stream (MS-OVBA 2.4.3.3)."""
    data = bytes.fromhex(field)
    seed, version, key = data[0], data[1], data[2]
    project_key = plain = seed ^ key
    before, last = version, key
    out = bytearray()
    for byte in data[3:]:
        plain = byte ^ (before + plain) & 0xFF
        before, last = last, byte
        out.append(plain)
    content = out[(seed & 6) // 2 :]
    return project_key, bytes(content[4 : 4 + int.from_bytes(content[:4], "little")])


def test_the_project_is_neither_locked_nor_hidden() -> None:
    lines = compound.read(workbook_project(CODE_NAMES))["PROJECT"].decode("gbk").split("\r\n")
    fields = dict(line.split("=", 1) for line in lines if line.startswith(("ID", "CMG", "DPB", "GC")))
    key = sum(fields["ID"].strip('"').encode()) & 0xFF

    assert decrypted(fields["CMG"].strip('"')) == (key, bytes(4))
    assert decrypted(fields["DPB"].strip('"')) == (key, b"\0")
    assert decrypted(fields["GC"].strip('"')) == (key, b"\xff")
