"""Our own wheel and texts, made from the installation that runs."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

import xlperf
from xlperf.bundle.wheels import Wheel, wheel_of
from xlperf.model import XlperfError

NAME = "xlperf"
LEFT_OUT = ("__pycache__", "dev")  # `dev` works on the repository, which users do not have


def own_wheel() -> Wheel:
    """The package that runs with its METADATA. Raises XlperfError where it is not installed."""
    folder, distribution = Path(xlperf.__file__).parent, _distribution()
    parts = {
        f"{NAME}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not set(path.relative_to(folder).parts) & set(LEFT_OUT)
    }
    about = f"{NAME}-{xlperf.__version__}.dist-info"
    for name in ("METADATA", "licenses/LICENSE"):
        text = distribution.read_text(name)
        if text is None:
            raise XlperfError("bundle_not_installed")
        parts[f"{about}/{name}"] = text.encode()
    digest = hashlib.sha256()
    for name, content in parts.items():
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return wheel_of(parts[f"{about}/METADATA"], parts, NAME, digest.hexdigest())


def readme() -> str:
    """The README, which METADATA carries."""
    return str(_distribution().metadata.get_payload())  # type: ignore[attr-defined] # an email message, its stubs say less


def _distribution() -> metadata.Distribution:
    try:
        return metadata.distribution(NAME)
    except metadata.PackageNotFoundError:
        raise XlperfError("bundle_not_installed") from None
