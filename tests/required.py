"""What becomes of a test whose foreign program is not at hand: skipped on a user's machine, failed in CI."""

from __future__ import annotations

import os

import pytest


def require(missing: str | None) -> None:
    """Go on where nothing is missing; else skip with the reason, or fail where XLPERF_REQUIRE_OFFICE=1."""
    if missing and os.environ.get("XLPERF_REQUIRE_OFFICE") == "1":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
