"""Wheels and Pythons of a few bytes, and wheels made again of what is installed here; no network is asked."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path


def wheel(
    folder: Path, name: str, version: str, tag: str, *requires: str, parts: Mapping[str, str] | None = None
) -> None:
    """A wheel that says what it requires."""
    about = "".join(f"Requires-Dist: {each}\n" for each in requires)
    said = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nLicense: MIT\n{about}"
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / f"{name}-{version}-{tag}.whl", "w") as made:
        for path, text in (parts or {f"{name}.py": ""}).items():
            made.writestr(path, text)
        made.writestr(f"{name}-{version}.dist-info/METADATA", said)


def installed_wheel(folder: Path, name: str) -> None:
    """The wheel of a package that is installed here, for this platform; what pip adds is left out."""
    distribution = metadata.distribution(name)
    tags = [line[5:] for line in (distribution.read_text("WHEEL") or "").splitlines() if line.startswith("Tag: ")]
    stem = f"{distribution.metadata['Name'].replace('-', '_')}-{distribution.version}"
    tag = "-".join(".".join(sorted(set(each))) for each in zip(*(tag.split("-") for tag in tags), strict=True))
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / f"{stem}-{tag}.whl", "w") as made:
        for file in distribution.files or ():
            if ".." not in file.parts and file.suffix != ".pyc":
                made.writestr(file.as_posix(), file.read_binary())


def windows_python(path: Path, machine: int = 0x8664, version: str = "313") -> Path:
    """An embeddable Python: its program is for the machine, and does nothing."""
    program = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40) + b"PE\0\0" + struct.pack("<H", machine)
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("python.exe", program)
        made.writestr(f"python{version}._pth", f"python{version}.zip\n.\n#import site\n")
        made.writestr(f"python{version}.zip", b"library")
        made.writestr("LICENSE.txt", b"PSF")
    return path


def linux_python(
    path: Path, machine: int = 0xB7, links: Mapping[str, str] | None = None, site: bytes = b"site-packages"
) -> Path:
    """A standalone Python: its program is for the machine, and does nothing."""
    files = {
        "python/bin/python3.11": b"\x7fELF".ljust(18, b"\0") + struct.pack("<H", machine),
        "python/bin/pip3": b"pip",
        "python/include/Python.h": b"header",
        "python/lib/libpython3.11.so.1.0": b"library",
        "python/lib/python3.11/os.py": b"os",
        "python/lib/python3.11/site.py": site,
        "python/lib/python3.11/test/test_os.py": b"test",
        "python/lib/python3.11/site-packages/pip/__init__.py": b"pip",
    }
    with tarfile.open(path, "w:gz") as made:
        for name in ("python", "python/bin", "python/lib"):
            member = tarfile.TarInfo(name)
            member.type = tarfile.DIRTYPE
            made.addfile(member)
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(content), 0o755 if "/bin/" in name else 0o644
            made.addfile(member, io.BytesIO(content))
        for name, target in (links or {}).items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, target
            made.addfile(member)
    return path
