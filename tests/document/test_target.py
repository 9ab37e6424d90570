from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlperf.document.blocks import one_line
from xlperf.document.target import BLANK, joined_target, read_target, stated_sign
from xlperf.form.choices import UNITS
from xlperf.model import Operator, Target
from xlperf.prepare.leaves import as_text

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


PRINTED = [
    [part.strip() for part in line.split("|")]
    for line in Path(__file__).with_name("printed_targets.txt").read_text("utf-8").splitlines()
]
"""Targets as published documents print them, with what a person reads in them: operator, stated or not, value, unit."""


@pytest.mark.parametrize(("text", "operator", "stated", "value", "unit"), PRINTED, ids=[text for text, *_ in PRINTED])
def test_what_published_documents_print(text, operator, stated, value, unit):
    target = read_target(text).target

    assert (target.operator, target.operator_stated) == (operator, stated == "stated")
    assert target.value == (value if operator == "qualitative" else Decimal(value))
    assert target.unit == unit


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
    ("text", "operator", "value", "unit"),
    [
        ("达到90%以上", GE, 90, "%"),
        ("验收合格率达到95%以上", GE, 95, "%"),
        ("95%以上的群众满意", GE, 95, "%"),
        ("当年调解矛盾纠纷3000件以上。", GE, 3000, "件"),
        ("控制在20万元以内", LE, 20, "万元"),
        ("控制在20万元", LE, 20, "万元"),
        ("20万元范围内", LE, 20, "万元"),
        ("30日（含）以内", LE, 30, "日"),
        ("2小时以内响应", LE, 2, "小时"),
        ("24小时内办结", LE, 24, "小时"),
        ("接到报警后2小时内到达现场", LE, 2, "小时"),
        ("不超过预算250万元", LE, 250, "万元"),
        ("≤预算20万元", LE, 20, "万元"),
        ("提升≥5%", GE, 5, "%"),
        ("合格率≥98%", GE, 98, "%"),
        ("合格率：不低于98%", GE, 98, "%"),
        ("每年至少2次", GE, 2, "次"),
        ("不低于95%的满意度", GE, 95, "%"),
        ("大于等于：95%", GE, 95, "%"),
        ("≥95（%）", GE, 95, "%"),
        ("≥95%（含）", GE, 95, "%"),
        ("不得低于95%", GE, 95, "%"),
        ("不得超过20万元", LE, 20, "万元"),
        ("至少三次", GE, 3, "次"),
        ("两年以上", GE, 2, "年"),
        ("≮95%", GE, 95, "%"),
        ("≯20万元", LE, 20, "万元"),
        ("1周内", LE, 1, "周"),
        ("受益群众300人以上", GE, 300, "人"),
        ("最高不超过5万元", LE, 5, "万元"),
        ("三个月内完成", LE, 3, "个月"),
        ("百分之九十五以上", GE, 95, "%"),
    ],
)
def test_a_sentence_with_one_number_and_its_bound(text, operator, value, unit):
    target, codes = read_target(text)

    assert (target.operator, target.operator_stated, target.value, target.unit) == (operator, True, value, unit)
    assert (target.raw, codes) == (text, ())


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("达到95%", 95, "%"),
        ("较上年提升5%", 5, "%"),
        ("下降到0.5‰", Decimal("0.5"), "‰"),
        ("全年培训300人", 300, "人"),
        ("完成3000件案件审理", 3000, "件"),
        ("优良率90%", 90, "%"),
        ("优良率为90%。", 90, "%"),
        ("受益群众300人", 300, "人"),
        ("新建公厕3座", 3, "座"),
        ("比去年多3件", 3, "件"),
        ("实现0事故", 0, "事故"),
        ("95（%）", 95, "%"),
        ("三次", 3, "次"),
        ("十五人", 15, "人"),
        ("一百人", 100, "人"),
        ("二十三个", 23, "个"),
        ("百分之百", 100, "%"),
        ("开展一次培训", 1, "次"),
        ("3000件，其中刑事500件", 3000, "件，其中刑事500件"),
        ("300人（上年280人）", 300, "人（上年280人）"),
        ("7所新建高校（校区）2021年正式招生", 7, "所新建高校（校区）2021年正式招生"),
        ("20元/100公里", 20, "元/100公里"),
        ("24月", 24, "月"),
    ],
)
def test_a_sentence_with_one_number_and_no_bound_has_no_sign(text, value, unit):
    target, codes = read_target(text)

    assert (target.operator, target.operator_stated, target.value, target.unit) == (EQ, False, value, unit)
    assert (target.raw, codes) == (text, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [("定性：良好", "良好"), ("定性好", "好"), ("定性优良中低差", "优良中低差"), ("定性评价良好", "定性评价良好")],
)
def test_words_may_be_called_qualitative(text, words):
    target = read_target(text).target

    assert (target.operator, target.value, target.unit, target.raw) == (WORDS, words, "", text)


@pytest.mark.parametrize(
    ("cells", "operator", "value", "unit", "raw"),
    [
        (("≥", "13", "台"), GE, 13, "台", "≥13台"),
        (("大于等于", "98", "%"), GE, 98, "%", "大于等于98%"),
        (("小于等于", "1", ""), LE, 1, "", "小于等于1"),
        (("﹦", "100", "（%）"), EQ, 100, "%", "﹦100（%）"),
        (("不得低于", "95", "%"), GE, 95, "%", "不得低于95%"),
        (("≥", "98%", "%"), GE, 98, "%", "≥98%%"),
        (("≥", "98%", ""), GE, 98, "%", "≥98%"),
        (("≥", "1,234.5", "万元"), GE, Decimal("1234.5"), "万元", "≥1,234.5万元"),
        (("≤", "6", "月"), LE, 6, "月", "≤6月"),
        (("≥", "三", "次"), GE, 3, "次", "≥三次"),
        (("≤", "12月底前", ""), LE, "12月底前", "", "≤12月底前"),
        (("≥", "5-10", "次"), GE, "5-10", "次", "≥5-10次"),
        (("≥", "", "%"), GE, None, "%", "≥%"),
        (("", "≥98", "%"), GE, 98, "%", "≥98%"),
        (("达到", "95", "%以上"), GE, 95, "%", "达到95%以上"),
    ],
)
def test_a_sign_of_its_own_is_stated(cells, operator, value, unit, raw):
    target, codes = joined_target(*cells)

    assert (target.operator, target.operator_stated, target.value, target.unit) == (operator, True, value, unit)
    assert (target.raw, codes) == (raw, ())


@pytest.mark.parametrize(
    ("cells", "operator", "value", "unit", "raw"),
    [
        (("", "98", "%"), EQ, 98, "%", "98%"),
        (("正向", "98", "%"), EQ, 98, "%", "98%"),
        (("—", "98", "%"), EQ, 98, "%", "98%"),
        (("", "2024", "年"), EQ, 2024, "年", "2024年"),
        (("", "", ""), EQ, None, "", ""),
        (("定性", "好", ""), WORDS, "好", "", "好"),
        (("定性", "优良中低差", "级"), WORDS, "优良中低差", "级", "优良中低差级"),
        (("", "11月底之前", ""), WORDS, "11月底之前", "", "11月底之前"),
        (("约", "98", "%"), WORDS, "约98%", "", "约98%"),
        (("不涉及", "0", ""), NONE, 0, "不涉及", "不涉及0"),
    ],
)
def test_without_a_sign_of_its_own_none_is_stated(cells, operator, value, unit, raw):
    target, codes = joined_target(*cells)

    assert (target.operator, target.operator_stated, target.value, target.unit) == (operator, False, value, unit)
    assert (target.raw, codes) == (raw, ())


@pytest.mark.parametrize(
    ("cells", "value", "unit"),
    [(("≥", "≥98", "%"), 98, "%"), (("≥", "95%以上", ""), 95, "%"), (("≥", "≤98", "%"), "≤98", "%")],
)
def test_a_sign_of_its_own_and_one_with_the_value(cells, value, unit):
    target, codes = joined_target(*cells)

    assert (target.operator, target.value, target.unit, codes) == (GE, value, unit, ("XPF107",))


def test_which_words_are_signs():
    assert [stated_sign(text) for text in ("≥", " 大于等于 ", "不得低于", "＝", "定性", "不涉及")] == [
        GE,
        GE,
        GE,
        EQ,
        WORDS,
        NONE,
    ]
    assert [stated_sign(text) for text in ("正向", "反向", "", "98", "≥98", "指标性质")] == [None] * 6


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
        "合格率未达到98%",
        "不等于95",
        "约30人",
        "受益群众近300人",
        "每人500元",
        "排名前3名",
        "避免3次以上退件",
        "避免上访3次以上",
        "解决3个村饮水",
        "推进3级响应",
        "服务期12月",
        "执行12345热线工单",
        "按GB50016验收",
        "产出指标（50分）",
        "预算年度：2026",
        "152号",
        "80周岁以上老人高龄补贴、精简退职职工40%救济",
        "第三次",
        "一次性",
        "一户一档",
        "三至五次",
        "三到5次",
        "每月一次",
        "全年无一人上访",
        "确保一人不漏",
        "一个都不能少",
        "30±2",
        "≥3次，≤5次",
        "≥95%，其中重点≥98%",
        "不少于3次，覆盖500人",
        "2小时响应，24小时修复",
        "24小时×7天",
        "5G基站10个",
        "60岁以上老年人全覆盖",
        "18岁以上",
        "3月以内",
        "11月",
        "9月份",
        "15日前",
        "每月15日前",
        "每月≥2次",
        "144号文",
        "粤教规函〔2019〕144号",
        "2026年9月30日前",
        "三年完成180场",
        "高于去年5%",
        "控制在预算范围内",
        "支出进度6月底达到50%以上",
        "接到报警后，2小时内到达",
        "在项目计划完成时间内完成",
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


UNSTATED_UNITS = [unit for unit in UNITS if unit != "月"]  # 6月 is a month of the year
MORE_UNITS = ["", "‰", "百分比", "个百分点", "万人次", "元/人/月", "m2", "平方米/户", "场次", "人年", "保证办案完成度"]
values = st.decimals(min_value=-(10**8), max_value=10**8, places=3)
stated = st.builds(
    Target,
    operator=st.sampled_from([GE, LE, EQ, GT, LT]),
    operator_stated=st.just(True),
    value=values,
    unit=st.sampled_from([*UNITS, *MORE_UNITS]),
)
unstated = st.builds(Target, value=values, unit=st.sampled_from([*UNSTATED_UNITS, *MORE_UNITS]))
worded = st.builds(
    Target,
    operator=st.just(WORDS),
    value=st.sampled_from(["良好", "持续提升", "2026年12月底前", "5-10次", "不断完善，满意度90%、投诉3起"]),
)


written_targets = st.one_of(stated, unstated, worded).filter(
    lambda target: target.unit != "年" or not 1900 <= target.value < 2100  # 2026年 is a date
)


@settings(max_examples=1500, deadline=None)
@given(written_targets)
def test_what_the_model_writes_in_one_cell_is_read_back(written):
    target, codes = read_target(as_text(written, "target"))

    assert target.model_copy(update={"raw": ""}) == written
    assert codes == ()


@settings(max_examples=1500, deadline=None)
@given(written_targets, st.sampled_from(["", " ", "（", "\n"]))
def test_what_stands_in_three_cells_is_read_back(written, around):
    sign = written.operator.symbol if written.operator_stated or written.operator is WORDS else ""
    value = written.value if isinstance(written.value, str) else f"{written.value:f}"
    unit = f"（{written.unit}）" if around == "（" and written.unit in UNITS else f"{around.strip('（')}{written.unit}"

    target, codes = joined_target(sign, value, unit)

    assert target.model_copy(update={"raw": ""}) == written
    assert codes == ()
