"""The function wizard of LibreOffice: names, arguments, texts and category, for Chinese and for other people."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from office import calc

from xlperf.measure import CATALOG

pytestmark = pytest.mark.office

ADD_IN = 11  # the category of functions that come with an add-in; Calc knows no others of ours

# The user interface of a language counts only where its language pack is installed; this profile says that it is.
LANGUAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/Office/InstalledLocales"><node oor:name="{language}" oor:op="replace"/></item>
<item oor:path="/org.openoffice.Office.Linguistic/General">
<prop oor:name="UILocale" oor:op="fuse"><value>{language}</value></prop></item>
</oor:items>
"""


@pytest.fixture(scope="module", params=["en-US", "zh-CN", "zh-TW", "de"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def chinese(language: str) -> bool:
    return language.startswith("zh")


@pytest.fixture(scope="module")
def shown(language: str, start_calc: object, extensions: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the wizard shows to a person whose LibreOffice speaks this language."""
    profile = tmp_path_factory.mktemp("wizard") / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(LANGUAGE.format(language=language), encoding="utf-8")
    asked = {
        "soffice": calc.soffice_program(),
        "profile": str(profile),
        "extensions": str(extensions),
        "sidecar": str(calc.SIDECAR.parent),
    }
    script = Path(__file__).with_name("wizard_sidecar.py")
    answer = subprocess.run(
        [calc.office_python(), str(script), json.dumps(asked)], capture_output=True, text=True, check=True
    )
    return json.loads(answer.stdout)


def test_every_function_is_there_under_its_name(shown: Any) -> None:
    assert set(shown) == {function.worksheet_name for function in CATALOG.values()}


def test_they_stand_among_the_add_ins(shown: Any) -> None:
    assert {function["category"] for function in shown.values()} == {ADD_IN}


def test_functions_say_what_they_do(shown: Any, chinese: bool) -> None:
    said = {name: shown[function.worksheet_name]["text"] for name, function in CATALOG.items()}

    assert all(said[name].startswith(f.zh if chinese else f.en) for name, f in CATALOG.items())
    assert said["RATE"] == (
        "预算执行率＝已支付金额÷预算数。结果：预算执行率（比例）。"
        if chinese
        else "Execution rate: paid divided by budget. Result: execution rate (1 = 100 %)."
    )


def test_arguments_have_names_and_texts(shown: Any, chinese: bool) -> None:
    arguments = shown["XLPERF_SCORE"]["arguments"]

    assert [argument["name"] for argument in arguments] == (
        ["计算符号", "指标值", "实际完成值", "分值", "定性指标由评分人给分", "规则包", "扣减分数"]
        if chinese
        else ["operator", "target", "actual", "weight", "points", "pack", "deduction"]
    )
    assert [argument["text"] for argument in arguments[3:]] == (
        [
            "分值（分）",
            "定性指标由评分人给分（分）",
            "规则包：名称，或“参数”表中的一列；缺省为national-2020",
            "扣减分数（分）",
        ]
        if chinese
        else [
            "weight (points)",
            "points given to a qualitative indicator (points)",
            "rule pack: name, or its cells; default: national-2020",
            "points deducted (points)",
        ]
    )


def test_the_wizard_knows_which_arguments_may_be_left_out(shown: Any) -> None:
    said = {
        name: [argument["optional"] for argument in shown[function.worksheet_name]["arguments"]]
        for name, function in CATALOG.items()
    }

    assert said == {name: [param.optional for param in CATALOG[name].params] for name in said}
