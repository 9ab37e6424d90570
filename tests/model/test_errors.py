"""What stops a command, in words."""

from __future__ import annotations

import pickle
import string

import pytest
from pydantic import BaseModel, ValidationError

from xlperf.model import Indicator, Project, Settings, Target, UnreadableInput, UsageError, XlperfError, sentences
from xlperf.model.messages import ERRORS, FIELDS, REASONS


def fault(model: type[BaseModel], **values: object) -> ValidationError:
    with pytest.raises(ValidationError) as error:
        model.model_validate(values)
    return error.value


@pytest.mark.parametrize(
    ("model", "values", "zh", "en"),
    [
        (
            Project,
            {"number": 1, "budget": {"initial": "二十"}},
            "预算 › 预算数：应填数字，现为“二十”",
            "budget › initial budget: should be a number, is “二十”",
        ),
        (
            Project,
            {"number": 0},
            "序号：不能小于1，现为0",
            "number: must be at least 1, is 0",
        ),
        (
            Project,
            {"number": 1, "spend_plan": {"shares": (0, "0.12345678", None, None)}},
            "资金支出计划 › 累计比例 › 第2项：小数位过多（最多6位）：0.12345678",
            "spend plan › shares › no. 2: has more than 6 decimal places: 0.12345678",
        ),
        (
            Project,
            {"number": 1, "budget": {"initial": 10**12}},
            "预算 › 预算数：数字过大，请核对（金额以万元计）：1000000000000",
            "budget › initial budget: is too large; check it (amounts are in 10,000 yuan): 1000000000000",
        ),
        (
            Target,
            {"operator": "qualitative", "operator_stated": True},
            "定性或不涉及的指标不能再写计算符号",
            "a qualitative or inapplicable target has no comparison sign",
        ),
        (Settings, {}, "截止日期：没有填写", "as-of date: is missing"),
        (
            Indicator,
            {"level1": "产出指标", "actual": "99999999999"},
            "实际完成值：数字过大，请核对（金额以万元计）：99999999999",
            "actual: is too large; check it (amounts are in 10,000 yuan): 99999999999",
        ),
        (
            Indicator,
            {"level1": "长" * 32_768},
            "一级指标：文字过长，最多32767个字",
            "level 1: is too long: at most 32767 characters",
        ),
    ],
)
def test_a_fault_is_field_and_reason(model, values, zh, en):
    error = fault(model, **values)

    assert sentences(error) == [zh]
    assert sentences(error, "en") == [en]


def test_every_fault_has_its_sentence():
    error = fault(Project, number="x", name=5, payments=(None,) * 11, indicators=[{"level1": "产出", "weight": "重"}])

    assert sentences(error) == [
        "序号：应填整数，现为“x”",
        "名称：应填文字，现为“5”",
        "各月支付数：应有12项",
        "绩效指标 › 第1项 › 分值：应填数字，现为“重”",
    ]


def test_a_long_input_is_cut():
    (line,) = sentences(fault(Project, number="9" * 100 + "x"))

    assert line == f"序号：应填整数，现为“{'9' * 39}…”"


def test_an_error_speaks_two_languages_and_travels_between_processes():
    error = pickle.loads(pickle.dumps(UnreadableInput("source_missing", path="甲.docx")))

    assert isinstance(error, UnreadableInput)
    assert str(error) == "找不到文件：甲.docx。请核对路径。"
    assert error.text("en") == "File not found: 甲.docx. Check the path."
    assert (UsageError.exit_code, UnreadableInput.exit_code, XlperfError.exit_code) == (2, 3, 3)


@pytest.mark.parametrize("table", [ERRORS, REASONS, FIELDS])
def test_both_languages_fill_the_same_places(table):
    def places(sentence: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}

    for key, (zh, en) in table.items():
        assert zh, key
        assert en, key
        assert places(zh) == places(en), key
