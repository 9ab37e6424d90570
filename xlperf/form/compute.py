"""What the computed slots hold, from the same core that answers in the cells; the formulas' other reading.

Takes raw answers, so that a word typed where a number belongs computes here to what it computes to in the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeGuard

from xlperf import measure
from xlperf.form.answers import Answers, Cell
from xlperf.measure import statuses
from xlperf.measure.normal import EXACT_DIGITS, is_blank
from xlperf.model import Settings

STATES = tuple(statuses.COMPLIANCE_STATES)
_LENGTHS = {"payments": measure.MONTHS}


def is_number(value: Cell) -> TypeGuard[Decimal | int]:
    """ISNUMBER() of the sheet."""
    return isinstance(value, (Decimal, int)) and not isinstance(value, bool)


def number(value: Cell) -> Decimal:
    """N() of the sheet: the number, or 0 for anything else."""
    return Decimal(value) if is_number(value) else Decimal(0)


def rounded(value: Decimal, places: int) -> Decimal:
    """ROUND() of the sheet: halves away from zero. A number with more digits than a cell keeps stays as it is."""
    return value if value.adjusted() >= EXACT_DIGITS else value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def total(values: Iterable[Cell], places: int) -> Cell:
    """The rounded sum of the numbers, "" when there is none."""
    numbers = [Decimal(value) for value in values if is_number(value)]
    return rounded(sum(numbers, Decimal(0)), places) if numbers else ""


def share_of(part: Cell, whole: Cell) -> Cell:
    """part ÷ whole at 6 places; "" where either is no number or the whole is 0."""
    if not is_number(part) or not number(whole):
        return ""
    return rounded(number(part) / number(whole), 6)


def settings_results(settings: Settings, year: int) -> Answers:
    """The computed cells of the parameter sheet."""
    return Answers(
        {"months": measure.months_elapsed(settings.as_of, year), "over": settings.over, "mode": "公式"},
    )


def project_results(answers: Answers, settings: Settings, year: int, unit: str) -> Answers:
    """The computed cells of a project sheet; `unit` is the unit's code and name in one."""
    single = answers.single
    shares = [single.get(f"shares.{i}") for i in range(len(measure.CHECKPOINTS))]
    budget = next((v for v in (single.get("budget.adjusted"), single.get("budget.initial")) if not is_blank(v)), "")
    payments, paid_in_year, paid = _payments(answers, settings, year, budget, shares)
    indicators = [_indicator(row, settings) for row in answers.bands.get("indicators", ())]
    states = [row["indicators.state"] for row in indicators]
    scores = total((row["indicators.score"] for row in indicators), 2)

    rate = measure.execution_rate(paid, budget)
    plan = measure.plan_share(settings.as_of, [shares], settings.plan_method, year)
    progress = measure.plan_progress(rate, plan)
    rate_score = measure.execution_score(rate, settings.pack)
    undecided = states.count(statuses.NOT_FILLED) + states.count(statuses.UNDECIDABLE)
    complete = is_number(scores) and is_number(rate_score) and not undecided
    total_score = rounded(number(scores) + number(rate_score), 2) if complete else ""
    left = rounded(number(budget) - number(paid_in_year), 6) if is_number(budget) and is_number(paid_in_year) else ""
    return Answers(
        {
            "title": _title(single),
            "unit_line": unit,
            "year_line": f"{year}年度",
            "code_check": measure.check_code(single.get("code")),
            "budget.current": budget,
            "budget.check": _funds_check(single),
            "paid_in_year": paid_in_year,
            "left": left,
            "states": state_counts(states),
            "weight_total": total((row.get("indicators.weight") for row in answers.bands.get("indicators", ())), 2),
            "score_subtotal": scores,
            "rate_score": rate_score,
            "progress.paid": paid,
            "progress.rate": rate,
            "progress.plan": plan,
            "progress.plan_progress": progress,
            "progress.time": measure.time_progress(rate, settings.as_of, year),
            "progress.light": measure.light(rate, progress, settings.yellow, settings.green),
            "progress.explanation": measure.explain(
                paid, budget, plan, settings.as_of, year, settings.yellow, settings.green
            ),
            "total_score": total_score,
            "grade": measure.grade(total_score),
        },
        {"payments": payments, "indicators": indicators},
    )


def _title(single: Mapping[str, Cell]) -> str:
    number, name = single.get("number"), single.get("name")
    said = f"{'' if number is None else number}.{name}" if not is_blank(name) else "（请填写项目名称）"
    return said + "绩效目标表"


def _payments(
    answers: Answers, settings: Settings, year: int, budget: Cell, shares: Sequence[Cell]
) -> tuple[list[Mapping[str, Cell]], Cell, Cell]:
    """The computed columns of the payments, what was paid in the year and until the as-of date."""
    amounts = answers.column("payments.amount", _LENGTHS["payments"])
    wordy = any(not is_blank(amount) and not is_number(amount) for amount in amounts)
    months = measure.months_elapsed(settings.as_of, year)
    last = max((i for i, amount in enumerate(amounts, start=1) if is_number(amount)), default=0)

    def until(month: int) -> Cell:
        if wordy:
            return statuses.NOT_A_NUMBER
        return rounded(sum((number(amount) for amount in amounts[:month]), Decimal(0)), 6)

    rows: list[Mapping[str, Cell]] = []
    for month in range(1, len(amounts) + 1):
        cumulative = until(month) if month <= last or wordy else ""
        rows.append(
            {
                "payments.month": month,
                "payments.cumulative": cumulative,
                "payments.rate": measure.execution_rate(cumulative, budget),
                "payments.plan": measure.plan_share(month, [shares], settings.plan_method),
            }
        )
    if not last and not wordy:
        return rows, "", ""
    return rows, until(len(amounts)), until(months if isinstance(months, int) else 0)


def _indicator(row: Mapping[str, Cell], settings: Settings) -> dict[str, Cell]:
    operator, target, actual = (row.get(f"indicators.{key}") for key in ("operator", "value", "actual"))
    return {
        "indicators.completion": measure.completion(operator, target, actual, settings.pack),
        "indicators.state": measure.compliance(operator, target, actual, settings.over),
        "indicators.score": measure.score(
            operator, target, actual, row.get("indicators.weight"), row.get("indicators.points"), settings.pack
        ),
    }


def _funds_check(single: Mapping[str, Cell]) -> str:
    initial, parts = single.get("budget.initial"), (single.get("budget.fiscal_funds"), single.get("budget.other_funds"))
    if not is_number(initial):
        return "○ 请填预算数"
    if not any(map(is_number, parts)):
        return "○ 请填资金来源"
    gap = sum(map(number, parts), Decimal(0)) - number(initial)
    if not rounded(gap, 6):
        return "✓ 财政资金＋其他资金＝预算数"
    return f"✗ 与预算数相差{rounded(abs(gap), 2)}万元"


def state_counts(states: Sequence[Cell]) -> str:
    """How many indicators are in which state, as the sheet says it."""
    count = {state: states.count(state) for state in STATES}
    filled = count[statuses.MET] + count[statuses.OVERFULFILLED] + count[statuses.UNMET]
    return (
        f"已填 {filled} 项：达标 {count['达标']}，超额 {count['超额']}，未达标 {count['未达标']}；"
        f"未填报 {count['未填报']}，无法判定 {count['无法判定']}，不涉及 {count['不涉及']}"
    )


def contents_results(projects: Sequence[tuple[Answers, Answers]], settings: Settings, unit: str) -> Answers:
    """The computed cells of the table of contents, from each project's answers and results."""
    rows = [_contents_row(answers, results) for answers, results in projects]
    budget, paid = (total((row[key] for row in rows), 6) for key in ("projects.budget", "projects.paid"))
    rate = share_of(paid, budget)
    plan = weighted_plan([(row["projects.budget"], row["projects.plan"]) for row in rows], budget)
    counts = {
        f"total.{key}": sum(int(number(row[f"projects.{key}"])) for row in rows)
        for key in ("indicators", "met", "unmet", "not_filled")
    }
    return Answers(
        {
            "unit_line": unit,
            "date_line": f"截至{settings.as_of:%Y-%m-%d}　公式",
            "total.budget": budget,
            "total.paid": paid,
            "total.rate": rate,
            "total.plan": plan,
            "total.plan_progress": share_of(rate, plan) if number(plan) > 0 else "",
            **counts,
        },
        {"projects": rows},
    )


def weighted_plan(parts: Sequence[tuple[Cell, Cell]], budget: Cell) -> Cell:
    """The planned share of several projects together: each share weighted with its budget."""
    if not number(budget):
        return ""
    planned = sum((number(b) * number(share) for b, share in parts if is_number(share)), Decimal(0))
    return rounded(planned / number(budget), 6)


def _contents_row(answers: Answers, results: Answers) -> dict[str, Cell]:
    states = [row["indicators.state"] for row in results.bands["indicators"]]
    level1s = [row.get("indicators.level1") for row in answers.bands.get("indicators", ())]
    single = results.single
    return {
        "projects.number": answers.single.get("number"),
        "projects.code": answers.single.get("code") or "",
        "projects.name": answers.single.get("name") or "",
        "projects.budget": single["budget.current"],
        "projects.paid": single["progress.paid"],
        "projects.rate": single["progress.rate"],
        "projects.plan": single["progress.plan"],
        "projects.plan_progress": single["progress.plan_progress"],
        "projects.light": single["progress.light"],
        "projects.indicators": sum(not is_blank(level1) for level1 in level1s),
        "projects.met": states.count(statuses.MET) + states.count(statuses.OVERFULFILLED),
        "projects.unmet": states.count(statuses.UNMET) + states.count(statuses.UNDECIDABLE),
        "projects.not_filled": states.count(statuses.NOT_FILLED),
        "projects.score": single["total_score"],
        "projects.grade": single["grade"],
    }
