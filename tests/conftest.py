"""Fixtures that several packages of tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from office.calc import Calc, missing_reason
from required import require


@pytest.fixture(scope="session")
def start_calc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path | None], Calc]]:
    """Start a LibreOffice with a fresh profile, with or without a folder of unpacked extensions."""
    require(missing_reason())
    started: list[Calc] = []

    def start(extensions: Path | None = None) -> Calc:
        started.append(Calc(tmp_path_factory.mktemp("office") / "profile", extensions))
        return started[-1]

    yield start
    for calc in started:
        calc.close()


@pytest.fixture(scope="session")
def calc(start_calc: Callable[[Path | None], Calc]) -> Calc:
    """LibreOffice without any add-in."""
    return start_calc(None)
