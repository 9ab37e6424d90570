"""What the crash tests share: the sources, the commands, and a warmed-up xlperf to run them."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from consolidate.departments import CAR, CASES, REPAIRS, write
from crash.warm import Warm

from xlperf.jobs.consolidate import consolidate

LIST = """项目编码,项目名称,预算数
13080023P00024610002U,办案业务经费,100
13080023P00033710015Q,人民法庭维修经费,50
"""
OLD = b"what stood here before" * 2_000


class Command(NamedTuple):
    """A command line, where its targets lie and which they are, and the sources it must not touch."""

    arguments: tuple[str, ...]
    folder: Path
    targets: tuple[Path, ...]
    sources: tuple[Path, ...]
    temporary: Path
    dataset: Path | None = None  # beside the target, and what it held before
    earlier: bytes = b""

    def reset(self) -> None:
        """As before the command: an old file stands in each place, nothing else."""
        for path in self.folder.iterdir():
            path.unlink()
        for target in self.targets:
            target.write_bytes(OLD)
        if self.dataset:
            self.dataset.write_bytes(self.earlier)

    def contents(self) -> list[bytes]:
        """What stands in the places of the targets."""
        return [target.read_bytes() for target in self.targets]

    def others(self) -> list[str]:
        """What else lies there, but the old files that --force keeps, whole."""
        kept = [path for target in self.targets if (path := target.with_name(f"{target.name}.bak")).exists()]
        assert all(path.read_bytes() == OLD for path in kept), "an old file was not kept whole"
        mine = (*self.targets, *kept, self.dataset)
        return sorted(path.name for path in self.folder.iterdir() if path not in mine)

    def proof(self) -> list[tuple[str, int, int]]:
        """Hash, size and time of every source."""
        return [
            (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size, path.stat().st_mtime_ns)
            for path in self.sources
        ]


class Crash(NamedTuple):
    """The commands by name, and what runs them."""

    warm: Warm
    commands: dict[str, Command]


@pytest.fixture(scope="session")
def crash(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crash]:
    if not hasattr(os, "fork"):
        pytest.skip(f"no fork and no SIGKILL on {sys.platform}")
    base = tmp_path_factory.mktemp("crash")
    temporary = base / "tmp"
    listed = base / "项目.csv"
    listed.write_text(LIST, encoding="utf-8")
    sources = (
        write(base / "交回" / "甲庭.xlsx", CASES, REPAIRS),
        write(base / "交回" / "乙庭.xlsx", CAR),
    )
    sources[1].with_name("丙庭 - 副本.xlsx").write_bytes(sources[1].read_bytes())
    copy = sources[1].with_name("丙庭 - 副本.xlsx")
    for folder in ("一", "二", "三", "四"):
        (base / folder).mkdir()
    make = ("generate", str(listed), "--year", "2026", "--no-macros", "--force", "-o")
    gather = ("consolidate", str(base / "交回"), "--force", "--fail-on", "never")
    history = base / "四" / "汇总.xlsx"
    write(base / "先前" / "乙庭.xlsx", CAR)
    consolidate(base / "先前", history)
    commands = {
        "generate": Command((*make, str(base / "一")), base / "一", (), (listed,), temporary),
        "split": Command((*make, str(base / "二"), "--split", "project"), base / "二", (), (listed,), temporary),
        "consolidate": Command(
            (*gather, "--no-history", "-o", str(base / "三" / "汇总.xlsx")),
            base / "三",
            (),
            (*sources, copy),
            temporary,
        ),
        "history": Command(
            (*gather, "-o", str(history)),
            base / "四",
            (),
            (*sources, copy),
            temporary,
            history.with_suffix(".sqlite"),
            history.with_suffix(".sqlite").read_bytes(),
        ),
    }
    warm = Warm(base / "log", [command.arguments for command in commands.values()], temporary)
    targets = {
        name: tuple(sorted(path for path in command.folder.iterdir() if path.suffix == ".xlsx"))
        for name, command in commands.items()
    }
    yield Crash(warm, {name: command._replace(targets=targets[name]) for name, command in commands.items()})
    warm.close()
