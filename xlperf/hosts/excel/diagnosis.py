"""Judges from facts about a PC what keeps its Excel from calling Python. Gathers no facts itself.

Each line is the key of a command-line sentence that says what is wrong and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PureWindowsPath
from typing import NamedTuple

from xlperf.hosts.excel.installed import supported
from xlperf.hosts.excel.pc import Pc, WorkbookFacts, dll_folders

SIGNED_ONLY, NO_MACROS = 3, 4  # Excel's VBAWarnings
FINE, WRONG, NEITHER = "✓", "✗", "○"


class Line(NamedTuple):
    """One thing examined: ✓ fine, ✗ to be mended, ○ neither."""

    mark: str
    key: str
    values: dict[str, object]


def line(mark: str, key: str, **values: object) -> Line:
    """A line; the values fill its sentence."""
    return Line(mark, key, values)


def of_pc(pc: Pc) -> Iterator[Line]:
    """The lines about the PC, in the order in which to mend things."""
    if pc.xlwings is None:
        if pc.windows:
            yield line(NEITHER, "xlwings_absent")
    elif not supported(pc.xlwings):
        yield line(WRONG, "xlwings_too_new", version=pc.xlwings)
    else:
        yield line(FINE, "xlwings_fine", version=pc.xlwings)
    if not pc.windows:
        yield line(NEITHER, "excel_elsewhere")
    elif pc.addin is None and not pc.excel:
        yield line(NEITHER, "excel_absent")
    elif pc.addin is None:
        yield line(WRONG if pc.xlwings else NEITHER, "excel_addin_absent")
    else:
        yield from _addin(pc)
        yield from _excel(pc)


def _addin(pc: Pc) -> Iterator[Line]:
    """The lines about the Python that the macros call and its packages."""
    if pc.interpreter is None:
        yield line(WRONG, "settings_absent")
    elif not pc.interpreter_exists:
        yield line(WRONG, "interpreter_gone", interpreter=pc.interpreter)
    elif PureWindowsPath(pc.interpreter) != PureWindowsPath(pc.python):
        yield line(NEITHER, "interpreter_other", interpreter=pc.interpreter)
    elif pc.xlwings is None:
        yield line(WRONG, "addin_without_xlwings")
    else:
        if pc.addin == pc.xlwings:
            yield line(FINE, "excel_addin_fine", version=pc.xlwings)
        else:
            yield line(WRONG, "excel_addin_other", found=pc.addin, version=pc.xlwings)
        if not pc.pywin32:
            yield line(WRONG, "pywin32_absent")
        # The DLL must have the bits of Office; Python runs in its own process and may have others.
        for bits in (pc.office_bits,) if pc.office_bits else (64, 32):
            yield _dll(pc, pc.interpreter, f"xlwings{bits}-{pc.xlwings}.dll", pc.xlwings)


def _dll(pc: Pc, interpreter: str, name: str, version: str) -> Line:
    """Whether the VBA finds a DLL; if not, which known way of installing misplaced it or left it out."""
    folders = dll_folders(interpreter)
    paths = [path for path in map(PureWindowsPath, pc.dlls) if path.name.casefold() == name]
    for path in paths:
        if path.parent in folders:
            return line(FINE, "dll_fine", path=path)
    if paths:
        return line(WRONG, "dll_elsewhere", path=paths[0], folder=folders[0])
    if pc.python_bits == 32:
        return line(WRONG, "dll_of_32_bits", name=name)
    return line(WRONG, "dll_absent", name=name, folder=folders[0], version=version)


def _excel(pc: Pc) -> Iterator[Line]:
    """The lines about Excel's own settings."""
    if pc.from_store:
        yield line(NEITHER, "excel_from_store")
    setting = pc.vba_warnings
    if setting is None or setting.value not in (SIGNED_ONLY, NO_MACROS):
        yield line(FINE, "macros_fine")
    elif setting.by_policy:
        yield line(WRONG, "macros_blocked_by_policy")
    else:
        yield line(WRONG, "macros_blocked")


def of_book(book: WorkbookFacts, pc: Pc) -> Iterator[Line]:
    """Whether the macros of a workbook work on this PC."""
    if book.macros is None:
        yield line(NEITHER, "stamp_none", path=book.path)
        return
    if not book.macros.ours:
        yield line(NEITHER, "stamp_foreign", path=book.path)
        return
    if book.marked and (pc.internet_block is None or pc.internet_block.value):
        yield line(WRONG, "book_blocked", path=book.path)
    if pc.xlwings is None:
        yield line(NEITHER, "stamp_unused", path=book.path)
    elif book.macros.xlwings == pc.xlwings:
        yield line(FINE, "stamp_fine", path=book.path, version=pc.xlwings)
    else:
        yield line(WRONG, "stamp_other", path=book.path, found=book.macros.xlwings or "?", version=pc.xlwings)
