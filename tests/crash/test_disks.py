"""Full disks, read-only disks, folders that are not ours: exit 3 with advice, the old file stands, nothing is left."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from crash.conftest import Command, Crash

from xlperf.model import UnwritableOutput
from xlperf.ooxml import zip_out
from xlperf.ooxml.zip_out import ZipOut

OLD = b"old" * 1_000
NOBODY = 65_534
SIZES = (8, 12, 16, 24, 32, 48, 64, 96, 128, 256, 1024)  # KiB; a page is 4

Mount = Callable[..., Path]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mount something at a folder of this name; skipped where that is not allowed."""
    mounted: list[Path] = []

    def at(name: str, *arguments: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        if not sys.platform.startswith("linux"):
            pytest.skip(f"mounts as on Linux, this is {sys.platform}")
        done = subprocess.run(["mount", *arguments, str(folder)], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"cannot mount: {done.stderr.strip()}")
        mounted.append(folder)
        return folder

    yield at
    for folder in reversed(mounted):
        subprocess.run(["umount", str(folder)], check=True)


def tmpfs(mount: Mount, name: str, options: str) -> Path:
    return mount(name, "-t", "tmpfs", "-o", options, "tmpfs")


def into(command: Command, folder: Path) -> tuple[list[str], Path]:
    """The command with its target in another folder, and that target."""
    *arguments, out = command.arguments
    (target,) = command.targets
    return [*arguments, str(folder if Path(out).is_dir() else folder / target.name)], folder / target.name


def names(folder: Path) -> list[str]:
    """What lies there, but an old file that --force keeps whole."""
    kept = [path for path in folder.iterdir() if path.suffix == ".bak"]
    assert all(path.read_bytes() == OLD for path in kept)
    return sorted(path.name for path in folder.iterdir() if path not in kept)


@pytest.mark.parametrize("name", ["generate", "consolidate"])
def test_a_disk_that_fills_up(crash: Crash, mount: Mount, name: str) -> None:
    command = crash.commands[name]
    proof = command.proof()
    ends = {}
    for size in SIZES:
        folder = tmpfs(mount, f"{size}k", f"size={size}k")
        arguments, target = into(command, folder)
        target.write_bytes(OLD)
        ended = crash.warm.run(*arguments)
        ends[size] = ended.code
        assert names(folder) == [target.name], "a draft was left"
        if ended.code == 0:
            assert target.read_bytes()[:2] == b"PK"
        else:
            assert (ended.code, target.read_bytes()) == (3, OLD), ended.said
            assert "磁盘已满" in ended.said
            assert str(target) in ended.said
    print(f"{name}: {ends}")
    assert (ends[min(SIZES)], ends[max(SIZES)]) == (3, 0)
    assert command.proof() == proof


@pytest.mark.parametrize("inodes", [2, 3])
@pytest.mark.parametrize("name", ["generate", "consolidate"])
def test_a_disk_that_takes_no_more_files(crash: Crash, mount: Mount, name: str, inodes: int) -> None:
    folder = tmpfs(mount, "voll", f"size=1m,nr_inodes={inodes}")  # its root, the old file, the lock
    arguments, target = into(crash.commands[name], folder)
    target.write_bytes(OLD)
    ended = crash.warm.run(*arguments)

    assert ended.code == 3, ended.said
    assert "磁盘已满" in ended.said
    assert (names(folder), target.read_bytes()) == ([target.name], OLD)


def test_a_full_disk_speaks_english_too(crash: Crash, mount: Mount) -> None:
    arguments, target = into(crash.commands["generate"], tmpfs(mount, "full", "size=8k"))
    ended = crash.warm.run(*arguments, "--lang", "en")

    assert ended.said == (
        f"The disk is full: cannot write {target}. Free some space or choose another place. "
        "Nothing there was changed.\n"
    )


def test_a_temporary_folder_that_fills_up(crash: Crash, mount: Mount) -> None:
    command = crash.commands["consolidate"]
    command.reset()
    temporary = tmpfs(mount, "tmp", "size=64k")
    cramped = f"""
import sys
from xlperf.cli.main import main
from xlperf.dataset import store
store.PRAGMAS = ("journal_mode=OFF", "cache_size=1")
sys.exit(main({list(command.arguments)}))
"""
    ended = subprocess.run(
        [sys.executable, "-c", cramped],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(temporary)},
    )

    assert ended.returncode == 3, ended.stderr
    assert re.match("临时文件夹 .* 所在的磁盘已满。请清理磁盘后重试", ended.stderr)
    assert command.contents()[0].startswith(b"what stood here before")
    assert (command.others(), names(temporary)) == ([], [])


def test_a_temporary_folder_that_a_list_fills_up(mount: Mount, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmpfs(mount, "tmp", "size=64k")
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setattr(zip_out, "IN_MEMORY", 1_000)

    with pytest.raises(UnwritableOutput) as error, ZipOut(io.BytesIO()) as package, package.stream("list.xml") as part:
        part.write(os.urandom(2**20))
    assert (error.value.key, names(temporary)) == ("temporary_full", [])


@pytest.mark.parametrize("name", ["generate", "consolidate"])
def test_no_temporary_folder_at_all_hinders_nobody(crash: Crash, tmp_path: Path, name: str) -> None:
    command = crash.commands[name]
    command.reset()

    assert crash.warm.run(*command.arguments, temporary=str(tmp_path / "没有")).code == 0


@pytest.mark.parametrize("name", ["generate", "consolidate"])
def test_a_read_only_disk(crash: Crash, mount: Mount, name: str, tmp_path: Path) -> None:
    base = tmp_path / "共享"
    base.mkdir()
    arguments, target = into(crash.commands[name], base)
    target.write_bytes(OLD)
    mount("共享", "--bind", str(base))
    subprocess.run(["mount", "-o", "remount,ro,bind", str(base)], check=True)
    ended = crash.warm.run(*arguments)

    assert ended.code == 3, ended.said
    assert "只读" in ended.said
    assert (names(base), target.read_bytes()) == ([target.name], OLD)


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A folder of root's, read by somebody else."""
    if not hasattr(os, "geteuid") or os.geteuid():
        pytest.skip("only root can become somebody else")
    open_to_all(tmp_path)
    return tmp_path


def open_to_all(path: Path) -> None:
    """Let others get to a file or folder among the temporary ones."""
    for folder in (path, *path.parents):
        if folder == Path(tempfile.gettempdir()):
            break
        folder.chmod(0o755)


@pytest.mark.parametrize("name", ["generate", "consolidate"])
def test_a_folder_of_somebody_else(crash: Crash, foreign: Path, name: str) -> None:
    command = crash.commands[name]
    open_to_all(command.sources[0].parent)
    open_to_all(command.temporary)
    arguments, target = into(command, foreign)
    target.write_bytes(OLD)
    ended = crash.warm.run(*arguments, user=NOBODY)

    assert ended.code == 3, ended.said
    assert "没有权限写入" in ended.said
    assert (names(foreign), target.read_bytes()) == ([target.name], OLD)


def test_a_target_that_nobody_may_replace(crash: Crash, tmp_path: Path) -> None:
    arguments, target = into(crash.commands["consolidate"], tmp_path)
    target.write_bytes(OLD)
    made = subprocess.run(["chattr", "+i", str(target)], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"cannot fix a file in its place: {made.stderr.strip()}")
    try:
        ended = crash.warm.run(*arguments)
    finally:
        subprocess.run(["chattr", "-i", str(target)], check=True)

    assert ended.code == 3, ended.said
    assert "没有权限写入" in ended.said
    assert (names(tmp_path), target.read_bytes()) == ([target.name], OLD)


@pytest.mark.parametrize("name", ["generate", "consolidate"])
def test_places_where_no_file_can_be(crash: Crash, tmp_path: Path, name: str) -> None:
    command = crash.commands[name]
    arguments, target = into(command, tmp_path)
    *start, out = arguments

    target.mkdir()
    assert_refused(crash, arguments, "是一个文件夹")
    target.rmdir()
    target.write_bytes(OLD)
    target.chmod(0o444)
    assert_refused(crash, arguments, "是只读文件，未覆盖")
    too_long = tmp_path.joinpath(*["长" * 80] * 20)
    assert_refused(crash, [*start, str(too_long / "汇总.xlsx")], "路径或文件名太长")
    unforced = [argument for argument in start if argument != "--force"]
    assert_refused(crash, [*unforced, str(too_long / "汇总.xlsx")], "路径或文件名太长")
    below_a_file = target / "子" / ("" if Path(out).is_dir() else "汇总.xlsx")
    assert_refused(crash, [*start, str(below_a_file)], "应为文件夹的地方是一个文件")
    assert (names(tmp_path), target.read_bytes()) == ([target.name], OLD)


def assert_refused(crash: Crash, arguments: list[str], words: str) -> None:
    ended = crash.warm.run(*arguments)

    assert ended.code == 3, ended.said
    assert words in ended.said


def test_a_folder_that_is_not_there_is_made(crash: Crash, tmp_path: Path) -> None:
    arguments, target = into(crash.commands["consolidate"], tmp_path / "新" / "文件夹")

    assert crash.warm.run(*arguments).code == 0
    assert names(target.parent) == [target.name]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_result_printed_into_a_full_disk(crash: Crash) -> None:
    """`xlperf consolidate … --json > file`: the summary stands, and the exit code says that the file does not."""
    command = crash.commands["consolidate"]
    command.reset()
    with open("/dev/full", "w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "xlperf", *command.arguments, "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            cwd=Path(__file__).parents[2],
        )

    assert ended.returncode == 3
    said = ended.stderr.decode().splitlines()
    assert said[-1] == "结果无法输出：No space left on device。请检查输出到的磁盘或文件后重试。"
    assert command.targets[0].read_bytes()[:2] == b"PK"
