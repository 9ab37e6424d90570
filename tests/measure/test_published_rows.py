"""Rows of published self-evaluations: our score is that of the rule, and differs from print where the file says so."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from xlperf.measure import DEFAULT_PACK, execution_rate, money_light, score, time_progress
from xlperf.measure.statuses import GREEN, RED, YELLOW

PUBLISHED = json.loads(Path(__file__).with_name("scored_rows.json").read_text(encoding="utf-8"), parse_float=Decimal)
ROWS = [row for row in PUBLISHED["rows"] if row["rule_score"] is not None]
LIGHTS = {"red": RED, "yellow": YELLOW, "green": GREEN}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['place'][:6]} {row['indicator'][:12]}")
def test_the_score_of_a_published_row(row: dict[str, Any]) -> None:
    points = score(row["sign"], row["target"], row["actual"], row["weight"], None, DEFAULT_PACK.key)

    assert points == row["rule_score"]
    assert (points == row["published_score"]) == row["agrees"]


def test_rows_without_figures_have_no_score() -> None:
    others = [row for row in PUBLISHED["rows"] if row["rule_score"] is None]

    assert {row["sign"] for row in others} == {"qual", "<=", "text"}
    assert score("<=", 30, "完成", 90, None, DEFAULT_PACK.key) == "非数字"
    assert score("定性", None, "达成", 15, 13, DEFAULT_PACK.key) == 13


@pytest.mark.parametrize("sample", PUBLISHED["monitoring"], ids=lambda sample: sample["place"][:6])
def test_the_lights_of_published_monitoring(sample: dict[str, Any]) -> None:
    rate = execution_rate(sample["paid"], sample["budget"])
    light = money_light(sample["paid"], sample["budget"], 6, None, DEFAULT_PACK.key)

    assert abs(100 * rate - sample["execution_rate"]) < Decimal("0.01")
    assert abs(100 * time_progress(rate, 6) - sample["time_progress_ratio_m6"]) < Decimal("0.02")
    assert light == LIGHTS[sample["official_money_light"].split()[0]]
