"""The worksheet functions, one entry each: what every host file, the manual and the parity tests are made from.

Knows names, parameters, texts and examples; the rules and the plain formulas stand in their own modules.
"""

from __future__ import annotations

from decimal import Decimal as D

from xlperf.measure import codes, formulas, progress, scores, sentence
from xlperf.measure.formula_parts import blank_kept
from xlperf.measure.packs import DEFAULT_PACK
from xlperf.measure.records import TYPE_CHECKING, NamedTuple
from xlperf.measure.statuses import LINEAR, STEP

if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Optional, Tuple

    from xlperf.measure.normal import Answer

PREFIX = "XLPERF_"

SCALAR, TABLE, ROW = "scalar", "table", "row"


class Param(NamedTuple):
    """A parameter. Kind `table` takes a cell or a range, `scalar` one cell, `row` the four cells of one project."""

    name: str
    kind: str
    zh: str
    en: str
    unit: str = ""
    optional: bool = False
    default: str = ""


class Result(NamedTuple):
    """What a function answers; `unit` is empty for words."""

    zh: str
    en: str
    unit: str = ""


class Example(NamedTuple):
    """Arguments and the answer they give."""

    args: Tuple[Any, ...]
    answer: Answer


class Function(NamedTuple):
    """One worksheet function. `python` takes cells or ranges; `plain` takes reference texts, None for an absent one."""

    name: str
    zh: str
    en: str
    params: Tuple[Param, ...]
    result: Result
    python: Callable[..., Any]
    plain: Callable[..., str]
    example: Example

    @property
    def worksheet_name(self) -> str:
        return PREFIX + self.name

    def formula(self, *refs: Optional[str]) -> str:
        """The plain worksheet formula, without "=", for one reference text per parameter; None or nothing: default."""
        required = [param for param in self.params if not param.optional]
        if not len(required) <= len(refs) <= len(self.params) or None in refs[: len(required)]:
            raise TypeError(f"{self.worksheet_name} takes {len(required)} to {len(self.params)} references")
        return self.plain(*refs)

    def call(self, *refs: Optional[str]) -> str:
        """The call of the add-in function, without "=", in which a blank cell is blank in every program.

        LibreOffice hands over a blank cell as 0 unless it is part of a range, and C3:C3 does not survive there: it is
        saved as C3.
        """
        arguments = list(refs)
        while arguments and arguments[-1] is None:
            arguments.pop()
        return f"{self.worksheet_name}({','.join(_argument(ref) if ref else '' for ref in arguments)})"

    def cell_formula(self, *refs: Optional[str]) -> str:
        """What a cell holds, without "=": the add-in's answer, or the plain formula's where no add-in answers."""
        return f"IFERROR({self.call(*refs)},{self.formula(*refs)})"


def _argument(ref: str) -> str:
    return ref if ":" in ref else blank_kept(ref)


_PAID = Param("paid", TABLE, "已支付金额（累计）", "amount paid so far", "万元")
_BUDGET = Param("budget", TABLE, "预算数（调整后）", "budget, adjusted", "万元")
_RATE = Param("rate", TABLE, "预算执行率", "execution rate", "比例")
_AS_OF = Param("as_of", TABLE, "截止日期，或已满月数0—12", "date, or completed months 0-12", "日期或月数")
_YEAR = Param("year", SCALAR, "预算年度", "budget year", "年", True, "截止日期所在年度")
_YELLOW = Param("yellow", SCALAR, "严重滞后界限", "threshold of yellow", "比例", True, str(progress.YELLOW))
_GREEN = Param("green", SCALAR, "正常界限", "threshold of green", "比例", True, str(progress.GREEN))
_OPERATOR = Param("operator", TABLE, "计算符号：≥ > = ≤ < 定性 不涉及", "operator; blank with a target means =")
_TARGET = Param("target", TABLE, "指标值", "target value")
_ACTUAL = Param("actual", TABLE, "实际完成值；定性指标填达成、部分达成或未达成", "actual value, or the rating")
_PACK = Param("pack", SCALAR, "规则包", "rule pack", "", True, DEFAULT_PACK.key)

CATALOG: Dict[str, Function] = {
    function.name: function
    for function in (
        Function(
            "PLAN",
            "计划累计比例：截止日期时资金支出计划应支付的比例",
            "Planned cumulative share of the budget at a date",
            (
                _AS_OF,
                Param("shares", ROW, "3月底、6月底、10月底、12月底累计比例", "the four cumulative shares", "比例"),
                Param("method", SCALAR, f"{STEP}或{LINEAR}", "step or linear", "", True, STEP),
                _YEAR,
            ),
            Result("计划累计比例", "planned share", "比例"),
            progress.plan_share,
            formulas.plan_share,
            Example((10, ((D("0.2"), D("0.5"), D("0.7"), 1),)), D("0.7")),
        ),
        Function(
            "RATE",
            "预算执行率＝已支付金额÷预算数",
            "Execution rate: paid divided by budget",
            (_PAID, _BUDGET),
            Result("预算执行率", "execution rate", "比例"),
            progress.execution_rate,
            formulas.execution_rate,
            Example((9, 30), D("0.3")),
        ),
        Function(
            "PROGRESS",
            "计划完成率＝预算执行率÷计划累计比例",
            "Plan progress: execution rate divided by planned share",
            (_RATE, Param("plan", TABLE, "计划累计比例", "planned share", "比例")),
            Result("计划完成率", "plan progress", "比例"),
            progress.plan_progress,
            formulas.plan_progress,
            Example((D("0.3"), D("0.7")), D("0.428571")),
        ),
        Function(
            "TIME",
            "序时进度比＝预算执行率÷（已满月数÷12）",
            "Time progress ratio: execution rate divided by the elapsed share of the year",
            (_RATE, _AS_OF, _YEAR),
            Result("序时进度比", "time progress ratio", "比例"),
            progress.time_progress,
            formulas.time_progress,
            Example((D("0.3"), 10), D("0.36")),
        ),
        Function(
            "LIGHT",
            "进度状态：超支、严重滞后、滞后或正常",
            "Light: overspent, seriously behind, behind or on track",
            (_RATE, Param("progress", TABLE, "计划完成率", "plan progress", "比例"), _YELLOW, _GREEN),
            Result("进度状态", "light"),
            progress.light,
            formulas.light,
            Example((D("0.3"), D("0.428571")), "严重滞后"),
        ),
        Function(
            "COMPLIANCE",
            "指标状态：达标、未达标、超额、未填报、不涉及或无法判定",
            "Compliance state of an indicator",
            (
                _OPERATOR,
                _TARGET,
                _ACTUAL,
                Param("over", SCALAR, "超额界限", "over-fulfilled from this excess", "比例", True, str(scores.OVER)),
            ),
            Result("指标状态", "compliance state"),
            scores.compliance,
            formulas.compliance,
            Example(("≥", 95, 96), "达标"),
        ),
        Function(
            "COMPLETION",
            "完成率：实际完成值对指标值之比，反向指标按规则包",
            "Completion: actual against target, for ≤ and < as the rule pack says",
            (_OPERATOR, _TARGET, _ACTUAL, _PACK),
            Result("完成率", "completion", "比例"),
            scores.completion,
            formulas.completion,
            Example(("≥", 95, 76), D("0.8")),
        ),
        Function(
            "SCORE",
            "指标得分，按规则包",
            "Score of an indicator by the rule pack",
            (
                _OPERATOR,
                _TARGET,
                _ACTUAL,
                Param("weight", TABLE, "分值", "weight", "分"),
                Param("points", TABLE, "定性指标由评分人给分", "points given to a qualitative indicator", "分", True),
                _PACK,
            ),
            Result("得分", "score", "分"),
            scores.score,
            formulas.score,
            Example(("≤", 20, 25, D("7.5")), D("5.63")),
        ),
        Function(
            "RATESCORE",
            "预算执行率得分，按规则包",
            "Points for budget execution by the rule pack",
            (_RATE, _PACK),
            Result("得分", "score", "分"),
            scores.execution_score,
            formulas.execution_score,
            Example((D("0.853"), "江西"), D(7)),
        ),
        Function(
            "GRADE",
            "等级：优、良、中、差，按规则包",
            "Grade of a total score by the rule pack",
            (Param("total", TABLE, "总分", "total score", "分"), _PACK),
            Result("等级", "grade"),
            scores.grade,
            formulas.grade,
            Example((D("89.995"),), "优"),
        ),
        Function(
            "EXPLAIN",
            "支出进度说明，一句话",
            "One sentence on the spend progress",
            (
                _PAID,
                _BUDGET,
                Param("plan", TABLE, "计划累计比例；空白表示尚无计划", "planned share; blank: none yet", "比例"),
                _AS_OF,
                _YEAR,
                _YELLOW,
                _GREEN,
            ),
            Result("进度说明", "explanation"),
            sentence.explain,
            formulas.explain,
            Example(
                (9, 30, D("0.3"), 10),
                "截至10月底，已支付9.00万元，预算执行率30.0%，较计划（30.0%）持平（差额0.00万元），正常；"
                "较序时进度（83.3%）低53.3个百分点。",
            ),
        ),
        Function(
            "CODE",
            "项目编码校验",
            "Check of a project code",
            (Param("code", TABLE, "项目编码", "project code"),),
            Result("校验结果", "result of the check"),
            codes.check_code,
            formulas.check_code,
            Example(("13080023P00033710032M",), "有效"),
        ),
    )
}


def cell_formula(name: str, *refs: Optional[str]) -> str:
    """`Function.cell_formula` of the catalog entry `name`, such as "RATE"."""
    return CATALOG[name].cell_formula(*refs)
