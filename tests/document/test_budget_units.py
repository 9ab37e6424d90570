"""The budget units that a source names: which statements are of one unit."""

from __future__ import annotations

import pytest

from xlperf.document.budget_units import BudgetUnits
from xlperf.model import BudgetUnit

FIRST, OTHER = BudgetUnit(code="335001", name="甲院"), BudgetUnit(code="335002", name="乙院")


@pytest.mark.parametrize(
    ("said", "places", "units"),
    [
        ([("335001", "甲院"), ("", "甲 院"), ("335001", "")], [0, 0, 0], [FIRST]),
        ([("335001", ""), ("", "甲院")], [0, 0], [FIRST]),
        ([("", "甲院"), ("335002", "乙院"), ("335001", "甲院"), ("", "乙院")], [0, 1, 0, 1], [FIRST, OTHER]),
        ([("335001", "甲院"), ("335002", "甲院")], [0, 1], [FIRST, BudgetUnit(code="335002", name="甲院")]),
        ([("335001", "甲院"), ("335001", "乙院")], [0, 1], [FIRST, BudgetUnit(code="335001", name="乙院")]),
    ],
)
def test_what_is_of_one_unit(said, places, units):
    named = BudgetUnits()

    assert [named.take(*each) for each in said] == places
    assert named.all == units
