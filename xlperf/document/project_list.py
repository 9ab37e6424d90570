"""A plain list of projects (.xlsx or .csv) as a department: one row per project under a row of headings."""

from __future__ import annotations

from pathlib import Path

from xlperf.checks import finding
from xlperf.document.table_file import read_amount, read_table, read_text
from xlperf.measure.codes import common_year
from xlperf.model import Budget, BudgetUnit, Department, Finding, Project, UnreadableInput
from xlperf.model.text import cut_to_cell, squeeze

# Headings as people write them → what the column holds. The first three are needed.
HEADINGS: dict[str, str] = {
    "项目编码": "code",
    "编码": "code",
    "code": "code",
    "项目名称": "name",
    "名称": "name",
    "name": "name",
    "预算数": "initial",
    "预算": "initial",
    "预算金额": "initial",
    "budget": "initial",
    "财政资金": "fiscal_funds",
    "其他资金": "other_funds",
    "用途": "purpose",
    "资金用途": "purpose",
    "单位代码": "unit_code",
    "单位名称": "unit_name",
}
NEEDED = ("code", "name", "initial")
MONEY = {"initial": "预算数", "fiscal_funds": "财政资金", "other_funds": "其他资金"}
TEXTS = {"code": "项目编码", "name": "项目名称", "purpose": "用途", "unit_code": "单位代码", "unit_name": "单位名称"}
MOST_PROJECTS = 9_999  # what the number of a project goes up to


def read_project_list(
    path: Path, *, year: int | None = None, default_year: int | None = None
) -> tuple[Department, tuple[Finding, ...]]:
    """The department of a list with the columns 项目编码, 项目名称, 预算数 (万元), and findings about its cells.

    The year is the one given, else the one the codes carry, else the default. Raises UnreadableInput where there is no
    such list.
    """
    table = read_table(path, HEADINGS, NEEDED, "list_without_columns")
    findings = table.converted(MONEY)
    projects: list[Project] = []
    unit = BudgetUnit()
    for at in table.rows:
        places = {key: table.place(at, key) for key in table.columns}
        said = table.texts(at)
        if not any(said[key] for key in NEEDED) or squeeze(said["code"]) in ("合计", "总计"):
            continue
        if len(projects) == MOST_PROJECTS:
            raise UnreadableInput("list_too_long", path=path, most=MOST_PROJECTS, row=at)
        texts = {key: read_text(said[key], TEXTS[key], places[key], findings) for key in TEXTS if key in said}
        budget = {
            key: read_amount(said[key], table.units[key] or "万元", MONEY[key], places[key], findings)
            for key in MONEY
            if key in said
        }
        if not texts["code"]:
            findings.append(finding("XPF103", places["code"]))
        projects.append(
            Project(
                number=len(projects) + 1,
                code=cut_to_cell(squeeze(texts["code"])),
                name=texts["name"],
                budget=Budget.model_validate(budget),
                purpose=texts.get("purpose", ""),
            )
        )
        if unit == BudgetUnit():
            unit = BudgetUnit(code=texts.get("unit_code", ""), name=texts.get("unit_name", ""))
    if not projects:
        raise UnreadableInput("list_empty", path=path)
    # The year that characters 7 and 8 of every code agree on.
    year = year or common_year(project.code for project in projects) or default_year
    if not year:
        raise UnreadableInput("year_unknown", path=path)
    return Department(unit=unit, year=year, projects=tuple(projects)), tuple(findings)
