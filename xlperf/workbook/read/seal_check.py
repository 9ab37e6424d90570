"""The seal of a returned workbook against its sheets: what is missing, what was changed, what came from elsewhere.

Knows what the seal says (`form.seal`) and which sheets were recognised; reads no cells itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from xlperf.form import Answers, FormSet, Layout, Marker
from xlperf.form.marker import book_of
from xlperf.form.seal import (
    DIGEST,
    FACTS,
    MAY_BE_BLANK,
    SEAL_PREFIX,
    GivenCell,
    changed,
    given_cells,
    is_digest,
    seal_facts,
)
from xlperf.model.filled import in_two
from xlperf.model.text import cut
from xlperf.workbook.read.sheet_findings import SheetFindings, first_of


class Sealed(Protocol):
    """What of a recognised sheet is compared with the seal; `usable` where its cells are where they belong."""

    @property
    def report(self) -> SheetFindings: ...
    @property
    def marker(self) -> Marker: ...
    @property
    def layout(self) -> Layout: ...
    @property
    def answers(self) -> Answers: ...
    @property
    def usable(self) -> bool: ...


class Origins(NamedTuple):
    """Which project sheets are this workbook's own: how many different ones, and the numbers of those that are gone."""

    found: int
    missing: tuple[int, ...]


def read_seal(properties: Mapping[str, str], sheets: Sequence[Sealed], front: SheetFindings) -> dict[str, str]:
    """The seal by the properties of the file and, where they have none, by the hidden sheet."""
    own = {name.removeprefix(SEAL_PREFIX): text for name, text in properties.items() if name.startswith(SEAL_PREFIX)}
    hidden = next((sheet for sheet in sheets if sheet.marker.kind == "seal" and sheet.usable), None)
    mirrored = seal_facts(hidden.answers) if hidden else {}
    if "edition" in own:  # an older one says neither layout nor period; what stands in their cells was typed there
        own |= {fact: "" for fact in FormSet._fields if fact in mirrored and fact not in own}
    differing = [name for name, said in mirrored.items() if own.get(name, said) != said.strip()]
    if differing:
        front.add("XPF319", facts=first_of(differing))
    return {**mirrored, **own}


def sealed_form_set(seal: Mapping[str, str], marked: FormSet) -> FormSet:
    """The form set that the seal names; where it names none, the one a sheet is `marked` with."""
    facts = {fact: seal[fact] for fact in FormSet._fields if seal.get(fact)}
    return FormSet(**facts) if "edition" in facts else marked


def check_origins(seal: Mapping[str, str], projects: Sequence[Sealed], expected: int) -> Origins:
    """Tell the workbook's own project sheets from copies and from those of other workbooks, which are reported."""
    book = book_of(seal.get("id", ""))
    first: dict[int, str] = {}
    unknown = 0
    for sheet in projects:
        marker = sheet.marker
        if not marker.book:
            unknown += 1
        elif book and marker.book != book:
            if sheet.usable:
                sheet.report.add("XPF320")
        elif marker.sheet in first:
            sheet.report.add("XPF324", first=first[marker.sheet])
        else:
            first[marker.sheet] = sheet.report.sheet
    gone = tuple(number for number in range(1, min(expected, 9999) + 1) if number not in first)
    return Origins(len(first) + unknown, gone)


def check_given(seal: Mapping[str, str], sheets: Sequence[Sealed], front: SheetFindings) -> None:
    """Report given cells that no longer hold what was given, and a seal that cannot tell."""
    book = book_of(seal.get("id", ""))
    missing = [fact for fact in FACTS if fact not in seal and fact not in MAY_BE_BLANK]
    for sheet in sheets:
        marker = sheet.marker
        if not sheet.usable or not given_cells(sheet.layout) or (book and marker.book and marker.book != book):
            continue
        name = DIGEST + marker.key
        sealed = seal.get(name, "")
        if not is_digest(sealed):
            missing.append(name)
            continue
        for first, *others in changed(sheet.layout, sheet.answers, sealed):
            field: str | tuple[str, str] = first.label
            if others:  # which of them was changed, the seal cannot tell
                names = dict.fromkeys(cell.label for cell in (first, *others) if cell.label)
                zh, en = in_two(first_of(names))
                area = f"{first.cell}—{others[-1].cell}"
                field = (f"{zh}（{area}）", f"{en} ({area})")
            held = (_held(cell, sheet.answers) for cell in (first, *others))
            sheet.report.add("XPF316", first.cell, field=field, text=cut("、".join(filter(None, held))))
    if missing:
        front.add("XPF318", missing=first_of(missing))


def _held(cell: GivenCell, answers: Answers) -> str:
    """What a sealed slot holds now."""
    held = (answers.bands[cell.band][cell.row] if cell.band else answers.single).get(cell.key)
    return "" if held is None else str(held)
