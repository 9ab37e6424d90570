"""What is a unit of measure, and what a number in a row of rates is."""

from __future__ import annotations

from pathlib import Path

import pytest
from checks.flawless import findings_of

from xlperf.checks.rules.vocabulary import is_measure
from xlperf.form import PROJECT, layout

FIRST_ROW = layout(PROJECT, (("indicators", 8), ("objectives", 2), ("payments", 12))).bands["indicators"][0]

# fmt: off
MEASURES = (
    "元/生", "元/生·学期", "学年", "学期", "课", "节", "课次", "门次", "学分", "所学校", "床日", "元/床日", "人份",
    "万人份", "床", "张床", "病床", "剂", "盒", "瓶", "支/板", "枚", "门诊人次", "mg/L", "mg/m3", "mg/m³",
    "\u03bcg/m³", "\u00b5g/m³", "℃", "dB", "mm", "辆次", "班次", "车公里", "平方", "立方", "袋", "箱", "桶", "双",
    "盘", "标段", "网格", "自然日", "日历天", "个行政村", "个点位", "岁", "回", "集", "科室", "个科室", "比例",
    "万人次", "元每人", "件（次）",
)
SENTENCES = (
    "保证办案完成度", "大于等于8小时", "月度时序", "学生", "课程质量", "集中采购", "持续提升", "双方满意", "回访",
    "节能",
)
# fmt: on


@pytest.mark.parametrize("unit", MEASURES)
def test_a_unit_of_measure(unit: str) -> None:
    assert is_measure(unit)


@pytest.mark.parametrize("unit", SENTENCES)
def test_no_unit_of_measure(unit: str) -> None:
    assert not is_measure(unit)


@pytest.mark.parametrize(
    ("operator", "target", "actual", "unit", "codes"),
    [
        ("≥", 98, "0.99", "%", ["XPF439 indicators.actual"]),
        ("=", 100, "0.95", "百分比", ["XPF439 indicators.actual"]),
        ("≥", "0.98", 99, "%", ["XPF439 indicators.value"]),
        ("≥", "0.98", "0.99", "%", []),
        ("≥", 98, 0, "%", []),
        ("≥", 2, "0.8", "%", []),
        ("≤", "0.5", 12, "%", []),
        ("≥", 98, "0.99", "分", []),
        ("≥", "0.98", 99, "比例", []),
    ],
)
def test_a_fraction_in_a_row_of_percentages(
    operator: str, target: object, actual: object, unit: str, codes: list[str], tmp_path: Path
) -> None:
    row = {"operator": operator, "value": target, "actual": actual, "unit": unit}
    typed = {f"indicators.{key}": value for key, value in row.items()}
    cells = {place.cell: key for key, place in FIRST_ROW.items()}
    found = [finding for finding in findings_of(typed, tmp_path) if finding.code == "XPF439"]

    assert [f"{finding.code} {cells[finding.locus.cell]}" for finding in found] == codes
