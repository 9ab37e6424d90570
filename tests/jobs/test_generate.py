"""Which workbooks `generate` makes, and what it refuses to make from workbooks that came back."""

from __future__ import annotations

from pathlib import Path

import pytest
from departments import SETTINGS, small_department

from xlperf.form import form_set_of
from xlperf.jobs.generate import generate
from xlperf.model import BudgetUnit, Period, UsageError
from xlperf.workbook.read.read import read_workbook
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


UNITS = """2026年部门预算绩效目标
335001甲院
1.办案绩效目标表
\t项目名称\t办案
\t绩效目标\t办案
\t预算单位\t335001甲院
2.维修绩效目标表
\t项目名称\t维修
\t绩效目标\t维修
\t预算单位\t335002乙院
3.购置绩效目标表
\t项目名称\t购置
\t绩效目标\t购置
\t预算单位\t335001甲院
"""


def test_each_of_several_units_gets_a_workbook(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(UNITS, "utf-8")
    made: list[Path] = []

    generate(source, tmp_path, done=lambda path, _: made.append(path), macros=False)
    read = {path.name: read_workbook(path).department for path in made}
    assert {name: (each.unit.name, [p.name for p in each.projects]) for name, each in read.items() if each} == {
        "335001甲院2026年绩效目标表.xlsx": ("甲院", ["办案", "购置"]),
        "335002乙院2026年绩效目标表.xlsx": ("乙院", ["维修"]),
    }

    generate(source, tmp_path, unit=BudgetUnit(code="335", name="两院"), done=lambda path, _: None, macros=False)
    assert (tmp_path / "两院2026年绩效目标表.xlsx").exists()
