"""Where pieces stand and how references to them read."""

from __future__ import annotations

import pytest

from xlperf.form import PROJECT, Band, Kind, Label, Role, Slot, layout
from xlperf.form.bounds import text_bound
from xlperf.form.editions import EDITIONS, form_set_of
from xlperf.form.marker import FormSet, Marker, read_marker
from xlperf.form.parts import Form, Row, computed, entry, given
from xlperf.model import Period
from xlperf.ooxml.a1 import column_letters

FORMS = dict.fromkeys(form for forms in EDITIONS.values() for form in forms.values())

ANY = text_bound(10, "")
FORM = Form(
    kind="sample",
    widths=(10, 10, 10),
    body=(
        Row((Label("题", 3),)),
        Row((Label("数"), entry("total", Kind.NUMBER, "数", ANY))),
        Band(
            "rows",
            Row(
                (
                    entry("rows.a", Kind.NUMBER, "甲", ANY),
                    computed("rows.b", Kind.NUMBER, "{rows.a}/{total}+SUM({rows.a*})-{rows.a^}+{rows.a^^}-{rows.a$}"),
                )
            ),
            least=2,
            spare=1,
            rounded_to=3,
            caption=Label("带", 1),
        ),
        Row((given("last", Kind.TEXT),)),
    ),
)


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_have_letters(column: int, letters: str) -> None:
    assert column_letters(column) == letters


def test_a_band_moves_what_stands_below_it() -> None:
    assert layout(FORM, (("rows", 3),)).slots["last"].cell == "A6"
    assert layout(FORM, (("rows", 9),)).slots["last"].cell == "A12"


def test_a_caption_spans_its_band() -> None:
    caption = next(place for place in layout(FORM, (("rows", 3),)).labels if place.piece.text == "带")

    assert caption.area == "A3:A5"


@pytest.mark.parametrize(("filled", "size"), [(0, 3), (2, 3), (3, 6), (5, 6), (6, 9)])
def test_bands_keep_a_spare_row_and_few_sizes(filled: int, size: int) -> None:
    assert FORM.bands["rows"].size(filled) == size


def test_references_follow_their_slots() -> None:
    place = layout(FORM, (("rows", 3),))
    slot = place.bands["rows"][1]["rows.b"]
    assert isinstance(slot.piece.formula, str)

    assert place.formula(slot.piece.formula, slot.row) == "$B4/$B$2+SUM($B$3:$B$5)-$B3+$B$3-$B$5"


def test_parameters_are_named_and_other_sheets_asked() -> None:
    place = layout(FORM, (("rows", 3),))

    rendered = place.render("{@as_of}+{#budget}", 3, lambda key: f"'x'!${key}")

    assert rendered == "截止日期+'x'!$budget"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_no_two_pieces_share_a_cell(form: Form) -> None:
    place = layout(form, tuple((key, band.size(3)) for key, band in form.bands.items()))

    cells = [
        (row, column)
        for at in place.pieces
        for row in range(at.row, at.last_row + 1)
        for column in range(at.column, at.last_column + 1)
    ]

    assert len(cells) == len(set(cells))
    assert max(column for _, column in cells) <= len(form.widths)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_every_formula_and_rule_refers_to_slots_that_exist(form: Form) -> None:
    place = layout(form, tuple((key, band.size(3)) for key, band in form.bands.items()))
    for at in place.places:
        slot = at.piece
        assert isinstance(slot, Slot)
        if slot.formula is not None:
            assert place.formula(slot.formula, at.row, lambda key: f"{key!r}")
        if slot.bound is not None:
            place.render(slot.bound.formula1 + slot.bound.formula2, at.row)
        for tint in slot.tints:
            place.render(tint.formula, at.row)


def test_every_input_says_what_belongs_there() -> None:
    silent = [
        (form.kind, at.piece.key)
        for form in FORMS
        for at in layout(form, ()).places
        if at.piece.role is Role.INPUT
        if not (at.piece.label and at.piece.bound and at.piece.bound.prompt and at.piece.bound.error)
    ]

    assert silent == []


def test_excel_accepts_every_prompt_and_error() -> None:
    for form in FORMS:
        for at in layout(form, ()).places:
            bound = at.piece.bound
            if bound:
                assert max(len(bound.prompt), len(bound.error)) <= 255
                assert len(at.piece.label) <= 32


def test_a_marker_says_what_a_sheet_is() -> None:
    marker = Marker("project", FormSet("2026.1"), (("indicators", 12), ("objectives", 2)))
    of_the_province = marker._replace(form_set=FormSet("2027.1", "hunan", "self-evaluation"), book="0123abcd", sheet=7)

    assert str(marker) == "xlperf form=project edition=2026.1 layout=national period=year indicators=12 objectives=2"
    assert read_marker(str(marker)) == marker
    assert read_marker(str(of_the_province)) == of_the_province
    assert read_marker("xlperf form=project edition=2026.1 indicators=12 objectives=2") == marker  # the first ones
    assert read_marker("别的") is None
    assert read_marker(None) is None


def test_the_project_sheet_keeps_its_address_for_what_clerks_know_by_heart() -> None:
    """Old workbooks are read by their edition: a row that moves here is a new edition."""
    slots = layout(PROJECT, (("indicators", 12), ("objectives", 2), ("payments", 12))).slots

    known = ("code", "name", "budget.initial", "budget.adjusted", "shares.0", "shares.3", "progress.light")
    assert {key: slots[key].cell for key in known} == {
        "code": "C3",
        "name": "K3",
        "budget.initial": "D4",
        "budget.adjusted": "D5",
        "shares.0": "C8",
        "shares.3": "F8",
        "progress.light": "P39",
    }


@pytest.mark.parametrize(
    ("path", "row", "cell"),
    [
        ("objectives", -1, "C10"),
        ("objectives", 1, "C11"),
        ("objectives", 9, ""),
        ("indicators.name", -1, ""),
        ("indicators.target", 1, "F14"),
        ("spend_plan.shares", -1, "C9"),
        ("spend_plan.shares", 3, "F9"),
        ("paid.own_funds", -1, ""),
    ],
)
def test_a_field_of_the_noun_is_found_where_it_can_be_seen(path: str, row: int, cell: str) -> None:
    plan = EDITIONS[form_set_of(Period.PLAN, "national")]["project"]

    assert layout(plan, (("indicators", 8), ("objectives", 2), ("payments", 12))).cell_of(path, row) == cell
