"""Generated workbooks in LibreOffice with the add-in: the functions calculate, and every cell is what the core says."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from departments import SETTINGS, small_department
from example_year import example_workbooks
from hosts.libreoffice.books import cached, calls, different, formulas, mode
from hosts.libreoffice.unpacking import unpack
from office import calc as office
from office.calc import Calc

from xlperf.form import EDITIONS, Layout, Role, form_set_of, layout
from xlperf.form.titles import SETTINGS as SETTINGS_TITLE
from xlperf.measure import PARAMETERS
from xlperf.model import Period
from xlperf.workbook.write.department import write_department

pytestmark = pytest.mark.office

FIRST = "01_办案业务经费"
FORM_SET = form_set_of(SETTINGS.period, "national")
PLACE = layout(EDITIONS[FORM_SET]["project"], (("indicators", 2), ("payments", 12)))
SETTINGS_PLACE = layout(EDITIONS[FORM_SET]["settings"], (("rules", len(PARAMETERS)),))

MARK = "来自函数"
MARKING = f"""

true_answer = answer


def answer(function, arguments):
    return tuple(tuple({MARK!r} for _ in row) for row in true_answer(function, arguments))
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.xlsx"
    write_department(small_department(), SETTINGS, path)
    return path


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example department in each period of its year, with what its clerks typed, faults and all."""
    return example_workbooks(tmp_path_factory.mktemp("example"))


@pytest.fixture
def emptied(calc: Calc, small: Path, tmp_path: Path) -> Path:
    """A workbook in which every single input of a project and every parameter is blank, as LibreOffice saves it."""
    path = tmp_path / "emptied.xlsx"
    calc.recalc(small, {FIRST: blanks(PLACE), SETTINGS_TITLE: blanks(SETTINGS_PLACE)}, path)
    return path


def blanks(place: Layout) -> dict[str, None]:
    slots = place.slots.values()
    return {slot.cell: None for slot in slots if slot.piece.role is Role.INPUT}


@pytest.fixture(params=["small", "emptied", *(period.name for period in Period)])
def book(request: pytest.FixtureRequest) -> Path:
    if request.param in Period.__members__:
        return request.getfixturevalue("example")[request.param]
    return request.getfixturevalue(request.param)


def test_every_computed_cell_is_what_the_core_says(calc_with_addin: Calc, book: Path) -> None:
    values = calc_with_addin.recalc(book)

    assert mode(values) == "函数"
    assert different(cached(book), values) == []


def test_the_functions_are_what_answers(start_calc: Any, book: Path, tmp_path: Path) -> None:
    """An add-in that marks its answers leaves its mark in every cell that holds a call."""
    folder = unpack(tmp_path)
    handing = folder / "xlperf" / "pythonpath" / "xlperf_handing.py"
    handing.write_text(handing.read_text(encoding="utf-8") + MARKING, encoding="utf-8")

    values = start_calc(folder).recalc(book)

    places = calls(book)
    unmarked = {(title, cell) for title, cell in places if values[title].get(cell) != MARK}
    print(f"{len(places)} cells with a call")
    assert len(places) > 80
    assert {(title, formulas(book)[title][cell].split("(")[1]) for title, cell in unmarked} == {("参数", "IF")}


def test_typing_changes_status_score_and_light(calc_with_addin: Calc, small: Path) -> None:
    indicator = PLACE.bands["indicators"][0]
    actual, state, score = (indicator[f"indicators.{key}"].cell for key in ("actual", "state", "score"))
    november = PLACE.bands["payments"][8]["payments.amount"].cell
    light, rate = (PLACE.slots[f"progress.{key}"].cell for key in ("light", "rate"))

    before = calc_with_addin.recalc(small)[FIRST]
    after = calc_with_addin.type(small, {FIRST: {actual: "1200", november: "12.15"}})[FIRST]

    assert (before[state], before[score], before[light], before[rate]) == ("未达标", 46.04, "正常", 0.605)
    assert (after[state], after[score], after[light], after[rate]) == ("达标", 50.0, "超支", 1.1)


def test_typing_needs_no_recalculation_by_hand(extensions: Path, small: Path, tmp_path: Path) -> None:
    november = PLACE.bands["payments"][8]["payments.amount"].cell
    asked = {
        "soffice": office.soffice_program(),
        "profile": str(tmp_path / "profile"),
        "extensions": str(extensions),
        "sidecar": str(office.SIDECAR.parent),
        "book": str(small),
        "typed": {FIRST: {november: "12.15"}},
        "read": {FIRST: [PLACE.slots[f"progress.{key}"].cell for key in ("rate", "light")]},
    }
    script = Path(__file__).with_name("editing_sidecar.py")
    said = subprocess.run(
        [office.office_python(), str(script), json.dumps(asked)], capture_output=True, text=True, check=True
    )

    assert json.loads(said.stdout) == {FIRST: [1.1, "超支"]}


def test_typed_words_are_answered_with_words(calc_with_addin: Calc, small: Path) -> None:
    indicator = PLACE.bands["indicators"][0]
    actual, state, completion = (indicator[f"indicators.{key}"].cell for key in ("actual", "state", "completion"))

    typed = calc_with_addin.type(small, {FIRST: {actual: "一千二百"}})[FIRST]

    assert (typed[state], typed.get(completion)) == ("无法判定", None)


def test_a_save_keeps_every_formula_and_value(calc: Calc, calc_with_addin: Calc, book: Path, tmp_path: Path) -> None:
    with_addin, without = tmp_path / "with.xlsx", tmp_path / "without.xlsx"
    values = calc_with_addin.recalc(book, save=with_addin)
    plain_values = calc.recalc(book, save=without)

    for saved in (with_addin, without):
        assert calls(saved) == calls(book)
        assert calc_with_addin.recalc(saved) == values
        assert calc.recalc(saved) == plain_values
    assert different(cached(with_addin), values) == different(values, plain_values) == []
    assert (mode(values), mode(plain_values)) == ("函数", "公式")


def test_the_addins_name_is_what_a_saved_file_holds(calc_with_addin: Calc, small: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.xlsx"
    calc_with_addin.recalc(small, save=saved)

    original = openpyxl.load_workbook(small)[FIRST][PLACE.slots["progress.rate"].cell].value.text
    again = openpyxl.load_workbook(saved)[FIRST][PLACE.slots["progress.rate"].cell].value.text
    assert again.replace("$", "") == original.replace("$", "")
