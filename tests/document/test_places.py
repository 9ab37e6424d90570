"""Forms of many places, each with what a careful person reads in it (`places/*.expected.json`, typed by hand)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from xlperf.document import read_document, to_json
from xlperf.model import UnreadableInput

PLACES = Path(__file__).parent / "places"
ANSWERS = sorted(PLACES.glob("*.expected.json"))
NUMBERS = (
    "budget",
    "fiscal_funds",
    "other_funds",
    "adjusted",
    "paid_fiscal",
    "paid_carryover",
    "target",
    "weight",
    "points",
)


def expected(answer: Path) -> dict[str, Any]:
    return json.loads(answer.read_text("utf-8"))


def source(answer: Path) -> Path:
    return next(path for path in PLACES.glob(f"{answer.name.removesuffix('.expected.json')}.*") if path != answer)


def as_asked(wanted: Mapping[str, Any], got: Mapping[str, Any]) -> dict[str, Any]:
    """What was read of the fields that the answer has, as it spells them."""
    return {
        name: Decimal(got[name]) if name in NUMBERS and got[name] else "" if got[name] is None else got[name]
        for name in wanted
    }


def as_numbers(wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {name: Decimal(value) if name in NUMBERS and value else value for name, value in wanted.items()}


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.name.split(".")[0])
def test_a_form_is_read_as_a_careful_person_reads_it(answer):
    wanted = expected(answer)
    if wanted.get("errors") == ["refused"]:
        with pytest.raises(UnreadableInput):
            read_document(source(answer))
        return
    told = to_json(read_document(source(answer), default_year=2030))
    errors = {each["code"] for each in told["findings"] if each["severity"] == "error"}
    assert errors == set(wanted.get("errors", ()))
    if errors:
        return

    assert [each["name"] for each in told["projects"]] == [each["name"] for each in wanted["projects"]]
    assert {**told, "unit": told["unit"]["name"]}.items() >= {
        (name, wanted[name]) for name in ("unit", "year") if name in wanted
    }
    for project, read in zip(wanted["projects"], told["projects"], strict=True):
        funds = read["funds"]
        read |= {"adjusted": funds["adjusted"]["total"]}
        read |= {f"paid_{name}": funds["paid"][f"{name}_funds"] for name in ("fiscal",)}
        read |= {"paid_carryover": funds["paid"]["carryover"]}
        rows = project.pop("indicators")
        assert as_asked(project, read) == as_numbers(project)
        assert len(rows) == len(read["indicators"])
        for row, indicator in zip(rows, read["indicators"], strict=True):
            assert as_asked(row, indicator) == as_numbers(row)
