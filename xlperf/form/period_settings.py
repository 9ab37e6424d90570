"""The sheet 参数 of one period: what the computed cells depend on, and the rule pack's own parameters as they stand."""

from __future__ import annotations

from xlperf.form.parts import Band, Call, Form, Kind, Label, Row, computed, given
from xlperf.form.settings import AS_OF_LINE, MODE_LINE, PASSED, PROGRESS_LINES, share_line, stated
from xlperf.model import Period, Settings

# The slot of the line above which an actual is over target, and of what.
OVER_LINES = {
    Period.MONITORING: ("over_monitoring", "全年指标值"),
    Period.SELF_EVALUATION: ("over_self_evaluation", "指标值"),
}


def settings_form(period: Period) -> Form:
    """The parameters of a workbook for this period."""
    over, over_lines = "over_monitoring", []
    if period in OVER_LINES:
        over, target = OVER_LINES[period]
        over_lines = [share_line("超额线", over, f"完成值超过{target}这一比例以上，为“超额”，需说明原因。")]
    return Form(
        kind="settings",
        widths=(24, 24, 14, 14, 14, 14, 28),
        body=(
            Row((Label("参数", 7, look="title"),), 34),
            AS_OF_LINE,
            stated("已过月数", computed("months", Kind.COUNT, Call("MONTHS", ("{as_of}", "{@year}"))), PASSED),
            stated("填报类型", given("period", Kind.TEXT, "填报类型", centered=True), "本工作簿用于哪个阶段。"),
            stated(
                "表式", given("layout_note", Kind.TEXT, centered=True), "项目表按哪里的表式；未见印本的从最近的表式。"
            ),
            stated("规则包", given("pack", Kind.TEXT, "规则包", centered=True), "计分和预警规则，各项参数见下表。"),
            Row(
                (
                    Label("规则包名称"),
                    given("pack_name", Kind.TEXT, centered=True),
                    given("pack_note", Kind.PARAGRAPH, span=5),
                ),
                36,
            ),
            *PROGRESS_LINES,
            *over_lines,
            MODE_LINE,
            Row((Label("", 7, look="plain"),), 12),
            Row((Label("规则包的参数"), Label("取值"), Label("说明", 5)), 24),
            Band(
                "rules",
                Row(
                    (
                        given("rules.name", Kind.TEXT),
                        given("rules.value", Kind.QUANTITY, "规则包的参数", centered=True),
                        given("rules.note", Kind.PARAGRAPH, span=5),
                    ),
                    20,
                ),
            ),
        ),
        noun=Settings,
        landscape=False,
        helpers=(computed("over", Kind.SHARE, f"{{{over}}}"),),
    )


SETTINGS = {period: settings_form(period) for period in Period}
