"""The row of an indicator, as far as monitoring and self-evaluation share it, and the counts below the table."""

from __future__ import annotations

from decimal import Decimal

from xlperf.form.answers import Cell, Values
from xlperf.form.indicator_table import ACTUAL_BOUND, repeats, state_counts, wanted
from xlperf.form.parts import Bound, Call, Kind, Label, Piece, Row, Slot, computed, entry, given
from xlperf.form.period_head import Grid
from xlperf.form.tints import official_lights, states
from xlperf.measure import filled
from xlperf.measure.statuses import NOT_APPLICABLE, OWED, QUALITATIVE

SIGNS, VALUES, RESULTS = "{indicators.sign*}", "{indicators.value*}", "{indicators.result*}"
MET_BY = "{indicators.meets*}"
OWES = f'{{indicators.owed}}="{OWED}"'

GOAL = (
    'IF({indicators.operator}="不涉及","不涉及",IF({indicators.operator}="定性",'
    'IF({indicators.value}="",{indicators.raw},{indicators.value}),'
    "{indicators.operator}&{indicators.value})&{indicators.unit})"
)


def class_slots() -> tuple[Slot, Slot]:
    """一级指标 and 二级指标, as promised."""
    level1, level2 = "indicators.level1", "indicators.level2"
    return (
        given(level1, Kind.TEXT, "一级指标", centered=True, tints=repeats(level1)),
        given(level2, Kind.TEXT, "二级指标", centered=True, tints=repeats(level2, level1)),
    )


def actual(label: str) -> Slot:
    """What was reached of an indicator."""
    tints = wanted("indicators.actual", f'{filled("{indicators.name}")},{{indicators.operator}}<>"{NOT_APPLICABLE}"')
    return entry("indicators.actual", Kind.QUANTITY, label, ACTUAL_BOUND, tints=tints, centered=True)


def goals(values: Values) -> list[str]:
    """年度指标值 of each row: sign, value and unit in one text."""
    keys = ("operator", "value", "unit", "raw")
    return [_goal(*row) for row in zip(*(values[f"indicators.{key}"] for key in keys), strict=True)]


def _goal(operator: Cell, value: Cell, unit: Cell, raw: Cell) -> str:
    if operator == NOT_APPLICABLE:
        return NOT_APPLICABLE
    target = f"{value.normalize():f}" if isinstance(value, Decimal) else str("" if value is None else value)
    if operator == QUALITATIVE:
        return f"{target or raw or ''}{unit or ''}"
    return f"{operator or ''}{target}{unit or ''}"


def goal() -> Slot:
    """年度指标值 as official forms print it, in one cell."""
    return computed("indicators.goal", Kind.TEXT, GOAL, centered=True, label="年度指标值", value=goals)


def indicator_helpers() -> tuple[Slot, ...]:
    """Helpers of both periods: sign and result as functions read them, whether and by how much it is met."""
    operators, actuals = "{indicators.operator*}", "{indicators.actual*}"
    of_target = (SIGNS, VALUES, RESULTS)
    return (
        computed("indicators.sign", Kind.WORD, Call("SIGN", (operators, VALUES, "{@rules}"))),
        computed("indicators.result", Kind.QUANTITY, Call("RESULT", (actuals, "{@rules}"))),
        computed("indicators.meets", Kind.WORD, Call("MEETS", (*of_target, "{@rules}"))),
        computed("indicators.excess", Kind.SHARE, Call("EXCESS", (*of_target, "{@rules}"))),
        computed("indicators.part", Kind.NUMBER, Call("PART", (*of_target, MET_BY, "{@rules}"))),
        computed("indicators.base", Kind.NUMBER, Call("BASE", (*of_target, "{@rules}"))),
    )


def attainment() -> Slot:
    """The completion of each indicator."""
    call = Call("ATTAINMENT", (SIGNS, VALUES, RESULTS, "{indicators.part*}", "{indicators.base*}"))
    return computed("indicators.completion", Kind.SHARE, call, label="完成率")


def state(function: str) -> Slot:
    """The state of each indicator, at the end of the year or before."""
    call = Call(function, (SIGNS, MET_BY, "{indicators.excess*}", "{@over}"))
    return computed("indicators.state", Kind.WORD, call, tints=states("indicators.state"), label="状态")


def states_row(grid: Grid, *judged: str, lights_of: str = "") -> Row:
    """How many indicators are in which state, and the worst of their lights where they have any."""
    light: tuple[Piece, ...] = ()
    if lights_of:
        call = Call("WORSTLIGHT", (lights_of,))
        tints = official_lights("objective_light")
        light = (Label("目标预警"), computed("objective_light", Kind.WORD, call, tints=tints))
    span = grid.columns - 2 - len(light)
    return Row((Label("指标情况", 2), state_counts("states", span, *judged), *light), 24)


def tick(key: str, label: str, prompt: str, path: str) -> Slot:
    """A box to tick."""
    bound = Bound("list", "{@勾选表}", prompt, "请选“√”，或按 Delete 清空。")
    return entry(key, Kind.TICK, label, bound, centered=True, path=path)
