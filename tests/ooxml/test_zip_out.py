"""Parts that do not change keep what a package says of them, whatever they are and however packed."""

from __future__ import annotations

import io
import zipfile

import pytest

from xlperf.files import unpack
from xlperf.ooxml.zip_out import repacked


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
