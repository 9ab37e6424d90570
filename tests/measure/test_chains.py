"""Through all helper cells the sheet answers as Python does, and as the functions that read the typed cells at once."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import xlsxwriter
from measure.chains import INDICATORS, MONEY, Chain, ChainSheet
from measure.random_rows import SEED
from office.calc import Calc

SHEETS, ROWS = 24, 60
CHAINS = pytest.mark.parametrize("chain", [INDICATORS, MONEY], ids=["indicators", "money"])


def sheets(chain: Chain) -> list[ChainSheet]:
    rng = random.Random(SEED)
    return [ChainSheet(chain, rng, f"s{number}", ROWS) for number in range(SHEETS)]


@pytest.mark.office
@CHAINS
def test_every_cell_is_what_python_answers(calc: Calc, tmp_path: Path, chain: Chain) -> None:
    made = sheets(chain)
    path = tmp_path / "chain.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for sheet in made:
            sheet.write(book)

    values = calc.recalc(path)

    assert len(chain.steps) * SHEETS * ROWS >= 10_000
    assert [difference for sheet in made for difference in sheet.differences(values[sheet.title])] == []
