"""The words of project lists: what places call a column, a source of funds, a row that is no project. Tables first."""

from __future__ import annotations

import re

from xlperf.document.labels import SOURCE_WORDS, TEXT_WORDS
from xlperf.model.text import fold, squeeze

# What a column holds → its headings, the most exact first; 年 with digits and units of money are left out.
_HEADINGS = {
    "code": f"""二级项目编码 二级项目代码 二级项目编号 子项目编码 子项目代码 {TEXT_WORDS["code"]}
        部门预算项目编码 部门预算项目代码 项目唯一编码 项目唯一码 编码 代码 编号 code""",
    "name": f"""二级项目名称 子项目名称 {TEXT_WORDS["name"]} 部门预算项目名称 支出项目名称 二级项目 子项目
        预算项目 支出项目 项目 名称 name""",
    "joined": """项目编码名称 项目代码名称 编码名称 代码名称 项目编码项目名称 项目代码项目名称 二级项目编码名称
        二级项目代码名称 预算项目编码名称 项目名称编码 项目名称代码 项目名称项目编码 名称编码""",
    "initial": """年初预算数 年初预算 年初预算金额 年初批复数 年初批复预算数 预算批复数 批复预算数 批复预算
        批复金额 批复数 预算数 预算金额 预算额 预算总额 预算安排数 预算安排金额 预算安排 预算资金 预算资金总额
        预算总金额 预算规模 预算合计 本年预算数 本年预算 本年预算安排 本年度预算数 本年度预算 当年预算数
        当年预算 年度预算数 年度预算 年度预算金额 年度预算总额 年度资金总额 项目预算数 项目预算 项目预算金额
        项目资金总额 项目资金 项目金额 项目总额 资金总额 资金合计 资金总计 预算 支出预算 支出预算数 支出金额
        安排金额 安排资金 安排数 拟安排资金 拟安排金额 申报金额 申报预算数 预算申报数 申请金额 申请预算数
        下达金额 指标金额 预算指标金额 总金额 金额 合计 总计 资金 budget amount""",
    "adjusted": """调整后预算数 调整后预算 调整后金额 调整后预算金额 全年预算数 全年预算""",
    "fiscal_funds": f"""{SOURCE_WORDS["fiscal_funds"]}
        财政拨款小计 财政拨款合计 年度财政拨款 财政预算拨款 公共财政拨款 公共财政预算拨款""",
    "part_of_fiscal": f"""{SOURCE_WORDS["fund_budget"]} {SOURCE_WORDS["local_funds"]}
        一般公共预算 一般公共预算拨款 一般公共预算资金 一般公共预算财政拨款 一般公共预算拨款资金
        国有资本经营预算财政拨款 本级财政 本级财政拨款 本级财力 经费拨款""",
    "upper_grants": f"""{SOURCE_WORDS["upper_grants"]}
        上级转移支付资金 上级专项 转移支付 转移支付资金""",
    "carryover": f"""{SOURCE_WORDS["carryover"]}
        上年结余""",
    "special_account": f"""{SOURCE_WORDS["special_account"]}
        专户资金 专户管理资金 财政专户管理""",
    "own_funds": f"""{SOURCE_WORDS["own_funds"]}
        事业收入资金""",
    "other_funds": f"""{SOURCE_WORDS["other_funds"]}
        其他 其它资金 其他来源 其他资金来源""",
    "purpose": f"""{TEXT_WORDS["purpose"]} 主要用途 项目用途 资金使用方向 使用方向 资金使用内容""",
    "unit_code": TEXT_WORDS["unit_code"],
    "unit_name": f"""{TEXT_WORDS["unit"]} 单位 {TEXT_WORDS["implementer"]} 使用单位""",
    "department": f"""{TEXT_WORDS["department"]} 部门名称 部门""",
    "year": """预算年度 年度 年份 预算年份 year""",
    "source": """资金来源 资金来源名称 资金性质 资金性质名称 资金类型 资金类别 经费来源 经费性质 来源""",
    "split": """经济分类 部门经济分类 政府经济分类 部门支出经济分类 政府支出经济分类 部门预算支出经济分类
        政府预算支出经济分类 支出经济分类 部门经济分类科目 政府经济分类科目 支出经济分类科目 经济科目
        经济分类科目 经济科目名称 功能分类 功能科目 支出功能分类 支出功能分类科目 功能分类科目 功能科目名称
        指标文号""",
    "contact": """负责人 项目负责人 联系人 项目联系人 经办人 填报人 责任人""",
    "phone": """电话 联系电话 联系方式 手机 手机号 手机号码 电话号码 负责人电话 联系人电话""",
    "email": """邮箱 电子邮箱 邮件 邮箱地址 电子邮件 email e-mail""",
    "number": """序号 行号 行次 no no. 序""",
}
HEADINGS: dict[str, str] = {word: key for key, words in _HEADINGS.items() for word in words.split()}
"""Heading, in lower case and without blanks → key."""
RANKS = {word: rank for rank, word in enumerate(HEADINGS)}

SOURCES = ("fiscal_funds", "part_of_fiscal", "upper_grants", "carryover", "special_account", "own_funds", "other_funds")
"""Keys of columns that hold a part of the budget."""

MONEY = ("initial", "adjusted", *SOURCES)
NAMES = ("code", "name", "joined", "number")

_WITH_PARTS = ("合计", "小计", "总计", "总额", "金额", "总金额", "总数", "预算数")
"""Heads under 预算数 or 财政资金 that mean all of it."""

_OTHER_TIME = re.compile(
    r"上年(?!结转|结余)|去年|上一年|以前年|往年|执行|支出数|(?<!转移)支付|完成|决算|结余数|中期|实施周期|总投资|累计|测算|增减|比例"
)
_YEAR = re.compile(r"(?<!:)(20\d\d)年?度?")
_OF_WHICH = re.compile(r"^(?:其中:?|[一二三四五六七八九十]{1,2}、|\(?\d{1,2}[.、)])")
_ASIDE = re.compile(r"\([^()]*\)$")
_JOINTS = re.compile(r"[-—_/+、|()]|及|和|与")


def heading(words: tuple[str, ...]) -> str:
    """What a column holds under these words, from the top; "" where nobody knows, or it is of another time."""
    if any(_OTHER_TIME.search(word) for word in words):
        return ""
    *over, last = words
    key = HEADINGS.get(plain(last), "") or _joined(last)
    above = heading(tuple(over)) if over else ""
    if key and above not in ("", key, "source", *MONEY, *NAMES):
        return ""  # a line above the headings: 预算单位 › 项目编码
    is_part = above in SOURCES[2:] and key in SOURCES  # 单位资金 › 其他
    return above if is_part or (above in MONEY and is_total(words)) else key


def is_total(words: tuple[str, ...]) -> bool:
    """Whether a column is all of what the heading over it names."""
    return len(words) > 1 and plain(words[-1]) in ("", *_WITH_PARTS)


def rank(words: tuple[str, ...]) -> int:
    """How exact these words are, 0 for the most; one that only names a total is as exact as those over it."""
    return min((RANKS[word] for text in words if (word := plain(text)) in RANKS), default=len(RANKS))


def plain(word: str) -> str:
    """A heading without its year, 其中：, number and what stands in brackets behind it."""
    bare = _OF_WHICH.sub("", _YEAR.sub("", fold(word))).strip(":").lower()
    return bare if bare in HEADINGS else _ASIDE.sub("", bare)


def _joined(word: str) -> str:
    joined = _JOINTS.sub("", _OF_WHICH.sub("", fold(word)).lower())
    return "joined" if HEADINGS.get(joined) == "joined" else ""


def years_in(words: tuple[str, ...]) -> set[int]:
    """The years a heading names."""
    return {int(found[1]) for word in words for found in _YEAR.finditer(word)}


# --- sources of funds -------------------------------------------------------------------------------------------------

_END = re.compile(r"(?:资金|拨款|收入)+$")
_SOURCE_KEYS = {
    _END.sub("", word) or word: key for key, words in _HEADINGS.items() if key in SOURCES for word in words.split()
}
_SOURCE_KEYS |= {"财政": "fiscal_funds", "中央": "upper_grants", "中央财政": "upper_grants", "省级": "upper_grants"}
_NUMBERED = re.compile(r"^[\d.]+[-—_ ]*")


def source_of(text: str) -> str:
    """Which of SOURCES a word in the column of sources is; "" for none of them."""
    bare = _NUMBERED.sub("", squeeze(text))
    return _SOURCE_KEYS.get(_END.sub("", bare), "")


# --- rows that are no projects ----------------------------------------------------------------------------------------

WHOLE = ("合计", "总计", "总合计", "共计", "全部合计")
_PARTS = ("小计", "合计", "总计", "分计")
SUM_WORDS = frozenset((*WHOLE, *_PARTS))
_CAPTION = re.compile(r"\(?[一二三四五六七八九十]{1,3}(?:[、.)].*)?")
_CLASSES = re.compile(
    r"(?:人员类|运转类|公用经费类|运转类公用经费类|其他运转类|特定目标类|部门预算|本级)(?:项目)?"
    r"|人员经费|公用经费|基本支出|项目支出|专项资金|上级专项"
)
_NOTE = re.compile(
    r"(?:制表|填表|填报|编制|审核|复核|经办|负责|联系|审批|打印|报送|单位负责|部门负责|财务负责|分管领导|主管领导|科室负责)\w{0,4}:.*"
    r"|(?:制表|填表|填报|编制|打印|报送)(?:日期|时间).*|(?:注|备注|说明|填表说明|填报说明|附注)\d*[::.].*"
    r"|第?\d+页.*|\(?(?:公章|盖章|签字)\)?.*|20\d\d年\d{1,2}月\d{1,2}日"
)


def sums(text: str) -> str:
    """The word by which this cell says that its row adds up others; "" for any other cell."""
    bare = squeeze(text).strip(":")
    if bare in SUM_WORDS:
        return bare
    ending = _ASIDE.sub("", bare)
    return bare if len(bare) <= 40 and (ending.endswith(_PARTS) or re.match(r"(?:本页|合计|小计)[(:]", bare)) else ""


def caption(text: str) -> bool:
    """Whether this names a group of projects: 一、人员类."""
    bare = squeeze(text).strip(":")
    return bool(_CAPTION.fullmatch(bare)) or _CLASSES.fullmatch(re.sub(r"^\(?\d+[.、)]", "", bare)) is not None


def note(text: str) -> bool:
    """Whether this is a line below or above a table: who made it, when, a note."""
    return _NOTE.fullmatch(squeeze(text)) is not None
