"""With our add-in, LibreOffice's own check finds every function at work."""

from __future__ import annotations

from pathlib import Path

import pytest
from office.calc import Calc

from xlperf.measure import CATALOG
from xlperf.workbook.program_check import program_check_bytes, read_program_check


@pytest.mark.office
def test_every_function_answers_as_its_example_says(calc_with_addin: Calc, tmp_path: Path) -> None:
    path, saved = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(program_check_bytes())
    calc_with_addin.save_as(path, saved)

    outcomes = {outcome.what: outcome for outcome in read_program_check(saved).outcomes}
    assert [name for name in CATALOG if not outcomes[f"XLPERF_{name}"].agrees] == []
