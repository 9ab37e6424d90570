"""Numbers written out before what is counted (三次, 百分之九十五). Knows those below a hundred, and hundreds."""

from __future__ import annotations

import re
from typing import NamedTuple

_ONES = "一二三四五六七八九"
_VALUES = {**{numeral: value for value, numeral in enumerate(_ONES, start=1)}, "两": 2, "零": 0, "": 0}
_ONE = f"[{_ONES}]"
_NUMERAL = rf"{_ONE}?十{_ONE}?|[{_ONES}两]百|[{_ONES}两]千|[{_ONES}两零]"
_UNITS = (
    *"次个人件项户家场名台套辆份篇所处座间天年周元亩",
    "人次", "场次", "小时", "分钟", "个月", "个工作日", "工作日", "万元", "公里", "平方米",
)  # fmt: skip
"""What is only counted: 一级 and 一等 are ranks, 一起 and 一批 say no number."""
_COUNTED = re.compile(
    rf"(?<![第每几数至到或、{_ONES}两零〇十百千万])(?:(?P<share>百分之)(?P<of>{_NUMERAL}|百)|"
    rf"(?P<count>{_NUMERAL})(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))}))"
)


class Counted(NamedTuple):
    """A text with its one written number in digits, and the unit that follows that."""

    text: str
    unit: str


def in_digits(text: str) -> Counted | None:
    """The text with what it counts in digits, or None where it counts nothing or more than one thing."""
    found = list(_COUNTED.finditer(text))
    if len(found) != 1:
        return None
    (number,) = found
    unit = "%" if number["share"] else number["unit"]
    digits = 100 if number["of"] == "百" else _value(number["of"] or number["count"])
    return Counted(f"{text[: number.start()]}{digits}{unit}{text[number.end() :]}", unit)


def _value(numeral: str) -> int:
    for factor, ten in ((1000, "千"), (100, "百")):
        if numeral.endswith(ten):
            return factor * _VALUES[numeral[0]]
    tens, ten, ones = numeral.rpartition("十")
    return 10 * (_VALUES[tens] or 1) + _VALUES[ones] if ten else _VALUES[ones]
