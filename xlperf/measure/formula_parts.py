"""Building blocks of plain worksheet formulas: guards, closed sets of words, months and packs as text.

Everything here works element by element in an array formula: no AND, OR, MAX or MIN over a table argument.
Only functions of Excel 2007 and later that WPS and LibreOffice share.
"""

from __future__ import annotations

from xlperf.measure.dates import END_OF_DATES, FIRST_DATE, FIRST_YEAR, LAST_YEAR, MONTHS
from xlperf.measure.packs import DEFAULT_PACK, PACKS, Pack
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.statuses import BLANK, NOT_A_NUMBER, STATUS, UNKNOWN_PACK

if TYPE_CHECKING:
    from typing import Callable, Collection, Iterable, List, Optional, TypeVar

    Ref = Optional[str]
    Rule = TypeVar("Rule")

_MONTH_NUMBERS = ",".join(str(month) for month in range(MONTHS + 1))


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


def one_of(ref: str, words: Iterable[str]) -> str:
    return f"ISNUMBER({position(ref, words)})"


def position(ref: str, words: Iterable[str]) -> str:
    """FIND of a whole word between bars: MATCH would take * and ? in a cell for wildcards.

    Two words of the list joined by a bar would pass as well; no one types those.
    """
    return f'FIND("|"&{shown(ref)}&"|",{text(_listed(words))})'


def _listed(words: Iterable[str]) -> str:
    return "|" + "".join(word + "|" for word in words)


def handed_on(*refs: str) -> str:
    """The status word in the first of the cells that is no number; an error for any other word."""
    first = refs[-1]
    for ref in reversed(refs[:-1]):
        first = f"IF(ISNUMBER({ref}),{first},{ref})"
    return f"IF({position(first, STATUS)},{shown(first)})"


def with_numbers(body: str, *refs: str) -> str:
    """`body` where all cells are numbers; a blank where one is blank; else the status word, as `normal.numbers`."""
    return f'IF({numeric(*refs)},{body},IF({filled(*refs)},{handed_on(*refs)},""))'


def parameter(ref: Ref, default: object) -> str:
    """A numeric parameter: its default where absent or blank, an error for a word."""
    if ref is None:
        return str(default)
    return f"IF(ISNUMBER({ref}),{ref},IF({filled(ref)},NA(),{default}))"


def valid_date(day: str, year: Ref) -> str:
    """Greater than 0 where `dates.months_elapsed` has an answer for the number `day`."""
    date = f"({day}>={FIRST_DATE})*({day}<{END_OF_DATES})"
    if year is not None:
        bounds = f"({year}=INT({year}))*({year}>={FIRST_YEAR})*({year}<{LAST_YEAR + 1})"
        date += f"*IF(ISNUMBER({year}),{bounds},{filled(year)}=0)"
    return f"ISNUMBER(MATCH({day},{{{_MONTH_NUMBERS}}},0))+{date}"


def months(day: str, year: Ref) -> str:
    """Completed months for a valid `day`; with a `year` not held within 0-12, see `months_within_year`."""
    budget_year = f"YEAR({day})" if year is None else f"IF(ISNUMBER({year}),{year},YEAR({day}))"
    return f"IF({day}<={MONTHS},{day},(YEAR({day}+1)-{budget_year})*{MONTHS}+MONTH({day}+1)-1)"


def months_within_year(day: str, year: Ref) -> str:
    """Completed months, at most 12; still negative before the budget year."""
    count = months(day, year)
    return count if year is None else f"IF({count}>{MONTHS},{MONTHS},{count})"


def known_pack(ref: Ref, body: str) -> str:
    if ref is None:
        return body
    return f"IF({one_of(ref, _names(PACKS.values()))},{body},{text(UNKNOWN_PACK)})"


def if_pack(ref: Ref, packs: Collection[Pack], yes: str, no: str) -> str:
    """`yes` where the (known) pack is one of `packs`, else `no`."""
    if ref is None:
        return yes if DEFAULT_PACK in packs else no
    return f"IF({one_of(ref, _names(packs))},{yes},{no})"


def by_pack(ref: Ref, rule_of: Callable[[Pack], Rule], formula_of: Callable[[Rule], str]) -> str:
    """The formula for the rule of the (known) pack: that of the default, and a branch for each other one in use."""
    usual = rule_of(DEFAULT_PACK)
    formula = formula_of(usual)
    for rule in dict.fromkeys(rule_of(pack) for pack in PACKS.values()):
        if rule != usual:
            packs = [pack for pack in PACKS.values() if rule_of(pack) == rule]
            formula = if_pack(ref, packs, formula_of(rule), formula)
    return formula


def _names(packs: Collection[Pack]) -> List[str]:
    """Everything a cell may hold to name one of the packs: keys, Chinese names, a blank for the default."""
    names = [BLANK] if DEFAULT_PACK in packs else []
    for pack in packs:
        names += [pack.key, pack.zh]
    return names
