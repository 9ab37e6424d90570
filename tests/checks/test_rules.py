"""Every rule fires on its example and keeps quiet on its near miss, typed into a real workbook and read back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from checks.flawless import FLAWLESS, findings_of

from xlperf.checks import CODES, message
from xlperf.checks.rule import DESCRIBED
from xlperf.checks.rules import judge
from xlperf.checks.submission import Submission

TYPED = {code: (fires, passes) for code, (_, fires, passes) in DESCRIBED.items()}


def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path) -> None:
    assert findings_of({}, tmp_path) == []
    assert judge(Submission(FLAWLESS)) == []


@pytest.mark.parametrize("code", TYPED)
def test_a_rule_fires_on_its_example(code: str, tmp_path: Path) -> None:
    found = [finding for finding in findings_of(TYPED[code][0], tmp_path) if finding.code == code]

    assert found
    for finding in found:
        assert (finding.locus.file, finding.locus.sheet != "", finding.locus.cell != "") == (
            str(tmp_path / "a.xlsx"),
            True,
            True,
        )
        assert "{" not in message(finding) + message(finding, "en")


@pytest.mark.parametrize("code", TYPED)
def test_a_rule_keeps_quiet_on_its_near_miss(code: str, tmp_path: Path) -> None:
    assert [finding for finding in findings_of(TYPED[code][1], tmp_path) if finding.code == code] == []


@pytest.mark.parametrize("code", TYPED)
def test_the_near_miss_is_near(code: str) -> None:
    """Both examples type into the same slots, or the near miss shows which one makes the difference."""
    fires, passes = TYPED[code]

    assert isinstance(fires, Mapping)
    assert isinstance(passes, Mapping)
    assert fires != passes
    assert code in CODES
