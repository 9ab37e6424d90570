"""Macros as Excel saved them: read, and brought to another version of xlwings with all else kept."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlwings
from departments import SETTINGS, small_department
from oletools.olevba import VBA_Parser
from zipped import parts_of

from xlperf.hosts.excel import restamp as restamping
from xlperf.hosts.excel.installed import xlwings_code, xlwings_version
from xlperf.hosts.excel.macros import stamp, workbook_project
from xlperf.hosts.excel.reading import Unreadable, read_project
from xlperf.hosts.excel.restamp import Macros as Held
from xlperf.hosts.excel.restamp import Restamped, macros_in, restamp
from xlperf.hosts.excel.vba_project import NO_CACHE
from xlperf.model import UnreadableInput
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.assemble import Macros
from xlperf.workbook.write.department import department_bytes

SHIPPED = Path(xlwings.__file__).parent
NEWER = "99.1.0"
PROJECT = "xl/vbaProject.bin"


def modules(path: Path) -> dict[str, str]:
    return {stream: code for _, stream, _, code in VBA_Parser(str(path)).extract_macros()}


def parts(path: Path) -> dict[str, bytes]:
    return parts_of(path.read_bytes())


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if another xlwings were installed."""
    code = xlwings_code().replace(xlwings_version(), NEWER)
    monkeypatch.setattr(restamping, "xlwings_version", lambda: NEWER)
    monkeypatch.setattr(restamping, "xlwings_code", lambda: code)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "部门.xlsm"
    path.write_bytes(department_bytes(small_department(), SETTINGS, macros=Macros(workbook_project, stamp())))
    return path


@pytest.mark.parametrize("file", ["addin/xlwings.xlam", "quickstart_standalone.xlsm", "quickstart_addin_ribbon.xlam"])
def test_projects_that_excel_saved_are_read_as_olevba_reads_them(file: str) -> None:
    project = read_project(zipfile.ZipFile(SHIPPED / file).read(PROJECT))

    sources = {f"VBA/{name}": project.source(name) for name in project.offsets}
    assert sources == modules(SHIPPED / file)


@pytest.mark.usefixtures("newer")
def test_the_macros_of_xlwings_become_those_of_the_installed_one(workbook: Path) -> None:
    before = modules(workbook)
    done = restamp(workbook)
    after = modules(workbook)

    assert done == Restamped(xlwings_version(), NEWER)
    assert macros_in(workbook) == restamping.Macros(ours=True, xlwings=NEWER)
    assert after.pop("VBA/xlwings") == before.pop("VBA/xlwings").replace(xlwings_version(), NEWER)
    assert after == before


@pytest.mark.usefixtures("newer")
def test_every_other_part_keeps_its_bytes(workbook: Path) -> None:
    before, read = parts(workbook), read_workbook(workbook)
    restamp(workbook)
    after = parts(workbook)

    assert list(after) == list(before)
    assert {name for name in after if after[name] != before[name]} == {PROJECT, "docProps/custom.xml"}
    assert after["docProps/custom.xml"] == before["docProps/custom.xml"].replace(
        f"<vt:lpwstr>{xlwings_version()}<".encode(), f"<vt:lpwstr>{NEWER}<".encode()
    )
    assert read_workbook(workbook).department == read.department


@pytest.mark.usefixtures("newer")
def test_a_project_that_excel_saved_loses_nothing_but_what_was_compiled(tmp_path: Path, workbook: Path) -> None:
    path = tmp_path / "saved.xlsm"
    path.write_bytes((SHIPPED / "quickstart_standalone.xlsm").read_bytes())
    with zipfile.ZipFile(path, "a") as package:  # as if it were one of ours
        package.writestr("docProps/custom.xml", parts(workbook)["docProps/custom.xml"])
    before = modules(path)
    restamp(path)
    after = modules(path)

    assert list(after) == list(before)
    assert {name for name in after if after[name] != before[name]} == {"VBA/xlwings"}
    project = read_project(parts(path)[PROJECT])
    assert set(project.offsets.values()) == {0}
    assert project.streams["VBA/_VBA_PROJECT"] == NO_CACHE
    assert (
        project.streams["PROJECT"]
        == read_project(zipfile.ZipFile(SHIPPED / "quickstart_standalone.xlsm").read(PROJECT)).streams["PROJECT"]
    )


def test_nothing_is_saved_where_the_versions_agree(workbook: Path) -> None:
    before = workbook.stat()

    assert restamp(workbook) == Restamped(xlwings_version(), xlwings_version())
    after = workbook.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


@pytest.mark.usefixtures("newer")
@pytest.mark.parametrize("file", ["quickstart_standalone.xlsm", "quickstart.xlsm", "addin/xlwings.xlam", None])
def test_what_does_not_carry_our_stamp_is_named_and_left_alone(tmp_path: Path, file: str | None) -> None:
    path = tmp_path / "别人的.xlsm"
    path.write_bytes((SHIPPED / file).read_bytes() if file else department_bytes(small_department(), SETTINGS))
    before = path.read_bytes()

    with pytest.raises(UnreadableInput, match=r"别人的.xlsm 中没有 xlperf 的宏，未改动"):
        restamp(path)

    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.xlsm"
    path.write_bytes(content)

    with pytest.raises(UnreadableInput):
        restamp(path)


@pytest.mark.parametrize("cut", [0, 700, -600])
def test_a_damaged_project_is_told(workbook: Path, cut: int) -> None:
    with pytest.raises(Unreadable):
        read_project(parts(workbook)[PROJECT][:cut])


@pytest.mark.usefixtures("newer")
def test_damage_in_a_part_nobody_looks_at_stays_as_it_is(workbook: Path) -> None:
    content = workbook.read_bytes()
    with zipfile.ZipFile(workbook) as package:
        entry = package.getinfo("xl/theme/theme1.xml")
    at = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    damaged = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
    workbook.write_bytes(damaged)

    restamp(workbook)

    assert damaged[entry.header_offset + 30 :][len(entry.filename) :][: entry.compress_size] in workbook.read_bytes()
    assert macros_in(workbook) == Held(ours=True, xlwings=NEWER)
