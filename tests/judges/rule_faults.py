"""Faults of data validations and conditional formats. One function for each kind of fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from judges.areas import LAST_ROW, area, areas
from judges.formula import read_formula
from judges.formula_tree import references
from judges.opened import MAIN, Opened, decoded
from judges.package_faults import Found

LONGEST_LIST = 255
# Attribute of a validation → characters Excel allows.
LONGEST = {"prompt": 255, "error": 255}
MOST_VALIDATIONS = 65_534
UNBOUNDED = ("none", "list", "custom")
TWO_SIDED = ("between", "notBetween")

# Type of a rule → formulas it cannot be without.
FORMULAS = {"expression": 1, "cellIs": 1, "containsText": 1, "notContainsText": 1, "beginsWith": 1, "endsWith": 1}


def overlong_lists(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        for rule in sheet.all("dataValidation"):
            listed = rule.findtext(f"{MAIN}formula1") or ""
            if rule.get("type") == "list" and listed.startswith('"') and len(listed) - 2 > LONGEST_LIST:
                yield f"{sheet.title}!{rule.get('sqref')}", f"lists {len(listed) - 2} characters"


def overlong_prompts(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        for rule in sheet.all("dataValidation"):
            for attribute, limit in LONGEST.items():
                length = len(rule.get(attribute, "").encode("utf-16-le")) // 2
                if length > limit:
                    yield f"{sheet.title}!{rule.get('sqref')}", f"{attribute} of {length} characters"


def incomplete_validations(book: Opened) -> Iterator[Found]:
    """A validation stands somewhere and has the bounds its operator compares with."""
    for sheet in book.sheets:
        rules = list(sheet.all("dataValidation"))
        for rule in rules:
            where, kind = f"{sheet.title}!{rule.get('sqref')}", rule.get("type", "none")
            places = areas(rule.get("sqref"))
            if not places or None in places:
                yield where, "a validation stands nowhere"
            if kind == "none":
                continue
            if not rule.findtext(f"{MAIN}formula1"):
                yield where, f"a validation of type {kind} compares with nothing"
            needs_two = kind not in UNBOUNDED and rule.get("operator", "between") in TWO_SIDED
            if needs_two and not rule.findtext(f"{MAIN}formula2"):
                yield where, f"a validation of type {kind} has one bound of two"
        if len(rules) > MOST_VALIDATIONS:
            yield sheet.title, f"has {len(rules)} validations"


def rules_skipped_at_blanks(book: Opened) -> Iterator[Found]:
    """A rule that ignores blanks lets everything pass while a cell it refers to is blank: Validation.IgnoreBlank."""
    blanks = {name.get("name", "").lower() for name in book.names if _holds_blanks(book, decoded(name.text or ""))}
    for sheet in book.sheets:
        for rule in sheet.all("dataValidation"):
            kind, texts = rule.get("type", "none"), [rule.findtext(f"{MAIN}formula{i}") or "" for i in (1, 2)]
            roots = [root for text in texts if (root := read_formula(decoded(text)).root)]
            spoken_of = [reference.text for root in roots for reference in references(root)]
            if kind == "list":  # our lists stand on a sheet of their own, under a name
                spoken_of = [text for text in spoken_of if text.lower() in blanks]
            if kind != "none" and rule.get("allowBlank", "0") in ("1", "true") and spoken_of:
                yield f"{sheet.title}!{rule.get('sqref')}", f"passes everything when {spoken_of[0]} is blank"


def _holds_blanks(book: Opened, text: str) -> bool:
    """Whether a name means cells of which one is blank."""
    formula, place = read_formula(text), area(text.rpartition("!")[2])
    sheets = [sheet for sheet in book.sheets if sheet.title in formula.sheets]
    if not place or not sheets or place.bottom == LAST_ROW:
        return False
    filled = {area(at) for at, cell in sheets[0].cells.items() if len(cell)}
    cells = sum(place.holds(cell) for cell in filled if cell)
    return cells < (place.right - place.left + 1) * (place.bottom - place.top + 1)


def misplaced_conditional_formats(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        for block in sheet.all("conditionalFormatting"):
            places = areas(block.get("sqref"))
            if not places or None in places:
                yield f"{sheet.title}!{block.get('sqref')}", "a conditional format stands nowhere"


def wrong_priorities(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        times = Counter(rule.get("priority", "") for rule in sheet.all("cfRule"))
        for priority, number in times.items():
            if not priority.isdecimal() or int(priority) < 1:
                yield sheet.title, f"a conditional format has the priority {priority!r}"
            elif number > 1:
                yield sheet.title, f"{number} conditional formats have the priority {priority}"


def incomplete_conditional_formats(book: Opened) -> Iterator[Found]:
    """A rule has the formulas of its type."""
    for sheet in book.sheets:
        for rule in sheet.all("cfRule"):
            kind = rule.get("type", "")
            needed = FORMULAS.get(kind, 0) + (kind == "cellIs" and rule.get("operator") in TWO_SIDED)
            formulas = [formula for formula in rule.findall(f"{MAIN}formula") if formula.text]
            if len(formulas) < needed:
                yield sheet.title, f"a conditional format of type {kind} has {len(formulas)} formulas of {needed}"
