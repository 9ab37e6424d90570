"""What places print on their forms, and the fields that is: the tables first, then how a printed text is looked up.

A new place is words in these tables. Every text is looked up as `squeeze` leaves it, without what `_bare` takes off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from xlperf.measure import CHECKPOINTS, CLASSES, class_name, first_level_classes
from xlperf.model import DeviationKind, Likelihood
from xlperf.model.text import MONEY_UNITS, fold, squeeze

# --- the head of a form: texts ---------------------------------------------------------------------------------------

TEXT_WORDS = {
    "code": "项目编码 项目代码 项目编号 预算项目编码 预算项目代码",
    "name": (
        "项目名称 单位名称、项目名称 单位、项目名称 专项资金项目名称 资金名称 专项名称 专项资金名称 "
        "预算项目名称 二级项目名称 项目(资金)名称 政策名称  "
        "项目(政策)名称 转移支付名称 转移支付(项目)名称 专项(项目)名称"
    ),
    "unit": (
        "预算单位 单位名称 预算单位名称 填报单位 编制单位 申报单位 填报部门 部门名称 预算单位编码及名称 "
        "预算部门 预算部门(单位) 部门(单位)名称 单位(部门)名称 单位全称 部门全称 部门(单位)全称 预算单位全称 "
        "报送单位 编报单位 填表单位 上报单位 填制单位 制表单位 编制部门 申报部门 报送部门 编报部门 填表部门 上报部门 "
        "填报单位名称 填报部门名称 编制单位名称 填报单位全称"
    ),
    "unit_code": "单位编码 单位代码 预算单位编码 预算单位代码",
    "implementer": (
        "项目单位 项目实施单位 实施单位 项目执行单位 执行单位 项目承担单位 项目申报单位 资金使用单位 用款单位"
    ),
    "department": (
        "主管部门 项目主管部门 业务主管部门 省级业务主管部门 市级主管部门 省级主管部门 中央主管部门 "
        "地方主管部门 主管部门及代码 主管部门名称 预算主管部门 一级预算部门 主管单位 项目主管单位"
    ),
    "purpose": (
        "资金用途 用途 用途范围 资金用途范围 资金使用范围 支出内容 资金支出内容 项目内容 项目主要内容 "
        "主要内容 项目实施内容"
    ),
    "objectives": (
        "年初绩效目标 绩效目标 总体目标 总目标 预期目标 (总体)目标 总体绩效目标 整体绩效目标 项目绩效目标 "
        "项目绩效总目标 绩效总目标 项目总体目标 主要目标和成果 预期绩效目标 项目年度目标 项目年度绩效目标 "
        "预期总目标 项目目标 年初设定目标 年初目标 年初预期目标 绩效总体目标 主要任务"
    ),
    "attained": (
        "全年目标实际完成情况 实际完成情况 目标完成情况 完成情况 总体目标完成情况 绩效目标完成情况 目标实际完成情况 "
        "总体完成情况 全年完成情况 实际完成"
    ),
    "measures": "改进措施 纠偏措施 纠偏整改措施 整改措施 下一步改进措施 采取的措施",
    "deviation_reason": "偏差原因 偏差原因分析 未完成原因 未完成原因分析",
    "conclusion": "评价结论 自评结论 自评结果 自评等级 评价等级",
    "problems": "存在问题 主要问题 存在的问题 存在的主要问题",
    "remark": "备注 其他需要说明的问题 其他说明的问题 其他需要说明的事项 需要说明的问题 其他需要说明 有关说明 说明",
    "year": "预算年度 项目年度 申报年度",
    "spend_plan": "资金支出计划 支出计划 用款计划",
    "funds": "预算规模及资金用途",
    **{f"month_{month}": f"{month}月底" for month in CHECKPOINTS},
}
LONG_TEXTS = ("purpose", "objectives", "attained", "measures", "conclusion", "problems", "remark", "deviation_reason")
"""Fields of the head whose text keeps its lines."""

# Captions over what follows, and whole blocks of money that are not the budget of the year by source.
_CAPTIONS = {
    "money": (
        "资金总额及构成 资金金额 年度资金总额及构成 资金构成情况 项目资金 项目资金情况 项目资金申请 "
        "资金情况 资金来源 资金需求 资金总体情况 项目资金预算执行  "
        "预算执行情况 项目预算执行情况 预算规模 资金构成 项目资金来源 资金安排 资金安排情况 预算资金情况 "
        "资金投入 资金投入情况 项目支出预算 预算资金 预算情况 资金申请 项目预算资金"
    ),
    "detail": "项目支出内容及明细预算 支出明细预算 明细预算 项目支出明细 测算依据及说明 资金测算 支出明细",
    "caption": (
        "项目基本情况 基本情况 项目概况 绩效目标情况 绩效指标情况 项目资金情况及绩效 项目年度目标完成情况 "
        "项目实施情况 项目 来源 资金构成项目"
    ),
}
# What forms ask beside what the model holds.
_ASIDE = (
    "补助方式 计划开始日期 计划完成日期 省级财政部门 市级财政部门 全年(调整)绩效目标 项目类别 项目属性 "
    "项目分类 项目类型 项目性质 项目级次 支出方向 资金类型 资金性质 资金来源渠道  "
    "项目负责人 项目责任人 负责人 负责人及电话 项目负责人及联系电话 联系人 联系电话 联系方式 电话 单位 "
    "单位负责人 部门负责人 财务负责人 填报人 填表人 制表人 经办人 审核人 审核 复核人 分管领导 建设周期 "
    "实施周期 项目期 项目周期 项目起止时间 起止时间 项目计划实施时间 项目实施期限 实施期限 项目期限 "
    "计划实施时间 项目开始时间 项目完成时间 开始日期 结束日期 开始时间 结束时间 项目审批 项目审批情况 "
    "立项依据 项目立项依据 项目立项必要性 项目可行性 项目必要性 政策依据 设立依据 项目依据 立项必要性 "
    "实施可行性 主管部门编码 单位地址 邮政编码 财政资金预算分类 财政资金科目代码 支出功能分类 "
    "功能科目 预算科目 支出科目 支出项目类别 项目实施内容及过程概述 项目实施进度计划 项目概述 "
    "以前年度项目绩效情况 上年度项目绩效情况 年度预算执行率 预算执行率 执行率 分值 权重 得分 总分 "
    "合计得分 自评得分 自评总分 填报日期 填表日期 填报时间 评价时间 编制日期 主管部门意见 "
    "主管部门审核意见 财政部门意见 财政部门审核意见 审核意见 审批意见 是否延续项目 是否政府采购 "
    "项目申请理由 项目申报理由 绩效等级 资金管理办法 区划 行政区划 所属领域 项目所属领域 扶持对象 "
    "分配方式 资金分配方式 公开 密级"
)

# --- the head of a form: money ---------------------------------------------------------------------------------------

# By whom it is paid, in forms, lists and ledgers.
SOURCE_WORDS = {
    "total": (
        "资金总额 总额 预算总额 年度资金总额 预算资金总额 项目资金总额 项目总额 申请金额 金额 预算金额 "
        "项目金额 预算 项目预算 资金规模 预算申请 预算数合计 申请预算 申请资金 资金合计 资金总计 预算合计 "
        "项目预算金额 年度总金额 总金额 项目总金额 项目当年预算 年度金额 批复金额 安排金额 预算安排金额 "
        "资金安排总额 年度预算总额 预算批复数 年度资金"
    ),
    "fiscal_funds": (
        "财政资金 财政拨款 财政性资金 本年财政拨款 当年财政拨款 财政拨款收入 财政拨款资金 一般公共预算 "
        "一般公共预算拨款 一般公共预算资金 一般公共预算财政拨款 财政预算资金 本年财政资金 当年财政资金 "
        "财政预算内拨款 财政资金小计 财政补助"
    ),
    "fund_budget": (
        "政府性基金 政府性基金拨款 政府性基金预算 政府性基金预算拨款 政府性基金预算资金 "
        "政府性基金预算财政拨款 国有资本经营预算 国有资本经营预算拨款 国有资本经营预算资金"
    ),
    "upper_grants": (
        "上级资金 上级补助 上级补助资金 上级财政资金 上级转移支付 中央补助 中央资金 中央财政资金 "
        "中央补助资金 省级资金 省级补助 省级财政资金 省补助资金 市级补助 上级专项资金 上级补助收入"
    ),
    "local_funds": (
        "本级安排 本级资金 本级财政资金 地方资金 地方财政资金 县级资金 县级财政资金 市级资金 市级财政资金 "
        "区级资金 区级财政资金 市县资金 本级财政安排 本级预算安排"
    ),
    "carryover": "上年结转资金 上年结转 结转资金 上年结转结余资金 上年结转结余 结转结余资金 结转结余 上年结余结转",
    "special_account": (
        "财政专户管理资金 财政专户拨款 财政专户资金 财政专户 财政专户管理的教育收费 教育收费 财政专户核拨资金"
    ),
    "own_funds": "单位资金 自有资金 单位自有资金 单位自筹 自筹资金 单位自筹资金 事业收入 经营收入 事业单位经营收入",
    "other_funds": "其他资金 其他收入 其他来源资金 其他渠道资金 社会资金",
}
# The same words mean something else outside the money of a form.
_SOURCES_IN_MONEY = {
    "total": "合计 总计 小计 总额 年度 数额 资金",
    "other_funds": "其他",
    "own_funds": "自有 自筹",
    "carryover": "结转",
}
# When in the year: also the heads of the columns of the money.
_STAGES = {
    "initial": (
        "预算数 年初预算数 年初预算 年初预算安排 年初数 年初安排数 预算安排 预算安排数 年初批复数 "
        "年初预算批复数 年初预算金额 年初批复 年初"
    ),
    "adjusted": (
        "全年预算数 全年预算 调整后预算数 调整预算数 调整后预算 调整后数 预算调整数 调整后全年预算数 "
        "调整后 全年(调整)预算数 全年预算数(调整)"
    ),
    "paid": (
        "全年执行数 执行数 预算执行数 实际执行数 实际执行 实际支出 实际支出数 支出数 执行金额 全年支出数 "
        "支付数 实际支付数 全年实际支出 累计执行数 执行情况"
    ),
    "expected": "全年预计执行数 全年预计支出 预计执行数 全年预计执行",
    "computed": "执行率 预算执行率 支出率 占比 分值 权重 得分 自评得分 标准分 执行率得分 执行率权重 执行率分值",
    "reason": "原因 偏差原因 未完成原因 未达原因",
    "spare": "到位数 资金到位数 到位资金 全年到位数 实际到位数 到位率 调整数 预算调剂数 备注 说明",
}

# --- the table of indicators -----------------------------------------------------------------------------------------

_COLUMNS = {
    "level1": "一级指标 一级",
    "level2": "二级指标 二级",
    "name": "三级指标 三级指标名称 指标名称 三级 绩效指标名称",
    "type": "指标类型 指标类别",  # the class where no other column is it
    "content": "指标内容",  # the name where no other column is it, else the description
    "description": "绩效指标描述 指标描述 指标解释 指标说明 绩效指标说明 指标含义 指标解释说明",
    "target": (
        "指标值 目标值 绩效指标值 绩效标准 指标值及单位 指标值(含单位) 指标值及计量单位 计划水平 计划值 "
        "预期值 预计当年实现 预期当年实现值 当年实现值 预计当年实现值 指标目标值 预期指标值 指标目标值 "
        "绩效目标值 指标值(单位) 预期目标值 年初目标值 年初指标值 年初设定值  "
        "计划指标值 数值 值"
    ),
    "sign": "指标性质 计算符号 指标符号 符号 运算符号 比较符号 关系符号",
    "direction": "指标方向",
    "unit": "计量单位 度量单位 单位 指标单位 指标值单位 指标计量单位",
    "basis": "指标值确定依据 确定依据 依据 指标值依据 指标确定依据 目标值确定依据 指标值设定依据 设定依据",
    "weight": "分值 权重 指标权重 指标分值 分值权重 权重(%) 分值(权重)",
    "actual": (
        "实际完成值 完成值 实际值 实际完成情况 完成情况 全年完成值 实际完成 实际完成指标值 全年实际完成值 "
        "全年完成情况 实际水平 实际完成数 实际完成率"
    ),
    "expected": "全年预计完成情况 全年预计完成值 预计完成情况 全年预计完成",
    "points": "得分 自评得分 指标得分 评分 自评分",
    "deduction": "扣减分数 扣减 扣分",
    "deviation_reason": (
        "偏差原因分析及改进措施 偏差原因及改进措施 未完成原因分析及改进措施 未完成原因和改进措施 "
        "未完成原因分析 未完成原因 偏差原因分析 偏差原因 原因说明 原因分析 偏差分析 "
        "未完成原因及拟采取的改进措施 偏差原因分析及改进情况 偏差原因分析与改进措施 未达标原因 "
        "扣分原因及改进措施 扣分原因"
    ),
    "remark": "备注",
    "spare": (
        "评分标准 评分细则 评分规则 评价标准 计分方法 计算方法 计算公式 数据来源 数据来源及获取方式 "
        "审定得分 审定分 前年 上年 前年实际 上年实际 近两年指标值 指标方向性 指标属性 "
        "得分系数 是否核心指标 佐证材料 评价方法 改进措施 扣分标准 评分方法 序号"
    ),
    "deviation_kinds": "偏差原因类别 偏差原因类型 原因类别 偏差类别",
    "likelihood": "完成目标可能性 目标完成可能性 完成可能性 完成目标的可能性 目标实现可能性",
}
# Columns that are ticked, as print has them, and the choice that each is.
_TICKS = {
    "deviation_kinds": {**{kind.value: kind.value for kind in DeviationKind}, "硬件保障": "硬件条件保障"},
    "likelihood": {**{each.value: each.value for each in Likelihood}, "不可能": "完全不可能", "能完成": "确定能"},
}
_INDICATORS = frozenset(["绩效指标", "指标", "绩效目标", "绩效目标指标", "绩效指标情况", "绩效目标及指标"])
"""What is printed in a merged cell left of the indicators, perhaps with a period before it and points behind it."""

# The end of the table of indicators: rows that add up, and who signs.
_FOOT_WORDS = (
    "合计 总计 总分 小计 得分合计 合计得分 自评总分 总得分 制表人 填表人 填报人 审核人 审核 单位负责人 "
    "负责人 项目负责人 财务负责人 联系人 联系电话 填报日期 自评得分 总分值 指标合计 得分 权重合计 分值合计"
)
_FOOT = frozenset(_FOOT_WORDS.split())

# --- periods ---------------------------------------------------------------------------------------------------------

# What a label begins with where it speaks of another time than the budget year, or of the budget year itself.
_OTHER = (
    "半年\\(程\\)|半年|中长期|中期|长期|实施周期|实施期|项目周期|全周期|上一年度|上年度|上年|以前年度|前三年|三年|五年|下年度|以后年度|"
    "项目总|累计"
)
_YEAR = "全年\\(程\\)|全年|当年年度|本年度|当年|本年|年度|今年|20[0-9]{2}年度?"
_PERIOD = re.compile(rf"(?:(?P<other>{_OTHER})|(?P<year>{_YEAR}))的?")
_MONTHS_DONE = re.compile(
    r"(?:20\d\d年)?(?:1|一)?(?:[-~至—–]\d{1,2})?月(?:底|末|份)?(?=完成情况|执行数|实际|支出|完成值)|1?[-~至—–]\d{1,2}月"
)

MONTHS = {f"month_{month}": month for month in CHECKPOINTS}

# Some editions print 满意度 in the second column too.
_LEVEL2 = frozenset(("满意度指标", *(level2 for members in CLASSES.values() for level2 in members)))

# The labels that can only be the first cell of a row.
_ROW_STARTS = frozenset(("项目编码", "预算规模及资金用途", "资金支出计划", "绩效目标", "一级指标", "绩效指标"))


class Label(NamedTuple):
    """A recognised label of the head. `source` and `stage` are said of amounts only, "" where it leaves them open.

    `period` is "year" or "other" where it says so; `unit` is the unit of money it states beside itself.
    """

    field: str
    source: str = ""
    stage: str = ""
    period: str = ""
    unit: str = ""


class Column(NamedTuple):
    """A recognised head of the indicator table: its field, its period as in `Label`, the choice that a tick means."""

    field: str
    period: str = ""
    tick: str = ""


def _spread(table: dict[str, str], label: str = "") -> dict[str, Label]:
    kind = {"source": "source", "stage": "stage"}.get(label)
    return {
        word: Label("amount", **{kind: field}) if kind else Label(field)
        for field, words in table.items()
        for word in words.split()
    }


_LABELS: dict[str, Label] = {
    **{word: Label("aside") for word in _ASIDE.split()},
    **_spread(_CAPTIONS),
    **_spread(SOURCE_WORDS, "source"),
    **{
        word: label
        for word, label in _spread(_STAGES, "stage").items()
        if label.stage in ("initial", "adjusted", "paid")
    },
    **_spread(TEXT_WORDS),
}
_IN_MONEY: dict[str, Label] = {**_spread(_STAGES, "stage"), **_spread(_SOURCES_IN_MONEY, "source")}
_BEHIND_PERIOD: dict[str, Label] = {"目标": Label("objectives")}  # too short to be labels by themselves
_HEADS: dict[str, Column] = {
    **{word: Column(field) for field, words in _COLUMNS.items() for word in words.split()},
    **{word: Column(field, tick=choice) for field, words in _TICKS.items() for word, choice in words.items()},
}

_UNIT = "|".join(MONEY_UNITS)
_UNIT_SUFFIX = re.compile(rf"\((?:单位:)?(%|{_UNIT})\)$")
_BRACKETS = re.compile(r"\([^()]*\)(?:分)?$")  # points, a formula, years, a stamp
_POINTS = re.compile(r"(?<=\D)\d{1,3}分$")
_LEAD = re.compile(r"^(?:\(?\d{1,2}[.、)](?!\d)|[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]\))?(?:其中:?)?")
_CLASS_POINTS = re.compile(r"[\s:]*(?:\(\s*[\d.]+\s*(?:[-~—–至]\s*[\d.]+)?\s*(?:分|%)?\s*\)|[\d.]+\s*(?:分|%))\s*分?$")
_LONGEST = 40


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The text as the tables spell it."""
    return squeeze(text).rstrip(":").replace("其它", "其他")


@lru_cache(maxsize=8192)
def label(text: str, money: bool = False) -> Label | None:
    """The label this cell is, or None. `money`: it stands among the amounts of a form."""
    if len(text) > _LONGEST:
        return None
    found, period, unit = _looked_up(text, _IN_MONEY if money else {})
    return found._replace(period=period, unit=unit) if found else None


def _looked_up(text: str, first: dict[str, Label]) -> tuple[Label | None, str, str]:
    bare, unit = _without_unit(text)
    for spelling in _spellings(bare):
        for table in (first, _LABELS):
            if spelling in table:
                return table[spelling], _own_period(spelling), unit
        period = _PERIOD.match(spelling)
        rest = spelling[period.end() :] if period else ""
        for table in (first, _LABELS, _BEHIND_PERIOD):
            if rest in table and table[rest].field not in ("aside", "caption", "name", "code", "unit", "implementer"):
                return table[rest], "other" if period and period["other"] else "year", unit
    return None, "", ""


def _own_period(spelling: str) -> str:
    found = _PERIOD.match(spelling)
    return "year" if found and found["year"] else ""


def _spellings(bare: str) -> Iterator[str]:
    """What may be looked up: the text, and without its numbering, its brackets, its points, the months it "
    "speaks of."""
    yield bare
    shorter = _LEAD.sub("", bare)
    for pattern in (_POINTS, _BRACKETS, _POINTS):
        shorter = pattern.sub("", shorter).rstrip(":")
        yield shorter
    months = _MONTHS_DONE.sub("", shorter, count=1)
    if months != shorter:
        yield months


def _without_unit(text: str) -> tuple[str, str]:
    """A label as the tables spell it, and the unit of money it states beside itself or ""."""
    bare = key(text)
    suffix = _UNIT_SUFFIX.search(bare)
    return (bare[: suffix.start()].rstrip(":"), suffix[1].replace("%", "")) if suffix else (bare, "")


@lru_cache(maxsize=4096)
def column(text: str) -> Column | None:
    """The field of the indicator table that this column head names, or None."""
    if not text or len(text) > _LONGEST:
        return None
    bare = key(text)
    plain = _UNIT_SUFFIX.sub("", bare)
    for spelling in (*_spellings(plain), *_spellings(plain.removeprefix("绩效"))):
        period = _PERIOD.match(spelling)
        if spelling in _HEADS:
            return _HEADS[spelling]._replace(period=_own_period(spelling))
        if period and spelling[period.end() :] in _HEADS:
            return _HEADS[spelling[period.end() :]]._replace(period="other" if period["other"] else "year")
    return None


def choices(field: str) -> dict[str, str]:
    """What may be chosen in a column, as print has it, and the choice that each word is."""
    return _TICKS[field]


def indicators_caption(text: str) -> str | None:
    """The period ("" not said) of the merged cell left of the indicator table, or None where this is no such cell."""
    if not text or len(text) > _LONGEST:
        return None
    for spelling in _spellings(key(text)):
        spelling = spelling.rstrip("0123456789一二三")
        period = _PERIOD.match(spelling)
        if spelling in _INDICATORS:
            return ""
        if period and spelling[period.end() :] in _INDICATORS:
            return "other" if period["other"] else "year"
        if spelling[:2] in ("总体", "整体") and spelling[2:] in _INDICATORS:
            return "other"
    return None


def starts_row(text: str) -> bool:
    """Whether this cell can only be the first of its row."""
    bare = _UNIT_SUFFIX.sub("", key(text)) if len(text) <= _LONGEST else ""
    return bare in _ROW_STARTS


def ends_indicators(text: str) -> bool:
    """Whether a row that begins with this text stands below the indicators: a sum, a signature."""
    return len(text) <= _LONGEST and any(spelling in _FOOT for spelling in _spellings(key(text).split(":")[0]))


def class_text(text: str) -> str:
    """A class as printed, without the points that some forms print behind it: 产出指标（50分）."""
    plain = fold(text)
    points = _CLASS_POINTS.search(plain) if len(plain) <= _LONGEST else None
    return text[: points.start()].strip() if points and points.start() else text


def is_level1(text: str) -> bool:
    """Whether this names a class of the first column, with or without 指标."""
    return len(text) <= _LONGEST and class_name(key(class_text(text))) in first_level_classes()


def is_level2(text: str) -> bool:
    """Whether this names a class of the second column, with or without 指标."""
    if len(text) > _LONGEST:
        return False
    name = key(class_text(text))
    about_satisfaction = name.endswith("满意度指标") and name.count("指标") == 1
    return class_name(name) in _LEVEL2 or about_satisfaction or name.removesuffix("指标") + "效益指标" in _LEVEL2
