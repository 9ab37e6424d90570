"""What a blank checkpoint of the spend plan stands for."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from checks.flawless import findings_of

from xlperf.checks import message
from xlperf.checks.rule import Typed


@pytest.mark.parametrize(
    ("shares", "cell", "sentence"),
    [
        ((None, "0.5", None, "1"), ["E"], "10月底计划累计50%，比序时进度低33个百分点"),
        (("0.5", None, None, "1"), ["E"], "10月底计划累计50%，比序时进度低33个百分点"),
        ((None, None, "0.7", "1"), ["D"], "6月底计划累计0%，比序时进度低50个百分点"),
        (("0.5", None, "0.7", "1"), [], ""),
        (("0.2", "0.4", None, None), [], ""),
    ],
)
def test_a_blank_checkpoint_keeps_the_last_filled(
    shares: tuple[str | None, ...], cell: list[str], sentence: str, tmp_path: Path
) -> None:
    typed: Typed = {f"shares.{i}": share if share is None else Decimal(share) for i, share in enumerate(shares)}

    found = [each for each in findings_of(typed, tmp_path) if each.code == "XPF445"]

    assert [each.locus.cell[0] for each in found] == cell
    assert [message(each) for each in found] == ([sentence] if sentence else [])
