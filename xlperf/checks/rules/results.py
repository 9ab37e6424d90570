"""What was reached, and what of it wants explaining (domain.md §6 and §8, scores)."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.checks.case import Place, ProjectCase, Row, Values
from xlperf.checks.rule import Typed, project_rule, row_rule
from xlperf.checks.rules.vocabulary import AT_LEAST, AT_MOST, RATES, plain
from xlperf.form.arithmetic import is_number, number
from xlperf.measure.statuses import NOT_FILLED, OVERFULFILLED, RATINGS, UNDECIDABLE, UNMET
from xlperf.model import Likelihood, Operator
from xlperf.model.text import squeeze

Said = Iterator[tuple[Place, Values]]

FEW = 3  # indicators; fewer that are all met exactly prove nothing
EVALUATION: Typed = {"period": "绩效自评", "as_of": "2026-12-31", "indicators.points#3": 30}
EXACT: Typed = {"indicators.actual#1": 4200, "indicators.actual#2": 98, "indicators.actual#4": 90}


@row_rule(
    "XPF527",
    at="indicators.actual",
    fires={"indicators.operator": "≥", "indicators.actual": "基本完成"},
    passes={"indicators.operator": "≥", "indicators.actual": 4210},
)
def word_for_a_number(row: Row) -> Values | None:
    """A quantitative result is a number.

    查什么：定量指标的实际完成值是不是数字。
    为什么：“基本完成”之类无法与指标值比较，状态为无法判定，也不得分。
    怎么改：填数字，不带单位；说明写在偏差原因里。
    """
    actual = row.indicator.actual
    return {"text": actual} if row.counts and isinstance(actual, str) else None


@row_rule(
    "XPF539",
    at="indicators.actual",
    fires={"indicators.actual#3": "较好"},
    passes={"indicators.actual#3": "部分达成"},
)
def rating_unknown(row: Row) -> Values | None:
    """A qualitative result is one of three ratings.

    查什么：定性指标的实际完成值是否为 达成、部分达成 或 未达成。
    为什么：只有这三档有对应的得分区间。
    怎么改：从下拉列表选择一档，评分填在“定性评分”。
    """
    actual = row.indicator.actual
    if row.operator is not Operator.QUALITATIVE or actual is None or actual in RATINGS:
        return None
    return {"text": actual}


@row_rule(
    "XPF538",
    at="indicators.actual",
    fires={"indicators.actual": 0, "indicators.operator": "≥", "indicators.value": "较高"},
    passes={"indicators.actual": 4210},
)
def state_undecidable(row: Row) -> Values | None:
    """A result that can be held against nothing.

    查什么：填了实际完成值却仍然无法判定是否达标的指标。
    为什么：多半是指标值不是数字或档次写错，得分为空。
    怎么改：先改正指标值、符号或档次。
    """
    words = row.counts and isinstance(row.indicator.actual, str)  # XPF527 says it better
    wrong_rating = row.operator is Operator.QUALITATIVE  # XPF539
    return {} if row.state == UNDECIDABLE and not words and not wrong_rating else None


@project_rule("XPF535", fires={"indicators.actual#2": None}, passes={"indicators.actual#2": 99})
def results_missing(project: ProjectCase) -> Said:
    """A returned sheet reports every indicator that applies.

    查什么：适用的指标是否都填了实际完成值。
    为什么：未填报的指标不计分，总分和等级也出不来。
    怎么改：逐项填写截止日期时的完成值；尚未开展的填0并说明。
    """
    missing = [row.index for row in project.rows() if row.state == NOT_FILLED]
    if missing:
        yield Place("indicators.actual", missing[0]), {"count": len(missing)}


@row_rule(
    "XPF524",
    at="indicators.deviation_reason",
    fires={**EVALUATION, "indicators.actual": 4000},
    passes={**EVALUATION, "indicators.actual": 4000, "indicators.deviation_reason": "立案数下降"},
)
def points_lost_without_reason(row: Row) -> Values | None:
    """Lost points are explained in the self-evaluation.

    查什么：绩效自评时得分低于分值的指标，是否写明偏差原因。
    为什么：自评表要求逐项说明偏差原因和改进措施，缺了会被退回。
    怎么改：在“偏差原因”写明类别（经费、制度、人员、硬件条件或其他）和具体说明。
    """
    score, weight = row.computed.get("indicators.score"), row.indicator.weight
    lost = row.of.evaluated and is_number(score) and weight is not None and number(score) < weight
    return {"score": plain(score), "weight": plain(weight)} if lost and not row.indicator.deviation_reason else None


@row_rule(
    "XPF525",
    at="indicators.deviation_reason",
    fires={"indicators.actual": 3000},
    passes={"indicators.actual": 3000, "indicators.deviation_reason": "立案数下降"},
)
def unmet_without_reason(row: Row) -> Values | None:
    """An unmet indicator is explained when monitored.

    查什么：运行监控时未达标的指标是否写明偏差原因；完成可能性选“确定能”的除外，但已超过上限（≤）的仍要写明。
    为什么：监控表要求说明偏差原因，年内还来得及纠正。
    怎么改：在“偏差原因”写明原因，并选择完成可能性。
    """
    wanted = row.state == UNMET and not row.of.evaluated and not row.indicator.deviation_reason
    on_its_way = row.indicator.likelihood is Likelihood.CERTAIN and row.operator not in AT_MOST
    if not wanted or on_its_way:
        return None
    goal = f"{row.operator.symbol}{plain(row.target.value)}" if row.counts else row.target.value
    return {"actual": row.indicator.actual, "target": goal}


@row_rule(
    "XPF534",
    at="indicators.likelihood",
    fires={"indicators.actual": 3000, "indicators.likelihood": None},
    passes={"indicators.actual": 3000, "indicators.likelihood": "有可能"},
)
def likelihood_missing(row: Row) -> Values | None:
    """An unmet indicator says whether it will be met by the year's end.

    查什么：运行监控时未达标的指标是否选择完成可能性。
    为什么：监控表的必填项，据此决定是否调整目标或预算。
    怎么改：选择 确定能、有可能 或 完全不可能。
    """
    return {} if row.state == UNMET and not row.of.evaluated and row.indicator.likelihood is None else None


@row_rule(
    "XPF526",
    at="indicators.deviation_reason",
    fires={"indicators.actual": 6000},
    passes={"indicators.actual": 6000, "indicators.deviation_reason": "新收案件增加"},
)
def over_fulfilled_without_reason(row: Row) -> Values | None:
    """A target far exceeded was set too low, or something happened: it is explained.

    查什么：超额的指标（监控超过目标15%，自评超过30%，以“参数”表为准）是否写明原因。
    为什么：超额太多往往说明目标定低了，评审会要求解释；超额本身不扣分。
    怎么改：在“偏差原因”写明原因，下年据实调整目标。
    """
    wanted = row.state == OVERFULFILLED and not row.indicator.deviation_reason
    return {"actual": row.indicator.actual, "target": row.target.value} if wanted else None


@project_rule("XPF529", fires=EXACT, passes={**EXACT, "indicators.actual#2": 99})
def everything_exactly_met(project: ProjectCase) -> Said:
    """Every result exactly its target looks copied.

    查什么：定量指标的实际完成值是否全都恰好等于指标值，其中三项以上本来可能不等；＝1辆、＝100%、≤0起之类不计在内。
    为什么：项项正好100%，多半是照抄目标而不是据实统计。
    怎么改：按台账、报表据实填写。
    """
    rows = [row for row in project.rows() if row.counts and is_number(row.indicator.actual)]
    free = [row for row in rows if _could_differ(row)]
    if len(free) >= FEW and all(row.indicator.actual == row.target.value for row in rows):
        yield Place("indicators.actual", free[0].index), {"count": len(rows)}


def _could_differ(row: Row) -> bool:
    """Whether a target can be met by another number, or is a rate that hardly comes out exactly."""
    if squeeze(row.target.unit) in RATES and row.operator not in AT_MOST:
        return row.figure != 100
    return row.operator in AT_LEAST or (row.operator in AT_MOST and row.figure != 0)
