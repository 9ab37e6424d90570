"""The package for Linux desktops with this machine's own Python: installed, used, updated, removed without a trace."""

from __future__ import annotations

import configparser
import os
import platform
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path

import pytest
from bundle.made_up import installed_wheel
from python_calamine import CalamineWorkbook

from xlperf.jobs.bundle import build_linux

NEEDED = (
    "openpyxl", "et_xmlfile", "pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection",
    "XlsxWriter", "rich", "markdown-it-py", "mdurl", "Pygments",
)  # fmt: skip
LIBRARY = f"lib/python3.{sys.version_info[1]}"
LEFT_OUT = ("test", "site-packages", "__pycache__", "idlelib")

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        sys.platform != "linux" or "deb_system" in sysconfig.get_scheme_names() or platform.machine() != "x86_64",
        reason="POSIX: no standalone Python for Linux on x86_64 runs this",
    ),
]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package unpacked where paths are awkward."""
    folder = tmp_path_factory.mktemp("package")
    for name in NEEDED:
        installed_wheel(folder / "wheels", name)
    base, version = Path(sys.base_prefix), f"python3.{sys.version_info[1]}"
    with tarfile.open(folder / "python.tar.gz", "w:gz", compresslevel=1) as archive:
        archive.add(base / "bin" / version, f"python/bin/{version}")
        for library in base.glob("lib/libpython*"):
            archive.add(library, f"python/lib/{library.name}")
        archive.add(
            base / LIBRARY,
            f"python/{LIBRARY}",
            filter=lambda member: None if Path(member.name).name in LEFT_OUT else member,
        )
    build_linux(folder / "python.tar.gz", folder / "xlperf.tar.gz", wheels=folder / "wheels")
    with tarfile.open(folder / "xlperf.tar.gz") as archive:
        archive.extractall(folder / "解压 & $1 的", filter="data")
    return folder / "解压 & $1 的" / "xlperf-linux-x86_64"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("家 &")
    (folder / "桌面").mkdir()
    return folder


def ended(home: Path, *command: object) -> tuple[int, str]:
    """Exit code and everything said, where nothing of ours is on the path and no LibreOffice."""
    said = subprocess.run(
        [str(part) for part in command],
        env={"HOME": str(home), "PATH": f"{home}/.local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(command, said.returncode, said.stdout, sep="\n")
    return said.returncode, said.stdout


def dropped(home: Path, action: str, *paths: Path) -> tuple[int, str]:
    """What the file manager runs: the line of the entry, with the paths in place of %F."""
    entry = configparser.RawConfigParser(strict=True)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(home / ".local/share/applications" / f"xlperf-{action}.desktop", encoding="utf-8")
    assert entry["Desktop Entry"]["Terminal"] == "true"
    line = shlex.split(entry["Desktop Entry"]["Exec"])
    at = line.index("%F")
    return ended(home, *line[:at], *paths, "--no-open", *line[at + 1 :])


def test_installed_used_updated_removed(package: Path, home: Path, tmp_path: Path) -> None:
    program, example = home / ".local/share/xlperf", home / "桌面" / "绩效填报" / "示例"

    code, said = ended(home, package / "安装.sh")

    assert (code, "安装完成" in said) == (0, True), said
    assert "右键菜单：xlperf 检查、xlperf 汇总、xlperf 生成填报表" in said
    assert ended(home, "xlperf", "--version") == (0, "xlperf 0.1.0\n")
    code, said = ended(home, "xlperf", "doctor")
    assert f"装在 {program}" in said
    assert "个文件完好" in said

    folder = tmp_path / "交回 & $1 的"
    shutil.copytree(example / "8-绩效自评表（已填）", folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    code, said = dropped(home, "consolidate", folder)
    assert (code, f"做好了：{folder}_汇总.xlsx" in said) == (1, True), said
    assert CalamineWorkbook.from_path(f"{folder}_汇总.xlsx").sheet_names[0] == "总览"
    code, said = dropped(home, "check", folder)
    assert (code, f"做好了：{folder}_检查" in said) == (1, True), said
    for path in Path(f"{folder}_检查").iterdir():
        assert CalamineWorkbook.from_path(str(path)).sheet_names
    code, said = dropped(home, "generate", folder)
    assert (code, f"做好了：{folder}_填报表" in said) == (0, True), said
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before

    (program / "docs" / "README.md").write_text("harmed", encoding="utf-8")
    code, said = ended(home, "xlperf", "doctor")
    assert (code, "改动过1个：docs/README.md" in said) == (1, True), said
    with subprocess.Popen(
        [next((program / "python/bin").iterdir()), "-c", "input()"], stdin=subprocess.PIPE
    ) as running:
        code, said = ended(home, package / "安装.sh")
        assert (code, f"正在使用中（{LIBRARY[4:]} {running.pid}）" in said) == (3, True), said
    assert ended(home, package / "安装.sh")[0] == 0
    assert "个文件完好" in ended(home, "xlperf", "doctor")[1]

    (example / "1-绩效文本.txt").write_text("mine now", encoding="utf-8")
    code, said = ended(home, package / "卸载.sh")
    assert (code, f"保留：{example}" in said) == (0, True), said
    shutil.rmtree(example.parent)
    assert "没有安装" in ended(home, package / "卸载.sh")[1]
    left = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    of_others = (".config/libreoffice/", ".local/share/applications/mimeinfo.cache", ".config/mimeapps.list", ".cache/")
    assert {name for name in left if not name.startswith(of_others)} == set()
    assert os.listdir(home / "桌面") == []
