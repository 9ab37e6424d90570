"""Faults of formulas, wherever they stand. One function for each kind of fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from judges.areas import area
from judges.drawing_faults import CHART, charts
from judges.formula import Formula, read_formula
from judges.formula_tree import Reference
from judges.intersection import RO, VR, VV, Parameters, Surroundings, intersections
from judges.opened import MAIN, Opened, decoded
from judges.package_faults import Found

from xlperf.measure import CATALOG
from xlperf.measure.functions import RANGE, ROW, SCALAR, TABLE

# Functions newer than the format: without its prefix Excel takes one for somebody's own and shows #NAME?.
_NEWER = """
ACOT AGGREGATE BITAND BITOR BITXOR BYCOL BYROW CEILING.MATH CHISQ.DIST CHOOSECOLS CHOOSEROWS COMBINA CONCAT
CONFIDENCE.T COVARIANCE.P DAYS DROP EXPAND FILTER FILTERXML FLOOR.MATH FORMULATEXT HSTACK IFNA IFS ISFORMULA
ISOMITTED ISOWEEKNUM LAMBDA LET MAKEARRAY MAP MAXIFS MINIFS MODE.SNGL NORM.DIST NUMBERVALUE PERCENTILE.INC
QUARTILE.INC RANDARRAY RANK.AVG RANK.EQ REDUCE SCAN SEQUENCE SHEET SHEETS SORT SORTBY STDEV.P STDEV.S SWITCH
TAKE TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL TOROW UNICHAR UNICODE UNIQUE VAR.P VAR.S VSTACK WEBSERVICE
WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR
"""
NEWER = frozenset(_NEWER.split())


@dataclass(frozen=True)
class Placed:
    """A formula and the place it stands in: a cell, a rule, a name, a chart."""

    where: str
    text: str
    kind: str
    wants_range: bool = False
    in_array_formula: bool = False

    @property
    def read(self) -> Formula:
        # Charts alone keep text as it is; elsewhere a formula may hold characters as _xHHHH_.
        return read_formula(self.text if self.kind == "chart" else decoded(self.text))


def formulas(book: Opened) -> Iterator[Placed]:
    """Every formula of the file that has text; cells below a shared one have none."""
    for defined in book.names:
        yield Placed(f"name {defined.get('name')}", defined.text or "", "name", wants_range=True)
    for sheet in book.sheets:
        for at, cell in sheet.cells.items():
            formula = cell.find(f"{MAIN}f")
            if formula is not None and not (formula.get("t") == "shared" and not formula.text):
                in_array = formula.get("t") == "array"
                yield Placed(f"{sheet.title}!{at}", formula.text or "", "cell", in_array_formula=in_array)
        for block in sheet.all("conditionalFormatting"):
            for formula in block.iter(f"{MAIN}formula"):
                yield Placed(f"{sheet.title}!{block.get('sqref')}", formula.text or "", "conditional format")
        for rule in sheet.all("dataValidation"):
            for tag in ("formula1", "formula2"):
                if rule.find(MAIN + tag) is not None:
                    where, text = f"{sheet.title}!{rule.get('sqref')}", rule.findtext(MAIN + tag) or ""
                    yield Placed(where, text, "validation", wants_range=rule.get("type") == "list")
    for sheet, part, root in book.tables:
        for tag in ("calculatedColumnFormula", "totalsRowFormula"):
            yield from (
                Placed(f"{sheet.title}, {part}", formula.text or "", "table") for formula in root.iter(MAIN + tag)
            )
    for title, part, root in charts(book):
        yield from (Placed(f"{title}, {part}", formula.text or "", "chart", True) for formula in root.iter(f"{CHART}f"))


def broken_formulas(book: Opened) -> Iterator[Found]:
    for formula in formulas(book):
        yield from ((formula.where, f"{fault}: {formula.text[:80]}") for fault in formula.read.faults)


def forbidden_in_rules(book: Opened) -> Iterator[Found]:
    """Rules know no literal arrays, table references, unions or intersections: [MS-OI29500] 3.2.3.1.2 and .3."""
    for formula in formulas(book):
        if formula.kind not in ("conditional format", "validation"):
            continue
        read = formula.read
        for there, what in (
            (read.array_constant, "a literal array"),
            (read.tables, "a table reference"),
            (read.union, "a union"),
            (read.intersection, "an intersection"),
        ):
            if there:
                yield formula.where, f"a {formula.kind} has {what}: {formula.text[:80]}"


def unions_outside_names(book: Opened) -> Iterator[Found]:
    """A comma between references needs brackets around both, but in names and charts."""
    for formula in formulas(book):
        if formula.kind in ("cell", "table") and formula.read.union and "(" not in formula.text:
            yield formula.where, f"has a comma outside brackets: {formula.text[:80]}"


def formulas_about_missing_sheets(book: Opened) -> Iterator[Found]:
    for formula in formulas(book):
        for title in formula.read.sheets:
            if not all(piece.lower() in book.titles for piece in title.split(":")):
                yield formula.where, f"speaks of sheet {title!r}, which is not there"


def formulas_about_missing_names(book: Opened) -> Iterator[Found]:
    names = {defined.get("name", "").lower() for defined in book.names}
    tables = {root.get("displayName", "").lower() for _, _, root in book.tables}
    for formula in formulas(book):
        missing = {name for name in formula.read.names if name.lower() not in names | tables}
        missing |= {name for name in formula.read.tables if name.lower() not in tables}
        yield from ((formula.where, f"speaks of {name!r}, which is no name here") for name in sorted(missing))


def unprefixed_functions(book: Opened) -> Iterator[Found]:
    for formula in formulas(book):
        for function in sorted(formula.read.functions & NEWER):
            yield formula.where, f"calls {function} without its prefix"


# What Excel makes of an argument of a function of ours: a table goes in whole, but in an array formula alone.
_CLASSES = {TABLE: VR, SCALAR: VV, ROW: RO, RANGE: RO}
OWN: dict[str, Parameters] = {
    function.worksheet_name: tuple(_CLASSES[param.kind] for param in function.params) for function in CATALOG.values()
}


def intersecting_formulas(book: Opened) -> Iterator[Found]:
    """A range stands where one value is wanted. LibreOffice hides it: it computes arrays wherever one may be meant.

    Rules are held to what holds in cells, although Excel computes arrays in them.
    """
    names = {defined.get("name", "").lower(): defined.text or "" for defined in book.names}

    def many(text: str) -> bool:
        if "[" in text:
            return "@" not in text and "#This Row" not in text
        root = read_formula(names.get(text.lower(), "")).root
        place = area(root.text) if isinstance(root, Reference) else None
        return place is None or not place.single

    around = Surroundings(many, OWN)
    for formula in formulas(book):
        root = formula.read.root
        if root is not None:
            places = {"in_array_formula": formula.in_array_formula, "wants_range": formula.wants_range}
            for fault in intersections(root, around, **places):
                yield formula.where, f"{fault}: {formula.text[:80]}"
