"""Weights and points, and the audit of scores by the rule pack (domain.md §6 and §8, scores)."""

from __future__ import annotations

from decimal import Decimal

from xlperf.checks.rule import EVALUATION, indicator_rule, project_rule
from xlperf.checks.rules.vocabulary import plain
from xlperf.checks.submission import IndicatorCase, ProjectCase, ProjectFaults, SlotRef, Values
from xlperf.form import Answers
from xlperf.form.arithmetic import is_number, number, rounded
from xlperf.measure import propose_weights
from xlperf.measure.indicators import RELATIONS, result
from xlperf.measure.packs import JOINT, RATIO, ZERO, Pack, class_name
from xlperf.measure.statuses import OUT_OF_BAND, RATINGS
from xlperf.model import Operator

CLOSE, CENT = Decimal("0.005"), Decimal("0.01")


@project_rule("XPF522", fires={"indicators.weight": 20}, passes={"indicators.weight": 25})
def weights_do_not_add_up(case: ProjectCase) -> ProjectFaults:
    """The weights of all indicators and of budget execution make 100.

    查什么：全部指标的分值（按两位小数）之和，是否等于100减去预算执行率的分值（一般为90）。
    为什么：分值不足或超出，总分就不是百分制。
    怎么改：按规则包的各类分值重新分配，同类指标之间一般平均分配。
    """
    weights = [rounded(i.weight, 2) for i in case.project.indicators if i.weight is not None]  # as points are
    full = 100 - case.submission.pack.execution.cap
    wanted = weights or (case.is_of_period and case.is_evaluation and case.project.indicators)
    if wanted and sum(weights) != full:
        yield SlotRef("weight_total"), {"sum": plain(sum(weights)), "should": full}


@project_rule(
    "XPF549",
    fires={**EVALUATION, "indicators.weight#1": 25, "indicators.weight#2": 25},
    passes={**EVALUATION, "indicators.weight#1": Decimal("33.33"), "indicators.weight#2": Decimal("16.67")},
)
def class_weights_differ(case: ProjectCase) -> ProjectFaults:
    """The weights of a class make the points that the rule pack gives it.

    查什么：自评时，各一级指标、规则包另有规定的各二级指标，分值之和是否等于规则包给的分值；没有适用指标的二级指标，分值按比例归同类其他二级指标。
    为什么：系统按类别分配分值，一类多了另一类就少了，各项目的得分无法比较。
    怎么改：按规则包的分值重新分配，同类指标之间一般平均分配。
    """
    if not case.is_of_period or not case.is_evaluation:
        return
    pack, rows = case.submission.pack, case.indicator_cases
    skipped = [row.operator is Operator.NOT_APPLICABLE for row in rows]
    level1s, level2s = [row.indicator.level1 for row in rows], [row.indicator.level2 for row in rows]
    proposed = propose_weights(level1s, skipped, pack, level2s)
    applicable = [row for row in rows if not skipped[row.index]]
    for name, members in _classes_with_points(applicable, pack).items():
        weights = [row.indicator.weight for row in members if row.indicator.weight is not None]
        stated, should = sum(weights, Decimal(0)), sum(proposed[row.index] for row in members)
        if weights and abs(stated - should) > CENT:
            values = {"name": name, "sum": plain(stated), "should": plain(should)}
            yield SlotRef("indicators.weight", members[0].index), {**values, "pack": (pack.zh, pack.en)}


def _classes_with_points(rows: list[IndicatorCase], pack: Pack) -> dict[str, list[IndicatorCase]]:
    """The rows by the classes that the pack gives points: second-level ones where it does so for all of a first."""
    given, firsts = dict(pack.second_weights), {part: name for name, _ in pack.weights for part in name.split(JOINT)}
    of_first: dict[str, list[IndicatorCase]] = {}
    for row in rows:
        first = class_name(row.indicator.level1)
        of_first.setdefault(firsts.get(first, first), []).append(row)
    classes: dict[str, list[IndicatorCase]] = {}
    for first, members in of_first.items():
        seconds = [class_name(row.indicator.level2) for row in members]
        for row, second in zip(members, seconds, strict=True):
            classes.setdefault(second if given.keys() >= set(seconds) else first, []).append(row)
    return classes


@indicator_rule("XPF530", at="indicators.weight", fires={"indicators.weight": -5}, passes={"indicators.weight": 25})
def weight_out_of_range(case: IndicatorCase) -> Values | None:
    """A weight lies between 0 and 100.

    查什么：分值是否在0到100之间。
    为什么：负分值或超过满分的分值无法计分。
    怎么改：核对分值。
    """
    weight = case.indicator.weight
    return {"weight": plain(weight)} if weight is not None and not 0 <= weight <= 100 else None


@indicator_rule("XPF531", at="indicators.weight", fires={"indicators.weight": None}, passes={"indicators.weight": 25})
def weight_missing(case: IndicatorCase) -> Values | None:
    """Where indicators have weights, each has one.

    查什么：其他指标都有分值时，这一行是否漏填。
    为什么：没有分值的指标不得分，等于没有考核。
    怎么改：填写分值；不考核的填0。
    """
    others = any(indicator.weight is not None for indicator in case.project_case.project.indicators)
    applies = case.operator is not Operator.NOT_APPLICABLE
    return {} if others and applies and case.indicator.weight is None else None


@indicator_rule(
    "XPF528",
    at="indicators.points",
    fires={"indicators.actual#3": "部分达成", "indicators.points#3": 29},
    passes={"indicators.actual#3": "部分达成", "indicators.points#3": 20, "indicators.deviation_reason#3": "人手不足"},
)
def points_outside_band(case: IndicatorCase) -> Values | None:
    """Qualitative points lie in the band of their rating.

    查什么：定性评分是否落在档次区间：达成为分值的80%–100%，部分达成60%–80%，未达成0–60%。
    为什么：档次与分数不一致，自评结果站不住。
    怎么改：改档次或改分数，使两者一致。
    """
    if case.computed.get("indicators.score") != OUT_OF_BAND:
        return None
    return {"points": case.indicator.points, "rating": case.indicator.actual, "weight": case.indicator.weight}


@indicator_rule(
    "XPF532",
    at="indicators.points",
    fires={"indicators.actual#3": "达成", "indicators.points#3": None},
    passes={"indicators.actual#3": "达成", "indicators.points#3": 28},
)
def points_missing(case: IndicatorCase) -> Values | None:
    """A rating comes with its points.

    查什么：定性指标填了档次的，是否填写定性评分。
    为什么：档次只给区间，具体得几分要由人来定。
    怎么改：在“定性评分”填写区间内的分数。
    """
    rated = case.operator is Operator.QUALITATIVE and result(case.indicator.actual, case.rules) in RATINGS
    missing = case.indicator.points is None and case.indicator.weight
    return {"rating": case.indicator.actual} if rated and missing else None


@indicator_rule("XPF533", at="indicators.points", fires={"indicators.points": 20}, passes={"indicators.points#3": 28})
def points_without_use(case: IndicatorCase) -> Values | None:
    """Points given by hand count for qualitative indicators only.

    查什么：定量指标是否填了“定性评分”。
    为什么：定量指标按公式计分，手填的分数不起作用。
    怎么改：清空这一格。
    """
    given = case.indicator.points
    return {"points": plain(given)} if given is not None and case.operator is not Operator.QUALITATIVE else None


def _score(answers: Answers, case: IndicatorCase) -> Decimal | None:
    """The score of an indicator among a sheet's answers."""
    band = answers.bands.get("indicators", ())
    score = band[case.index].get("indicators.score") if case.index < len(band) else None
    return Decimal(score) if is_number(score) else None


def stated_score(case: IndicatorCase) -> Decimal | None:
    """The score that the sheet shows, None where it shows no number."""
    return _score(case.project_case.stated, case)


def by_the_rule(case: IndicatorCase) -> Decimal | None:
    """The score by the rule pack, None where there is none or the sheet cannot be computed anew."""
    expected = case.project_case.expected
    if not expected.bands or not _is_read_otherwise(case):
        return _score(expected, case)
    result = case.computed.get("indicators.score")
    return Decimal(result) if is_number(result) else None


@indicator_rule(
    "XPF521",
    at="indicators.score",
    fires={"=indicators.score": Decimal(26)},
    passes={"=indicators.score": Decimal(25)},
)
def score_out_of_range(case: IndicatorCase) -> Values | None:
    """A score lies between 0 and the weight.

    查什么：得分是否小于0或大于分值。
    为什么：得分不可能超过分值。
    怎么改：恢复得分公式，不要手填。
    """
    score, weight = stated_score(case), case.indicator.weight
    out = score is not None and weight is not None and not 0 <= score <= rounded(weight, 2)
    return {"score": plain(score), "weight": plain(weight)} if out else None


@indicator_rule(
    "XPF523",
    at="indicators.score",
    fires={"=indicators.score": Decimal(20)},
    passes={"=indicators.score": Decimal(25)},
)
def score_not_by_the_rule(case: IndicatorCase) -> Values | None:
    """Score audit: the score on the sheet against the score by the rule pack.

    查什么：表上的得分与按所选规则包重算的得分是否一致；两个数和算式都列出。
    为什么：公布的自评得分常与规则不符，提前核对胜过事后更正。
    怎么改：按重算结果更正；确有特殊规定的，在偏差原因中写明依据。
    """
    stated, score = stated_score(case), by_the_rule(case)
    if stated is None or score is None or abs(stated - score) <= CLOSE:
        return None
    pack = case.project_case.submission.pack
    return {"said": plain(stated), "score": plain(score), "pack": (pack.zh, pack.en), "sum": _sum(case)}


def _is_read_otherwise(case: IndicatorCase) -> bool:
    """Whether a figure was read differently from what the sheet's formulas see (91.2 for 91.2 %); XPF4xx report it."""
    stated, indicator = case.project_case.stated.bands["indicators"][case.index], case.indicator
    read = {"actual": indicator.actual, "value": case.target.value, "weight": indicator.weight}
    return any(stated.get(f"indicators.{key}") != value for key, value in read.items())


def _sum(case: IndicatorCase) -> str:
    """How the score is computed, as an expression."""
    deduction = case.indicator.deduction
    return f"{_before_deduction(case)}，扣减{plain(deduction)}" if deduction else _before_deduction(case)


def _before_deduction(case: IndicatorCase) -> str:
    weight, actual, target = case.indicator.weight, case.indicator.actual, case.target.value
    if case.operator is Operator.QUALITATIVE:
        return f"{case.indicator.actual}：{case.indicator.points}"
    if not (is_number(actual) and is_number(target)):
        return "—"
    w, a, t, sign = plain(weight), plain(actual), plain(target), case.operator.symbol
    if RELATIONS[sign](number(actual), number(target)):
        return f"{a} {sign} {t} → {w}"
    overrun = case.project_case.submission.pack.overrun
    if sign in ("≤", "<") and (number(target) <= 0 or overrun == ZERO):
        return f"{a} > {t} → 0"
    if number(target) <= 0:
        return f"{a} ≠ {t} → 0"
    share = number(actual) / number(target)
    if sign not in ("≤", "<"):
        term = f"{w} × {a} ÷ {t}"
    elif overrun == RATIO:
        term, share = f"{w} × {t} ÷ {a}", 1 / share
    else:
        term, share = f"{w} × (1 − ({a} − {t}) ÷ {t})", 2 - share
    return term if 0 <= share <= 1 else f"{term} → {w if share > 1 else 0}"


@project_rule(
    "XPF537",
    fires={"=total_score": Decimal(88)},
    passes={"indicators.actual#1": 4210},
)
def total_not_by_the_rule(case: ProjectCase) -> ProjectFaults:
    """Score audit of the total: as stated against recomputed.

    查什么：表上的总分与重算的总分是否一致；还有指标未填时表上不应有总分。
    为什么：总分决定等级，等级要公开。
    怎么改：恢复总分公式，补齐未填的指标。
    """
    stated, total = case.stated.single.get("total_score"), case.expected.single.get("total_score")
    if not is_number(stated) or not case.expected.single:
        return
    if not is_number(total) or abs(number(stated) - number(total)) > CLOSE:
        pack = case.submission.pack
        score = plain(total) if is_number(total) else "—"
        yield SlotRef("total_score"), {"said": plain(stated), "score": score, "pack": (pack.zh, pack.en)}
