"""The example department has the form of the real document and none of its prose."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

EXAMPLE = Path(str(files("xlperf.jobs"))) / "example"
RUN = 14


@pytest.fixture(scope="module")
def prose(seed: Path) -> str:
    return seed.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["document.txt", "answers.toml"])
def test_no_run_of_chinese_characters_comes_from_the_real_document(prose: str, name: str) -> None:
    assert _runs((EXAMPLE / name).read_text(encoding="utf-8")) & _runs(prose) == set()


def test_a_copied_sentence_would_be_noticed(prose: str) -> None:
    copied = max(prose.split("\n"), key=len)

    assert len(_runs(copied + "另起一句自己写的话") & _runs(prose)) > 100


def _runs(text: str) -> set[str]:
    """Every run of `RUN` Chinese characters of a line; figures, signs and Latin letters between them do not count.

    The labels of the form are shorter than that, so none needs an exception.
    """
    lines = (re.sub(r"[^\u4e00-\u9fff]", "", line) for line in text.split("\n"))
    return {line[i : i + RUN] for line in lines for i in range(len(line) - RUN + 1)}
