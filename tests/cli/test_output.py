"""Long results are printed as they are made, in the same words as whole ones."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlperf.cli.output import Output

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
VALUES = st.recursive(
    TEXTS | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=5,
)


def printed(value: Mapping[str, object]) -> str:
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
    with contextlib.redirect_stdout(out):
        Output("zh").json(value)
        out.flush()
        return out.buffer.getvalue().decode()


@given(st.dictionaries(TEXTS, st.lists(VALUES, max_size=3), min_size=1, max_size=3))
def test_iterators_are_printed_like_lists(value: Mapping[str, list[object]]) -> None:
    assert printed({key: iter(each) for key, each in value.items()}) == printed(value)
    assert json.loads(printed(value)) == value


def test_a_result_as_json() -> None:
    value = {"files": iter([{"path": "甲.xlsx", "reason": None}, 2]), "totals": {"projects": []}, "findings": iter(())}

    assert printed(value) == (
        '{\n  "files": [\n    {\n      "path": "甲.xlsx",\n      "reason": null\n    },\n    2\n  ],\n'
        '  "totals": {\n    "projects": []\n  },\n  "findings": []\n}\n'
    )


def test_a_list_is_printed_as_it_comes(capsys: pytest.CaptureFixture[str]) -> None:
    def items() -> Iterator[str]:
        yield "first"
        assert "first" in capsys.readouterr().out
        yield "second"

    Output("zh").json({"items": items()})
    assert "second" in capsys.readouterr().out
