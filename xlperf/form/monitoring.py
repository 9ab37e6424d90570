"""项目支出绩效运行监控表: what was paid and reached until the end of a month, and why not more (forms.md §2)."""

from __future__ import annotations

from xlperf.form.answers import Cell, Values
from xlperf.form.bounds import LARGEST, money_bound, text_bound
from xlperf.form.indicator_table import result_bound, wanted
from xlperf.form.parts import TICK, Band, Call, Gap, Kind, Label, Row, Tint, computed, entry, given
from xlperf.form.period_head import Grid, head_rows, months_head, signatures
from xlperf.form.period_indicators import (
    MET_BY,
    OWES,
    RESULTS,
    SIGNS,
    VALUES,
    actual,
    attainment,
    class_slots,
    goal,
    indicator_helpers,
    state,
    states_row,
    tick,
)
from xlperf.form.period_parts import current_of, funds_check, payment_rows, progress_rows, project_form, sum_of_sources
from xlperf.form.project import LONG
from xlperf.form.tints import official_lights
from xlperf.measure.statuses import IN_PROGRESS, MET, OVERFULFILLED
from xlperf.model import DeviationKind, Likelihood

# 一级 二级 三级 年度指标值 完成 预计 | 五类原因 | 说明 | 三种可能 | 备注 || 灯 状态 完成率 说明
GRID = Grid(
    printed=(9, 11, 20, 14, 12, 12, 6, 6, 6, 7, 6, 22, 9, 9, 9, 13), aside=(9, 10, 9, 9), pairs=(1, 1, 5), month=24
)


TITLE = '{@year}&"年度项目支出绩效运行监控表（1—"&{@months}&"月）"'


def title(values: Values) -> str:
    """What the sheet is called."""
    return f"{values.parameters['year']}年度项目支出绩效运行监控表（1—{values.parameters['months']}月）"


HEAD_ROWS = head_rows(GRID, TITLE, title)

SOURCES = (("其中：财政资金", "fiscal_funds"), ("其他资金", "other_funds"))
FISCAL_AND_OTHER = tuple(source for _, source in SOURCES)

MONEY_HEADS = Row(
    (
        Label("项目资金（万元）", 2, rows=4),
        Label(""),
        Label("年初预算数"),
        Label("调整后预算数"),
        months_head("paid", "执行数"),
        Label("预警（官方，按序时）", 5),
        Label("执行率"),
        Label("资金核对", 3),
        Label("全年预计执行数"),
    ),
    30,
)
TOTAL_ROW = Row(
    (
        Gap(2),
        Label("年度资金总额"),
        given("budget.initial", Kind.MONEY, "年初预算数"),
        entry("budget.adjusted", Kind.MONEY, "调整后预算数", money_bound("年中调整后的预算数；没有调整请留空。")),
        computed("total.paid", Kind.MONEY, "{progress.paid}"),
        computed("total.light", Kind.WORD, "{progress.official_light}", 5, tints=official_lights("total.light")),
        computed("total.rate", Kind.SHARE, "{progress.rate}"),
        funds_check(FISCAL_AND_OTHER, 3),
        sum_of_sources("total.expected", "expected", FISCAL_AND_OTHER),
    ),
    24,
)


def source_row(label: str, source: str) -> Row:
    """One source of funds."""
    prompt = f"{label.removeprefix('其中：')}的"
    return Row(
        (
            Gap(2),
            Label(label),
            given(f"budget.{source}", Kind.MONEY, f"{label}年初预算数"),
            entry(
                f"budget.adjusted_funds.{source}",
                Kind.MONEY,
                f"{label}调整后预算数",
                money_bound(f"{prompt}调整后预算数；没有调整请留空。"),
            ),
            entry(
                f"paid.{source}",
                Kind.MONEY,
                f"{label}执行数",
                money_bound(f"{prompt}累计执行数。", least=f"-{LARGEST}"),
            ),
            Label("", 5, look="center"),
            computed(f"rates.{source}", Kind.SHARE, Call("RATE", (f"{{paid.{source}}}", f"{{current.{source}}}"))),
            Label("", 3, look="center"),
            entry(f"expected.{source}", Kind.MONEY, f"{label}全年预计执行数", money_bound(f"{prompt}全年预计执行数。")),
        ),
        24,
    )


OBJECTIVE_ROWS = (
    Row(
        (
            Label("年度总体目标", 2, rows=2),
            Label("年初设定目标", 4),
            months_head("attained", "完成情况", 6),
            Label("纠偏整改措施", 4),
        ),
        22,
    ),
    Row(
        (
            Gap(2),
            given("objectives", Kind.PARAGRAPH, "年度总体目标", 4),
            entry("attained", Kind.PARAGRAPH, "完成情况", text_bound(LONG, "截至日目标完成到什么程度。"), 6),
            entry("measures", Kind.PARAGRAPH, "纠偏整改措施", text_bound(LONG, "偏离目标的，写明纠偏和整改措施。"), 4),
        ),
        60,
    ),
)

EXPECTED_BOUND = result_bound("indicators.expected", "预计全年能完成多少。")
KIND_KEYS = tuple(f"indicators.deviation_kinds.{i}" for i in range(len(DeviationKind)))
LIKELIHOOD_KEYS = tuple(f"indicators.likelihood.{i}" for i in range(len(Likelihood)))

INDICATORS = Band(
    "indicators",
    Row(
        (
            *class_slots(),
            given("indicators.name", Kind.TEXT, "三级指标"),
            goal(),
            actual("完成情况"),
            entry("indicators.expected", Kind.QUANTITY, "全年预计完成情况", EXPECTED_BOUND, centered=True),
            *(
                tick(
                    key,
                    kind.value,
                    f"偏差原因属于{kind.value}的，选“√”；可以选几类，并在右边说明。",
                    "indicators.deviation_kinds",
                )
                for key, kind in zip(KIND_KEYS, DeviationKind, strict=True)
            ),
            entry(
                "indicators.deviation_reason",
                Kind.TEXT,
                "原因说明",
                text_bound(500, "右侧显示“需说明”，或左边选了原因类别的，写明具体原因。"),
                tints=wanted(
                    "indicators.deviation_reason", f'OR({OWES},COUNTIF({{{KIND_KEYS[0]}}}:{{{KIND_KEYS[-1]}}},"?*")>0)'
                ),
            ),
            *(
                tick(key, likelihood.value, "年底前完成目标的可能性，三项选一项。", "indicators.likelihood")
                for key, likelihood in zip(LIKELIHOOD_KEYS, Likelihood, strict=True)
            ),
            entry("indicators.remark", Kind.TEXT, "备注", text_bound(500, "需要另外说明的；没有可留空。")),
            computed(
                "indicators.light",
                Kind.WORD,
                Call("TARGETLIGHT", ("{indicators.pace*}", "{@rules}")),
                tints=official_lights("indicators.light"),
                label="指标预警",
            ),
            state("STANDING"),
            attainment(),
            computed(
                "indicators.owed",
                Kind.WORD,
                Call(
                    "MONITORREASON",
                    ("{indicators.light*}", "{indicators.chance*}", SIGNS, "{indicators.excess*}", "{@rules}"),
                ),
                tints=(Tint(OWES, "warn"),),
                label="是否需说明",
            ),
        ),
        height=26,
    ),
)

INDICATOR_HEADS = (
    Row(
        (
            *(Label(text, rows=2) for text in ("一级指标", "二级指标", "三级指标", "年度指标值")),
            Label("完成情况", 2),
            Label("偏差原因分析", 6),
            Label("完成目标可能性", 3),
            Label("备注", rows=2),
            *(Label(text, rows=2) for text in ("指标预警", "状态", "完成率", "是否需说明")),
        ),
        22,
    ),
    Row(
        (
            Gap(4),
            months_head("actual", "完成"),
            Label("全年预计完成"),
            *(Label(kind.value) for kind in DeviationKind),
            Label("原因说明"),
            *(Label(likelihood.value) for likelihood in Likelihood),
        ),
        34,
    ),
)


def chance(values: Values) -> list[Cell]:
    """The likelihood ticked in each row, in words; "" where none is."""
    ticks = zip(*(values[key] for key in LIKELIHOOD_KEYS), strict=True)
    return [next((one.value for one, cell in zip(Likelihood, row, strict=True) if cell == TICK), "") for row in ticks]


CHANCE = '""'
for _key, _likelihood in reversed(tuple(zip(LIKELIHOOD_KEYS, Likelihood, strict=True))):
    CHANCE = f'IF({{{_key}}}="{TICK}","{_likelihood.value}",{CHANCE})'

SPAN = Call("SPAN", ("{indicators.level2*}", "{indicators.unit*}", "{@months}", "{@rules}"))
PACE = Call("PACE", (SIGNS, VALUES, RESULTS, "{indicators.span*}", MET_BY))
HELPERS = (
    *indicator_helpers(),
    computed("indicators.span", Kind.COUNT, SPAN),
    computed("indicators.pace", Kind.NUMBER, PACE),
    computed("indicators.chance", Kind.WORD, CHANCE, value=chance),
    *(current_of(source) for _, source in SOURCES),
)

MONITORING = project_form(
    GRID,
    (
        *HEAD_ROWS,
        MONEY_HEADS,
        TOTAL_ROW,
        *(source_row(label, source) for label, source in SOURCES),
        *OBJECTIVE_ROWS,
        *INDICATOR_HEADS,
        INDICATORS,
        signatures(GRID),
        *payment_rows(GRID, planned=True),
        states_row(GRID, MET, OVERFULFILLED, IN_PROGRESS, lights_of="{indicators.light*}"),
        *progress_rows(GRID, asks=True),
    ),
    HELPERS,
    landscape=True,
    freeze_below=3,
)
