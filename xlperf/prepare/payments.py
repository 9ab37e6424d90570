"""Fills the payments of a department from the ledger of the finance system; every row of it is accounted for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from xlperf.model import Department, Funds, Ledger, Payment, Project
from xlperf.model.text import code_key
from xlperf.prepare.leaves import as_text, leaves
from xlperf.prepare.not_carried import NotCarried, Reason, field_name


class Paid(NamedTuple):
    """A department with the payments of a ledger; each of its rows is in one of the first four.

    `unmatched` rows name no project of the department, or one that is there twice. `replaced` is what had been typed
    and the ledger says otherwise. `absent` are projects with payments of which the ledger has none; theirs stay.
    """

    department: Department
    matched: tuple[Payment, ...]
    unmatched: tuple[Payment, ...]
    without_month: tuple[Payment, ...]
    other_years: tuple[Payment, ...]
    replaced: tuple[NotCarried, ...]
    absent: tuple[Project, ...]

    @property
    def refunds(self) -> tuple[Payment, ...]:
        """The matched rows that are negative; they are in the sums."""
        return tuple(row for row in self.matched if row.amount < 0)


def with_payments(department: Department, ledger: Ledger) -> Paid:
    """The department with the ledger's payments by month, up to its last one, and by source.

    A month without a payment is blank. The sources of a project stay where the ledger does not know those of all rows.
    """
    codes = [code_key(project.code) for project in department.projects]
    counts = Counter(codes)
    homes = {code: i for i, code in enumerate(codes) if code and counts[code] == 1}
    matched: list[Payment] = []
    unmatched: list[Payment] = []
    without_month: list[Payment] = []
    other_years: list[Payment] = []
    of_project: dict[int, list[Payment]] = defaultdict(list)
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
            of_project[home].append(row)
    last = max((row.month or 0 for row in (*matched, *unmatched)), default=0)
    projects: list[Project] = []
    replaced: list[NotCarried] = []
    absent: list[Project] = []
    for i, project in enumerate(department.projects):
        if i in of_project:
            paid = _paid(project, of_project[i], last)
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
    )


def _paid(project: Project, rows: Sequence[Payment], last: int) -> Project:
    months = _sums((row.month, row.amount) for row in rows)
    payments = (*(months.get(month) for month in range(1, last + 1)), *project.payments[last:])
    funds = (
        Funds(**_sums((row.source, row.amount) for row in rows)) if all(row.source for row in rows) else project.paid
    )
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
            place=next(said, rows[0]).place,
            new_code=project.code,
            key=path,
            row=at,
            reason=Reason.LEDGER_DIFFERS,
        )
