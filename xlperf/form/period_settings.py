"""The sheet 参数 of one period: what the computed cells depend on, and the rule pack's own parameters as they stand."""

from __future__ import annotations

from xlperf.form.bounds import choice
from xlperf.form.parts import Band, Call, Form, Kind, Label, Row, Slot, computed, given
from xlperf.form.settings import AS_OF_BOUND, BELOW, MODE, line, share_line
from xlperf.model import Period, Settings

OVER_LINES = {
    Period.MONITORING: (
        "over_monitoring",
        share_line("超额线", "over_monitoring", "完成值超过全年指标值这一比例以上，为“超额”，需说明原因。"),
    ),
    Period.SELF_EVALUATION: (
        "over_self_evaluation",
        share_line("超额线", "over_self_evaluation", "完成值超过指标值这一比例以上，为“超额”，需说明原因。"),
    ),
}


def stated(label: str, slot: Slot, note: str) -> Row:
    """One parameter that nobody changes on the sheet."""
    return Row((Label(label), slot, Label(note, 5, look="hint")), 24)


def settings_form(period: Period) -> Form:
    """The parameters of a workbook for this period."""
    over, over_lines = "over_monitoring", []
    if period in OVER_LINES:
        over, row = OVER_LINES[period]
        over_lines = [row]
    return Form(
        kind="settings",
        widths=(24, 24, 14, 14, 14, 14, 28),
        body=(
            Row((Label("参数", 7, look="title"),), 34),
            line("截止日期", "as_of", Kind.DATE, AS_OF_BOUND, "统计到哪一天；改动后全部项目的进度随之变化。"),
            stated(
                "已过月数",
                computed("months", Kind.COUNT, Call("MONTHS", ("{as_of}", "{@year}"))),
                "截止日期前已完整过去的月份数。",
            ),
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
            line(
                "计划口径",
                "plan_method",
                Kind.TEXT,
                choice("计划口径表", "按节点：取最近已过节点；线性：节点之间按月插值。"),
                "按节点：取最近一个已过节点；线性：节点之间按月插值。",
            ),
            share_line("滞后线", "yellow", "计划完成率低于此线为“严重滞后”。", BELOW),
            share_line("正常线", "green", "计划完成率不低于此线为“正常”，两线之间为“滞后”。", BELOW),
            *over_lines,
            stated(
                "计算方式",
                computed("mode", Kind.WORD, MODE, value=lambda _: "公式"),  # until a program with the add-in opens it
                "函数：由 xlperf 加载项计算；公式：由表内公式计算。两者结果相同。",
            ),
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
