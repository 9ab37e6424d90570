"""Every form set ever given out, and what a marker found on a sheet may make us build."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from xlperf.form.carried import with_carried
from xlperf.form.contents import CONTENTS
from xlperf.form.contents import IN_PERIOD as CONTENTS_IN
from xlperf.form.guide import GUIDE, guide_form
from xlperf.form.marker import FormSet, Marker
from xlperf.form.monitoring import MONITORING
from xlperf.form.not_carried import NOT_CARRIED
from xlperf.form.overall import OVERALL, OVERALL_WITH_DEPARTMENT
from xlperf.form.parts import Form
from xlperf.form.period_settings import SETTINGS as PERIOD_SETTINGS
from xlperf.form.placement import Layout, layout
from xlperf.form.plan import BLANK_PLAN, PLAN
from xlperf.form.project import BLANK_PROJECT, PROJECT
from xlperf.form.seal import SEAL
from xlperf.form.self_evaluation import SELF_EVALUATIONS
from xlperf.form.settings import SETTINGS, usual_as_of
from xlperf.form.shapes import LAYOUTS
from xlperf.form.sichuan import SICHUAN
from xlperf.form.twenty_eighty import TWENTY_EIGHTY
from xlperf.measure import BLANK_PACK, DEFAULT_PACK
from xlperf.model import Period, Settings
from xlperf.ooxml.workbook_parts import MOST_SHEETS

PERIODS = {Period.PLAN: "plan", Period.MONITORING: "monitoring", Period.SELF_EVALUATION: "self-evaluation"}
"""What form sets, and the command line, call the periods."""

PERIOD_OF = {word: period for period, word in PERIODS.items()}


class Edition(NamedTuple):
    """The sheets of a project by period and layout, as far as they changed, and the fields that the model gained.

    The sheets hold no field that came with a newer edition: the cells of what was given out stay where they are.
    """

    projects: Mapping[Period, Mapping[str, tuple[Form, ...]]]
    gained: tuple[str, ...] = ()


OF_PERIODS = {
    "2026.3": Edition({Period.SELF_EVALUATION: {"20+80": (TWENTY_EIGHTY,), "sichuan": (SICHUAN,)}}),
    "2026.2": Edition(
        {
            Period.PLAN: dict.fromkeys(LAYOUTS, (PLAN, BLANK_PLAN)),
            Period.MONITORING: dict.fromkeys(LAYOUTS, (MONITORING,)),
            Period.SELF_EVALUATION: {layout: (form,) for layout, form in SELF_EVALUATIONS.items()},
        }
    ),
}
"""The editions that have a form for each period, newest first."""


def form_set_of(period: Period, layout: str) -> FormSet:
    """The newest form set for a period in the layout of a place."""
    edition = next(name for name, edition in OF_PERIODS.items() if layout in edition.projects.get(period, ()))
    return FormSet(edition, layout, PERIODS[period])


def usual_settings(form_set: FormSet, year: int) -> Settings:
    """What stands in for the parameters of a workbook that does not say them; those of 2026.1 keep their rule pack."""
    for period, name in PERIODS.items():
        if name == form_set.period:
            return Settings(as_of=usual_as_of(period, year), period=period, pack=DEFAULT_PACK.key)
    return Settings(as_of=usual_as_of(Period.MONITORING, year), pack=BLANK_PACK.key)


def _forms(edition: str, period: Period, layout: str) -> dict[str, Form]:
    projects = OF_PERIODS[edition].projects[period][layout]
    guide = _guide(projects[0], period)
    whole = (_whole(form, edition) for form in (*projects, PERIOD_SETTINGS[period]))
    forms = (guide, OVERALL_WITH_DEPARTMENT, CONTENTS_IN[period], *whole, NOT_CARRIED, SEAL)
    return {form.kind: form for form in forms}


@cache
def _whole(form: Form, edition: str) -> Form:
    """The form with all that its noun held when this edition was given out."""
    newer = takewhile(lambda each: each != edition, OF_PERIODS)
    return with_carried(form, {path for each in newer for path in OF_PERIODS[each].gained})


@cache  # plan and monitoring are one form whatever the layout, so their guide is one too
def _guide(project: Form, period: Period) -> Form:
    return guide_form(project, OVERALL_WITH_DEPARTMENT, PERIOD_SETTINGS[period], period)


EDITIONS: dict[FormSet, Mapping[str, Form]] = {
    FormSet("2026.1"): {form.kind: form for form in (GUIDE, OVERALL, CONTENTS, PROJECT, BLANK_PROJECT, SETTINGS, SEAL)},
    **{
        FormSet(edition, layout, PERIODS[period]): _forms(edition, period, layout)
        for edition, changed in OF_PERIODS.items()
        for period, by_layout in changed.projects.items()
        for layout in by_layout
    },
}
"""The forms of each set by kind of sheet. An older edition stays, to be read.

Of one period and layout, the newest edition comes first. 2026.1 has one wide form for the whole year; it is given
out no more.
"""

FIRST_EDITION = FormSet("2026.1")

MOST_PROJECTS = MOST_SHEETS - 100  # of one workbook, beside its other sheets and those people add
LARGEST_BAND = 2_000  # rows; a marker is foreign text and must not make us build a giant


def reckoned_by(form_set: FormSet) -> Form:
    """The form by which a project's figures are computed: of the first edition the wide one, whatever the sheet."""
    return PROJECT if form_set.period == "year" else EDITIONS[form_set]["project"]


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
