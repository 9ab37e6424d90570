"""Whether a project is complete: code, name, budget, objective, purpose, classes of indicators (domain.md §8)."""

from __future__ import annotations

import re

from xlperf.checks.rule import project_rule
from xlperf.checks.rules.vocabulary import NUMBER, NUMBERED, is_cost, plain
from xlperf.checks.submission import IndicatorCase, ProjectCase, ProjectFaults, SlotRef
from xlperf.measure import check_code, class_name
from xlperf.measure.codes import LENGTH, code_year
from xlperf.measure.packs import JOINT
from xlperf.measure.statuses import CODE_CHARACTER, CODE_LENGTH, CODE_MISMATCH
from xlperf.model import Funds, Operator
from xlperf.model.messages import CODE_PROBLEMS
from xlperf.model.text import code_key, squeeze

SLIP = 1000  # times the budget: an amount typed in 元 exceeds this even where it is a tenth of the budget
SLIP_OF_BUDGET = 5000  # times an amount: a budget typed in 元 exceeds this even where the amount is twice the budget
UNIT_COST = re.compile("均|每|单价|单位成本")
PLACEHOLDER = re.compile(
    rf"(?:(?:项目|年度|总体|中长期|长期)*(?:绩效)?目标(?:内容)?|内容){NUMBER}*|{NUMBER}+|[xX×*]+"
    r"|空白?|无|暂无|略|不涉及|不适用|待(?:定|填[写报]?|补充|完善|明确)|同上年?|TBD|N/?A|示例.*|请(?:填写|输入).*"
    r"|(?:详?见|参见)附(?:件|表)\d*|[\W_]*",
    re.IGNORECASE,
)
"""Placeholders for an objective, in squeezed text."""
PARTS = re.compile(r"[；;、，,。\n]")
MIXED_BRACKETS = re.compile(r"\([^()（）]*）|（[^()（）]*\)")


@project_rule("XPF121", fires={"code": "99030026P0004181002W"}, passes={"code": "99030026P00041810002W"})
def code_of_wrong_length(case: ProjectCase) -> ProjectFaults:
    """A project code has 21 characters of its own alphabet.

    查什么：项目编码是否为21位，且只含编码允许的字符（不含字母 I、O、S、V、Z）。
    为什么：编码是项目的唯一标识，少一位就汇总不到一起，也无法与预算系统核对。
    怎么改：照预算批复重新复制编码，不要手工录入。
    """
    code = case.project.code
    problem = check_code(code)
    if problem == CODE_LENGTH:
        yield (
            SlotRef("code"),
            {
                "text": code,
                "problem": (f"{CODE_LENGTH}，现有{len(code)}位", f"of {LENGTH} characters, here are {len(code)}"),
            },
        )
    elif problem == CODE_CHARACTER or (problem and not _is_plain(code)):
        yield SlotRef("code"), {"text": code, "problem": CODE_PROBLEMS[CODE_CHARACTER]}


def _is_plain(code: str) -> bool:
    """Whether a code has only Latin letters and digits, of any width; a Cyrillic Р makes another code."""
    key = code_key(code)
    return key.isascii() and key.isalnum()


@project_rule("XPF123", fires={"code": "99030026P00041810003W"}, passes={"code": "99030026P00041810002W"})
def check_character_wrong(case: ProjectCase) -> ProjectFaults:
    """The check character of a P code follows from the other twenty.

    查什么：P 类编码的最后一位校验码是否与前20位相符。
    为什么：错一个字符或两个相邻字符写反，校验码都会不符，多半是录入错误。
    怎么改：与预算批复逐位核对；批复上就是这样写的，可以不改。
    """
    if check_code(case.project.code) == CODE_MISMATCH:
        yield SlotRef("code"), {"text": case.project.code}


@project_rule("XPF124", fires={"year": 2027}, passes={"year": 2026})
def code_of_another_year(case: ProjectCase) -> ProjectFaults:
    """Characters 7 and 8 of a project code are the budget year.

    查什么：编码第7、8位的年份是否等于预算年度。
    为什么：往往是把上年的表改一改再用，编码忘了换。
    怎么改：换成本年度的编码；跨年结转项目沿用原编码的，在用途中说明。
    """
    code, year = squeeze(case.project.code), case.submission.department.year
    stated_year = code_year(code)
    if stated_year and stated_year != year:
        yield SlotRef("code"), {"text": code, "found": str(stated_year), "year": year}


@project_rule("XPF126", fires={"budget.initial": 0}, passes={"budget.initial": 20})
def budget_missing(case: ProjectCase) -> ProjectFaults:
    """A project has a budget above 0.

    查什么：预算数是否填写且大于0；年初为0、年中调整后才有预算的除外。
    为什么：没有预算就没有执行率，进度和得分都算不出来。
    怎么改：按批复填写预算数，单位万元；撤销的项目请删除整张表并告知汇总人。
    """
    budget = case.project.budget
    initial, came_later = budget.initial, budget.initial == 0 and (budget.adjusted or 0) > 0
    if (initial is None or initial <= 0) and not came_later:
        yield SlotRef("budget.initial"), {"value": "（空）" if initial is None else initial}


@project_rule(
    "XPF127",
    fires={"budget.initial": 20, "budget.fiscal_funds": 15, "budget.other_funds": 4},
    passes={"budget.initial": 20, "budget.fiscal_funds": 15, "budget.other_funds": 5},
)
def funds_do_not_add_up(case: ProjectCase) -> ProjectFaults:
    """Fiscal and other funds add up to the budget.

    查什么：财政资金与其他资金之和是否等于预算数。
    为什么：合计与明细对不上的表会被直接退回。
    怎么改：核对三个数；没有其他资金的，其他资金留空。
    """
    budget = case.project.budget
    parts = [part for part in (budget.fiscal_funds, budget.other_funds) if part is not None]
    if budget.initial is not None and parts and sum(parts) != budget.initial:
        yield SlotRef("budget.fiscal_funds"), {"sum": plain(sum(parts)), "budget": plain(budget.initial)}


@project_rule("XPF128", fires={"objectives.text": None}, passes={"objectives.text": "全年办结案件4200件。"})
def objective_missing(case: ProjectCase) -> ProjectFaults:
    """A project states its objective.

    查什么：绩效目标是否填写。
    为什么：没有目标，指标就没有依据，也无从评价。
    怎么改：写明做什么、做到什么程度、带来什么效果，每行一条。
    """
    if not case.project.objectives:
        yield SlotRef("objectives.text", 0), {}


@project_rule("XPF129", fires={"objectives.text": "目标内容1"}, passes={"objectives.text": "全年办结案件4200件。"})
def objective_is_a_placeholder(case: ProjectCase) -> ProjectFaults:
    """An objective says something, unlike the budget system's own 目标内容1.

    查什么：绩效目标是不是系统自带的占位文字，如“目标内容1”“年度绩效目标”“待补充”“见附件”“同上”。
    为什么：占位文字等于没有填写，却看不出漏填，公开后尤其难堪。
    怎么改：换成本项目真正的目标。
    """
    objectives = case.project.objectives
    for i, text in enumerate(objectives):
        heading = squeeze(text).endswith(":") and i + 1 < len(objectives)
        bare = NUMBERED.sub("", text)
        if not heading and (_is_placeholder(bare) or all(map(_is_placeholder, PARTS.split(bare)))):
            yield SlotRef("objectives.text", i), {"text": text}


def _is_placeholder(part: str) -> bool:
    return PLACEHOLDER.fullmatch(squeeze(part).rstrip(".:")) is not None


@project_rule("XPF130", fires={"purpose": None}, passes={"purpose": "司法送达、鉴定评估和人民陪审员补助"})
def purpose_missing(case: ProjectCase) -> ProjectFaults:
    """The use of the money is stated.

    查什么：资金用途是否填写；文本的表式没有这一栏的不查。
    为什么：评审时首先看钱花在哪里。
    怎么改：列出主要支出内容，不必写金额。
    """
    if not case.project.purpose and case.asks("purpose"):
        yield SlotRef("purpose"), {}


@project_rule("XPF131", fires={"indicators.level1#4": "效益指标"}, passes={"indicators.level1#4": "满意度指标"})
def class_without_indicator(case: ProjectCase) -> ProjectFaults:
    """Every first-level class that earns points has an indicator that applies.

    查什么：产出、效益、满意度（以及含成本类的规则包中的成本）每一类是否至少有一个适用的指标；
    缺类时重新折算的规则包，和没有一级指标一栏的文本，不查。
    为什么：缺一类就缺那一类的分，总分无论如何达不到100。
    怎么改：补上该类指标；确实不适用的，与主管部门商定分值如何调整。
    """
    indicators, pack = case.project.indicators, case.submission.pack
    if not indicators or pack.rescale or not case.asks("indicators.level1"):
        return
    applying = {class_name(i.level1) for i in indicators if i.target.operator is not Operator.NOT_APPLICABLE}
    for level1, points in pack.weights:
        if applying.isdisjoint(level1.split(JOINT)):
            yield SlotRef("indicators.level1", 0), {"level1": level1.split(JOINT), "points": points}


@project_rule(
    "XPF133",
    fires={"budget.initial": 200000, "budget.fiscal_funds": 200000, "budget.adjusted": 25},
    passes={"budget.initial": 20, "budget.fiscal_funds": 20, "budget.adjusted": 25},
)
def yuan_for_wan(case: ProjectCase) -> ProjectFaults:
    """No two amounts of a project differ by a factor of 10,000, as 元 and 万元 do.

    查什么：调整预算、资金来源、支付、成本指标与预算数是否相差上千倍；预算数本身也与调整预算、累计支付、总成本指标比较。
    为什么：表上金额一律为万元，填成元就放大了一万倍，合计全错。
    怎么改：把以元填写的数除以10000。
    """
    budget, payments = case.project.budget, case.project.payments
    initial = budget.initial
    if not initial or initial <= 0:
        return
    amounts = [
        (SlotRef(f"budget.{key}"), getattr(budget, key))
        for key in ("adjusted", "fiscal_funds", "other_funds", "carryover")
    ]
    amounts += [
        (SlotRef(f"{field}.{key}"), getattr(funds, key))
        for field, funds in (
            ("budget.adjusted_funds", budget.adjusted_funds),
            ("paid", case.project.paid),
            ("expected", case.project.expected),
        )
        for key in Funds.model_fields
    ]
    amounts += [(SlotRef("payments.amount", month), amount) for month, amount in enumerate(payments)]
    indicators = case.indicator_cases
    costs = [(each.index, each.figure) for each in indicators if each.figure is not None and _is_total_cost(each)]
    amounts += [(SlotRef("indicators.value", row), cost) for row, cost in costs]
    for slot, amount in amounts:
        if amount is not None and abs(amount) >= SLIP * initial:
            yield slot, {"amount": amount, "budget": initial}
    paid = sum(amount for amount in payments if amount is not None)
    for amount in (budget.adjusted, paid if paid >= 1 else None, *(cost for _, cost in costs)):
        if amount is not None and amount > 0 and initial >= SLIP_OF_BUDGET * amount:
            yield SlotRef("budget.initial"), {"amount": amount, "budget": initial}
            return


def _is_total_cost(case: IndicatorCase) -> bool:
    """Whether a target is a cost of the project in 万元, not a cost per piece or person."""
    name = case.indicator.name + case.indicator.description
    return is_cost(case.indicator) and squeeze(case.target.unit) == "万元" and not UNIT_COST.search(name)


@project_rule(
    "XPF134",
    fires={"name": "2026年补助资金(示财政法【2026】12号）设备购置经费"},
    passes={"name": "2026年补助资金（示财政法【2026】12号）设备购置经费"},
)
def brackets_of_two_widths(case: ProjectCase) -> ProjectFaults:
    """Brackets in a project's name open and close in one width.

    查什么：项目名称里的括号是否一半全角、一半半角，如“(…）”。
    为什么：名称相同而括号不同，按名称查找就对不上；批复、合同、凭证也会各写各的。
    怎么改：统一为批复上的写法，一般用全角括号。
    """
    if MIXED_BRACKETS.search(case.project.name):
        yield SlotRef("name"), {"name": case.project.name}


@project_rule("XPF137", fires={"name": None}, passes={"name": "办案业务经费"})
def name_missing(case: ProjectCase) -> ProjectFaults:
    """A project has a name.

    查什么：项目名称是否填写。
    为什么：汇总靠编码，人看的是名称。
    怎么改：照预算批复填写。
    """
    if not case.project.name:
        yield SlotRef("name"), {}


@project_rule("XPF140", fires={"indicators.*": None}, passes={"indicators.name": "办结案件数"})
def no_indicators(case: ProjectCase) -> ProjectFaults:
    """A project has indicators.

    查什么：绩效指标表是否整张空着。
    为什么：没有指标就无法监控，也无法自评。
    怎么改：按产出、效益、满意度三类填写指标。
    """
    if not case.project.indicators:
        yield SlotRef("indicators.level1", 0), {}
