"""The sheet 填表说明: how to fill the workbook in; what it says of an input is the input's own message.

The words and marks it explains are those of `tints`; it states no number that the sheet 参数 may set otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.form.overall import OVERALL
from xlperf.form.parts import Form, Kind, Label, Row, given
from xlperf.form.project import PROJECT
from xlperf.form.settings import SETTINGS
from xlperf.form.tints import LIGHTS, STATES
from xlperf.form.titles import GUIDE as TITLE
from xlperf.form.titles import OVERALL as OVERALL_TITLE
from xlperf.form.titles import SETTINGS as SETTINGS_TITLE
from xlperf.model import Period

ONE_LINE = 44  # characters of advice that fit beside its title


def step(title: str, text: str) -> Row:
    """One piece of advice."""
    return Row((Label(title), Label(text, 2, look="body")), 24 if len(text) <= ONE_LINE else 36)


def colour(look: str, sample: str, text: str) -> Row:
    """One colour of the sheets and what it means."""
    return Row((Label(sample, look=f"sample_{look}"), Label(text, 2, look="body")), 24)


def words(look: str, text: str) -> Row:
    """One colour of computed words, with the words and their marks."""
    return colour(look, "  ".join(f"{mark} {word}" for word, tint, mark in (*STATES, *LIGHTS) if tint == look), text)


def heading(text: str) -> tuple[Row, Row]:
    """What the rows below are about, set off from those above."""
    return Row((Label("", 3, look="plain"),), 10), Row((Label(text, 3),), 24)


def inputs(form: Form) -> Iterator[Row]:
    """Every input of a form in reading order, with the message it shows where it is selected."""
    for _, slot in form.slots:
        if slot.bound:
            yield step(slot.label, slot.bound.prompt)


FILL_IN = {
    Period.PLAN: "从“目录”点项目名称进入，填写预算、资金支出计划、目标和指标；有下拉箭头的请从列表选择。",
    Period.MONITORING: "已知内容已带入并锁定。填写按月支付、各来源执行数、完成情况、偏差原因和完成可能性。",
    Period.SELF_EVALUATION: "已知内容已带入并锁定。填写按月支付、各来源执行数、实际完成值、分值和偏差原因。",
    None: "从“目录”点项目名称进入。只填浅黄色单元格，各栏填法见下；选中单元格也会显示，有下拉箭头的请从列表选择。",
}
"""What to do on the sheets of projects, by period; None for those of the whole year."""

LIGHTS_OF_FORMS = (
    step("预警（官方）", "财政系统的预警：预算执行率 ÷（已过月数 ÷ 12），低于60%红灯，低于80%黄灯，以“参数”表为准。"),
    step("预警（按计划）", "本表另按资金支出计划判断：计划完成率低于滞后线为严重滞后，低于正常线为滞后。"),
)


def guide_form(project: Form, overall: Form, settings: Form, period: Period | None = None) -> Form:
    """The guide to a workbook of these forms."""
    return Form(
        kind="guide",
        widths=(18, 60, 34, 12),
        body=(
            Row((Label(TITLE, 3, look="title"), given("marker", Kind.TEXT)), 34),
            Row(
                (
                    Label(
                        "本表由 xlperf 生成，每个项目一张工作表。填好后请原样保存并交回，不必另存格式。", 3, look="body"
                    ),
                ),
                24,
            ),
            step("一、先看参数", "在“参数”表核对截止日期、填报类型和规则包。截止日期决定支出进度统计到哪一天。"),
            step("二、逐个项目填", FILL_IN[period]),
            step("三、检查", "看“目录”的预警和未填报数。橙色单元格表示应填未填。全部填好后保存，交财务人员汇总。"),
            *heading("颜色和符号"),
            colour("input", "浅黄色", "由填报人填写。"),
            colour("given", "白色", "由批复或系统给定，已锁定。"),
            colour("computed", "灰色", "自动计算，已锁定。"),
            colour("todo", "橙色", "应填未填。"),
            words("good", "达到指标值；计划完成率不低于正常线（见“参数”表）。"),
            words("warn", "填报内容无法判定；计划完成率在滞后线和正常线之间（见“参数”表）。"),
            words("bad", "未达到指标值；计划完成率低于滞后线（见“参数”表）；支付超过预算。"),
            *heading("三个支出指标怎么算"),
            step("预算执行率", "累计支付 ÷ 执行预算（有调整的按调整后预算）。预算为0时不计算。"),
            step(
                "计划完成率",
                "预算执行率 ÷ 计划应达比例。尚未到第一个计划节点的，显示“未到计划节点”，不算滞后。预警按此判断。",
            ),
            step("序时进度比", "预算执行率 ÷（已过月数 ÷ 12）。与计划完成率可能相差很大，两者并列，便于说明。"),
            *(LIGHTS_OF_FORMS if period else ()),
            *heading("请不要"),
            step("增删行列", "行列已锁定。指标行不够时，请财务人员重新生成工作簿。"),
            step("改工作表结构", "工作表可以改名，不要复制、删除或移到别的工作簿。"),
            step("填公式或单位", "数字单元格里不要写“2000万”“95%以上”，也不要填公式。"),
            *heading("项目表各栏怎么填（金额单位一律为万元，只填数字）"),
            *inputs(project),
            *heading(f"“{OVERALL_TITLE}”各栏怎么填"),
            *inputs(overall),
            *heading(f"“{SETTINGS_TITLE}”各栏怎么填"),
            *inputs(settings),
        ),
        hidden_columns=1,
        landscape=False,
    )


GUIDE = guide_form(PROJECT, OVERALL, SETTINGS)
