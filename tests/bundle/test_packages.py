"""What lies in the packages for Windows and for Linux desktops."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from bundle.made_up import linux_python, wheel, windows_python

from xlperf import __version__
from xlperf.bundle.contents import damage, read_contents
from xlperf.bundle.windows import scripts
from xlperf.cli.main import main
from xlperf.hosts.excel.installed import xlwings_version
from xlperf.jobs.bundle import build_linux, build_windows
from xlperf.model import UnreadableInput, UnwritableOutput, XlperfError

XLWINGS = xlwings_version()
NEEDED = ("openpyxl-3.1.5", "pydantic-2.14.4", "xlsxwriter-3.3.1", "rich-15.0.0")


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    for name in NEEDED:
        wheel(folder, *name.split("-"), "py3-none-any", *["core==2"] * name.startswith("pydantic"))
    for tag in ("cp313-cp313-win_amd64", "cp311-cp311-manylinux2014_aarch64", "cp311-cp311-manylinux2014_x86_64"):
        wheel(folder, "core", "2", tag, parts={"core.txt": tag})
    dlls = {f"xlwings-{XLWINGS}.data/data/xlwings{bits}-{XLWINGS}.dll": "dll" for bits in (32, 64)}
    wheel(folder, "xlwings", XLWINGS, "cp313-cp313-win_amd64", 'pywin32; sys_platform == "win32"', parts=dlls)
    wheel(folder, "pywin32", "312", "cp313-cp313-win_amd64")
    return folder


def files_of(package: Path) -> dict[str, bytes]:
    """Files by their paths; of links where they lead."""
    if package.suffix == ".zip":
        with zipfile.ZipFile(package) as content:
            return {name: content.read(name) for name in content.namelist()}
    with tarfile.open(package) as archive:
        opened = {member.name: archive.extractfile(member) for member in archive if not member.issym()}
        return {name.partition("/")[2]: file.read() for name, file in opened.items() if file}


def assert_listed(files: Mapping[str, bytes]) -> dict[str, object]:
    """The list of contents tells of every file that is installed but itself, with its SHA-256."""
    said = json.loads(files["program/contents.json"])
    installed = {name.removeprefix("program/"): content for name, content in files.items() if "program/" in name}
    del installed["contents.json"]
    assert said["files"] == {name: hashlib.sha256(content).hexdigest() for name, content in installed.items()}
    return dict(said)


def test_for_windows(tmp_path: Path, wheels: Path) -> None:
    python = windows_python(tmp_path / "python-3.13.0-embed-amd64.zip")
    target = tmp_path / "xlperf-win64.zip"

    built = build_windows(python, target, wheels=wheels)

    files = files_of(target)
    said = assert_listed(files)
    digest = hashlib.sha256(python.read_bytes()).hexdigest()
    assert (built.python, built.files, built.size) == (digest, len(files), sum(map(len, files.values())))
    assert (said["version"], said["system"], said["machine"]) == (__version__, "windows", "x86_64")
    assert said["python"] == {"version": "3.13", "license": "PSF-2.0", "file": python.name, "sha256": digest}
    packages = said["packages"]
    assert isinstance(packages, list)
    names = ["core", "openpyxl", "pydantic", "pywin32", "rich", "xlperf", "xlsxwriter", "xlwings"]
    assert [each["name"] for each in packages] == names
    assert {each["license"] for each in packages} == {"MIT"}
    assert {name for name in files if "program/" not in name} == {"安装.cmd", "卸载.cmd", "使用说明.txt"}
    python_files = sorted(name for name in files if name.startswith("program/python/") and "Lib/" not in name)
    assert [name.removeprefix("program/python/") for name in python_files] == [
        "LICENSE.txt",
        "python.exe",
        "python313._pth",
        "python313.zip",
        f"xlwings32-{XLWINGS}.dll",
        f"xlwings64-{XLWINGS}.dll",
    ]
    assert files["program/python/python313._pth"] == b"python313.zip\r\n.\r\nLib\\site-packages\r\nimport site"
    packages_folder = "program/python/Lib/site-packages/"
    assert files[f"{packages_folder}core.txt"] == b"cp313-cp313-win_amd64"
    assert f"{packages_folder}xlperf/jobs/example/document.txt" in files
    assert not [name for name in files if "xlperf/dev/" in name or "__pycache__" in name]
    assert zipfile.is_zipfile(io.BytesIO(files["program/addins/xlperf.xlam"]))
    assert zipfile.is_zipfile(io.BytesIO(files["program/addins/xlperf.oxt"]))
    assert files["program/docs/README.md"].startswith(b"# xlperf")


def test_the_same_again(tmp_path: Path, wheels: Path) -> None:
    windows, linux = windows_python(tmp_path / "python.zip"), linux_python(tmp_path / "python.tar.gz")
    for name in ("1", "2"):
        build_windows(windows, tmp_path / f"{name}.zip", wheels=wheels)
        build_linux(linux, tmp_path / f"{name}.tar.gz", machine="aarch64", wheels=wheels)

    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    assert (tmp_path / "1.tar.gz").read_bytes() == (tmp_path / "2.tar.gz").read_bytes()


def test_for_arm64(tmp_path: Path, wheels: Path) -> None:
    python = linux_python(tmp_path / "python.tar.gz", links={"python/lib/libpython3.11.so": "libpython3.11.so.1.0"})
    target = tmp_path / "xlperf-linux.tar.gz"

    build_linux(python, target, machine="aarch64", wheels=wheels)

    files = files_of(target)
    said = assert_listed(files)
    assert (said["machine"], said["program"]) == ("aarch64", "python/bin/python3.11")
    packages = said["packages"]
    assert isinstance(packages, list)
    assert [each["name"] for each in packages] == ["core", "openpyxl", "pydantic", "rich", "xlperf", "xlsxwriter"]
    assert files["program/python/lib/python3.11/site-packages/core.txt"] == b"cp311-cp311-manylinux2014_aarch64"
    python_files = [name for name in files if name.startswith("program/python/") and "site-packages" not in name]
    assert [name.removeprefix("program/python/") for name in python_files] == [
        "bin/python3.11",
        "lib/libpython3.11.so.1.0",
        "lib/python3.11/os.py",
        "lib/python3.11/site.py",
    ]
    with tarfile.open(target) as archive:
        assert {member.name.partition("/")[0] for member in archive} == {"xlperf-linux-aarch64"}
        executables = [member.name.partition("/")[2] for member in archive if member.mode == 0o755]
        links = {member.name.rpartition("/")[2]: member.linkname for member in archive if member.issym()}
    assert executables == ["program/python/bin/python3.11", "program/uninstall.sh", "卸载.sh", "安装.sh"]
    assert links == {"libpython3.11.so": "libpython3.11.so.1.0"}


@pytest.mark.skipif(os.environ.get("XLPERF_CI") != "1", reason="in CI only: pip asks the index")
def test_what_pip_fetches_for_arm64_is_for_arm64(tmp_path: Path) -> None:
    """By the machine in the header of every library, whatever the tags of the wheels say."""
    target = tmp_path / "xlperf.tar.gz"

    build_linux(linux_python(tmp_path / "python.tar.gz"), target, machine="aarch64")

    libraries = {name: content for name, content in files_of(target).items() if content.startswith(b"\x7fELF")}
    assert {content[18:20] for content in libraries.values()} == {b"\xb7\0"}
    assert [name for name in libraries if "/pydantic_core/" in name]


def test_files_of_cmd_hold_nothing_that_a_code_page_could_change() -> None:
    """Both bytes of a character of GB 2312 are above 0xA0; lines end as cmd.exe wants."""
    for path, file in scripts().items():
        assert file.content.decode("gb2312").isprintable() or b"\r\n" in file.content, path
        assert file.content.count(b"\n") == file.content.count(b"\r\n") > 0
        commands = [line for line in file.content.decode("gb2312").splitlines() if "echo" not in line]
        assert all(line.isascii() for line in commands), path


@pytest.mark.parametrize("machine", [0x14C, 0xAA64])
def test_another_python_is_refused(tmp_path: Path, wheels: Path, machine: int) -> None:
    target = tmp_path / "xlperf.zip"
    with pytest.raises(UnreadableInput, match="embeddable"):
        build_windows(windows_python(tmp_path / "python.zip", machine), target, wheels=wheels)
    with pytest.raises(UnreadableInput, match=r"bin/python3\.x"):
        build_linux(linux_python(tmp_path / "python.tar.gz"), target, machine="x86_64", wheels=wheels)
    for damaged in (build_windows, build_linux):
        with pytest.raises(UnreadableInput, match="无法读取"):
            damaged(wheels / "rich-15.0.0-py3-none-any.whl" if damaged is build_linux else tmp_path / "no", target)

    assert not target.exists()


def test_a_python_that_looks_for_packages_elsewhere_is_refused(tmp_path: Path, wheels: Path) -> None:
    python = linux_python(tmp_path / "python.tar.gz", site=b'return "/usr/lib/python3/dist-packages"')

    with pytest.raises(UnreadableInput, match="系统自带的 Python"):
        build_linux(python, tmp_path / "xlperf.tar.gz", machine="aarch64", wheels=wheels)


@pytest.mark.parametrize("at", [40, 200, -5])
def test_a_damaged_archive_is_named(tmp_path: Path, wheels: Path, at: int) -> None:
    python = linux_python(tmp_path / "python.tar.gz")
    content = bytearray(python.read_bytes())
    content[at] ^= 0xFF
    python.write_bytes(content)

    with pytest.raises(UnreadableInput, match=r"python\.tar\.gz 无法读取"):
        build_linux(python, tmp_path / "xlperf.tar.gz", machine="aarch64", wheels=wheels)


@pytest.mark.parametrize("link", ["/usr/lib/libz.so", "../../../etc/passwd"])
def test_a_python_that_leads_out_of_itself_is_refused(tmp_path: Path, wheels: Path, link: str) -> None:
    python = linux_python(tmp_path / "python.tar.gz", links={"python/lib/libz.so": link})

    with pytest.raises(UnreadableInput, match="无法读取"):
        build_linux(python, tmp_path / "xlperf.tar.gz", machine="aarch64", wheels=wheels)


def test_what_is_missing_is_named_and_nothing_written(tmp_path: Path, wheels: Path) -> None:
    (wheels / "pywin32-312-cp313-cp313-win_amd64.whl").unlink()
    python, target = windows_python(tmp_path / "python.zip"), tmp_path / "xlperf.zip"

    with pytest.raises(XlperfError, match="pywin32"):
        build_windows(python, target, wheels=wheels)
    assert not target.exists()

    target.write_bytes(b"old")
    with pytest.raises(UnwritableOutput):
        build_windows(python, target, wheels=wheels)
    assert target.read_bytes() == b"old"


def test_an_add_in_for_another_xlwings_is_not_packed(tmp_path: Path, wheels: Path) -> None:
    (wheels / f"xlwings-{XLWINGS}-cp313-cp313-win_amd64.whl").unlink()
    wheel(wheels, "xlwings", "0.33.1", "cp313-cp313-win_amd64")

    with pytest.raises(XlperfError, match=r"pip install xlwings==0\.33\.1"):
        build_windows(windows_python(tmp_path / "python.zip"), tmp_path / "xlperf.zip", wheels=wheels)


def test_the_command_prints_what_went_in(tmp_path: Path, wheels: Path, capsys: pytest.CaptureFixture[str]) -> None:
    python, target = windows_python(tmp_path / "python.zip"), tmp_path / "xlperf.zip"

    code = main(["bundle", "windows", "--python", str(python), "--wheels", str(wheels), "-o", str(target)])

    said = capsys.readouterr()
    assert (code, said.out) == (0, f"{target}\n")
    assert f"SHA-256 {hashlib.sha256(python.read_bytes()).hexdigest()}" in said.err
    assert "  pywin32 312（MIT）　pywin32-312-cp313-cp313-win_amd64.whl" in said.err


def test_damage_is_found(tmp_path: Path, wheels: Path) -> None:
    build_windows(windows_python(tmp_path / "python.zip"), tmp_path / "xlperf.zip", wheels=wheels)
    with zipfile.ZipFile(tmp_path / "xlperf.zip") as content:
        content.extractall(tmp_path / "out")
    folder = tmp_path / "out" / "program"
    contents = read_contents(folder)
    assert contents is not None
    (folder / "python" / "Lib" / "more.pyc").write_bytes(b"a cache of Python's is no damage")
    assert damage(folder, contents) == ([], [])

    (folder / "python" / "python.exe").unlink()
    (folder / "bin" / "xlperf.cmd").write_bytes(b"other")

    assert damage(folder, contents) == (["python/python.exe"], ["bin/xlperf.cmd"])


@pytest.mark.parametrize("action", ["install", "uninstall"])
def test_only_a_package_is_installed(capsys: pytest.CaptureFixture[str], action: str) -> None:
    assert main(["bundle", action]) == 3
    assert "不是安装包里的 xlperf" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("action", "said"), [("linux", "请运行 pip install packaging"), ("install", "不是安装包里的 xlperf")]
)
def test_only_building_needs_packaging(tmp_path: Path, action: str, said: str) -> None:
    """Which a package has not, nor a plain installation."""
    arguments = ["bundle", action, *(["--python", "python.tar.gz", "-o", "xlperf.tar.gz"] if action == "linux" else [])]
    probe = (
        f"import sys; sys.modules['packaging'] = None; from xlperf.cli.main import main; sys.exit(main({arguments}))"
    )

    done = subprocess.run([sys.executable, "-X", "utf8", "-c", probe], cwd=tmp_path, capture_output=True, check=False)

    assert (done.returncode, said in done.stderr.decode()) == (3, True), done.stderr.decode()
