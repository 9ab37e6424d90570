"""`kill -9` at any moment: the target is the old or the new file, the sources are untouched, the next run cleans up."""

from __future__ import annotations

import random
import statistics
from collections import Counter

import pytest
from crash.conftest import OLD, Command, Crash
from crash.warm import KILLED

from xlperf.dataset.keep import is_whole

COMMANDS = ("generate", "split", "consolidate", "history")
KILLS = 110  # of each command, at random


def new_contents(crash: Crash, command: Command) -> list[bytes]:
    """What the command writes, the same twice."""
    written = []
    for _ in range(2):
        command.reset()
        ended = crash.warm.run(*command.arguments)
        assert ended.code == 0, ended.said
        written.append(command.contents())
    assert written[0] == written[1]
    assert OLD not in written[0]
    return written[0]


def survived(crash: Crash, command: Command, new: list[bytes], proof: object) -> str:
    """What a killed run left: every target old or new, sources as they were; and the next run does it all."""
    left = command.contents()
    outcomes = ["old" if found == OLD else "new" for found in left]
    assert all(found in (OLD, wanted) for found, wanted in zip(left, new, strict=True)), "neither old nor new"
    assert command.proof() == proof
    assert command.dataset is None or is_whole(command.dataset)
    assert not list(command.temporary.iterdir()), "a temporary file outlived its process"
    litter = command.others()
    ended = crash.warm.run(*command.arguments)
    assert ended.code == 0, ended.said
    assert command.contents() == new
    assert command.others() == [], f"left after {litter}"
    assert command.proof() == proof
    mixed = outcomes[0] if len(set(outcomes)) == 1 else "some new"
    return f"{mixed}, {'drafts left' if litter else 'clean'}"


@pytest.mark.parametrize(("name", "litter"), [*((name, False) for name in COMMANDS), ("generate", True)])
def test_killed_at_every_step(crash: Crash, name: str, litter: bool) -> None:
    """Also while it sweeps the litter of an earlier kill."""
    command = crash.commands[name]
    new, proof = new_contents(crash, command), command.proof()

    def reset() -> None:
        command.reset()
        if litter:
            for target in command.targets:
                (command.folder / f".xlperf-{target.name}.tmp").write_bytes(b"half")
                (command.folder / f".xlperf-{target.name}.lock").write_bytes(b"PC-01\n1\nsomebody\n")

    reset()
    steps = crash.warm.run(*command.arguments, watch=str(command.folder)).steps
    assert {"open", "flock", "write", "fsync", "replace", "close", "unlink"} <= set(steps)
    assert steps.count("replace") == len(command.targets) + (command.dataset is not None)
    moments = [(n, when) for n, step in enumerate(steps, 1) for when in moments_of(step)]
    outcomes: Counter[str] = Counter()
    for moment in moments:
        reset()
        ended = crash.warm.run(*command.arguments, watch=str(command.folder), stop=moment)
        assert ended.code == KILLED, (moment, ended)
        outcomes[survived(crash, command, new, proof)] += 1
    print(f"{name}: {len(steps)} steps, killed {len(moments)} times: {dict(outcomes)}")
    assert {"old, drafts left", "new, drafts left"} <= set(outcomes)


def moments_of(step: str) -> tuple[str, ...]:
    """After one write is before the next step."""
    return ("before", "half") if step == "write" else ("before", "after")


@pytest.mark.parametrize("name", COMMANDS)
def test_killed_at_random(crash: Crash, name: str) -> None:
    command = crash.commands[name]
    new, proof = new_contents(crash, command), command.proof()
    usual = statistics.median(crash.warm.run(*command.arguments).seconds for _ in range(5))
    draw = random.Random(name)
    outcomes: Counter[str] = Counter()
    late = 0
    while outcomes.total() < KILLS:
        command.reset()
        ended = crash.warm.run(*command.arguments, after=draw.uniform(0, usual * 1.05))
        if ended.code != KILLED:  # done before its time
            late += 1
            assert late < KILLS, "hardly ever killed"
            continue
        outcomes[survived(crash, command, new, proof)] += 1
    print(f"{name}: {usual * 1000:.0f} ms, killed {outcomes.total()} times, too late {late} times: {dict(outcomes)}")
