"""From what a cell holds to the text its slot means, as the sheet shows it.

Every reading that is not plain leaves a finding. Knows nothing of numbers but how they look.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from xlperf.form import Answers, Cell, Layout, Place, Slot
from xlperf.measure import shown as seen
from xlperf.measure.normal import EXACT_DIGITS
from xlperf.model.text import CELL_LIMIT, clean, cut, cut_to_cell, fits_a_cell, squeeze, visible
from xlperf.ooxml.format_codes import Shown
from xlperf.ooxml.grid import PICTURE, CellError
from xlperf.ooxml.number_formats import Formats
from xlperf.workbook.read.sheet_findings import SheetFindings

SHORT = CELL_LIMIT // 2  # characters that fit a cell whatever they are

Option = TypeVar("Option")


@lru_cache(maxsize=256)
def _band(key: str) -> str:
    """The band a slot's key names."""
    return key.partition(".")[0]


class Texts:
    """The answers of one sheet, asked for by slot key and, within a band, row; faults go to the report."""

    def __init__(self, answers: Answers, layout: Layout, report: SheetFindings, formats: Formats) -> None:
        self.answers, self.layout, self.report, self.formats = answers, layout, report, formats
        self._single, self._bands = answers.single, answers.bands

    def raw(self, key: str, row: int = -1) -> Cell:
        """What the cell holds; None for a blank."""
        return self._single.get(key) if row < 0 else self._bands[_band(key)][row].get(key)

    def place(self, key: str, row: int = -1) -> Place[Slot]:
        """Where that is."""
        return self.layout.slots[key] if row < 0 else self.layout.bands[_band(key)][row][key]

    def tell(self, code: str, key: str, row: int = -1, **values: object) -> None:
        """Report a fault of this answer; none of one that this edition of the form does not ask for."""
        if key not in self.layout.keys:
            return
        place = self.place(key, row)
        self.report.add(code, place.cell, field=place.piece.label or key, **values)

    def text(self, key: str, row: int = -1) -> str:
        """A text; a number typed as one reads as it looks (14, not 14.0)."""
        raw = self._single.get(key) if row < 0 else self._bands[_band(key)][row].get(key)
        if raw is None:
            return ""
        if type(raw) is str:
            words = clean(raw)
            if words.startswith(PICTURE):
                self.tell("XPF417", key, row)
                return ""
            return words if len(words) < SHORT else self.limited(words, key, row)
        if isinstance(raw, CellError):
            self.tell("XPF306", key, row, text=raw)
            return ""
        if isinstance(raw, Decimal):
            return self.words_of(raw, self.shown(key, row, raw), key, row)
        return str(raw).upper() if isinstance(raw, bool) else str(raw)

    def paragraphs(self, key: str, row: int = -1) -> str:
        """A text of several paragraphs; blanks before its lines tell which belong together."""
        raw = self.raw(key, row)
        return raw if type(raw) is str and len(raw) < SHORT else self.text(key, row)

    def shown(self, key: str, row: int, number: Decimal) -> Shown | None:
        """What the sheet shows instead of this number; None where it shows the number."""
        return self.formats.shown(self.place(key, row).cell, number)

    def words_of(self, number: Decimal, shown: Shown | None, key: str, row: int) -> str:
        """What a number looks like where a text belongs."""
        words = f"{number:f}"
        if shown is not None and shown.text != words:
            if not shown.text.strip():
                self.contradiction(key, row, number, shown)
                return ""
            self.tell("XPF419", key, row, value=shown.text)
            return shown.text
        if number.adjusted() >= EXACT_DIGITS:  # it has lost its last digits
            self.tell("XPF409", key, row, text=words)
        return words

    def contradiction(self, key: str, row: int, number: Decimal, shown: Shown) -> None:
        """Report a cell that shows one thing and holds another."""
        self.tell("XPF416", key, row, text=cut(shown.text), value=f"{number.normalize():f}")

    def lines(self, key: str) -> tuple[str, int]:
        """A band column as the lines of one text, and the row of its first line; blank rows between lines stay."""
        rows = range(len(self._bands[_band(key)]))
        raws = (self.raw(key, row) for row in rows)
        texts = [raw if type(raw) is str else self.text(key, row) for row, raw in enumerate(raws)]
        first = next((row for row, text in enumerate(texts) if clean(text)), 0)
        return self.limited(clean("\n".join(texts)), key, 0), first

    def texts(self, key: str) -> dict[int, str]:
        """The rows of a band column by their place in the band, blank ones left out."""
        rows = range(len(self._bands[_band(key)]))
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
        elif words not in options:
            self.tell_unseen(key, row, words)
        return option

    def tell_unseen(self, key: str, row: int, words: str) -> None:
        """Say what was read of a word in which something stands that nobody sees, and that formulas do not know so."""
        if visible(words) != words:
            self.tell("XPF402", key, row, text=cut(words), value=seen(words))
