"""Numbers in the words beside a target: which are compared with it, and what is said of them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from checks.flawless import findings_of

from xlperf.checks.rules.numbers import numbers_of


@pytest.mark.parametrize(
    ("operator", "value", "unit", "name", "description", "said"),
    [
        # numbers of other things
        ("≥", 90, "%", "优良率", "评分≥80分的问卷占比", None),
        ("≥", 90, "%", "短住院率", "住院时间不超过8天的患者占比", None),
        ("≥", 90, "%", "清理率", "对超过30天的未结案件的清理率", None),
        ("≤", 19, "万元", "采购成本", "单价不超过500元", None),
        ("≥", 300, "元", "补助", "不超过500元/人", None),
        ("≥", 300, "人", "培训人数", "不少于1000人次", None),
        ("≥", 5, "个", "培训班", "不少于30个工作日", None),
        ("≥", 100, "人", "培训2期每期50人", "", None),
        ("≥", 100, "人", "培训人数", "上年培训80人", None),
        ("≥", 10, "个", "10个乡镇各建1个站点", "", None),
        ("≥", 10, "个", "乡镇各建1个站点", "", None),
        ("≥", 10, None, "采购A4纸", "", None),
        ("≥", 4200, "件", "办结案件数", "每名法官不少于200件", None),
        ("≤", 19, "万元", "采购成本", "单价不超过3万元", None),
        ("≥", 4200, "件", "办结案件数", "各类案件不少于4000件", "4000"),
        ("≤", 40, "天", "平均办案天数", "平均不超过30天", "30"),
        ("≥", 95, "%", "完成率", "完成数÷计划数×100%", None),
        ("≥", 95, "%", "完成率（完成数/计划数×100%）", "", None),
        ("≥", 5, "件", "办理3-5件案件", "", None),
        ("≥", 3, "年", "2026年起使用年限", "", None),
        ("≥", 5, "月", "9月前运行", "", None),
        # the same number
        ("≤", "1.5", "年", "项目工期", "项目工期不超过1.5年", None),
        ("≥", "0.42", "万件", "办结案件数", "不少于4200件", None),
        ("≥", "0.42", "万件", "办结案件数", "不少于0.42万件", None),
        ("≥", 4200, "件", "办结案件数", "全年不少于4,200件，其中执行1000件", None),
        ("≥", 50000, "人次", "服务人次", "不少于5万人次", None),
        ("≤", 117, "万元", "工资总额", "工资总额不超过117万", None),
        ("≤", 117, "工资总额不超过117万", "工资总额", "", None),
        ("≥", 95, "百分比", "结案率95%以上", "", None),
        ("≤", 6, "个月", "工期", "不超过6月", None),
        ("≥", 8, "大于等于8小时", "保障时间", "", None),
        # another number
        ("≤", "1.5", "年", "项目工期", "项目工期不超过2.5年", "2.5"),
        ("≥", 40000, "人次", "服务人次", "不少于5万人次", "50000"),
        ("≥", 4, "万人次", "服务人次", "不少于5万人次", "5"),
        ("=", 2, "辆", "购置囚车1辆", "", "1"),
        ("≥", 98, "%", "结案率95%以上", "", "95"),
        ("≥", 98, "%", "结案率", "结案率95%以上", "95"),
        ("≥", 98, "%", "结案率", "结案率不低于95", "95"),
        ("≤", 3, "个工作日", "办理时限", "5个工作日以内", "5"),
        ("≤", 100, "万元", "工资总额", "工资总额不超过117万", "117"),
        ("≤", 25, "公务运转小于等于20万元", "公务运转成本", "", "20"),
    ],
)
def test_only_a_number_of_the_same_unit_contradicts(
    operator: str, value: object, unit: str | None, name: str, description: str, said: str | None, tmp_path: Path
) -> None:
    row = {"operator": operator, "value": value, "unit": unit, "name": name, "description": description}
    typed = {f"indicators.{key}": cell for key, cell in row.items()}
    found = [dict(finding.values)["said"] for finding in findings_of(typed, tmp_path) if finding.code == "XPF431"]

    assert found == ([] if said is None else [said])


@pytest.mark.parametrize("words", ["每" * 32_000 + "1件", "1件" * 16_000, "不少于" * 10_000, "1" * 32_000])
def test_long_words_are_read_at_once(words: str) -> None:
    begun = time.perf_counter()
    list(numbers_of(words, "件"))

    assert time.perf_counter() - begun < 10
