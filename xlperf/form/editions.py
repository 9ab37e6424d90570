"""The forms of the current edition by kind of sheet, and what a marker found on a sheet may make us build."""

from __future__ import annotations

from functools import lru_cache

from xlperf.form.contents import CONTENTS
from xlperf.form.guide import GUIDE
from xlperf.form.marker import EDITION, Marker
from xlperf.form.overall import OVERALL
from xlperf.form.placement import Layout, layout
from xlperf.form.project import BLANK_PROJECT, PROJECT
from xlperf.form.seal import SEAL
from xlperf.form.settings import SETTINGS
from xlperf.ooxml.workbook_parts import MOST_SHEETS

FORMS = {form.kind: form for form in (GUIDE, OVERALL, CONTENTS, PROJECT, BLANK_PROJECT, SETTINGS, SEAL)}
"""The current edition, by kind of sheet."""

MOST_PROJECTS = MOST_SHEETS - 100  # of one workbook, beside its other sheets and those people add
LARGEST_BAND = 2_000  # rows; a marker is foreign text and must not make us build a giant


@lru_cache(maxsize=256)
def layout_of(marker: Marker) -> Layout | None:
    """The layout this marker names, or None where it names none that we ever wrote."""
    form = FORMS.get(marker.kind)
    if form is None or marker.edition != EDITION:
        return None
    sizes = dict(marker.sizes)
    whole = sizes.keys() == form.bands.keys() and len(marker.sizes) == len(sizes)
    if not whole or any(not form.bands[key].least <= size <= LARGEST_BAND for key, size in sizes.items()):
        return None
    return layout(form, tuple(sorted(sizes.items())))
