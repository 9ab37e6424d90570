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


# --- XPF133: 元 for 万元 ----------------------------------------------------------------------------------------------

NO_PAYMENTS: Typed = {f"payments.amount#{month}": None for month in range(1, 11)}
YUAN: Typed = {"budget.initial": 200000, "budget.fiscal_funds": 200000}
LARGE: Typed = {"budget.initial": 6000, "budget.fiscal_funds": 6000, **NO_PAYMENTS}
COST_ROW: Typed = {
    "indicators.level1": "成本指标",
    "indicators.level2": "经济成本指标",
    "indicators.name": "项目总成本",
    "indicators.description": "全年支出合计",
    "indicators.operator": "≤",
    "indicators.unit": "万元",
}


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ({"budget.adjusted": 200000}, 1),
        ({"payments.amount": 20000}, 1),
        ({**YUAN, "budget.adjusted": 25}, 1),
        (YUAN, 1),
        ({**YUAN, **NO_PAYMENTS}, 0),
        ({**YUAN, **NO_PAYMENTS, **COST_ROW, "indicators.value": 19}, 1),
        ({**YUAN, **NO_PAYMENTS, **COST_ROW, "indicators.value": 19, "indicators.unit": " 万元 "}, 1),
        ({**COST_ROW, "indicators.value": 190000}, 1),
        ({**COST_ROW, "indicators.value": 19}, 0),
        ({**LARGE, "payments.amount": 0.5}, 0),
        ({**LARGE, **COST_ROW, "indicators.name": "人均成本", "indicators.value": 0.5}, 0),
        ({**LARGE, "budget.adjusted": 2.5}, 0),
    ],
)
def test_yuan_where_wan_belongs(typed: Typed, count: int, tmp_path: Path) -> None:
    assert len(cells("XPF133", typed, tmp_path)) == count


def test_the_budget_itself_is_pointed_at(tmp_path: Path) -> None:
    assert cells("XPF133", {**YUAN, "budget.adjusted": 25}, tmp_path) == ["D4"]
