"""The payments of a project sheet: month by month against the spend plan, with a chart beside them."""

from __future__ import annotations

from xlperf.form.bounds import LARGEST, money_bound
from xlperf.form.parts import Band, Call, Chart, Kind, Label, Row, computed, entry, given
from xlperf.measure import MONTHS, count_filled

SHARES = ("shares.0", "shares.1", "shares.2", "shares.3")
SHARE_ROW = "{shares.0}:{shares.3}"

# A word among the amounts must not pass for 0; no amount at all is not 0 either.
UNLESS_WORDS = f'COUNT({{payments.amount*}})<{count_filled("{payments.amount*}")},"非数字"'
UNLESS_EMPTY = f'{UNLESS_WORDS},IF(COUNT({{payments.amount*}})=0,""'
CUMULATIVE = (
    f'IF({UNLESS_WORDS},IF(COUNT({{payments.amount}}:{{payments.amount$}})=0,"",'
    "ROUND(SUM({payments.amount^^}:{payments.amount}),6)))"
)
PAID_IN_YEAR = f"IF({UNLESS_EMPTY},ROUND(SUM({{payments.amount*}}),6)))"
PAID = f'IF({UNLESS_EMPTY},ROUND(SUMIF({{payments.month*}},"<="&{{@months}},{{payments.amount*}}),6)))'
LEFT = 'IF(ISNUMBER({budget.current})*ISNUMBER({paid_in_year}),ROUND({budget.current}-{paid_in_year},6),"")'

PAYMENT_ROW = Row(
    (
        given("payments.month", Kind.MONTH),
        entry(
            "payments.amount",
            Kind.MONEY,
            "当月支付",
            money_bound("当月支付数，不是累计数；退回的款项填负数，没有支出的月份留空。", least=f"-{LARGEST}"),
        ),
        computed("payments.cumulative", Kind.MONEY, CUMULATIVE, label="累计支付"),
        computed("payments.rate", Kind.SHARE, Call("RATE", ("{payments.cumulative*}", "{budget.current}"))),
        computed("payments.plan", Kind.SHARE, Call("PLAN", ("{payments.month*}", SHARE_ROW, "{@plan_method}"))),
    ),
    height=18,
)

PAYMENT_ROWS = (
    Row(
        (
            *(Label(text) for text in ("月份", "当月支付", "累计支付", "累计执行率", "计划进度")),
            Label("", 11, rows=14, look="chart"),
        ),
        new_page=True,  # the first page is the official table
    ),
    Band("payments", PAYMENT_ROW, least=MONTHS),
    Row(
        (
            Label("合计"),
            computed("paid_in_year", Kind.MONEY, PAID_IN_YEAR),
            Label("执行预算余额"),
            computed("left", Kind.MONEY, LEFT, 2),
        )
    ),
)

CHART = Chart(
    "累计执行率与计划进度",
    categories="payments.month",
    bars=("累计执行率", "payments.rate"),
    line=("计划进度", "payments.plan"),
)
