"""The facts about a PC, as far as they can be had off Windows."""

from __future__ import annotations

import sys
from pathlib import Path, PureWindowsPath

import pytest
import xlwings
from departments import SETTINGS, small_department

from xlperf.hosts.excel import install as installing
from xlperf.hosts.excel.installed import xlwings_code, xlwings_version
from xlperf.hosts.excel.macros import stamp, workbook_project
from xlperf.hosts.excel.pc import Pc, book, dll_folders, this_pc
from xlperf.hosts.excel.restamp import Macros as Found
from xlperf.workbook.write.assemble import Macros
from xlperf.workbook.write.department import department_bytes

SHIPPED = Path(xlwings.__file__).parent


@pytest.mark.skipif(installing.WINDOWS, reason="for what is looked at off Windows")
def test_off_windows_only_xlwings_is_looked_at() -> None:
    assert this_pc() == Pc(windows=False, xlwings=xlwings_version())


@pytest.mark.skipif(sys.platform == "win32", reason="pretends to be Windows, whose registry would be read")
def test_what_is_found_after_an_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    python = tmp_path / "xlperf" / "Scripts" / "python.exe"
    python.parent.mkdir(parents=True)
    python.touch()
    dll = tmp_path / "xlperf" / f"xlwings64-{xlwings_version()}.dll"
    user = tmp_path / "user" / "xlwings32-0.1.dll"
    user.parent.mkdir()
    for path in (dll, user):
        path.touch()
    store = tmp_path / "local" / "Packages" / "Microsoft.Office.Desktop_8wekyb3d8bbwe"
    store.mkdir(parents=True)
    monkeypatch.setattr(installing, "WINDOWS", True)
    monkeypatch.setenv("APPDATA", str(tmp_path / "roaming"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setattr("sys.executable", str(python))
    monkeypatch.setattr("site.getuserbase", lambda: str(user.parent))
    monkeypatch.setattr("xlperf.hosts.excel.pc.dll_folders", lambda path: (Path(path).parent, Path(path).parents[1]))
    installing.install()

    assert this_pc() == Pc(
        windows=True,
        xlwings=xlwings_version(),
        addin=xlwings_version(),
        python=str(python),
        python_bits=64 if sys.maxsize > 2**32 else 32,
        pywin32=False,
        interpreter=str(python),
        interpreter_exists=True,
        dlls=(str(dll), str(user)),
        from_store=True,
    )

    python.unlink()
    installing.addin_path().write_bytes(b"damaged")

    assert (this_pc().interpreter_exists, this_pc().addin) == (False, "?")


def test_the_dll_is_looked_for_where_the_vba_of_xlwings_looks() -> None:
    folder, above = dll_folders(r"C:\venv\Scripts\python.exe")

    assert (folder, above) == (PureWindowsPath(r"C:\venv\Scripts"), PureWindowsPath(r"C:\venv"))
    loads = [line.split("'")[0].strip() for line in xlwings_code().splitlines() if "If LoadLibrary(" in line]
    assert loads == [
        r'If LoadLibrary(ParentFolder(PYTHON_WIN) + "\" + XLPyDLLName) = 0 Then',
        r'If LoadLibrary(ParentFolder(ParentFolder(PYTHON_WIN)) + "\" + XLPyDLLName) = 0 Then',
    ]
    assert (
        f'#If Win64 Then\n        Const XLPyDLLName As String = "xlwings64-{xlwings_version()}.dll"' in xlwings_code()
    )


@pytest.mark.parametrize(
    ("stream", "marked"),
    [
        (None, False),
        ("[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=about:internet\r\n", True),
        ("[ZoneTransfer]\nZoneId = 4\n", True),
        ("[ZoneTransfer]\r\nReferrerUrl=C:\\x.zip\r\nZoneId=1\r\n", False),
        ("", False),
    ],
)
def test_the_mark_of_the_web(tmp_path: Path, stream: str | None, marked: bool) -> None:
    path = tmp_path / "部门.xlsm"
    path.write_bytes(department_bytes(small_department(), SETTINGS))
    if stream is not None:  # on Windows a second stream of the file, elsewhere a file of this name
        Path(f"{path}:Zone.Identifier").write_bytes(stream.encode())

    assert book(path).marked is marked


def test_whose_macros_a_workbook_holds(tmp_path: Path) -> None:
    ours, plain = tmp_path / "ours.xlsm", tmp_path / "plain.xlsx"
    ours.write_bytes(department_bytes(small_department(), SETTINGS, macros=Macros(workbook_project, stamp())))
    plain.write_bytes(department_bytes(small_department(), SETTINGS))

    assert book(ours).macros == Found(ours=True, xlwings=xlwings_version())
    assert book(plain).macros is None
    assert book(SHIPPED / "quickstart_standalone.xlsm").macros == Found(ours=False, xlwings=xlwings_version())
    assert book(SHIPPED / "quickstart.xlsm").macros == Found(ours=False, xlwings=None)
