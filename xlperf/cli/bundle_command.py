"""`xlperf bundle`: build a package for PCs without internet; install or remove the one that runs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from xlperf.cli.addin_command import NAMES
from xlperf.cli.output import Output
from xlperf.jobs.installation import Line, copied, go_on, installed, uninstalled
from xlperf.model import XlperfError


def run(args: Namespace, out: Output) -> int:
    """Do what the action names, and say what was done."""
    match args.action:
        case "install":
            command = copied()
            if command is not None:
                return go_on(command, out.lang)
            return _each(installed(), "install_done", out)
        case "uninstall":
            return _each(uninstalled(), "uninstall_done", out)
    return _build(args, out)


def _build(args: Namespace, out: Output) -> int:
    try:
        from xlperf.jobs.bundle import build_linux, build_windows
    except ModuleNotFoundError as error:
        raise XlperfError("bundle_needs", name=error.name) from error
    if args.action == "windows":
        built = build_windows(args.python, args.out, wheels=args.wheels, force=args.force)
    else:
        built = build_linux(args.python, args.out, machine=args.arch, wheels=args.wheels, force=args.force)
    out.tell("bundle_python", path=args.python, sha256=built.python)
    for wheel in built.packages:
        out.tell("bundle_package", name=wheel.name, version=wheel.version, license=wheel.license, file=wheel.file)
    out.tell("bundle_size", count=built.files, size=f"{built.size / 1e6:.0f}", packed=f"{_size(args) / 1e6:.0f}")
    out.path(args.out)
    return 0


def _size(args: Namespace) -> int:
    return int(args.out.stat().st_size)


def _each(lines: Iterable[Line], end: str, out: Output) -> int:
    for key, values in lines:
        out.tell(key, **{name: NAMES.get(str(value), value) for name, value in values.items()})
    out.tell(end)
    return 0
