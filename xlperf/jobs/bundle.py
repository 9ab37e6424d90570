"""Builds the packages that bring xlperf, with a Python of its own, to PCs without internet."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from xlperf import __version__
from xlperf.bundle import linux, windows
from xlperf.bundle.contents import FILE, PAGE, PROGRAM, File, contents
from xlperf.bundle.own import own_wheel, readme
from xlperf.bundle.wheels import Platform, Wheel, by_pip, in_folder, needed, read_wheel
from xlperf.files import reserved
from xlperf.hosts.excel.addin import build_xlam
from xlperf.hosts.excel.installed import xlwings_version
from xlperf.hosts.libreoffice import build_oxt
from xlperf.hosts.manual import manual_page
from xlperf.jobs.addin import OXT, XLAM
from xlperf.model import XlperfError

LICENSE_OF_PYTHON = "PSF-2.0"


class Built(NamedTuple):
    """What a bundle holds: SHA-256 of the Python given, the packages, the number of files, their bytes unpacked."""

    python: str
    packages: Sequence[Wheel]
    files: int
    size: int


def build_windows(python: Path, target: Path, *, wheels: Path | None = None, force: bool = False) -> Built:
    """Write the bundle for Windows, with the embeddable Python given and wheels of a folder, or those pip fetches.

    Raises XlperfError that names wheels that are missing, UnreadableInput for another Python, UnwritableOutput.
    """
    with reserved(target, force=force) as put:
        platform, files_of_python = windows.read_python(python)
        chosen = _wheels(platform, ("excel",), wheels)
        program = {**windows.program_files(files_of_python, chosen), f"addins/{XLAM}": File(_xlam(chosen))}
        about = _about(platform, "python/python.exe", python, chosen)
        files = _bundle(program, windows.scripts(), windows.page(__version__), about)
        put(lambda out: windows.pack(files, out))
    return _built(about, chosen, files)


def build_linux(
    python: Path, target: Path, *, machine: str = "x86_64", wheels: Path | None = None, force: bool = False
) -> Built:
    """Write the bundle for Linux desktops, with the standalone Python given. Raises as `build_windows`."""
    with reserved(target, force=force) as put:
        platform, path, files_of_python = linux.read_python(python, machine)
        chosen = _wheels(platform, (), wheels)
        about = _about(platform, f"python/{path}", python, chosen)
        program = linux.program_files(files_of_python, chosen, platform)
        files = _bundle(program, linux.scripts(path), linux.page(__version__), about)
        put(lambda out: linux.pack(files, f"xlperf-linux-{machine}", out))
    return _built(about, chosen, files)


def _wheels(platform: Platform, extras: Iterable[str], folder: Path | None) -> list[Wheel]:
    """Our own wheel, which the folder may have too, and those it needs."""
    own = own_wheel()
    if folder is not None:
        find = in_folder(folder, platform)
        given = find(own.requirement)
        return needed(read_wheel(given) if given else own, extras, platform, find)
    with tempfile.TemporaryDirectory() as fetched:
        return needed(own, extras, platform, by_pip(Path(fetched), platform))


def _xlam(wheels: Iterable[Wheel]) -> bytes:
    """Excel's add-in for the xlwings among the wheels. Raises XlperfError where another one is installed here."""
    content, here = build_xlam(), xlwings_version()
    for wheel in wheels:
        if wheel.name == "xlwings" and wheel.version != here:
            raise XlperfError("bundle_xlwings_other", version=wheel.version, here=here)
    return content


def _about(platform: Platform, program: str, python: Path, wheels: Iterable[Wheel]) -> dict[str, object]:
    """What the list of contents says before it lists files; `program` is the path of Python's."""
    digest = hashlib.sha256(python.read_bytes()).hexdigest()
    version = "{}.{}".format(*platform.python)
    return {
        "name": "xlperf",
        "version": __version__,
        "system": platform.system,
        "machine": platform.machine,
        "program": program,
        "python": {"version": version, "license": LICENSE_OF_PYTHON, "file": python.name, "sha256": digest},
        "packages": [
            {"name": w.name, "version": w.version, "license": w.license, "file": w.file, "sha256": w.sha256}
            for w in wheels
        ],
    }


def _bundle(
    program: Mapping[str, File], scripts: Mapping[str, File], page: bytes, about: Mapping[str, object]
) -> dict[str, File]:
    """Every file of a bundle: what is installed, in PROGRAM, with the list of it, and what lies beside."""
    inside = f"{PROGRAM}/"
    installed = {
        **program,
        **{path.removeprefix(inside): file for path, file in scripts.items() if path.startswith(inside)},
        f"addins/{OXT}": File(build_oxt()),
        "docs/README.md": File(readme().encode()),
        "docs/函数手册.txt": File(manual_page().encode("utf-8-sig")),
        f"docs/{PAGE}": File(page),
    }
    return {
        **{f"{PROGRAM}/{path}": file for path, file in installed.items()},
        **{path: file for path, file in scripts.items() if not path.startswith(inside)},
        f"{PROGRAM}/{FILE}": File(contents(about, installed)),
        PAGE: File(page),
    }


def _built(about: Mapping[str, object], wheels: Sequence[Wheel], files: Mapping[str, File]) -> Built:
    python = about["python"]
    assert isinstance(python, dict)
    return Built(python["sha256"], wheels, len(files), sum(len(file.content) for file in files.values()))
