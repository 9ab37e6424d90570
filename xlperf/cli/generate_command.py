"""`xlperf generate`: the workbooks staff fill in."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Collection
from decimal import Decimal

from xlperf.cli.output import Output, Writing, exit_code
from xlperf.form.editions import PERIOD_OF, PERIODS
from xlperf.jobs.generate import Made, generate
from xlperf.jobs.sources import is_list
from xlperf.measure import find_pack
from xlperf.model import BudgetUnit, UsageError
from xlperf.model.messages import FIELDS
from xlperf.model.text import cut, cut_to_cell, squeeze
from xlperf.prepare.payments import Paid


def run(args: Namespace, out: Output) -> int:
    """Print the path of every workbook as it is written, why it has macros or none, and what the source is lacking."""
    if (args.source is None) == (args.blank is None):
        raise UsageError("source_or_blank")
    writing = Writing(out)
    made = generate(
        args.blank if args.source is None else args.source,
        args.out,
        period=PERIOD_OF.get(args.period),
        layout=args.layout or "",
        plan=args.plan,
        payments=args.payments,
        year=args.year,
        unit=BudgetUnit(code=cut_to_cell(squeeze(args.unit[0])), name=cut_to_cell(args.unit[1])) if args.unit else None,
        as_of=args.as_of,
        by_project=args.split == "project",
        pack=args.pack,
        rows=args.rows,
        macros=False if args.no_macros else args.macros or None,
        force=args.force,
        accept_partial=args.accept_partial,
        backup=args.force,
        preferences=args.preferences,
        done=writing,
    )
    out.unused(args.preferences.unused(()))
    if writing.count:
        out.tell(made.kind)
    for is_now in (True, False):
        of_kind = [path for path, kept_now in made.kept if kept_now is is_now]
        if len(of_kind) == 1:
            out.kept(of_kind[0], is_now)
        elif of_kind:
            out.tell("several_kept" if is_now else "several_older_kept", count=len(of_kind), path=of_kind[0])
    if made.year_from not in ("", "given"):
        out.tell(f"year_from_{made.year_from}", year=made.year)
    _tell_settings(made, args.preferred, out)
    for key, names in (("ended", made.ended), ("added", made.added)):
        if names:
            out.tell(f"projects_{key}", count=len(names), names="、".join(names))
    if made.paid:
        _account(made.paid, out)
    if made.not_carried:
        out.tell("not_carried", count=len(made.not_carried))
        for each in made.not_carried:
            what = " ".join(filter(None, (each.code or each.name, each.indicator, each.field)))
            out.tell("not_carried_item", what=what, value=cut(each.value), place=each.origin, reason=each.reason.value)
    findings = made.findings
    if args.payments or args.source is None or is_list(args.source) or args.source.is_dir():
        out.findings(findings)  # `check` reads documents and workbooks, no lists
    elif findings:
        out.tell("document_findings", count=len(findings), path=args.source)
    return max([exit_code({each.code for each in findings}, args.fail_on), *writing.trouble])


def _tell_settings(made: Made, preferred: Collection[str], out: Output) -> None:
    """Say on which day and by which rule pack the workbooks reckon, and where both come from."""
    period = made.settings.period
    origins = made.origins._asdict()
    words = {
        name: f"{name}_{'preferred' if name in preferred and origin == 'given' else origin}"
        for name, origin in origins.items()
    }
    if made.origins.as_of == "usual":
        words["as_of"] += f"_{PERIODS[period].replace('-', '_')}"
    pack = find_pack(made.settings.pack)
    out.tell(
        "settings_line",
        as_of=made.settings.as_of,
        as_of_origin=out.line(words["as_of"]),
        pack=f"{made.settings.pack} {pack.zh if pack else ''}".strip(),
        pack_origin=out.line(words["pack"]),
    )


def _account(paid: Paid, out: Output) -> None:
    """Say where the rows of the ledger went, to the cent."""
    rows = {
        "matched": paid.matched,
        "unmatched": paid.unmatched,
        "without_month": paid.without_month,
        "other_years": paid.other_years,
    }
    for key, of_kind in rows.items():
        if of_kind or key == "matched":
            amount = sum((row.amount for row in of_kind), Decimal(0))
            out.tell(f"ledger_{key}", count=len(of_kind), amount=_plain(amount))
        for row in of_kind if key != "matched" else paid.refunds:
            place = " ".join(filter(None, (row.place.sheet, row.place.cell or str(row.place.line or ""))))
            out.tell("ledger_row", place=place, what=f"{row.code} {row.name}".strip(), amount=f"{row.amount:f}")
    for folded, amount in paid.folded.items():
        source, into = (FIELDS[name][out.lang != "zh"] for name in folded)
        out.tell("ledger_folded", source=source, into=into, amount=_plain(amount))
    if paid.absent:
        names = "、".join(project.name or project.code for project in paid.absent)
        out.tell("ledger_absent", count=len(paid.absent), names=names)


def _plain(amount: Decimal) -> str:
    return f"{amount:.6f}".rstrip("0").rstrip(".")
