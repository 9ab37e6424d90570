"""The example department has the form of the real document and none of its prose."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

SEED = Path(__file__).parents[3] / "shared" / "seed"
EXAMPLE = Path(str(files("xlperf.cli"))) / "example"
RUN = 14


@pytest.fixture(scope="module")
def seed() -> str:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEED.glob("*.txt"))]
    if not texts:
        pytest.skip(f"no real document in {SEED}")
    return "\n".join(texts)


@pytest.mark.parametrize("name", ["document.txt", "answers.toml"])
def test_no_run_of_chinese_characters_comes_from_the_real_document(seed, name):
    assert _runs((EXAMPLE / name).read_text(encoding="utf-8")) & _runs(seed) == set()


def test_a_copied_sentence_would_be_noticed(seed):
    copied = max(seed.split("\n"), key=len)

    assert len(_runs(copied + "另起一句自己写的话") & _runs(seed)) > 100


def _runs(text: str) -> set[str]:
    """Every run of `RUN` Chinese characters of a line; figures, signs and Latin letters between them do not count.

    The labels of the form are shorter than that, so none needs an exception.
    """
    lines = (re.sub(r"[^\u4e00-\u9fff]", "", line) for line in text.split("\n"))
    return {line[i : i + RUN] for line in lines for i in range(len(line) - RUN + 1)}
