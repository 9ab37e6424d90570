"""The package runs unchanged inside LibreOffice's own Python: 3.8 syntax, standard library only."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import xlperf.measure

MODULES = sorted(Path(xlperf.measure.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_source_is_python_3_8(path: Path) -> None:
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_imports_are_standard_library_or_this_package(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    foreign = {
        name
        for name in imported
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("xlperf.measure")
    }
    assert foreign == set()


def test_importing_it_loads_nothing_else_of_xlperf() -> None:
    code = "import sys, xlperf.measure; print(*sorted(m for m in sys.modules if m.split('.')[0] == 'xlperf'))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert [name for name in loaded if not name.startswith("xlperf.measure")] == ["xlperf"]
