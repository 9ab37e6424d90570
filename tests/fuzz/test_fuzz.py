"""Ten thousand spoilt workbooks: each intact, read as it says, reported or refused; none raises, none lies."""

from __future__ import annotations

import os
import warnings

import pytest
from fuzz.engine import ALL, BYTES, LEVELS, SECONDS, Engine, Result, mutant
from fuzz.originals import Original, originals
from office.calc import missing_reason

MUTANTS, SEED = 10_000, 20261031


@pytest.fixture(scope="module")
def material(request: pytest.FixtureRequest) -> list[Original]:
    """The workbooks to spoil; those saved by LibreOffice where there is one."""
    reason = missing_reason()
    if reason and os.environ.get("XLPERF_REQUIRE_OFFICE") == "1":
        pytest.fail(reason)
    if reason:
        warnings.warn(f"no originals by LibreOffice: {reason}", stacklevel=1)
    return originals(None if reason else request.getfixturevalue("calc"))


@pytest.fixture(scope="module")
def results(material: list[Original]) -> list[Result]:
    """What became of every mutant."""
    engine = Engine(material, SEED)
    return [engine.run(number) for number in range(MUTANTS)]


def test_nothing_is_silent_and_nothing_raises(results: list[Result]) -> None:
    command = f"python tests/fuzz/run.py --seed {SEED} --only"
    wrong = [f"{command} {each.index}  # {each.where}: {each.complaints[0]}" for each in results if each.complaints]

    assert not wrong, f"{len(wrong)} complaints\n" + "\n".join(wrong[:20])


def test_every_mutator_had_its_turn_and_every_outcome_occurs(results: list[Result]) -> None:
    assert {each.chain[0] for each in results} == {mutator.__name__ for mutator in ALL}
    assert {each.outcome for each in results} == {"intact", "read", "reported", "refused"}
    assert len(LEVELS) == 7


def test_every_kind_of_original_was_spoilt(results: list[Result], material: list[Original]) -> None:
    assert {each.original for each in results} == {original.name for original in material}


def test_time_and_memory_of_every_file_are_bounded(results: list[Result]) -> None:
    assert max(each.seconds for each in results) < SECONDS
    assert max(each.bytes for each in results) < BYTES


def test_a_mutant_can_be_made_again(material: list[Original]) -> None:
    for number in range(len(ALL)):
        assert mutant(material, SEED, number).content == mutant(material, SEED, number).content
