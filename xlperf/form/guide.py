"""The sheet 填表说明: how to fill the workbook in, made from the same bounds and words as the sheets themselves."""

from __future__ import annotations

from xlperf.form.parts import Form, Kind, Label, Row, given


def step(title: str, text: str, height: float = 36) -> Row:
    """One piece of advice."""
    return Row((Label(title), Label(text, 2, look="body")), height)


def colour(look: str, sample: str, text: str) -> Row:
    """One colour of the sheets and what it means."""
    return Row((Label(sample, look=look), Label(text, 2, look="body")), 24)


GUIDE = Form(
    kind="guide",
    widths=(18, 60, 34, 12),
    body=(
        Row((Label("填表说明", 3, look="title"), given("marker", Kind.TEXT)), 34),
        Row(
            (Label("本表由 xlperf 生成，每个项目一张工作表。填好后请原样保存并交回，不必另存格式。", 3, look="body"),),
            24,
        ),
        step("一、先看参数", "在“参数”表核对截止日期、填报类型和规则包。截止日期决定支出进度统计到哪一天。"),
        step(
            "二、逐个项目填",
            "从“目录”点项目名称进入。只填浅黄色单元格；选中单元格会显示填写提示，有下拉箭头的请从列表选择。",
        ),
        step(
            "三、资金",
            "金额单位一律为万元，只填数字。各月填当月支付数，累计数自动计算；退回款项填负数。没有支出的月份留空。",
        ),
        step(
            "四、支出计划", "填累计比例（如 20%、50%、70%、100%），逐次不减，12月底为100%。到该节点尚未安排支出的填0%。"
        ),
        step(
            "五、指标",
            "符号、指标值、单位分三格填写：≥ ｜ 95 ｜ %。没有数字的指标选“定性”；不涉及的指标选“不涉及”，不设分值。",
            40,
        ),
        step(
            "六、完成情况",
            "定量指标填数字；定性指标填 达成、部分达成 或 未达成，并在“定性评分”栏给分。未达标或超额的，写明偏差原因。",
            40,
        ),
        step("七、检查", "看“目录”的预警和未填报数。橙色单元格表示应填未填。全部填好后保存，交财务人员汇总。"),
        Row((Label("", 3, look="plain"),), 10),
        Row((Label("颜色和符号", 3),), 24),
        colour("sample_input", "浅黄色", "由填报人填写。"),
        colour("sample_given", "白色", "由批复或系统给定，已锁定。"),
        colour("sample_computed", "灰色", "自动计算，已锁定。"),
        colour("sample_todo", "橙色", "应填未填。"),
        colour("sample_good", "✓ 达标  ● 正常", "达到指标值；支出进度不低于计划的80%。"),
        colour("sample_warn", "▲ 滞后", "支出进度为计划的60–80%。"),
        colour("sample_bad", "✗ 未达标  ■ 严重滞后  ◆ 超支", "未达到指标值；支出进度低于计划的60%；支付超过预算。"),
        Row((Label("", 3, look="plain"),), 10),
        Row((Label("三个支出指标怎么算", 3),), 24),
        step("预算执行率", "累计支付 ÷ 执行预算（有调整的按调整后预算）。预算为0时不计算。", 26),
        step(
            "计划完成率",
            "预算执行率 ÷ 计划应达比例。尚未到第一个计划节点的，显示“未到计划节点”，不算滞后。预警按此判断。",
            36,
        ),
        step("序时进度比", "预算执行率 ÷（已过月数 ÷ 12）。与计划完成率可能相差很大，两者并列，便于说明。", 36),
        Row((Label("", 3, look="plain"),), 10),
        Row((Label("请不要", 3),), 24),
        step("增删行列", "行列已锁定。指标行不够时，请财务人员重新生成工作簿。", 26),
        step("改工作表结构", "工作表可以改名，不要复制、删除或移到别的工作簿。", 26),
        step("填公式或单位", "数字单元格里不要写“2000万”“95%以上”，也不要填公式。", 26),
    ),
    hidden_columns=1,
    landscape=False,
)
