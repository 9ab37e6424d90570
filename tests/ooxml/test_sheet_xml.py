"""Rows of a long list: each cell is spelled by its value alone, whatever stood in the rows before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlperf.dataset.schema import Kind
from xlperf.dataset.values import RESTORE, STORE
from xlperf.ooxml import sheet_xml
from xlperf.ooxml.sheet_xml import RowWriter, Value, hyperlink_xml

NUMBERS = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2) | st.integers(-9, 9)
VALUES = NUMBERS | st.dates()
AS_IT_IS = [lambda value: value]
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=9)


def test_a_row_of_every_kind() -> None:
    row = RowWriter("123456", AS_IT_IS * 6).row(7, ("甲 & 乙%b#", None, "", Decimal("0.10"), 12, dt.date(2026, 10, 31)))

    assert row.decode() == (
        '<row r="7"><c r="A7" s="1" t="inlineStr"><is><t xml:space="preserve">甲 &amp; 乙%b#</t></is></c>'
        '<c r="B7" s="2"/><c r="C7" s="3"/><c r="D7" s="4"><v>0.1</v></c>'
        '<c r="E7" s="5"><v>12</v></c><c r="F7" s="6"><v>46326</v></c></row>'
    )


@given(st.lists(st.tuples(VALUES | TEXTS, VALUES | TEXTS), max_size=12))
def test_a_row_does_not_depend_on_those_before_it(rows: Sequence[tuple[Value, Value]]) -> None:
    with pytest.MonkeyPatch.context() as few:
        few.setattr(sheet_xml, "MOST_KEPT", 3)
        writer = RowWriter("01", AS_IT_IS * 2)
        assert [writer.row(1, row) for row in rows] == [RowWriter("01", AS_IT_IS * 2).row(1, row) for row in rows]


def test_a_row_has_a_value_for_each_column() -> None:
    with pytest.raises(TypeError):
        RowWriter("01", AS_IT_IS * 2).row(1, ("甲",))


@given(st.lists(st.tuples(NUMBERS | TEXTS, TEXTS), max_size=12))
def test_a_row_is_spelled_from_what_is_stored_as_from_its_values(rows: Sequence[tuple[Value, str]]) -> None:
    kinds = (Kind.NUMBER, Kind.TEXT)
    writer, plain = RowWriter("01", [RESTORE[kind] for kind in kinds]), RowWriter("01", AS_IT_IS * 2)
    for row in rows:
        stored = [STORE[kind](value) for kind, value in zip(kinds, row, strict=True)]
        assert writer.row(1, stored) == plain.row(1, row)


def test_links() -> None:
    assert hyperlink_xml("A1", "'“甲”'!C3") == '<hyperlink ref="A1" location="\'“甲”\'!C3"/>'
    assert hyperlink_xml("A1", "", "link0") == '<hyperlink ref="A1" r:id="link0"/>'
    assert hyperlink_xml("A1", "'\"'!C3", "link0") == '<hyperlink ref="A1" r:id="link0" location="\'&quot;\'!C3"/>'
