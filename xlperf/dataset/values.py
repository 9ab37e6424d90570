"""How a value stands in a dataset, and back: nothing is lost, and a number is a number to any program.

A number that no float holds exactly is stored as its digits. So a word that begins like digits gets an apostrophe in
front, as a sheet shows one. Text that is no Unicode (bytes of a file name) is stored as bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from xlperf.dataset.schema import Kind

Value = Decimal | int | str | dt.date | None
Stored = int | float | str | bytes | None
Restore = Callable[[Any], Value]

CERTAIN = 15  # digits that every float keeps
PLACES = 25  # before or behind the point; no amount is so large or so small
DIGITS = tuple("-0123456789")


def stored(value: Value) -> Stored:
    """A value as the dataset holds it; "" is nothing."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode("utf-8", "surrogatepass")
        return value or None
    if isinstance(value, dt.date):
        return value.isoformat()
    return _number(value) if isinstance(value, Decimal) else value


def stored_number(value: Value) -> Stored:
    """A number, or what stands in its place."""
    quoted = isinstance(value, str) and value.startswith((*DIGITS, "'"))
    return stored(f"'{value}" if quoted else value)


def _number(value: Decimal) -> Stored:
    if not -PLACES < value.adjusted() < PLACES:
        return str(value)
    digits = f"{value:f}"
    number: int | float = float(digits) if "." in digits else int(digits)
    return number if len(digits) <= CERTAIN or (Decimal(repr(number)) == value and abs(number) < 2**53) else digits


def _text(value: Any) -> str:
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value or ""


def _value(value: Any) -> Value:
    if isinstance(value, (int, float)):
        return Decimal(repr(value))
    if isinstance(value, str) and value.startswith(DIGITS):
        return Decimal(value)
    text = _text(value)
    return text.removeprefix("'") or None


def _date(value: Any) -> Value:
    return dt.date.fromisoformat(value) if value else None


STORE: Mapping[Kind, Callable[[Value], Stored]] = {**dict.fromkeys(Kind, stored), Kind.NUMBER: stored_number}
RESTORE: Mapping[Kind, Restore] = {
    Kind.TEXT: _text,
    Kind.COUNT: lambda value: value,
    Kind.DATE: _date,
    Kind.NUMBER: _value,
}
