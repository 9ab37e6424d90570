"""Every file that a user's installation makes says the same to every program: codes, amounts, indicators, results."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from installed import readers
from installed.books import BOOKS, OTHERS
from installed.example import PROJECTS, RETURNED, Rows, missing
from installed.readers import Book
from judges import npm, sdk
from judges.repair import faults
from office.calc import Calc
from required import require

if not os.environ.get("XLPERF_INSTALLED"):
    pytest.skip(
        "XLPERF_INSTALLED names no folder of files: .ci/user makes it and has it judged", allow_module_level=True
    )

FOLDER = Path(os.environ["XLPERF_INSTALLED"])
PATHS = {name: FOLDER / name for name in BOOKS}
MONEY = {"LIGHT", "MONEYLIGHT", "MONEYREASON", "PLAN", "PROGRESS", "RATE", "SENTENCE", "TIME"}
FUNCTIONS = {
    "plan": {*MONEY, "CODE"},
    "monitoring": {*MONEY, "ATTAINMENT", "MONITORREASON", "STANDING", "TARGETLIGHT", "WORSTLIGHT"},
    "self-evaluation": MONEY
    | {"ALERT", "ATTAINMENT", "EARNED", "EVALREASON", "FINALGRADE", "NETSCORE", "PAIDSCORE", "STATE"},
}

Reader = Callable[[str], Book]


def test_every_file_is_there_and_is_judged() -> None:
    made = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}

    assert made == BOOKS.keys() | OTHERS


# --- what readers of files see ---------------------------------------------------------------------------------------


@cache
def read_by_openpyxl(name: str) -> Book:
    return readers.by_openpyxl(PATHS[name])


def read_by_calamine(name: str) -> Book:
    return readers.by_calamine(PATHS[name])


def read_by_exceljs(name: str) -> Book:
    return _read_by_node(readers.EXCELJS, name)


def read_by_sheetjs(name: str) -> Book:
    return _read_by_node(readers.SHEETJS, name)


def _read_by_node(package: npm.Package, name: str) -> Book:
    require(npm.missing_reason(package))
    book = _all_by_node(package)[PATHS[name]]
    assert not isinstance(book, str), book
    return book


@cache
def _all_by_node(package: npm.Package) -> dict[Path, Book | str]:
    return readers.by_node(package, list(PATHS.values()))


READERS = (read_by_openpyxl, read_by_calamine, read_by_exceljs, read_by_sheetjs)
# ExcelJS loads no chart that openpyxl saved, and a copy leaves it as it came.
READ_BY = [
    (read, name) for read in READERS for name, book in BOOKS.items() if not (read is read_by_exceljs and book.source)
]


@pytest.mark.parametrize(("read", "name"), READ_BY)
def test_it_is_read_whole(read: Reader, name: str) -> None:
    assert not_seen(read(name), BOOKS[name].saved) == []


@pytest.mark.parametrize(
    ("read", "name"), [(read, name) for read, name in READ_BY if read is not read_by_calamine and BOOKS[name].forms]
)
def test_its_formulas_are_read(read: Reader, name: str) -> None:
    seen = read(name)

    for title in BOOKS[name].forms:
        assert set(re.findall(r"XLPERF_([A-Z]+)", " ".join(seen[title].formulas))) == FUNCTIONS[BOOKS[name].period]


# --- what LibreOffice makes of them ----------------------------------------------------------------------------------


def copied(name: str, folder: Path) -> Path:
    """A copy of a file: LibreOffice locks what it opens, and another process may be judging the same one."""
    return Path(shutil.copy(PATHS[name], folder))


@pytest.mark.parametrize("name", BOOKS)
def test_libreoffice_calculates_the_same_and_saves_it(calc: Calc, tmp_path: Path, name: str) -> None:
    wanted = [*BOOKS[name].saved, *BOOKS[name].calculated]
    saved = tmp_path / "saved.xlsx"

    calculated = calc.recalc(copied(name, tmp_path), save=saved)

    assert not_seen({title: readers.from_addresses(cells) for title, cells in calculated.items()}, wanted) == []
    assert not_seen(readers.by_calamine(saved), wanted) == []


@pytest.mark.parametrize("name", BOOKS)
def test_its_texts_are_printed(calc: Calc, tmp_path: Path, name: str) -> None:
    printed = tmp_path / "printed.pdf"
    calc.pdf(copied(name, tmp_path), printed)
    text = subprocess.run(["pdftotext", "-raw", printed, "-"], capture_output=True, text=True, check=True).stdout
    seen = "".join(text.split())
    texts = {value for _, row in BOOKS[name].saved for value in row if isinstance(value, str)}
    texts = {value for value in texts if not value.startswith("✗")}  # it is of another font, and torn out of its line

    assert sorted(value for value in texts if "".join(value.split()) not in seen) == []


def test_the_addin_answers_in_libreoffice(start_calc: Callable[[Path | None], Calc], tmp_path: Path) -> None:
    with zipfile.ZipFile(FOLDER / "addins/xlperf.oxt") as package:
        package.extractall(tmp_path / "extensions" / "xlperf")
    book = openpyxl.Workbook()
    book.active.append([9, 30, "=XLPERF_RATE(A1,B1)"])
    book.save(tmp_path / "book.xlsx")

    cells = start_calc(tmp_path / "extensions").recalc(tmp_path / "book.xlsx")

    assert cells == {"Sheet": {"A1": 9, "B1": 30, "C1": 0.3}}


# --- what validators say ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*BOOKS, "addins/xlperf.xlam"])
def test_microsofts_validator_says_nothing(name: str) -> None:
    require(sdk.missing_reason())
    source = BOOKS[name].source if name in BOOKS else ""
    known = sdk.reports(FOLDER / source) if source else []

    assert sdk.reports(FOLDER / name) == known


@pytest.mark.parametrize("name", [*BOOKS, "addins/xlperf.xlam"])
def test_excel_has_nothing_to_repair(name: str) -> None:
    assert faults(FOLDER / name) == []


# --- what is not a workbook ------------------------------------------------------------------------------------------


def test_the_sources_are_the_files_that_were_read() -> None:
    for summary, folder in (
        ("demo/6-运行监控汇总表.xlsx", "demo/5-运行监控表（已填）"),
        ("demo/9-部门汇总表.xlsx", "demo/8-绩效自评表（已填）"),
        ("summary/部门汇总表.xlsx", "../given/self-evaluation"),
    ):
        files = [FOLDER / folder / f"{project.file}.xlsx" for project in RETURNED]
        wanted = [(path.name, "已汇总", hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]

        assert not_seen(read_by_openpyxl(summary), [("来源", row) for row in wanted]) == []


def test_the_document_is_parsed() -> None:
    parsed = json.loads((FOLDER / "parse.json").read_text(encoding="utf-8"))

    assert parsed["unit"] == {"code": "366001", "name": "示范市清河区人民法院"}
    assert [(p["number"], p["code"], p["name"], float(p["budget"])) for p in parsed["projects"]] == [
        (project.number, project.code, project.name, project.budget) for project in PROJECTS
    ]
    assert [[row["name"] for row in p["indicators"]] for p in parsed["projects"]] == [
        [indicator[0][1] for indicator in project.indicators] for project in PROJECTS
    ]


def test_the_dataset_is_read_by_sqlite() -> None:
    with closing(sqlite3.connect(FOLDER / "summary" / "部门汇总表.sqlite")) as dataset:
        assert dataset.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        sums = "SELECT count(*), round(sum(budget_current), 6), round(sum(progress_paid), 6) FROM projects"
        assert dataset.execute(sums).fetchall() == [(6, 632.8, 620.52)]


def test_nothing_changed_between_two_runs() -> None:
    assert json.loads((FOLDER / "changes.json").read_text(encoding="utf-8"))["changes"] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("parse.txt", [project.name for project in PROJECTS]),
        ("check.txt", ["XPF528", "评分10", "共"]),
        ("consolidate.txt", ["XPF602", "99030026P00042010002N"]),
        ("rules.txt", ["XPF425", "XPF602"]),
        ("rule.txt", ["XPF425", "≤"]),
        ("help.txt", ["parse", "generate", "check", "consolidate", "changes", "demo", "addin", "doctor", "rule"]),
        ("doctor.txt", ["Python", "xlperf 0.1.0"]),
    ],
)
def test_the_commands_say_what_they_do(name: str, words: list[str]) -> None:
    said = (FOLDER / name).read_text(encoding="utf-8")

    assert [word for word in words if word not in said] == []


def not_seen(book: Book, wanted: Rows) -> Rows:
    return missing({title: sheet.rows for title, sheet in book.items()}, wanted)
