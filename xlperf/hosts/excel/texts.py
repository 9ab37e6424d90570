"""What the function wizard shows about the catalog's functions. Loads nothing but the catalog."""

from __future__ import annotations

from xlperf.measure import Function, Param

CATEGORY = "预算绩效"
LONGEST = 255  # characters the wizard takes for a description


def function_text(function: Function) -> str:
    """What the function answers."""
    return function.zh


def argument_text(param: Param) -> str:
    """What an argument is, its unit, and what stands in for it."""
    unit = f"，单位：{param.unit}" if param.unit else ""
    absent = f"，可省略，省略时为{param.default or '空'}" if param.optional else ""
    return f"{param.zh}{unit}{absent}"
