"""What keeps a PC's Excel from calling Python, told from the facts about it. Looks at nothing itself.

Each line is a sentence of the command line by its key; what is wrong and what to do stand in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PureWindowsPath
from typing import NamedTuple

from xlperf.hosts.excel.installed import supported
from xlperf.hosts.excel.pc import Book, Pc, dll_folders

SIGNED_ONLY, NO_MACROS = 3, 4  # Excel's VBAWarnings
FINE, WRONG, NEITHER = "✓", "✗", "○"


class Line(NamedTuple):
    """One thing looked at: ✓ fine, ✗ to be done something about, ○ neither."""

    mark: str
    key: str
    values: dict[str, object]


def line(mark: str, key: str, **values: object) -> Line:
    """A line; the values fill its sentence."""
    return Line(mark, key, values)


def of_pc(pc: Pc) -> Iterator[Line]:
    """Everything about the PC, in the order in which it is best mended."""
    if pc.xlwings is None:
        yield line(NEITHER, "xlwings_absent")
    elif not supported(pc.xlwings):
        yield line(WRONG, "xlwings_too_new", version=pc.xlwings)
    else:
        yield line(FINE, "xlwings_fine", version=pc.xlwings)
    if not pc.windows:
        yield line(NEITHER, "excel_elsewhere")
    elif pc.addin is None:
        yield line(WRONG if pc.xlwings else NEITHER, "excel_addin_absent")
    else:
        yield from _addin(pc)
        yield from _excel(pc)


def _addin(pc: Pc) -> Iterator[Line]:
    """What answers the macros: the Python they call, and what it needs."""
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
        # The bits are those of Office: Python answers from a process of its own and may have others.
        for bits in (pc.office_bits,) if pc.office_bits else (64, 32):
            yield _dll(pc, pc.interpreter, f"xlwings{bits}-{pc.xlwings}.dll", pc.xlwings)


def _dll(pc: Pc, interpreter: str, name: str, version: str) -> Line:
    """Whether the VBA finds a DLL, and if not, which known way of installing put it elsewhere or left it out."""
    folders = dll_folders(interpreter)
    found = [path for path in map(PureWindowsPath, pc.dlls) if path.name.casefold() == name]
    for path in found:
        if path.parent in folders:
            return line(FINE, "dll_fine", path=path)
    if found:
        return line(WRONG, "dll_elsewhere", path=found[0], folder=folders[0])
    if pc.python_bits == 32:
        return line(WRONG, "dll_of_32_bits", name=name)
    return line(WRONG, "dll_absent", name=name, folder=folders[0], version=version)


def _excel(pc: Pc) -> Iterator[Line]:
    """What Excel itself allows."""
    if pc.from_store:
        yield line(NEITHER, "excel_from_store")
    setting = pc.vba_warnings
    if setting is None or setting.value not in (SIGNED_ONLY, NO_MACROS):
        yield line(FINE, "macros_fine")
    elif setting.by_policy:
        yield line(WRONG, "macros_blocked_by_policy")
    else:
        yield line(WRONG, "macros_blocked")


def of_book(book: Book, pc: Pc) -> Iterator[Line]:
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
