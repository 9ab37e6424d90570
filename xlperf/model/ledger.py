"""The payments ledger of the finance system. A row without a month or a code is a payment all the same."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from xlperf.measure import MONTHS
from xlperf.model.department import Noun
from xlperf.model.finding import Locus
from xlperf.model.text import Money, Text, Word


class Payment(Noun):
    """A row: an amount in 万元, negative for a refund; `source` is a field of `Funds`, "" where it names none.

    `year` is None where the row says only the month, `month` where it says none.
    """

    code: Word = ""
    name: Text = ""
    year: int | None = None
    month: Annotated[int, Field(ge=1, le=MONTHS)] | None = None
    amount: Money
    source: str = ""
    place: Locus = Locus()


class Ledger(Noun):
    """The rows in their order."""

    rows: tuple[Payment, ...] = ()
