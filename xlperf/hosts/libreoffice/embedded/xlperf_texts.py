"""What the function wizard says about a function and its arguments, in Chinese or English, from the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlperf.measure import Function, Param

# The units a text does not say already.
UNITS = {"万元": "10,000 yuan", "比例": "1 = 100 %", "分": "points"}

DEFAULTS = {"截止日期所在年度": "the year of the date", "按节点": "step"}

CATEGORY = ("绩效", "Performance")


def in_chinese(locale: Any) -> bool:
    """Whether a person with this UNO locale reads Chinese."""
    return str(locale.Language) == "zh"


def function_text(function: Function, chinese: bool) -> str:
    """What it does and what it answers in."""
    unit = _unit(function.result.unit, chinese)
    if chinese:
        return f"{function.zh}。结果：{function.result.zh}{unit}。"
    return f"{function.en}. Result: {function.result.en}{unit}."


def argument_name(param: Param, chinese: bool) -> str:
    """The catalog's name, or in Chinese the first clause of its text."""
    if not chinese:
        return param.name
    name = param.zh
    for mark in "（，：；":
        name = name.split(mark)[0]
    return name


def argument_text(param: Param, chinese: bool) -> str:
    """What the argument is, its unit, and what counts where it is left out."""
    text = (param.zh if chinese else param.en) + _unit(param.unit, chinese)
    if not param.default:
        return text
    default = param.default if chinese else DEFAULTS.get(param.default, param.default)
    return f"{text}；缺省为{default}" if chinese else f"{text}; default: {default}"


def _unit(unit: str, chinese: bool) -> str:
    if unit not in UNITS:
        return ""
    return f"（{unit}）" if chinese else f" ({UNITS[unit]})"
