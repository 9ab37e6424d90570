"""Words that rules look for in texts: units of measure, comparisons, vague words, numbers of paragraphs."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from xlperf.form.choices import UNITS
from xlperf.model import Indicator, Operator
from xlperf.model.operator import BEHIND, SPELLINGS
from xlperf.model.text import MONEY_UNITS, squeeze

# fmt: off
_MEASURES = (
    *UNITS, *MONEY_UNITS,
    *"名位户所间座栋幢层场期班批轮趟笔宗起例条款页册本卷张幅块面根支只头匹株棵架艘部门盏组队片段口眼点字篇封",
    *"秒日周米亩升吨克度兆分级星倍折方村乡镇县市生课节床剂盒瓶板枚袋箱桶双盘岁回集",
    "百分比", "‰", "百分点", "个百分点", "场次", "批次", "支队", "人天", "人月", "人年", "台套", "台件", "件套",
    "台次", "车次", "户次", "家次", "例次", "学时", "课时", "分钟", "工作日", "星期", "季度", "个月", "周年", "千米",
    "毫米", "厘米", "公顷", "平方公里", "平方千米", "立方米", "毫升", "公斤", "千克", "千瓦", "千瓦时",
    "等级", "名次", "社区", "单位", "机构", "案件", "平米", "吨标准煤", "分贝", "毫克", "微克",
    "兆瓦", "kw", "件次", "篇次", "亩次", "剂次", "床位", "学位", "车位", "学期", "学年", "课次", "门次", "学分",
    "学校", "所学校", "床日", "人份", "张床", "病床", "门诊人次", "辆次", "班次", "车公里", "平方", "立方", "标段",
    "网格", "自然日", "日历天", "行政村", "点位", "科室", "比例", "℃", "mg", "l", "\u03bcg", "db", "mm", "m", "m2",
    "m²", "㎡", "km", "kg", "t", "h", "kwh", "gb", "tb", "mbps", "m3", "m³",
)
RATES = ("%", "百分比")
PLAINLY_PERCENT = Decimal(10)  # beside a percentage above it, a number below 1 is a share typed as a fraction
_CLASSIFIERS = ("个", "多", "余", "左右")
MEASURES = frozenset(squeeze(unit).lower() for unit in _MEASURES)
_SCALED = re.compile(r"(?:[百千万亿])?(.+)")

VAGUE = (
    "提高", "提升", "促进", "推进", "推动", "加强", "增强", "改善", "优化", "完善",
    "有效", "显著", "明显", "良好", "持续", "更好", "保障", "保证", "充分",
    "较高", "较好", "逐步", "稳步", "进一步", "不断",
)
"""Vague verbs and adverbs: a target made only of these cannot be checked."""

EMPTY = ("长期", "规范", "扩大", "增长", "影响", "到位", "的", "和", "及", "与", "地")
"""Filler: a target made only of these and of VAGUE cannot be checked."""

# fmt: on

AT_MOST, AT_LEAST = (Operator.LE, Operator.LT), (Operator.GE, Operator.GT)
_COMPARISONS = [word for word, sign in SPELLINGS.items() if sign in (*AT_MOST, *AT_LEAST) and word not in BEHIND]
COMPARISON = re.compile("|".join(re.escape(word) for word in sorted(_COMPARISONS, key=len, reverse=True)))

REFUSED = "*_−\u00ad"  # beside the dashes, of which Unicode has a class

NUMBER = "[0-9一二三四五六七八九十]"
NUMBERED = re.compile(rf"^[^\S\n]*(?:[（(]{NUMBER}+[)）]|{NUMBER}+[.、．)）]|[①-⑳])", re.MULTILINE)
"""The number in front of a paragraph."""


def is_cost(indicator: Indicator) -> bool:
    """Whether an indicator is one of cost, by its first or its second-level class."""
    return "成本" in indicator.level2 or indicator.level1 == "成本指标"


def plain(value: object) -> str:
    """A number without exponent and trailing zeros."""
    return f"{Decimal(str(value)).normalize():f}"


def percent(share: Decimal) -> str:
    """A share as a percentage."""
    return f"{plain(share * 100)}%"


def refused_in(text: str) -> str:
    """The first character the budget system refuses in names, targets and results: `*`, `_`, any dash; "" for none."""
    for character in text:
        folded = unicodedata.normalize("NFKC", character)
        if any(each in REFUSED or unicodedata.category(each) == "Pd" for each in folded):
            return character
    return ""


@lru_cache(maxsize=4096)
def is_measure(unit: str) -> bool:
    """Whether a text is a unit of measure: a known one, with 万 before it, per something, or in brackets."""
    parts = [part for part in re.split(r"[/每·()]", squeeze(unit).lower()) if part]
    return bool(parts) and all(map(_known, parts))


def _known(part: str) -> bool:
    if part in MEASURES:
        return True
    match = _SCALED.fullmatch(part)
    rest = match[1] if match else ""
    return rest in MEASURES or (rest[:1] in _CLASSIFIERS and rest[1:] in MEASURES)
