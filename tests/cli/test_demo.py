"""The year of the example department, and the pictures of it in the README."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from xlperf.cli.main import main

SHOWN = Path(__file__).parents[2] / "workbooks"
RETURNED = (
    "01_99030026P00041810002W_办案业务经费",
    "02_99030026P00041910002J_公务运转经费",
    "04_99030026P000421100051_诉讼服务中心运行维护经费",
    "05_99030026P00057710003X_智慧法庭设备购置经费",
    "06_99030026P00057710001N_派出法庭修缮经费",
    "07_99030026P00057710004H_囚车及警务装备购置经费",
)
# What was planted in the workbooks that came back, by step and the number the file begins with: code and cell.
FOUND = {
    "plan": {
        "": "XPF602",
        "01": "XPF421 E17",
        "02": "XPF129 C10, XPF421 E14, XPF423 G17, XPF428 F17, XPF432 G17, XPF451 D14, XPF451 D15, XPF451 D17, "
        "XPF452 H14, XPF452 H17, XPF453 F19, XPF455 C18",
        "04": "XPF123 C3, XPF402 H5, XPF428 F17, XPF453 F18",
        "05": "XPF428 F17, XPF445 E9",
        "06": "XPF134 C4, XPF421 E15, XPF421 E19, XPF423 G18, XPF432 G18, XPF445 E9",
        "07": "XPF421 E13, XPF421 E15, XPF422 G15, XPF428 F17, XPF444 C9, XPF444 D9, XPF444 E9, XPF445 E9",
    },
    "monitoring": {
        "": "XPF602",
        "01": "XPF402 E14",
        "02": "XPF513 F7, XPF535 E21, XPF540 L16",
        "04": "XPF123 L3, XPF540 L19",
        "05": "XPF507 B25, XPF535 E15, XPF555 F14",
        "06": "XPF134 C3, XPF512 C43",
        "07": "XPF535 E15, XPF540 L14",
    },
    "self-evaluation": {
        "": "XPF602",
        "01": "XPF540 I17",
        "02": "XPF540 I15",
        "04": "XPF123 I3, XPF501 B37, XPF518 F7, XPF528 K18",
        "05": "XPF402 B36, XPF527 F15",
        "06": "XPF134 C3, XPF513 F7, XPF518 F7",
        "07": "XPF547 I14",
    },
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    assert main(["demo", str(folder)]) == 0
    return folder


def test_the_demo_writes_document_workbooks_summaries_and_findings(demo: Path) -> None:
    names = sorted(path.relative_to(demo).as_posix() for path in demo.rglob("*") if path.is_file())

    assert names == [
        "1-绩效文本.txt",
        "2-绩效目标表/示范市清河区人民法院2026年绩效目标表.xlsx",
        *(f"3-绩效目标表（已填）/{name}.xlsx" for name in RETURNED),
        "4-运行监控表/示范市清河区人民法院2026年绩效运行监控表.xlsx",
        *(f"5-运行监控表（已填）/{name}.xlsx" for name in RETURNED),
        "6-运行监控汇总表.xlsx",
        "7-绩效自评表/示范市清河区人民法院2026年绩效自评表.xlsx",
        *(f"8-绩效自评表（已填）/{name}.xlsx" for name in RETURNED),
        "9-部门汇总表.xlsx",
        "问题.json",
    ]


def test_what_is_wrong_with_the_example_is_found(demo: Path) -> None:
    found = json.loads((demo / "问题.json").read_text(encoding="utf-8"))

    assert list(found) == ["document", *FOUND]
    for step, planted in FOUND.items():
        by_file: dict[str, list[str]] = {}
        for finding in found[step]:
            by_file.setdefault(finding["file"][:2], []).append(f"{finding['code']} {finding['cell']}".strip())
        assert {file: ", ".join(sorted(said)) for file, said in by_file.items()} == planted


@pytest.mark.parametrize(
    ("period", "source", "made"),
    [
        ("monitoring", "3-绩效目标表（已填）", "4-运行监控表"),
        ("self-evaluation", "5-运行监控表（已填）", "7-绩效自评表"),
    ],
)
def test_the_command_makes_the_same_of_what_came_back(
    demo: Path, tmp_path: Path, period: str, source: str, made: str
) -> None:
    day = "2026-06-30" if period == "monitoring" else "2026-12-31"
    options = ["--as-of", day, "--no-macros", "--fail-on", "never"]

    assert main(["generate", str(demo / source), "--period", period, "-o", str(tmp_path), *options]) == 0

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [
        (path.name, path.read_bytes()) for path in (demo / made).iterdir()
    ]


def test_nothing_is_left_behind_on_the_way(demo: Path) -> None:
    for path in demo.rglob("*.xlsx"):
        with closing(load_workbook(path, read_only=True)) as book:  # Windows replaces no file that is open
            assert "未带入" not in book.sheetnames


def test_a_second_demo_in_the_same_place_is_the_same(demo: Path) -> None:
    before = {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()}

    assert main(["demo", str(demo)]) == 0

    assert {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()} == before


def test_the_readme_shows_pictures_that_exist() -> None:
    readme = (SHOWN.parent / "README.md").read_text(encoding="utf-8")

    pictures = sorted(path.name for path in SHOWN.glob("*.png"))

    assert len(pictures) == 5
    assert all(f"(workbooks/{name})" in readme for name in pictures)
