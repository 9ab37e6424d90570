"""The printed words of the official table and its sister forms, and how they are recognised. Tables first."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from xlperf.measure import CHECKPOINTS, CLASSES, class_name, first_level_classes
from xlperf.model.text import MONEY_UNITS, clean, fold, squeeze

# Label as `squeeze` leaves it → field. Domain rules §2.
LABELS: dict[str, str] = {
    "项目编码": "code",
    "项目代码": "code",
    "项目名称": "name",
    "预算单位": "unit",
    "单位名称": "unit",
    "预算单位名称": "unit",
    "预算规模及资金用途": "funds",
    "预算数": "initial",
    "其中:财政资金": "fiscal_funds",
    "财政资金": "fiscal_funds",
    "其他资金": "other_funds",
    "其中:其他资金": "other_funds",
    "资金用途": "purpose",
    "用途": "purpose",
    "资金支出计划": "spend_plan",
    **{f"{month}月底": f"month_{month}" for month in CHECKPOINTS},
    "绩效目标": "objectives",
}
MONTHS = {f"month_{month}": month for month in CHECKPOINTS}
AMOUNTS = ("initial", "fiscal_funds", "other_funds")

# Heads of the columns of the indicator table → field.
COLUMNS: dict[str, str] = {
    "一级指标": "level1",
    "二级指标": "level2",
    "三级指标": "name",
    "绩效指标描述": "description",
    "指标描述": "description",
    "指标内容": "description",
    "指标值": "target",
    "年度指标值": "target",
    "绩效指标值": "target",
    "指标值确定依据": "basis",
    "确定依据": "basis",
}
INDICATORS = "绩效指标"  # printed by some editions in a merged cell left of the indicator table

# Some editions print 满意度 in the second column too.
LEVEL2 = frozenset(("满意度指标", *(level2 for members in CLASSES.values() for level2 in members)))

# The labels that can only be the first cell of a row.
ROW_STARTS = frozenset(("项目编码", "预算规模及资金用途", "资金支出计划", "绩效目标", "一级指标", INDICATORS))

_UNIT = "|".join(MONEY_UNITS)
_UNIT_SUFFIX = re.compile(rf"\((%|{_UNIT})\)$")
_MONEY_UNIT = re.compile(rf"(.*?)(?:\s*\()?\s*(?:金额)?单\s*位\s*:\s*(?:人民币)?({_UNIT})\s*\)?")
_UNIT_CODE = re.compile(r"([0-9]{6})(?![0-9])[\s_-]*(.+)")


class FieldLabel(NamedTuple):
    """A recognised label: its field, and the unit of money it states beside itself (预算数（元）), if any."""

    field: str
    unit: str | None = None


class MoneyUnit(NamedTuple):
    """A stated unit of money, and what the line says before it (the budget unit, as a rule)."""

    before: str
    unit: str


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The text as the tables above spell it."""
    return squeeze(text).rstrip(":")


def label(text: str) -> FieldLabel | None:
    """The label this cell is, or None."""
    if len(text) > 40:
        return None
    bare, unit = without_unit(text)
    field = LABELS.get(bare)
    return None if field is None else FieldLabel(field, unit or None)


def without_unit(text: str) -> tuple[str, str]:
    """A label as the tables spell it, and the unit of money it states beside itself or ""."""
    bare = key(text)
    suffix = _UNIT_SUFFIX.search(bare)
    return (bare[: suffix.start()], suffix[1].replace("%", "")) if suffix else (bare, "")


def column(text: str) -> str | None:
    """The field of the indicator table this column head names, or None."""
    return COLUMNS.get(key(text)) if len(text) <= 40 else None


def starts_row(text: str) -> bool:
    """Whether this cell can only be the first of its row."""
    bare = _UNIT_SUFFIX.sub("", key(text)) if len(text) <= 40 else ""
    return bare in ROW_STARTS


def is_level1(text: str) -> bool:
    """Whether this names a class of the first column, with or without 指标."""
    return class_name(key(text)) in first_level_classes()


def is_level2(text: str) -> bool:
    """Whether this names a class of the second column, with or without 指标."""
    return class_name(key(text)) in LEVEL2


def money_unit(text: str) -> MoneyUnit | None:
    """The statement of a line that ends in 单位：万元 or the like, or None."""
    plain = clean(text)
    match = _MONEY_UNIT.fullmatch(fold(plain)) if len(plain) <= 200 else None
    return MoneyUnit(plain[: match.end(1)], match[2]) if match else None


def unit_code(text: str) -> tuple[str, str] | None:
    """(code, name) of a budget unit printed without a separator, 335001某某法院, or None."""
    plain = clean(text)
    match = _UNIT_CODE.fullmatch(fold(plain)) if len(plain) <= 200 else None
    return (match[1], plain[match.start(2) :]) if match else None
