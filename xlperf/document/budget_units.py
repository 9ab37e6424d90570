"""The budget units that one source names, each once. Knows when two statements are of one unit; no form, no list."""

from __future__ import annotations

from xlperf.model import BudgetUnit
from xlperf.model.text import squeeze


class BudgetUnits:
    """The units in the order they were named; a code and a name that contradict no unit before are the same one's."""

    def __init__(self) -> None:
        self.all: list[BudgetUnit] = []
        self._places: dict[tuple[str, str], int] = {}  # what was said → the place of the unit it is

    def take(self, code: str, name: str) -> int:
        """Take up a unit by its code, its name or both; its place among all."""
        said = code, squeeze(name)
        if said not in self._places:
            places = (at for at, known in enumerate(self.all) if not _differ(said, (known.code, squeeze(known.name))))
            self._places[said] = at = next(places, len(self.all))
            known = self.all[at] if at < len(self.all) else BudgetUnit()
            self.all[at : at + 1] = [BudgetUnit(code=known.code or code, name=known.name or name)]
        return self._places[said]

    def forget(self) -> None:
        """Take back what was named so far."""
        self.all.clear()
        self._places.clear()


def _differ(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return any("" not in pair and pair[0] != pair[1] for pair in zip(one, other, strict=True))
