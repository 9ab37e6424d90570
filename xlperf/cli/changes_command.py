"""`xlperf changes`: which values changed between two consolidations, unit by unit."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from itertools import groupby

from xlperf.cli.output import Output
from xlperf.dataset.changes import ChangeKind
from xlperf.jobs.changes import compare


def run(args: Namespace, out: Output) -> int:
    """Print the changes of every unit, the counts first."""
    comparison = compare(args.dataset, args.since)
    if args.json:
        out.json(
            {
                "before": comparison and f"{comparison.before:%Y-%m-%d %H:%M:%S}",
                "after": comparison and f"{comparison.after:%Y-%m-%d %H:%M:%S}",
                "changes": [
                    {key: None if value is None else str(value) for key, value in change._asdict().items()}
                    for change in (comparison.changes if comparison else ())
                ],
            }
        )
        return 0
    if comparison is None:
        out.tell("nothing_to_compare")
        return 0
    for unit, of_unit in groupby(comparison.changes, key=lambda change: change.unit):
        listed = list(of_unit)
        kinds = Counter(change.kind for change in listed)
        counts = out.line("and_then").join(f"{_kind(kind, out)} {count}" for kind, count in kinds.items())
        out.data(out.line("unit_changes", unit=unit or "—", count=len(listed), counts=counts))
        for change in listed:
            line = out.line(
                "change_line",
                kind=_kind(change.kind, out),
                what=" ".join(filter(None, (change.name, change.item))),
                before=_shown(change.before),
                after=_shown(change.after),
                place=" › ".join(filter(None, (change.file, change.sheet, change.cell))),
            )
            out.data(line)
    out.tell("compared", before=f"{comparison.before:%Y-%m-%d %H:%M}", after=f"{comparison.after:%Y-%m-%d %H:%M}")
    return 0


def _kind(kind: ChangeKind, out: Output) -> str:
    return out.line(f"change_{kind.name.lower()}")


def _shown(value: object) -> str:
    return "—" if value is None else str(value)
