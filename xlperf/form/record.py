"""A form of everything a project is, whatever its sheets show of it: what a record of it holds. It is never drawn."""

from __future__ import annotations

from xlperf.form.carried import every_slot
from xlperf.form.parts import Band, Form, Kind, Row, given
from xlperf.model import Project

BANDS = ("objectives", "indicators", "payments")

PROJECT_RECORD = Form(
    kind="record",
    widths=(),
    body=(
        Row(tuple(slot for slot in every_slot(Project) if slot.path.split(".")[0] not in BANDS)),
        Band("objectives", Row((given("objectives.text", Kind.TEXT, path="objectives"),))),
        Band("indicators", Row(tuple(slot for slot in every_slot(Project) if slot.path.startswith("indicators.")))),
        Band(
            "payments",
            Row((given("payments.month", Kind.MONTH), given("payments.amount", Kind.MONEY, path="payments"))),
        ),
    ),
    noun=Project,
)
