"""`xlperf parse`: the official document as the model."""

from __future__ import annotations

from argparse import Namespace
from decimal import Decimal

from xlperf.cli.output import Output, exit_code
from xlperf.document import read_document, to_json


def run(args: Namespace, out: Output) -> int:
    """Print the document's model, as JSON or as a list of its projects."""
    imported = read_document(args.source, year=args.year, default_year=args.preferences.year)
    department = imported.department
    if args.json:
        out.json(to_json(imported, out.lang))
        return exit_code({each.code for each in imported.findings}, args.fail_on)
    budgets = [project.budget.initial or Decimal(0) for project in department.projects]
    out.data(
        out.line(
            "unit_line",
            unit=department.unit.code + department.unit.name,
            year=department.year,
            projects=len(department.projects),
            indicators=sum(len(project.indicators) for project in department.projects),
            budget=f"{sum(budgets):,.2f}",
        )
    )
    if imported.year_from not in ("given", "title"):
        out.tell(f"year_from_{imported.year_from}", year=department.year)
    for project, budget in zip(department.projects, budgets, strict=True):
        out.data(
            out.line(
                "project_line",
                number=project.number,
                code=project.code or "—",
                budget=f"{budget:,.2f}",
                indicators=len(project.indicators),
                name=project.name,
            )
        )
    codes = out.findings(imported.findings)
    out.counts(codes)
    return exit_code(codes, args.fail_on)
