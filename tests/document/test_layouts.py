"""The forms of other places: whatever words they use and however they arrange them, the same project is read."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from pathlib import Path
from typing import NamedTuple

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xlperf.document import Imported, read_document, read_target
from xlperf.model import Project

LABELS = {
    "name": ["项目名称", "资金名称", "专项名称", "项目(政策)名称"],
    "objective": ["年度绩效目标", "年度总体目标", "总体目标", "项目绩效目标", "年度目标"],
    "total": ["年度资金总额", "资金总额", "当年年度预算", "预算总额"],
    "fiscal": ["其中：财政拨款", "财政资金", "其中：当年财政拨款", "一般公共预算拨款"],
    "other": ["其他资金", "其它资金", "其他收入"],
    "block": ["项目资金（万元）", "资金情况（万元）", "项目资金申请（万元）"],
}
COLUMNS = {
    "name": ["三级指标", "指标名称"],
    "target": ["指标值", "目标值", "年度指标值", "绩效标准", "本年度计划水平"],
    "sign": ["指标性质", "计算符号"],
    "unit": ["计量单位", "度量单位"],
    "weight": ["分值", "权重"],
    "description": ["指标解释", "绩效指标描述"],
    "actual": ["实际完成值", "全年完成值"],
    "points": ["得分", "自评得分"],
    "deviation_reason": ["偏差原因分析及改进措施", "未完成原因分析"],
    "long_target": ["实施周期目标值", "中期指标值"],
    "past": ["上年度实际水平"],
}
ASIDE = ["项目类别", "项目属性", "项目负责人", "项目起止时间", "立项依据", "联系电话", "主管部门", "实施单位"]
SIGNS = {">=": ["≥", "大于等于"], "<=": ["≤", "小于等于"], "=": ["=", "等于"]}
KINDS = ["经费保障", "制度保障", "人员保障", "硬件条件保障", "其他"]
CHANCES = ["确定能", "有可能", "完全不可能"]
CLASSES = [
    *(("产出指标", level2) for level2 in ("数量指标", "质量指标", "时效指标", "成本指标")),
    *(("效益指标", level2) for level2 in ("经济效益指标", "社会效益指标")),
    ("满意度指标", "服务对象满意度指标"),
]
MONEY = ["beside", "in_cell", "one_cell", "periods", "grid", "above", "transposed"]
UP, LEFT = "\x00up", "\x00left"  # a cell covered by the one above it, or left of it

names = st.text(alphabet="办案审理执行调解购置维护保障建设更新", min_size=2, max_size=8)
figures = st.integers(1, 9_999).map(str)
Grid = list[list[str]]


class Row(NamedTuple):
    level1: str
    level2: str
    name: str
    sign: str
    value: str
    unit: str
    kinds: tuple[str, ...]
    chance: str


class Case(NamedTuple):
    name: str
    total: Decimal
    fiscal: Decimal
    objective: str
    rows: tuple[Row, ...]

    @property
    def amounts(self) -> tuple[str, str, str]:
        return f"{self.total:.2f}", f"{self.fiscal:.2f}", f"{self.total - self.fiscal:.2f}"


class Form(NamedTuple):
    heading: str
    grid: Grid
    cases: tuple[Case, ...]
    is_monitored: bool = False


@st.composite
def cases(draw: st.DrawFn, number: int = 0) -> Case:
    chosen = draw(st.lists(st.sampled_from(range(len(CLASSES))), min_size=1, max_size=7).map(sorted))
    rows = tuple(
        Row(
            *CLASSES[at],
            f"{draw(names)}{place}号",
            draw(st.sampled_from([">=", "<=", "="])),
            draw(figures),
            draw(st.sampled_from(["件", "%", "万元", "人次"])),
            tuple(kind for kind in KINDS if draw(st.booleans())),
            draw(st.sampled_from(CHANCES)),
        )
        for place, at in enumerate(chosen)
    )
    fiscal, other = draw(st.integers(0, 10**6)), draw(st.integers(0, 10**6))
    name = f"{draw(names)}项目{number or ''}"
    return Case(name, Decimal(fiscal + other) / 100, Decimal(fiscal) / 100, draw(names) + "。", rows)


# --- the parts of a form ---------------------------------------------------------------------------------------------


def label(draw: st.DrawFn, key: str) -> str:
    return draw(st.sampled_from(LABELS[key]))


def money_rows(draw: st.DrawFn, case: Case, style: str) -> Grid:
    total, fiscal, other = case.amounts
    block, parts = label(draw, "block"), [label(draw, key) for key in ("total", "fiscal", "other")]
    if style == "in_cell":
        return [[block, f"{parts[0]}：{total}"], [UP, f"{parts[1]}{fiscal}"], [UP, f"{parts[2]}：{other}万元"]]
    if style == "one_cell":
        return [[block, f"{parts[0]}：{total}万元，{parts[1]}{fiscal}万元，{parts[2]}{other}万元"]]
    if style == "periods":
        return [
            [block, "中期资金总额：", "999.00", "年度资金总额：", total],
            [UP, parts[1], "998.00", parts[1], fiscal],
            [UP, parts[2], "1.00", parts[2], other],
        ]
    if style == "grid":
        cells = {
            "年初预算数": "",
            "全年预算数": "77.00",
            "全年执行数": "66.00",
            "分值": "10",
            "执行率": "85.7%",
            "得分": "8.57",
        }
        order = draw(st.permutations(list(cells)))

        def line(name: str, amount: str) -> list[str]:
            return [UP, name, *(cells[stage] or amount for stage in order)]

        return [[block, "", *order], line("年度资金总额", total), line(parts[1], fiscal), line(parts[2], other)]
    if style == "transposed":
        return [[block, "合计", "财政拨款", "其他资金"], ["年初预算数", total, fiscal, other]]
    if style == "above":
        return [[block, *parts], [UP, total, fiscal, other]]
    return [[block, parts[0], total], [UP, parts[1], fiscal], [UP, parts[2], other]]


def goal_rows(draw: st.DrawFn, case: Case) -> Grid:
    goals = draw(st.sampled_from(["beside", "below", "periods"]))
    if goals == "beside":
        return [[label(draw, "objective"), case.objective]]
    if goals == "below":
        return [["总体目标", "年度目标"], [UP, case.objective]]
    return [["总体目标", "中期目标", "年度目标"], [UP, "三年的目标。", case.objective]]


def indicator_cells(row: Row, columns: list[str], sign: str) -> list[str]:
    """What stands in these columns."""
    symbol = SIGNS[row.sign][0]
    cells = {
        "name": row.name,
        "sign": sign,
        "target": f"{symbol}{row.value}{row.unit}",
        "unit": "",
        "weight": "10",
        "description": "说明",
        "actual": "3",
        "points": "9.5",
        "deviation_reason": "",
        "long_target": f"≥{int(row.value) + 1}件",
        "past": "1",
    }
    if "sign" in columns:
        cells |= {"target": row.value, "unit": row.unit}
    return [cells[column] for column in columns]


def classes_of(rows: tuple[Row, ...], at: int, *, points: str, repeat: bool) -> list[str]:
    """The two class cells of a row; a class that goes on is covered by the one above."""
    row, above = rows[at], rows[at - 1] if at else None
    same1 = above is not None and above.level1 == row.level1
    same2 = above is not None and above[:2] == row[:2]
    level1 = row.level1 + points
    return [level1, row.level2] if repeat else [UP if same1 else level1, UP if same2 else row.level2]


def indicator_rows(draw: st.DrawFn, case: Case, columns: list[str]) -> Grid:
    heads = [draw(st.sampled_from(COLUMNS[column])) for column in columns]
    points, repeat = draw(st.sampled_from(["", "（50分）"])), draw(st.booleans())
    rows = [["一级指标", "二级指标", *heads]]
    for at, row in enumerate(case.rows):
        classes = classes_of(case.rows, at, points=points, repeat=repeat)
        rows.append([*classes, *indicator_cells(row, columns, draw(st.sampled_from(SIGNS[row.sign])))])
    return rows


def columns_of(draw: st.DrawFn, more: list[str]) -> list[str]:
    signed = ["sign", "unit"] if draw(st.booleans()) else []
    return draw(st.permutations(["name", "target", *signed, *more]))


def captioned(draw: st.DrawFn, table: Grid) -> Grid:
    """Perhaps with 绩效指标 in a column of its own, over all rows."""
    if not draw(st.booleans()):
        return table
    return [["绩效指标" if index == 0 else UP, *row] for index, row in enumerate(table)]


def even(rows: Grid) -> Grid:
    """Rows of one width: the last cell of a short one spans the rest."""
    width = max(map(len, rows))
    return [row + [LEFT] * (width - len(row)) for row in rows]


def head_rows(draw: st.DrawFn, case: Case, style: str) -> Grid:
    extra = draw(st.permutations(ASIDE))[: draw(st.integers(0, 4))]
    rows = [[label(draw, "name"), case.name], *([each, "某某"] for each in extra)]
    return rows + money_rows(draw, case, style)


# --- the forms -------------------------------------------------------------------------------------------------------


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form of one project, planned or evaluated."""
    case, style = draw(cases()), draw(st.sampled_from(MONEY))
    more = draw(st.lists(st.sampled_from(["weight", "description", "long_target", "past"]), unique=True))
    scored = ["actual", "points", "deviation_reason"] if style == "grid" else []
    table = captioned(draw, indicator_rows(draw, case, columns_of(draw, more + scored)))
    foot = draw(
        st.lists(st.sampled_from([["合计", "", "100"], ["其他需要说明的问题", "无"], ["填报人：", "某某"]]), max_size=2)
    )
    kind = (
        "绩效自评表" if style == "grid" else draw(st.sampled_from(["绩效目标表", "绩效目标申报表", "绩效目标审批表"]))
    )
    grid = even([*head_rows(draw, case, style), *goal_rows(draw, case), *table, *foot])
    return Form(f"项目支出{kind}", grid, (case,))


@st.composite
def side_by_side(draw: st.DrawFn) -> Form:
    """A form with the targets of several years beside those of the year."""
    case = draw(cases())
    year_first = draw(st.booleans())
    heads = ["总体目标", *(["年度目标", "中期目标"] if year_first else ["中期目标", "年度目标"])]
    goals = [UP, *([case.objective, "三年的目标。"] if year_first else ["三年的目标。", case.objective])]
    table = [["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"]]
    for at, row in enumerate(case.rows):
        level1, level2 = classes_of(case.rows, at, points="", repeat=False)
        year = [level2, *indicator_cells(row, ["name", "target"], "")]
        long = [level2, *indicator_cells(row, ["name", "long_target"], "")]
        table.append([UP, level1, *(year + long if year_first else long + year)])
    style = draw(st.sampled_from(["beside", "above", "periods"]))
    return Form("项目支出绩效目标申报表", even([*head_rows(draw, case, style), heads, goals, *table]), (case,))


@st.composite
def monitored(draw: st.DrawFn) -> Form:
    """A form of monitoring: a head of two rows, and ticks."""
    case = draw(cases())
    upper = ["一级指标", "二级指标", "三级指标", "年度指标值", "1-6月完成情况", "全年预计完成情况"]
    table = [
        [*upper, "偏差原因分析", *[LEFT] * 5, "完成目标可能性", LEFT, LEFT, "备注"],
        [*[UP] * 6, *KINDS, "原因说明", *CHANCES, UP],
    ]
    for at, row in enumerate(case.rows):
        ticks = ["√" if kind in row.kinds else "" for kind in KINDS]
        chances = ["√" if chance == row.chance else "" for chance in CHANCES]
        classes = classes_of(case.rows, at, points="", repeat=draw(st.booleans()))
        cells = indicator_cells(row, ["name", "target"], "")
        table.append([*classes, *cells, "3", "4", *ticks, "" if not row.kinds else "缺人。", *chances, ""])
    total, fiscal, other = case.amounts
    months = draw(st.sampled_from(["1-6月", "1－7月", "1-9月"]))
    money = [["项目资金（万元）", "", "年初预算数", f"{months}执行数", "执行率", "全年预计执行数"]]
    money += [
        [UP, name, amount, "1.00", "10%", "2.00"]
        for name, amount in (("年度资金总额", total), ("其中：财政资金", fiscal), ("其他资金", other))
    ]
    head = [["项目名称", case.name], ["主管部门", "某局", "实施单位", "某某"], *money]
    grid = even([*head, ["年度总体目标", case.objective], *captioned(draw, table)])
    return Form("项目绩效运行监控表", grid, (case,), is_monitored=True)


@st.composite
def flat_lists(draw: st.DrawFn) -> Form:
    """The indicators of several projects in one table."""
    many = tuple(draw(cases(number)) for number in range(1, draw(st.integers(2, 4)) + 1))
    columns = columns_of(draw, draw(st.lists(st.sampled_from(["weight", "description"]), unique=True)))
    rows: Grid = []
    for case in many:
        head, *table = indicator_rows(draw, case, columns)
        rows = rows or [["项目名称", "预算数", "年度绩效目标", *head]]
        for at, row in enumerate(table):
            rows.append([*((case.name, case.amounts[0], case.objective) if at == 0 else [UP] * 3), *row])
    return Form("部门预算项目绩效目标表", rows, many)


# --- the papers they stand on ----------------------------------------------------------------------------------------


def plain(grid: Grid) -> Grid:
    return [["" if cell in (UP, LEFT) else cell for cell in row] for row in grid]


def spans(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """The last row and column that the cell at a place covers, where it covers others."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for y, row in enumerate(grid):
        for x, cell in enumerate(row):
            if cell in (UP, LEFT):
                continue
            right, down = x, y
            while right + 1 < len(row) and row[right + 1] == LEFT:
                right += 1
            while right == x and down + 1 < len(grid) and grid[down + 1][x] == UP:
                down += 1
            if (down, right) != (y, x):
                found[y, x] = (down, right)
    return found


def word(form: Form, path: Path, *, merged: bool) -> Path:
    document = Document()
    document.add_paragraph(form.heading)
    document.add_paragraph("（2026年度）")
    table = document.add_table(len(form.grid), len(form.grid[0]))
    cells = [list(row.cells) for row in table.rows]
    for row, texts in zip(cells, plain(form.grid), strict=True):
        for cell, text in zip(row, texts, strict=True):
            cell.text = text
    for (y, x), (down, right) in spans(form.grid).items() if merged else ():
        text = form.grid[y][x]
        cells[y][x].merge(cells[down][right]).text = text
    document.save(str(path))
    return path


def page(form: Form, path: Path) -> Path:
    covering = spans(form.grid)
    rows = ""
    for y, row in enumerate(form.grid):
        rows += "<tr>"
        for x, cell in enumerate(row):
            if cell in (UP, LEFT):
                continue
            down, right = covering.get((y, x), (y, x))
            rows += f'<td rowspan="{down - y + 1}" colspan="{right - x + 1}">{escape(cell)}</td>'
        rows += "</tr>"
    path.write_text(f"<html><body><p>{form.heading}</p><p>（2026年度）</p><table>{rows}</table></body></html>", "utf-8")
    return path


def text(form: Form, path: Path, between: str, *, closed: bool) -> Path:
    """`closed`: as a page without rowspans is pasted, covered cells are gone."""
    grid = [[cell for cell in row if cell not in (UP, LEFT)] for row in form.grid] if closed else plain(form.grid)
    lines = [form.heading, "（2026年度）", *(between.join(row) for row in grid if any(row))]
    path.write_text("\n".join(lines), "utf-8")
    return path


# --- what is read ----------------------------------------------------------------------------------------------------


def unread(imported: Imported) -> list[str]:
    return [str(each.values) for each in imported.findings if each.code in ("XPF118", "XPF110", "XPF102", "XPF108")]


def holds(imported: Imported, form: Form) -> None:
    projects = imported.department.projects
    assert [each.name for each in projects] == [case.name for case in form.cases]
    for project, case in zip(projects, form.cases, strict=True):
        same(project, case, is_list=len(form.cases) > 1)
        if form.is_monitored:
            told = [(each.deviation_kinds, each.likelihood) for each in project.indicators]
            assert told == [(row.kinds, row.chance) for row in case.rows]
            assert {(each.actual, each.expected) for each in project.indicators} == {(3, 4)}


def same(project: Project, case: Case, *, is_list: bool) -> None:
    budget = project.budget
    assert project.objectives == (case.objective,)
    assert budget.initial == case.total
    assert is_list or (budget.fiscal_funds, budget.other_funds) == (case.fiscal, case.total - case.fiscal)
    read = [(each.level1, each.level2, each.name, each.target) for each in project.indicators]
    assert [each[:3] for each in read] == [row[:3] for row in case.rows]
    wanted = [read_target(f"{SIGNS[row.sign][0]}{row.value}{row.unit}").target for row in case.rows]
    assert [(t.operator, t.value, t.unit) for *_, t in read] == [(t.operator, t.value, t.unit) for t in wanted]


often = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
layouts = st.one_of(forms(), forms(), side_by_side(), monitored(), flat_lists())


@often
@given(layouts, st.booleans())
def test_a_word_document(tmp_path, form, merged):
    imported = read_document(word(form, tmp_path / "表.docx", merged=merged))

    assert imported.department.year == 2026
    assert unread(imported) == []
    holds(imported, form)


@often
@given(layouts)
def test_a_page(tmp_path, form):
    imported = read_document(page(form, tmp_path / "表.html"))

    assert unread(imported) == []
    holds(imported, form)


@often
@given(layouts, st.sampled_from([" | ", "\t"]))
def test_a_text(tmp_path, form, between):
    imported = read_document(text(form, tmp_path / "表.txt", between, closed=False))

    assert unread(imported) == []
    holds(imported, form)


@often
@given(layouts, st.sampled_from([" | ", "\t"]))
def test_a_text_that_lost_its_covered_cells_is_read_or_refused(tmp_path, form, between):
    imported = read_document(text(form, tmp_path / "表.txt", between, closed=True), default_year=2026)

    if not any(each.code in ("XPF118", "XPF108", "XPF102") for each in imported.findings):
        holds(imported, form)


@pytest.mark.parametrize(
    ("rows", "fiscal", "codes"),
    [
        ((("中央补助", "60"), ("省级资金", "30"), ("市县资金", "10")), "100", []),
        ((("中央补助", "30"), ("省级资金", "30"), ("市县资金", "40")), "100", []),
        ((("上级补助", "100"), ("其中：中央补助", "60"), ("省级资金", "40")), "100", ["XPF118", "XPF118"]),
    ],
)
def test_what_levels_of_government_give_is_added_up_once(tmp_path, rows, fiscal, codes):
    money = "\n".join(f" | {label} | {amount} | " for label, amount in rows)
    (tmp_path / "a.txt").write_text(
        f"项目名称 | 造林 | | \n项目资金（万元） | 年度金额 | 100 | \n{money}\n绩效目标 | 造林 | | \n"
        "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 面积 | ≥20亩\n",
        "utf-8",
    )

    imported = read_document(tmp_path / "a.txt", year=2026)
    assert str(imported.department.projects[0].budget.fiscal_funds) == fiscal
    assert [each.code for each in imported.findings] == codes


def test_texts_that_begin_before_their_heads_stand_in_their_order(tmp_path):
    (tmp_path / "a.txt").write_text(
        "项目名称 | 造林 | | \n年度目标完成情况 | 项目年度目标 | 年度目标完成情况 | \n造林20亩。 | 已造林20亩。 | | \n"
        "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 面积 | ≥20亩\n",
        "utf-8",
    )

    project = read_document(tmp_path / "a.txt", year=2026).department.projects[0]
    assert (project.objectives, project.attained) == (("造林20亩。",), "已造林20亩。")
