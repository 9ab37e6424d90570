"""The sheets as data: what stands on them, where, what may be typed, and how every cell computes."""

from xlperf.form.answers import Answers, Cell
from xlperf.form.bindings import overall_answers, project_answers, settings_answers
from xlperf.form.choices import PARAMETERS, lists
from xlperf.form.contents import CONTENTS
from xlperf.form.editions import (
    EDITIONS,
    FIRST_EDITION,
    MOST_PROJECTS,
    form_set_of,
    layout_of,
    newest,
    reckoned_by,
    usual_settings,
)
from xlperf.form.guide import GUIDE
from xlperf.form.marker import FormSet, Marker, read_marker
from xlperf.form.overall import OVERALL
from xlperf.form.parts import Band, Bound, Call, Chart, Form, Kind, Label, Role, Slot, Tint
from xlperf.form.placement import Layout, Place, layout
from xlperf.form.project import PROJECT
from xlperf.form.settings import SETTINGS
from xlperf.form.shapes import LAYOUTS

__all__ = [
    "CONTENTS",
    "EDITIONS",
    "FIRST_EDITION",
    "GUIDE",
    "LAYOUTS",
    "MOST_PROJECTS",
    "OVERALL",
    "PARAMETERS",
    "PROJECT",
    "SETTINGS",
    "Answers",
    "Band",
    "Bound",
    "Call",
    "Cell",
    "Chart",
    "Form",
    "FormSet",
    "Kind",
    "Label",
    "Layout",
    "Marker",
    "Place",
    "Role",
    "Slot",
    "Tint",
    "form_set_of",
    "layout",
    "layout_of",
    "lists",
    "newest",
    "overall_answers",
    "project_answers",
    "read_marker",
    "reckoned_by",
    "settings_answers",
    "usual_settings",
]  # fmt: skip
