"""Chooses the wheels a platform needs, whatever the platform that asks: markers and tags are judged for the other one.

Wheels come from a folder, or pip fetches them one by one; the first version that fits is kept.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from xlperf.files import Refused, fetch, unpack
from xlperf.model import UnreadableInput, XlperfError

WINDOWS = "win_amd64"
# glibc from which on a manylinux wheel runs, newest first; manylinux2014 is that of UOS and Kylin and older ones.
GLIBC = {"x86_64": range(17, 4, -1), "aarch64": range(17, 16, -1)}
OLD_NAMES = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}


class Platform(NamedTuple):
    """Where a bundle runs: windows or linux, x86_64 or aarch64, and the (major, minor) of its Python."""

    system: str
    machine: str
    python: tuple[int, int]

    @property
    def names(self) -> list[str]:
        """What wheels call it, best first."""
        if self.system == "windows":
            return [WINDOWS]
        names = []
        for minor in GLIBC[self.machine]:
            names += [f"manylinux_2_{minor}"] + ([OLD_NAMES[minor]] if minor in OLD_NAMES else [])
        return [f"{name}_{self.machine}" for name in names]

    @property
    def tags(self) -> list[Tag]:
        """The tags of the wheels that run there, best first."""
        interpreter = "cp{}{}".format(*self.python)
        return [
            *cpython_tags(self.python, platforms=self.names),
            *compatible_tags(self.python, interpreter, self.names),
        ]

    @property
    def environment(self) -> dict[str, str]:
        """What markers are evaluated with there."""
        windows, version = self.system == "windows", "{}.{}".format(*self.python)
        return {
            "implementation_name": "cpython",
            "implementation_version": f"{version}.0",
            "os_name": "nt" if windows else "posix",
            "platform_machine": WINDOWS.removeprefix("win_").upper() if windows else self.machine,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": "Windows" if windows else "Linux",
            "platform_version": "",
            "python_full_version": f"{version}.0",
            "python_version": version,
            "sys_platform": "win32" if windows else "linux",
        }


@dataclass(frozen=True)
class Wheel:
    """A wheel with its parts by their paths; `file` and `sha256` tell where they are from."""

    name: str
    version: str
    license: str
    requires: Sequence[str]
    file: str
    sha256: str
    parts: Mapping[str, bytes]

    @property
    def requirement(self) -> Requirement:
        """What a wheel of the same version satisfies."""
        return Requirement(f"{self.name}=={self.version}")


Find = Callable[[Requirement], Path | None]
"""The file of a wheel that satisfies a requirement; None where there is none."""


def needed(own: Wheel, extras: Iterable[str], platform: Platform, find: Find) -> list[Wheel]:
    """Our own wheel with these extras, and every wheel it needs on the platform, by name.

    Raises XlperfError that names all that are missing, UnreadableInput for a wheel that cannot be read.
    """
    chosen = {own.name: own}
    missing: dict[str, None] = {}
    waiting = list(_requirements(own, extras, platform))
    seen: set[str] = set()
    while waiting:
        requirement = waiting.pop(0)
        if str(requirement) in seen:
            continue
        seen.add(str(requirement))
        name = canonicalize_name(requirement.name)
        if name not in chosen:
            path = find(requirement)
            if path is None:
                missing[f"{requirement.name}{requirement.specifier}"] = None
                continue
            chosen[name] = read_wheel(path)
        wheel = chosen[name]
        if not requirement.specifier.contains(wheel.version, prereleases=True):
            missing[f"{requirement.name}{requirement.specifier}"] = None
        waiting += _requirements(wheel, requirement.extras, platform)
    if missing:
        python = "{}.{}".format(*platform.python)
        where = f"{platform.names[0]}, Python {python}"
        raise XlperfError("bundle_wheels_missing", names="、".join(missing), platform=where)
    return [chosen[name] for name in sorted(chosen)]


def _requirements(wheel: Wheel, extras: Iterable[str], platform: Platform) -> Iterator[Requirement]:
    """What a wheel with these extras requires on the platform."""
    wanted = ["", *extras]
    for text in wheel.requires:
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({**platform.environment, "extra": extra}) for extra in wanted):
            requirement.marker = None
            yield requirement


def read_wheel(path: Path) -> Wheel:
    """The wheel in this file. Raises UnreadableInput."""
    try:
        content = fetch(path)
        package = unpack(content)
        parts = {package.spelled(name): package[name] for name in package}
    except Refused as refused:
        raise UnreadableInput("bundle_part_unreadable", path=path, reason=refused.values.get("reason", "")) from refused
    metadata = [name for name in parts if name.count("/") == 1 and name.endswith(".dist-info/METADATA")]
    if len(metadata) != 1 or any(".." in name.split("/") for name in parts):
        raise UnreadableInput("bundle_part_unreadable", path=path, reason="METADATA")
    return wheel_of(parts[metadata[0]], parts, path.name, hashlib.sha256(content).hexdigest())


def wheel_of(metadata: bytes, parts: Mapping[str, bytes], file: str, sha256: str) -> Wheel:
    """The wheel of these parts; name, version and needs stand in its METADATA."""
    said = message_from_bytes(metadata)
    classifiers = [text.rpartition(" :: ")[2] for text in said.get_all("Classifier", []) if text[:7] == "License"]
    stated = (said["License-Expression"] or said["License"] or "").strip().partition("\n")[0]
    return Wheel(
        name=canonicalize_name(said["Name"]),
        version=said["Version"],
        license=stated or ", ".join(classifiers),
        requires=said.get_all("Requires-Dist", []),
        file=file,
        sha256=sha256,
        parts=parts,
    )


def in_folder(folder: Path, platform: Platform) -> Find:
    """Finds wheels for the platform in a folder: the latest version, and of that the most particular. Asks no network.

    Raises UnreadableInput where there is no such folder.
    """
    if not folder.is_dir():
        raise UnreadableInput("source_missing", path=folder)
    ranks = {tag: -rank for rank, tag in enumerate(platform.tags)}

    def find(requirement: Requirement) -> Path | None:
        fitting = []
        for path in sorted(folder.glob("*.whl")):
            try:
                name, version, build, tags = parse_wheel_filename(path.name)
            except InvalidWheelFilename as error:
                raise UnreadableInput("bundle_part_unreadable", path=path, reason=error) from error
            rank = max((ranks[tag] for tag in tags if tag in ranks), default=None)
            wanted = name == canonicalize_name(requirement.name) and requirement.specifier.contains(version)
            if wanted and rank is not None:
                fitting.append((version, rank, build, path))
        return max(fitting)[-1] if fitting else None

    return find


def by_pip(folder: Path, platform: Platform) -> Find:
    """Fetches wheels for the platform with pip into a folder; raises XlperfError where this Python has no pip."""

    def find(requirement: Requirement) -> Path | None:
        options = [f"--platform={name}" for name in platform.names]
        version = "{}.{}".format(*platform.python)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--only-binary=:all:", f"--python-version={version}", f"--dest={folder}", *options]
        text = f"{requirement.name}{requirement.specifier}"
        done = subprocess.run([*command, text], stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if b"No module named pip" in done.stderr:
            raise XlperfError("bundle_needs", name="pip")
        return in_folder(folder, platform)(requirement)

    return find


def laid_out(wheel: Wheel, packages: str, prefix: str) -> Iterator[tuple[str, bytes]]:
    """Path and content of the files of a wheel once it is installed; its scripts and headers nobody here calls."""
    places = {"purelib": packages, "platlib": packages, "data": prefix}
    for name, content in wheel.parts.items():
        head, _, rest = name.partition("/")
        if not head.endswith(".data"):
            yield f"{packages}/{name}", content
        else:
            kind, _, rest = rest.partition("/")
            if kind in places:
                yield f"{places[kind]}/{rest}", content
