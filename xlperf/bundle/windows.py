"""What lies in a bundle for Windows: the embeddable Python with wheels in it, and files that cmd.exe runs.

Files of cmd.exe are written in the code page of a Chinese Windows, and only in characters of GB 2312: no byte of
theirs means anything to cmd.exe, whatever the code page. Paths in them are ASCII or variables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO

from xlperf.bundle.contents import PROGRAM, File, text_of
from xlperf.bundle.wheels import Platform, Wheel, laid_out
from xlperf.files import Refused, fetch, unpack
from xlperf.model import UnreadableInput
from xlperf.ooxml.zip_out import ZipOut

PACKAGES = r"Lib\site-packages"
SCRIPTS = {
    "安装.cmd": "install.cmd",
    "卸载.cmd": "uninstall.cmd",
    f"{PROGRAM}/uninstall.cmd": "uninstall.cmd",
    f"{PROGRAM}/bin/xlperf.cmd": "xlperf.cmd",
}
AMD64 = 0x8664  # machine in the header of a program


def read_python(path: Path) -> tuple[Platform, dict[str, bytes]]:
    """The platform of an embeddable Python and its files, which look for packages from now on.

    Raises UnreadableInput where the file is not Windows' embeddable Python for x86_64.
    """
    try:
        package = unpack(fetch(path))
        files = {package.spelled(name): package[name] for name in package}
    except Refused as refused:
        raise UnreadableInput("bundle_part_unreadable", path=path, reason=refused.values.get("reason", "")) from refused
    found = [match for name in files if (match := re.fullmatch(r"python3(\d+)\._pth", name))]
    if len(found) != 1 or _machine(files.get("python.exe", b"")) != AMD64:
        raise UnreadableInput("bundle_python_not_windows", path=path)
    paths = (f"python3{found[0][1]}.zip", ".", PACKAGES, "import site")
    files[found[0][0]] = "\r\n".join(paths).encode()
    return Platform("windows", "x86_64", (3, int(found[0][1]))), files


def _machine(program: bytes) -> int:
    """The machine a Windows program is for; 0 where it is none."""
    at = int.from_bytes(program[0x3C:0x40], "little")
    is_program = program.startswith(b"MZ") and program[at : at + 4] == b"PE\0\0"
    return int.from_bytes(program[at + 4 : at + 6], "little") if is_program else 0


def program_files(python: Mapping[str, bytes], wheels: Iterable[Wheel]) -> dict[str, File]:
    """Python with the wheels in it, by paths below PROGRAM. DLLs of wheels lie beside python.exe, where VBA looks."""
    files = {f"python/{name}": File(content) for name, content in python.items()}
    packages = f"python/{PACKAGES}".replace("\\", "/")
    for wheel in wheels:
        files.update((path, File(content)) for path, content in laid_out(wheel, packages, "python"))
    return files


def scripts() -> dict[str, File]:
    """The files that cmd.exe runs, by their paths in the bundle."""
    return {path: File(text_of(name).replace("\n", "\r\n").encode("gb2312")) for path, name in SCRIPTS.items()}


def page(version: str) -> bytes:
    """The page for users; Notepad knows its encoding by the mark in front."""
    return text_of("page_windows.txt").format(version=version).replace("\n", "\r\n").encode("utf-8-sig")


def pack(files: Mapping[str, File], out: IO[bytes]) -> None:
    """Write the files as a zip; the same files give the same bytes."""
    with ZipOut(out) as package:
        for name, file in sorted(files.items()):
            package.add(name, file.content)
