"""The lock on a target: nobody else's while its holder lives, and gone with it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from xlperf.files import lock as locking
from xlperf.files import replace_file
from xlperf.files.lock import DRAFT, LEASE, LOCK, Busy, beside, sweep, take
from xlperf.model import UnwritableOutput

soft_links = pytest.mark.skipif(sys.platform == "win32", reason="POSIX: Wine tells no link from what it leads to")

HOLDER = """
import sys, time
from pathlib import Path
from xlperf.files.lock import take
take(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the lock of a target lies."""
    return beside(tmp_path / "汇总.xlsx", LOCK)


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that knows no locks."""

    def refuse(_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(locking, "_lock", refuse)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write_lease(path: Path, host: str, process: int, age: float = 0) -> Path:
    lease = path.with_suffix(LEASE)
    lease.write_text(f"{host}\n{process}\n张三\n", encoding="utf-8")
    os.utime(lease, (time.time() - age,) * 2)
    return lease


def dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_names_beside_a_target(tmp_path: Path) -> None:
    assert beside(tmp_path / "汇总.xlsx", LOCK) == tmp_path / ".xlperf-汇总.xlsx.lock"
    assert beside(tmp_path / "汇总.xlsx", DRAFT) == tmp_path / ".xlperf-汇总.xlsx.tmp"
    assert len(beside(tmp_path / ("长" * 83), LOCK).name) < 60


def test_held_released_and_held_again(path: Path) -> None:
    held = take(path)
    with pytest.raises(Busy):
        take(path)
    held.release()
    take(path).release()

    assert names(path.parent) == []


def test_a_living_process_is_named_at_once(path: Path, holder: subprocess.Popen[str]) -> None:
    before = time.monotonic()
    with pytest.raises(Busy) as caught:
        take(path)

    assert time.monotonic() - before < 5
    assert caught.value.who.endswith(f"@{locking.host_name()}, PID {holder.pid}")


def test_a_killed_one_leaves_nothing_that_blocks(path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    assert names(path.parent) == [path.name]
    take(path).release()

    assert names(path.parent) == []


def test_what_a_killed_run_left_goes_with_the_next_write_into_the_folder(tmp_path: Path) -> None:
    for name in (".xlperf-汇总.xlsx.tmp", ".xlperf-另一.xlsx.tmp", ".xlperf-另一.xlsx.lock", ".xlperf-3.lock"):
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / ".别的.tmp").write_bytes(b"not ours")
    replace_file(tmp_path / "汇总.xlsx", lambda out: out.write(b"new"))

    assert names(tmp_path) == [".别的.tmp", "汇总.xlsx"]


def test_the_draft_of_a_living_one_stays(path: Path, holder: subprocess.Popen[str]) -> None:
    draft = path.with_suffix(DRAFT)
    draft.write_bytes(b"half")
    replace_file(path.parent / "另一.xlsx", lambda out: out.write(b"new"))
    assert draft.read_bytes() == b"half"

    holder.kill()
    holder.wait()
    sweep(path.parent)
    assert names(path.parent) == ["另一.xlsx"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX: elsewhere no open file can be removed")
def test_a_removed_lock_file_is_nobodys_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The classic race: the holder removes the file after another opened it, before that one locks it."""
    first = take(path)
    opened = locking._opened
    handles: list[int] = []

    def opened_too_early(at: Path) -> int:
        handles.append(opened(at))
        if len(handles) == 1:
            first.release()
        return handles[-1]

    monkeypatch.setattr(locking, "_ours", set())
    monkeypatch.setattr(locking, "_opened", opened_too_early)
    second = take(path)

    assert len(handles) == 2
    assert os.path.samestat(os.fstat(handles[1]), path.stat())
    second.release()


def test_many_at_once_hold_it_one_at_a_time(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads here stand for processes: each has its own open file."""
    monkeypatch.setattr(locking, "_ours", set())
    monkeypatch.setattr(locking, "PATIENCE", 60.0)
    inside: list[int] = []
    most: list[int] = []

    def work() -> None:
        for _ in range(25):
            held = take(path)
            locking._ours.clear()
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.0005)
            inside.pop()
            held.release()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(most), max(most)) == (150, 1)
    assert names(path.parent) == []


@pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="POSIX: needs root"
)
def test_the_left_behind_lock_of_another_person_blocks_nobody() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        path = Path(folder, ".xlperf-汇总.xlsx.lock")
        path.write_bytes(b"")
        path.chmod(0o644)
        child = os.fork()
        if not child:
            try:
                os.setuid(65534)
                take(path).release()
                os._exit(0)
            finally:
                os._exit(1)

        assert os.waitpid(child, 0)[1] == 0
        assert not path.exists()


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="POSIX: links that can be refused")
def test_a_link_in_place_of_the_lock_is_not_followed(path: Path) -> None:
    (path.parent / "重要.txt").write_bytes(b"keep")
    path.symlink_to(path.parent / "重要.txt")

    with pytest.raises(UnwritableOutput):
        replace_file(path.parent / "汇总.xlsx", lambda out: out.write(b"new"))
    assert (path.parent / "重要.txt").read_bytes() == b"keep"


@pytest.mark.usefixtures("no_locks")
def test_without_locks_a_lease_names_its_holder(path: Path) -> None:
    held = take(path)

    assert names(path.parent) == [path.with_suffix(LEASE).name]
    host, process, _ = path.with_suffix(LEASE).read_text(encoding="utf-8").splitlines()
    assert (host, int(process)) == (locking.host_name(), os.getpid())
    with pytest.raises(Busy):
        take(path)
    held.release()
    assert names(path.parent) == []


@pytest.mark.usefixtures("no_locks")
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX: elsewhere age decides")
def test_a_lease_of_a_living_process_holds(path: Path) -> None:
    write_lease(path, locking.host_name(), os.getppid(), age=7 * 24 * 3600)

    with pytest.raises(Busy, match=f"张三@{locking.host_name()}, PID {os.getppid()}"):
        take(path)


@pytest.mark.usefixtures("no_locks")
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX: elsewhere age decides")
def test_a_lease_of_a_dead_process_is_over(path: Path) -> None:
    write_lease(path, locking.host_name(), dead_process())
    take(path).release()

    assert names(path.parent) == []


@pytest.mark.usefixtures("no_locks")
def test_a_lease_of_another_host_is_believed_for_an_hour(path: Path) -> None:
    write_lease(path, "PC-02", 1, age=3000)
    with pytest.raises(Busy, match="张三@PC-02, PID 1"):
        take(path)

    write_lease(path, "PC-02", 1, age=4000)
    take(path).release()


@pytest.mark.usefixtures("no_locks")
def test_a_lease_that_names_nobody_is_believed_for_a_minute(path: Path) -> None:
    lease = path.with_suffix(LEASE)
    lease.write_bytes(b"\xff\n")
    with pytest.raises(Busy, match=r"\?"):
        take(path)

    os.utime(lease, (time.time() - 100,) * 2)
    take(path).release()


@pytest.mark.usefixtures("no_locks")
def test_drafts_are_swept_without_locks_too(path: Path) -> None:
    path.with_suffix(DRAFT).write_bytes(b"half")
    write_lease(path, "PC-02", 1, age=4000)
    (path.parent / ".xlperf-另一.tmp").write_bytes(b"half")
    write_lease(path.parent / ".xlperf-另一.lock", "PC-02", 1)
    sweep(path.parent)

    assert names(path.parent) == [".xlperf-另一.lease", ".xlperf-另一.tmp"]


class Msvcrt(SimpleNamespace):
    """Windows' byte locks: a byte of a file is locked by one handle at a time, until that is closed."""

    LK_NBLCK = 2

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(held={})
        close = os.close

        def closed(handle: int) -> None:
            self.held = {file: holder for file, holder in self.held.items() if holder != handle}
            close(handle)

        monkeypatch.setattr(os, "close", closed)
        monkeypatch.setitem(sys.modules, "msvcrt", self)  # type: ignore[arg-type]
        monkeypatch.setattr(sys, "platform", "win32")

    def locking(self, handle: int, mode: int, count: int) -> None:
        assert (mode, count) == (self.LK_NBLCK, 1)
        assert os.lseek(handle, 0, os.SEEK_CUR) == locking.LOCK_BYTE, "a locked byte cannot be read"
        if self.held.setdefault(os.fstat(handle).st_ino, handle) != handle:
            raise OSError(errno.EACCES, "Permission denied")


def test_on_windows_a_byte_far_behind_the_content_is_locked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Msvcrt(monkeypatch)
    monkeypatch.setattr(locking, "PATIENCE", 0)
    held = take(path)
    monkeypatch.setattr(locking, "_ours", set())

    with pytest.raises(Busy, match=f"PID {os.getpid()}"):
        take(path)
    assert path.read_text(encoding="utf-8").splitlines()[1] == str(os.getpid())
    held.release()
    take(path).release()
    assert names(path.parent) == []


def test_a_target_open_in_excel_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to replace a file another program has open; that is found out before anything is made for it."""

    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    def began(_: object) -> None:
        pytest.fail("began")

    (tmp_path / "汇总.xlsx").write_bytes(b"old")
    Msvcrt(monkeypatch)
    monkeypatch.setattr("xlperf.files.save.PATIENCE", 0.2)
    monkeypatch.setattr("xlperf.files.save.open", held, raising=False)
    with pytest.raises(UnwritableOutput, match="正被其他程序"):
        replace_file(tmp_path / "汇总.xlsx", began, force=True)
    monkeypatch.undo()

    Msvcrt(monkeypatch)
    monkeypatch.setattr("xlperf.files.save.PATIENCE", 0.2)
    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(UnwritableOutput, match="正被其他程序"):
        replace_file(tmp_path / "汇总.xlsx", lambda out: out.write(b"new"), force=True)
    assert names(tmp_path) == ["汇总.xlsx"]
    assert (tmp_path / "汇总.xlsx").read_bytes() == b"old"


# --- what others put in their place -----------------------------------------------------------------------------------


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A file of somebody's that a lock is not to touch."""
    letter = tmp_path / "家书.txt"
    letter.write_text("见字如面", encoding="utf-8")
    return letter


def refused(target: Path) -> str:
    with pytest.raises(UnwritableOutput) as caught:
        replace_file(target, lambda out: out.write(b"new"))
    assert not target.exists()
    return caught.value.key


@pytest.mark.parametrize("link", [os.link, pytest.param(os.symlink, marks=soft_links)])
@pytest.mark.parametrize("suffix", [LOCK, LEASE])
def test_a_link_in_its_place_is_refused_and_what_it_leads_to_stays(
    letter: Path, tmp_path: Path, link: Callable[[Path, Path], None], suffix: str, request: pytest.FixtureRequest
) -> None:
    target = tmp_path / "汇总.xlsx"
    if suffix == LEASE:
        request.getfixturevalue("no_locks")
    link(letter, beside(target, suffix))

    if suffix == LEASE and link is os.link:  # never written to: its name alone is taken, in a minute
        assert refused(target) == "target_busy"
    else:
        assert refused(target) == "lock_in_the_way"
    sweep(tmp_path)
    assert letter.read_text(encoding="utf-8") == "见字如面"


@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_a_draft_is_never_written_through_a_link(
    letter: Path, tmp_path: Path, link: Callable[[Path, Path], None]
) -> None:
    target = tmp_path / "汇总.xlsx"
    link(letter, beside(target, DRAFT))

    replace_file(target, lambda out: out.write(b"new"))

    assert (target.read_bytes(), letter.read_text(encoding="utf-8")) == (b"new", "见字如面")
    assert not target.is_symlink()


@pytest.mark.parametrize("suffix", [LOCK, LEASE, DRAFT])
def test_a_folder_in_its_place_is_refused(tmp_path: Path, suffix: str, request: pytest.FixtureRequest) -> None:
    target = tmp_path / "汇总.xlsx"
    if suffix == LEASE:
        request.getfixturevalue("no_locks")
    beside(target, suffix).mkdir()
    os.utime(beside(target, suffix), (0, 0))

    assert refused(target) == "lock_in_the_way"
    assert beside(target, suffix).is_dir()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX: Windows has no such files")
def test_a_pipe_in_its_place_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(beside(tmp_path / "汇总.xlsx", LOCK))

    assert refused(tmp_path / "汇总.xlsx") == "lock_in_the_way"


@soft_links
def test_a_target_that_leads_nowhere_makes_no_file_there(tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "汇总.xlsx", tmp_path / "别处" / "x.xlsx"
    target.symlink_to(elsewhere)

    assert refused(target) == "target_leads_nowhere"
    assert not elsewhere.parent.exists()
