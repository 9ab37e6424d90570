"""Our VBA projects beside two that Excel saved and xlwings ships: record by record, every difference by its name.

`quickstart.xlsm` is as Excel wrote it; `xlwings.xlam` refers to the same two libraries as ours.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlwings
from hosts.excel.vba_records import Directory, Record, directory
from oletools.olevba import decompress_stream

from xlperf.hosts.excel import compound
from xlperf.hosts.excel.macros import workbook_project

SHIPPED = Path(xlwings.__file__).parent

Streams = dict[str, bytes]


def from_excel(file: str) -> Streams:
    return compound.read(zipfile.ZipFile(SHIPPED / file).read("xl/vbaProject.bin"))


@pytest.fixture(scope="module")
def ours() -> Streams:
    return compound.read(workbook_project(["Sheet1", "Sheet2"]))


@pytest.fixture(scope="module")
def workbook() -> Streams:
    return from_excel("quickstart.xlsm")


@pytest.fixture(scope="module")
def addin() -> Streams:
    return from_excel("addin/xlwings.xlam")


def meanings(records: Sequence[Record]) -> list[str]:
    return [record.meaning for record in records]


def differing(theirs: Sequence[Record], ours: Sequence[Record]) -> dict[str, tuple[bytes, bytes]]:
    """Meaning → (their content, ours) where it differs; the records must be the same ones in the same order."""
    assert meanings(ours) == meanings(theirs)
    return {a.meaning: (a.content, b.content) for a, b in zip(theirs, ours, strict=True) if a != b}


def parsed(streams: Streams) -> Directory:
    return directory(streams["VBA/dir"])


def test_the_streams_are_those_of_excel(ours: Streams, workbook: Streams) -> None:
    assert {name for name in ours if not name.startswith("VBA/xl")} == set(workbook) - {"VBA/Module1"}
    assert {name for name in ours if name.startswith("VBA/xl")} == {
        "VBA/xlwings",
        "VBA/xlwings_udfs",
        "VBA/xlperf_wizard",
    }


def test_facts_about_the_project(ours: Streams, addin: Streams) -> None:
    differences = differing(parsed(addin).project, parsed(ours).project)
    version, our_version = differences.pop("version")  # how often it was saved

    assert differences == {
        "system kind": (b"\3\0\0\0", b"\1\0\0\0"),  # saved by a 64-bit Excel; 32-bit ones write 1
        "project name": (b"xlwings", b"VBAProject"),  # ours is what Excel calls a project that nobody named
        "code page": (b"\xe4\x04", b"\xa8\x03"),  # 1252 of Western Windows, 936 of Chinese Windows
    }
    assert our_version == bytes.fromhex("B5A7A15F 0100")
    assert len(version) == len(our_version)


def test_a_32_bit_excel_writes_the_system_kind_that_ours_says(ours: Streams) -> None:
    kind = parsed(from_excel("quickstart_addin.xlam")).project[0]

    assert parsed(ours).project[0] == kind == Record("system kind", b"\1\0\0\0")


def test_newer_versions_of_excel_add_one_fact(ours: Streams, workbook: Streams) -> None:
    theirs = meanings(parsed(workbook).project)

    assert theirs.pop(1) == "compatible version"  # optional
    assert theirs == meanings(parsed(ours).project)


def test_the_two_libraries_referred_to_are_written_as_excel_writes_them(ours: Streams, addin: Streams) -> None:
    assert parsed(ours).references == parsed(addin).references
    assert meanings(parsed(ours).references) == 2 * ["reference", "reference, wide", "registered library"]


def test_references_of_their_workbook_that_ours_does_without(ours: Streams, workbook: Streams) -> None:
    def names(streams: Streams) -> list[str]:
        return [r.content.decode() for r in parsed(streams).references if r.meaning == "reference"]

    # Forms: no form in ours; xlwings: the add-in, whose VBA ours brings along; stdole: what Excel itself begins with.
    assert names(workbook) == ["MSForms", "MSForms", "Office", "xlwings"]
    assert names(ours) == ["stdole", "Office"]


def test_the_list_of_modules(ours: Streams, workbook: Streams) -> None:
    differences = differing(parsed(workbook).list_of_modules, parsed(ours).list_of_modules)

    assert differences["modules"] == (b"\4\0", b"\6\0")
    assert differences["cookie"][1] == b"\xff\xff"  # as the specification asks of writers; readers ignore it
    assert list(parsed(ours).modules) == [
        *("ThisWorkbook", "Sheet1", "Sheet2", "xlwings", "xlwings_udfs", "xlperf_wizard")
    ]


@pytest.mark.parametrize("name", ["ThisWorkbook", "Sheet1", "Sheet2"])
def test_a_document_module(ours: Streams, workbook: Streams, name: str) -> None:
    differences = differing(parsed(workbook).modules[name], parsed(ours).modules[name])

    assert {meaning: our_content for meaning, (_, our_content) in differences.items()} == {
        "source offset": bytes(4),  # nothing compiled stands before the source
        "module cookie": b"\xff\xff",
    }
    assert meanings(parsed(ours).modules[name])[-2:] == ["document or class module", "end of module"]


@pytest.mark.parametrize("name", ["xlwings", "xlwings_udfs", "xlperf_wizard"])
def test_a_standard_module(ours: Streams, workbook: Streams, name: str) -> None:
    differences = differing(parsed(workbook).modules["Module1"], parsed(ours).modules[name])
    wide = name.encode("utf-16-le")

    assert {meaning: our_content for meaning, (_, our_content) in differences.items()} == {
        "module": name.encode(),
        "module, wide": wide,
        "stream": name.encode(),
        "stream, wide": wide,
        "source offset": bytes(4),
        "module cookie": b"\xff\xff",
    }
    assert meanings(parsed(ours).modules[name])[-2:] == ["standard module", "end of module"]


def described(streams: Streams) -> list[str]:
    """The lines of the readable description, without what is encrypted by chance and where windows stood."""
    lines = []
    for line in streams["PROJECT"].decode("gbk").split("\r\n"):
        key, _, value = line.partition("=")
        if key in ("ID", "CMG", "DPB", "GC"):
            line = key
        elif value.endswith((", C", ", Z")):
            line = f"{key}=window"
        if "Module1" not in line and not key.startswith("xl") and not value.startswith("xl"):
            lines.append(line)
    return lines


def test_the_readable_description(ours: Streams, workbook: Streams) -> None:
    expected = [
        "ID",
        "Document=ThisWorkbook/&H00000000",
        "Document=Sheet1/&H00000000",
        "Document=Sheet2/&H00000000",
        'Name="VBAProject"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        *("CMG", "DPB", "GC"),
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *("ThisWorkbook=window", "Sheet1=window", "Sheet2=window"),
        "",
    ]

    assert described(workbook) == expected
    assert described(ours) == expected
    listed = [line for line in ours["PROJECT"].decode("gbk").split("\r\n") if line.partition("=")[2].startswith("xl")]
    assert listed == ["Module=xlwings", "Module=xlwings_udfs", "Module=xlperf_wizard"]


def names_in(stream: bytes) -> list[tuple[str, str]]:
    """The names in PROJECTwm: in the code page and in UTF-16, one pair for each module."""
    pairs = []
    while stream != b"\0\0":
        name, _, rest = stream.partition(b"\0")
        end = 2 * len(name.decode("gbk"))
        assert rest[end : end + 2] == b"\0\0"
        pairs.append((name.decode("gbk"), rest[:end].decode("utf-16-le")))
        stream = rest[end + 2 :]
    return pairs


def test_the_names_of_modules_in_both_encodings(ours: Streams, workbook: Streams) -> None:
    assert names_in(workbook["PROJECTwm"]) == [(name, name) for name in parsed(workbook).modules]
    assert names_in(ours["PROJECTwm"]) == [(name, name) for name in parsed(ours).modules]


def test_what_stands_for_compiled_code_where_there_is_none(ours: Streams, workbook: Streams, addin: Streams) -> None:
    assert ours["VBA/_VBA_PROJECT"] == addin["VBA/_VBA_PROJECT"] == bytes.fromhex("CC61 FFFF 00 0100")
    assert workbook["VBA/_VBA_PROJECT"][:2] == bytes.fromhex("CC61")
    assert len(workbook["VBA/_VBA_PROJECT"]) > 1000  # which Excel writes once it has compiled


@pytest.mark.parametrize("name", ["Sheet1", "Sheet2"])
def test_the_source_of_an_empty_sheet_is_excel_s(ours: Streams, workbook: Streams, name: str) -> None:
    [offset] = [r.content for r in parsed(workbook).modules[name] if r.meaning == "source offset"]

    theirs = workbook[f"VBA/{name}"][int.from_bytes(offset, "little") :]
    # Excel's compression finds other matches; the text is the same.
    assert decompress_stream(bytearray(ours[f"VBA/{name}"])) == decompress_stream(bytearray(theirs))
