"""Rule packs as tables: every parameter with what it means, and whether the pack changes it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from xlperf.jobs.own_packs import BY_NAME
from xlperf.measure import PACKS, Pack
from xlperf.measure.parameters import SHARE


class Line(NamedTuple):
    """One parameter of a pack, by its name in `xlperf.toml`; `changed` is that the pack it is based on has another."""

    key: str
    name: str
    value: str
    note: str
    changed: bool


def lines(pack: Pack) -> Iterator[Line]:
    """The parameters of a pack, in the order of the sheet 参数."""
    base = PACKS[pack.base]
    for key, parameter in BY_NAME.items():
        cell = parameter.of(pack)
        is_share = isinstance(cell, Decimal) and parameter.kind == SHARE
        value = f"{(Decimal(cell) * 100).normalize():f}%" if is_share else str(cell)
        yield Line(key, parameter.zh, value, parameter.note, cell != parameter.of(base))
