"""That every name the VBA asks of its project is there, on each machine whose Excel compiles it. By reading alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlwings
from hosts.excel.conditional import MAC, WINDOWS_32, WINDOWS_64, compiled

from xlperf.hosts.excel.addin import addin_modules
from xlperf.hosts.excel.macros import workbook_modules
from xlperf.hosts.excel.vba_project import Module

MACHINES = {"64-bit Windows": WINDOWS_64, "32-bit Windows": WINDOWS_32, "Mac": MAC}
PROJECTS = {"workbook": workbook_modules(["Sheet1", "Sheet2"]), "add-in": addin_modules()}

OF_VBA = {"Boolean", "Double", "Integer", "Long", "String", "Variant", "Object"}
OF_EXCEL = {"Range", "Workbook", "Worksheet"}
OF_OFFICE = {"IRibbonControl"}
OF_SYSTEM = {"XLPyDLLActivateAuto", "XLPyDLLNDims", "XLPyDLLVersion", "LoadLibrary", "system"}

each = pytest.mark.parametrize("constants", MACHINES.values(), ids=MACHINES)
project = pytest.mark.parametrize("modules", PROJECTS.values(), ids=PROJECTS)


def text_of(modules: list[Module], constants: dict[str, object]) -> str:
    """What is compiled, continued lines joined, strings emptied."""
    code = "\n".join(compiled(module.source, constants) for module in modules).replace(" _\n", " ")
    return re.sub(r'"(?:[^"]|"")*"', '""', code)


@each
@project
def test_every_type_exists(modules: list[Module], constants: dict[str, object]) -> None:
    code = re.sub(r"\bFor (?:Input|Output) As\b", "", text_of(modules, constants))  # opens a file
    types = set(re.findall(r"\bAs (?:New )?(\w+)|\bNew (\w+)|\bTypeOf [\w.]+ Is (\w+)", code))

    assert {name for names in types for name in names if name} <= OF_VBA | OF_EXCEL | OF_OFFICE


@each
@project
def test_what_is_compiled_is_whole(modules: list[Module], constants: dict[str, object]) -> None:
    code = text_of(modules, constants)

    for opening in ("Function", "Sub"):
        begun = re.findall(rf"^ *(?:Public |Private )?{opening} \w+", code, re.M)
        assert len(begun) == len(re.findall(rf"^ *End {opening}\b", code, re.M)) > 0
    assert len(re.findall(r"^ *If .*\bThen *$", code, re.M)) == len(re.findall(r"^ *End If\b", code, re.M)) > 0


@each
@project
def test_libraries_of_the_system_are_only_declared(modules: list[Module], constants: dict[str, object]) -> None:
    declared = re.findall(r"^ *(?:Private )?Declare PtrSafe Function (\w+) Lib \"\"", text_of(modules, constants), re.M)

    assert set(declared) <= OF_SYSTEM
    assert len(declared) == len(set(declared)) == (5 if constants["Mac"] else 4)


def test_on_a_mac_our_functions_ask_nobody() -> None:
    udfs = next(module for module in PROJECTS["workbook"] if module.name == "xlwings_udfs")
    [silent] = re.findall(r"Private Function XlperfSilent.*?End Function", compiled(udfs.source, MAC), re.S)

    assert [line.strip() for line in silent.splitlines() if line.strip()] == [
        "Private Function XlperfSilent() As Boolean",
        "XlperfSilent = True",
        "End Function",
    ]


def test_the_class_that_xlwings_wants_on_a_mac_would_be_missed() -> None:
    """The test above sees what it is there for."""
    theirs = compiled((Path(xlwings.__file__).parent / "xlwings.bas").read_text(encoding="ascii"), MAC)

    assert "As Dictionary" in theirs
    assert "New Dictionary" in theirs
