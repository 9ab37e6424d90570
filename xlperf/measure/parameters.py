"""A rule pack as a column of cells, which stand in the sheet 参数 and which functions and plain formulas read.

Knows the order, the names and the spelling of the cells; every cell is filled, so that none can be taken for a blank.
"""

from __future__ import annotations

from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache

from xlperf.measure import statuses
from xlperf.measure.normal import ARITHMETIC, number, word
from xlperf.measure.packs import (
    BLANK_PACK,
    JOINT,
    OF_2020,
    OF_2026,
    PACKS,
    PROPORTIONAL,
    RATIO,
    ZERO,
    Execution,
    Pack,
    class_name,
)
from xlperf.measure.ranges import cells
from xlperf.measure.records import TYPE_CHECKING, NamedTuple
from xlperf.measure.statuses import BLANK

if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional, Tuple

    from xlperf.measure.normal import Answer

SHARE, POINTS, WORD, COUNT = "share", "points", "word", "count"

YES, NO = "是", "否"
NONE = "无"
LISTED = "、"  # between the words of a list


class Parameter(NamedTuple):
    """One cell of a pack: what it is called, of what kind it is, what it means. `of` gives its content.

    `words` are those it may hold, where they are a closed set; `is_list` says that it holds any number of them.
    `before` is what held while there was no cell for it, "" where there always was one; such a one stands at the end.
    """

    key: str
    zh: str
    kind: str
    note: str
    of: Callable[[Pack], Answer]
    words: Tuple[str, ...] = ()
    is_list: bool = False
    before: Answer = BLANK


PARAMETERS: Tuple[Parameter, ...] = (
    Parameter("reading", "指标口径", WORD,
              f"{OF_2026}：负目标值无法判定，负的完成值按0计，定性档次按词首认、档次交界两档都可，反向指标完成率同得分比例；"
              f"{OF_2020}：照2026年以前的表。", lambda pack: pack.reading, (OF_2020, OF_2026)),
    Parameter("overrun", "反向指标超出目标值", WORD,
              f"{PROPORTIONAL}：分值×（1－超出比例），两倍得0分；{RATIO}：分值×目标值÷完成值；{ZERO}：不得分。",
              lambda pack: pack.overrun, (PROPORTIONAL, RATIO, ZERO)),
    Parameter("equal_exceeded", "等于型超过目标值", WORD, "算达标还是未达标；得分都是满分。",
              lambda pack: pack.equal_exceeded, (statuses.MET, statuses.UNMET)),
    Parameter("attained_from", "达成自", SHARE, "定性指标：达成的得分，占分值的比例自此到100%。",
              lambda pack: pack.ratings[0][0]),
    Parameter("partly_from", "部分达成自", SHARE, "定性指标：部分达成自此到上一档；未达成自0到此。",
              lambda pack: pack.ratings[-2][0]),
    Parameter("execution_cap", "预算执行率满分", POINTS, "预算执行率的分值；其余为指标的分值。",
              lambda pack: Decimal(pack.execution.cap)),
    Parameter("rate_places", "执行率小数位", COUNT, "计分前执行率保留几位小数；4即百分数保留两位。",
              lambda pack: Decimal(pack.execution.places)),
    Parameter("band1_from", "执行率一档自", SHARE, f"执行率分档计分的最低一档；按比例计分的填{NONE}。",
              lambda pack: _band(pack, 0, 0)),
    Parameter("band2_from", "执行率二档自", SHARE, "中间一档；没有的同上一行。", lambda pack: _band(pack, 1, 0)),
    Parameter("band3_from", "执行率三档自", SHARE, "最高一档；没有的同上一行。", lambda pack: _band(pack, 2, 0)),
    Parameter("band1_points", "执行率一档得分", POINTS, "到一档的得分；更低不得分。", lambda pack: _band(pack, 0, 1)),
    Parameter("band2_points", "执行率二档得分", POINTS, "到二档的得分。", lambda pack: _band(pack, 1, 1)),
    Parameter("band3_points", "执行率三档得分", POINTS, "到三档的得分。", lambda pack: _band(pack, 2, 1)),
    Parameter("fair_from", "等级中自", POINTS, "总分低于此为差。", lambda pack: Decimal(pack.grades[2][0])),
    Parameter("good_from", "等级良自", POINTS, "总分自此为良。", lambda pack: Decimal(pack.grades[1][0])),
    Parameter("best_from", "等级优自", POINTS, "总分自此为优。", lambda pack: Decimal(pack.grades[0][0])),
    Parameter("money_red_below", "资金红灯低于", SHARE, "执行率÷序时进度低于此为红灯。",
              lambda pack: pack.money_lights[0]),
    Parameter("money_yellow_below", "资金黄灯低于", SHARE, "执行率÷序时进度低于此为黄灯，其余为绿灯。",
              lambda pack: pack.money_lights[1]),
    Parameter("target_red_below", "指标红灯低于", SHARE, "完成值÷（目标值×序时进度）低于此为红灯。",
              lambda pack: pack.target_lights[0]),
    Parameter("target_yellow_below", "指标黄灯低于", SHARE, "同上，低于此为黄灯。", lambda pack: pack.target_lights[1]),
    Parameter("target_blue_from", "指标蓝灯自", SHARE, "同上，自此为蓝灯，其间为绿灯。",
              lambda pack: pack.target_lights[2]),
    Parameter("unscaled_classes", "不按时间折算的二级指标", WORD, f"按全年目标值比较；{NONE}表示都折算。",
              lambda pack: _listed(pack.unscaled_classes), is_list=True),
    Parameter("unscaled_units", "不按时间折算的计量单位", WORD, f"按全年目标值比较；{NONE}表示都折算。",
              lambda pack: _listed(pack.unscaled_units), is_list=True),
    Parameter("explained", "须说明原因的资金预警", WORD, "红灯、黄灯按序时进度；严重滞后、滞后、超支按支出计划。",
              lambda pack: _listed(pack.explained),
              (*statuses.OFFICIAL_LIGHTS, *statuses.LIGHTS), is_list=True),
    Parameter("owing_lights", "须说明原因的指标预警", WORD, f"监控时；{NONE}表示不论。",
              lambda pack: _listed(pack.owing_lights), tuple(statuses.OFFICIAL_LIGHTS), is_list=True),
    Parameter("owing_likelihoods", "须说明原因的完成可能性", WORD, f"监控时；{NONE}表示不论。",
              lambda pack: _listed(pack.owing_likelihoods), statuses.LIKELIHOODS, is_list=True),
    Parameter("owing_excess", "须说明原因的超额比例", SHARE, f"监控时，≥型超过全年目标值多于此的；{NONE}表示不论。",
              lambda pack: pack.owing_excess[0] if pack.owing_excess else NONE),
    Parameter("owing_equal", "等于型超过须说明原因", WORD, f"监控和自评时；{YES}或{NO}。",
              lambda pack: YES if pack.owing_equal else NO, (YES, NO)),
    Parameter("alert_red_above", "自评红色预警高于", SHARE, "指标得分率高出执行率得分率，占指标得分率的比例。",
              lambda pack: pack.alerts[0]),
    Parameter("alert_yellow_above", "自评黄色预警高于", SHARE, "预算未支付的比例。", lambda pack: pack.alerts[1]),
    Parameter("weights", "一级指标分值", WORD, f"“{JOINT}”连接的几类合在一起。", lambda pack: _spelled(pack.weights)),
    Parameter("second_weights", "二级指标分值", WORD, f"{NONE}表示一级指标内平均分配。",
              lambda pack: _spelled(pack.second_weights)),
    Parameter("rescale", "缺类时重新折算", WORD, f"某个一级指标没有指标时，分值是否给其他类；{YES}或{NO}。",
              lambda pack: YES if pack.rescale else NO, (YES, NO)),
    Parameter("month", "监控期", COUNT, "监控到几月底，可另行指定。", lambda pack: Decimal(pack.month)),
    Parameter("explained_below", "须说明原因的执行率低于", SHARE, f"自评时，不论预警；{NONE}表示不论。",
              lambda pack: pack.explained_below[0] if pack.explained_below else NONE, before=NONE),
)  # fmt: skip

BY_KEY: Dict[str, Parameter] = {parameter.key: parameter for parameter in PARAMETERS}

PLACE: Dict[str, int] = {parameter.key: number for number, parameter in enumerate(PARAMETERS, start=1)}
"""Key -> where it stands in the column, from 1."""


def cells_of(pack: Pack) -> Tuple[Answer, ...]:
    """The content of the cells, in the order of `PARAMETERS`."""
    return tuple(parameter.of(pack) for parameter in PARAMETERS)


def completed(column: Tuple[Any, ...]) -> Tuple[Any, ...]:
    """The column of a workbook given out before there was a cell for every parameter, with what held for the others."""
    missing = tuple(parameter.before for parameter in PARAMETERS[len(column) :])
    return column if BLANK in missing else (*column, *missing)


def find_pack(name: object) -> Optional[Pack]:
    """The pack with this key or Chinese name, or the one that stands in a column of cells; None for anything else.

    A blank is the pack of old workbooks. Cells that hold the rules of no pack by name give one without a name.
    """
    if isinstance(name, (list, tuple)):
        column = tuple(map(_content, cells(name)))
        if len(column) > 1:
            return _pack_in(completed(column))
        name = column[0] if column else None
    text = word(name)
    if text == BLANK:
        return BLANK_PACK
    return PACKS.get(text) or next((pack for pack in PACKS.values() if pack.zh == text), None)


def _content(cell: object) -> Answer:
    return word(cell) if cell is None or isinstance(cell, str) else number(cell)


@contextmanager
def also_known(packs: Iterable[Pack]) -> Iterator[None]:
    """Let these packs be found as those of `PACKS` are, for a while."""
    before = dict(PACKS)
    PACKS.update((pack.key, pack) for pack in packs)
    _pack_in.cache_clear()
    try:
        yield
    finally:
        PACKS.clear()
        PACKS.update(before)
        _pack_in.cache_clear()


@lru_cache(maxsize=16)
def _pack_in(column: Tuple[Answer, ...]) -> Optional[Pack]:
    if len(column) != len(PARAMETERS):
        return None
    named = next((pack for pack in PACKS.values() if cells_of(pack) == column), None)
    if named is not None:
        return named
    try:
        return pack_of({parameter.key: cell for parameter, cell in zip(PARAMETERS, column)})
    except Senseless:
        return None


class Senseless(Exception):
    """A parameter that no rule can be read from, or several that contradict each other, by their `keys`."""

    def __init__(self, *keys: str) -> None:
        super().__init__(*keys)
        self.keys = keys


def pack_of(held: Dict[str, Answer]) -> Pack:
    """The rules that stand in the cells with these keys, without a name. Raises Senseless."""
    pack = _read(held)
    spelt = (parameter.key for parameter in PARAMETERS if parameter.of(pack) != held[parameter.key])
    other = next(spelt, None)
    if other is not None:
        raise Senseless(other)
    return pack


def _read(held: Dict[str, Answer]) -> Pack:
    def part(key: str, most: Decimal = Decimal(1000)) -> Decimal:
        value = held[key]
        if not isinstance(value, Decimal) or not 0 <= value <= most:
            raise Senseless(key)
        return value

    def whole(key: str, least: int, most: int) -> int:
        if part(key, Decimal(most)) % 1 or part(key) < least:
            raise Senseless(key)
        return int(part(key))

    def chosen(key: str) -> str:
        if held[key] not in BY_KEY[key].words:
            raise Senseless(key)
        return str(held[key])

    def rising(*keys: str) -> List[Decimal]:
        values = [part(key) for key in keys]
        if values != sorted(values):
            raise Senseless(*keys)
        return values

    def listed(key: str) -> Tuple[str, ...]:
        found, words = _list_of(key, held[key]), BY_KEY[key].words
        if words and not set(found) <= set(words):
            raise Senseless(key)
        return found

    floors: List[Decimal] = []
    if held["band1_from"] != NONE:
        floors = rising("band1_from", "band2_from", "band3_from")
    earned = rising("band1_points", "band2_points", "band3_points") if floors else []
    partly, attained = rising("partly_from", "attained_from")
    fair, good, best = rising("fair_from", "good_from", "best_from")
    red, yellow = rising("money_red_below", "money_yellow_below")
    below, near, above = rising("target_red_below", "target_yellow_below", "target_blue_from")
    return Pack(
        BLANK, BLANK, BLANK, BLANK,
        reading=chosen("reading"),
        overrun=chosen("overrun"),
        equal_exceeded=chosen("equal_exceeded"),
        execution=Execution(
            part("execution_cap", Decimal(100)),
            tuple(dict.fromkeys(zip(reversed(floors), reversed(earned)))),
            whole("rate_places", 0, 6),
        ),
        weights=_weights("weights", held["weights"]),
        second_weights=_weights("second_weights", held["second_weights"]),
        rescale=chosen("rescale") == YES,
        ratings=tuple(zip((attained, partly, Decimal(0)), statuses.RATINGS)),
        grades=tuple(zip((best, good, fair, Decimal(0)), statuses.GRADES)),
        money_lights=(red, yellow),
        target_lights=(below, near, above),
        unscaled_classes=listed("unscaled_classes"),
        unscaled_units=listed("unscaled_units"),
        explained=listed("explained"),
        owing_lights=listed("owing_lights"),
        owing_likelihoods=listed("owing_likelihoods"),
        owing_excess=() if held["owing_excess"] == NONE else (part("owing_excess"),),
        owing_equal=chosen("owing_equal") == YES,
        alerts=(part("alert_red_above"), part("alert_yellow_above")),
        month=whole("month", 1, 12),
        explained_below=() if held["explained_below"] == NONE else (part("explained_below"),),
    )  # fmt: skip


def _band(pack: Pack, number: int, part: int) -> Answer:
    """The floor or the points of an execution band, lowest first; the highest again where there are fewer."""
    bands = pack.execution.bands[::-1]
    return Decimal(bands[min(number, len(bands) - 1)][part]) if bands else NONE


def _listed(words: Iterable[str]) -> str:
    return LISTED.join(words) or NONE


def _list_of(key: str, cell: Answer) -> Tuple[str, ...]:
    if not isinstance(cell, str):
        raise Senseless(key)
    return () if cell == NONE else tuple(cell.split(LISTED))


def _spelled(weights: Iterable[Tuple[str, object]]) -> str:
    return _listed(f"{name}{points}" for name, points in weights)


def _weights(key: str, cell: Answer) -> Tuple[Tuple[str, Decimal], ...]:
    found = []
    for item in _list_of(key, cell):
        name = item.rstrip("0123456789.")
        points = ARITHMETIC.create_decimal(item[len(name) :] or "NaN")
        if not points.is_finite() or not all(part and part == class_name(part) for part in name.split(JOINT)):
            raise Senseless(key)
        found.append((name, points))
    return tuple(found)
