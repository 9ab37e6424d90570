"""The payments of a project sheet: month by month against the spend plan, with a chart beside them."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate

from xlperf.form.answers import Cell, Values
from xlperf.form.arithmetic import is_number, number, rounded
from xlperf.form.bounds import LARGEST, money_bound
from xlperf.form.parts import Band, Call, Chart, Kind, Label, Row, computed, entry, given
from xlperf.measure import MONTHS, count_filled
from xlperf.measure.normal import is_blank
from xlperf.measure.statuses import NOT_A_NUMBER

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


def paid_until(values: Values) -> list[Cell]:
    """What was paid before January, and until the end of each month."""
    amounts = values["payments.amount"]
    if not all(is_number(amount) or is_blank(amount) for amount in amounts):
        return [NOT_A_NUMBER] * (len(amounts) + 1)
    if not any(map(is_number, amounts)):
        return [""] * (len(amounts) + 1)
    return [rounded(paid, 6) for paid in accumulate(map(number, amounts), initial=Decimal(0))]


def cumulative(values: Values) -> list[Cell]:
    """What was paid until each month, up to the last one with an amount."""
    last = max((month for month, amount in enumerate(values["payments.amount"], 1) if is_number(amount)), default=0)
    paid = enumerate(paid_until(values))
    return [cell if month <= last or cell == NOT_A_NUMBER else "" for month, cell in paid if month]


def paid(values: Values) -> Cell:
    """What was paid until the as-of date."""
    until = paid_until(values)
    return until[min(int(number(values.parameters["months"])), len(until) - 1)]


def left(values: Values) -> Cell:
    """What of the budget is not paid yet."""
    budget, paid = values["budget.current"], values["paid_in_year"]
    return rounded(number(budget) - number(paid), 6) if is_number(budget) and is_number(paid) else ""


def payment_row(planned: str, height: float = 18) -> Row:
    """One month; `planned` are the cells of the spend plan that functions read."""
    return Row(
        (
            given("payments.month", Kind.MONTH),
            entry(
                "payments.amount",
                Kind.MONEY,
                "当月支付",
                money_bound("当月支付数，不是累计数；退回的款项填负数，没有支出的月份留空。", least=f"-{LARGEST}"),
                path="payments",
            ),
            computed("payments.cumulative", Kind.MONEY, CUMULATIVE, label="累计支付", value=cumulative),
            computed("payments.rate", Kind.SHARE, Call("RATE", ("{payments.cumulative*}", "{budget.current}"))),
            computed("payments.plan", Kind.SHARE, Call("PLAN", ("{payments.month*}", planned, "{@plan_method}"))),
        ),
        height=height,
    )


PAYMENT_ROWS = (
    Row(
        (
            *(Label(text) for text in ("月份", "当月支付", "累计支付", "累计执行率", "计划进度")),
            Label("", 11, rows=14, look="chart"),
        ),
        new_page=True,  # the first page is the official table
    ),
    Band("payments", payment_row(SHARE_ROW), least=MONTHS),
    Row(
        (
            Label("合计"),
            computed("paid_in_year", Kind.MONEY, PAID_IN_YEAR, value=lambda values: paid_until(values)[-1]),
            Label("执行预算余额"),
            computed("left", Kind.MONEY, LEFT, 2, value=left),
        )
    ),
)

CHART = Chart(
    "累计执行率与计划进度",
    categories="payments.month",
    bars=("累计执行率", "payments.rate"),
    line=("计划进度", "payments.plan"),
)
