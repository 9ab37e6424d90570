"""Named tuples without `typing`: what the catalog and the packs are made of."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import xlperf
from xlperf.measure.records import NamedTuple


class Pair(NamedTuple):
    """Two things."""

    first: int
    second: str = "two"

    @property
    def both(self) -> str:
        return f"{self.first} {self.second}"


def test_a_record_is_a_tuple_with_names_and_defaults() -> None:
    pair = Pair(1)

    assert pair == (1, "two")
    assert (pair.first, pair.second, pair.both, Pair.__doc__) == (1, "two", "1 two", "Two things.")
    assert repr(pair._replace(second="zwei")) == "Pair(first=1, second='zwei')"


def test_a_record_takes_no_other_fields() -> None:
    with pytest.raises(TypeError):
        Pair(1, third=3)
    with pytest.raises(AttributeError):
        Pair(1).third = 3


def test_importing_the_functions_does_not_import_typing() -> None:
    code = f"import sys; sys.path[:0] = [{str(Path(xlperf.__file__).parents[1])!r}]; import xlperf.measure"
    command = [sys.executable, "-I", "-S", "-c", code + "; print(*sys.modules)"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    assert "xlperf.measure.catalog" in loaded
    assert {"typing", "re", "enum", "dataclasses"} & set(loaded) == set()
