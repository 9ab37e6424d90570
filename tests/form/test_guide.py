"""The sheet 填表说明 says of every input what the input says of itself, and nothing that a parameter may belie."""

from __future__ import annotations

import re

import pytest

from xlperf.form import (
    EDITIONS,
    FIRST_EDITION,
    GUIDE,
    OVERALL,
    PROJECT,
    SETTINGS,
    Form,
    Layout,
    Role,
    layout,
    titles,
)
from xlperf.measure import BLANK_PACK, PACKS
from xlperf.measure.packs import OF_2020

SHEET, FORMS = layout(GUIDE), EDITIONS[FIRST_EDITION]


def texts(place: Layout) -> list[str]:
    return [at.piece.text for at in place.labels]


def advice() -> list[tuple[str, str]]:
    """The rows of the guide: what stands on the left, and beside it."""
    rows: dict[int, list[str]] = {}
    for at in SHEET.labels:
        rows.setdefault(at.row, []).append(at.piece.text)
    return [(row[0], row[1]) for row in rows.values() if len(row) == 2]


def prompts(form: Form) -> list[tuple[str, str]]:
    slots = (at.piece for at in layout(form).places)
    return [(slot.label, slot.bound.prompt) for slot in slots if slot.role is Role.INPUT and slot.bound]


@pytest.mark.parametrize("form", [PROJECT, OVERALL, SETTINGS], ids=lambda form: form.kind)
def test_the_guide_explains_every_input_in_the_words_of_its_message(form: Form) -> None:
    assert prompts(form)
    assert set(prompts(form)) <= set(advice())


def test_every_guide_is_known_by_its_heading() -> None:
    """Without its marker, it is recognised by nothing else."""
    assert {texts(layout(forms["guide"]))[0] for forms in EDITIONS.values()} == {"填表说明"} == {titles.GUIDE}


def test_what_a_clerk_reads_about_the_weights_holds_under_every_pack() -> None:
    assert ("分值", "本指标的分值；全部指标的分值加上预算执行率的分值（见“参数”表的规则包），合计100分。") in advice()
    assert ("定性评分", "仅定性指标填写：达成得分值的80%–100%，部分达成60%–80%，未达成0–60%。") in advice()
    assert {100 - pack.execution.cap for pack in PACKS.values()} == {90, 80}
    said = [text for form in FORMS.values() for _, text in prompts(form)] + texts(SHEET)
    assert [text for text in said if re.search(r"[89]0分", text)] == []


def test_what_the_first_edition_draws_after_its_default_pack_holds_under_each_of_its_packs() -> None:
    """The message of 定性评分 names the bands, the orange of 支出偏差原因 the lights; both are drawn once for all."""
    usual = (BLANK_PACK.ratings, BLANK_PACK.explained)
    assert {(pack.ratings, pack.explained) for pack in PACKS.values() if pack.reading == OF_2020} == {usual}


def test_the_guide_names_every_word_that_is_green_yellow_or_red() -> None:
    samples = [left for left, _ in advice() if re.match("[✓▲？✗]", left)]

    assert samples == ["✓ 达标  ● 正常", "？ 无法判定  ▲ 滞后", "✗ 未达标  ■ 严重滞后  ◆ 超支"]


def test_the_guide_leaves_the_lines_of_the_lights_to_the_parameters() -> None:
    beside_prompts = {right for _, right in advice()} - {text for form in FORMS.values() for _, text in prompts(form)}

    assert [text for text in beside_prompts if re.search(r"[68]0\s?%", text)] == []
