"""The same small department read from every kind of source, and what is wrong with it found where it stands."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from document import papers

from xlperf.checks import message
from xlperf.document import Imported, read_document, read_target
from xlperf.model import Budget, BudgetUnit, Department, Indicator, Project, SpendPlan, UnreadableInput, UsageError


def indicator(level1: str, level2: str, name: str, target: str, basis: str = "单位要求") -> Indicator:
    return Indicator(
        level1=level1,
        level2=level2,
        name=name,
        description=f"反映{name}",
        target=read_target(target).target,
        basis=basis,
    )


SMALL = Department(
    unit=BudgetUnit(code="335001", name="某区人民法院（本级）"),
    year=2023,
    overall_objective="依法审理案件。\n1、刑事审判。\n2、民事审判。",
    sub_objectives=("办案项目。目标：保障办案。", "书记员项目。"),
    safeguards=("区法院严格执行制度。\n完善制度建设。（制定办法）", "加强支出管理。"),
    projects=(
        Project(
            number=1,
            code="13080023P00024610002U",
            name="办案业务经费",
            budget=Budget(initial=Decimal("20.5"), fiscal_funds=Decimal("20.5")),
            purpose="陪审员、调解员经费",
            spend_plan=SpendPlan(shares=(Decimal("0.2"), Decimal("0.5"), Decimal("0.7"), Decimal(1))),
            objectives=("目标内容1",),
            indicators=(
                indicator("产出指标", "数量指标", "办案数量", "≥95件"),
                indicator("产出指标", "数量指标", "调解数量", "≥10件"),
                indicator("产出指标", "质量指标", "准确率", "100%", basis=""),
                indicator("成本指标", "经济成本指标", "总成本", "≤20万元"),
                indicator("满意度指标", "服务对象满意度指标", "群众满意度", "持续提升"),
            ),
        ),
        Project(
            number=2,
            code="13080023P00033710032M",
            name="2023年补助资金(承财【2023】6号）囚车购置经费",
            budget=Budget(initial=Decimal(1200), fiscal_funds=Decimal(1000), other_funds=Decimal(200)),
            purpose="购置囚车",
            spend_plan=SpendPlan(shares=(None, None, Decimal("0.3"), Decimal(1))),
            objectives=("购置囚车1辆", "保障押解"),
            indicators=(
                indicator("产出指标", "数量指标", "囚车数量", "1辆"),
                indicator("效益指标", "经济效益指标", "不涉及", "0不涉及"),
            ),
        ),
    ),
)


@pytest.fixture
def read(tmp_path: Path):
    def reader(text: str, encoding: str = "utf-8", **options: object) -> Imported:
        path = tmp_path / "文本.txt"
        path.write_bytes(text.encode(encoding))
        return read_document(path, **options)

    return reader


def found(imported: Imported) -> list[tuple[str, int | None, str]]:
    return [(each.code, each.locus.line, message(each)) for each in imported.findings]


# --- every form and encoding ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_tabbed_dump_in_any_encoding(read, encoding, line_end):
    imported = read(papers.tabbed(SMALL).replace("\n", line_end), encoding)

    assert (imported.department, imported.findings) == (SMALL, ())


@pytest.mark.parametrize(("split", "page"), [(False, None), (False, 2), (True, None), (True, 1)])
def test_a_word_document_whose_tables_go_over_pages(tmp_path, split, page):
    imported = read_document(papers.word(SMALL, tmp_path / "文本.docx", split=split, page=page))

    assert (imported.department, imported.findings) == (SMALL, ())


def test_the_sister_form(read):
    one = SMALL.model_copy(
        update={"projects": (SMALL.projects[0], SMALL.projects[1].model_copy(update={"objectives": ("购置囚车",)}))}
    )

    imported = read(papers.piped(one))

    assert (imported.department, imported.findings) == (papers.without_sister_gaps(one), ())


@pytest.mark.parametrize(
    "row",
    [
        "产出指标 | 质量指标 | 合格率 | 反映合格率 | 100%",
        " | 质量指标 | 合格率 | 反映合格率 | 100%",
        "质量指标 | 合格率 | 反映合格率 | 100%",
        "质量指标 | 合格率 | 反映合格率 | 100% | ",
        "| 质量指标 | 合格率 | 反映合格率 | 100% | |",
    ],
)
def test_a_row_of_the_sister_form_that_lost_its_merged_cells(read, row):
    text = "1.维修费绩效目标表\n项目名称 | 维修费\n一级指标 | 二级指标 | 三级指标 | 绩效指标描述 | 指标值\n"
    text += "产出指标 | 数量指标 | 数量 | 反映数量 | 1个\n"

    imported = read(text + row, year=2024)

    second = imported.department.projects[0].indicators[1]
    assert (second.level1, second.level2, second.name, second.target.raw) == ("产出指标", "质量指标", "合格率", "100%")
    assert imported.findings == ()


def test_a_markdown_table(read):
    text = (
        "| 项目名称 | 维修费 |\n| --- | --- |\n| 预算数 | 20 |\n"
        "| 一级指标 | 二级指标 | 三级指标 | 绩效指标描述 | 指标值 |\n|---|:--|--|--|--|\n"
        "| 产出指标 | 数量指标 | 数量 | 反映数量 | 1个 |\n| | | 面积 | 反映面积 | ≥9㎡ |\n"
    )

    project = read(text, year=2024).department.projects[0]

    assert [(each.level2, each.name) for each in project.indicators] == [("数量指标", "数量"), ("数量指标", "面积")]
    assert (project.name, project.budget.initial) == ("维修费", 20)


def test_rows_pasted_from_word_with_tabs_between_cells(read):
    rows = [*papers.head_rows(SMALL, SMALL.projects[0]), papers.HEAD, *papers.indicator_rows(SMALL.projects[0])]
    text = "\n".join("\t".join(row) for row in rows)

    assert read(text).department.projects == SMALL.projects[:1]


# --- blank lines and wrapped cells -----------------------------------------------------------------------------------


def test_no_blank_line_at_all(read):
    text = "\n".join(line for line in papers.tabbed(SMALL).split("\n") if line.strip(" "))

    assert read(text).department == SMALL


def test_a_blank_line_anywhere_between_cells(read):
    lines = papers.tabbed(SMALL).split("\n")
    for place in range(len(lines)):
        imported = read("\n".join([*lines[:place], "", *lines[place:]]))

        assert (imported.department, imported.findings) == (SMALL, ()), lines[place]


def test_a_cell_wrapped_over_lines(read):
    text = papers.tabbed(SMALL).replace("\t反映办案数量", "\t\n反映办案\n数量").replace("\t≥10件", "\t\n\n≥10件")

    assert read(text).department == SMALL


# --- the first part --------------------------------------------------------------------------------------------------


def test_headings_printed_twice_and_a_table_of_contents(read):
    text = papers.tabbed(SMALL)
    for line in ("一、总体绩效目标", "1.办案业务经费绩效目标表"):
        text = text.replace(line, f"{line}\n{line}")
    text = "目录\n一、总体绩效目标……………1\n1.办案业务经费绩效目标表\t3\n" + text

    assert read(text).department == SMALL


def test_a_table_of_contents_without_pages(read):
    listed = "".join(papers.heading(project) + "\n" for project in SMALL.projects)

    imported = read(f"目录\n{listed}" + papers.tabbed(SMALL))

    assert (imported.department, imported.findings) == (SMALL, ())


def test_an_objective_longer_than_a_cell_is_cut_and_found(read):
    text = papers.tabbed(SMALL).replace("依法审理案件。\n", "\n".join(["长" * 9_999] * 4) + "\n")

    imported = read(text)

    assert len(imported.department.overall_objective) == 32_767
    assert [(each.code, each.locus.line) for each in imported.findings] == [("XPF113", 4)]


def test_a_paragraph_outside_every_section_is_found(read):
    assert found(read("某某说明\n" + papers.tabbed(SMALL))) == [
        ("XPF101", 1, "无法理解的内容，未读入：“某某说明”"),
    ]


# --- the head of a table ---------------------------------------------------------------------------------------------

TABLE = """\
1.办案费绩效目标表
项目编码\t13080023P00024610002U\t项目名称\t办案费
预算规模及资金用途\t预算数\t20.00\t其中：财政资金\t20.00\t其他资金\t
\t办案
资金支出计划（%）\t3月底\t6月底\t10月底\t12月底
\t20%\t50%\t70%\t100%
绩效目标\t1.目标
一级指标\t二级指标\t三级指标\t绩效指标描述\t指标值\t指标值确定依据
产出指标\t数量指标\t数量\t反映数量\t≥1个\t要求
"""


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("20.00", "20"),
        ("２０.００", "20"),
        ("2,000.00", "2000"),
        ("２，０００", "2000"),
        ("20万元", "20"),
        ("20万", "20"),
        ("200000元", "20"),
        ("1.5亿元", "15000"),
        ("¥20", "20"),
        ("20 .00", "20"),
        ("-5", "-5"),
    ],
)
def test_amounts_as_people_write_them(read, written, amount):
    imported = read(TABLE.replace("预算数\t20.00", f"预算数\t{written}"))

    assert imported.department.projects[0].budget.initial == Decimal(amount)
    assert imported.findings == ()


@pytest.mark.parametrize("written", ["", "-", "—", "/", "无"])
def test_a_blank_amount_is_none(read, written):
    imported = read(TABLE.replace("其他资金\t", f"其他资金\t{written}"))

    assert imported.department.projects[0].budget.other_funds is None
    assert imported.findings == ()


@pytest.mark.parametrize(
    ("unit", "amount"), [("元", "0.002"), ("千元", "2"), ("百万元", "2000"), ("亿元", "200000"), ("万元", "20")]
)
def test_amounts_in_another_unit_are_converted(read, unit, amount):
    imported = read(TABLE.replace("项目编码", f"335001某法院\t单位：{unit}\n项目编码"))

    assert imported.department.projects[0].budget.initial == Decimal(amount)
    assert imported.department.unit == BudgetUnit(code="335001", name="某法院")
    assert found(imported) == ([] if unit == "万元" else [("XPF105", 2, f"金额单位为{unit}，已换算为万元")])


def test_a_unit_in_the_label_or_in_one_line_with_the_name(read):
    labelled = read(TABLE.replace("预算数\t20.00", "预算数（元）\t200000"))
    joined = read(TABLE.replace("绩效目标表\n", "绩效目标表\n335001某法院（本级）　　单位:元\n"))

    assert labelled.department.projects[0].budget == Budget(initial=Decimal(20), fiscal_funds=Decimal(20))
    assert found(labelled) == [("XPF105", 3, "金额单位为元，已换算为万元")]
    assert joined.department.unit == BudgetUnit(code="335001", name="某法院（本级）")
    assert joined.department.projects[0].budget.initial == Decimal("0.002")


@pytest.mark.parametrize(
    ("cells", "shares", "noted"),
    [
        ("20%\t50%\t70%\t100%", "0.2 0.5 0.7 1", ""),
        ("２０％\t50％\t70%\t100%", "0.2 0.5 0.7 1", ""),
        ("20\t50\t70\t100", "0.2 0.5 0.7 1", "20%、50%、70%、100%"),
        ("0.2\t0.5\t0.7\t1", "0.2 0.5 0.7 1", "20%、50%、70%、100%"),
        ("0.5\t1\t50\t100", "0.005 0.01 0.5 1", "0.5%、1%、50%、100%"),
        ("20%\t50\t70\t100%", "0.2 0.5 0.7 1", "50%、70%"),
        ("\t\t\t1", "None None None 1", "100%"),
        ("\t\t30%\t100%", "None None 0.3 1", ""),
    ],
)
def test_planned_shares_as_people_write_them(read, cells, shares, noted):
    imported = read(TABLE.replace("20%\t50%\t70%\t100%", cells))

    assert " ".join(str(share) for share in imported.department.projects[0].spend_plan.shares) == shares
    assert [(each.code, each.locus.line, dict(each.values)["share"]) for each in imported.findings] == [
        ("XPF106", 6, noted)
    ] * bool(noted)


def test_project_codes_in_full_width(read):
    imported = read(TABLE.replace("13080023P00024610002U", "１３０８００２３Ｐ０００２４６１０００２Ｕ"))

    assert imported.department.projects[0].code == "13080023P00024610002U"


def test_the_unit_of_money_beside_the_project_name(read):
    imported = read(TABLE.replace("项目名称\t办案费\n", "\n项目名称\t办案费\t单位：元\n"))

    assert imported.department.unit == BudgetUnit()
    assert imported.department.projects[0].name == "办案费"
    assert imported.department.projects[0].budget.initial == Decimal("0.002")


def test_other_names_for_the_budget_unit(read):
    imported = read(TABLE.replace("项目编码", "预算单位\t某法院\n项目编码"))

    assert imported.department.unit == BudgetUnit(name="某法院")


# --- where one project ends ------------------------------------------------------------------------------------------


def test_without_headings_a_new_code_begins_a_new_project(read):
    table = TABLE.partition("\n")[2]
    imported = read(table + table.replace("P00024610002U", "P00024710002H"))

    codes = [(project.number, project.code) for project in imported.department.projects]
    assert codes == [(1, "13080023P00024610002U"), (2, "13080023P00024710002H")]
    assert imported.findings == ()


def test_cells_repeated_where_they_were_merged(read):
    text = """\
项目支出绩效目标表 | 项目支出绩效目标表 | 项目支出绩效目标表 | 项目支出绩效目标表 | 项目支出绩效目标表
某法院 | 某法院 | 某法院 | 某法院 | 单位：万元
项目名称 | 办案费 | 办案费 | 办案费 | 办案费
预算规模及资金用途 | 预算数 | 20 | 其中：财政资金 | 20
预算规模及资金用途 | 办案 | 办案 | 办案 | 办案
资金支出计划（%） | 3月底 | 6月底 | 10月底 | 12月底
资金支出计划（%） | 20% | 50% | 50% | 100%
绩效目标 | 1.目标 | 1.目标 | 1.目标 | 1.目标
一级指标 | 二级指标 | 三级指标 | 绩效指标描述 | 指标值
产出指标 | 数量指标 | 数量 | 数量 | 1个
产出指标 | 数量指标 | 面积 | 面积 | ≥9㎡
产出指标 |  | 人数 | 人数 | 1人
"""
    imported = read(text, year=2024)

    (project,) = imported.department.projects
    assert imported.department.unit.name == "某法院"
    assert (project.name, project.budget.initial, project.purpose) == ("办案费", 20, "办案")
    assert [str(share) for share in project.spend_plan.shares] == ["0.2", "0.5", "0.5", "1"]
    assert project.objectives == ("目标",)
    assert [(each.level2, each.name) for each in project.indicators] == [
        ("数量指标", "数量"),
        ("数量指标", "面积"),
        ("数量指标", "人数"),
    ]
    assert imported.findings == ()


def test_numbers_end_where_the_form_ends(read):
    table = TABLE.partition("\n")[2]
    other = table.replace("P00024610002U", "P00024710002H")

    numbers = [project.number for project in read("999." + TABLE[2:] + other).department.projects]

    assert numbers == [999, 1000]


def test_a_title_and_head_repeated_on_the_next_page_stay_one_project(read):
    head, row = "".join(TABLE.splitlines(keepends=True)[:-1]), TABLE.splitlines(keepends=True)[-1]
    again = row.replace("数量\t反映", "面积\t反映")
    imported = read(head + row + head + again)

    assert [len(project.indicators) for project in imported.department.projects] == [2]
    assert imported.findings == ()


def test_a_general_title_over_every_table(read):
    table = TABLE.replace("1.办案费绩", "项目支出绩")
    imported = read(table + table.replace("P00024610002U", "P00024710002H"))

    assert [(project.number, project.name) for project in imported.department.projects] == [
        (1, "办案费"),
        (2, "办案费"),
    ]


def test_the_lines_of_projects_and_indicators_are_known(read):
    lines = read(TABLE).lines

    assert [(each.project, each.indicators) for each in lines] == [(1, (9,))]


# --- what is wrong with a document, by line --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("预算数\t20.00", "预算数\t二十万", [("XPF102", 3, "预算数应为数字，现为“二十万”")]),
        ("预算数\t20.00", "预算数\t9999999999999", [("XPF112", 3, "预算数“9999999999999”过大或小数位过多，未读入")]),
        ("50%", "一半", [("XPF102", 6, "6月底支出计划应为数字，现为“一半”")]),
        ("13080023P00024610002U", "", [("XPF103", 2, "没有项目编码")]),
        ("\t办案费\n", "\t审判费\n", [("XPF104", 1, "表题“办案费”与项目名称“审判费”不一致")]),
        ("≥1个", "≥8大于等于8小时", [("XPF107", 9, "计算符号写了两遍：“≥8大于等于8小时”")]),
        ("≥1个", "", [("XPF108", 9, "指标行缺少内容：“产出指标 | 数量指标 | 数量 | 反映数量 | 要求”")]),
        ("≥1个", "≥99999999999", [("XPF112", 9, "指标值“≥99999999999”过大或小数位过多，未读入")]),
        ("\t数量\t反映数量\t≥1个\t要求", "", []),  # a class without an indicator, as the blank form prints it
        ("\t要求\n", "\t要求\t多余\n", [("XPF110", 9, "表中有1个单元格不属于本表格式：“多余”")]),
        ("\t数量\t反映", "\t多余\t数量\t反映", [("XPF118", 9, None)]),
        ("办案费\n预算", "办案费\t多余\n预算", [("XPF110", 2, "表中有1个单元格不属于本表格式：“多余”")]),
        ("\t办案\n", "\t办案\t多余\n", [("XPF110", 4, "表中有1个单元格不属于本表格式：“多余”")]),
        ("100%\n", "100%\t多余\n", [("XPF110", 6, "表中有5个单元格不属于本表格式：“20% | 50% | 70% | 100% | 多余”")]),
        ("确定依据\n", "确定依据\t办法\n", [("XPF110", 8, "表中有1个单元格不属于本表格式：“办法”")]),
        (
            "\n绩效目标",
            "\n项目负责人\t张三\n绩效目标",
            [("XPF119", 7, "另有1格不是本年度目标或不在本表栏目中，未作目标读入：项目负责人")],
        ),
        ("\t要求\n", "\t要求\n\n填表说明\n", [("XPF101", 11, "无法理解的内容，未读入：“填表说明”")]),
    ],
)
def test_what_is_odd_is_found_at_its_line(read, old, new, expected):
    assert TABLE.count(old) == 1
    imported = read(TABLE.replace(old, new), year=2023)

    assert [(code, line) for code, line, _ in found(imported)] == [(code, line) for code, line, _ in expected]
    for (_, _, sentence), (_, _, wanted) in zip(found(imported), expected, strict=True):
        assert wanted in (None, sentence)


def test_a_heading_of_another_width_is_the_same_name_and_noticed(read):
    imported = read(TABLE.replace("1.办案费", "1.办案费(一）").replace("\t办案费\n", "\t办案费（一) \n"))

    assert imported.department.projects[0].name == "办案费（一)"
    assert [found.code for found in imported.findings] == ["XPF114"]


def test_a_heading_without_a_table_is_found(read):
    assert found(read("7.维修费绩效目标表\n" + TABLE)) == [("XPF101", 1, "无法理解的内容，未读入：“维修费绩效目标表”")]


def test_another_budget_unit_is_found(read):
    second = TABLE.replace("1.", "2.").replace("246", "247").replace("项目编码", "335002某法庭\t单位：万元\n项目编码")
    text = TABLE.replace("项目编码", "335001某法院\t单位：万元\n项目编码") + second

    assert found(read(text)) == [
        ("XPF111", 12, "单位“335002某法庭”与前文的“335001某法院”不同，写明单位的项目各归各的单位")
    ]


def test_a_text_longer_than_a_cell_is_cut_and_found(read):
    imported = read(TABLE.replace("\t办案\n", "\t" + "长" * 40_000 + "\n"))

    assert imported.department.projects[0].purpose == "长" * 32_767
    assert [(each.code, each.locus.line) for each in imported.findings] == [("XPF113", 4)]


# --- the year --------------------------------------------------------------------------------------------------------


def test_the_year_given_wins_over_the_title_and_the_title_over_the_codes(read):
    assert read("2024年部门预算绩效文本\n" + TABLE, year=2025).department.year == 2025
    assert read("2024年部门预算绩效文本\n" + TABLE).department.year == 2024
    assert read(TABLE).department.year == 2023


@pytest.mark.parametrize(
    "text",
    [
        TABLE.replace("13080023P00024610002U", ""),
        TABLE + TABLE.replace("1.", "2.").replace("13080023P00024610002U", "13080024P00024710002H"),
    ],
)
def test_without_a_year_the_reader_asks_for_it(read, text):
    with pytest.raises(UnreadableInput, match="--year 2023"):
        read(text)
    assert read(text, year=2023).department.year == 2023
    assert read(text, default_year=2022).department.year == 2022


def test_a_default_year_stands_behind_whatever_names_one(read):
    assert read("2024年部门预算绩效文本\n" + TABLE, default_year=2025).department.year == 2024
    assert read(TABLE, default_year=2025).department.year == 2023


def test_a_year_out_of_range_is_a_mistake_of_use(read):
    with pytest.raises(UsageError, match="现为23"):
        read(TABLE, year=23)


def test_lines_of_a_cover_are_no_fault_and_a_narrative_is_one(read):
    imported = read(
        "某县某局2024年部门预算绩效文本\n某县某局编制\n某县财政局审核\n目  录\n本县概况。\n人口二十万。\n" + TABLE
    )

    assert [(each.code, each.locus.line, dict(each.values)["text"]) for each in imported.findings] == [
        ("XPF101", 5, "本县概况。 人口二十万。")
    ]


@pytest.mark.parametrize("number", ["- 3 -", "第3页 共9页", "—3—"])
def test_the_number_of_a_page_is_no_part_of_a_cell(read, number):
    lines = TABLE.split("\n")
    last = max(at for at, line in enumerate(lines) if line.startswith("\t"))
    plain = read(TABLE)

    for at in range(last - 12, last + 1):
        assert read("\n".join([*lines[: at + 1], number, *lines[at + 1 :]])).department == plain.department


FORM_OF_ONE = "\n1.办案绩效目标表\n\t项目名称\t办案\n\t绩效目标\t办案\n"


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        ("单位负责人：张三　　联系电话：123", ("", "")),
        ("单位：某局", ("", "某局")),
        ("单位编码：335001\n单位名称：某局", ("335001", "某局")),
        ("填报单位（盖章）：某局\n预算单位编码：335001", ("335001", "某局")),
    ],
)
def test_which_lines_beside_a_table_name_its_unit(tmp_path: Path, lines: str, unit: tuple[str, str]) -> None:
    (tmp_path / "a.txt").write_text(f"2026年部门预算绩效目标\n{lines}{FORM_OF_ONE}", "utf-8")

    found = read_document(tmp_path / "a.txt").department.unit
    assert (found.code, found.name) == unit


def test_the_department_is_the_unit_of_projects_that_several_carry_out(tmp_path: Path) -> None:
    forms = "".join(
        f"\n{number}.{name}绩效目标表\n\t项目名称\t{name}\n\t主管部门\t某局\n\t实施单位\t{who}\n\t绩效目标\t办\n"
        for number, (name, who) in enumerate((("办案", "甲科"), ("维修", "乙科")), start=1)
    )
    (tmp_path / "a.txt").write_text(f"2026年部门预算绩效目标{forms}", "utf-8")

    imported = read_document(tmp_path / "a.txt")
    assert imported.department.unit.name == "某局"
    assert len(set(imported.units)) == 1
