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


# fmt: off
VAGUE = (
    "有效提升", "提高", "较高", "较好", "长期", "规范", "逐步扩大", "稳步增长", "长期影响", "进一步规范",
    "持续提升", "良好。", "提高工作水平", "提升群众获得感和幸福感", "群众满意程度较高", "促进经济社会高质量发展",
    "提高效率，保障运转", "提高效率、改善服务", "2020年以来持续提升", "充分发挥职能作用",
)
VERIFIABLE = (
    "2026年9月底前完成", "印发学生资助办法，完善公示制度", "无重大安全事故，保障到位", "保障无重大安全事故",
    "全县义务教育学校全部张贴公示，保障家长知情", "每季度改善一次", "比上年提高5个百分点", "制定技术规范",
    "2026年底前完善回访制度", "建立长期值班制度", "优", "好", "保障全县义务教育学校学生午餐按时供应",
)
# fmt: on


@pytest.mark.parametrize(
    ("value", "fires"), [*((text, True) for text in VAGUE), *((text, False) for text in VERIFIABLE)]
)
def test_a_qualitative_target(value: str, fires: bool, tmp_path: Path) -> None:
    typed = {"indicators.operator": "定性", "indicators.value": value}

    assert ("XPF453" in {finding.code for finding in findings_of(typed, tmp_path)}) is fires


@pytest.mark.parametrize(
    ("description", "fires"),
    [("2020年以来的办案效率", True), ("2020—2025年的办案效率", True), ("平均审理天数比上年少5天", False), ("", True)],
)
def test_a_measure_in_the_description(description: str, fires: bool, tmp_path: Path) -> None:
    typed = {"indicators.operator": "定性", "indicators.value": "提高", "indicators.description": description or None}

    assert ("XPF453" in {finding.code for finding in findings_of(typed, tmp_path)}) is fires


@pytest.mark.parametrize(
    ("name", "description", "fires"),
    [
        ("满意度", "满意人数÷调查人数×100%", True),
        ("满意度", "满意份数/有效问卷份数*100%", True),
        ("服务对象满意度", "反映服务对象的满意程度", True),
        ("服务对象满意度", "服务对象满意数占调查总数的比例", True),
        ("服务对象满意度", "问卷调查结果", True),
        ("满意率", "服务对象对服务的满意情况。", True),
        ("满意度", "当事人问卷调查结果", False),
        ("当事人满意度", "满意人数÷调查人数×100%", False),
        ("服务对象满意度", "参训干警的满意程度", False),
        ("满意度", "来院群众满意人数占比", False),
    ],
)
def test_whose_satisfaction(name: str, description: str, fires: bool, tmp_path: Path) -> None:
    typed = {"indicators.name#4": name, "indicators.description#4": description}

    assert ("XPF435" in {finding.code for finding in findings_of(typed, tmp_path)}) is fires
