"""A place's rule pack is one record, which functions, lists, the parameter sheet and commands know at once."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from departments import SETTINGS, small_department

from xlperf.document.labels import is_level1
from xlperf.form import lists, settings_answers
from xlperf.jobs.sources import settings_for
from xlperf.measure import PACKS, Pack, find_pack, propose_weights
from xlperf.measure.packs import ZERO, Execution
from xlperf.measure.scores import score
from xlperf.measure.statuses import ATTAINED, NOT_ATTAINED, OUT_OF_BAND, OVERSPENT, UNKNOWN_PACK
from xlperf.measure.totals import execution_score, grade
from xlperf.model import Period, Settings
from xlperf.workbook.write.department import department_bytes

D = Decimal

PLACE = Pack(
    "test-place",
    "某省",
    "Some province",
    "过程指标20分，定性只分两档。",
    overrun=ZERO,
    execution=Execution(20),
    weights=(("过程指标", 20), ("产出指标", 60)),
    ratings=((D("0.5"), ATTAINED), (D(0), NOT_ATTAINED)),
    grades=((80, "优"), (70, "良"), (60, "中"), (0, "差")),
    explained=(OVERSPENT,),
)


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PACKS, PLACE.key, PLACE)


def test_functions_follow_it() -> None:
    assert find_pack("某省") is PLACE
    assert execution_score(D("0.9"), "test-place") == 18
    assert score("≤", 20, 21, 10, None, "test-place") == 0
    assert score("定性", None, "达成", 10, 6, "test-place") == 6
    assert score("定性", None, "达成", 10, 6) == OUT_OF_BAND
    assert [grade(85, pack) for pack in (None, "test-place", "nowhere")] == ["良", "优", UNKNOWN_PACK]


def test_its_classes_can_be_chosen_read_and_weighed() -> None:
    assert lists()["一级指标表"][-1] == "过程指标"
    assert is_level1("过程")
    assert propose_weights(["过程指标", "产出指标"], [False, False], PLACE) == (20, 60)


def test_commands_and_the_parameter_sheet_know_it() -> None:
    assert settings_for(2026, Period.MONITORING, None, "某省").pack == "test-place"
    assert "test-place" in lists()["规则包表"]
    assert settings_answers(Settings(as_of=dt.date(2026, 6, 30))).bands["packs"][-1] == {
        "packs.key": "test-place",
        "packs.name": "某省",
        "packs.execution": "20",
        "packs.cost": None,
        "packs.output": 60,
        "packs.benefit": "—／—",
        "packs.note": "过程指标20分，定性只分两档。",
    }


def test_a_pack_in_the_place_of_another_is_in_the_formulas_of_the_next_workbook(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def listed() -> list[object]:
        content = department_bytes(small_department(), SETTINGS)
        return [cell.value for row in openpyxl.load_workbook(io.BytesIO(content))["_字典"] for cell in row]

    assert "test-place" in listed()
    monkeypatch.delitem(PACKS, PLACE.key)
    monkeypatch.setitem(PACKS, "another-place", PLACE._replace(key="another-place"))
    assert "another-place" in listed()
