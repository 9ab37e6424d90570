"""`xlperf addin`: build, install and remove the add-ins, restamp workbooks, and the manual page of the functions."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from xlperf.cli.output import Output
from xlperf.hosts.excel.restamp import restamp
from xlperf.hosts.manual import function_page, manual_page
from xlperf.jobs.addin import Outcome, build_addins, install_addins, known_function, uninstall_addins
from xlperf.model import XlperfError

NAMES = {"excel": "Excel", "libreoffice": "LibreOffice"}


def run(args: Namespace, out: Output) -> int:
    """Do what the action names, and say what was done and what could not be."""
    match args.action:
        case "build":
            return _build(args.out, args.force, out)
        case "install":
            return _in_each(install_addins(args.host), "addin_installed", out)
        case "uninstall":
            return _in_each(uninstall_addins(args.host), "addin_removed", out)
        case "restamp":
            return _restamp(args.files, out)
    out.data(function_page(known_function(args.name), out.lang) if args.name else manual_page(out.lang))
    return 0


def _build(folder: Path, force: bool, out: Output) -> int:
    for name, problem in build_addins(folder, force=force):
        if problem is None:
            out.path(folder / name)
        else:
            out.tell("addin_left_out", name=name, reason=problem)
    return 0


def _in_each(outcomes: Iterable[Outcome], sentence: str, out: Output) -> int:
    """0 where it was done in one program at least."""
    code = XlperfError.exit_code
    for host, problem in outcomes:
        if problem is None:
            out.tell(sentence, host=NAMES[host])
            code = 0
        else:
            out.say(problem.text(out.lang))
    return code


def _restamp(paths: Sequence[Path], out: Output) -> int:
    """A file that is no workbook of ours with macros is named and left as it is."""
    code = 0
    for path in paths:
        try:
            done = restamp(path)
        except XlperfError as error:
            out.say(error.text(out.lang))
            code = error.exit_code
        else:
            out.tell("restamped" if done.before != done.after else "stamp_current", path=path, **vars(done))
    return code
