"""Building blocks of plain worksheet formulas: guards, closed sets of words, the cells of a rule pack.

A formula reads clean cells: numbers, blanks (ASCII spaces too) and our own words, as the functions answer them. In a
cell with another character that nobody sees it says a word where the core says a blank.

Everything here works element by element in an array formula: no AND, OR, MAX or MIN over a table argument.
Only functions of Excel 2007 and later that WPS and LibreOffice share.
"""

from __future__ import annotations

from xlperf.measure.packs import BLANK_PACK, OF_2026
from xlperf.measure.parameters import LISTED, PLACE, cells_of
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.statuses import NOT_A_NUMBER, STATUS

if TYPE_CHECKING:
    from typing import Iterable, Optional

    from xlperf.measure.normal import Answer

    Ref = Optional[str]

# A binary difference is off by the size of its terms, not by its own, and makes a quotient miss a tie; rounding it
# gives the decimal back. Amounts in 万元 are larger than targets and shares and leave fewer places. Products and
# quotients need no such help: ROUND goes by 15 digits, and three operations stay within half of the last one.
DIFFERENCE_PLACES = 10
AMOUNT_PLACES = 8
RATIO_PLACES = 12  # of a quotient that is compared with a threshold


def text(word: str) -> str:
    """A string literal."""
    return '"' + word.replace('"', '""') + '"'


def joined(*parts: str) -> str:
    """CONCATENATE rather than &: LibreOffice 25.2 garbles every row of range & range once one row holds an error."""
    return f"CONCATENATE({','.join(parts)})"


def total(body: str, otherwise: str = NOT_A_NUMBER) -> str:
    """`body`, with `otherwise` for every error: error values passed in, and words no branch provides for."""
    return f"IFERROR({body},{text(otherwise)})"


def blank_kept(ref: str) -> str:
    """The value of one cell; "" where it is blank, which else becomes 0 on its way into another cell or a function."""
    return f'IF({ref}="","",{ref})'


def as_text(ref: str) -> str:
    """A word to be compared: LibreOffice 25.2 finds a text that an add-in answered unequal to the same text."""
    return f'{ref}&""'


def numeric(*refs: str) -> str:
    return "*".join(f"ISNUMBER({ref})" for ref in refs)


_BLANKS = (("\u3000", " "), ("\u00a0", " "), ("\u200b", ""))  # blanks that people type and paste -> what replaces them


def shown(ref: str) -> str:
    """The text of a cell as `normal.shown` gives it, for the blanks people type and paste.

    CLEAN drops control characters, tab and line break among them, but no blank beyond ASCII. What else nobody sees
    would take a SUBSTITUTE each: there the sheet says a word where the core says a blank.
    """
    for blank, stands_for in _BLANKS:
        ref = f"SUBSTITUTE({ref},{text(blank)},{text(stands_for)})"
    return f"TRIM(CLEAN({ref}))"


def seen_by_formulas(content: str) -> str:
    """What the formula `shown` makes of this text of a cell."""
    for blank, stands_for in _BLANKS:
        content = content.replace(blank, stands_for)
    kept = "".join(character for character in content if character >= " ")
    return " ".join(filter(None, kept.split(" ")))


def filled(*refs: str) -> str:
    """Not blank; an error value in any of them is an error."""
    return "*".join(f"LEN({shown(ref)})" for ref in refs)


def count_filled(cells: str) -> str:
    """How many cells of a range are not blank, error values among them; in an ordinary formula too."""
    return f"SUMPRODUCT(ISNUMBER(1/{filled(cells)})+ISERROR({cells}))"


def words_of(words: Iterable[str]) -> str:
    """A literal in which `place_of` finds a whole word, between bars."""
    return text("|" + "".join(word + "|" for word in words))


def place_of(ref: str, among: Iterable[str]) -> str:
    """FIND of a whole word between bars: MATCH would take * and ? in a cell for wildcards.

    Two words of the list joined by a bar would pass as well; no one types those.
    """
    return f'FIND("|"&{ref}&"|",{words_of(among)})'


def handed_on(*refs: str) -> str:
    """The status word in the first of the cells that is no number; an error for any other word."""
    first = refs[-1]
    for ref in reversed(refs[:-1]):
        first = f"IF(ISNUMBER({ref}),{first},{ref})"
    return f"IF({place_of(first, STATUS)},{first})"


def blank(*refs: str) -> str:
    """Whether one of the cells is; an error value in any of them is an error."""
    return "+".join(f'(TRIM({ref})="")' for ref in refs)


def with_numbers(body: str, *refs: str) -> str:
    """`body` where all cells are numbers; a blank where one is blank; else the status word, as `normal.numbers`."""
    return f'IF({numeric(*refs)},{body},IF({blank(*refs)},"",{handed_on(*refs)}))'


def any_of(ref: str, words: Iterable[str]) -> str:
    """Whether a cell holds one of the words; to be put in brackets as a factor."""
    return "+".join(f"({as_text(ref)}={text(word)})" for word in words)


def one_sign(operator: str, signs: Iterable[str]) -> str:
    """Whether a cell with a sign holds one of these; a blank passes too."""
    return f"ISNUMBER(FIND({operator},{text(''.join(signs))}))"


def difference(first: str, second: str) -> str:
    return f"ROUND({first}-{second},{DIFFERENCE_PLACES})"


def parameter(ref: Ref, default: object) -> str:
    """A numeric parameter: its default where absent or blank, an error for a word."""
    if ref is None:
        return str(default)
    return f"IF(ISNUMBER({ref}),{ref},IF({blank(ref)},{default},NA()))"


def rule(pack: Ref, key: str) -> str:
    """The parameter of a rule pack: its cell, or as a literal where no cells are given."""
    if pack is None:
        return _literal(cells_of(BLANK_PACK)[PLACE[key] - 1])
    return f"INDEX({pack},{PLACE[key]})"


def is_2026(pack: Ref) -> str:
    """Whether indicators are read by the rules of 2026."""
    return f"({rule(pack, 'reading')}={text(OF_2026)})"


def rules(pack: Ref, first: str, last: str) -> str:
    """Parameters that stand below each other, as a range or as a literal column."""
    if pack is None:
        return "{" + ";".join(map(_literal, cells_of(BLANK_PACK)[PLACE[first] - 1 : PLACE[last]])) + "}"
    return f"{rule(pack, first)}:{rule(pack, last)}"


def _literal(content: Answer) -> str:
    return text(content) if isinstance(content, str) else str(content)


def is_listed(ref: str, pack: Ref, key: str) -> str:
    """Whether a word stands in a parameter that is a list; a blank never does."""
    mark = text(LISTED)
    return f"ISNUMBER(FIND({mark}&{ref}&{mark},{mark}&{rule(pack, key)}&{mark}))"
