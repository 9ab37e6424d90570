"""Bombs are refused or read in bounded time and memory, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from files import bombs

MOST = 60  # times as long as a fixed piece of work takes there and then; the hungriest take 22, unbounded work hundreds
BYTES = 256 * 2**20
PROGRAM = bombs.__file__


@pytest.mark.long
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="POSIX: memory is measured in /proc")
@pytest.mark.parametrize("name", bombs.BOMBS)
def test_a_bomb_costs_bounded_time_and_memory(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(bombs.BOMBS[name](bombs.good()))

    done = subprocess.run([sys.executable, PROGRAM, "read", path], capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["seconds"] < MOST * told["pace"]
    assert told["bytes"] < BYTES
    assert told["code"] in ("", "XPF208", "XPF202", "XPF201", "XPF231")
    assert told["findings"] < 1_000
