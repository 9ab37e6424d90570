"""A target on Windows is the old file or the new one, whoever holds it, kills us or writes it at the same time."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from windows.holding import held

pytestmark = pytest.mark.skipif(sys.platform != "win32", reason="Windows only: .ci/windows runs it")

LIST = "项目编码,项目名称,预算数\n99030026P00000000001X,办案经费,10\n99030026P00000000002X,维修经费,20\n"
OLD = b"what stood here before" * 2_000
KILLS_OF_WRITES, KILLS_OF_COMMANDS = 20, 10
AT_ONCE = 3

# Replaces the target over and over, by blocks that tell which turn wrote them.
WRITER = """
import itertools, sys
from pathlib import Path
from xlperf.files import replace_file
def write(turn, out):
    for _ in range(100):
        out.write(b"%08d" % turn * 2_000)
print("ready", flush=True)
for turn in itertools.count(1):
    replace_file(Path(sys.argv[1]), lambda out: write(turn, out), force=True)
"""
SIZE = 100 * 2_000 * 8


def python(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-X", "utf8", *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where the command writes; an old file stands there."""
    (tmp_path / "项目.csv").write_text(LIST, encoding="utf-8")
    path = tmp_path / "表" / "部门2026年绩效目标表.xlsx"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def generate(target: Path) -> subprocess.Popen[bytes]:
    """The command that writes the target."""
    source = target.parent.with_name("项目.csv")
    options = ("--year", "2026", "--no-macros", "--force")
    return python("-m", "xlperf", "generate", source, "-o", target.parent, *options)


def ended(run: subprocess.Popen[bytes]) -> tuple[int, str]:
    said, _ = run.communicate()
    return run.returncode, said.decode()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_held_open_by_another_program(target: Path) -> None:
    with held(target):
        start = time.monotonic()
        code, said = ended(generate(target))
        seconds = time.monotonic() - start

    assert code == 3, said
    assert f"无法写入 {target}：文件正被其他程序" in said
    assert 2 <= seconds < 30
    assert (names(target.parent), target.read_bytes()) == ([target.name], OLD)


def test_held_for_a_moment(tmp_path: Path) -> None:
    """As virus scanners and sync clients do."""
    from xlperf.files import replace_file

    target = tmp_path / "汇总.xlsx"
    target.write_bytes(OLD)
    taken = threading.Event()

    def hold() -> None:
        with held(target):
            taken.set()
            time.sleep(1)

    thread = threading.Thread(target=hold)
    thread.start()
    taken.wait()
    replace_file(target, lambda out: out.write(b"new"), force=True)
    thread.join()

    assert (names(tmp_path), target.read_bytes()) == ([target.name], b"new")


def test_killed_while_it_writes(tmp_path: Path) -> None:
    from xlperf.files import replace_file

    target = tmp_path / "汇总.xlsx"
    draw = random.Random(1)
    left: Counter[bool] = Counter()
    for _ in range(KILLS_OF_WRITES):
        writer = python("-c", WRITER, target)
        assert writer.stdout
        assert writer.stdout.readline().strip() == b"ready"
        time.sleep(draw.uniform(0.02, 0.2))
        writer.kill()
        writer.communicate()

        if target.exists():
            content = target.read_bytes()
            assert len(content) == SIZE
            assert content == content[:8] * (SIZE // 8), "torn"
        left[names(tmp_path) != [target.name]] += 1
        replace_file(tmp_path / "另一.xlsx", lambda out: out.write(b"new"), force=True)
        assert set(names(tmp_path)) <= {target.name, "另一.xlsx"}, "not swept"
        (tmp_path / "另一.xlsx").unlink()

    print(f"drafts left: {dict(left)}")
    assert left[True], "never killed in the middle"


def test_killed_commands(target: Path) -> None:
    kept = f"{target.name}.bak"
    assert ended(generate(target))[0] == 0
    new = target.read_bytes()
    start = time.monotonic()
    assert ended(generate(target))[0] == 0
    usual = time.monotonic() - start
    draw = random.Random(2)
    outcomes: Counter[str] = Counter()
    for _ in range(KILLS_OF_COMMANDS):
        target.write_bytes(OLD)
        run = generate(target)
        time.sleep(draw.uniform(usual / 2, usual * 1.1))
        run.kill()
        run.communicate()
        outcomes["old" if target.read_bytes() == OLD else "new"] += 1

        assert target.read_bytes() in (OLD, new)
        assert set(names(target.parent)) - {target.name, kept} <= {
            ".xlperf-generate.lock",
            *(f".xlperf-{name}.{ending}" for name in (target.name, kept) for ending in ("lock", "tmp")),
        }
    code, said = ended(generate(target))
    print(f"{usual:.1f} s: {dict(outcomes)}")

    assert code == 0, said
    assert (names(target.parent), target.read_bytes()) == ([target.name, kept], new)


def test_several_at_once(target: Path) -> None:
    runs = [generate(target) for _ in range(AT_ONCE)]
    ends = [ended(run) for run in runs]

    assert {code for code, _ in ends} <= {0, 3}, ends
    assert any(code == 0 for code, _ in ends)
    assert all("另一个 xlperf 正在写入" in said for code, said in ends if code)
    assert names(target.parent) == [target.name, f"{target.name}.bak"]
    assert target.read_bytes()[:2] == b"PK"


def test_a_second_run_says_who_is_writing(target: Path) -> None:
    from xlperf.files import reserved_folder

    with reserved_folder(target.parent):
        code, said = ended(generate(target))

    assert code == 3
    assert f"另一个 xlperf 正在写入 {target.parent}" in said
    assert (names(target.parent), target.read_bytes()) == ([target.name], OLD)
