"""A killed consolidation takes its reading processes along, and the next one is not in anybody's way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from consolidate.departments import CASES, write

FILES = 40

T = TypeVar("T")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_workers_end_with_the_run_that_was_killed(tmp_path: Path) -> None:
    content = write(tmp_path / "交回" / "00.xlsx", CASES).read_bytes()
    for i in range(1, FILES):
        (tmp_path / "交回" / f"{i:02d}.xlsx").write_bytes(content)
    arguments = [str(tmp_path / "交回"), "-o", str(tmp_path / "汇总.xlsx"), "--fail-on", "never"]
    command = [sys.executable, "-m", "xlperf", "consolidate", *arguments]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    workers = eventually(lambda: children(run.pid))
    os.kill(run.pid, signal.SIGKILL)
    run.wait()

    assert workers
    assert eventually(lambda: not [worker for worker in workers if alive(worker)])
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [".xlperf-汇总.xlsx.lock"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["交回", "汇总.sqlite", "汇总.xlsx"]


def eventually(look: Callable[[], T]) -> T:
    """What is seen as soon as it is true, or after a minute."""
    deadline = time.monotonic() + 60
    while not (seen := look()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return seen


def children(process: int) -> list[int]:
    """The workers of this process, once there are any."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            line = stat.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == process and b"spawn_main" in line:
            found.append(int(stat.parent.name))
    return found


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
