"""The forms of other places: whatever words they use and however they arrange them, the same project is read."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xlperf.document import read_document, read_target
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

names = st.text(alphabet="办案审理执行调解购置维护保障建设更新", min_size=2, max_size=8)
figures = st.integers(1, 9_999).map(str)


class Row(NamedTuple):
    level1: str
    level2: str
    name: str
    sign: str
    value: str
    unit: str


class Case(NamedTuple):
    name: str
    total: Decimal
    fiscal: Decimal
    objective: str
    rows: tuple[Row, ...]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    classes = [
        *(("产出指标", level2) for level2 in ("数量指标", "质量指标", "时效指标", "成本指标")),
        *(("效益指标", level2) for level2 in ("经济效益指标", "社会效益指标")),
        ("满意度指标", "服务对象满意度指标"),
    ]
    chosen = draw(st.lists(st.sampled_from(range(len(classes))), min_size=1, max_size=7).map(sorted))
    rows = tuple(
        Row(
            *classes[at],
            f"{draw(names)}{number}号",
            draw(st.sampled_from([">=", "<=", "="])),
            draw(figures),
            draw(st.sampled_from(["件", "%", "万元", "人次"])),
        )
        for number, at in enumerate(chosen)
    )
    fiscal, other = draw(st.integers(0, 10**6)), draw(st.integers(0, 10**6))
    return Case(f"{draw(names)}项目", Decimal(fiscal + other) / 100, Decimal(fiscal) / 100, draw(names) + "。", rows)


def label(draw: st.DrawFn, key: str) -> str:
    return draw(st.sampled_from(LABELS[key]))


def money_rows(draw: st.DrawFn, case: Case, style: str) -> list[list[str]]:
    total, fiscal, other = (f"{amount:.2f}" for amount in (case.total, case.fiscal, case.total - case.fiscal))
    block, parts = label(draw, "block"), [label(draw, key) for key in ("total", "fiscal", "other")]
    if style == "in_cell":
        return [[block, f"{parts[0]}：{total}"], ["", f"{parts[1]}{fiscal}"], ["", f"{parts[2]}：{other}万元"]]
    if style == "one_cell":
        return [[block, f"{parts[0]}：{total}万元，{parts[1]}{fiscal}万元，{parts[2]}{other}万元"]]
    if style == "periods":
        return [
            [block, "中期资金总额：", "999.00", "年度资金总额：", total],
            ["", parts[1], "998.00", parts[1], fiscal],
            ["", parts[2], "1.00", parts[2], other],
        ]
    if style == "grid":
        stages = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
        order = draw(st.permutations(stages))

        def line(name: str, amount: str) -> list[str]:
            cells = {
                "年初预算数": amount,
                "全年预算数": "77.00",
                "全年执行数": "66.00",
                "分值": "10",
                "执行率": "85.7%",
                "得分": "8.57",
            }
            return ["", name, *(cells[stage] for stage in order)]

        return [[block, "", *order], line("年度资金总额", total), line(parts[1], fiscal), line(parts[2], other)]
    if style == "transposed":
        return [[block, "合计", "财政拨款", "其他资金"], ["年初预算数", total, fiscal, other]]
    if style == "above":
        return [[block, *parts], ["", total, fiscal, other]]
    return [[block, parts[0], total], ["", parts[1], fiscal], ["", parts[2], other]]


def indicator_rows(draw: st.DrawFn, case: Case, columns: list[str], *, points: bool, repeat: bool) -> list[list[str]]:
    drawn = {key: draw(st.sampled_from(words)) for key, words in COLUMNS.items()}
    heads = {"level1": "一级指标", "level2": "二级指标", **drawn}
    rows = [[heads[column] for column in columns]]
    apart = "sign" in columns or "unit" in columns
    before = ("", "")
    for row in case.rows:
        sign = draw(st.sampled_from(SIGNS[row.sign]))
        symbol = SIGNS[row.sign][0]
        cells = {
            "level1": "" if row.level1 == before[0] and not repeat else row.level1 + ("（50分）" if points else ""),
            "level2": "" if (row.level1, row.level2) == before and not repeat else row.level2,
            "name": row.name,
            "sign": sign,
            "target": row.value if "sign" in columns and "unit" in columns else f"{symbol}{row.value}{row.unit}",
            "unit": row.unit if apart else "",
            "weight": "10",
            "description": "说明",
            "actual": "3",
            "points": "9.5",
            "deviation_reason": "",
            "long_target": f"≥{int(row.value) + 1}件",
            "past": "1",
        }
        rows.append([cells[column] for column in columns])
        before = (row.level1, row.level2)
    return rows


@st.composite
def forms(draw: st.DrawFn) -> tuple[Case, list[list[str]], str]:
    """A case, the rows of a form that says it, and the heading over it."""
    case = draw(cases())
    style = draw(st.sampled_from(["beside", "in_cell", "one_cell", "periods", "grid", "above"]))
    extra = draw(st.permutations(ASIDE))[: draw(st.integers(0, 4))]
    head: list[list[str]] = [[label(draw, "name"), case.name]]
    head += [[each, "某某"] for each in extra]
    head += money_rows(draw, case, style)
    objective = label(draw, "objective")
    goals = draw(st.sampled_from(["beside", "below", "periods"]))
    if goals == "beside":
        head.append([objective, case.objective])
    elif goals == "below":
        head += [["总体目标", "年度目标"], ["", case.objective]]
    else:
        head += [["总体目标", "中期目标", "年度目标"], ["", "三年的目标。", case.objective]]
    signed = draw(st.booleans())
    more = draw(st.lists(st.sampled_from(["weight", "description", "long_target", "past"]), unique=True))
    scored = ["actual", "points", "deviation_reason"] if style == "grid" else []
    columns = ["name", "target", *(["sign", "unit"] if signed else []), *more, *scored]
    columns = ["level1", "level2", *draw(st.permutations(columns))]
    table = indicator_rows(draw, case, columns, points=draw(st.booleans()), repeat=draw(st.booleans()))
    if draw(st.booleans()):
        table = [["绩效指标" if index == 0 else "", *row] for index, row in enumerate(table)]
    foot = draw(
        st.lists(st.sampled_from([["合计", "", "100"], ["其他需要说明的问题", "无"], ["填报人：", "某某"]]), max_size=2)
    )
    width = max(map(len, [*head, *table]))
    rows = [row + [""] * (width - len(row)) for row in [*head, *table, *foot]]
    kind = "自评表" if style == "grid" else draw(st.sampled_from(["绩效目标表", "绩效目标申报表", "绩效目标审批表"]))
    return case, rows, f"项目支出{kind}" if kind != "自评表" else "项目支出绩效自评表"


def holds(project: Project, case: Case) -> None:
    budget = project.budget
    assert (project.name, project.objectives) == (case.name, (case.objective,))
    assert (budget.initial, budget.fiscal_funds, budget.other_funds) == (
        case.total,
        case.fiscal,
        case.total - case.fiscal,
    )
    read = [(each.level1, each.level2, each.name, each.target) for each in project.indicators]
    assert [each[:3] for each in read] == [row[:3] for row in case.rows]
    wanted = [read_target(f"{SIGNS[row.sign][0]}{row.value}{row.unit}").target for row in case.rows]
    assert [(t.operator, t.value, t.unit) for *_, t in read] == [(t.operator, t.value, t.unit) for t in wanted]


often = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@often
@given(forms())
def test_a_word_document(tmp_path, form):
    case, rows, heading = form
    document = Document()
    document.add_paragraph("某县项目支出绩效目标")
    document.add_paragraph(heading)
    document.add_paragraph("（2026年度）")
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(tmp_path / "表.docx"))

    imported = read_document(tmp_path / "表.docx")

    (project,) = imported.department.projects
    assert imported.department.year == 2026
    assert [each for each in imported.findings if each.code in ("XPF118", "XPF110")] == []
    holds(project, case)


@often
@given(forms(), st.sampled_from([" | ", "\t"]))
def test_a_text(tmp_path, form, between):
    case, rows, heading = form
    path = tmp_path / "表.txt"
    lines = [heading, "（2026年度）", *(between.join(row) for row in rows)]
    path.write_text("\n".join(lines), "utf-8")

    imported = read_document(path)

    (project,) = imported.department.projects
    holds(project, case)
