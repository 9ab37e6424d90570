"""The project sheet: 项目绩效目标表 with payments, results, progress and score (official form, domain rules §2, §7)."""

from __future__ import annotations

from decimal import Decimal

from xlperf.form import indicator_table
from xlperf.form.answers import Cell, Values
from xlperf.form.arithmetic import is_number, number, rounded
from xlperf.form.bounds import money_bound, part_of_budget, share_bound, text_bound
from xlperf.form.parts import Band, Call, Form, Gap, Kind, Label, Row, Slot, Tint, computed, entry, given, sum_of
from xlperf.form.payment_table import CHART, PAID, PAYMENT_ROWS, SHARE_ROW, SHARES, paid
from xlperf.form.tints import lights
from xlperf.measure import BLANK_PACK, CHECKPOINTS, filled
from xlperf.measure.normal import is_blank
from xlperf.measure.statuses import CODE_VALID, MET, OVERFULFILLED, UNMET
from xlperf.model import Project

BACK = "返回目录"
LONG = 1000  # characters of a paragraph
TITLE = f'IF({filled("{name}")},{{number}}&"."&{{name}},"（请填写项目名称）")&"绩效目标表"'
CURRENT_BUDGET = (
    f'IF({filled("{budget.adjusted}")},{{budget.adjusted}},IF({filled("{budget.initial}")},{{budget.initial}},""))'
)
FUNDS_GAP = "ROUND(N({budget.fiscal_funds})+N({budget.other_funds})-{budget.initial},6)"
FUNDS_CHECK = (
    'IF(NOT(ISNUMBER({budget.initial})),"○ 请填预算数",'
    'IF(COUNT({budget.fiscal_funds},{budget.other_funds})=0,"○ 请填资金来源",'
    f'IF({FUNDS_GAP}=0,"✓ 财政资金＋其他资金＝预算数",'
    f'"✗ 与预算数相差"&TEXT(ROUND(ABS({FUNDS_GAP}),2),"0.00")&"万元")))'
)


def title(values: Values) -> str:
    """What the sheet is called, before its project has a name too."""
    number, name = values["number"], values["name"]
    named = "（请填写项目名称）" if is_blank(name) else f"{'' if number is None else number}.{name}"
    return named + "绩效目标表"


def current_budget(values: Values) -> Cell:
    """The budget that execution is measured against: adjusted, or initial if never adjusted."""
    budgets = (values["budget.adjusted"], values["budget.initial"])
    return next((budget for budget in budgets if not is_blank(budget)), "")


def funds_check(values: Values) -> str:
    """Whether the sources of the budget come to the budget."""
    initial, parts = values["budget.initial"], (values["budget.fiscal_funds"], values["budget.other_funds"])
    if not is_number(initial):
        return "○ 请填预算数"
    if not any(map(is_number, parts)):
        return "○ 请填资金来源"
    gap = sum(map(number, parts), Decimal(0)) - number(initial)
    if not rounded(gap, 6):
        return "✓ 财政资金＋其他资金＝预算数"
    return f"✗ 与预算数相差{rounded(abs(gap), 2)}万元"


EXPLANATION = Call(
    "EXPLAIN",
    ("{progress.paid}", "{budget.current}", "{progress.plan}", "{@as_of}", "{@year}", "{@yellow}", "{@green}"),
)

CODE_TINTS = (
    Tint(f'{{code_check}}="{CODE_VALID}"', "good", "✓"),
    Tint(f'AND({{code_check}}<>"{CODE_VALID}",{{code_check}}<>"")', "warn", "▲"),
)
FUNDS_TINTS = (Tint('LEFT({budget.check},1)="✗"', "bad"), Tint('LEFT({budget.check},1)="✓"', "good"))
# No literal array here: Excel allows none in a conditional format.
_EXPLAINED = ",".join(f'{{progress.light}}="{light}"' for light in BLANK_PACK.explained)
REASON_WANTED = Tint(f'AND(OR({_EXPLAINED}),{{deviation_reason}}="")', "todo")
SIGNATURES = "填报人：{0}审核人：{0}负责人：{0}填报日期：　　　　年　　月　　日"


def identity(key: str, label: str, span: int, blank: bool) -> Slot:
    """Code and name: given where the document said them, to be typed on a blank form."""
    if blank:
        return entry(key, Kind.PARAGRAPH, label, text_bound(200, f"{label}：照抄预算批复。"), span)
    return given(key, Kind.PARAGRAPH, label, span)


def head(blank: bool) -> tuple[Row, ...]:
    """Title, code and name."""
    return (
        Row((computed("title", Kind.TEXT, TITLE, 16, centered=True, value=title), given("marker", Kind.TEXT)), 34),
        Row(
            (
                computed("unit_line", Kind.TEXT, "{@unit_code}&{@unit_name}", 7),
                computed("year_line", Kind.TEXT, '{@year}&"年度"', 4, centered=True),
                Label(BACK, 2, look="link"),
                Label("单位：万元", 3, look="right"),
                given("number", Kind.COUNT, "序号"),
            ),
            20,
        ),
        Row(
            (
                Label("项目编码", 2),
                identity("code", "项目编码", 2, blank),
                Label("编码校验", 3),
                computed("code_check", Kind.WORD, Call("CODE", ("{code}",)), tints=CODE_TINTS),
                Label("项目名称", 2),
                identity("name", "项目名称", 6, blank),
            ),
            24,
        ),
    )


PLAN_SHARES = Row(
    (
        Gap(2),
        *(
            entry(SHARES[i], Kind.SHARE, f"{month}月底计划", share_bound(SHARES, i, month), path="spend_plan.shares")
            for i, month in enumerate(CHECKPOINTS)
        ),
    ),
    22,
)

INITIAL = entry("budget.initial", Kind.MONEY, "预算数", money_bound("年初批复的预算数，万元。"))
FISCAL_FUNDS = entry(
    "budget.fiscal_funds",
    Kind.MONEY,
    "财政资金",
    part_of_budget("budget.fiscal_funds", "budget.other_funds", "预算数中的财政资金，万元。"),
)
OTHER_FUNDS = entry(
    "budget.other_funds",
    Kind.MONEY,
    "其他资金",
    part_of_budget("budget.other_funds", "budget.fiscal_funds", "预算数中的其他资金；没有可留空。"),
)
CARRYOVER = entry("budget.carryover", Kind.MONEY, "上年结转", money_bound("上年结转资金；没有可留空。"))


def purpose(span: int) -> Slot:
    """What the money is for, so many columns wide."""
    return entry("purpose", Kind.PARAGRAPH, "资金用途", text_bound(LONG, "资金用途：这笔钱具体花在哪里。"), span)


BUDGET_ROWS = (
    Row(
        (
            Label("预算规模及资金用途", 2, rows=3),
            Label("预算数"),
            INITIAL,
            Label("其中：财政资金", 3),
            FISCAL_FUNDS,
            Label("其他资金", 2),
            OTHER_FUNDS,
            Label("上年结转资金", 4),
            CARRYOVER,
        ),
        24,
    ),
    Row(
        (
            Gap(2),
            Label("调整后预算"),
            entry("budget.adjusted", Kind.MONEY, "调整后预算", money_bound("年中调整后的预算数；没有调整请留空。")),
            Label("执行预算", 3),
            computed("budget.current", Kind.MONEY, CURRENT_BUDGET, value=current_budget),
            Label("资金核对", 2),
            computed("budget.check", Kind.WORD, FUNDS_CHECK, 6, tints=FUNDS_TINTS, value=funds_check),
        ),
        24,
    ),
    Row((Gap(2), purpose(14)), 26),
    Row(
        (
            Label("资金支出计划（%）", 2, rows=2),
            *(Label(f"{month}月底") for month in CHECKPOINTS),
            Label(
                "填从年初到该月底的累计比例，逐次不减，12月底为100%；到该节点尚未安排支出的，填0%。",
                10,
                rows=2,
                look="hint",
            ),
        )
    ),
    PLAN_SHARES,
)


def objectives(span: int) -> Band:
    """The objectives, one a row, so many columns wide."""
    prompt = "写明做什么、做到什么程度、带来什么效果；每行一条。"
    slot = entry("objectives.text", Kind.PARAGRAPH, "绩效目标", text_bound(LONG, prompt), span, path="objectives")
    return Band("objectives", Row((slot,), 26), least=2, spare=1, caption=Label("绩效目标", 2))


INDICATOR_ROWS = (
    Row(tuple(Label(text) for text in indicator_table.HEADINGS[:-1]), 30),
    indicator_table.BAND,
    Row(
        (
            Label("指标合计", 2),
            indicator_table.state_counts("states", 6, MET, OVERFULFILLED, UNMET),
            sum_of("weight_total", Kind.POINTS, "indicators.weight", 2),
            Label("", 4),
            sum_of("score_subtotal", Kind.POINTS, "indicators.score", 2),
            Label("预算执行率得分"),
            computed("rate_score", Kind.POINTS, Call("RATESCORE", ("{progress.rate}", "{@pack}"))),
        ),
        24,
    ),
)

PROGRESS_ROWS = (
    Row(
        (
            Label("支出进度", 2, rows=3),
            Label("截至日累计支付"),
            computed("progress.paid", Kind.MONEY, PAID, value=paid),
            Label("预算执行率", 3),
            computed("progress.rate", Kind.SHARE, Call("RATE", ("{progress.paid}", "{budget.current}"))),
            Label("计划应达", 2),
            computed("progress.plan", Kind.SHARE, Call("PLAN", ("{@as_of}", SHARE_ROW, "{@plan_method}", "{@year}"))),
            Label("预警", 4),
            computed(
                "progress.light",
                Kind.WORD,
                Call("LIGHT", ("{progress.rate}", "{progress.plan_progress}", "{@yellow}", "{@green}")),
                tints=lights("progress.light"),
            ),
        ),
        24,
    ),
    Row(
        (
            Gap(2),
            Label("计划完成率"),
            computed("progress.plan_progress", Kind.SHARE, Call("PROGRESS", ("{progress.rate}", "{progress.plan}"))),
            Label("序时进度比", 3),
            computed("progress.time", Kind.SHARE, Call("TIME", ("{progress.rate}", "{@as_of}", "{@year}"))),
            Label("总分", 2),
            computed("total_score", Kind.POINTS, indicator_table.TOTAL_SCORE, value=indicator_table.total_score),
            Label("等级", 4),
            computed("grade", Kind.WORD, Call("GRADE", ("{total_score}", "{@pack}"))),
        ),
        24,
    ),
    Row((Gap(2), computed("progress.explanation", Kind.PARAGRAPH, EXPLANATION, 14)), 36),
    Row(
        (
            Label("支出偏差原因", 2),
            entry(
                "deviation_reason",
                Kind.PARAGRAPH,
                "支出偏差原因",
                text_bound(LONG, "预警为滞后、严重滞后或超支时，写明原因和下一步措施。"),
                14,
                tints=(REASON_WANTED,),
            ),
        ),
        32,
    ),
    Row((Label(SIGNATURES.format("　" * 16), 16, look="sign"),), 30),
)


def project_form(blank: bool) -> Form:
    """The project sheet; on a `blank` one, code and name are to be typed."""
    return Form(
        kind="blank_project" if blank else "project",
        # 一级 二级 三级 描述 符号 值 单位 依据 分值 实际 完成率 状态 定性 得分 原因 可能性 | 序号、标记、原文 (hidden)
        widths=(10, 12, 18, 18, 8, 10, 9, 16, 8, 11, 10, 11, 9, 8, 18, 12, 12),
        body=(*head(blank), *BUDGET_ROWS, objectives(14), *INDICATOR_ROWS, *PAYMENT_ROWS, *PROGRESS_ROWS),
        noun=Project,
        hidden_columns=1,
        chart=CHART,
        repeat_rows=2,
        freeze_below=3,
    )


PROJECT = project_form(blank=False)
BLANK_PROJECT = project_form(blank=True)
