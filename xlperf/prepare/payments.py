"""Fills the payments of a department from the ledger of the finance system; every row of it is accounted for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from xlperf.measure import MONTHS
from xlperf.model import Department, Funds, Ledger, Payment, Project
from xlperf.model.text import code_key
from xlperf.prepare.leaves import as_text, leaves
from xlperf.prepare.not_carried import NotCarried, Reason, field_name

PART_OF = {
    "upper_grants": "fiscal_funds",
    "carryover": "fiscal_funds",
    "special_account": "other_funds",
    "own_funds": "other_funds",
}
"""The source in which a form counts one that has no row of its own."""


class Paid(NamedTuple):
    """A department with the payments of a ledger; each of its rows is in one of the first four.

    `unmatched` rows name no project of the department, or one that is there twice. `replaced` is what had been typed
    and the ledger says otherwise. `absent` are projects with payments of which the ledger has none; theirs stay.
    `folded` is what was matched of a source and stands in another: amounts by both.
    """

    department: Department
    matched: tuple[Payment, ...]
    unmatched: tuple[Payment, ...]
    without_month: tuple[Payment, ...]
    other_years: tuple[Payment, ...]
    replaced: tuple[NotCarried, ...]
    absent: tuple[Project, ...]
    folded: Mapping[tuple[str, str], Decimal]

    @property
    def refunds(self) -> tuple[Payment, ...]:
        """The matched rows that are negative; they are in the sums."""
        return tuple(row for row in self.matched if row.amount < 0)


def with_payments(
    department: Department, ledger: Ledger, shown: Collection[str] = tuple(Funds.model_fields), until: int = MONTHS
) -> Paid:
    """The department with the ledger's payments by month, up to its last one, and by source, up to the month `until`.

    A month without a payment is blank. The sources of a project stay where the ledger does not know those of all rows.
    `shown` are those that the form has a row for; another stands in the one it is part of.
    """
    codes = [code_key(project.code) for project in department.projects]
    counts = Counter(codes)
    homes = {code: i for i, code in enumerate(codes) if code and counts[code] == 1}
    matched: list[Payment] = []
    unmatched: list[Payment] = []
    without_month: list[Payment] = []
    other_years: list[Payment] = []
    of_project: dict[int, list[Payment]] = defaultdict(list)
    folded: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in ledger.rows:
        home = homes.get(code_key(row.code))
        if row.month is None:
            without_month.append(row)
        elif row.year not in (None, department.year):
            other_years.append(row)
        elif home is None:
            unmatched.append(row)
        else:
            matched.append(row)
            source = _counted_in(row.source, shown)
            if source != row.source:
                folded[row.source, source] += row.amount
            of_project[home].append(row.model_copy(update={"source": source}))
    last = max((row.month or 0 for row in (*matched, *unmatched)), default=0)
    projects: list[Project] = []
    replaced: list[NotCarried] = []
    absent: list[Project] = []
    for i, project in enumerate(department.projects):
        if i in of_project:
            paid = _paid(project, of_project[i], last, until)
            replaced += _replaced(project, paid, of_project[i])
            projects.append(paid)
        else:
            projects.append(project)
            absent += [project] if any(amount is not None for amount in project.payments) else []
    return Paid(
        department.model_copy(update={"projects": tuple(projects)}),
        tuple(matched),
        tuple(unmatched),
        tuple(without_month),
        tuple(other_years),
        tuple(replaced),
        tuple(absent),
        dict(folded),
    )


def _counted_in(source: str, shown: Collection[str]) -> str:
    """The source of funds in which the form has a payment of this one."""
    whole = PART_OF.get(source, source)
    return whole if source not in shown and whole in shown else source


def _paid(project: Project, rows: Sequence[Payment], last: int, until: int) -> Project:
    months = _sums((row.month, row.amount) for row in rows)
    payments = (*(months.get(month) for month in range(1, last + 1)), *project.payments[last:])
    sources = _sums((row.source, row.amount) for row in rows if (row.month or 0) <= until)
    funds = Funds(**sources) if all(sources) else project.paid
    return Project(**{**dict(project), "payments": payments, "paid": funds})


Key = TypeVar("Key")


def _sums(amounts: Iterable[tuple[Key, Decimal]]) -> dict[Key, Decimal]:
    sums: dict[Key, Decimal] = defaultdict(Decimal)
    for key, amount in amounts:
        sums[key] += amount
    return dict(sums)


def _replaced(project: Project, paid: Project, rows: Sequence[Payment]) -> Iterator[NotCarried]:
    """What stood in the project, with the ledger's row that says otherwise, else its first of the project."""
    stands = dict(leaves(paid))
    for (path, at), value in leaves(project):
        now = stands.get((path, at))
        if now == value:
            continue
        said = (row for row in rows if (path == "payments" and row.month == at + 1) or path == f"paid.{row.source}")
        yield NotCarried(
            code=project.code,
            name=project.name,
            field=field_name(path, at),
            value=as_text(value, path),
            stands="" if now is None else as_text(now, path),
            places=(next(said, rows[0]).place,),
            new_code=project.code,
            key=path,
            row=at,
            reason=Reason.LEDGER_DIFFERS,
        )
