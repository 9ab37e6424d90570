"""Fills the blanks of one noun of the new workbook from those of old ones; what finds no place there is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from xlperf.model import Department, Indicator, Locus, Period, ProjectReport, Report
from xlperf.model.department import Noun
from xlperf.prepare.leaves import as_text, leaves, same, with_leaves
from xlperf.prepare.not_carried import NotCarried, Reason, field_name

Where = Callable[[int | None, str, int], Locus]
"""The place of a field in a workbook: the project's index (None: of the department), path in the model, row or -1."""

REPORTED = frozenset((*ProjectReport.model_fields, *Report.model_fields))
EVALUATED = frozenset(("points", "deduction"))  # of an indicator, asked in one period only


class Copy(NamedTuple):
    """Of a sheet that came back, what it was given out with ("" where that is not known), and whether it still is."""

    given: str = ""
    is_untouched: bool = False


class Filled(NamedTuple):
    """A workbook that came back, of whatever edition: what it says, the period it was filled in for, its places.

    `copies` are its sheets by the project's index, None for that of the department.
    """

    department: Department
    period: Period
    where: Where
    copies: Mapping[int | None, Copy] = MappingProxyType({})


class OldNoun(NamedTuple):
    """A noun of an old workbook: a department without its projects, a project without its indicators, or an indicator.

    `project` and `indicator` are its places there; `reason` says why none of it is carried.
    """

    noun: Noun
    filled: Filled
    reason: Reason | None = None
    project: int | None = None
    indicator: int = -1

    def not_carried(self, path: str, item: int, value: object, reason: Reason, **new: Any) -> NotCarried:
        """A value of it that stands nowhere else; `new` says what is known of its place in the new workbook."""
        band = "" if self.indicator < 0 else "indicators"
        key = ".".join(filter(None, (band, path)))
        project = None if self.project is None else self.filled.department.projects[self.project]
        return NotCarried(
            code=project.code if project else "",
            name=project.name if project else "",
            indicator=self.noun.name if isinstance(self.noun, Indicator) else "",
            field=field_name(path or band, item),
            value=as_text(value, path),
            places=(self.filled.where(self.project, key, max(self.indicator, item)),),
            reason=reason,
            **{"key": key, "row": item, **new},
        )


AnyNoun = TypeVar("AnyNoun", bound=Noun)


def merged(
    noun: AnyNoun, olds: Iterable[OldNoun], period: Period, *, at: int = -1, **new: str
) -> tuple[AnyNoun, list[NotCarried]]:
    """The noun with its blanks filled from the old ones, the first before the others; what found no place."""
    values = dict(leaves(noun))
    stated, filled = frozenset(values), {}
    listed: list[NotCarried] = []
    for old in olds:
        for (path, row), value in leaves(old.noun):
            to = _moved(path, old.filled.period, period)
            slot = (to, row)
            stands = values.get(slot)
            if stands is not None and same(stands, value):
                continue
            if to and stands is None and not old.reason:
                values[slot] = filled[slot] = value
                continue
            reason = Reason.PLAN_DIFFERS if slot in stated else Reason.FILLED_LATER if to else Reason.OTHER_PERIOD
            place = {"key": to or path} if at < 0 else {"key": f"indicators.{to or path}", "row": at}
            text = "" if stands is None else as_text(stands, to)
            listed.append(old.not_carried(path, row, value, old.reason or reason, stands=text, **place, **new))
    return with_leaves(noun, filled), listed


def _moved(path: str, was: Period, now: Period) -> str:
    """Where in the new period a field of the old one stands; "" where that period does not ask it."""
    head, _, rest = path.partition(".")
    if was is now:
        return path
    if head == "interim":
        return {Period.SELF_EVALUATION: path, Period.MONITORING: rest}.get(now, "")
    if head in REPORTED:
        return f"interim.{path}" if (was, now) == (Period.MONITORING, Period.SELF_EVALUATION) else ""
    return "" if head in EVALUATED else path


def all_of(old: OldNoun, reason: Reason, **new: str) -> Iterator[NotCarried]:
    """Everything that stands in a noun; the plan of an indicator as one line."""
    rest = dict(leaves(old.noun))
    if isinstance(old.noun, Indicator):
        wording = {path: rest.pop(path) for path in list(rest) if not _is_answer(path[0])}
        if wording:
            text = " | ".join(as_text(value, path) for (path, _), value in wording.items())
            yield old.not_carried("", -1, text, reason, **new)
    for (path, row), value in rest.items():
        yield old.not_carried(path, row, value, reason, **new)


def _is_answer(path: str) -> bool:
    head = path.partition(".")[0]
    return head == "interim" or head in REPORTED or head in EVALUATED
