"""What a cell holds, whatever host delivered it: a Decimal, a blank, or a word.

Knows how hosts hand over blanks, numbers, dates and error values, and how results are rounded.
Knows no rule of performance management.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.statuses import BLANK, NOT_A_NUMBER, STATUS
from xlperf.measure.unseen import shown

if TYPE_CHECKING:
    from typing import Tuple, Union

    Answer = Union[Decimal, str]

# Without traps no operation can raise; an overflow shows up as a non-finite result and is caught in `rounded`.
ARITHMETIC = Context(prec=34, rounding=ROUND_HALF_UP, Emin=-999999, Emax=999999, traps=[])

ERROR_VALUES = frozenset(
    (
        "#DIV/0!",
        "#N/A",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#REF!",
        "#VALUE!",
        "#SPILL!",
        "#CALC!",
        "#BLOCKED!",
        "#GETTING_DATA",
    )
)

SERIAL_ORIGIN = date(1899, 12, 30)

_LARGEST_EXPONENT = 300  # a worksheet number overflows near 1.8E308
LAST_PLACE = tuple(Decimal((0, (1,), -places)) for places in range(7))
EXACT_DIGITS = 15  # a worksheet number keeps 15 significant digits
_OTHER_OBJECT = "\ufffd"


def word(cell: object) -> str:
    """The shown text of a cell; "" for a blank; a text equal to no known word for anything else."""
    if isinstance(cell, str):
        return shown(cell)
    return BLANK if cell is None else _OTHER_OBJECT


def is_blank(cell: object) -> bool:
    """True for None and text that shows nothing."""
    return word(cell) == BLANK


def is_error(cell: object) -> bool:
    """True for the text by which a host reports an error value, such as "#DIV/0!"."""
    return isinstance(cell, str) and cell in ERROR_VALUES


def number(cell: object) -> Answer:
    """The Decimal a cell holds, "" for a blank, the status word it carries, or 非数字.

    Text is never a number, as for ISNUMBER. A float is read with 15 significant digits, as a worksheet compares
    and shows it, so that a cell holding 0.1+0.2 equals 0.3. Dates count as serial numbers; time of day is dropped.
    """
    if cell is None or isinstance(cell, str):
        text = word(cell)
        return text if text == BLANK or text in STATUS else NOT_A_NUMBER
    value = cell if isinstance(cell, Decimal) else _decimal(cell)
    if not value.is_finite() or value.adjusted() >= _LARGEST_EXPONENT:
        return NOT_A_NUMBER
    return value


def _decimal(cell: object) -> Decimal:
    if isinstance(cell, bool):
        return Decimal("NaN")
    if isinstance(cell, float):
        return Decimal("%.*g" % (EXACT_DIGITS, cell))
    if isinstance(cell, int):
        return Decimal(cell) if cell.bit_length() < 1024 else Decimal("NaN")
    if isinstance(cell, date):
        return Decimal(cell.toordinal() - SERIAL_ORIGIN.toordinal())
    return Decimal("NaN")


def numbers(*cells: object) -> Union[Tuple[Decimal, ...], str]:
    """All cells as Decimals, or the word that answers for them.

    An error value anywhere gives 非数字; else a blank anywhere gives ""; else the first cell that is no number
    gives its status word or 非数字.
    """
    values = [number(cell) for cell in cells]
    found = [value for value in values if isinstance(value, Decimal)]
    if len(found) == len(values):
        return tuple(found)
    if any(map(is_error, cells)):
        return NOT_A_NUMBER
    return BLANK if BLANK in values else next(value for value in values if isinstance(value, str))


def parameter(cell: object, default: Decimal) -> Union[Decimal, None]:
    """A numeric parameter: the default where the cell is blank, None where it holds a word or an error value."""
    value = number(cell)
    if isinstance(value, Decimal):
        return value
    return default if value == BLANK else None


def rounded(value: Decimal, places: int) -> Answer:
    """`value` at so many decimal places, ties away from zero, as worksheet ROUND; 非数字 where it overflowed."""
    if not value.is_finite() or value.adjusted() >= _LARGEST_EXPONENT:
        return NOT_A_NUMBER
    if value.adjusted() > EXACT_DIGITS:
        return value
    result = value.quantize(LAST_PLACE[places], context=ARITHMETIC)
    return result if result else abs(result)


def share(value: Decimal) -> Answer:
    """A share or ratio at 6 places."""
    return rounded(value, 6)


def points(value: Decimal) -> Answer:
    """A score at 2 places."""
    return rounded(value, 2)
