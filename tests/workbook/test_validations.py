"""What the rules of a project sheet let pass: LibreOffice computes them, for every content of their cells."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from office.calc import Calc
from openpyxl.workbook.defined_name import DefinedName
from workbook.returning import EVALUATION, FIRST, PLAN, Sent

from xlperf.form import lists

Content = float | str | None
ATTAINMENTS = "完成档次表"
SHARES = ("shares.0", "shares.1", "shares.2", "shares.3")

# Slot with a rule of its own, then the slots its rule refers to.
RULES = {
    "budget.fiscal_funds": ("budget.other_funds", "budget.initial"),
    "budget.other_funds": ("budget.fiscal_funds", "budget.initial"),
    "shares.0": ("shares.1", "shares.2", "shares.3"),
    "shares.1": ("shares.0", "shares.2", "shares.3"),
    "shares.2": ("shares.0", "shares.1", "shares.3"),
    "shares.3": ("shares.0", "shares.1", "shares.2"),
    "indicators.value": ("indicators.operator",),
    "indicators.actual": ("indicators.operator",),
    "indicators.points": ("indicators.operator", "indicators.weight"),
}

# Slot, its content, the contents its rule refers to in the order above, whether it passes.
CASES: tuple[tuple[str, Content, tuple[Content, ...], bool], ...] = (
    ("budget.fiscal_funds", 12, (None, None), True),
    ("budget.fiscal_funds", 12, (None, 20), True),
    ("budget.fiscal_funds", 12, (8, None), True),
    ("budget.fiscal_funds", 12, (8, 20), True),
    ("budget.fiscal_funds", 12, (9, 20), False),
    ("budget.fiscal_funds", 12, (8, "待定"), True),
    ("budget.fiscal_funds", 12, ("无", 20), True),
    ("budget.fiscal_funds", -1, (None, None), False),
    ("budget.other_funds", 0, (20, 20), True),
    ("budget.other_funds", 0.000001, (20, 20), False),
    ("budget.other_funds", 5, ("无", 20), True),
    ("shares.0", 0.2, (None, None, None), True),
    ("shares.0", 0.2, (0.1, None, 1), False),
    ("shares.0", 0.2, ("二成", 0.3, 1), True),
    ("shares.0", 20, (None, None, None), False),
    ("shares.1", 0.5, (0.2, 0.7, 1), True),
    ("shares.1", 0.5, (0.6, None, None), False),
    ("shares.1", 0.5, (None, None, None), True),
    ("shares.2", -0.1, (None, None, None), False),
    ("shares.3", 1, (None, None, None), True),
    ("shares.3", 0.9, (None, None, None), False),
    ("shares.3", 1, ("二成", None, 0.7), True),
    ("indicators.value", 95, (None,), True),
    ("indicators.value", "95%以上", (None,), False),
    ("indicators.value", "95%以上", ("≥",), False),
    ("indicators.value", "持续提升", ("定性",), True),
    ("indicators.value", "无", ("不涉及",), True),
    ("indicators.actual", 95, (None,), True),
    ("indicators.actual", "达成", (None,), False),
    ("indicators.actual", "达成", ("≥",), False),
    ("indicators.actual", "达成", ("定性",), True),
    ("indicators.actual", "部分达成", ("定性",), True),
    ("indicators.actual", "差不多", ("定性",), False),
    ("indicators.points", 8, ("定性", 10), True),
    ("indicators.points", 11, ("定性", 10), False),
    ("indicators.points", 8, ("定性", None), True),
    ("indicators.points", 8, ("定性", "十分"), True),
    ("indicators.points", -1, ("定性", None), False),
    ("indicators.points", 8, (None, 10), False),
    ("indicators.points", 8, ("≥", None), False),
)
TEXTS_THAT_PASS = {("indicators.value", "定性")}


def sent(key: str) -> Sent:
    """The workbook whose form asks for it: what is promised in the plan, what came of it after the year."""
    return EVALUATION if key in ("indicators.actual", "indicators.points") else PLAN


def place(key: str, on: Sent) -> str:
    return on.cell_of(key, 0 if key.startswith("indicators.") else -1)


@cache
def rules() -> dict[str, tuple[str, bool]]:
    """The custom rules of project sheets by slot: their formula and whether they ignore blanks."""
    found = {}
    for workbook in (PLAN, EVALUATION):
        sheet = openpyxl.load_workbook(io.BytesIO(workbook.content))[FIRST]
        keys = {place(key, workbook): key for key in RULES if sent(key) is workbook}
        custom = (rule for rule in sheet.data_validations.dataValidation if rule.type == "custom")
        found |= {keys[str(rule.sqref).split(":")[0]]: (rule.formula1, bool(rule.allow_blank)) for rule in custom}
    return found


def verdicts(calc: Calc, path: Path, cases: Sequence[tuple[str, Content, tuple[Content, ...]]]) -> list[bool]:
    """What the rules come to, one case a row: its formula in column A, the cells it speaks of beside it."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row, (key, own, others) in enumerate(cases, start=1):
        formula = re.sub(r"\$?\b([A-Z]+)\$?(\d+)", r"<\1\2>", rules()[key][0])
        for column, (other, content) in enumerate(zip((key, *RULES[key]), (own, *others), strict=True), start=2):
            formula = formula.replace(f"<{place(other, sent(key))}>", f"{chr(64 + column)}{row}")
            sheet.cell(row, column, content)
        sheet.cell(row, 1, f'=IF({formula},"可","否")')
    for row, word in enumerate(lists()[ATTAINMENTS], start=1):
        sheet.cell(row, 26, word)
    book.defined_names[ATTAINMENTS] = DefinedName(ATTAINMENTS, attr_text=f"Sheet!$Z$1:$Z${len(lists()[ATTAINMENTS])}")
    book.save(path)
    values = calc.recalc(path)["Sheet"]
    answers = [values[f"A{row}"] for row in range(1, len(cases) + 1)]
    assert set(answers) <= {"可", "否"}  # an error would be refused too, but none is meant
    return [answer == "可" for answer in answers]


def test_every_rule_of_several_cells_ignores_no_blanks() -> None:
    """Where it did, Excel would skip it while any cell it refers to is blank."""
    assert {key: ignores for key, (_, ignores) in rules().items()} == dict.fromkeys(RULES, False)


@pytest.mark.office
def test_what_passes(calc: Calc, tmp_path: Path) -> None:
    passed = verdicts(calc, tmp_path / "rules.xlsx", [case[:3] for case in CASES])

    assert [case for case, verdict in zip(CASES, passed, strict=True) if verdict != case[3]] == []


@pytest.mark.office
def test_a_blank_always_passes_and_a_text_never_for_a_number(calc: Calc, tmp_path: Path) -> None:
    contents: dict[str, tuple[Content, ...]] = {"indicators.operator": (None, "≥", "定性", 5)}
    cases = [
        (key, own, others)
        for key, referred in RULES.items()
        for own in (None, "二十万元")
        for others in itertools.product(*(contents.get(other, (None, 0.4, "待定")) for other in referred))
    ]

    passed = verdicts(calc, tmp_path / "rules.xlsx", cases)

    expected = [own is None or (key, others[0]) in TEXTS_THAT_PASS for key, own, others in cases]
    assert [case for case, verdict, right in zip(cases, passed, expected, strict=True) if verdict != right] == []
