"""What a clerk chooses from, and the defined names under which sheets refer to lists and parameters."""

from __future__ import annotations

from xlperf.measure import PACKS
from xlperf.model import Likelihood, Operator, Period, PlanMethod

LEVEL1 = ("产出指标", "效益指标", "满意度指标", "成本指标")
LEVEL2 = (
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "可持续影响指标",
    "服务对象满意度指标",
    "经济成本指标",
    "社会成本指标",
    "生态环境成本指标",
)
# fmt: off
UNITS = (
    "%", "万元", "元", "件", "人", "人次", "次", "个", "台", "辆", "套", "项", "份", "家", "处", "平方米", "公里",
    "小时", "天", "个工作日", "月", "年",
)
# fmt: on
BASES = ("行业标准", "单位要求", "历史数据", "上级文件", "合同约定", "预算批复", "工作计划")
ATTAINMENTS = ("达成", "部分达成", "未达成")

# Lists of the hidden sheet: defined name → values; by name, since a literal list ends at 255 characters.
LISTS: dict[str, tuple[str, ...]] = {
    "一级指标表": LEVEL1,
    "二级指标表": LEVEL2,
    "计算符号表": tuple(operator.symbol for operator in Operator),
    "计量单位表": UNITS,
    "依据表": BASES,
    "完成档次表": ATTAINMENTS,
    "可能性表": tuple(likelihood.value for likelihood in Likelihood),
    "规则包表": tuple(PACKS),
    "填报类型表": tuple(period.value for period in Period),
    "计划口径表": tuple(method.value for method in PlanMethod),
}

# Parameters every sheet may mention as {@name} → the workbook's defined name for it, the sheet and slot it stands in.
PARAMETERS: dict[str, tuple[str, str, str]] = {
    "unit_code": ("单位代码", "overall", "unit.code"),
    "unit_name": ("单位名称", "overall", "unit.name"),
    "year": ("预算年度", "overall", "year"),
    "as_of": ("截止日期", "settings", "as_of"),
    "months": ("已过月数", "settings", "months"),
    "pack": ("规则包", "settings", "pack"),
    "plan_method": ("计划口径", "settings", "plan_method"),
    "yellow": ("滞后线", "settings", "yellow"),
    "green": ("正常线", "settings", "green"),
    "over": ("超额线", "settings", "over"),
    "mode": ("计算方式", "settings", "mode"),
}

NAMES: dict[str, str] = {**{key: name for key, (name, _, _) in PARAMETERS.items()}, **{name: name for name in LISTS}}
