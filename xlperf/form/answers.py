"""What stands in the slots of a sheet, by key: the answers, and the values its computed slots come to.

Takes answers raw, so that a word typed where a number belongs computes here to what it computes to in the sheet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
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
        bands = {key: [dict(row) for row in rows] for key, rows in self.bands.items()}
        for key, rows in results.bands.items():
            mine = bands.setdefault(key, [])
            mine.extend({} for _ in range(len(rows) - len(mine)))
            for row, more in zip(mine, rows, strict=False):
                row.update(more)
        return Answers({**self.single, **results.single}, bands)


class Values:
    """The slots of one sheet while it is computed: each is computed when first asked for, whatever stands in its cell.

    `parameters` are values by {@name}; `projects` are the filled project sheets that the rows of 目录 stand for.
    """

    def __init__(
        self,
        answers: Answers,
        parameters: Mapping[str, Cell],
        computed: Mapping[str, Value],
        projects: Sequence[Answers] = (),
    ) -> None:
        self.answers, self.parameters, self.projects = answers, parameters, projects
        self._computed = computed
        self._known: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Cell:
        """What a single slot holds."""
        if key not in self._known:
            value = self._computed.get(key)
            self._known[key] = value(self) if value else self.answers.single.get(key)
        cell: Cell = self._known[key]
        return cell

    def column(self, key: str) -> Sequence[Cell]:
        """What a band column holds, one cell for each row of answers."""
        if key not in self._known:
            value = self._computed.get(key)
            self._known[key] = value(self) if value else self.answers.column(key)
        column: Sequence[Cell] = self._known[key]
        return column

    def size(self, band: str) -> int:
        """How many rows of answers a band has."""
        return len(self.answers.bands.get(band, ()))


Value = Callable[[Values], Cell | Sequence[Cell]]
"""What a computed slot comes to: a cell, in a band its column."""
