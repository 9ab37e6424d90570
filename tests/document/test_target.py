from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlperf.document.blocks import one_line
from xlperf.document.target import BLANK, read_target
from xlperf.model import Operator

GE, LE, EQ, GT, LT = Operator.GE, Operator.LE, Operator.EQ, Operator.GT, Operator.LT
WORDS, NONE = Operator.QUALITATIVE, Operator.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("text", "operator", "stated", "value", "unit"),
    [
        ("≥95保证办案完成度", GE, True, 95, "保证办案完成度"),
        ("≤20经费支出总成本", LE, True, 20, "经费支出总成本"),
        ("≥95结案三个月内，特殊案件除外", GE, True, 95, "结案三个月内，特殊案件除外"),
        ("100月度时序", EQ, False, 100, "月度时序"),
        ("14我单位共14名书记员", EQ, False, 14, "我单位共14名书记员"),
        ("≤1经审批单位购买1辆囚车", LE, True, 1, "经审批单位购买1辆囚车"),
        ("≥98百分比", GE, True, 98, "百分比"),
        ("100百分比", EQ, False, 100, "百分比"),
        ("1人", EQ, False, 1, "人"),
        ("20万元", EQ, False, 20, "万元"),
        ("≥400平方米", GE, True, 400, "平方米"),
        ("0.95比例", EQ, False, "0.95", "比例"),
        ("2,000件", EQ, False, 2000, "件"),
        ("≥1,234,567.5元", GE, True, "1234567.5", "元"),
        ("２００万元", EQ, False, 200, "万元"),
        ("≤３．５％", LE, True, "3.5", "%"),
        ("2万件", EQ, False, 2, "万件"),
        ("5‰", EQ, False, 5, "‰"),
        ("-5%", EQ, False, -5, "%"),
        ("100㎡", EQ, False, 100, "㎡"),
        ("≥ 95 %", GE, True, 95, "%"),
        ("95", EQ, False, 95, ""),
        ("", EQ, False, None, ""),
        ("—", EQ, False, None, ""),
    ],
)
def test_operator_value_and_unit_stand_in_one_cell(text, operator, stated, value, unit):
    target, codes = read_target(text)

    assert (target.operator, target.operator_stated, target.value, target.unit, codes) == (
        operator,
        stated,
        None if value is None else Decimal(value),
        unit,
        (),
    )


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        *(
            (sign + "95", GE)
            for sign in ("≥", "≧", "⩾", ">=", "=>", "＞＝", "> =", "不少于", "不低于", "大于等于", "至少")
        ),
        *((sign + "95", LE) for sign in ("≤", "≦", "⩽", "<=", "＜＝", "不超过", "不高于", "小于等于", "至多")),
        *((sign + "95", EQ) for sign in ("=", "＝", "═", "==", "等于")),
        *((sign + "95", GT) for sign in (">", "＞", "大于", "超过")),
        *((sign + "95", LT) for sign in ("<", "＜", "小于", "低于")),
    ],
)
def test_every_spelling_of_a_sign_in_front(text, operator):
    target = read_target(text).target

    assert (target.operator, target.operator_stated, target.value, target.raw) == (operator, True, 95, text)


@pytest.mark.parametrize(
    ("text", "operator", "value", "unit"),
    [
        ("95%以上", GE, 95, "%"),
        ("95以上", GE, 95, ""),
        ("95％及以上", GE, 95, "%"),
        ("3次以上", GE, 3, "次"),
        ("30日以内", LE, 30, "日"),
        ("20万元以下", LE, 20, "万元"),
        ("5个工作日内", LE, 5, "个工作日"),
        ("3个月之内", LE, 3, "个月"),
    ],
)
def test_a_sign_may_stand_behind(text, operator, value, unit):
    target = read_target(text).target

    assert (target.operator, target.operator_stated, target.value, target.unit) == (operator, True, value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("0不涉及", 0, "不涉及"),
        ("０不涉及", 0, "不涉及"),
        ("=0不涉及", 0, "不涉及"),
        ("不涉及", None, "不涉及"),
        ("不适用", None, "不适用"),
        ("无", None, "无"),
    ],
)
def test_not_applicable_is_never_a_stated_sign(text, value, unit):
    target = read_target(text).target

    assert (target.operator, target.operator_stated, target.value, target.unit) == (NONE, False, value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "持续影响",
        "良好",
        "无投诉",
        "高于上年",
        "三次",
        "2023年12月底前",
        "２０２３年",
        "2023-12-31",
        "2023.12.31",
        "12月底前",
        "6月30日",
        "90-95%",
        "90%~95%",
        "3至5次",
        "1:3",
        "1/3",
        "2,00件",
        "±3%以内",
        "合格率≥98%",
    ],
)
def test_what_is_no_single_number_stays_words(text):
    target, codes = read_target(text)

    assert (target.operator, target.operator_stated, target.value, target.unit, target.raw, codes) == (
        WORDS,
        False,
        text,
        "",
        text,
        (),
    )


@pytest.mark.parametrize(
    ("text", "operator", "value", "unit"),
    [
        ("≥8大于等于8小时", GE, 8, "大于等于8小时"),
        ("≤20公务运转小于等于20万元", LE, 20, "公务运转小于等于20万元"),
        ("≤117工资总额不超过117万", LE, 117, "工资总额不超过117万"),
        ("≥≥95%", GE, 95, "%"),
        ("≥不低于95%", GE, 95, "%"),
        ("≥95%以上", GE, 95, "%"),
        ("≥95%以下", GE, 95, "%以下"),
        ("≥小于95", GE, "小于95", ""),
    ],
)
def test_a_sign_stated_twice_is_noted_and_the_unit_kept(text, operator, value, unit):
    target, codes = read_target(text)

    assert (target.operator, target.value, target.unit, codes) == (operator, value, unit, ("XPF107",))


def test_a_sign_before_words_keeps_both():
    target = read_target("≥良好").target

    assert (target.operator, target.operator_stated, target.value) == (GE, True, "良好")
    assert read_target("≤2023年12月底").target.value == "2023年12月底"
    assert read_target("≥").target.value is None


def test_a_wrapped_cell_is_closed_up():
    target = read_target("\n≥30\n持续使用\n").target

    assert (target.value, target.unit, target.raw) == (30, "持续使用", "≥30持续使用")


def test_blanks_inside_a_numeral():
    assert read_target("10 000").target.value == 10_000
    assert read_target("≥10 000").target.value == 10_000
    assert read_target("10 000件").target.value == "10 000件"


def test_a_number_cells_cannot_hold_is_not_read():
    for text in ("≥99999999999元", "0.12345678", "10 000 000 000"):
        target, codes = read_target(text)

        assert (target.value, target.raw, codes) == (None, text, ("XPF112",))


def test_no_other_digits_are_taken_for_numbers():
    assert read_target("①项").target.value == "①项"
    assert read_target("5²").target.value == 5
    assert read_target("5²").target.unit == "²"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_any_text_gives_a_target_that_keeps_it(text):
    target, codes = read_target(text)

    assert target.raw == one_line(text)
    assert target.raw in BLANK or target.value is not None or target.unit or target.operator_stated or codes


@given(
    st.sampled_from([op for op in Operator if op not in (WORDS, NONE)]),
    st.decimals(min_value=0, max_value=10**8, places=2),
    st.sampled_from(["", "%", "人", "万元", "保证办案完成度"]),
)
def test_what_the_budget_system_prints_is_taken_apart_again(operator, value, unit):
    target = read_target(f"{operator.symbol}{value}{unit}").target

    assert (target.operator, target.operator_stated, target.value, target.unit) == (operator, True, value, unit)
