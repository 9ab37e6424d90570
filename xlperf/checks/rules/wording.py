"""The wording of indicators (domain.md §8, Wording)."""

from __future__ import annotations

import re

from xlperf.checks.rule import indicator_rule, project_rule
from xlperf.checks.rules.vocabulary import EMPTY, VAGUE
from xlperf.checks.submission import IndicatorCase, ProjectCase, ProjectFaults, SlotRef, Values
from xlperf.model import Operator
from xlperf.model.text import squeeze

_VAGUE, _EMPTY = re.compile("|".join(VAGUE)), re.compile("|".join(EMPTY))
YEAR = re.compile(r"(?:19|20)\d\d(?=[年〕\]至~—–-])")  # a date says when, not how much
MEASURED = re.compile(r"\d|[无零未每]|全部|全覆盖|年底|月底|季度")
OBJECT = 10  # characters of what a vague verb is about, as in 提高工作水平


def _worded(text: str) -> str:
    """A text as a key for comparison, without the punctuation at its end."""
    return squeeze(text).rstrip("。.;,、")


@indicator_rule(
    "XPF451",
    at="indicators.description",
    fires={"indicators.name": "办结案件数", "indicators.description": "办结案件数"},
    passes={"indicators.name": "办结案件数", "indicators.description": "全年审结和执结的案件合计"},
)
def description_repeats_name(case: IndicatorCase) -> Values | None:
    """The description only repeats the indicator's name.

    查什么：绩效指标描述是否照抄三级指标。
    为什么：描述应说明指标的含义或算法，照抄等于没写，年底各算各的。
    怎么改：写明统计口径或计算公式，如“当年审结数÷受理数”。
    """
    name = case.is_printed and _worded(case.indicator.name)
    repeated = name and name == _worded(case.indicator.description)
    return {"text": case.indicator.name} if repeated else None


@indicator_rule(
    "XPF452",
    at="indicators.basis",
    fires={"indicators.name": "办结案件数", "indicators.basis": "办结案件数"},
    passes={"indicators.name": "办结案件数", "indicators.basis": "近三年收结案台账平均数"},
)
def basis_repeats_indicator(case: IndicatorCase) -> Values | None:
    """The basis of a target only repeats the indicator.

    查什么：指标值确定依据是否照抄三级指标或绩效指标描述。
    为什么：依据要回答这个数从哪里来，照抄回答不了。
    怎么改：写文件名和文号、历史数据、合同或行业标准。
    """
    basis = _worded(case.indicator.basis)
    texts = (case.indicator.name, case.indicator.description)
    repeated = case.is_printed and basis and basis in map(_worded, texts)
    return {"text": case.indicator.basis} if repeated else None


@indicator_rule(
    "XPF453",
    at="indicators.value",
    fires={"indicators.operator": "定性", "indicators.value": "有效提升", "indicators.description": "提升工作水平"},
    passes={"indicators.operator": "定性", "indicators.value": "2026年9月底前完成"},
)
def vague_target(case: IndicatorCase) -> Values | None:
    """A qualitative target made of vague words alone cannot be judged.

    查什么：定性指标的目标是否每一句都只有“提高”“有效”“较好”一类的词，没有数字、时限等可以核对的标准；年份不算。
    为什么：怎么做都算达成，也怎么做都可以说没达成。
    怎么改：写明时间、对象、程度或佐证材料，能用数字的尽量用数字。
    """
    value = case.target.value
    if case.operator is not Operator.QUALITATIVE or not isinstance(value, str):
        return None
    if re.search(r"\d", YEAR.sub("", squeeze(case.indicator.description))):
        return None
    clauses = [clause for clause in re.split(r"[，,；;。、\n]", YEAR.sub("", value)) if clause.strip()]
    return {"text": value} if clauses and all(map(_is_vague, map(squeeze, clauses))) else None


def _is_vague(clause: str) -> bool:
    rest = _VAGUE.sub("", clause)
    short = rest != clause and len(rest) <= OBJECT and not MEASURED.search(clause)
    return short or _EMPTY.sub("", rest) == ""


@indicator_rule(
    "XPF454",
    at="indicators.name",
    fires={"indicators.level2": "数量指标", "indicators.name": "数量指标"},
    passes={"indicators.level2": "数量指标", "indicators.name": "办结案件数"},
)
def name_repeats_class(case: IndicatorCase) -> Values | None:
    """The third level only repeats the second.

    查什么：三级指标是否照抄二级指标名称，去掉“指标”二字的也算。
    为什么：二级指标是类别，不是要考核的事。
    怎么改：写出具体考核什么，如“当事人满意度”。
    """
    name, level2 = (_worded(text).removesuffix("指标") for text in (case.indicator.name, case.indicator.level2))
    return {"text": case.indicator.name} if name and name == level2 else None


@indicator_rule(
    "XPF458", at="indicators.basis", fires={"indicators.basis": None}, passes={"indicators.basis": "合同约定"}
)
def basis_missing(case: IndicatorCase) -> Values | None:
    """A target has a basis.

    查什么：指标值确定依据是否填写；文本的表式没有这一栏的不查。
    为什么：没有依据的指标值，评审时说不清为什么是这个数。
    怎么改：写文件名和文号、历史数据、合同或行业标准。
    """
    owed = case.operator is not Operator.NOT_APPLICABLE and case.project_case.asks("indicators.basis")
    return {} if owed and not case.indicator.basis else None


@indicator_rule(
    "XPF459", at="indicators.name", fires={"indicators.name": None}, passes={"indicators.name": "办结案件数"}
)
def name_missing(case: IndicatorCase) -> Values | None:
    """An indicator has a name.

    查什么：三级指标是否填写。
    为什么：没有名称的指标无法填报，也无法进预算系统。
    怎么改：填写考核的具体事项；多余的行整行清空。
    """
    return {} if not case.indicator.name else None


@indicator_rule(
    "XPF460",
    at="indicators.description",
    fires={"indicators.description": None},
    passes={"indicators.description": "全年审结和执结的案件合计"},
)
def description_missing(case: IndicatorCase) -> Values | None:
    """An indicator says how it is measured.

    查什么：绩效指标描述是否填写；文本的表式没有这一栏的不查。
    为什么：没有口径，同一个指标不同的人会算出不同的数。
    怎么改：写明统计口径或计算公式。
    """
    owed = case.operator is not Operator.NOT_APPLICABLE and case.project_case.asks("indicators.description")
    return {} if owed and not case.indicator.description else None


@project_rule(
    "XPF457",
    fires={"indicators.name#2": "办结案件数", "indicators.description#2": "全年审结和执结的案件合计"},
    passes={"indicators.name#2": "办结案件数", "indicators.description#2": "其中执行案件"},
)
def indicator_repeated(case: ProjectCase) -> ProjectFaults:
    """An indicator stands once in its table.

    查什么：同一项目里是否有两行指标名称和描述都相同。
    为什么：同一件事计两次分。
    怎么改：删去重复的一行，或写清两者的区别。
    """
    first: dict[tuple[str, str], int] = {}
    for row, indicator in enumerate(case.project.indicators):
        key = (squeeze(indicator.name), squeeze(indicator.description))
        if key[0] and indicator.target.operator is not Operator.NOT_APPLICABLE:
            if key in first:
                yield SlotRef("indicators.name", row), {"name": indicator.name, "row": first[key] + 1}
            first.setdefault(key, row)
