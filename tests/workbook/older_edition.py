"""A second edition of the forms: 支出偏差原因 stands above the budget, and indicators have no basis."""

from __future__ import annotations

from dataclasses import replace

from departments import OF_FIRST_EDITION, small_department

from xlperf.form import EDITIONS, FIRST_EDITION, Band, Form, FormSet, Label, Slot
from xlperf.form.guide import guide_form
from xlperf.form.parts import Gap, Piece, Row
from xlperf.workbook.write.department import department_bytes

OLDER = FormSet("2025.1")
FIRST_FORMS = EDITIONS[FIRST_EDITION]
BASIS = "指标值确定依据"


def is_basis(piece: Piece) -> bool:
    """Whether this is the column of the basis: its input or its heading."""
    return (isinstance(piece, Slot) and piece.label == BASIS) or (isinstance(piece, Label) and piece.text == BASIS)


def without_basis(row: Row) -> Row:
    return replace(row, pieces=tuple(Gap() if is_basis(piece) else piece for piece in row.pieces))


def older(form: Form) -> Form:
    """The older edition of a project form."""
    rows = [
        replace(part, row=without_basis(part.row)) if isinstance(part, Band) else without_basis(part)
        for part in form.body
    ]
    reason = next(row for row in rows if isinstance(row, Row) and "deviation_reason" in map(key_of, row.pieces))
    rest = [row for row in rows if row is not reason]
    return replace(form, body=(*rest[:3], reason, *rest[3:]))


def key_of(piece: Piece) -> str:
    return piece.key if isinstance(piece, Slot) else ""


PROJECT = older(FIRST_FORMS["project"])
OLDER_FORMS = {
    **FIRST_FORMS,
    "project": PROJECT,
    "blank_project": older(FIRST_FORMS["blank_project"]),
    "guide": guide_form(PROJECT, FIRST_FORMS["overall"], FIRST_FORMS["settings"]),
}


def older_bytes() -> bytes:
    """The small department's workbook in that edition; the registry must know it."""
    return department_bytes(small_department(), OF_FIRST_EDITION, form_set=OLDER)
