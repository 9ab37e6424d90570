"""What lies in a bundle for Linux desktops: a standalone Python with wheels in it, and scripts."""

from __future__ import annotations

import gzip
import io
import posixpath
import re
import tarfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO

from xlperf.bundle.contents import PROGRAM, File, text_of
from xlperf.bundle.wheels import Platform, Wheel, laid_out
from xlperf.model import UnreadableInput

MACHINES = {"x86_64": 0x3E, "aarch64": 0xB7}  # in the header of a program
SCRIPTS = {
    "安装.sh": "install.sh",
    "卸载.sh": "uninstall.sh",
    f"{PROGRAM}/uninstall.sh": "uninstall_installed.sh",
}
ELSEWHERE = b"dist-packages"  # where Debian's own Python looks for packages, and UOS's; ours would not be found
PIECE = 2**20  # bytes read at a time
LARGEST = 200 * 2**20  # bytes of one file of Python
# Of the library: tests, tools for developers, and what other packages the given Python has.
LEFT_OUT = ("test", "idlelib", "turtledemo", "lib2to3", "ensurepip", "site-packages", "__pycache__", "pkgconfig")


def read_python(path: Path, machine: str) -> tuple[Platform, str, dict[str, File]]:
    """The platform of a standalone Python, the path of its program, and the files it needs, by paths below it.

    Raises UnreadableInput where the archive holds no such Python for this machine, or leads out of itself.
    """
    try:
        _check_whole(path)
        with tarfile.open(path, "r:gz") as archive:
            members = {posixpath.normpath(member.name): member for member in archive}
            programs = [match for name in members if (match := re.fullmatch(r"(?:(.+)/)?bin/python3\.(\d+)", name))]
            if len(programs) != 1:
                raise UnreadableInput("bundle_python_not_linux", path=path, machine=machine)
            top, minor = f"{programs[0][1]}/" if programs[0][1] else "", programs[0][2]
            files = {}
            for name, member in members.items():
                below = name.removeprefix(top)
                if name.startswith(top) and _is_needed(below, minor):
                    file = _file(archive, member, below)
                    if file is not None:
                        files[below] = file
    except (OSError, EOFError, ValueError, tarfile.TarError, zlib.error) as error:
        raise UnreadableInput("bundle_part_unreadable", path=path, reason=error) from error
    program = f"bin/python3.{minor}"
    header = files[program].content[:20]
    if header[:4] != b"\x7fELF" or int.from_bytes(header[18:20], "little") != MACHINES[machine]:
        raise UnreadableInput("bundle_python_not_linux", path=path, machine=machine)
    site = files.get(f"lib/python3.{minor}/site.py")
    if site is not None and ELSEWHERE in site.content:
        raise UnreadableInput("bundle_python_of_debian", path=path)
    return Platform("linux", machine, (3, int(minor))), program, files


def _check_whole(path: Path) -> None:
    """Raises OSError, EOFError or zlib.error for a damaged file: `tarfile` takes a damaged header for the end."""
    with gzip.open(path) as packed:
        while packed.read(PIECE):
            pass


def _is_needed(name: str, minor: str) -> bool:
    """Whether Python needs this file to run programs: no headers, manuals, archives of objects, tests."""
    parts = name.split("/")
    if parts[0] == "bin":
        return name == f"bin/python3.{minor}"
    if parts[0] != "lib" or name.endswith(".a"):
        return False
    return not any(part in LEFT_OUT for part in parts)


def _file(archive: tarfile.TarFile, member: tarfile.TarInfo, name: str) -> File | None:
    """A file or link of the archive; None for a folder. Raises ValueError for what a Python does not hold."""
    if member.isdir():
        return None
    if member.issym():
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), member.linkname))
        if member.linkname.startswith("/") or target.startswith(".."):
            raise ValueError(f"{name} -> {member.linkname}")
        return File(b"", link=member.linkname)
    content = archive.extractfile(member) if member.isreg() or member.islnk() else None
    if content is None or member.size > LARGEST:
        raise ValueError(name)
    return File(content.read(), bool(member.mode & 0o100))


def program_files(python: Mapping[str, File], wheels: Iterable[Wheel], platform: Platform) -> dict[str, File]:
    """Python with the wheels in it, by paths below PROGRAM."""
    files = {f"python/{name}": file for name, file in python.items()}
    packages = "python/lib/python{}.{}/site-packages".format(*platform.python)
    for wheel in wheels:
        files.update((path, File(content)) for path, content in laid_out(wheel, packages, "python"))
    return files


def scripts(program: str) -> dict[str, File]:
    """The scripts, by their paths in the bundle; `program` is Python's path below the folder of Python."""
    texts = {path: text_of(name).replace("{python}", f"python/{program}") for path, name in SCRIPTS.items()}
    return {path: File(text.encode(), executable=True) for path, text in texts.items()}


def page(version: str) -> bytes:
    """The page for users."""
    return text_of("page_linux.txt").format(version=version).encode()


def pack(files: Mapping[str, File], top: str, out: IO[bytes]) -> None:
    """Write the files below a folder `top` as a .tar.gz; the same files give the same bytes."""
    with (
        gzip.GzipFile("", "wb", fileobj=out, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, file in sorted(files.items()):
            member = tarfile.TarInfo(f"{top}/{name}")
            if file.link:
                member.type, member.linkname = tarfile.SYMTYPE, file.link
            member.size, member.mode = len(file.content), 0o755 if file.executable else 0o644
            archive.addfile(member, io.BytesIO(file.content))
