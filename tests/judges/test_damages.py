"""Every damage is noticed; the table says by which of our checks, and by which of the SDK's where it notices at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from judges import repair
from judges.damage import Parts
from judges.damages import ANNOTATED_DAMAGES, FORM_DAMAGES, SUMMARY_DAMAGES
from judges.sdk import Report

Sample = Callable[[str], Path]

# Damage, our kind of fault, the SDK's id of what it reports or None.
NOTICED = (
    # the package
    ("entry twice but for case", "repeated entries", "Exception"),
    ("entry with a backslash", "illegal entry names", None),
    ("XML cut off", "malformed xml", "ExceptionError"),
    ("raw ampersand", "malformed xml", "ExceptionError"),
    ("part missing", "missing parts", "Exception"),
    ("styles missing", "missing parts", "Exception"),
    ("relationship id twice", "repeated relationship ids", "Exception"),
    ("relationship missing", "dangling relationship ids", "Sem_InvalidRelationshipId"),
    ("left-over part", "unreachable parts", None),
    ("part without content type", "wrong content types", "Exception"),
    ("sheet typed as styles", "wrong content types", "Exception"),
    ("content type of nothing", "wrong content types", None),
    ("macro type in an .xlsx", "wrong workbook type", None),
    ("macros in an .xlsx", "wrong workbook type", None),
    ("macros led to by the package", "misplaced macros", None),
    ("ribbon led to by the workbook", "misplaced ribbons", "Pkg_PartIsNotAllowed"),
    ("ribbon of another year", "misplaced ribbons", "Exception"),
    # the workbook
    ("two sheets of one title", "repeated sheet titles", "Sem_UniqueAttributeValue"),
    ("titles that differ in case", "repeated sheet titles", "Sem_UniqueAttributeValue"),
    ("title of 32 characters", "illegal sheet titles", "Sem_AttributeValueDataTypeDetailed"),
    ("title with a slash", "illegal sheet titles", "Sem_AttributeValueDataTypeDetailed"),
    ("sheet id twice", "repeated sheet ids", "Sem_UniqueAttributeValue"),
    ("all sheets hidden", "hidden workbook", None),
    ("active tab beyond the last", "hidden workbook", None),
    ("code name with a space", "wrong code names", "Sem_AttributeValueDataTypeDetailed"),
    ("name that is a cell", "illegal names", None),
    ("name with a space", "illegal names", None),
    ("name twice", "repeated names", None),
    ("name of sheet 99", "names of no sheet", None),
    ("property id twice", "wrong custom properties", None),
    ("property id 1", "wrong custom properties", "Sem_AttributeValueDataTypeDetailed"),
    ("chain of no formula", "calculation chain of no formulas", None),
    # a sheet
    ("merges after validations", "disordered worksheet", "Sch_UnexpectedElementContentExpectingComplex"),
    ("no merge in mergeCells", "empty lists", "Sch_IncompleteContentExpectingComplex"),
    ("rows unsorted", "unsorted cells", None),
    ("cells unsorted", "unsorted cells", None),
    ("cell twice", "unsorted cells", None),
    ("cell beyond the last column", "unsorted cells", None),
    ("text as number", "unreadable values", None),
    ("not a number", "unreadable values", None),
    ("shared text that is not there", "unreadable values", None),
    ("unknown error", "unreadable values", None),
    ("unknown cell type", "unreadable values", "Sch_AttributeValueDataTypeDetailed"),
    ("text too long", "overlong texts", None),
    ("254 line breaks", "texts of too many lines", None),
    ("dimension of nothing", "wrong dimensions", None),
    ("row too high", "impossible rows", None),
    ("column too wide", "impossible columns", "Sem_AttributeValueDataTypeDetailed"),
    ("columns overlap", "impossible columns", None),
    ("merges overlap", "overlapping merges", None),
    ("merge of one cell", "impossible merges", None),
    ("array begins elsewhere", "arrays in the way", None),
    ("array across a merge", "arrays in the way", None),
    ("zoom of 500", "impossible views", "Sem_AttributeValueDataTypeDetailed"),
    ("pane at nowhere", "impossible views", None),
    ("footer too long", "impossible pages", None),
    ("page break at row 0", "impossible pages", "Sem_AttributeValueDataTypeDetailed"),
    ("link to a sheet that is not there", "dead links", None),
    ("link to a cell that is not there", "dead links", None),
    ("link to nothing", "dead links", None),
    # validations and conditional formats
    ("list of 329 characters", "overlong lists", None),
    ("prompt of 256 characters", "overlong prompts", None),
    ("error of 256 characters", "overlong prompts", None),
    ("prompt title of 33 characters", "overlong prompts", "Sem_AttributeValueDataTypeDetailed"),
    ("validation of nowhere", "incomplete validations", None),
    ("validation with half its bounds", "incomplete validations", None),
    ("rule skipped at a blank cell", "rules skipped at blanks", None),
    ("bound skipped at a blank cell", "rules skipped at blanks", None),
    ("list with a blank", "rules skipped at blanks", None),
    ("conditional format of nowhere", "misplaced conditional formats", None),
    ("dxfId beyond the last", "missing differential styles", "Sem_MissingIndexedElement"),
    ("priority twice", "wrong priorities", None),
    ("priority 0", "wrong priorities", None),
    ("conditional format without formula", "incomplete conditional formats", None),
    ("array in a conditional format", "forbidden in rules", None),
    ("array in a validation", "forbidden in rules", None),
    # formulas
    ("semicolons between arguments", "broken formulas", None),
    ("bracket not closed", "broken formulas", None),
    ("operator without operand", "broken formulas", None),
    ("leading equals sign", "broken formulas", None),
    ("empty formula", "broken formulas", None),
    ("65 levels", "broken formulas", None),
    ("8,193 characters", "broken formulas", None),
    ("quotation of 256 characters", "broken formulas", None),
    ("256 arguments", "broken formulas", None),
    ("cell in an array of literals", "broken formulas", None),
    ("ragged array", "broken formulas", None),
    ("quotation mark not closed", "broken formulas", None),
    ("comma outside brackets", "unions outside names", None),
    ("formula about a missing sheet", "formulas about missing sheets", None),
    ("formula about a missing name", "formulas about missing names", None),
    ("new function without prefix", "unprefixed functions", None),
    ("range in an argument of IF", "intersecting formulas", None),
    ("range under an operator", "intersecting formulas", None),
    ("name of a range as a value", "intersecting formulas", None),
    ("range in a conditional format", "intersecting formulas", None),
    ("function of unknown parameters", "intersecting formulas", None),
    ("name about a missing sheet", "formulas about missing sheets", None),
    # tables
    ("table id twice", "repeated table ids", None),
    ("table name twice", "repeated names", None),
    ("table named like a cell", "illegal table names", None),
    ("table without data", "impossible table areas", None),
    ("column too many", "impossible table areas", None),
    ("filter outside its table", "impossible table areas", None),
    ("table column twice", "repeated table columns", None),
    ("header says otherwise", "wrong table headers", None),
    ("header is a number", "wrong table headers", None),
    ("merge inside a table", "tables in the way", None),
    ("table not listed", "unlisted tables", None),
    # styles and drawings
    ("cell style beyond the last", "missing cell styles", "Sem_MissingIndexedElement"),
    ("font beyond the last", "missing style parts", "Sem_MissingIndexedElement"),
    ("number format that is not there", "missing style parts", None),
    ("number format id twice", "repeated number formats", None),
    ("number format with an open quotation", "broken number formats", None),
    ("number format with a dangling point", "dangling points", None),
    ("dangling point in TEXT", "dangling points", None),
    ("number format of five sections", "broken number formats", None),
    ("first fill solid", "missing first fills", None),
    ("cell metadata without any", "missing cell metadata", "Sem_MissingIndexedElement"),
    ("chart ends before it begins", "impossible anchors", None),
    ("shape id twice", "repeated shape ids", "Sem_UniqueAttributeValue"),
    ("two sheets, one drawing", "shared drawings", None),
    ("two drawings, one chart", "unreachable parts", None),
    ("axis crosses none", "loose axes", None),
    ("plot on no axis", "loose axes", None),
    ("series order twice", "repeated series", None),
    ("chart of a missing sheet", "formulas about missing sheets", None),
    # comments
    ("comment twice", "repeated comments", None),
    ("comment by author 7", "comments by nobody", None),
    ("comment too long", "overlong comments", None),
    ("comment without box", "comments without boxes", None),
    ("box beyond the last column", "impossible boxes", None),
    ("box id twice", "repeated box ids", None),
    ("two drawings, one block", "repeated box ids", None),
)
# Sample → what is done to it.
DAMAGES = {"small": FORM_DAMAGES, "summary of small": SUMMARY_DAMAGES, "annotated": ANNOTATED_DAMAGES}


def damaged(sample: Sample, name: str, folder: Path) -> Path:
    of, spoil = next((of, damages[name]) for of, damages in DAMAGES.items() if name in damages)
    parts = Parts.of(sample(of).read_bytes())
    spoil(parts)
    path = folder / "damaged.xlsx"
    path.write_bytes(parts.packed())
    return path


def test_every_damage_is_in_the_table() -> None:
    assert sorted(name for name, _, _ in NOTICED) == sorted(name for damages in DAMAGES.values() for name in damages)


def test_every_check_has_noticed_something() -> None:
    kinds = {check.__name__.replace("_", " ") for check in (*repair.PACKAGE, *repair.CONTENT)}

    assert kinds - {kind for _, kind, _ in NOTICED} == set()


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, kind, _ in NOTICED])
def test_own_checks_notice(sample: Sample, tmp_path: Path, name: str, kind: str) -> None:
    sound = repair.faults(sample("small"))

    fresh = [fault for fault in repair.faults(damaged(sample, name, tmp_path)) if fault not in sound]

    assert kind in {fault.kind for fault in fresh}


@pytest.mark.parametrize(("name", "id_"), [(name, id_) for name, _, id_ in NOTICED if id_])
def test_sdk_notices(
    sample: Sample, sdk_reports: Callable[[Path], list[Report]], tmp_path: Path, name: str, id_: str
) -> None:
    assert id_ in {report.id for report in sdk_reports(damaged(sample, name, tmp_path))}
