"""Every damage is noticed, and a check of ours looks only for what Microsoft's SDK lets pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from judges import repair
from judges.damage import Parts, Spoil
from judges.damages import OURS, THEIRS, Damages
from judges.sdk import Report
from zipped import packed, parts_of

Sample = Callable[[str], Path]
Reports = Callable[[Path], list[Report]]


def each(damages: Damages) -> pytest.MarkDecorator:
    """A test for each damage: the sample it is done to, what it must be noticed as, how it is done."""
    rows = [
        pytest.param(sample, noticed, spoil, id=name)
        for sample, kinds in damages.items()
        for noticed, spoils in kinds.items()
        for name, spoil in spoils.items()
    ]
    return pytest.mark.parametrize(("of", "noticed", "spoil"), rows)


@pytest.fixture
def damaged(sample: Sample, of: str, spoil: Spoil, tmp_path: Path) -> Path:
    parts = Parts(parts_of(sample(of).read_bytes()))
    spoil(parts)
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(packed(parts))
    return path


def test_every_check_of_ours_has_a_damage() -> None:
    damaged = {noticed for kinds in OURS.values() for noticed in kinds}

    assert damaged == {check.__name__.replace("_", " ") for check in repair.CHECKS}


@each(OURS)
def test_our_checks_notice(damaged: Path, noticed: str) -> None:
    assert noticed in {fault.kind for fault in repair.faults(damaged)}


@each({of: {kind: dict([*spoils.items()][:1]) for kind, spoils in kinds.items()} for of, kinds in OURS.items()})
def test_the_sdk_does_not_notice(damaged: Path, sdk_reports: Reports, noticed: str) -> None:
    """Where this fails, the SDK has learnt what a check of ours does: the check may go."""
    assert sdk_reports(damaged) == []


@each(THEIRS)
def test_the_sdk_notices(damaged: Path, sdk_reports: Reports, noticed: str) -> None:
    assert noticed in {report.id for report in sdk_reports(damaged)}
