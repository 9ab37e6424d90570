"""Parts that do not change keep what a package says of them, whatever they are and however packed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from xlperf.files import unpack
from xlperf.model import UnwritableOutput
from xlperf.ooxml import zip_out
from xlperf.ooxml.zip_out import ZipOut, repacked


def again(content: bytes) -> zipfile.ZipFile:
    """The package written anew, no part of it changed."""
    package = unpack(content)
    return zipfile.ZipFile(io.BytesIO(repacked(package, [(zipfile.ZipInfo(part), None) for part in package])))


@pytest.mark.parametrize(("method", "flags"), [(zipfile.ZIP_STORED, 0), (zipfile.ZIP_BZIP2, 0), (zipfile.ZIP_LZMA, 2)])
def test_a_part_packed_in_any_way_can_be_read_as_before(method: int, flags: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("picture.png", b"seen" * 100, method)

    copy = again(out.getvalue())

    assert copy.read("picture.png") == b"seen" * 100
    assert copy.getinfo("picture.png").flag_bits == flags


def test_a_part_with_its_sizes_behind_it_gets_them_in_front() -> None:
    class Pipe(io.BytesIO):
        def tell(self) -> int:
            raise OSError

    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("picture.png", b"seen" * 100)
    assert zipfile.ZipFile(io.BytesIO(out.getvalue())).getinfo("picture.png").flag_bits == 8

    copy = again(out.getvalue())

    assert copy.read("picture.png") == b"seen" * 100
    assert copy.getinfo("picture.png").flag_bits == 0


def test_a_part_of_more_bytes_than_four_gigabytes_keeps_its_size() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        part = zipfile.ZipInfo("picture.png")
        part.compress_type, part.compress_size, part.file_size = zipfile.ZIP_DEFLATED, 4, 5 * 2**30
        part.CRC = part.header_offset = 0
        out.write(part.FileHeader(zip64=True) + b"0000")
        made.start_dir = out.tell()
        made.filelist.append(part)

    assert again(out.getvalue()).getinfo("picture.png").file_size == 5 * 2**30


def test_a_streamed_part_is_like_any_other() -> None:
    whole, streamed = io.BytesIO(), io.BytesIO()
    with ZipOut(whole) as package:
        package.add("list.xml", b"seen" * 100_000)
    with ZipOut(streamed) as package, package.stream("list.xml") as part:
        for _ in range(100_000):
            part.write(b"seen")

    (theirs,), (ours,) = (zipfile.ZipFile(made).infolist() for made in (whole, streamed))
    assert zipfile.ZipFile(streamed).read("list.xml") == b"seen" * 100_000
    for told in ("filename", "date_time", "create_system", "extract_version", "flag_bits", "CRC", "file_size"):
        assert getattr(ours, told) == getattr(theirs, told), told


def test_no_room_beside_a_streamed_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(zip_out, "IN_MEMORY", 10)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))

    with pytest.raises(UnwritableOutput) as error, ZipOut(io.BytesIO()) as package, package.stream("list.xml") as part:
        part.write(b"seen" * 100)
    assert error.value.key == "temporary_unwritable"
