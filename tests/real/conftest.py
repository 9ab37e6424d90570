"""The real document, which is not part of the project: read where it lies, skipped where it does not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "seed"
MISSING = "the real document is not at ../shared/seed"


@pytest.fixture(scope="session")
def seed() -> Path:
    """Its path."""
    found = sorted(FOLDER.glob("*.txt"))
    if not found and os.environ.get("XLPERF_REQUIRE_SEED") == "1":
        pytest.fail(MISSING)
    if not found:
        pytest.skip(MISSING)
    return found[0]
