"""Payments from the ledger: the ledger wins, and its total is that of the new workbook and of what is left over."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from prepare.filled import CODE, OTHER, department, project
from strategies import thorough

from xlperf.model import Department, Funds, Ledger, Locus, Payment
from xlperf.prepare.payments import with_payments


def row(amount: str, month: int | None = 3, code: str = CODE, **more: object) -> Payment:
    fields = {"year": 2026, "source": "fiscal_funds", "place": Locus(file="台账.xlsx", cell=amount), **more}
    return Payment(code=code, month=month, amount=Decimal(amount), **fields)


def ledger(*rows: Payment) -> Ledger:
    return Ledger(rows=rows)


def test_the_months_and_the_sources_are_filled_in() -> None:
    rows = [row("1.25"), row("0.75"), row("2", 5, source="carryover"), row("-0.5", 5), row("9", 2, code=OTHER)]

    paid = with_payments(department(project(), project(OTHER, "装备费")), ledger(*rows))

    first, second = paid.department.projects
    assert first.payments[:6] == (None, None, 2, None, Decimal("1.5"), None)
    assert first.paid == Funds(fiscal_funds=Decimal("1.5"), carryover=2)
    assert second.payments[:6] == (None, 9, None, None, None, None)
    assert (paid.matched, paid.refunds) == (tuple(rows), (rows[3],))
    assert (paid.unmatched, paid.other_years, paid.replaced, paid.absent) == ((), (), (), ())


def test_a_source_the_form_has_no_row_for_stands_in_the_one_it_is_part_of() -> None:
    rows = [row("1"), row("2", source="carryover"), row("4", source="own_funds"), row("8", source="special_account")]

    monitored = with_payments(department(project()), ledger(*rows), ("fiscal_funds", "other_funds"))
    planned = with_payments(department(project()), ledger(*rows), ())

    assert monitored.department.projects[0].paid == Funds(fiscal_funds=3, other_funds=12)
    assert monitored.folded == {
        ("carryover", "fiscal_funds"): 2,
        ("own_funds", "other_funds"): 4,
        ("special_account", "other_funds"): 8,
    }
    assert monitored.matched == tuple(rows)
    assert planned.department.projects[0].paid == Funds(fiscal_funds=1, carryover=2, own_funds=4, special_account=8)
    assert planned.folded == {}


def test_rows_that_belong_nowhere_are_kept_apart() -> None:
    rows = [row("1", code="X"), row("2", code=""), row("3", year=2025), row("4", None), row("5", year=None)]

    paid = with_payments(department(project(code=CODE.lower())), ledger(*rows))

    assert paid.unmatched == (rows[0], rows[1])
    assert (paid.other_years, paid.without_month, paid.matched) == ((rows[2],), (rows[3],), (rows[4],))
    assert paid.department.projects[0].payments[2] == 5


def test_a_code_that_is_there_twice_is_not_chosen_between() -> None:
    paid = with_payments(department(project(), project()), ledger(row("1")))

    assert len(paid.unmatched) == 1
    assert paid.department == department(project(), project())


def test_the_ledger_wins_up_to_its_last_month_and_what_was_typed_is_listed() -> None:
    typed = (Decimal(1), Decimal(2), Decimal(3), Decimal(4), *(None,) * 8)
    before = project(payments=typed, paid=Funds(fiscal_funds=Decimal(10), own_funds=Decimal(1)))

    paid = with_payments(department(before), ledger(row("1", 1), row("2.5", 3)))

    (after,) = paid.department.projects
    assert after.payments[:5] == (1, None, Decimal("2.5"), 4, None)
    assert after.paid == Funds(fiscal_funds=Decimal("3.5"))
    assert [(n.field, n.value, n.stands, n.places[0].cell, n.key, n.row) for n in paid.replaced] == [
        ("执行数·财政资金", "10", "3.5", "1", "paid.fiscal_funds", -1),
        ("执行数·单位资金", "1", "", "1", "paid.own_funds", -1),
        ("各月支付数·2月", "2", "", "1", "payments", 1),
        ("各月支付数·3月", "3", "2.5", "2.5", "payments", 2),
    ]
    assert {n.reason.name for n in paid.replaced} == {"LEDGER_DIFFERS"}


def test_a_source_the_ledger_does_not_know_leaves_the_sources_alone() -> None:
    before = project(paid=Funds(own_funds=Decimal(7)))

    paid = with_payments(department(before), ledger(row("1"), row("2", source="")))

    assert paid.department.projects[0].paid == before.paid
    assert paid.department.projects[0].payments[2] == 3


def test_a_project_without_a_row_keeps_its_payments_and_is_named() -> None:
    typed = project(OTHER, "装备费", payments=(Decimal(1), *(None,) * 11))

    paid = with_payments(department(project(), typed), ledger(row("1")))

    assert paid.department.projects[1] == typed
    assert paid.absent == (typed,)


cents = st.integers(-(10**10), 10**10).map(lambda cents: Decimal(cents).scaleb(-6))
payments = st.builds(
    Payment,
    code=st.sampled_from((CODE, OTHER, "", "X")),
    year=st.sampled_from((None, 2026, 2025)),
    month=st.none() | st.integers(1, 12),
    amount=cents,
    source=st.sampled_from(("", *Funds.model_fields)),
)
known = st.builds(
    project,
    st.sampled_from((CODE, OTHER, "Y", "")),
    payments=st.tuples(*[st.none() | cents] * 12),
    indicators=st.just(()),
)


@thorough
@given(st.lists(known, max_size=3).map(lambda projects: department(*projects)), st.lists(payments, max_size=30))
def test_every_cent_of_the_ledger_is_accounted_for(before: Department, rows: list[Payment]) -> None:
    paid = with_payments(before, ledger(*rows))

    parts = (paid.matched, paid.unmatched, paid.without_month, paid.other_years)
    assert sorted(map(id, (row for part in parts for row in part))) == sorted(map(id, rows))
    last = max((row.month or 0 for row in (*paid.matched, *paid.unmatched)), default=0)
    codes = {row.code for row in paid.matched}
    filled = [project for project in paid.department.projects if project.code in codes]
    months = sum(amount or 0 for project in filled for amount in project.payments[:last])
    assert months == sum(row.amount for row in paid.matched)
    by_source = [project for project in filled if all(row.source for row in paid.matched if row.code == project.code)]
    for project_ in by_source:
        assert sum(amount or 0 for _, amount in project_.paid) == sum(
            amount or 0 for amount in project_.payments[:last]
        )
