"""Rule packs of one's own: the tables `[pack.NAME]` of `xlperf.toml`, each a named pack with some parameters changed.

A parameter is called there by its key in `PARAMETERS`, with - for _.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlperf.jobs.did_you_mean import nearest
from xlperf.measure import CLASSES, PACKS, PARAMETERS, Pack, Parameter, cells_of, class_name, find_pack, shown
from xlperf.measure.packs import JOINT
from xlperf.measure.parameters import COUNT, LISTED, NO, NONE, POINTS, SHARE, YES, Senseless, pack_of
from xlperf.model import UsageError
from xlperf.model.text import cut, fits_a_cell

BASE, NAME, NOTE = "based-on", "name", "note"
WEIGHTS, SECOND, CAP = "weights", "second-weights", "execution-cap"
BY_NAME = {parameter.key.replace("_", "-"): parameter for parameter in PARAMETERS}
"""Parameters by what they are called in a table."""

TEXT = ("引号里的文字", "text in quotes")
FIGURES = {
    SHARE: ("比例，不加引号，如 0.8（即80%）", "a share without quotes, such as 0.8 for 80%"),
    POINTS: ("分数，不加引号，如 10", "points without quotes, such as 10"),
    COUNT: ("整数，不加引号，如 6", "a whole number without quotes, such as 6"),
}
POINTS_OF_CLASSES = ('各类的分值，如 { "产出指标" = 50 }', 'the points of classes, such as { "产出指标" = 50 }')
LEAST_EXPONENT = -6  # decimals that a cell of ours holds
Pair = tuple[str, str]
"""A text in Chinese and English."""


class Table(NamedTuple):
    """A table `[pack.NAME]` of a file."""

    path: str
    name: str
    content: Mapping[str, object]

    def wrong(self, key: str, wanted: Pair, value: object) -> UsageError:
        """That a key should be something else."""
        name = self._full(key)
        return UsageError("preference_wrong", path=self.path, name=name, wanted=wanted, value=value, hint="")

    def unknown(self, key: str) -> UsageError:
        """That nobody knows the key."""
        return unknown_key(self.path, self._full(key), key, [BASE, NAME, NOTE, *BY_NAME])

    def _full(self, key: str) -> str:
        return f"pack.{cut(self.name)}.{cut(key)}"


def unknown_key(path: str, full: str, key: str, known: Sequence[str], *others: str) -> UsageError:
    """That nobody knows a key, with the nearest of those `known` and of the `others`, or all that are known."""
    if near := nearest(key, [*known, *others]):
        return UsageError("preference_misspelt", path=path, name=full, known=near)
    return UsageError("preference_unknown", path=path, name=full, known=[*known])


def one_of(words: Iterable[str]) -> Pair:
    """What may stand where one of these words is wanted."""
    quoted = [f'"{word}"' for word in words]
    return (f"{'、'.join(quoted)}之一", f"one of {', '.join(quoted)}")


def as_typed(value: object) -> str:
    """A value as it is typed; of lists and tables, which may be deep, their kind."""
    if isinstance(value, (list, dict)):
        return "[…]" if isinstance(value, list) else "{…}"
    return cut(json.dumps(value, ensure_ascii=False) if isinstance(value, (str, bool)) else value)


def own_packs(tables: Iterable[Table]) -> tuple[Pack, ...]:
    """The packs that these tables describe. Raises UsageError."""
    packs: list[Pack] = []
    for table in tables:
        pack = _pack(table)
        taken = {name for other in packs for name in (other.key, other.zh)}
        for name in (pack.key, pack.zh):
            if name in taken or find_pack(name):
                raise UsageError("own_pack_taken", path=table.path, table=f"pack.{table.name}", pack=name)
        packs.append(pack)
    return tuple(packs)


def _pack(table: Table) -> Pack:
    content = table.content
    if not _is_shown_whole(table.name):
        raise UsageError("own_pack_unnamed", path=table.path, table=f"pack.{cut(table.name)}")
    for key in content:
        if key not in (BASE, NAME, NOTE, *BY_NAME):
            raise table.unknown(key)
    for key in (NAME, NOTE):
        if key in content and not _is_shown_whole(content[key]):
            raise table.wrong(key, TEXT, as_typed(content[key]))
    base = PACKS.get(str(content.get(BASE)))
    if base is None:
        raise table.wrong(BASE, one_of(PACKS), as_typed(content.get(BASE, "")))
    held = dict(zip((parameter.key for parameter in PARAMETERS), cells_of(base), strict=True))
    for key, parameter in BY_NAME.items():
        if key in content:
            cell = _cell(parameter, content[key])
            if cell is None:
                raise table.wrong(key, _wanted(parameter), as_typed(content[key]))
            held[parameter.key] = cell
    try:
        pack = pack_of(held)
    except Senseless as error:
        raise _senseless(table, {key.replace("_", "-"): held[key] for key in error.keys}) from error
    _check_points(table, pack)
    name = str(content.get(NAME, table.name))
    note = str(content.get(NOTE, f"自定规则包，在“{base.zh}”基础上修改。"))
    return pack._replace(key=table.name, zh=name, en=name, note=note, base=base.key)


def _is_shown_whole(value: object) -> bool:
    """Whether it is a text that a cell holds, and shows as it is."""
    return isinstance(value, str) and value != "" and value == shown(value) and fits_a_cell(value)


def _cell(parameter: Parameter, value: object) -> Decimal | str | None:
    """What the cell of a parameter holds by this value; None where it can be no such thing."""
    if isinstance(value, bool):
        return (NO, YES)[value] if parameter.words == (YES, NO) else None
    if isinstance(value, (int, Decimal)):
        return Decimal(value) if parameter.kind in (SHARE, POINTS, COUNT) and _is_figure(value) else None
    if isinstance(value, dict):
        return _spelled(value) if BY_NAME[WEIGHTS] == parameter or BY_NAME[SECOND] == parameter else None
    if isinstance(value, list):
        is_list = parameter.is_list and all(isinstance(word, str) and word for word in value)
        return (LISTED.join(map(shown, value)) or NONE) if is_list else None
    return shown(value) if isinstance(value, str) else None


def _is_figure(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return False
    exponent = Decimal(value).as_tuple().exponent
    return isinstance(exponent, int) and exponent >= LEAST_EXPONENT and 0 <= value <= 1000


def _spelled(points: Mapping[str, object]) -> str | None:
    """The points of classes as their cell spells them."""
    if not all(map(_is_figure, points.values())):
        return None
    names = (JOINT.join(map(class_name, shown(name).split(JOINT))) for name in points)
    figures = (f"{Decimal(str(value)).normalize():f}" for value in points.values())
    return LISTED.join(map("".join, zip(names, figures, strict=True))) or NONE


def _senseless(table: Table, held: Mapping[str, object]) -> UsageError:
    """That a parameter cannot be read, or that several are out of order."""
    (key, value), *others = held.items()
    if not others:
        return table.wrong(key, _wanted(BY_NAME[key]), value)
    wanted = (f"依次不小于前一项（{'、'.join(held)}）", f"in rising order ({', '.join(held)})")
    return table.wrong(key, wanted, [*held.values()])


def _wanted(parameter: Parameter) -> Pair:
    """What a parameter may be, and in Chinese what it means."""
    if parameter.words == (YES, NO):
        wanted = ("true 或 false，不加引号", "true or false, without quotes")
    elif parameter.words and parameter.is_list:
        zh, en = one_of(parameter.words)
        wanted = (f"方括号里的文字，每个是{zh}", f"texts in brackets, each {en}")
    elif parameter.words:
        wanted = one_of(parameter.words)
    elif parameter.is_list:
        wanted = ('方括号里的文字，如 ["质量", "时效"]', 'texts in brackets, such as ["质量", "时效"]')
    else:
        wanted = FIGURES.get(parameter.kind, POINTS_OF_CLASSES)
    return (f"{wanted[0]}（{parameter.zh}：{parameter.note.rstrip('。')}）", f"{wanted[1]} ({parameter.zh})")


def _check_points(table: Table, pack: Pack) -> None:
    """First-level classes and execution come to 100 points, second-level classes to those of theirs."""
    cap, bands = Decimal(pack.execution.cap), pack.execution.bands
    if bands and bands[0][1] > cap:
        raise table.wrong("band3-points", (f"不超过 {CAP} 的{cap}分", f"at most the {cap} of {CAP}"), bands[0][1])
    total = sum((Decimal(points) for _, points in pack.weights), cap)
    if total != 100:
        wanted = (f"各类分值，连同 {CAP} 的{cap}分合计100分", f"points that make 100 with the {cap} of {CAP}")
        raise table.wrong(WEIGHTS, wanted, (f"合计{total}分", f"{total} in all"))
    first = {level2: level1 for level1, members in CLASSES.items() for level2 in members}
    sums: dict[str, Decimal] = {}
    for level2, points in pack.second_weights:
        if level2 not in first:
            raise table.wrong(SECOND, one_of(first), as_typed(level2))
        level1 = next((name for name, _ in pack.weights if first[level2] in name.split(JOINT)), first[level2])
        sums[level1] = sums.get(level1, Decimal(0)) + Decimal(points)
    for level1, given in sums.items():
        points = dict(pack.weights).get(level1, 0)
        if given != points:
            wanted = (f"{level1}之下合计{points}分，同 {WEIGHTS}", f"{points} points within {level1}, as in {WEIGHTS}")
            raise table.wrong(SECOND, wanted, (f"{given}分", f"{given}"))
