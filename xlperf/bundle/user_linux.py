"""What the installation does on Linux desktops for one user: folders, the command, entries of 打开方式."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
from pathlib import Path

from xlperf.bundle.contents import text_of
from xlperf.bundle.user_folder import ENTRIES

SECONDS = 20  # for a program of the desktop to answer


def home() -> Path:
    """The folder of the program."""
    return _data() / "xlperf"


def desktop() -> Path:
    """The user's desktop, as the desktop environment has it."""
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    with contextlib.suppress(OSError):
        said = re.search(r'^XDG_DESKTOP_DIR="(.+)"$', (config / "user-dirs.dirs").read_text("utf-8"), re.MULTILINE)
        if said:
            return Path(said[1].replace("$HOME", str(Path.home())))
    folders = [Path.home() / name for name in ("桌面", "Desktop")]
    return next((folder for folder in folders if folder.is_dir()), folders[-1])


def in_use(folder: Path) -> list[str]:
    """Programs other than this one that run from the folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            program = Path(os.readlink(process / "exe"))
            if folder.resolve() in program.parents and int(process.name) != os.getpid():
                found.append(f"{program.name} {process.name}")
    return found


def add_entries(folder: Path, program: Path) -> list[Path]:
    """Write the entries of 打开方式 and the command; return the entries. No entry becomes the default of its files."""
    paths = _entries()
    if not os.path.lexists(_command()) or _is_ours(_command()):
        _command().parent.mkdir(parents=True, exist_ok=True)
        _command().write_text(text_of("xlperf.sh").replace("{python}", _quoted(str(program))), encoding="utf-8")
        _command().chmod(0o755)
    kinds = re.findall(r"[^;=]+(?=;)", text_of("entry.desktop").partition("MimeType=")[2])
    usual = {kind: _asked("xdg-mime", "query", "default", kind) for kind in kinds}
    for action, path in paths.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_entry(action, program), encoding="utf-8")
    _asked("update-desktop-database", str(_data() / "applications"))
    ours = {path.name for path in paths.values()}
    for kind, name in usual.items():
        if name and name not in ours and _asked("xdg-mime", "query", "default", kind) in ours:
            _asked("xdg-mime", "default", name, kind)
    return list(paths.values())


def remove_entries(folder: Path) -> None:
    """Take away what `add_entries` made."""
    for path in _entries().values():
        path.unlink(missing_ok=True)
    if _is_ours(_command()):
        _command().unlink()
    _asked("update-desktop-database", str(_data() / "applications"))


def _entry(action: str, program: Path) -> str:
    """A desktop entry; a path in it is quoted twice, as the specification has it."""
    path = _quoted(str(program)).replace("\\", "\\\\").replace("%", "%%")
    return text_of("entry.desktop").format(name=ENTRIES[action], python=path, action=action)


def _quoted(path: str) -> str:
    """A path as it stands between quotation marks in a shell, and so in an entry."""
    return re.sub(r'([\\"`$])', r"\\\1", path)


def _data() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _command() -> Path:
    return Path.home() / ".local" / "bin" / "xlperf"


def _is_ours(command: Path) -> bool:
    """Whether a command is what we wrote, and not one of that name that pip put there."""
    try:
        return command.read_text("utf-8", "replace").endswith(text_of("xlperf.sh").partition("{python}")[2])
    except OSError:
        return False


def _entries() -> dict[str, Path]:
    return {action: _data() / "applications" / f"xlperf-{action}.desktop" for action in ENTRIES}


def _asked(*command: str) -> str:
    """What a program of the desktop answers; nothing where it is not there or fails."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
