"""What a clerk chooses from, and the defined names under which sheets refer to lists and parameters."""

from __future__ import annotations

from xlperf.form.parts import TICK
from xlperf.measure import CLASSES, PACKS, first_level_classes
from xlperf.measure.statuses import RATINGS
from xlperf.model import Likelihood, Operator, Period, PlanMethod

# fmt: off
UNITS = (
    "%", "万元", "元", "件", "人", "人次", "次", "个", "台", "辆", "套", "项", "份", "家", "处", "平方米", "公里",
    "小时", "天", "个工作日", "月", "年",
)
# fmt: on
BASES = ("行业标准", "单位要求", "历史数据", "上级文件", "合同约定", "预算批复", "工作计划")

OF_PACKS = ("一级指标表", "规则包表")
"""The lists that a rule pack of one's own adds to."""


def lists() -> dict[str, tuple[str, ...]]:
    """The lists of the hidden sheet, by defined name: a literal list in a validation ends at 255 characters."""
    return {
        "一级指标表": first_level_classes(),
        "二级指标表": tuple(dict.fromkeys(level2 for members in CLASSES.values() for level2 in members)),
        "计算符号表": tuple(operator.symbol for operator in Operator),
        "计量单位表": UNITS,
        "依据表": BASES,
        "完成档次表": RATINGS,
        "可能性表": tuple(likelihood.value for likelihood in Likelihood),
        "规则包表": tuple(PACKS),
        "填报类型表": tuple(period.value for period in Period if period is not Period.PLAN),
        "计划口径表": tuple(method.value for method in PlanMethod),
        "勾选表": (TICK,),
    }


# Parameters every sheet may mention as {@name} → the workbook's defined name for it, the sheet and slot it stands in.
PARAMETERS: dict[str, tuple[str, str, str]] = {
    "unit_code": ("单位代码", "overall", "unit.code"),
    "department": ("主管部门", "overall", "department_shown"),
    "unit_name": ("单位名称", "overall", "unit.name"),
    "year": ("预算年度", "overall", "year"),
    "as_of": ("截止日期", "settings", "as_of"),
    "months": ("已过月数", "settings", "months"),
    "pack": ("规则包", "settings", "pack"),
    "rules": ("规则参数", "settings", "rules.value"),
    "plan_method": ("计划口径", "settings", "plan_method"),
    "yellow": ("滞后线", "settings", "yellow"),
    "green": ("正常线", "settings", "green"),
    "over": ("超额线", "settings", "over"),
    "mode": ("计算方式", "settings", "mode"),
}

NAMES: dict[str, str] = {**{key: name for key, (name, _, _) in PARAMETERS.items()}, **{name: name for name in lists()}}
"""What formulas mention as {@…}: parameters by their keys, lists by their names → defined names."""
