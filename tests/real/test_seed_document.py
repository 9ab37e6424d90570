"""The real document: every figure of domain rules §2, and the same figures from every way of holding it."""

from __future__ import annotations

import os
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from document import papers

from xlperf.document import Imported, read_document, to_json
from xlperf.model import Department, Operator
from xlperf.model.text import squeeze

SEED = Path(__file__).parents[3] / "shared" / "seed"


@pytest.fixture(scope="module")
def path() -> Path:
    found = sorted(SEED.glob("*.txt"))
    if not found and os.environ.get("XLPERF_REQUIRE_SEED") == "1":
        pytest.fail("the real document is not at ../shared/seed")
    if not found:
        pytest.skip("the real document is not at ../shared/seed")
    return found[0]


@pytest.fixture(scope="module")
def imported(path: Path) -> Imported:
    return read_document(path)


@pytest.fixture(scope="module")
def department(imported: Imported) -> Department:
    return imported.department


@pytest.fixture(scope="module")
def text(path: Path) -> str:
    return path.read_text("utf-8")


def test_six_projects_with_their_codes_budgets_and_plans(department):
    assert [
        (
            project.number,
            project.code,
            str(project.budget.initial),
            len(project.indicators),
            "/".join("–" if share is None else f"{share * 100:.0f}" for share in project.spend_plan.shares),
        )
        for project in department.projects
    ] == [
        (1, "13080023P00024610002U", "20", 9, "20/50/70/100"),
        (2, "13080023P00024710002H", "20", 9, "20/50/70/100"),
        (3, "13080023P000245100026", "117", 9, "20/50/70/100"),
        (4, "13080023P00033710032M", "30", 7, "–/–/30/100"),
        (5, "13080023P000337100312", "28", 7, "–/–/–/100"),
        (6, "13080023P00033710015Q", "72", 7, "–/–/30/100"),
    ]


def test_the_totals(department):
    budgets = [project.budget for project in department.projects]

    assert sum(budget.initial for budget in budgets) == Decimal("287.00")
    assert sum(budget.fiscal_funds for budget in budgets) == Decimal("287.00")
    assert [budget.other_funds for budget in budgets] == [None] * 6
    assert sum(len(project.indicators) for project in department.projects) == 48


def test_the_signs_and_values_of_the_targets(department):
    targets = [each.target for project in department.projects for each in project.indicators]
    unstated = [target for target in targets if not target.operator_stated]

    assert Counter(target.operator for target in targets if target.operator_stated) == {Operator.GE: 27, Operator.LE: 8}
    assert Counter((target.operator.value, str(target.value)) for target in unstated) == {
        ("=", "100"): 5,
        ("not_applicable", "0"): 6,
        ("=", "14"): 1,
        ("=", "1"): 1,
    }
    assert all(isinstance(target.value, Decimal) for target in targets)


def test_the_first_part(department):
    assert (department.unit.code, department.unit.name) == ("335001", "承德市鹰手营子矿区人民法院本级")
    assert department.year == 2023
    lines = department.overall_objective.split("\n")
    assert [line[:2] for line in lines] == ["妥善", "1、", "2、", "3、", "4、", "5.", "6.", "在预"]
    assert [text[:6] for text in department.sub_objectives] == ["专项公用项目", "司法警察执勤", "聘用制书记员"]
    introduction, first = department.safeguards[0].split("\n")
    assert introduction.startswith("区法院")
    assert [re.split("[。（]", text)[0] for text in (first, *department.safeguards[1:])] == [
        "完善制度建设",
        "加强支出管理",
        "加强绩效运行监控",
        "规范财务资产管理",
        "加强内部监督",
        "加强宣传培训调研等",
        "做好绩效自评",
    ]


def test_names_keep_their_brackets_and_objectives_lose_their_number(department):
    names = [project.name for project in department.projects]

    assert names[:3] == ["办案业务经费", "公务运转经费", "聘任制书记员经费"]
    assert [name[:27] for name in names[3:5]] == [
        "2023年法院建设补助资金(承财政法【2023】6号）",
        "2023年法院建设补助资金（承财政法【2023】6号）",
    ]
    assert [len(name) for name in names[3:]] == [44, 35, 35]
    assert {project.objectives for project in department.projects} == {("目标内容1",)}
    assert [project.purpose[:4] for project in department.projects] == [
        *("企业破产", "公车运行", "书记员工"),
        *("智慧法院", "购置囚车", "两庭基础"),
    ]


def test_wrapped_cells_and_classes_said_once(department):
    first, second, third, fourth = (project.indicators for project in department.projects[:4])

    assert [(each.level1, each.level2) for each in first] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("产出指标", "时效指标"),
        ("产出指标", "成本指标"),
        ("效益指标", "经济效益指标"),
        ("效益指标", "社会效益指标"),
        ("效益指标", "生态效益指标"),
        ("效益指标", "可持续影响指标"),
        ("满意度指标", "服务对象满意度指标"),
    ]
    assert (first[6].description, first[6].target.raw) == ("购买节能环保设备", "≥30持续使用")
    assert first[6].basis == first[6].description
    assert (second[0].target.value, second[0].target.unit, second[0].basis) == (8, "大于等于8小时", "行业标准")
    assert {third[8].level2, third[8].name, third[8].description} == {"服务对象满意度指标"}
    assert third[0].basis.startswith("《关于印发<河北省法院、检察院")
    assert (fourth[2].name, fourth[2].target.value, fourth[2].basis) == ("购买安防设备的资金支付时效", 90, "单位要求")
    assert sum(each.name == each.description for project in department.projects for each in project.indicators) == 40


def test_everything_is_understood_and_only_signs_said_twice_are_noted(imported):
    assert [(found.code, found.locus.line) for found in imported.findings] == [
        ("XPF107", line) for line in (248, 276, 419, 564, 690, 792, 808, 816, 832)
    ]
    assert [lines.project for lines in imported.lines] == [27, 176, 323, 467, 594, 720]


def test_the_json(imported):
    told = to_json(imported)

    assert [project["budget"] for project in told["projects"]] == [
        *("20.00", "20.00", "117.00", "30.00", "28.00", "72.00"),
    ]
    assert told["projects"][3]["spend_plan"] == [
        {"month": 3, "share": None},
        {"month": 6, "share": None},
        {"month": 10, "share": "0.30"},
        {"month": 12, "share": "1.00"},
    ]


# --- the same document in other hands --------------------------------------------------------------------------------


def reread(tmp_path: Path, content: bytes) -> Department:
    copy = tmp_path / "文本.txt"
    copy.write_bytes(content)
    return read_document(copy).department


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_in_another_encoding(tmp_path, department, text, encoding):
    assert reread(tmp_path, text.encode(encoding)) == department


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"),
        (" ", "\u00a0"),
        (" ", "\u3000"),
        ("\n\n", "\n"),
        ("\n\t", "\n\n\t"),
        ("[bookmark: ", "[Bookmark："),
    ],
)
def test_with_other_line_ends_and_blanks(tmp_path, department, text, old, new):
    assert reread(tmp_path, text.replace(old, new).encode()) == department


def test_typed_in_full_width(tmp_path, department, text):
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) not in "[]<>"}
    again = reread(tmp_path, text.translate(wide).encode())

    def figures(of: Department) -> list[object]:
        return [
            (
                project.number,
                project.code,
                squeeze(project.name),
                project.budget,
                project.spend_plan,
                [
                    (squeeze(each.name), each.target.operator, each.target.value, squeeze(each.target.unit))
                    for each in project.indicators
                ],
            )
            for project in of.projects
        ]

    assert figures(again) == figures(department)
    assert [squeeze(item) for item in again.sub_objectives] == [squeeze(item) for item in department.sub_objectives]
    assert len(again.safeguards) == 7


@pytest.mark.parametrize(("split", "page"), [(False, None), (True, 4)])
def test_as_a_word_document(tmp_path, department, split, page):
    again = read_document(papers.word(department, tmp_path / "文本.docx", split=split, page=page))

    assert again.department == department
    assert {found.code for found in again.findings} == {"XPF107"}


def test_as_the_sister_form(tmp_path, department):
    copy = tmp_path / "文本.txt"
    copy.write_text(papers.piped(department), "utf-8")
    again = read_document(copy)

    assert again.department == papers.without_sister_gaps(department)
    assert {found.code for found in again.findings} == {"XPF107"}


# --- damaged ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("\t117.00\n\t其中", "\t117.00元整\n\t其中", ("XPF102", 342, "117.00元整")),
        ("\t13080023P00033710015Q", "\t", ("XPF103", 729, "")),
        ("5.2023年法院", "5.2022年法院", ("XPF104", 594, "1辆囚车购置经费")),
        ("\t100%\n\t\n\n\t绩效目标", "\t100\n\t\n\n\t绩效目标", ("XPF106", 73, "100")),
        ("\t书记员工资及保险", "\t书记员工资及保险\n\t另附", ("XPF110", 350, "另附")),
        ("\t工资发放准确率\n", "\t\n", ("XPF108", 399, "质量指标")),
        ("\n\t≥80更好的给当事人提供服务", "\n\t", ("XPF108", 819, "更好的给当事人提供服务")),
    ],
)
def test_damage_is_found_at_its_line(tmp_path, text, old, new, expected):
    copy = tmp_path / "文本.txt"
    copy.write_text(text.replace(old, new, 1), "utf-8")
    again = read_document(copy)

    found = [each for each in again.findings if each.code != "XPF107"]
    assert [(each.code, each.locus.line) for each in found] == [expected[:2]]
    assert expected[2] in " ".join(text for _, text in found[0].values)
    assert len(again.department.projects) == 6


def test_a_stray_cell_anywhere_comes_out_somewhere(tmp_path, text):
    lines = text.split("\n")
    copy = tmp_path / "文本.txt"
    for place in range(0, len(lines), 9):
        copy.write_text("\n".join([*lines[:place], "\t多余内容", *lines[place:]]), "utf-8")
        again = read_document(copy)

        told = again.department.model_dump_json() + str([found.values for found in again.findings])
        assert "多余内容" in told, place
        assert len(again.department.projects) == 6
