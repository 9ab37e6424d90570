"""The list of contents of a bundle: its version, its Python, packages with their licences, SHA-256 of every file."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

FILE = "contents.json"
PROGRAM = "program"  # folder of the bundle that is installed as it is
PAGE = "使用说明.txt"  # the page for users, beside that folder


def text_of(name: str) -> str:
    """A text that goes into bundles."""
    return (files("xlperf.bundle") / "texts" / name).read_text(encoding="utf-8")


class File(NamedTuple):
    """A file of a bundle; `link` is where a symbolic link leads."""

    content: bytes
    executable: bool = False
    link: str = ""


class Damage(NamedTuple):
    """Files of a bundle that are gone, and those that are not what was packed."""

    gone: list[str]
    changed: list[str]


def contents(about: Mapping[str, object], packed: Mapping[str, File]) -> bytes:
    """The list of these files, headed by what there is to say about them; links have no content."""
    digests = {name: hashlib.sha256(file.content).hexdigest() for name, file in sorted(packed.items()) if not file.link}
    return json.dumps({**about, "files": digests}, ensure_ascii=False, indent=1).encode()


def running_from() -> Path | None:
    """The folder of the bundle whose Python runs this; None for any other Python."""
    folder = Path(sys.prefix).parent
    return folder if (folder / FILE).is_file() else None


def read_contents(folder: Path) -> dict[str, Any] | None:
    """What the list in this folder says; None where there is none of ours that can be read."""
    try:
        said = json.loads((folder / FILE).read_bytes())
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) and isinstance(said.get("files"), dict) and "version" in said else None


def damage(folder: Path, said: Mapping[str, Any]) -> Damage:
    """What of the files listed is not as it was packed; others, as Python's own caches, may lie there too."""
    found = Damage([], [])
    for name, digest in said["files"].items():
        try:
            content = (folder / name).read_bytes()
        except OSError:
            found.gone.append(name)
        else:
            if hashlib.sha256(content).hexdigest() != digest:
                found.changed.append(name)
    return found


def in_one_line(names: Sequence[str], most: int = 5) -> str:
    """Some names, and how many there are if not all are among them."""
    return "、".join(names[:most]) + (f"……（{len(names)}）" if len(names) > most else "")
