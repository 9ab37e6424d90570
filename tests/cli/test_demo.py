"""The whole job on the example department, and the pictures of it in the README."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xlperf.cli.main import main

SHOWN = Path(__file__).parents[2] / "workbooks"
# What was planted in the example, by the number its file begins with: code and cell.
FOUND = {
    "": "XPF602",
    "01": "XPF402 J14, XPF421 E16, XPF525 O17",
    "02": "XPF129 C9, XPF421 E13, XPF423 G14, XPF423 G16, XPF428 F16, XPF432 G16, XPF451 D13, XPF451 D14, XPF451 D16, "
    "XPF452 H13, XPF452 H16, XPF453 F18, XPF525 O14, XPF535 J19",
    "04": "XPF123 C3, XPF428 F16, XPF453 F17, XPF501 B35, XPF528 M17",
    "05": "XPF402 B34, XPF424 G19, XPF428 F16, XPF445 E8, XPF527 J14, XPF535 J17",
    "06": "XPF134 K3, XPF421 E14, XPF421 E18, XPF423 G17, XPF425 E12, XPF432 G17, XPF445 E8",
    "07": "XPF421 E12, XPF421 E14, XPF422 G14, XPF428 F16, XPF444 C8, XPF444 D8, XPF444 E8, XPF445 E8, XPF535 J18",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    assert main(["demo", str(folder)]) == 0
    return folder


def test_the_demo_writes_document_workbooks_summary_and_findings(demo: Path) -> None:
    names = sorted(path.relative_to(demo).as_posix() for path in demo.rglob("*") if path.is_file())

    assert names == [
        "1-绩效文本.txt",
        "2-空白填报表.xlsx",
        "3-已填报/01_99030026P00041810002W_办案业务经费.xlsx",
        "3-已填报/02_99030026P00041910002J_公务运转经费.xlsx",
        "3-已填报/04_99030026P000421100051_诉讼服务中心运行维护经费.xlsx",
        "3-已填报/05_99030026P00057710003X_智慧法庭设备购置经费.xlsx",
        "3-已填报/06_99030026P00057710001N_派出法庭修缮经费.xlsx",
        "3-已填报/07_99030026P00057710004H_囚车及警务装备购置经费.xlsx",
        "4-部门汇总表.xlsx",
        "5-问题.json",
    ]


def test_what_is_wrong_with_the_example_is_found(demo: Path) -> None:
    found = json.loads((demo / "5-问题.json").read_text(encoding="utf-8"))

    by_file: dict[str, list[str]] = {}
    for finding in found:
        by_file.setdefault(finding["file"][:2], []).append(f"{finding['code']} {finding['cell']}".strip())
    assert {file: ", ".join(sorted(said)) for file, said in by_file.items()} == FOUND


def test_a_second_demo_in_the_same_place_is_the_same(demo: Path) -> None:
    before = {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()}

    assert main(["demo", str(demo)]) == 0

    assert {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()} == before


def test_the_readme_shows_pictures_that_exist() -> None:
    readme = (SHOWN.parent / "README.md").read_text(encoding="utf-8")

    pictures = sorted(path.name for path in SHOWN.glob("*.png"))

    assert len(pictures) == 5
    assert all(f"(workbooks/{name})" in readme for name in pictures)
