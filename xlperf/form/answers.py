"""What stands in the slots of a sheet, by key: the answers, and the values its computed slots come to.

Takes answers raw, so that a word typed where a number belongs computes here to what it computes to in the sheet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest
from typing import Any

Cell = Decimal | int | str | dt.date | None
"""A value in a cell; None is an empty cell."""


@dataclass(frozen=True)
class Answers:
    """Values by slot key: `single["budget.initial"]`, `bands["indicators"][0]["indicators.name"]`."""

    single: Mapping[str, Cell] = field(default_factory=dict)
    bands: Mapping[str, Sequence[Mapping[str, Cell]]] = field(default_factory=dict)

    def column(self, key: str) -> list[Cell]:
        """A band column."""
        return [row.get(key) for row in self.bands.get(key.split(".")[0], ())]

    def with_results(self, results: Answers) -> Answers:
        """These answers and the computed values beside them."""
        bands = dict(self.bands)
        nothing: Mapping[str, Cell] = {}
        for key, rows in results.bands.items():
            pairs = zip_longest(bands.get(key, ()), rows, fillvalue=nothing)
            bands[key] = [{**own, **more} for own, more in pairs]
        return Answers({**self.single, **results.single}, bands)


class Values(dict[str, Any]):
    """The slots of one sheet while it is computed, of a band their columns: each is computed when first asked for.

    `parameters` are values by {@name}; `projects` are the filled project sheets that the rows of 目录 stand for.
    """

    def __init__(
        self, answers: Answers, parameters: Mapping[str, Cell], projects: Sequence[Answers], slots: Mapping[str, Value]
    ) -> None:
        self.answers, self.parameters, self.projects, self._slots = answers, parameters, projects, slots

    def __missing__(self, key: str) -> Any:
        value = self[key] = self._slots[key](self)
        return value


Value = Callable[[Values], Any]
"""What a slot comes to: a cell, in a band its column."""
