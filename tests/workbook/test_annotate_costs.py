"""A copy is made in a moment, or refused, whatever stands in the file; each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from files.test_bombs import BYTES, MOST
from workbook import costly_copies


@pytest.mark.long
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="POSIX: memory is measured in /proc")
@pytest.mark.parametrize("name", costly_copies.COSTLY)
def test_a_costly_copy_costs_bounded_time_and_memory(name: str) -> None:
    command = [sys.executable, costly_copies.__file__, name]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["seconds"] < MOST * told["pace"]
    assert told["bytes"] < BYTES
    assert told["code"] in ("", "XPF208", "XPF201")
