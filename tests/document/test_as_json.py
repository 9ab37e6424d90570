"""`parse --json`: the keys and spellings of design §7."""

from __future__ import annotations

import json

from document import papers
from document.test_reading import SMALL

from xlperf.document import read_document, to_json


def test_the_whole_document(tmp_path):
    path = tmp_path / "文本.txt"
    path.write_text(papers.tabbed(SMALL).replace("≥95件", "≥8大于等于8小时"), "utf-8")

    told = json.loads(json.dumps(to_json(read_document(path))))

    assert list(told) == [
        *("unit", "year", "overall_objective", "sub_objectives", "safeguards", "projects", "findings", "period"),
    ]
    assert told["unit"] == {"code": "335001", "name": "某区人民法院（本级）"}
    assert (told["year"], told["period"]) == (2023, "绩效目标")
    assert told["sub_objectives"] == ["办案项目。目标：保障办案。", "书记员项目。"]
    first, second = told["projects"]
    nothing = dict.fromkeys(
        ("fiscal_funds", "upper_grants", "carryover", "special_account", "own_funds", "other_funds")
    )
    assert {key: value for key, value in first.items() if key not in ("spend_plan", "indicators")} == {
        "number": 1,
        "code": "13080023P00024610002U",
        "name": "办案业务经费",
        "budget": "20.50",
        "fiscal_funds": "20.50",
        "other_funds": None,
        "funds": {
            "initial": {**nothing, "fiscal_funds": "20.50"},
            "adjusted": {"total": None, **nothing},
            "paid": nothing,
            "expected": nothing,
        },
        "purpose": "陪审员、调解员经费",
        "objectives": ["目标内容1"],
        "attained": "",
        "measures": "",
        "deviation_reason": "",
        "remark": "",
        "conclusion": "",
        "problems": "",
        "aside": [],
    }
    assert second["budget"] == "1200.00"
    assert second["spend_plan"] == [
        {"month": 3, "share": None},
        {"month": 6, "share": None},
        {"month": 10, "share": "0.30"},
        {"month": 12, "share": "1.00"},
    ]
    assert first["indicators"][0] == {
        "level1": "产出指标",
        "level2": "数量指标",
        "name": "办案数量",
        "description": "反映办案数量",
        "operator": ">=",
        "operator_stated": True,
        "target": "8",
        "unit": "大于等于8小时",
        "raw_target": "≥8大于等于8小时",
        "basis": "单位要求",
        "actual": None,
        "expected": None,
        "weight": None,
        "points": None,
        "deduction": None,
        "deviation_kinds": [],
        "deviation_reason": "",
        "likelihood": None,
        "remark": "",
    }
    assert told["findings"] == [
        {
            "code": "XPF107",
            "severity": "info",
            "message": "计算符号写了两遍：“≥8大于等于8小时”",
            "file": "文本.txt",
            "line": 85,
        }
    ]


def test_words_are_no_target(tmp_path):
    path = tmp_path / "文本.txt"
    path.write_text(papers.tabbed(SMALL), "utf-8")

    words = to_json(read_document(path))["projects"][0]["indicators"][4]
    nothing = to_json(read_document(path))["projects"][1]["indicators"][1]

    assert (words["operator"], words["target"], words["raw_target"]) == ("qualitative", None, "持续提升")
    assert (nothing["operator"], nothing["target"], nothing["unit"]) == ("not_applicable", "0", "不涉及")


def test_small_amounts_keep_their_places(tmp_path):
    path = tmp_path / "文本.txt"
    path.write_text(papers.tabbed(SMALL).replace("\t1200.00", "\t125元"), "utf-8")

    assert to_json(read_document(path))["projects"][1]["budget"] == "0.0125"
