"""From what a cell holds to what its slot means: numbers, money, shares, dates.

Every reading that is not plain leaves a finding; what cannot be read is None, never 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from pydantic import ValidationError

from xlperf.checks.rules.vocabulary import PLAINLY_PERCENT, is_measure
from xlperf.form import Cell
from xlperf.measure import shown as seen
from xlperf.measure.statuses import RATINGS
from xlperf.model.text import (
    as_kept,
    clean,
    cut,
    is_divided,
    read_money,
    read_number,
    read_share,
    squeeze,
)
from xlperf.ooxml.dates import EPOCH, from_text
from xlperf.ooxml.format_codes import MONEY_SCALES, SCALES, Kind, Shown, meant
from xlperf.ooxml.grid import CellError
from xlperf.workbook.read.cell_texts import Texts

PERCENTS = ("%", "百分比", "百分点", "个百分点")  # squeezed
FRACTIONS = ("", "比例")  # units that leave open whether 95 % is 95 or 0.95

Reading = Callable[[str], Decimal | None]
"""How a text of digits and a unit is understood where it stands."""


class CellReader(Texts):
    """The answers of one sheet that are numbers and days, besides its texts."""

    def number(self, key: str, row: int = -1) -> Decimal | None:
        """A number; digits typed as text count, words do not."""
        raw = self.raw(key, row)
        if type(raw) is str:
            return self._said(key, row, raw, read_number(raw))
        return self._figure(key, row, raw, read_number)

    def money(self, key: str, row: int = -1) -> Decimal | None:
        """An amount in 万元; a unit typed behind it counts."""
        raw = self.raw(key, row)
        if type(raw) is str:
            return self._said(key, row, raw, read_money(raw))
        return self._figure(key, row, raw, read_money)

    def quantity(self, key: str, unit: str, row: int, beside: str) -> Decimal | str | None:
        """A number in the unit written beside it, or the words that stand in its place.

        Typing 95% makes a spreadsheet store 0.95, typing 12-31 a serial number: read as what the clerk sees. Whether
        95 % is 95 or 0.95 says the unit, else the size of the quantity it is compared with, at the slot `beside`.
        """
        raw = self.raw(key, row)
        if type(raw) is str:
            number, part = (None, None) if is_divided(raw) else (read_number(raw), read_share(raw))
            scale = squeeze(raw)[-1:]
            if number is not None and scale in SCALES and squeeze(unit).startswith(scale):  # 20万 where 万元 is counted
                self.tell("XPF401", key, row, text=cut(raw.strip()))
                return None
            if number is None and part is not None and squeeze(unit) in PERCENTS:
                number = 100 * part
            return self._said(key, row, raw, number) if number is not None else self._rating_or_words(key, row)
        shown = self.shown(key, row, raw) if isinstance(raw, Decimal) else None
        if not isinstance(raw, Decimal) or shown is None:
            return self._plain(key, row, raw)
        if shown.kind is Kind.MOMENT:
            return self.words_of(raw, shown, key, row)
        if shown.kind is Kind.PERCENT:
            return self._percentage(key, row, raw, shown, self._percents(unit, shown.number, beside, row))
        is_counted_in = shown.unit and squeeze(unit).startswith(squeeze(shown.unit))  # 20万 where 万元 is counted
        reading = (lambda _: shown.number) if is_counted_in else read_number
        return self._plain(key, row, raw) if self._is_as_shown(key, row, raw, shown, reading) else None

    def _rating_or_words(self, key: str, row: int) -> str | None:
        """What stands in the place of a number: what nobody sees is no part of a rating."""
        words = self.text(key, row)
        rating = seen(words)
        if rating not in RATINGS:
            return words or None
        self.tell_unseen(key, row, words)
        return rating

    def _percents(self, unit: str, percent: Decimal, key: str, row: int) -> bool | None:
        """Whether this percentage of a row is meant as 95 or as 0.95; None where it may be either.

        The unit tells, else the size of the other quantity of the row, at the slot `key`.
        """
        raw = self.raw(key, row)
        other = read_number(raw) if type(raw) is str else raw
        shown = self.shown(key, row, raw) if isinstance(raw, Decimal) else None
        is_rate = squeeze(unit) in PERCENTS
        if (not is_rate and squeeze(unit) not in FRACTIONS and is_measure(unit)) or isinstance(raw, CellError):
            return None
        if raw is None or (shown and shown.kind is Kind.PERCENT) or (type(raw) is str and read_share(raw) is not None):
            return True
        if not isinstance(other, Decimal) or other == 0 or (shown and shown.kind is not Kind.NUMBER):
            return is_rate or None
        if is_rate:
            return None if 0 < other <= 1 and percent > PLAINLY_PERCENT else True
        return other > 1

    def _percentage(self, key: str, row: int, value: Decimal, shown: Shown, percents: bool | None) -> Decimal | None:
        """A quantity the sheet shows with a percent sign."""
        if percents is None and value:
            self.contradiction(key, row, value, shown)
            return None
        read = self._bounded(key, row, shown.number.normalize() if percents else value)
        if read is not None:
            self.tell("XPF415", key, row, text=shown.text, value=f"{read:f}", stored=f"{value:f}")
        return read

    def shares(self, keys: tuple[str, ...]) -> tuple[Decimal | None, ...]:
        """Shares that stand in one row: if any bare number exceeds 1, all bare numbers are percents.

        Where some are fractions that the sheet shows with their percent sign, 1 is 100 % and no bare number either.
        """
        raws = [self._share_as_shown(key) for key in keys]
        bare = [self._bare(raw) for raw in raws]
        percents = any(number is not None and number > 1 for number in bare)
        if percents:
            shown = [self._is_percent(key, raw) for key, raw in zip(keys, raws, strict=True)]
            if any(is_shown and number != 1 for is_shown, number in zip(shown, bare, strict=True)):
                bare = [None if is_shown else number for is_shown, number in zip(shown, bare, strict=True)]
        answers = zip(keys, raws, bare, strict=True)
        return tuple(self._share(key, raw, number, percents) for key, raw, number in answers)

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
        if raw is None:
            return None
        if isinstance(raw, dt.date):
            return raw if self._is_day_as_shown(key, raw) else None
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

    def _is_day_as_shown(self, key: str, day: dt.date) -> bool:
        """Whether the sheet shows a day where it holds one, or at least its serial number."""
        serial = Decimal((day - EPOCH).days)
        shown = self.shown(key, -1, serial)
        if shown is not None and shown.kind is not Kind.MOMENT:
            self.contradiction(key, -1, serial, shown)
            return False
        return True

    @staticmethod
    def _bare(raw: Cell) -> Decimal | None:
        if isinstance(raw, Decimal):
            return raw
        return read_number(raw) if type(raw) is str and not is_divided(raw) else None

    def _share_as_shown(self, key: str) -> Cell:
        """What a cell of a share holds; nothing where the sheet shows no such number."""
        raw = self.raw(key)
        shown = self.shown(key, -1, raw) if isinstance(raw, Decimal) else None
        if not isinstance(raw, Decimal) or shown is None or shown.kind is Kind.PERCENT or shown.unit == "%":
            return raw
        return raw if self._is_as_shown(key, -1, raw, shown, read_number) else None

    def _is_percent(self, key: str, raw: Cell) -> bool:
        """Whether the cell shows a share as what it is, with a percent sign."""
        if not isinstance(raw, Decimal) or not 0 < raw <= 1:
            return False
        shown = self.shown(key, -1, raw)
        return shown is not None and shown.kind is Kind.PERCENT

    def _share(self, key: str, raw: Cell, bare: Decimal | None, percents: bool) -> Decimal | None:
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
        if number is None or is_divided(words):
            if clean(words):
                self.tell("XPF401", key, row, text=cut(words.strip()))
            return None
        value = self._bounded(key, row, number)
        if value is not None:
            shown = f"{(100 * value).normalize():f}%" if is_share else f"{value.normalize():f}"
            code = "XPF418" if words.strip() == shown else "XPF402"
            self.tell(code, key, row, text=cut(words.strip()), value=shown)
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

    def _figure(self, key: str, row: int, raw: Cell, reading: Reading) -> Decimal | None:
        """A number as the sheet shows it: a day is none, and a percentage hardly what was meant."""
        shown = self.shown(key, row, raw) if isinstance(raw, Decimal) else None
        if not isinstance(raw, Decimal) or shown is None:
            return self._plain(key, row, raw)
        if shown.kind is Kind.PERCENT:
            return self._percentage(key, row, raw, shown, percents=False)
        return self._plain(key, row, raw) if self._is_as_shown(key, row, raw, shown, reading) else None

    def _is_as_shown(self, key: str, row: int, value: Decimal, shown: Shown, reading: Reading) -> bool:
        """Whether the sheet shows the number it holds; `reading` tells what digits and unit mean there."""
        if shown.kind is Kind.MOMENT:
            self.tell("XPF401", key, row, text=shown.text)
            return False
        if shown.kind is Kind.NUMBER:
            if meant(shown, reading, MONEY_SCALES if reading is read_money else SCALES) == value:
                return True
        elif not value:
            self.tell("XPF402", key, row, text=cut(shown.text), value=0)
            return True
        self.contradiction(key, row, value, shown)
        return False

    def _bounded(self, key: str, row: int, number: Decimal) -> Decimal | None:
        """The number if the model takes it, rounded to the places it keeps."""
        try:
            kept = as_kept(number)
        except ValidationError:
            raw = self.raw(key, row)
            self.tell("XPF403", key, row, text=cut(f"{raw:f}" if isinstance(raw, Decimal) else raw))
            return None
        if kept != number:
            self.tell("XPF412", key, row, text=cut(f"{number:f}"), value=f"{kept.normalize():f}")
        return kept
