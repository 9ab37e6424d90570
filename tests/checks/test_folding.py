"""Which findings share a line, and in which order lines stand: errors first, what nobody can change last."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from xlperf.checks import CODES, finding
from xlperf.checks.folding import Group, folded
from xlperf.checks.standing import INHERITED, UNFILLED, Standing, rank, standing
from xlperf.cli.finding_texts import group_text
from xlperf.model import Finding, Locus, Severity


def at(code: str, cell: str, sheet: str = "01_办案", file: str = "甲.xlsx", **values: object) -> Finding:
    return finding(code, Locus(file=file, sheet=sheet, cell=cell), **values)


def lines(*findings: Finding, by_rule: bool = False) -> list[str]:
    return [group_text(group, "zh") for group in folded(findings, by_rule=by_rule)]


def test_the_tables_name_codes_that_there_are() -> None:
    assert set(CODES) >= UNFILLED | INHERITED
    assert set() == UNFILLED & INHERITED


def test_no_error_is_passed_over() -> None:
    assert {standing(code) for code in CODES if CODES[code].severity is Severity.ERROR} == {
        Standing.ACT,
        Standing.UNFILLED,
    }


def test_errors_come_first_then_what_to_act_upon_then_blanks_then_what_is_inherited() -> None:
    findings = [
        at("XPF451", "D12", text="办结案件数"),
        at("XPF507", "B26"),
        at("XPF405", "B9", field="3月底", text="20", value="20%"),
        at("XPF126", "C5", value="-3"),
    ]

    assert [group.first[0].code for group in folded(findings)] == ["XPF126", "XPF405", "XPF507", "XPF451"]


def test_a_few_errors_of_a_rule_are_told_in_their_own_words_and_many_in_one_line() -> None:
    errors = [
        at("XPF401", f"B{row}", field="当月支付", text=text)
        for row, text in zip(range(26, 30), "甲乙丙丁", strict=True)
    ]

    assert lines(*errors[:3]) == [
        "XPF401 01_办案 B26：当月支付应为数字，现为“甲”，未读入",
        "XPF401 01_办案 B27：当月支付应为数字，现为“乙”，未读入",
        "XPF401 01_办案 B28：当月支付应为数字，现为“丙”，未读入",
    ]
    assert lines(*errors) == ["XPF401 4处，如：当月支付应为数字，现为“甲”，未读入（01_办案 B26、B27、B28 等）"]


def test_what_a_sheet_still_lacks_is_one_line_a_sheet() -> None:
    assert lines(
        at("XPF519", "G10"),
        at("XPF535", "E13", count=7),
        at("XPF507", "B26"),
        at("XPF507", "B26", "02_公务"),
        at("XPF128", "C9"),
    ) == [
        "XPF128 01_办案 C9：没有填写绩效目标",
        "尚未填写 3处：没有填写年度总体目标的完成情况、有7项指标没有填写实际完成值、没有填写任何支付数"
        "（01_办案 G10、E13、B26）",
        "XPF507 02_公务 B26：没有填写任何支付数，至今没有支付的请在1月填0",
    ]


def test_what_the_approved_text_brought_along_is_one_line() -> None:
    wording = [at("XPF451", f"D{row}", text="甲") for row in range(12, 20)]

    assert lines(*wording, at("XPF424", "G12", text="乙")) == [
        "9处是绩效文本的措辞、单位、指标写法（XPF451 8处、XPF424 1处）：文本已批复的，填表时改不了，不必逐条处理"
    ]


def test_what_has_no_place_is_told_one_by_one() -> None:
    missing = [finding("XPF602", project=code, name="某项目") for code in "ABCD"]
    sheets = [finding("XPF304", Locus(file="甲.xlsx"), sheet=name) for name in ("附件", "说明")]

    for by_rule in (False, True):
        assert lines(*missing, by_rule=by_rule) == [f"XPF602 应报未报的项目：{code} 某项目" for code in "ABCD"]
    assert lines(*sheets) == ["XPF304 多出的工作表“附件”，未读取", "XPF304 多出的工作表“说明”，未读取"]


def test_by_rule_one_line_is_one_rule() -> None:
    findings = [
        at("XPF451", "D12", text="甲"),
        at("XPF451", "D13", file="乙.xlsx", text="甲"),
        at("XPF424", "G12", text="乙"),
    ]

    assert [(group.first[0].code, group.count) for group in folded(findings, by_rule=True)] == [
        ("XPF451", 2),
        ("XPF424", 1),
    ]
    assert [group_text(group, "zh", told=0) for group in folded(findings, by_rule=True)] == [
        "XPF451 2处：绩效指标描述照抄了三级指标：“甲”（甲.xlsx › 01_办案 D12；乙.xlsx › 01_办案 D13）",
        "XPF424 甲.xlsx › 01_办案 G12：单位栏照抄了指标名称：“乙”",
    ]


@st.composite
def some_findings(draw: st.DrawFn) -> list[Finding]:
    codes = st.sampled_from(["XPF129", "XPF303", "XPF401", "XPF405", "XPF424", "XPF451", "XPF507", "XPF519"])
    words = {"text": "甲", "field": "乙", "value": "丙"}
    places = st.tuples(codes, st.sampled_from("ABC"), st.integers(1, 9))
    return [at(code, f"C{row}", sheet, **words) for code, sheet, row in draw(st.lists(places, max_size=40))]


@given(some_findings(), st.booleans())
def test_nothing_is_lost_and_graver_stands_first(findings: list[Finding], by_rule: bool) -> None:
    groups = folded(findings, by_rule=by_rule)

    assert sum((group.codes for group in groups), Counter()) == Counter(each.code for each in findings)
    ranks = [min(map(rank, group.codes)) for group in groups]
    assert ranks == sorted(ranks)


@given(some_findings())
def test_singly_each_finding_is_a_line(findings: list[Finding]) -> None:
    groups: list[Group] = folded(findings, singly=True)

    assert sorted(group.first[0].model_dump_json() for group in groups) == sorted(f.model_dump_json() for f in findings)
