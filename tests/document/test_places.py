"""Forms of many places, each with what a careful person reads in it (`places/*.expected.json`, typed by hand)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from xlperf.checks import severity
from xlperf.document import Imported, read_document, reading, to_json
from xlperf.document.blocks import Block, Cell, Row
from xlperf.document.labels import column, label
from xlperf.document.opening import open_source
from xlperf.model import Severity, UnreadableInput

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


GATED = ("central_transfer", "class_captions", "gansu_declaration", "guangxi_plan", "parts_apart", "review_scores")


def spoilt(blocks: tuple[Block, ...]) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Each printed label, and the blocks with words in its place that nobody knows."""
    for at, block in enumerate(blocks):
        for place, cell in enumerate(block.cells if isinstance(block, Row) else ()):
            if label(cell.text, True) or column(cell.text):
                assert isinstance(block, Row)
                cells = (*block.cells[:place], Cell("某某一栏", cell.line), *block.cells[place + 1 :])
                yield cell.text, (*blocks[:at], Row(cells), *blocks[at + 1 :])


def gist(imported: Imported) -> Counter[str]:
    """The amounts, and the names and targets of indicators, that were read."""
    projects = imported.department.projects
    amounts = [f"{name} {amount}" for each in projects for name, amount in each.budget if isinstance(amount, Decimal)]
    rows = [f"{row.name} {row.target.raw}" for each in projects for row in each.indicators]
    return Counter((*amounts, *rows))


@pytest.mark.parametrize("name", GATED)
def test_no_label_that_nobody_knows_takes_money_or_indicators_without_an_error(name, monkeypatch):
    path = next(each for each in PLACES.glob(f"{name}.*") if each.suffix != ".json")
    blocks = open_source(path)
    whole = gist(read_document(path, default_year=2030))

    silent = []
    for text, others in spoilt(blocks):
        monkeypatch.setattr(reading, "open_source", lambda _, others=others: others)
        try:
            imported = read_document(path, default_year=2030)
        except UnreadableInput:
            continue
        if whole - gist(imported) and not any(severity(each) is Severity.ERROR for each in imported.findings):
            silent.append(text)
    assert silent == []
