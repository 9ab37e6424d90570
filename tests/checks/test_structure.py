"""Placeholders as people spell them, and amounts in 元 wherever they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from checks.flawless import findings_of

from xlperf.checks.rule import Typed


def cells(code: str, typed: Typed, folder: Path) -> list[str]:
    return [finding.locus.cell for finding in findings_of(typed, folder) if finding.code == code]


# --- XPF129: placeholders ---------------------------------------------------------------------------------------------

# fmt: off
PLACEHOLDERS = (
    "目标内容1", "1.目标内容1", "目标内容一", "（1）目标内容1", "①目标内容1", "一、目标内容一", "内容1",
    "目标内容1；目标内容2", "目标内容1、目标内容2", "目标内容1\n目标内容2", "1、目标内容1；2、目标内容2。",
    "目标1：", "绩效目标：", "年度目标", "年度绩效目标", "总体目标", "项目年度绩效目标", "中长期目标",
    "…", "……", "——", "/", "XXX", "待补充", "待完善", "待填报", "不涉及", "不适用", "空", "无。", "同上年",
    "详见附件", "见附件", "见附件1", "参见附表", "请输入", "请填写绩效目标，每行一条",
    "示例：完成XX，达到XX", "TBD", "tbd", "N/A",
)
OBJECTIVES = (
    "全年办结案件4200件。", "目标1：办结案件4200件", "年度目标：办结案件4200件", "无重大安全事故",
    "不涉及刑事的案件全部调解", "待修缮的法庭年底前完工", "见附件所列法庭全部完工", "一、办结案件；二、回访当事人",
    "总体目标：\n全年办结案件4200件", "空调更新12台", "10.5公里道路完工", "内容审核平台上线",
)
# fmt: on


@pytest.mark.parametrize("text", PLACEHOLDERS)
def test_a_placeholder(text: str, tmp_path: Path) -> None:
    assert cells("XPF129", {"objectives.text": text}, tmp_path) == ["C9"]


@pytest.mark.parametrize("text", OBJECTIVES)
def test_an_objective(text: str, tmp_path: Path) -> None:
    assert cells("XPF129", {"objectives.text": text}, tmp_path) == []


def test_a_heading_above_an_objective_is_none(tmp_path: Path) -> None:
    typed: Typed = {"objectives.text": "年度绩效目标：", "objectives.text#2": "全年办结案件4200件。"}

    assert cells("XPF129", typed, tmp_path) == []
