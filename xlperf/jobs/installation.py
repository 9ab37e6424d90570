"""Installs the bundle that runs for this user, and removes it: the program, its entries, an example, the add-in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from xlperf.bundle.contents import PAGE, damage, in_one_line, read_contents, running_from
from xlperf.bundle.user_folder import ENTRIES, clear_beside, put_in_place
from xlperf.files import save_bytes
from xlperf.hosts import libreoffice
from xlperf.hosts.excel import install as excel
from xlperf.hosts.excel.pc import has_excel
from xlperf.jobs.addin import Outcome, install_addins, uninstall_addins
from xlperf.jobs.demo import demo
from xlperf.jobs.made import forget_all, is_unchanged, note
from xlperf.jobs.preference_files import user_file
from xlperf.model import UnwritableOutput, XlperfError

if sys.platform == "win32":
    from xlperf.bundle import user_windows as user
else:
    from xlperf.bundle import user_linux as user

FOLDER, EXAMPLE = "绩效填报", "示例"  # on the desktop

Line = tuple[str, dict[str, object]]
"""The key of a sentence of the command line, and what fills it. Each is done as it is asked for."""


def copied() -> Sequence[str] | None:
    """Copy the bundle into the user's folder; the command that goes on there, None where this is the copy.

    Raises XlperfError where this is no bundle, the bundle is damaged, or an installed copy is in use.
    """
    bundle, contents = _running()
    home = user.home()
    if home.exists() and os.path.samefile(bundle, home):
        return None
    harmed = damage(bundle, contents)
    if harmed.gone or harmed.changed:
        raise XlperfError("bundle_damaged", path=bundle, names=in_one_line([*harmed.gone, *harmed.changed]))
    _refuse_in_use(home)
    put_in_place(bundle, home)
    options = ("-I",) if sys.platform != "win32" else ()  # the embeddable Python is always isolated
    return (str(home / contents["program"]), *options, "-m", "xlperf", "bundle", "install")


def go_on(command: Sequence[str], lang: str) -> int:
    """Run the installed copy; its exit code."""
    return subprocess.run((*command, "--lang", lang), check=False).returncode


def installed() -> Iterator[Line]:
    """Make the entries, the example on the desktop and the add-in for the copy that runs."""
    home, contents = _running()
    yield "install_program", {"path": home, "version": contents["version"]}
    entries = user.add_entries(home, home / contents["program"])
    yield "install_entries", {"names": "、".join(ENTRIES.values()), "path": entries[0].parent}
    try:
        yield from _example(home)
    except UnwritableOutput as error:  # a desktop that lies on a share, and is not to be had now
        yield "install_example_left_out", {"reason": error}
    for host, problem in _addins():
        if problem is None:
            yield "install_addin", {"host": host}
        else:
            yield "install_addin_left_out", {"host": host, "reason": problem}


def uninstalled() -> Iterator[Line]:
    """Take away what `installed` made, but not what somebody has changed; the caller removes the program's folder."""
    home, _ = _running()
    _refuse_in_use(home)
    for host, problem in _addins_gone():
        if isinstance(problem, UnwritableOutput):  # Excel is open: it still calls the program
            raise problem
        if problem is not None:
            yield "uninstall_addin_left", {"host": host, "reason": problem}
    folder = user.desktop() / FOLDER
    for path in (folder / EXAMPLE, folder / PAGE):
        if path.exists():
            if not is_unchanged(path):
                yield "uninstall_kept", {"path": path}
            elif path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
    user.remove_entries(home)
    clear_beside(home)
    forget_all()
    if os.path.exists(user_file()):
        yield "uninstall_kept", {"path": user_file()}


def _running() -> tuple[Path, dict[str, Any]]:
    bundle = running_from()
    contents = read_contents(bundle) if bundle else None
    if bundle is None or contents is None:
        raise XlperfError("bundle_not_running")
    return bundle, contents


def _refuse_in_use(home: Path) -> None:
    programs = user.in_use(home)
    if programs:
        raise UnwritableOutput("install_in_use", path=home, who=in_one_line(programs))


def _example(home: Path) -> Iterator[Line]:
    """The folder on the desktop; what somebody has changed in it stays."""
    folder = user.desktop() / FOLDER
    example, page = folder / EXAMPLE, folder / PAGE
    if not page.exists() or is_unchanged(page):
        save_bytes(page, (home / "docs" / PAGE).read_bytes(), force=True)
        note(page)
    if example.exists() and not is_unchanged(example):
        yield "install_example_kept", {"path": example}
        return
    demo(example, done=lambda *_: None)
    note(example)
    yield "install_example", {"path": example}


def _addins() -> Iterator[Outcome]:
    """Install the add-in of the spreadsheet program that is there."""
    if sys.platform == "win32":
        if has_excel():
            yield from install_addins("excel")
    elif _has_office():
        yield from install_addins("libreoffice")


def _addins_gone() -> Iterator[Outcome]:
    """Remove the add-in that was installed."""
    if sys.platform == "win32":
        if excel.is_installed():
            yield from uninstall_addins("excel")
    elif _has_office():
        yield from uninstall_addins("libreoffice")


def _has_office() -> bool:
    try:
        libreoffice.find_unopkg()
    except XlperfError:
        return False
    return True
