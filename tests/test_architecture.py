"""The house: imports go down only, heavy things stay where they belong."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Container, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from departments import SETTINGS, small_department

from xlperf.jobs.example import document_text
from xlperf.workbook.write.department import write_department

PACKAGE = Path(__file__).parents[1] / "xlperf"

FLOORS = {
    "measure": 0,
    "model": 1,
    "files": 2,
    "ooxml": 3,
    "form": 4,
    "prepare": 5,
    "checks": 5,
    "hosts": 6,
    "workbook": 6,
    "document": 6,
    "dataset": 6,
    "consolidate": 7,
    "bundle": 7,
    "report": 8,
    "jobs": 9,
    "cli": 10,
    "dev": 11,
}

# Library → the only folders that may import it.
ROOMS = {
    "openpyxl": ("workbook/write", "dev"),
    "xlsxwriter": ("report",),
    "xlwings": ("hosts",),
    "docx": ("document",),
    "packaging": ("bundle",),
    "tarfile": ("bundle",),
    "lxml": ("document",),
    "pdfplumber": ("document/pdf.py",),
    "rich": ("cli",),
    "argparse": ("cli", "dev"),
    "xml.etree": ("ooxml", "workbook/write", "document"),
    "xml.sax": (),  # it loads the HTTP client of the standard library
    "zipfile": ("files", "ooxml/zip_out.py"),
}


def modules() -> Iterator[tuple[Path, str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        yield path, room, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def defined(node: ast.stmt) -> Iterator[str]:
    """The names this statement of a module gives to something; what is decorated is known to its decorator."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield from () if node.decorator_list else (node.name,)
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id


def test_every_package_has_its_floor() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}

    assert folders == set(FLOORS)


def test_imports_go_down_only() -> None:
    upward = [
        f"{path.name}: {name}"
        for path, room, tree in modules()
        if room in FLOORS
        for name in imports(tree)
        if name.startswith("xlperf.")
        for target in [name.split(".")[1]]
        if target in FLOORS and target != room and FLOORS[target] >= FLOORS[room]
    ]

    assert upward == []


def test_libraries_stay_in_their_rooms() -> None:
    strayed = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path, _, tree in modules()
        for name in imports(tree)
        for library, rooms in ROOMS.items()
        if name == library or name.startswith(f"{library}.")
        if not path.relative_to(PACKAGE).as_posix().startswith(rooms)
    ]

    assert strayed == []


def test_no_two_files_import_each_other() -> None:
    names = {dotted(path): tree for path, _, tree in modules()}
    graph = TopologicalSorter({name: {within(names, use) for use in imports(tree)} for name, tree in names.items()})

    graph.prepare()  # raises CycleError with the circle


def dotted(path: Path) -> str:
    """The name a file is imported by."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def within(names: Container[str], use: str) -> str:
    """The module an import leads to: itself, or the one that holds the name imported."""
    return use if use in names else use.rpartition(".")[0]


def test_only_the_command_line_prints_or_exits() -> None:
    calls = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path, room, tree in modules()
        if room not in ("cli", "dev", "__main__")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "input", "exit", "sys.exit", "os._exit")
    ]

    assert calls == []


def test_cell_addresses_live_in_the_form_alone() -> None:
    # Codes of findings look like cells, but no column is called XPF.
    literal = re.compile(r"(?!XPF)\$?[A-Z]{1,3}\$?[1-9]\d{0,4}(:\$?[A-Z]{1,3}\$?[1-9]\d{0,4})?")
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno} {node.value!r}"
        for path, room, tree in modules()
        if room not in ("form", "measure")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and literal.fullmatch(node.value)
    ]

    assert found == []


def test_the_namespaces_of_the_format_live_in_ooxml() -> None:
    spellings = r"schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml|vnd\.openxmlformats-|_rels/|\[Content_Types\]"
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno} {node.value!r}"
        for path, room, tree in modules()
        if room != "ooxml" and path != PACKAGE / "files" / "kinds.py"  # kinds of files by the names of their parts
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(spellings, node.value)
    ]

    assert found == []


def test_nobody_writes_into_the_registry_of_prefixes() -> None:
    calls = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path, _, tree in modules()
        for node in ast.walk(tree)
        if getattr(node, "attr", getattr(node, "id", "")) in ("register_namespace", "_namespace_map")
    ]

    assert calls == []


def test_measure_needs_the_standard_library_only() -> None:
    foreign = {
        name
        for path, room, tree in modules()
        if room == "measure"
        for name in imports(tree)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("xlperf.measure")
    }

    assert foreign == set()


SLOW = ["openpyxl", "pydantic", "docx", "xlsxwriter", "rich", "typing", "pathlib", "datetime", "shutil"]


@pytest.mark.parametrize("module", SLOW)
def test_help_starts_without_what_is_slow_to_load(module: str) -> None:
    probe = f"""
import atexit, sys
before = set(sys.modules)
from xlperf.cli.main import main
atexit.register(lambda: print({module!r} in sys.modules.keys() - before))
main(["--help"])
"""

    answer = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)

    assert answer.stdout.splitlines()[-1] == "False"


READING = {
    "check": 'assert main(["check", workbook]) == 1  # there are findings',
    "check, with annotated copies": 'assert main(["check", workbook, "--annotate", folder]) == 1',
    "parse": 'assert main(["parse", document]) == 0',
    "consolidate": """
from pathlib import Path
import xlperf.jobs.consolidate
from xlperf.consolidate import examine
assert list(examine(Path(workbook)).projects)
""",
}


@pytest.mark.parametrize("reading", READING)
def test_reading_loads_no_library_that_writes(reading: str, tmp_path: Path) -> None:
    workbook, document = tmp_path / "填报表.xlsx", tmp_path / "绩效文本.txt"
    write_department(small_department(), SETTINGS, workbook)
    document.write_text(document_text(), encoding="utf-8")
    probe = f"""
import atexit, sys
from xlperf.cli.main import main
libraries = ("openpyxl", "xlsxwriter", "lxml", "docx", "xlwings", "pdfplumber", "urllib.request")
atexit.register(lambda: print([name for name in libraries if name in sys.modules]))
workbook, document, folder = {[str(workbook), str(document), str(tmp_path / "copies")]}
{READING[reading]}
"""

    answer = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)

    assert answer.stdout.splitlines()[-1] == "[]"


def test_the_words_of_severities_have_one_home() -> None:
    elsewhere = [
        f"{path.relative_to(PACKAGE)}:{node.lineno} {node.value!r}"
        for path, _, tree in modules()
        if path.relative_to(PACKAGE).as_posix() != "model/messages.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search("提醒|警告", node.value)
    ]

    assert elsewhere == []


def test_nothing_stands_in_a_module_that_nobody_mentions() -> None:
    mentions = Counter(
        name
        for folder in (PACKAGE, Path(__file__).parent)
        for path in folder.rglob("*.py")
        for name in re.findall(r"\w+", path.read_text(encoding="utf-8"))
    )
    unused = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path, _, tree in modules()
        for node in tree.body
        for name in defined(node)
        if mentions[name] == 1
    ]

    assert unused == []
