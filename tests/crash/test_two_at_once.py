"""Two runs into one place: the second says at once who is writing, and neither mixes with the other."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from crash.conftest import Command, Crash

from xlperf.files import reserved, reserved_folder

AT_ONCE = 6


def test_a_second_consolidation_says_who_is_writing_before_it_reads(crash: Crash) -> None:
    command = crash.commands["consolidate"]
    command.reset()
    before = command.contents()
    with reserved(command.targets[0], force=True):
        ended = crash.warm.run(*command.arguments)

    assert ended.code == 3
    assert ended.said.startswith(f"另一个 xlperf 正在写入 {command.targets[0]}（")
    assert ended.said.endswith(f"PID {os.getpid()}）。请等它完成后重试。\n")
    assert (command.contents(), command.others()) == (before, [])


def test_a_second_generate_into_one_folder(crash: Crash) -> None:
    command = crash.commands["split"]
    command.reset()
    before = command.contents()
    with reserved_folder(command.folder):
        ended = crash.warm.run(*command.arguments)

    assert ended.code == 3
    assert f"另一个 xlperf 正在写入 {command.folder}（" in ended.said
    assert (command.contents(), command.others()) == (before, [])


def test_many_at_once(crash: Crash) -> None:
    for name in ("consolidate", "split"):
        command = crash.commands[name]
        command.reset()
        assert crash.warm.run(*command.arguments).code == 0
        new = command.contents()
        command.reset()
        codes = at_once(command)
        print(f"{name}: {dict(codes)}")

        assert set(codes) <= {0, 3}
        assert codes[0] >= 1
        assert (command.contents(), command.others()) == (new, [])


def at_once(command: Command) -> Counter[int]:
    """Exit codes of so many runs of this command."""
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "xlperf", *command.arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(AT_ONCE)
    ]
    return Counter(run.wait() for run in runs)
