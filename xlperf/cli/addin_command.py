"""`xlperf addin`: build, install and remove the add-ins, restamp workbooks, and the manual page of the functions."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from xlperf.cli.output import Output
from xlperf.files import replace_file
from xlperf.hosts import libreoffice
from xlperf.hosts.excel import addin as excel_addin
from xlperf.hosts.excel import install as excel
from xlperf.hosts.excel.restamp import restamp as restamp_workbook
from xlperf.hosts.manual import manual_page
from xlperf.model import XlperfError

OXT, XLAM = "xlperf.oxt", "xlperf.xlam"


def run(args: Namespace, out: Output) -> int:
    """Do what the action names."""
    return ACTIONS[args.action](args, out)


def build(args: Namespace, out: Output) -> int:
    """Both add-ins as files, to be handed round; only LibreOffice's where xlwings, the source of Excel's, is absent."""
    contents = {OXT: libreoffice.build_oxt()}
    try:
        contents[XLAM] = excel_addin.build_xlam()
    except XlperfError as error:
        out.tell("addin_left_out", name=XLAM, reason=error.text(out.lang))
    for name, content in contents.items():
        save(args.out / name, content, force=args.force)
        out.path(args.out / name)
    return 0


def install(args: Namespace, out: Output) -> int:
    """Into the spreadsheet programs of this user."""
    return _in_each(args, out, "addin_installed", {"excel": _install_excel, "libreoffice": libreoffice.install})


def uninstall(args: Namespace, out: Output) -> int:
    """Out of the spreadsheet programs of this user."""
    return _in_each(args, out, "addin_removed", {"excel": excel.uninstall, "libreoffice": libreoffice.uninstall})


def restamp(args: Namespace, out: Output) -> int:
    """Give each workbook of ours the macros of the xlwings installed here; a file that is none is told and left."""
    code = 0
    for path in args.files:
        try:
            done = restamp_workbook(path, lambda path, content: save(path, content, force=True))
        except XlperfError as error:
            out.say(error.text(out.lang))
            code = error.exit_code
        else:
            out.tell("restamped" if done.before != done.after else "stamp_current", path=path, **vars(done))
    return code


def functions(_: Namespace, out: Output) -> int:
    """The manual page of all functions."""
    out.data(manual_page(out.lang))
    return 0


ACTIONS: dict[str, Callable[[Namespace, Output], int]] = {
    "build": build,
    "install": install,
    "uninstall": uninstall,
    "restamp": restamp,
    "functions": functions,
}


def save(path: Path, content: bytes, *, force: bool) -> None:
    """Put a file in its place."""
    replace_file(path, lambda file: file.write(content), force=force)


def _install_excel() -> None:
    excel.install(lambda path, content: save(path, content, force=True))


def _in_each(args: Namespace, out: Output, done: str, hosts: dict[str, Callable[[], object]]) -> int:
    """Do it in the program named, or in every one; what cannot be done is told, and an error if nothing could."""
    code = XlperfError.exit_code
    for name, act in hosts.items():
        if args.host not in (None, name):
            continue
        try:
            act()
        except XlperfError as error:
            out.say(error.text(out.lang))
        else:
            out.tell(done, host=NAMES[name])
            code = 0
    return code


NAMES = {"excel": "Excel", "libreoffice": "LibreOffice"}
