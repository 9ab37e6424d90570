"""What `generate` refuses to make from workbooks that came back."""

from __future__ import annotations

from pathlib import Path

import pytest
from departments import SETTINGS, small_department

from xlperf.form import form_set_of
from xlperf.jobs.generate import generate
from xlperf.model import Period, UsageError
from xlperf.workbook.write.department import write_department


def test_nothing_of_a_year_before_theirs(tmp_path: Path) -> None:
    department = small_department()
    returned = tmp_path / "returned" / "a.xlsx"
    returned.parent.mkdir()
    write_department(department, SETTINGS, returned, form_set=form_set_of(Period.PLAN, "national"))
    before = department.year - 1

    with pytest.raises(UsageError) as refused:
        generate(returned.parent, tmp_path / "new", period=Period.PLAN, year=before, done=lambda *_: None)

    assert refused.value.key == "year_before_the_workbooks"
    assert not (tmp_path / "new").exists()
