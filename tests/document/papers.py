"""Writes a department as the sources clerks hold: a tabbed dump, a piped dump of the sister form, a .docx.

Independent of the reader: it knows the official layout of domain rules §2 and nothing of `xlperf.document`.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from docx import Document
from docx.table import Table

from xlperf.model import Department, Indicator, Project

HEAD = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "", "指标值", "指标值确定依据")


def money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"


def percent(share: Decimal | None) -> str:
    return "" if share is None else f"{share * 100:f}%"


def head_rows(department: Department, project: Project) -> list[tuple[str, ...]]:
    """The rows above the indicators, seven grid columns each; "" where a merged cell covers."""
    unit, budget = department.unit, project.budget
    m3, m6, m10, m12 = map(percent, project.spend_plan.shares)
    fiscal, other = money(budget.fiscal_funds), money(budget.other_funds)
    objectives = "\n".join(f"{n}.{text}" for n, text in enumerate(project.objectives, start=1))
    return [
        (f"{unit.code}{unit.name}", "", "", "", "", "", "单位：万元"),
        ("项目编码", project.code, "", "项目名称", project.name, "", ""),
        ("预算规模及资金用途", "预算数", money(budget.initial), "其中：财政    资金", fiscal, "其他资金", other),
        ("", project.purpose, "", "", "", "", ""),
        ("资金支出计划（%）", "3月底", "", "6月底", "10月底", "12月底", ""),
        ("", m3, "", m6, m10, m12, ""),
        ("绩效目标", objectives, "", "", "", "", ""),
    ]


def indicator_rows(project: Project, *, repeat: bool = False) -> list[tuple[str, ...]]:
    """The rows of indicators; a class stands only where it changes, or (`repeat`) on every row."""
    rows, before = [], None
    for each in project.indicators:
        level1 = "" if before and before.level1 == each.level1 and not repeat else each.level1
        level2 = "" if before and not level1 and before.level2 == each.level2 and not repeat else each.level2
        rows.append((level1, level2, each.name, each.description, "", each.target.raw, each.basis))
        before = each
    return rows


def front_lines(department: Department) -> list[str]:
    """The paragraphs of the first part."""
    lines = ["第一部分", "部门整体绩效目标", "一、总体绩效目标", *department.overall_objective.split("\n")]
    lines.append("二、分项绩效目标")
    lines += [f"{n}.{text}" for n, text in enumerate(department.sub_objectives, start=1)]
    lines.append("三、工作保障措施")
    lines += [f"{n}.{text}" for n, text in enumerate(department.safeguards, start=1)]
    return [line for text in lines for line in text.split("\n") if line]


def heading(project: Project) -> str:
    return f"{project.number}.{project.name}绩效目标表"


def tabbed(department: Department) -> str:
    """The dump of the official document: a line for each cell, beginning with a tab."""
    lines = front_lines(department)
    for project in department.projects:
        lines += [" ", f"[bookmark: _Toc_{project.number}]{heading(project)}"]
        for row in [*head_rows(department, project), HEAD, *indicator_rows(project)]:
            lines += [f"\t{cell}" for cell in row] + [""]
    return "\n".join(lines) + "\n"


def piped(department: Department) -> str:
    """The sister form: cells of a row on one line, without code, plan and basis."""
    lines = ["2023年部门预算绩效文本", *front_lines(department)]
    for project in department.projects:
        budget = project.budget
        lines += [heading(project), f"{department.unit.name} | 单位：万元", f"项目名称 | {project.name}"]
        amounts = f"预算数 | {money(budget.initial)} | 其中：财政资金 | {money(budget.fiscal_funds)}"
        lines.append(f"预算规模及资金用途 | {amounts} | 其他资金 | {money(budget.other_funds)}")
        lines.append(f" | {project.purpose} | | | | |")
        lines.append("绩效目标 | " + "；".join(f"{n}.{text}" for n, text in enumerate(project.objectives, start=1)))
        lines.append("一级指标 | 二级指标 | 三级指标 | 绩效指标描述 | 指标值")
        for level1, level2, name, description, _, target, _ in indicator_rows(project):
            lines.append(f"{level1} | {level2} | {name} | {description} | {target}")
    return "\n".join(lines) + "\n"


def word(department: Department, path: Path, *, split: bool = False, page: int | None = None) -> Path:
    """The official document as .docx with merged cells.

    `split`: the indicators stand in a table of their own. `page`: their head is repeated after so many rows.
    """
    document = Document()
    for line in front_lines(department):
        document.add_paragraph(line)
    for project in department.projects:
        document.add_heading(heading(project), level=2)
        indicators: list[tuple[str, ...]] = []
        for index, row in enumerate(indicator_rows(project)):
            indicators += [HEAD] if index == 0 or (page and index % page == 0) else []
            indicators.append(row)
        if split:
            _table(document, head_rows(department, project))
            document.add_paragraph("")
            _table(document, indicators)
        else:
            _table(document, [*head_rows(department, project), *indicators])
    document.save(str(path))
    return path


def _table(document: Document, rows: list[tuple[str, ...]]) -> Table:
    table = document.add_table(rows=len(rows), cols=7)
    for index, row in enumerate(rows):
        for place, text in enumerate(row):
            table.cell(index, place).text = text
        if row[0] == "绩效目标" or (row[0] == "" and not any(row[2:])):
            table.cell(index, 1).merge(table.cell(index, 6))
        if row[0] == "" and rows[index - 1][0] not in ("",):
            table.cell(index - 1, 0).merge(table.cell(index, 0))
        if row[3] and not row[4]:
            table.cell(index, 3).merge(table.cell(index, 4))
    return table


def without_sister_gaps(department: Department) -> Department:
    """The department as the sister form can tell it."""

    def bare(indicator: Indicator) -> Indicator:
        return indicator.model_copy(update={"basis": ""})

    projects = tuple(
        project.model_copy(
            update={
                "code": "",
                "spend_plan": type(project.spend_plan)(),
                "indicators": tuple(map(bare, project.indicators)),
            }
        )
        for project in department.projects
    )
    unit = department.unit.model_copy(update={"code": ""})
    return department.model_copy(update={"unit": unit, "projects": projects})
