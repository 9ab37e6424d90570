"""What a text repeats and what it promises, however it is spelled."""

from __future__ import annotations

from pathlib import Path

import pytest
from checks.flawless import findings_of


@pytest.mark.parametrize(
    ("code", "name", "description", "basis", "fires"),
    [
        ("XPF451", "办结案件数", "办结案件数。", "台账", True),
        ("XPF451", "办结案件数。", "办结案件数", "台账", True),
        ("XPF451", "办结案件数", "办结案件数；", "台账", True),
        ("XPF451", "办结案件数", "办结案件数，不含撤诉。", "台账", False),
        ("XPF452", "办结案件数", "全年合计", "办结案件数。", True),
        ("XPF452", "办结案件数", "全年合计。", "全年合计", True),
        ("XPF452", "办结案件数", "全年合计", "全年合计台账。", False),
    ],
)
def test_a_stop_makes_no_difference(
    code: str, name: str, description: str, basis: str, fires: bool, tmp_path: Path
) -> None:
    typed = {"indicators.name": name, "indicators.description": description, "indicators.basis": basis}

    assert (code in {finding.code for finding in findings_of(typed, tmp_path)}) is fires


@pytest.mark.parametrize(
    ("level2", "name", "fires"),
    [
        ("社会效益指标", "社会效益", True),
        ("数量指标", "数量", True),
        ("服务对象满意度指标", "服务对象满意度", True),
        ("服务对象满意度指标", "服务对象满意度指标", True),
        ("社会效益", "社会效益指标", True),
        ("数量指标", "办结案件数量", False),
        ("服务对象满意度指标", "当事人满意度", False),
        ("服务对象满意度指标", "满意度指标", False),
    ],
)
def test_a_name_that_is_its_class(level2: str, name: str, fires: bool, tmp_path: Path) -> None:
    typed = {"indicators.level2": level2, "indicators.name": name}

    assert ("XPF454" in {finding.code for finding in findings_of(typed, tmp_path)}) is fires
