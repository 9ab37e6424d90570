"""The hidden sheet that mirrors the seal in the file's properties, for programs that drop those."""

from __future__ import annotations

from xlperf.form.parts import Form, Kind, Label, Row, given

FACTS = ("edition", "unit", "year", "id", "sheets")
"""What the seal says: form edition, unit code, budget year, workbook id, number of project sheets."""

SEAL = Form(
    kind="seal",
    widths=(16, 60, 12),
    body=(
        Row((Label("xlperf", 2, look="title"), given("marker", Kind.TEXT))),
        *(Row((Label(fact), given(f"seal.{fact}", Kind.TEXT))) for fact in FACTS),
    ),
    hidden_columns=1,
)
