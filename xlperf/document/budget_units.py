"""The budget units that one source names, each once. Knows when two statements are of one unit; no form, no list."""

from __future__ import annotations

from xlperf.model import BudgetUnit
from xlperf.model.text import squeeze


class BudgetUnits:
    """The units in the order they were named; a code and a name that contradict the unit of either are that one's."""

    def __init__(self) -> None:
        self.all: list[BudgetUnit] = []
        self._places: dict[tuple[str, str], int] = {}
        """Code and name as they were stated, and each of them alone → the place of the first such unit."""

    def take(self, code: str, name: str) -> int:
        """Take up a unit by its code, its name or both; its place among all."""
        key = squeeze(name)
        known = (self._places.get(said) for said in ((code, key), ("", key), (code, "")))
        places = (at for at in (*known, 0) if at is not None and self._may_be(at, code, key))
        at = next(places, len(self.all))
        before = self.all[at] if at < len(self.all) else BudgetUnit()
        self.all[at : at + 1] = [BudgetUnit(code=before.code or code, name=before.name or name)]
        for said in ((code, key), ("", key), (code, "")):
            self._places.setdefault(said, at)
        return at

    def forget(self) -> None:
        """Take back what was named so far."""
        self.all.clear()
        self._places.clear()

    def _may_be(self, at: int, code: str, key: str) -> bool:
        """Whether the unit at this place has no other code and no other name."""
        if at >= len(self.all):
            return False
        unit = self.all[at]
        return not any("" not in pair and pair[0] != pair[1] for pair in ((code, unit.code), (key, squeeze(unit.name))))
