"""Results and points: what was reached, what it scores, what wants explaining (domain.md §6 and §8, scores)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlperf.checks.case import Place, ProjectCase, Row, Values
from xlperf.checks.rule import Typed, project_rule, row_rule
from xlperf.checks.rules.words import plain
from xlperf.form import Answers
from xlperf.form.compute import is_number, number
from xlperf.measure.packs import RATIO, ZERO
from xlperf.measure.scores import RELATIONS
from xlperf.measure.words import NOT_FILLED, OUT_OF_BAND, OVERFULFILLED, RATINGS, UNDECIDABLE, UNMET
from xlperf.model import Operator

Said = Iterator[tuple[Place, Values]]

CLOSE = Decimal("0.005")
FEW = 3  # indicators; fewer that are all met exactly prove nothing
EVALUATION: Typed = {"period": "绩效自评", "as_of": "2026-12-31", "indicators.points#3": 30}
EXACT: Typed = {"indicators.actual#1": 4200, "indicators.actual#2": 98, "indicators.actual#4": 90}


@project_rule("XPF522", fires={"indicators.weight": 20}, passes={"indicators.weight": 25})
def weights_do_not_add_up(project: ProjectCase) -> Said:
    """The weights of all indicators and of budget execution make 100.

    查什么：全部指标的分值之和，是否等于100减去预算执行率的分值（一般为90）。
    为什么：分值不足或超出，总分就不是百分制。
    怎么改：按规则包的各类分值重新分配，同类指标之间一般平均分配。
    """
    weights = [i.weight for i in project.project.indicators if i.weight is not None]
    should = 100 - project.case.pack.execution.cap
    if weights and sum(weights) != should:
        yield Place("weight_total"), {"sum": plain(sum(weights)), "should": should}


@row_rule("XPF530", at="indicators.weight", fires={"indicators.weight": -5}, passes={"indicators.weight": 25})
def weight_out_of_range(row: Row) -> Values | None:
    """A weight lies between 0 and 100.

    查什么：分值是否在0到100之间。
    为什么：负分值或超过满分的分值无法计分。
    怎么改：核对分值。
    """
    weight = row.indicator.weight
    return {"weight": plain(weight)} if weight is not None and not 0 <= weight <= 100 else None


@row_rule("XPF531", at="indicators.weight", fires={"indicators.weight": None}, passes={"indicators.weight": 25})
def weight_missing(row: Row) -> Values | None:
    """Where indicators have weights, each has one.

    查什么：其他指标都有分值时，这一行是否漏填。
    为什么：没有分值的指标不得分，等于没有考核。
    怎么改：填写分值；不考核的填0。
    """
    others = any(indicator.weight is not None for indicator in row.of.project.indicators)
    applies = row.operator is not Operator.NOT_APPLICABLE
    return {} if others and applies and row.indicator.weight is None else None


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
    "XPF528",
    at="indicators.points",
    fires={"indicators.actual#3": "部分达成", "indicators.points#3": 29},
    passes={"indicators.actual#3": "部分达成", "indicators.points#3": 20, "indicators.deviation_reason#3": "人手不足"},
)
def points_outside_band(row: Row) -> Values | None:
    """Qualitative points lie in the band of their rating.

    查什么：定性评分是否落在档次区间：达成为分值的80%–100%，部分达成60%–80%，未达成0–60%。
    为什么：档次与分数不一致，自评结果站不住。
    怎么改：改档次或改分数，使两者一致。
    """
    if row.computed.get("indicators.score") != OUT_OF_BAND:
        return None
    return {"points": row.indicator.points, "rating": row.indicator.actual, "weight": row.indicator.weight}


@row_rule(
    "XPF532",
    at="indicators.points",
    fires={"indicators.actual#3": "达成", "indicators.points#3": None},
    passes={"indicators.actual#3": "达成", "indicators.points#3": 28},
)
def points_missing(row: Row) -> Values | None:
    """A rating comes with its points.

    查什么：定性指标填了档次的，是否填写定性评分。
    为什么：档次只给区间，具体得几分要由人来定。
    怎么改：在“定性评分”填写区间内的分数。
    """
    rated = row.operator is Operator.QUALITATIVE and row.indicator.actual in RATINGS
    return {"rating": row.indicator.actual} if rated and row.indicator.points is None and row.indicator.weight else None


@row_rule("XPF533", at="indicators.points", fires={"indicators.points": 20}, passes={"indicators.points#3": 28})
def points_without_use(row: Row) -> Values | None:
    """Points given by hand count for qualitative indicators only.

    查什么：定量指标是否填了“定性评分”。
    为什么：定量指标按公式计分，手填的分数不起作用。
    怎么改：清空这一格。
    """
    given = row.indicator.points
    return {"points": plain(given)} if given is not None and row.operator is not Operator.QUALITATIVE else None


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

    查什么：运行监控时未达标的指标是否写明偏差原因。
    为什么：监控表要求说明偏差原因，年内还来得及纠正。
    怎么改：在“偏差原因”写明原因，并选择完成可能性。
    """
    wanted = row.state == UNMET and not row.of.evaluated and not row.indicator.deviation_reason
    if not wanted:
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


@project_rule("XPF529", fires=EXACT, passes={**EXACT, "indicators.actual#2": 99})
def everything_exactly_met(project: ProjectCase) -> Said:
    """Every result exactly its target looks copied.

    查什么：三项以上定量指标的实际完成值是否全都恰好等于指标值。
    为什么：项项正好100%，多半是照抄目标而不是据实统计。
    怎么改：按台账、报表据实填写。
    """
    rows = [row for row in project.rows() if row.counts and is_number(row.indicator.actual)]
    if len(rows) >= FEW and all(row.indicator.actual == row.target.value for row in rows):
        yield Place("indicators.actual", rows[0].index), {"count": len(rows)}


def _score(answers: Answers, row: Row) -> Decimal | None:
    """The score in a sheet's answers."""
    band = answers.bands.get("indicators", ())
    said = band[row.index].get("indicators.score") if row.index < len(band) else None
    return Decimal(said) if is_number(said) else None


@row_rule(
    "XPF521",
    at="indicators.score",
    fires={"=indicators.score": Decimal(26)},
    passes={"=indicators.score": Decimal(25)},
)
def score_out_of_range(row: Row) -> Values | None:
    """A score lies between 0 and the weight.

    查什么：得分是否小于0或大于分值。
    为什么：得分不可能超过分值。
    怎么改：恢复得分公式，不要手填。
    """
    score, weight = _score(row.of.stated, row), row.indicator.weight
    out = score is not None and weight is not None and not 0 <= score <= weight
    return {"score": plain(score), "weight": plain(weight)} if out else None


@row_rule(
    "XPF523",
    at="indicators.score",
    fires={"=indicators.score": Decimal(20)},
    passes={"=indicators.score": Decimal(25)},
)
def score_not_by_the_rule(row: Row) -> Values | None:
    """Score audit: the score on the sheet against the score by the rule pack.

    查什么：表上的得分与按所选规则包重算的得分是否一致；两个数和算式都列出。
    为什么：公布的自评得分常与规则不符，提前核对胜过事后更正。
    怎么改：按重算结果更正；确有特殊规定的，在偏差原因中写明依据。
    """
    said, should = _score(row.of.stated, row), _score(row.of.expected, row)
    if said is None or should is None or abs(said - should) <= CLOSE:
        return None
    pack = row.of.case.pack
    return {"said": plain(said), "score": plain(should), "pack": pack.zh, "pack_en": pack.en, "sum": _sum(row)}


def _sum(row: Row) -> str:
    """How the score comes about, as figures."""
    weight, actual, target = row.indicator.weight, row.indicator.actual, row.target.value
    if row.operator is Operator.QUALITATIVE:
        return f"{row.indicator.actual}：{row.indicator.points}"
    if not (is_number(actual) and is_number(target)):
        return "—"
    w, a, t, sign = plain(weight), plain(actual), plain(target), row.operator.symbol
    if RELATIONS[sign](number(actual), number(target)):
        return f"{a} {sign} {t} → {w}"
    overrun = row.of.case.pack.overrun
    if sign in ("≤", "<") and (number(target) <= 0 or overrun == ZERO):
        return f"{a} > {t} → 0"
    if number(target) <= 0:
        return f"{a} ≠ {t} → 0"
    if sign in ("≤", "<"):
        return f"{w} × {t} ÷ {a}" if overrun == RATIO else f"{w} × (1 − ({a} − {t}) ÷ {t})"
    return f"{w} × {a} ÷ {t}"


@project_rule(
    "XPF537",
    fires={"=total_score": Decimal(88)},
    passes={"indicators.actual#1": 4210},
)
def total_not_by_the_rule(project: ProjectCase) -> Said:
    """Score audit of the total: as stated against recomputed.

    查什么：表上的总分与重算的总分是否一致；还有指标未填时表上不应有总分。
    为什么：总分决定等级，等级要公开。
    怎么改：恢复总分公式，补齐未填的指标。
    """
    said, should = project.stated.single.get("total_score"), project.expected.single.get("total_score")
    if not is_number(said):
        return
    if not is_number(should) or abs(number(said) - number(should)) > CLOSE:
        pack = project.case.pack
        score = plain(should) if is_number(should) else "—"
        yield Place("total_score"), {"said": plain(said), "score": score, "pack": pack.zh, "pack_en": pack.en}


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
