"""What is asked of the form of a period: its own inputs, nothing given, nothing of a later one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from checks.flawless import IN_PERIOD, findings_of
from checks.story_runner import findings_in

from xlperf.checks import message
from xlperf.checks.rule import DESCRIBED, Typed
from xlperf.checks.rules import limits, plan, structure, targets, units, wording
from xlperf.form import LAYOUTS, Cell, form_set_of
from xlperf.jobs.own_packs import Table, own_packs
from xlperf.measure import DEFAULT_PACK
from xlperf.measure.parameters import also_known
from xlperf.model import Finding, Period, Settings
from xlperf.workbook.write.department import department_bytes

PLAN: Typed = {"form": Period.PLAN.value}
MONITORING: Typed = {"form": Period.MONITORING.value}
EVALUATION: Typed = {"form": Period.SELF_EVALUATION.value}
OF_PLANS = {module.__name__ for module in (limits, plan, structure, targets, units, wording)}
OF_RESULTS = {"XPF439"}  # an actual value beside its target
GIVEN_LATER = [
    code for code, (check, *_) in DESCRIBED.items() if check.__module__ in OF_PLANS and code not in OF_RESULTS
]
ASKED_LATER = {
    "XPF121", "XPF123", "XPF124", "XPF134", "XPF137",  # code and name are held against the budget in every period
    "XPF133",  # an adjusted budget in yuan
    "XPF429",  # weights are asked in the self-evaluation
}  # fmt: skip


def codes(found: Iterable[Finding]) -> set[str]:
    """The codes found."""
    return {each.code for each in found}


@pytest.mark.parametrize("period", Period)
def test_nothing_is_found_where_nothing_is_wrong(period: Period, tmp_path: Path) -> None:
    assert findings_of({"form": period.value}, tmp_path) == []


@pytest.mark.parametrize("code", GIVEN_LATER)
def test_what_a_plan_must_have_is_asked_on_the_plan(code: str, tmp_path: Path) -> None:
    _, fires, passes = DESCRIBED[code]

    assert code in codes(findings_of({**PLAN, **fires}, tmp_path))
    assert code not in codes(findings_of({**PLAN, **passes}, tmp_path))


@pytest.mark.parametrize("code", [code for code in GIVEN_LATER if code not in ASKED_LATER])
@pytest.mark.parametrize("form", [MONITORING, EVALUATION], ids=["monitoring", "self-evaluation"])
def test_what_is_given_is_not_asked_again(form: Typed, code: str, tmp_path: Path) -> None:
    assert code not in codes(findings_of({**DESCRIBED[code][1], **form}, tmp_path))


@pytest.mark.parametrize(
    ("typed", "code", "cell"),
    [
        ({"purpose": None}, "XPF130", "C7"),
        ({"shares.3": 0}, "XPF441", "F9"),
        ({"objectives.text": None}, "XPF128", "C10"),
        ({"indicators.unit#2": None}, "XPF422", "G14"),
        ({"indicators.description#2": "审限内结案率"}, "XPF451", "D14"),
    ],
)
def test_a_fault_of_a_plan_stands_in_its_cell(typed: Typed, code: str, cell: str, tmp_path: Path) -> None:
    assert [each.locus.cell for each in findings_of({**PLAN, **typed}, tmp_path) if each.code == code] == [cell]


@pytest.mark.parametrize(
    "typed",
    [
        {"as_of": "2026-06-30"},  # nothing paid, nothing reported
        {"as_of": "2026-01-31", "payments.amount#1": 2, "payments.amount#2": 2},
        {"indicators.weight": 30},  # they are to add up once they are scored
    ],
)
def test_a_plan_owes_no_results(typed: Typed, tmp_path: Path) -> None:
    assert findings_of({**PLAN, **typed}, tmp_path) == []


@pytest.mark.parametrize(
    ("form", "typed", "code"),
    [
        (MONITORING, {"indicators.actual": None}, "XPF535"),
        (EVALUATION, {"indicators.actual": None}, "XPF535"),
        (MONITORING, {**{f"payments.amount#{month}": None for month in range(1, 7)}}, "XPF507"),
        (MONITORING, {"payments.amount#7": 1}, "XPF505"),
        (MONITORING, {"payments.amount#1": 30, "paid.fiscal_funds": 38}, "XPF501"),
        (EVALUATION, {"payments.amount#12": 3, "paid.fiscal_funds": 21}, "XPF501"),
        (EVALUATION, {"indicators.weight": 30}, "XPF522"),
        (EVALUATION, {f"indicators.weight#{row}": None for row in range(1, 5)}, "XPF522"),
        (EVALUATION, {"indicators.actual#3": "基本达成"}, "XPF539"),
        (EVALUATION, {"indicators.points#3": 20}, "XPF528"),
        (MONITORING, {"attained": "联系人电话138 1234 5678"}, "XPF456"),
        (EVALUATION, {"remark": "联系人电话138 1234 5678"}, "XPF456"),
    ],
)
def test_what_monitoring_and_self_evaluation_must_report(form: Typed, typed: Typed, code: str, tmp_path: Path) -> None:
    assert code in codes(findings_of({**form, **typed}, tmp_path))


@pytest.mark.parametrize("sign", ["-", "—", "−", "﹣", "‐", "_", "＊"])
def test_a_target_with_a_sign_that_is_refused_where_it_is_pasted(sign: str, tmp_path: Path) -> None:
    found = findings_of({**PLAN, "indicators.operator": "定性", "indicators.value": f"9{sign}30前完成"}, tmp_path)

    assert [message(each) for each in found if each.code == "XPF447"] == [
        f"指标值“9{sign}30前完成”中有预算系统不接受的“{sign}”"
    ]


@pytest.mark.parametrize("actual", [2100, 1700, 4200])
def test_a_target_not_yet_reached_owes_nothing_while_it_keeps_pace(actual: int, tmp_path: Path) -> None:
    """4,200 in the year are 2,100 in six months; from 80 % of that the light is green."""
    assert findings_of({**MONITORING, "indicators.actual": actual}, tmp_path) == []


@pytest.mark.parametrize(
    ("actual", "owed"),
    [(1680, False), (1679, True), (1260, True), (1259, True)],  # 80 % and 60 % of 2,100
)
def test_red_and_yellow_owe_a_reason(actual: int, owed: bool, tmp_path: Path) -> None:
    found = findings_of({**MONITORING, "indicators.actual": actual}, tmp_path)

    assert [(each.code, each.locus.cell) for each in found] == ([("XPF540", "L13")] if owed else [])


@pytest.mark.parametrize(
    ("paid", "owed"),
    [(8, False), ("7.99", True), (6, True), ("5.99", True)],  # of 20, at the end of June: 80 % and 60 % of the calendar
)
def test_the_official_light_of_money_owes_a_reason(paid: object, owed: bool, tmp_path: Path) -> None:
    months = {f"payments.amount#{month}": None for month in range(2, 7)}
    typed = {**MONITORING, **months, "payments.amount#1": Decimal(paid), "paid.fiscal_funds": Decimal(paid)}

    assert ("XPF512" in codes(findings_of(typed, tmp_path))) is owed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"indicators.actual": 4199}, {"XPF540"}),
        ({"indicators.actual": 4199, "indicators.deviation_reason": "立案数下降"}, set()),
        ({"indicators.actual": 5461}, {"XPF540"}),  # above 30 %
        ({"indicators.actual": 5460}, set()),
        ({"indicators.deduction": 1}, {"XPF547"}),
        ({"indicators.deduction": 1, "indicators.deviation_reason": "台账不全"}, set()),
        ({"indicators.points#3": 24}, set()),  # met, with few points of its band
        ({"indicators.actual#3": "达到预期目标"}, set()),
    ],
)
def test_who_owes_a_reason_at_the_end_of_the_year(typed: Typed, expected: set[str], tmp_path: Path) -> None:
    assert codes(findings_of({**EVALUATION, **typed}, tmp_path)) == expected


@pytest.mark.parametrize(
    ("pack", "weights", "sentences"),
    [
        ("national-2026", ("33.34", "16.66", "30", "10"), []),
        (
            "national-2026",
            ("25", "25", "30", "10"),
            [
                "数量指标分值合计25，按规则包“全国2026”应为33.33",
                "质量指标分值合计25，按规则包“全国2026”应为16.67",
            ],
        ),
        ("hubei-2026", ("25", "15", "28", "12"), []),
        (
            "hubei-2026",
            ("20", "25", "28", "12"),
            ["产出指标分值合计45，按规则包“湖北2026”应为40", "指标分值合计85，应为80"],
        ),
        ("national-2026-cost", ("20", "20", "20", "10"), ["指标分值合计70，应为90"]),  # no cost indicator: 20 are lost
    ],
)
def test_weights_by_class(pack: str, weights: tuple[str, ...], sentences: list[str], tmp_path: Path) -> None:
    typed = {f"indicators.weight#{row}": Decimal(weight) for row, weight in enumerate(weights, 1)}
    found = findings_of({**EVALUATION, "pack": pack, **typed, "indicators.points#3": Decimal("18.5")}, tmp_path)

    here = [each for each in found if each.locus.sheet.startswith("01")]
    assert [message(each) for each in here if each.code in ("XPF522", "XPF549")] == sentences


@pytest.mark.parametrize(
    ("level2", "weights", "sentences"),
    [
        ("数量指标", (50, None), []),  # XPF531 names the row without a weight
        ("数量指标", (40, None), ["数量指标分值合计40，按规则包“全国2026”应为50"]),
        ("其他指标", (50, None), []),  # of the first-level class as a whole, which has no points for 其他
        ("质量指标", (Decimal("33.33"), None), []),
    ],
)
def test_a_row_without_a_weight_belongs_to_its_class(
    level2: str, weights: Sequence[Cell], sentences: list[str], tmp_path: Path
) -> None:
    typed = {f"indicators.weight#{row}": weight for row, weight in enumerate(weights, 1)}
    found = findings_of({**EVALUATION, "indicators.level2#2": level2, **typed}, tmp_path)

    here = [each for each in found if each.locus.sheet.startswith("01")]
    assert [message(each) for each in here if each.code == "XPF549"] == sentences


@pytest.mark.parametrize(
    ("cap", "points", "sentence"),
    [
        (0, ("60", "30", "10"), "自评预警为“黄灯”：指标得分率88%，执行得分率—（预算执行率50%）"),
        (100, ("0", "0", "0"), "自评预警为“红灯”：指标得分率—，执行得分率50%（预算执行率50%）"),
    ],
)
def test_no_points_for_money_or_for_indicators(cap: int, points: Sequence[str], sentence: str, tmp_path: Path) -> None:
    weights = dict(zip(("产出指标", "效益指标", "满意度指标"), map(Decimal, points), strict=True))
    content = {"based-on": "national-2026", "execution-cap": cap, "weights": weights, "second-weights": {}}
    half_paid = {**{f"payments.amount#{month}": None for month in range(7, 13)}, "paid.fiscal_funds": 10}
    with also_known(own_packs([Table("xlperf.toml", "county", content)])):
        found = findings_of({**EVALUATION, "pack": "county", **half_paid}, tmp_path)

    assert [message(each) for each in found if each.code == "XPF520" and each.locus.sheet.startswith("01")] == [
        sentence
    ]


@pytest.mark.parametrize(
    ("form", "as_of", "fits"),
    [
        (PLAN, "2025-11-15", True),
        (PLAN, "2027-01-01", False),
        (MONITORING, "2026-01-30", False),
        (MONITORING, "2026-07-31", True),
        (MONITORING, "2027-01-01", False),
        (EVALUATION, "2026-12-30", False),
        (EVALUATION, "2027-03-31", True),
    ],
)
def test_the_date_fits_the_period(form: Typed, as_of: str, fits: bool, tmp_path: Path) -> None:
    assert ("XPF536" in codes(findings_of({**form, "as_of": as_of}, tmp_path))) is not fits


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("period", Period)
def test_nothing_is_found_in_any_layout(period: Period, layout: str, tmp_path: Path) -> None:
    department, as_of = IN_PERIOD[period]
    settings = Settings(as_of=as_of, period=period, pack=DEFAULT_PACK.key)
    path = tmp_path / "a.xlsx"
    path.write_bytes(department_bytes(department, settings, form_set=form_set_of(period, layout)))

    assert findings_in(path) == []


@pytest.mark.parametrize("form", [PLAN, MONITORING], ids=["plan", "monitoring"])
def test_a_threshold_that_buys_a_light(form: Typed, tmp_path: Path) -> None:
    late = {"payments.amount#1": 4, "paid.fiscal_funds": 4, "as_of": "2026-06-30"}
    months = {f"payments.amount#{month}": None for month in range(2, 7)}
    typed = {**form, **months, **late, "yellow": Decimal("0.01"), "green": Decimal("0.02")}

    assert "XPF509" in codes(findings_of(typed, tmp_path))


@pytest.mark.parametrize(
    ("initial", "adjusted", "found"), [(0, "3.36", False), (0, 0, True), (0, None, True), (None, "3.36", True)]
)
def test_money_that_came_during_the_year(initial: object, adjusted: object, found: bool, tmp_path: Path) -> None:
    typed = {
        "budget.initial": initial,
        "budget.adjusted": adjusted and Decimal(adjusted),
        "budget.fiscal_funds": initial,
    }

    assert ("XPF126" in codes(findings_of(typed, tmp_path))) is found


@pytest.mark.parametrize(("carryover", "found"), [(2, False), (3, True), (None, True)])
def test_a_source_that_the_form_does_not_show_counts_all_the_same(
    carryover: int | None, found: bool, tmp_path: Path
) -> None:
    typed: Typed = {
        "form": Period.MONITORING.value,
        "budget.adjusted": 24,
        "budget.adjusted_funds.fiscal_funds": 22,
        "budget.adjusted_funds.carryover": carryover,
    }

    assert ("XPF517" in codes(findings_of(typed, tmp_path))) == found


def test_a_deduction_is_held_against_the_points_before_it_which_then_may_lie_in_any_band(tmp_path: Path) -> None:
    typed: Typed = {**EVALUATION, "indicators.points#3": 20, "indicators.deduction#3": 4}

    assert not {"XPF528", "XPF548"} & set(codes(findings_of(typed, tmp_path)))
    beyond = findings_of({**typed, "indicators.deduction#3": 21}, tmp_path)
    assert [message(each) for each in beyond if each.code == "XPF548"] == ["扣减21分，应在0到扣减前的得分20之间"]
