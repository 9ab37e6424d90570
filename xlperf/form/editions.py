"""Every form set ever given out, and what a marker found on a sheet may make us build."""

from __future__ import annotations

from collections.abc import Mapping

from xlperf.form.contents import CONTENTS
from xlperf.form.guide import GUIDE
from xlperf.form.marker import FormSet, Marker
from xlperf.form.overall import OVERALL
from xlperf.form.parts import Form
from xlperf.form.placement import Layout, layout
from xlperf.form.project import BLANK_PROJECT, PROJECT
from xlperf.form.seal import SEAL
from xlperf.form.settings import SETTINGS
from xlperf.ooxml.workbook_parts import MOST_SHEETS

EDITIONS: dict[FormSet, Mapping[str, Form]] = {
    FormSet("2026.1"): {form.kind: form for form in (GUIDE, OVERALL, CONTENTS, PROJECT, BLANK_PROJECT, SETTINGS, SEAL)},
}
"""The forms of each set by kind of sheet. The newest edition comes first; an older one stays, to be read."""

CURRENT = next(iter(EDITIONS))
FORMS = EDITIONS[CURRENT]

MOST_PROJECTS = MOST_SHEETS - 100  # of one workbook, beside its other sheets and those people add
LARGEST_BAND = 2_000  # rows; a marker is foreign text and must not make us build a giant


def newest(form_set: FormSet) -> FormSet:
    """The newest edition of a known form set: that of the same layout and period."""
    return next(known for known in EDITIONS if known[1:] == form_set[1:])


def layout_of(marker: Marker) -> Layout | None:
    """The layout this marker names, or None where it names none that we ever wrote."""
    form = EDITIONS.get(marker.form_set, {}).get(marker.kind)
    if form is None:
        return None
    sizes = dict(marker.sizes)
    whole = sizes.keys() == form.bands.keys() and len(marker.sizes) == len(sizes)
    if not whole or any(not form.bands[key].least <= size <= LARGEST_BAND for key, size in sizes.items()):
        return None
    return layout(form, tuple(sorted(sizes.items())))
