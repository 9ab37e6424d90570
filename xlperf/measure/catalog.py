"""The worksheet functions, one entry each: what every host file, the manual and the parity tests are made from.

Knows names, parameters, texts and examples; the rules and the plain formulas stand in their own modules.
"""

from __future__ import annotations

from decimal import Decimal as D

from xlperf.measure import (
    codes,
    formulas_of_indicators,
    formulas_of_money,
    formulas_of_scores,
    indicators,
    lights,
    progress,
    scores,
    sentence,
    totals,
)
from xlperf.measure.functions import RANGE, ROW, SCALAR, TABLE, Example, Function, Param, Result
from xlperf.measure.packs import BLANK_PACK
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.statuses import LINEAR, STEP

if TYPE_CHECKING:
    from typing import Dict, Optional

_PAID = Param("paid", TABLE, "已支付金额（累计）", "amount paid so far", "万元")
_BUDGET = Param("budget", TABLE, "预算数（调整后）", "budget, adjusted", "万元")
_RATE = Param("rate", TABLE, "预算执行率", "execution rate", "比例")
_PLAN = Param("plan", TABLE, "计划累计比例", "planned share", "比例")
_AS_OF = Param(
    "as_of", TABLE, "已满月数0—12，或截止日期；等价公式只用月数", "completed months 0-12, or a date", "月数或日期"
)
_YEAR = Param("year", SCALAR, "预算年度", "budget year", "年", True, "截止日期所在年度")
_YELLOW = Param("yellow", SCALAR, "严重滞后界限", "threshold of yellow", "比例", True, str(progress.YELLOW))
_GREEN = Param("green", SCALAR, "正常界限", "threshold of green", "比例", True, str(progress.GREEN))
_OPERATOR = Param("operator", TABLE, "计算符号：≥ > = ≤ < 定性 不涉及", "operator; blank with a target means =")
_TARGET = Param("target", TABLE, "指标值", "target value")
_ACTUAL = Param("actual", TABLE, "实际完成值；定性指标填达成、部分达成或未达成", "actual value, or the rating")
_OVER = Param("over", SCALAR, "超额界限", "over-fulfilled from this excess", "比例", True, str(indicators.OVER))
_SIGN = Param("operator", TABLE, "SIGN的结果", "answer of SIGN")
_RESULT = Param("actual", TABLE, "RESULT的结果", "answer of RESULT")
_MEETS = Param("meets", TABLE, "MEETS的结果", "answer of MEETS")
_EXCESS = Param("excess", TABLE, "EXCESS的结果", "answer of EXCESS", "比例")
_PART = Param("part", TABLE, "PART的结果", "answer of PART")
_BASE = Param("whole", TABLE, "BASE的结果", "answer of BASE")
_WEIGHT = Param("weight", TABLE, "分值", "weight", "分")
_GIVEN = Param("points", TABLE, "定性指标由评分人给分", "points given to a qualitative indicator", "分", True)
_DEDUCTION = Param("deduction", TABLE, "扣减分数", "points deducted", "分", True)
_ROWS = Param("points", TABLE, "指标得分合计", "points of the indicators", "分")
_EXECUTION = Param(
    "execution", TABLE, "预算执行率得分（PAIDSCORE的结果）", "points of execution, answer of PAIDSCORE", "分"
)
_PACK = Param(
    "pack", RANGE, "规则包：名称，或“参数”表中的一列", "rule pack: name, or its cells", "", True, BLANK_PACK.key
)
_LIGHT = Param("light", TABLE, "预警", "light")

CATALOG: Dict[str, Function] = {
    function.name: function
    for function in (
        Function("MONTHS", "已满月数，由截止日期算",
                 "Completed months at a date",
                 (Param("as_of", SCALAR, "截止日期，或已满月数0—12", "date, or completed months 0-12", "日期或月数"),
                  _YEAR),
                 Result("已满月数", "completed months", "月"), progress.months,
                 formulas_of_money.months, Example((45230, 2023), D(10))),
        Function("REACHED", "某一节点的计划累计比例，不低于以前各节点",
                 "Planned share at a checkpoint, never below an earlier one",
                 (Param("part", ROW, "到该节点为止的各累计比例", "the shares up to this checkpoint", "比例"),
                  Param("shares", ROW, "3月底、6月底、10月底、12月底累计比例", "the four cumulative shares", "比例")),
                 Result("计划累计比例", "planned share", "比例"), progress.reached,
                 formulas_of_money.reached, Example((D("0.2"), ((D("0.2"), D("0.5"), D("0.7"), 1),)), D("0.2")),
                 is_helper=True),
        Function("PLAN", "计划累计比例：截止日期时资金支出计划应支付的比例",
                 "Planned cumulative share of the budget at a date",
                 (_AS_OF,
                  Param("shares", ROW, "四个节点的累计比例（REACHED的结果）", "the four shares, answers of REACHED",
                   "比例"),
                  Param("method", SCALAR, f"{STEP}或{LINEAR}", "step or linear", "", True, STEP), _YEAR),
                 Result("计划累计比例", "planned share", "比例"), progress.plan_share,
                 formulas_of_money.plan_share, Example((10, ((D("0.2"), D("0.5"), D("0.7"), 1),)), D("0.7"))),
        Function("RATE", "预算执行率＝已支付金额÷预算数",
                 "Execution rate: paid divided by budget",
                 (_PAID, _BUDGET),
                 Result("预算执行率", "execution rate", "比例"), progress.execution_rate,
                 formulas_of_money.execution_rate, Example((9, 30), D("0.3"))),
        Function("PROGRESS", "计划完成率＝预算执行率÷计划累计比例",
                 "Plan progress: execution rate divided by planned share",
                 (_RATE, _PLAN),
                 Result("计划完成率", "plan progress", "比例"), progress.plan_progress,
                 formulas_of_money.plan_progress, Example((D("0.3"), D("0.7")), D("0.428571"))),
        Function("TIME", "序时进度比＝预算执行率÷（已满月数÷12）",
                 "Time progress ratio: execution rate divided by the elapsed share of the year",
                 (_RATE, _AS_OF, _YEAR),
                 Result("序时进度比", "time progress ratio", "比例"), progress.time_progress,
                 formulas_of_money.time_progress, Example((D("0.3"), 10), D("0.36"))),
        Function("LIGHT", "进度状态：超支、严重滞后、滞后或正常",
                 "Light by plan: overspent, seriously behind, behind or on track",
                 (_RATE, Param("progress", TABLE, "计划完成率", "plan progress", "比例"), _YELLOW, _GREEN),
                 Result("进度状态", "light"), progress.light,
                 formulas_of_money.light, Example((D("0.3"), D("0.428571")), "严重滞后")),
        Function("MONEYLIGHT", "资金预警，按序时进度：红灯、黄灯或绿灯",
                 "Official light of money, by time",
                 (_PAID, _BUDGET, _AS_OF, _YEAR, _PACK),
                 Result("资金预警", "light"), lights.money_light,
                 formulas_of_money.money_light, Example((D("87.57"), 220, 6), "黄灯")),
        Function("MONEYREASON", "资金是否须说明原因",
                 "Whether a reason is owed for money",
                 (Param("money_light", TABLE, "MONEYLIGHT的结果", "answer of MONEYLIGHT"),
                  Param("plan_light", TABLE, "LIGHT的结果", "answer of LIGHT"), _PACK),
                 Result("需说明或空白", "owed or blank"), lights.money_reason,
                 formulas_of_money.money_reason, Example(("绿灯", "滞后"), "需说明")),
        Function("SIGN", "规范的计算符号",
                 "Operator in one spelling",
                 (_OPERATOR, _TARGET, _PACK),
                 Result("计算符号", "operator"), indicators.sign,
                 formulas_of_indicators.sign, Example((">=", 95), "≥"), is_helper=True),
        Function("RESULT", "规范的实际完成值：数字或档次",
                 "Actual value as a number or a rating",
                 (_ACTUAL, _PACK),
                 Result("实际完成值", "actual value", "数"), indicators.result,
                 formulas_of_indicators.result, Example(("达成",), "达成"), is_helper=True),
        Function("MEETS", "是否达标：达标、未达标、未填报、不涉及或无法判定",
                 "Whether the target is met",
                 (_SIGN, _TARGET, _RESULT, _PACK),
                 Result("是否达标", "state before over-fulfilment"), indicators.meets,
                 formulas_of_indicators.meets, Example(("≥", 95, 96), "达标"), is_helper=True),
        Function("EXCESS", "超过指标值的比例，用于≥ > =；指标值为0的记9999",
                 "Share above the target; 9999 above a target of 0",
                 (_SIGN, _TARGET, _RESULT, _PACK),
                 Result("超过比例", "excess", "比例"), indicators.excess,
                 formulas_of_indicators.excess, Example(("≥", 100, 120), D("0.2")), is_helper=True),
        Function("STATE", "指标状态（自评）：达标、超额、未达标、未填报、不涉及或无法判定",
                 "State of an indicator at the end of the year",
                 (_SIGN, _MEETS, _EXCESS, _OVER),
                 Result("指标状态", "state"), indicators.state,
                 formulas_of_indicators.state, Example(("≥", "达标", D("0.2")), "超额")),
        Function("STANDING", "指标状态（监控）：达标、超额、进行中、未填报、不涉及或无法判定",
                 "State of an indicator before the end of the year",
                 (_SIGN, _MEETS, _EXCESS, _OVER),
                 Result("指标状态", "state"), indicators.standing,
                 formulas_of_indicators.standing, Example(("≥", "未达标", D("-0.5")), "进行中")),
        Function("SPAN", "指标值对应的月数：按时间折算的为已满月数，否则12",
                 "Months for which a target counts",
                 (Param("subcategory", TABLE, "二级指标", "second-level class"),
                  Param("unit", TABLE, "计量单位", "unit"), _AS_OF, _PACK),
                 Result("月数", "months", "月"), lights.span,
                 formulas_of_indicators.span, Example(("质量指标", "个", 6), D(12)), is_helper=True),
        Function("PACE", "完成值÷（指标值×月数÷12），或不看进度时的预警",
                 "Actual against the target for the months, or the light itself",
                 (_SIGN, _TARGET, _RESULT, Param("span", TABLE, "SPAN的结果", "answer of SPAN", "月"), _MEETS),
                 Result("进度比或预警", "ratio or light", "比例"), lights.pace,
                 formulas_of_indicators.pace, Example(("≥", 100, 35, 6, "未达标"), D("0.7")), is_helper=True),
        Function("TARGETLIGHT", "指标预警：红灯、黄灯、绿灯或蓝灯",
                 "Official light of an indicator",
                 (Param("pace", TABLE, "PACE的结果", "answer of PACE"), _PACK),
                 Result("指标预警", "light"), lights.target_light,
                 formulas_of_indicators.target_light, Example((D("0.7"),), "黄灯")),
        Function("WORSTLIGHT", "绩效目标预警：各指标中最差的",
                 "Light of an objective: the worst of its indicators",
                 (Param("lights", RANGE, "各指标预警", "lights of the indicators"),),
                 Result("预警", "light"), lights.worst_light,
                 formulas_of_indicators.worst_light, Example(((("绿灯", "黄灯"),),), "黄灯")),
        Function("MONITORREASON", "监控时指标是否须说明原因",
                 "Whether a reason is owed for an indicator before the end of the year",
                 (Param("light", TABLE, "TARGETLIGHT的结果", "answer of TARGETLIGHT"),
                  Param("likelihood", TABLE, "完成目标可能性", "likelihood"), _SIGN, _EXCESS, _PACK),
                 Result("需说明或空白", "owed or blank"), lights.monitoring_reason,
                 formulas_of_indicators.monitoring_reason, Example(("红灯", "有可能", "≥", D("-0.5")), "需说明")),
        Function("EVALREASON", "自评时指标是否须说明原因",
                 "Whether a reason is owed for an indicator at the end of the year",
                 (Param("state", TABLE, "STATE的结果", "answer of STATE"), _SIGN, _EXCESS, _DEDUCTION, _PACK),
                 Result("需说明或空白", "owed or blank"), lights.evaluation_reason,
                 formulas_of_indicators.evaluation_reason, Example(("达标", "≥", 0, 2), "需说明")),
        Function("PART", "计分的分子：得分＝分值×PART÷BASE",
                 "Numerator of the points: weight times PART divided by BASE",
                 (_SIGN, _TARGET, _RESULT, _MEETS, _PACK),
                 Result("分子", "numerator", "数"), scores.part,
                 formulas_of_scores.part, Example(("≤", 20, 25, "未达标"), D(15)), is_helper=True),
        Function("BASE", "计分的分母：得分＝分值×PART÷BASE",
                 "Denominator of the points",
                 (_SIGN, _TARGET, _RESULT, _PACK),
                 Result("分母", "denominator", "数"), scores.base,
                 formulas_of_scores.base, Example(("≤", 20, 25), D(20)), is_helper=True),
        Function("RATEDFLOOR", "定性指标该档次的最低分",
                 "Least points of a rating",
                 (_RESULT, _WEIGHT, _PACK),
                 Result("最低分", "least points", "分"), scores.rated_floor,
                 formulas_of_scores.rated_floor, Example(("部分达成", 10), D(6)), is_helper=True),
        Function("RATEDTOP", "定性指标该档次的最高分",
                 "Most points of a rating",
                 (_RESULT, _WEIGHT, _PACK),
                 Result("最高分", "most points", "分"), scores.rated_top,
                 formulas_of_scores.rated_top, Example(("部分达成", 10), D(8)), is_helper=True),
        Function("RATEDPOINTS", "定性指标得分，须在档次之内；有扣减的不查",
                 "Points of a qualitative indicator, inside the band of its rating",
                 (_RESULT, _WEIGHT, Param("points", TABLE, "评分人给分", "points given", "分"),
                  Param("floor", TABLE, "RATEDFLOOR的结果", "answer of RATEDFLOOR", "分"),
                  Param("top", TABLE, "RATEDTOP的结果", "answer of RATEDTOP", "分"), _DEDUCTION, _PACK),
                 Result("得分", "points", "分"), scores.rated_points,
                 formulas_of_scores.rated_points, Example(("部分达成", 10, 7, 6, 8), D(7)), is_helper=True),
        Function("EARNED", "指标得分，未扣减",
                 "Points of an indicator before deductions",
                 (_SIGN, _WEIGHT, _PART, _BASE,
                  Param("rated", TABLE, "RATEDPOINTS的结果", "answer of RATEDPOINTS", "分", True)),
                 Result("得分", "points", "分"), scores.earned,
                 formulas_of_scores.earned, Example(("≤", D("7.5"), 15, 20), D("5.63"))),
        Function("NETSCORE", "指标得分，扣减后",
                 "Points of an indicator after deductions",
                 (Param("points", TABLE, "未扣减的得分", "points before deductions", "分"),
                  Param("deduction", TABLE, "扣减分数", "points deducted", "分")),
                 Result("得分", "points", "分"), scores.net_score,
                 formulas_of_scores.net_score, Example((5, 2), D(3))),
        Function("ATTAINMENT", "完成率：≥ > =为完成值÷指标值，≤ <同得分比例",
                 "Completion: actual against target; for ≤ and < the share of the points",
                 (_SIGN, _TARGET, _RESULT, _PART, _BASE),
                 Result("完成率", "completion", "比例"), scores.attainment,
                 formulas_of_scores.attainment, Example(("≤", 20, 25, 15, 20), D("0.75"))),
        Function("RATESCORE", "预算执行率得分，按规则包",
                 "Points for budget execution by the rule pack",
                 (_RATE, _PACK),
                 Result("得分", "score", "分"), totals.execution_score,
                 formulas_of_scores.execution_score, Example((D("0.853"),), D("8.53"))),
        Function("PAIDSCORE", "预算执行率得分，由金额算",
                 "Points for budget execution, from the amounts",
                 (_PAID, _BUDGET, _PACK),
                 Result("得分", "score", "分"), totals.paid_score,
                 formulas_of_scores.paid_score, Example((D("259.45"), 300), D("8.65"))),
        Function("GRADE", "等级：优、良、中、差，按规则包",
                 "Grade of a total score by the rule pack",
                 (Param("total", TABLE, "总分", "total score", "分"), _PACK),
                 Result("等级", "grade"), totals.grade, formulas_of_scores.grade, Example((D("89.995"),), "优")),
        Function("FINALGRADE", "等级，由未取整的总分定",
                 "Grade of the unrounded total",
                 (_ROWS, _EXECUTION, _PAID, _BUDGET, _PACK),
                 Result("等级", "grade"), totals.final_grade,
                 formulas_of_scores.final_grade, Example((80, 10, D("9.9999"), 10), "良")),
        Function("ALERT", "自评预警：红灯、黄灯或空白",
                 "Warning of full marks beside unspent money",
                 (_ROWS, _EXECUTION, _PAID, _BUDGET, _PACK),
                 Result("自评预警", "warning"), totals.alert,
                 formulas_of_scores.alert, Example((90, 7, 70, 100), "红灯")),
        Function("SPENT", "进度说明之一：已支付金额和预算执行率",
                 "Sentence, first part: paid and execution rate",
                 (_PAID, _RATE, _AS_OF),
                 Result("说明", "part of the sentence"), sentence.spent_clause,
                 formulas_of_money.spent_clause, Example((9, D("0.3"), 10),
                  "截至10月底，已支付9.00万元，预算执行率30.0%"), is_helper=True),
        Function("PLANCLAUSE", "进度说明之二：与计划相比",
                 "Sentence, second part: against the plan",
                 (_PAID, _BUDGET, _PLAN, Param("light", TABLE, "LIGHT的结果", "answer of LIGHT")),
                 Result("说明", "part of the sentence"), sentence.plan_clause,
                 formulas_of_money.plan_clause, Example((9, 30, D("0.3"), "正常"),
                  "较计划（30.0%）持平（差额0.00万元），正常"), is_helper=True),
        Function("TIMECLAUSE", "进度说明之三：与序时进度相比",
                 "Sentence, third part: against the time",
                 (_RATE, _AS_OF),
                 Result("说明", "part of the sentence"), sentence.time_clause,
                 formulas_of_money.time_clause, Example((D("0.3"), 10), "；较序时进度（83.3%）低53.3个百分点。"),
                 is_helper=True),
        Function("SENTENCE", "支出进度说明，一句话，由三部分合成",
                 "One sentence on the spend progress, from its parts",
                 (Param("spent", TABLE, "SPENT的结果", "answer of SPENT"),
                  Param("planned", TABLE, "PLANCLAUSE的结果", "answer of PLANCLAUSE"),
                  Param("timed", TABLE, "TIMECLAUSE的结果", "answer of TIMECLAUSE")),
                 Result("进度说明", "explanation"), sentence.sentence,
                 formulas_of_money.sentence,
                 Example(("截至10月底，已支付0万元", "未到计划节点", "；较序时进度低8个百分点。"),
                         "截至10月底，已支付0万元，未到计划节点；较序时进度低8个百分点。")),
        Function("CODE", "项目编码校验",
                 "Check of a project code",
                 (Param("code", TABLE, "项目编码", "project code"),),
                 Result("校验结果", "result of the check"), codes.check_code,
                 formulas_of_money.check_code, Example(("13080023P00033710032M",), "有效")),
        Function("COMPLIANCE", "指标状态，由填写的符号、指标值和完成值直接算",
                 "State of an indicator, from the cells as typed",
                 (_OPERATOR, _TARGET, _ACTUAL, _OVER, _PACK),
                 Result("指标状态", "compliance state"), indicators.compliance, None, Example(("≥", 95, 96), "达标")),
        Function("COMPLETION", "完成率：实际完成值对指标值之比，反向指标按规则包",
                 "Completion: actual against target, for ≤ and < as the rule pack says",
                 (_OPERATOR, _TARGET, _ACTUAL, _PACK),
                 Result("完成率", "completion", "比例"), indicators.completion,
                 None, Example(("≥", 95, 76), D("0.8"))),
        Function("SCORE", "指标得分，由填写的各项直接算，未扣减",
                 "Score of an indicator, from the cells as typed",
                 (_OPERATOR, _TARGET, _ACTUAL, _WEIGHT, _GIVEN, _PACK, _DEDUCTION),
                 Result("得分", "score", "分"), scores.score, None, Example(("≤", 20, 25, D("7.5")), D("5.63"))),
        Function("EXPLAIN", "支出进度说明，一句话，由金额直接算",
                 "One sentence on the spend progress, from the amounts",
                 (_PAID, _BUDGET,
                  Param("plan", TABLE, "计划累计比例；空白表示尚无计划", "planned share; blank: none yet", "比例"),
                   _AS_OF,
                  _YEAR, _YELLOW, _GREEN),
                 Result("进度说明", "explanation"), sentence.explain,
                 None,
                 Example((9, 30, D("0.3"), 10),
                  "截至10月底，已支付9.00万元，预算执行率30.0%，较计划（30.0%）持平（差额0.00万元），正常；较序时进度（83.3%）低53.3个百分点。")),
    )
}  # fmt: skip


def cell_formula(name: str, *refs: Optional[str]) -> str:
    """`Function.cell_formula` of the catalog entry `name`, such as "RATE"."""
    return CATALOG[name].cell_formula(*refs)
