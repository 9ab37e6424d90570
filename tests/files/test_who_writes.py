"""What people see is written by `xlperf.files` alone; every other writing is listed here with its reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "xlperf"
DOOR = "files"

WRITERS = ("write_text", "write_bytes", "touch", "symlink_to", "hardlink_to", "rename", "unlink", "rmdir", "mkdir")
MODULES = ("tempfile", "shutil", "sqlite3")
OF_OS = ("open", "fdopen", "write", "replace", "rename", "remove", "unlink", "mkdir", "makedirs", "link", "truncate")

ALLOWED = {
    "bundle/user_folder.py: home.parent.mkdir": "where a package is installed for one user",
    "bundle/user_folder.py: os.rename": "the whole folder of a package takes the place of the one before",
    "bundle/user_folder.py: shutil.copytree": "a package into that folder",
    "bundle/user_folder.py: shutil.rmtree": "the folder of a package before, or half copied",
    "bundle/user_linux.py: _command().parent.mkdir": "where the command of an installed package lies",
    "bundle/user_linux.py: _command().unlink": "that command",
    "bundle/user_linux.py: _command().write_text": "that command",
    "bundle/user_linux.py: path.parent.mkdir": "where entries for the file manager lie",
    "bundle/user_linux.py: path.unlink": "an entry for the file manager",
    "bundle/user_linux.py: path.write_text": "an entry for the file manager",
    "bundle/user_windows.py: path.parent.mkdir": "where entries under 发送到 lie",
    "bundle/user_windows.py: path.unlink": "an entry under 发送到",
    "cli/output.py: os.open": "os.devnull, once standard output has failed",
    "consolidate/worker_pool.py: tempfile.TemporaryDirectory": "where a worker that dies leaves the trace of it",
    "consolidate/worker_pool.py: open": "that trace",
    "dataset/keep.py: sqlite3.connect": "a dataset that is read, and one that the door puts in its place",
    "dataset/store.py: sqlite3.connect": "rows on disk, in a database without a name",
    "dev/derive.py: path.unlink": "a derived file that the program no longer makes",
    "dev/derive.py: tempfile.TemporaryDirectory": "the example workbooks before they are compared",
    "document/office.py: tempfile.TemporaryDirectory": "a folder for LibreOffice alone",
    "document/office.py: settings.parent.mkdir": "its profile, in that folder",
    "document/office.py: settings.write_text": "its settings, in that profile",
    "document/office.py: source.write_bytes": "the copy it converts, in that folder",
    "hosts/excel/commands.py: tempfile.TemporaryDirectory": "the copy of an open workbook that is checked",
    "hosts/excel/install.py: path.unlink": "the add-in is removed",
    "hosts/excel/install.py: settings_path().parent.rmdir": "the folder of its settings, once empty",
    "hosts/libreoffice/installing.py: tempfile.TemporaryDirectory": "a folder for unopkg alone",
    "hosts/libreoffice/installing.py: extension.write_bytes": "what unopkg is given, in that folder",
    "hosts/libreoffice/installing.py: tempfile.TemporaryFile": "what unopkg prints, in a file without a name",
    "jobs/bundle.py: tempfile.TemporaryDirectory": "wheels on their way into a package",
    "jobs/drop.py: folder.mkdir": "where a dropped action puts what it makes",
    "jobs/drop.py: folder.rmdir": "that folder, where nothing came of it",
    "jobs/drop.py: path.unlink": "what a dropped action made before and nobody changed",
    "jobs/drop.py: shutil.rmtree": "what a dropped action made before and nobody changed",
    "jobs/installation.py: folder.rmdir": "a folder of an installed package, once empty",
    "jobs/installation.py: path.unlink": "a file of an installed package",
    "jobs/installation.py: shutil.rmtree": "the installed package",
    "jobs/made.py: record.parent.rmdir": "the folder of the records of dropped actions, once empty",
    "jobs/made.py: record.unlink": "the record of what a dropped action made",
    "ooxml/zip_out.py: shutil.copyfileobj": "a part read from a file into the package that the door writes",
    "ooxml/zip_out.py: tempfile.SpooledTemporaryFile": "a list, in a file without a name",
}


def calls(path: Path) -> Iterator[str]:
    """The calls in a module that can change what is on disk."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        owner, _, name = called.rpartition(".")
        mode = ast.unparse(node.args[0]) if node.args else ""
        if (
            (owner in MODULES and name != "gettempdir")
            or (owner == "os" and name in OF_OS)
            or (owner and owner != "os" and name in WRITERS)
            or (called == "open" and len(node.args) > 1 and "r" not in ast.unparse(node.args[1]))
            or (owner and name == "open" and mode[:2] in ("'w", "'x", "'a"))
        ):
            yield called


def test_nothing_but_the_door_writes_files() -> None:
    found = {
        f"{path.relative_to(PACKAGE).as_posix()}: {call}"
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).parts[0] != DOOR
        for call in calls(path)
    }

    assert found == set(ALLOWED)
