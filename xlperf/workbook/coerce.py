"""From what a cell holds to what its slot means: numbers, money, shares, dates, choices, words.

Every reading that is not plain leaves a finding; what cannot be read is None, never 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from xlperf.form import Answers, Cell, Layout, Place, Slot
from xlperf.model import sentences
from xlperf.model.text import (
    CELL_LIMIT,
    Number,
    clean,
    cut_to_cell,
    fits_a_cell,
    read_money,
    read_number,
    read_share,
    squeeze,
)
from xlperf.workbook.dates import from_text
from xlperf.workbook.formats import Formats
from xlperf.workbook.grid import CellError
from xlperf.workbook.report import Report, cut

PLACES = 6
SHORT = CELL_LIMIT // 2  # characters that fit a cell whatever they are
LARGEST = Decimal(10) ** 9
PERCENT_UNITS = ("", "%", "百分比", "百分点", "个百分点")  # squeezed
EXACT_DIGITS = Decimal(10) ** 15  # a number this large has lost its last digits
_NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number)

Option = TypeVar("Option")


@lru_cache(maxsize=256)
def _band(key: str) -> str:
    """The band a slot's key names."""
    return key.partition(".")[0]


class Entries:
    """The answers of one sheet, asked for by slot key and, within a band, row; faults go to the report."""

    def __init__(self, answers: Answers, layout: Layout, report: Report, formats: Formats) -> None:
        self.answers, self.layout, self.report, self.formats = answers, layout, report, formats
        self._single, self._bands = answers.single, answers.bands

    def raw(self, key: str, row: int = -1) -> Cell:
        """What the cell holds; None for a blank."""
        return self._single.get(key) if row < 0 else self._bands[_band(key)][row].get(key)

    def place(self, key: str, row: int = -1) -> Place:
        """Where that is."""
        return self.layout.slots[key] if row < 0 else self.layout.bands[key.split(".")[0]][row][key]

    def tell(self, code: str, key: str, row: int = -1, **values: object) -> None:
        """Report a fault of this answer."""
        place = self.place(key, row)
        assert isinstance(place.piece, Slot)
        self.report.add(code, place.cell, field=place.piece.label or key, **values)

    # --- texts -------------------------------------------------------------------------------------------------------

    def text(self, key: str, row: int = -1) -> str:
        """A text; a number typed as one reads as it looks (14, not 14.0)."""
        raw = self._single.get(key) if row < 0 else self._bands[_band(key)][row].get(key)
        if raw is None:
            return ""
        if type(raw) is str:
            words = clean(raw)
            return words if len(words) < SHORT else self.limited(words, key, row)
        if isinstance(raw, CellError):
            self.tell("XPF306", key, row, text=raw)
            return ""
        if isinstance(raw, Decimal):
            return self._words_of(raw, key, row)
        return str(raw).upper() if isinstance(raw, bool) else str(raw)

    def _words_of(self, number: Decimal, key: str, row: int) -> str:
        """What a number looks like where a text belongs."""
        words = f"{number:f}"
        day = self.formats.day(self.place(key, row).cell, number)
        if day is not None:
            self.tell("XPF402", key, row, text=words, value=day)
            return day.isoformat()
        if abs(number) >= EXACT_DIGITS:
            self.tell("XPF409", key, row, text=words)
        return words

    def lines(self, key: str) -> tuple[str, int]:
        """A band column as the lines of one text, and the row of its first line; blank rows between lines stay."""
        rows = range(len(self.answers.bands[key.split(".")[0]]))
        raws = (self.raw(key, row) for row in rows)
        texts = [raw if type(raw) is str else self.text(key, row) for row, raw in enumerate(raws)]
        first = next((row for row, text in enumerate(texts) if clean(text)), 0)
        return self.limited(clean("\n".join(texts)), key, 0), first

    def texts(self, key: str) -> dict[int, str]:
        """The rows of a band column by their place in the band, blank ones left out."""
        rows = range(len(self.answers.bands[key.split(".")[0]]))
        return {row: words for row in rows if (words := self.text(key, row))}

    def limited(self, words: str, key: str, row: int = -1) -> str:
        """The text, cut with a finding where no cell could hold it."""
        if not fits_a_cell(words):
            self.tell("XPF408", key, row, limit=CELL_LIMIT)
        return cut_to_cell(words)

    def choice(self, key: str, options: Mapping[str, Option], row: int = -1) -> Option | None:
        """One of the options by its squeezed spelling; None for a blank and, with a finding, for anything else."""
        words = self.text(key, row)
        if not words:
            return None
        option = options.get(words) or options.get(squeeze(words))
        if option is None:
            self.tell("XPF404", key, row, text=cut(self.raw(key, row)))
        return option

    # --- numbers -----------------------------------------------------------------------------------------------------

    def number(self, key: str, row: int = -1) -> Decimal | None:
        """A number; digits typed as text count, words do not."""
        raw = self.raw(key, row)
        if type(raw) is str:
            return self._said(key, row, raw, read_number(raw))
        return self._figure(key, row, raw)

    def money(self, key: str, row: int = -1) -> Decimal | None:
        """An amount in 万元; a unit typed behind it counts."""
        raw = self.raw(key, row)
        if type(raw) is str:
            return self._said(key, row, raw, read_money(raw))
        return self._figure(key, row, raw)

    def quantity(self, key: str, unit: str, row: int) -> Decimal | str | None:
        """A number in the unit written beside it, or the words that stand in its place.

        Typing 95% makes a spreadsheet store 0.95, typing 12-31 a serial number: read as what the clerk sees.
        """
        raw = self.raw(key, row)
        if type(raw) is str:
            number = read_number(raw)
            return self._said(key, row, raw, number) if number is not None else self.text(key, row) or None
        value = self._plain(key, row, raw)
        if value is None:
            return None
        cell = self.place(key, row).cell
        if self.formats.is_percent(cell) and squeeze(unit) in PERCENT_UNITS:
            seen = self._bounded(key, row, (100 * value).normalize())
            if seen is not None:
                self.tell("XPF415", key, row, text=f"{seen:f}%", value=f"{seen:f}")
            return seen
        day = self.formats.day(cell, value)
        return value if day is None else self._words_of(value, key, row)

    def shares(self, keys: tuple[str, ...]) -> tuple[Decimal | None, ...]:
        """Shares that stand in one row: if any bare number exceeds 1, all bare numbers are percents.

        Where some are fractions that the sheet shows with their percent sign, 1 is 100 % and no bare number either.
        """
        bare = [self._bare(self.raw(key)) for key in keys]
        percents = any(number is not None and number > 1 for number in bare)
        if percents:
            shown = [self._is_shown(key, number) for key, number in zip(keys, bare, strict=True)]
            if any(is_shown and number != 1 for is_shown, number in zip(shown, bare, strict=True)):
                bare = [None if is_shown else number for is_shown, number in zip(shown, bare, strict=True)]
        return tuple(self._share(key, number, percents) for key, number in zip(keys, bare, strict=True))

    def share(self, key: str) -> Decimal | None:
        """A share on its own."""
        return self.shares((key,))[0]

    def count(self, key: str, least: int, most: int) -> int | None:
        """A whole number between two bounds."""
        number = self.number(key)
        if number is None:
            return None
        if number != int(number) or not least <= number <= most:
            self.tell("XPF410", key, text=f"{number:f}", least=least, most=most)
            return None
        return int(number)

    def date(self, key: str) -> dt.date | None:
        """A day of this century."""
        raw = self.raw(key)
        if raw is None or isinstance(raw, dt.date):
            return raw
        if type(raw) is str and not clean(raw):
            return None
        if isinstance(raw, CellError):
            self.tell("XPF306", key, text=raw)
            return None
        day = from_text(raw) if isinstance(raw, str) else None
        if day is None:
            self.tell("XPF411", key, text=cut(raw))
        else:
            self.tell("XPF402", key, text=cut(raw), value=day)
        return day

    @staticmethod
    def _bare(raw: Cell) -> Decimal | None:
        if isinstance(raw, Decimal):
            return raw
        return read_number(raw) if type(raw) is str else None

    def _is_shown(self, key: str, number: Decimal | None) -> bool:
        """Whether the cell shows a share as what it is, with a percent sign."""
        is_share = isinstance(self.raw(key), Decimal) and number is not None and 0 < number <= 1
        return is_share and self.formats.is_percent(self.place(key).cell)

    def _share(self, key: str, bare: Decimal | None, percents: bool) -> Decimal | None:
        raw = self.raw(key)
        if bare is not None and percents:
            value = self._bounded(key, -1, bare / 100)
            if value is not None:
                self.tell("XPF405", key, text=cut(raw), value=f"{bare.normalize():f}%")
            return value
        if type(raw) is str:
            return self._said(key, -1, raw, read_share(raw) if bare is None else bare, is_share=True)
        return self._plain(key, -1, raw)

    def _said(
        self, key: str, row: int, words: str, number: Decimal | None, *, is_share: bool = False
    ) -> Decimal | None:
        """A number that stands in the cell as text."""
        if number is None:
            if clean(words):
                self.tell("XPF401", key, row, text=cut(words.strip()))
            return None
        value = self._bounded(key, row, number)
        if value is not None:
            shown = f"{(100 * value).normalize():f}%" if is_share else f"{value.normalize():f}"
            self.tell("XPF402", key, row, text=cut(words.strip()), value=shown)
        return value

    def _plain(self, key: str, row: int, raw: Cell) -> Decimal | None:
        """Anything but text where a number belongs."""
        if raw is None:
            return None
        if isinstance(raw, Decimal):
            return self._bounded(key, row, raw)
        if isinstance(raw, CellError):
            self.tell("XPF306", key, row, text=raw)
        else:
            self.tell("XPF401", key, row, text=str(raw).upper())
        return None

    def _figure(self, key: str, row: int, raw: Cell) -> Decimal | None:
        """A number as the sheet shows it: a day is none, and a percentage hardly what was meant."""
        value = self._plain(key, row, raw)
        if value is None:
            return None
        cell = self.place(key, row).cell
        if day := self.formats.day(cell, value):
            self.tell("XPF401", key, row, text=day)
            return None
        if self.formats.is_percent(cell):
            self.tell("XPF415", key, row, text=f"{(100 * value).normalize():f}%", value=f"{value:f}")
        return value

    def _bounded(self, key: str, row: int, number: Decimal) -> Decimal | None:
        """The number if the model takes it, rounded to the places it keeps."""
        try:
            kept = as_kept(number)
        except ValidationError as error:
            self.tell("XPF403", key, row, reason="；".join(sentences(error)))
            return None
        if kept != number:
            self.tell("XPF412", key, row, text=f"{number:f}", value=f"{kept.normalize():f}")
        return kept


@lru_cache(maxsize=4096)  # figures recur
def _within_places(number: Decimal) -> bool:
    return int(number.as_tuple().exponent) >= -PLACES


def as_kept(number: Decimal) -> Decimal:
    """The number at the places the model keeps. Raises ValidationError where it is larger than the model takes."""
    if -LARGEST < number < LARGEST:
        if _within_places(number):
            return number
        number = number.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP)
    return number if abs(number) < LARGEST else _NUMBER.validate_python(number)
