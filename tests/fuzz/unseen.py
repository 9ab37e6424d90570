"""Mutators of what nobody sees: cells that look empty and are not, and characters without a shape."""

from __future__ import annotations

from collections.abc import Callable

from fuzz.cells import an_input, into, means, slots, typed, words
from fuzz.draft import Draft, Impossible
from fuzz.looks import style_of
from fuzz.oracle import PROJECTS
from fuzz.originals import Sheet

from xlperf.form import Kind, Place, Role

BLANKS = (
    " ", "\u3000", "\u00a0", "\t", "\n", "\u200b", "\ufeff", "\u2003", "\u2009", "\u202f", "\u2060", "\u00ad", "\u3164",
    "\u2800", "\ufe0f", "\u200e", "\u202e", " \n\u3000", "\u00a0\u00a0", "\r\n", "\u200b\u200b", "\u2028",
)  # fmt: skip
UNSEEN = (
    "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202d", "\u202e", "\u2060", "\u2061",
    "\u2066", "\u2069", "\ufeff", "\ufe00", "\ufe0e", "\ufe0f",
)  # fmt: skip
CODES = ("code", "indicators.unit", "indicators.level1", "indicators.level2")
CHOICES = ("indicators.operator", "indicators.likelihood")
IN_FORMULAS = {"XPF307", "XPF323", "XPF331"}  # an input that is computed; where no other is, the others are missed


def _empty_look(draft: Draft) -> Callable[[str], str]:
    """Something that looks empty: a blank, or what a formula comes to."""
    blank = draft.dice.choice(BLANKS)
    ways = (words(blank), words(blank), words(""), typed("str", blank), typed("str", ""), _formula('""', ""))
    return draft.dice.choice((*ways, _formula("CHAR(160)", blank)))


def _formula(formula: str, result: str) -> Callable[[str], str]:
    return lambda cell: f'<c r="{cell}"{{s}} t="str"><f>{formula}</f><v>{result}</v></c>'


def _empty(draft: Draft, sheet: Sheet) -> list[tuple[str, Place]]:
    """The inputs of a sheet in which nothing is."""
    cells = draft.cells(sheet.part)
    return [
        (key, place) for key, place in slots(sheet, Role.INPUT) if place.cell not in cells or not cells[place.cell][3]
    ]


def blanks_unused(draft: Draft) -> None:
    """Cells of an unused row, or single ones, hold what looks empty: no figure and no finding may come of it."""
    sheet = draft.sheet(*PROJECTS, "overall")
    band = draft.dice.choice((*sheet.layout.bands, ""))
    free = [place for key, place in _empty(draft, sheet) if (key.split(".")[0] if "." in key else "") == band]
    if not free:
        raise Impossible
    row = draft.dice.choice(sorted({place.row for place in free}))
    beside = [place for place in free if place.row == row]
    chosen = draft.dice.sample(beside, draft.dice.randrange(1, len(beside) + 1))
    _put_unnoticed(draft, sheet, chosen, _empty_look(draft))


def apostrophe_alone(draft: Draft) -> None:
    """An apostrophe and nothing behind it: a text without a character, and a style that says so."""
    sheet = draft.sheet(*PROJECTS, "overall")
    free = [place for _, place in _empty(draft, sheet)]
    if not free:
        raise Impossible
    style = style_of(draft, "@", 'quotePrefix="1"')
    _put_unnoticed(draft, sheet, draft.dice.sample(free, 1), words(""), style)


def _put_unnoticed(
    draft: Draft, sheet: Sheet, places: list[Place], element: Callable[[str], str], style: int | None = None
) -> None:
    """Put into these cells what may change nothing."""
    neutral = draft.claim.neutral
    for place in places:
        into(draft, sheet, place, element, style)
    draft.claim.neutral = neutral
    draft.claim.noted |= {*IN_FORMULAS, "XPF332"}


def blank_for_an_answer(draft: Draft) -> None:
    """What looks empty takes the place of an answer, which is as good as clearing it."""
    kinds = draft.dice.choice(((Kind.MONEY,), (Kind.POINTS,), (Kind.QUANTITY,), (Kind.TEXT, Kind.PARAGRAPH), ()))
    sheet, key, place = an_input(draft, kinds, PROJECTS if kinds else (*PROJECTS, "overall", "settings"))
    into(draft, sheet, place, _empty_look(draft))
    is_word = key in CHOICES
    if kinds and not is_word:
        means(draft, sheet, place, "" if Kind.TEXT in kinds else None)


def blank_beside(draft: Draft) -> None:
    """What looks empty in a cell that is nobody's."""
    sheet = draft.sheet()
    cell = f"{draft.dice.choice('BDK')}{sheet.layout.last_row + draft.dice.randrange(1, 40)}"
    draft.put(sheet.part, cell, _empty_look(draft)(cell))
    draft.claim.noted |= {*IN_FORMULAS, "XPF332"}


def unseen_within(draft: Draft) -> None:
    """A character nobody sees, in a code or in a word of a list: it is the same code and the same word.

    Formulas do not take it for the same word, so that is told.
    """
    sheet = draft.sheet(*PROJECTS)
    tab = next(tab for tab in draft.original.view.tabs if tab.part == sheet.part.lower())
    original = dict(draft.original.members)[sheet.part]
    fitting = [
        (key, place, tab.cells[place.cell].text)
        for key, place in (*slots(sheet, Role.INPUT), *slots(sheet, Role.GIVEN))
        if key in (*CODES, *CHOICES) and place.cell in tab.cells and tab.cells[place.cell].kind == "s"
    ]
    if not fitting:
        raise Impossible
    key, place, text = draft.dice.choice(fitting)
    found = draft.cells(sheet.part).get(place.cell)
    if found is None or draft.parts[sheet.part][found[0] : found[1]] not in original:
        raise Impossible  # another mutator was here before
    _put_unnoticed(draft, sheet, [place], words(_spiced(draft, text).replace("_x", "_x005F_x")))
    if key in CHOICES:
        draft.claim.noted.add("XPF402")


def _spiced(draft: Draft, text: str) -> str:
    for _ in range(draft.dice.randrange(1, 4)):
        at = draft.dice.randrange(len(text) + 1)
        text = text[:at] + draft.dice.choice(UNSEEN) + text[at:]
    return text


def unseen_in_an_amount(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (Kind.MONEY, Kind.POINTS))
    text, value = draft.dice.choice((("1,200", 1200), ("１２００", 1200), ("-5", -5), ("20", 20), ("0", 0)))
    into(draft, sheet, place, words(_spiced(draft, text)))
    means(draft, sheet, place, value, told=True)


def unseen_in_words(draft: Draft) -> None:
    """In a name or a sentence it may shape the letters beside it, and stays."""
    sheet, _, place = an_input(draft, (Kind.TEXT, Kind.PARAGRAPH), (*PROJECTS, "overall"))
    into(draft, sheet, place, words(_spiced(draft, draft.dice.choice(("审结案件", "a-b", "3件", "满意度≥95%")))))


MUTATORS = (
    blanks_unused, apostrophe_alone, blank_for_an_answer, blank_beside, unseen_within,
    unseen_in_an_amount, unseen_in_words,
)  # fmt: skip
