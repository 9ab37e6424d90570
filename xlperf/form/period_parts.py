"""The sheet of a project in a period: its page of payments, its spend progress with the two lights, what is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlperf.form.answers import Cell, Values
from xlperf.form.arithmetic import is_number, number, rounded, total
from xlperf.form.bounds import text_bound
from xlperf.form.parts import (
    Band,
    Call,
    Form,
    Gap,
    Kind,
    Label,
    Piece,
    Row,
    Slot,
    Tint,
    computed,
    entry,
    given,
)
from xlperf.form.payment_table import (
    CHART,
    LEFT,
    PAID,
    PAID_IN_YEAR,
    SHARE_ROW,
    SHARES,
    left,
    paid,
    paid_until,
    payment_row,
)
from xlperf.form.period_head import Grid
from xlperf.form.project import CURRENT_BUDGET, LONG, current_budget
from xlperf.form.tints import lights, official_lights
from xlperf.measure import CHECKPOINTS, MONTHS
from xlperf.measure.normal import is_blank
from xlperf.measure.statuses import OWED
from xlperf.model import Project


def pair_row(grid: Grid, lead: Piece, pairs: tuple[tuple[str, Slot], ...]) -> Row:
    """Labels with their values; a row with fewer of them leaves the rest to a plain label."""
    pieces = [lead]
    for (text, slot), span in zip(pairs, grid.pairs, strict=False):
        pieces += [Label(text, span), slot]
    left_over = grid.columns - sum(piece.span for piece in pieces)
    return Row((*pieces, *[Label("", left_over)] * (left_over > 0)), 24)


def payment_rows(grid: Grid, planned: bool) -> tuple[Row | Band, ...]:
    """The second page: the spend plan where it is not asked for above, the payments by month beside their chart."""
    plan = (
        Row(
            (
                Label("资金支出计划（%）", 1, rows=2),
                *(Label(f"{month}月底") for month in CHECKPOINTS),
                Label("计划累计比例，由绩效目标表带入。", grid.columns - 5, rows=2, look="hint"),
            ),
            new_page=True,
        ),
        Row(
            (
                Gap(1),
                *(
                    given(SHARES[i], Kind.SHARE, f"{month}月底计划", path="spend_plan.shares")
                    for i, month in enumerate(CHECKPOINTS)
                ),
            ),
            22,
        ),
    )
    heads = ("月份", "当月支付", "累计支付", "累计执行率", "计划进度")
    return (
        *plan[: 2 * planned],
        Row(
            (*map(Label, heads), Label("", grid.columns - 5, rows=MONTHS + 2, look="chart")),
            new_page=not planned,
        ),
        Band("payments", payment_row(REACHED, grid.month), least=MONTHS),
        Row(
            (
                Label("合计"),
                computed("paid_in_year", Kind.MONEY, PAID_IN_YEAR, value=lambda values: paid_until(values)[-1]),
                Label("执行预算余额"),
                computed("left", Kind.MONEY, LEFT, value=left),
                Label("", 1),
            )
        ),
    )


PLANNED = tuple(f"reached.{i}" for i in range(len(CHECKPOINTS)))
REACHED = f"{{{PLANNED[0]}}}:{{{PLANNED[-1]}}}"
"""The helper cells with the running maximum of the spend plan."""
CLAUSES = {
    "progress.spent": Call("SPENT", ("{progress.paid}", "{progress.rate}", "{@months}")),
    "progress.planned": Call(
        "PLANCLAUSE", ("{progress.paid}", "{budget.current}", "{progress.plan}", "{progress.light}")
    ),
    "progress.timed": Call("TIMECLAUSE", ("{progress.rate}", "{@months}")),
}
HELPERS = (
    *(
        computed(key, Kind.SHARE, Call("REACHED", (f"{{{SHARES[0]}}}:{{{share}}}", SHARE_ROW)))
        for key, share in zip(PLANNED, SHARES, strict=True)
    ),
    *(computed(key, Kind.TEXT, call) for key, call in CLAUSES.items()),
)
EXPLANATION = Call("SENTENCE", tuple(f"{{{key}}}" for key in CLAUSES))
MONEY_LIGHTS = ("{progress.official_light}", "{progress.light}", "{@rules}")


def money_reason(where: str, span: int) -> Slot:
    """Why not as much was paid as planned; wanted while the spend progress, which stands `where`, says so."""
    bound = text_bound(LONG, f"{where}支出偏差原因显示“需说明”时，写明原因和下一步措施。")
    wanted = Tint(f'AND({{progress.reason_owed}}="{OWED}",{{deviation_reason}}="")', "todo")
    return entry("deviation_reason", Kind.PARAGRAPH, "支出偏差原因", bound, span, tints=(wanted,))


def progress_rows(grid: Grid, *, asks: bool, at_the_end: bool = False) -> tuple[Row, ...]:
    """The three measures side by side, both lights by name, one sentence; `asks` for the reason of a deviation.

    `at_the_end` of the year the execution rate may owe one too.
    """
    reads = (*MONEY_LIGHTS, "{progress.rate}") if at_the_end else MONEY_LIGHTS
    lead = Gap(2)
    span = grid.columns - 2
    rows = [
        pair_row(
            grid,
            Label("支出进度", 2, rows=4),
            (
                ("截至日累计支付", computed("progress.paid", Kind.MONEY, PAID, value=paid)),
                (
                    "预算执行率",
                    computed("progress.rate", Kind.SHARE, Call("RATE", ("{progress.paid}", "{budget.current}"))),
                ),
                (
                    "计划应达",
                    computed("progress.plan", Kind.SHARE, Call("PLAN", ("{@months}", REACHED, "{@plan_method}"))),
                ),
            ),
        ),
        pair_row(
            grid,
            lead,
            (
                (
                    "序时进度比",
                    computed("progress.time", Kind.SHARE, Call("TIME", ("{progress.rate}", "{@months}"))),
                ),
                (
                    "计划完成率",
                    computed(
                        "progress.plan_progress", Kind.SHARE, Call("PROGRESS", ("{progress.rate}", "{progress.plan}"))
                    ),
                ),
                ("执行预算", computed("budget.current", Kind.MONEY, CURRENT_BUDGET, value=current_budget)),
            ),
        ),
        pair_row(
            grid,
            lead,
            (
                (
                    "预警（官方，按序时）",
                    computed(
                        "progress.official_light",
                        Kind.WORD,
                        Call("MONEYLIGHT", ("{progress.paid}", "{budget.current}", "{@months}", None, "{@rules}")),
                        tints=official_lights("progress.official_light"),
                    ),
                ),
                (
                    "预警（按计划）",
                    computed(
                        "progress.light",
                        Kind.WORD,
                        Call("LIGHT", ("{progress.rate}", "{progress.plan_progress}", "{@yellow}", "{@green}")),
                        tints=lights("progress.light"),
                    ),
                ),
                ("支出偏差原因", computed("progress.reason_owed", Kind.WORD, Call("MONEYREASON", reads))),
            ),
        ),
        Row((lead, computed("progress.explanation", Kind.PARAGRAPH, EXPLANATION, span)), 36),
    ]
    if asks:
        rows.append(Row((Label("支出偏差原因", 2), money_reason("", span)), 32))
    return tuple(rows)


def sum_of_sources(key: str, of: str, sources: Sequence[str]) -> Slot:
    """The sum of what stands there of each source, blank while nothing does."""
    keys = [f"{of}.{source}" for source in sources]
    parts = ",".join(f"{{{each}}}" for each in keys)
    formula = f'IF(COUNT({parts})=0,"",ROUND(SUM({parts}),6))'
    return computed(key, Kind.MONEY, formula, value=lambda values: total((values[each] for each in keys), 6))


def funds_check(sources: Sequence[str], span: int) -> Slot:
    """Whether what was paid of each source comes to what was paid by month."""
    keys = [f"paid.{source}" for source in sources]
    parts = ",".join(f"{{{each}}}" for each in keys)
    gap = f"ROUND(SUM({parts})-N({{progress.paid}}),6)"
    formula = (
        f'IF(COUNT({parts})=0,"○ 请填各来源执行数",IF({gap}=0,"✓ 与按月支付一致",'
        f'"✗ 与按月支付相差"&TEXT(ROUND(ABS({gap}),2),"0.00")&"万元"))'
    )

    def value(values: Values) -> str:
        paid = [values[each] for each in keys]
        if not any(map(is_number, paid)):
            return "○ 请填各来源执行数"
        difference = rounded(sum(map(number, paid), Decimal(0)) - number(values["progress.paid"]), 6)
        return f"✗ 与按月支付相差{rounded(abs(difference), 2):.2f}万元" if difference else "✓ 与按月支付一致"

    tints = (Tint('LEFT({paid.check},1)="✗"', "bad"), Tint('LEFT({paid.check},1)="✓"', "good"))
    return computed("paid.check", Kind.WORD, formula, span, tints=tints, value=value)


def current_of(source: str) -> Slot:
    """A helper: the budget of one source, adjusted, or initial if never adjusted."""
    adjusted, initial = f"budget.adjusted_funds.{source}", f"budget.{source}"
    formula = f'IF({{{adjusted}}}<>"",{{{adjusted}}},IF({{{initial}}}<>"",{{{initial}}},""))'

    def value(values: Values) -> Cell:
        return next((values[key] for key in (adjusted, initial) if not is_blank(values[key])), "")

    return computed(f"current.{source}", Kind.MONEY, formula, value=value)


def project_form(
    grid: Grid,
    body: tuple[Row | Band, ...],
    helpers: tuple[Slot, ...] = (),
    *,
    kind: str = "project",
    landscape: bool,
    freeze_below: int = 2,
) -> Form:
    """The sheet of a project, as far as it is seen: these rows, and what stands aside."""
    return Form(
        kind=kind,
        widths=(*grid.printed, *grid.aside),
        body=body,
        noun=Project,
        landscape=landscape,
        aside_columns=len(grid.aside),
        chart=CHART,
        repeat_rows=2,
        freeze_below=freeze_below,
        helpers=(*HELPERS, *helpers),
    )
