"""Parts of workbooks in a folder: counted, named, and never twice beside the whole they came from."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from departments import small_department
from workbook.returning import CONTENT, FIRST, PROJECT_PART, SECOND, alone
from zipped import packed, parts_of

from xlperf.consolidate import Consolidation
from xlperf.jobs.consolidate import consolidate


def summary(tmp_path: Path, **workbooks: bytes) -> Consolidation:
    folder = tmp_path / "交回"
    folder.mkdir()
    for name, content in workbooks.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    return consolidate(folder, tmp_path / "汇总.xlsx")


def without_code(content: bytes) -> bytes:
    parts = parts_of(content)
    code = small_department().projects[0].code.encode()
    return packed({**parts, PROJECT_PART: parts[PROJECT_PART].replace(code, b"")})


def test_a_part_alone_is_counted(tmp_path: Path) -> None:
    told = summary(tmp_path, own=alone(FIRST))

    assert (told.totals.projects, told.totals.budget, told.totals.paid) == (1, 20, Decimal("12.1"))
    assert [(file.status, file.unit, file.year) for file in told.files] == [
        ("consolidated", "366001示范市清河区人民法院", 2026)
    ]
    assert {"XPF341", "XPF406"} <= {found.code for found in told.findings if found.locus.file == "own.xlsx"}


def test_two_parts_are_the_whole(tmp_path: Path) -> None:
    told = summary(tmp_path, one=alone(FIRST), two=alone(SECOND))

    assert (told.totals.projects, told.totals.uncounted) == (2, 0)
    assert not [found for found in told.findings if found.code in ("XPF601", "XPF605")]


def test_a_part_beside_its_whole_counts_in_neither(tmp_path: Path) -> None:
    told = summary(tmp_path, part=alone(FIRST), whole=CONTENT)

    assert [project.is_counted for project in told.projects] == [False, False, True]
    assert [dict(found.values)["files"] for found in told.findings if found.code == "XPF601"] == [
        f"part.xlsx › {FIRST}、whole.xlsx › {FIRST}"
    ]


def test_not_even_where_its_code_was_wiped(tmp_path: Path) -> None:
    told = summary(tmp_path, part=without_code(alone(FIRST)), whole=CONTENT)

    assert [project.is_counted for project in told.projects] == [False, False, True]
    assert [dict(found.values)["project"] for found in told.findings if found.code == "XPF601"] == [
        small_department().projects[0].code
    ]
