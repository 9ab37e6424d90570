"""Fixtures of the judges: samples made once, and the SDK's validator where it can be had."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from judges import sdk
from judges.samples import write_sample
from required import require


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The file of a sample by its name; not to be changed."""

    @cache
    def written(name: str) -> Path:
        return write_sample(name, tmp_path_factory.mktemp("sample"))

    return written


@pytest.fixture(scope="session")
def sdk_reports() -> Callable[[Path], list[sdk.Report]]:
    """Ask Microsoft's SDK about a file."""
    require(sdk.missing_reason())
    return sdk.reports
