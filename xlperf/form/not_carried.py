"""The sheet 未带入: what a workbook that came back held and the one made from it does not, with both places."""

from __future__ import annotations

from xlperf.form.parts import Band, Form, Kind, Label, Row, given

COLUMNS = (
    *(("code", "项目编码", 24), ("name", "项目名称", 26), ("indicator", "三级指标", 20), ("field", "栏目", 18)),
    *(("value", "原来填的", 26), ("stands", "本表现在", 20), ("reason", "为什么没有带入", 28)),
    *(("place", "原来的位置", 30), ("here", "在本表的位置", 22)),
)
HINT = "下面各项在收回的表里填过，没有带入本表。请逐项核对，需要的在“在本表的位置”补填。"

NOT_CARRIED = Form(
    kind="not_carried",
    widths=(*(width for _, _, width in COLUMNS), 12),
    body=(
        Row((Label("未带入的内容", len(COLUMNS), look="title"), given("marker", Kind.TEXT)), 34),
        Row((Label(HINT, len(COLUMNS), look="plain"),), 22),
        Row(tuple(Label(head) for _, head, _ in COLUMNS), 24),
        Band("left", Row(tuple(given(f"left.{key}", Kind.PARAGRAPH, head) for key, head, _ in COLUMNS), 20)),
    ),
    hidden_columns=1,
    repeat_rows=3,
    freeze_below=3,
)
