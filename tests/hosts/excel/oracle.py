"""xlwings' own importer of functions, run off Windows: what it would write for our UDF server. Prints JSON.

Runs in a process of its own, because it puts empty stand-ins for three modules of pywin32 into sys.modules: only the
names xlwings touches while it is imported.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

BOOK = "book.xlsm"


def stand_in(name: str, **contents: Any) -> None:
    module = ModuleType(name)
    module.__dict__.update(contents)
    sys.modules[name] = module


class ComError(Exception):
    """A call to Excel failed."""


class Book:
    """The few things the importer asks of a workbook."""

    Name = BOOK
    Version = "16.0"

    def __init__(self) -> None:
        self.VBProject = self.VBComponents = self.Application = self
        self.module = ""
        self.described: list[tuple[str, str, str, list[str]]] = []

    def __call__(self, name: str) -> None:
        raise ComError(f"there is no {name} yet")

    def Remove(self, component: object) -> None:
        raise AssertionError(component)

    def Import(self, path: str) -> None:
        self.module = Path(path).read_text(encoding="utf-8")

    def MacroOptions(self, macro: str, **options: Any) -> None:
        self.described.append((macro, options["Description"], options["Category"], options["ArgumentDescriptions"]))


def load() -> ModuleType:
    """xlwings' module of UDFs, and its decorators in place, as on Windows."""
    stand_in("pythoncom", CoInitialize=lambda: None)
    stand_in("pywintypes", com_error=ComError)
    stand_in("win32com")
    stand_in("win32com.client", Dispatch=lambda thing: thing)
    xw, udfs = import_module("xlwings"), import_module("xlwings.udfs")
    xw.func, xw.arg, xw.ret, xw.script = udfs.xlfunc, udfs.xlarg, udfs.xlret, udfs.xlsub
    return udfs


def main(server: str) -> None:
    udfs = load()
    udfs.udf_modules[server] = {"filename": server, "filetime": None, "module": import_module(server)}
    book = Book()
    sys.stdout = sys.stderr  # the importer says what it did
    udfs.import_udfs(server, book)
    sys.stdout = sys.__stdout__
    print(json.dumps({"module": book.module, "described": book.described}))


if __name__ == "__main__":
    main(sys.argv[1])
