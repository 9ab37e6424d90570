"""One measure as a row of the table, and the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from clock import OURS, Seconds, Side


class Aim(NamedTuple):
    """A ratio to reach: at least so many times as fast, or at most so many times the cost."""

    ratio: float
    at_most: bool = False

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.ratio:g}"

    def reached(self, ratio: float) -> bool:
        """Whether a ratio is as good."""
        return ratio <= self.ratio if self.at_most else ratio >= self.ratio


class Row(NamedTuple):
    """What was measured, ours against another; the ratio, that of each round, and that of wall times."""

    what: str
    ours: str
    against: str
    ratio: float
    rounds: tuple[float, ...] = ()
    wall: float | None = None
    aim: Aim | None = None

    def cells(self) -> tuple[str, ...]:
        """The row's text."""
        return (
            self.what,
            self.ours,
            self.against,
            f"**{self.ratio:.3g}**",
            f"{min(self.rounds):.3g} – {max(self.rounds):.3g}" if self.rounds else "",
            f"{self.wall:.3g}" if self.wall is not None else "",
            str(self.aim or ""),
            "" if self.aim is None else "yes" if self.aim.reached(self.ratio) else "no",
        )


HEADS = ("what", "xlperf", "against", "ratio", "rounds", "wall", "aim", "reached")


def times_faster(what: str, sides: dict[str, Side], count: int, aims: dict[str, Aim] | None = None) -> Iterator[Row]:
    """A row for each of the other sides: how many times our time it took, for each of `count` things."""
    ours = sides[OURS].spent
    for name, side in sides.items():
        if name != OURS:
            of_it = f"{name}: {_each(side.spent, count)}"
            wall, aim = side.spent.wall / ours.wall, (aims or {}).get(name)
            yield Row(what, _each(ours, count), of_it, side.spent.cpu / ours.cpu, side.ratios, wall, aim)


def times_the_cost(what: str, sides: dict[str, Side], aim: float) -> Iterator[Row]:
    """A row for each of the other sides: how many times its time ours is."""
    ours = sides[OURS].spent
    for name, side in sides.items():
        if name != OURS:
            rounds = tuple(1 / ratio for ratio in side.ratios)
            ratio, wall = ours.cpu / side.spent.cpu, ours.wall / side.spent.wall
            of_it = f"{name}: {_each(side.spent, 1)}"
            yield Row(what, _each(ours, 1), of_it, ratio, rounds, wall, Aim(aim, at_most=True))


def _each(spent: Seconds, count: int) -> str:
    return f"{spent.cpu / count * 1000:.1f} ms"


def table(heads: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """Lines of cells as Markdown."""
    heads = tuple(heads)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *lines))
