"""How people type, and what of it is kept: blanks, widths, line ends, numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from xlperf.model.text import (
    CELL_LIMIT,
    MONEY_UNITS,
    Number,
    Quantity,
    Text,
    clean,
    close_lines,
    exact,
    fold,
    read_money,
    read_number,
    read_share,
    squeeze,
    to_wan,
)

any_text = st.text(max_size=60)


def test_clean_knows_one_blank_and_one_line_end():
    assert clean("\u00a0甲\u3000乙\t丙 \r\n丁\r戊\u2028己\u2029") == "甲 乙 丙\n丁\n戊\n己"
    assert clean("\ufeff甲\u200b") == "甲"


def test_clean_drops_what_no_file_can_carry():
    assert clean("甲\x00\x0b\x1f\x7f\x85\ud800\uffff乙") == "甲乙"


def test_a_text_has_no_more_lines_than_a_cell_and_keeps_its_words():
    lines = [f"第{i}行" for i in range(300)]
    closed = "\n".join(lines[:253]) + "\n" + " ".join(lines[253:])

    assert close_lines("\n".join(lines)) == closed
    assert closed.count("\n") == 253
    assert close_lines(closed) == closed
    assert TypeAdapter(Text).validate_python("\n".join(lines)) == closed
    assert TypeAdapter(Quantity).validate_python("\n".join(lines)) == closed


def test_squeeze_makes_widths_and_blanks_alike():
    assert squeeze("其中：财政    资金") == squeeze("其中:财政资金") == "其中:财政资金"
    assert squeeze("（承财【２０２３】６号）") == "(承财【2023】6号)"


def test_fold_keeps_every_position():
    assert fold("≥９５．５％，ＡＢ（㎡）￣") == "≥95.5%,AB(㎡)￣"
    assert fold("m²①½") == "m²①½"


@given(any_text)
def test_theorems_of_texts(text):
    assert clean(clean(text)) == clean(text)
    assert squeeze(squeeze(text)) == squeeze(text)
    assert squeeze(clean(text)) == squeeze(text)
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("20", "20"),
        ("20.00", "20.00"),
        ("２０．００", "20.00"),
        ("2,000.50", "2000.50"),
        ("２，０００", "2000"),
        ("1,234,567", "1234567"),
        (" 1 000 ", "1000"),
        ("12.5\n13", None),
        ("12.5 13", None),
        ("-3", "-3"),
        ("－3", "-3"),
        ("−3", "-3"),
        ("+3", "3"),
        (".5", "0.5"),
        ("2000万", "20000000"),
        ("1.5亿", "150000000"),
        ("", None),
        ("20%", None),
        ("20元", None),
        ("2,00", None),
        ("1,2345", None),
        ("12.", None),
        ("1e5", None),
        ("10²", None),
        ("①", None),
        ("½", None),
        ("二十", None),
        ("--3", None),
        ("NaN", None),
    ],
)
def test_read_number(text, number):
    assert read_number(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("text", "share"),
    [("20%", "0.2"), ("２０％", "0.2"), ("20 %", "0.2"), ("5‰", "0.005"), ("120%", "1.2"), ("20", None), ("%", None)],
)
def test_read_share(text, share):
    assert read_share(text) == (None if share is None else Decimal(share))


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("20", "万元", "20"),
        ("200000", "元", "20"),
        ("2000", "千元", "200"),
        ("3", "百万元", "300"),
        ("0.2", "亿元", "2000"),
        ("20万元", "元", "20"),
        ("200000元", "万元", "20"),
        ("2000万", "元", "2000"),
        ("1亿", "万元", "10000"),
        ("5百万元", "万元", "500"),
        ("￥20.00", "万元", "20"),
        ("¥1,000.00", "万元", "1000"),
        ("元", "万元", None),
        ("约20", "万元", None),
        ("20元整", "万元", None),
    ],
)
def test_read_money(text, unit, amount):
    assert read_money(text, unit) == (None if amount is None else Decimal(amount))


@given(st.decimals(min_value=0, max_value=10**6, places=4), st.sampled_from(sorted(MONEY_UNITS)))
def test_a_unit_written_and_a_unit_of_the_place_say_the_same(number, unit):
    assert read_money(f"{number}{unit}") == read_money(str(number), unit) == to_wan(number, unit)


@given(any_text)
def test_readers_never_raise(text):
    for read in (read_number, read_share, read_money):
        assert read(text) is None or read(text).is_finite()


def test_exact_is_what_the_person_typed():
    assert exact(0.1) == Decimal("0.1")
    assert exact(287.0) == Decimal(287)
    assert exact(3) == Decimal(3)


def test_numbers_have_one_spelling_and_bounds():
    number = TypeAdapter(Number).validate_python

    assert [str(number(value)) for value in ("20.00", 0.1, 1200, "-0", "1E+3")] == ["20", "0.1", "1200", "0", "1000"]
    assert number("999999999.999999") == Decimal("999999999.999999")
    for value, reason in (
        ("1000000000", "number_too_large"),
        ("0.0000001", "too_many_places"),
        (float("nan"), "finite"),
        (float("inf"), "finite"),
        ("二十", "decimal"),
    ):
        with pytest.raises(ValidationError, match=reason):
            number(value)


def test_a_quantity_is_a_number_or_the_words_instead():
    quantity = TypeAdapter(Quantity).validate_python

    assert quantity("２,０００") == Decimal(2000)
    assert quantity(2.5) == Decimal("2.5")
    assert quantity(" 良好 ") == "良好"
    assert quantity("  ") is None
    assert quantity(None) is None


def test_a_text_is_never_longer_than_a_cell():
    text = TypeAdapter(Text).validate_python

    assert text(None) == ""
    assert len(text("长" * CELL_LIMIT)) == 32_767
    with pytest.raises(ValidationError, match="string_too_long"):
        text("长" * (CELL_LIMIT + 1))
