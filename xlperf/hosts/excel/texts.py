"""The function wizard's texts about the catalog's functions. Imports only the catalog."""

from __future__ import annotations

from xlperf.measure import Function, Param

CATEGORY = "预算绩效"
LONGEST = 255  # characters of a description in the wizard


def function_text(function: Function) -> str:
    """What the function returns."""
    return function.zh


def argument_text(param: Param) -> str:
    """What an argument is, its unit and default."""
    unit = f"，单位：{param.unit}" if param.unit else ""
    absent = f"，可省略，省略时为{param.default or '空'}" if param.optional else ""
    return f"{param.zh}{unit}{absent}"
