"""The commands and their arguments."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Sequence
from functools import partial

from xlperf import __version__
from xlperf.cli.cli_texts import HELP, METAVARS
from xlperf.cli.help_examples import EXAMPLES
from xlperf.cli.usage import fault
from xlperf.jobs.preference_files import FAIL_ON, LANGUAGES, LAYOUTS, PERIODS

TYPE_CHECKING = False  # type checkers take it for true; loading these takes half as long as starting Python
if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path
    from typing import Any, NoReturn

HOSTS = ("excel", "libreoffice")
EXPORTS = ("paste",)
WIDE = "\u2e7f"  # characters after this one take two columns of a terminal, as far as help has them
_GAP = re.compile(r"^( {2,}\S.*?)( {2,})(?=\S)", re.MULTILINE)
GROUPS = ("file", "project", "rule")
MOST_ROWS = 200  # of indicators in one table
DROPS = ("check", "consolidate", "generate")
MACHINES = ("x86_64", "aarch64")


def _path(text: str) -> Path:
    from pathlib import Path

    return Path(text)


def _date(text: str) -> dt.date:
    """A day as people type it: 2026-10-31, 2026/10/31, 2026.10.31, 2026年10月31日 or 20261031."""
    from xlperf.ooxml.dates import from_text  # only where there is a date

    digits = text.strip()
    day = from_text(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if digits.isdecimal() and len(digits) == 8 else text)
    if day is None:
        raise ValueError
    return day


def _year(text: str) -> int:
    year = int(text)
    if not 2000 <= year <= 2099:
        raise ValueError
    return year


def _count(text: str) -> int:
    count = int(text)
    if not 1 <= count <= 500:
        raise ValueError
    return count


def _rows(text: str) -> int:
    rows = int(text)
    if not 1 <= rows <= MOST_ROWS:
        raise ValueError
    return rows


def _summary(text: str) -> Path:
    path = _path(text)
    if path.suffix.lower() != ".xlsx":
        raise ValueError
    return path


_summary.__name__ = "summary"
_date.__name__, _year.__name__, _count.__name__, _rows.__name__ = "date", "year", "count", "rows"


def language(arguments: Sequence[str]) -> str | None:
    """The language asked for, if one is; known before the rest is parsed, since help is written in it."""
    for i, argument in enumerate(arguments):
        if argument == "--lang" and i + 1 < len(arguments):
            return "en" if arguments[i + 1] == "en" else "zh"
        if argument.startswith("--lang="):
            return "en" if argument.endswith("=en") else "zh"
    return None


def _width() -> int:
    """Columns that help may fill. argparse would ask `shutil`, which loads every compressor for it."""
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
    except (OSError, ValueError):
        columns = 0
    return (columns or 80) - 2


def _aligned(match: re.Match[str]) -> str:
    """The left of a line of help and the gap behind it, less what Chinese characters take beyond one column each.

    Where nothing of the gap is left, what follows begins a line.
    """
    left, gap = match.groups()
    rest = len(gap) - sum(char > WIDE for char in left)
    return left + (" " * rest if rest >= 2 else "\n" + " " * (len(left) + len(gap)))


class _Parser(argparse.ArgumentParser):
    """A parser whose headings, help and errors are Chinese; `_English` has them in English."""

    lang = "zh"

    def __init__(self, **keywords: object) -> None:
        form = partial(argparse.HelpFormatter, width=_width())
        super().__init__(**keywords, add_help=False, allow_abbrev=False, formatter_class=form)  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = self.word("arguments"), self.word("options")
        self.add_argument("-h", "--help", action="help", help=self.word("help"))
        self.add_argument("--lang", choices=LANGUAGES, help=self.word("lang"))

    def word(self, key: str) -> str:
        """A help text in the language chosen."""
        return HELP[key][self.lang != "zh"]

    def format_help(self) -> str:
        """The help, with its first word in the language chosen, and examples at its end."""
        text = _GAP.sub(_aligned, super().format_help().replace("usage: ", self.word("usage"), 1))
        examples = EXAMPLES.get(self.prog)
        if examples is None:
            return text
        return "\n".join([text, self.word("examples"), *(f"  {each[self.lang != 'zh']}" for each in examples), ""])

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments and stop with the exit code for usage."""
        from xlperf.measure import quoted  # what was typed may hold what a terminal obeys

        options = [action.option_strings[-1] for action in self._actions if action.option_strings]
        said = fault(quoted(message), self.lang, options)
        self.exit(2, f"{self.word('wrong_arguments')}{said}\n{self.word('see_help').format(program=self.prog)}\n")

    def parse_args(self, args: Sequence[str] | None = None, namespace: object = None) -> argparse.Namespace:  # type: ignore[override]
        """The arguments; unknown ones are an error of the command they were given to."""
        parsed, unknown = self.parse_known_args(args, argparse.Namespace())
        if unknown:
            self._of(parsed).error(f"unrecognized arguments: {' '.join(unknown)}")
        return parsed

    def _of(self, parsed: argparse.Namespace) -> argparse.ArgumentParser:
        """The parser of the command, or of the action of a command, that was chosen."""
        parser: argparse.ArgumentParser = self
        for name in (parsed.command, getattr(parsed, "action", None)):
            if name:
                (nested,) = (each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
                parser = nested.choices[name]
        return parser


class _English(_Parser):
    lang = "en"


def build(lang: str) -> argparse.ArgumentParser:
    """The parser, with help in this language."""
    parser = (_Parser if lang == "zh" else _English)(prog="xlperf", description=HELP["program"][lang != "zh"])
    parser.add_argument("--version", action="version", version=f"xlperf {__version__}", help=parser.word("version"))

    def choice_of(what: str, on: argparse.ArgumentParser) -> Callable[..., argparse.ArgumentParser]:
        """Let the next argument be the name of a command or of an action; returns what adds one."""
        metavar = METAVARS[what.upper()] if lang == "zh" else what.upper()
        among = on.add_subparsers(dest=what, metavar=metavar, title=parser.word(f"{what}s"), required=True)

        def add(name: str, of: str = "") -> argparse.ArgumentParser:
            text = HELP[of + name][lang != "zh"]
            return among.add_parser(name, help=text, description=text)

        return add

    command = choice_of("command", parser)

    def option(on: argparse.ArgumentParser, *names: str, word: str, **keywords: Any) -> None:
        if "metavar" in keywords and lang == "zh":
            named = keywords["metavar"]
            several = isinstance(named, tuple)
            keywords["metavar"] = tuple(METAVARS[each] for each in named) if several else METAVARS[named]
        on.add_argument(*names, help=HELP[word][lang != "zh"], **keywords)

    def fail_on(on: argparse.ArgumentParser) -> None:
        option(on, "--fail-on", word="fail_on", choices=FAIL_ON)

    parse = command("parse")
    option(parse, "source", word="document", metavar="DOC", type=_path)
    option(parse, "--year", word="year", metavar="YEAR", type=_year)
    option(parse, "--json", word="json", action="store_true")
    fail_on(parse)

    generate = command("generate")
    option(generate, "source", word="source", metavar="SOURCE", type=_path, nargs="?")
    option(generate, "-o", "--out", word="out_dir", metavar="DIR", type=_path, required=True)
    option(generate, "--period", word="period", choices=PERIODS)
    option(generate, "--plan", word="plan", metavar="SOURCE", type=_path)
    option(generate, "--payments", word="payments", metavar="LEDGER", type=_path)
    option(generate, "--layout", word="layout", choices=LAYOUTS)
    option(generate, "--blank", word="blank", metavar="N", type=_count)
    option(generate, "--year", word="year", metavar="YEAR", type=_year)
    option(generate, "--unit", word="unit", metavar=("CODE", "NAME"), nargs=2)
    option(generate, "--rows", word="rows", metavar="ROWS", type=_rows)
    option(generate, "--split", word="split", choices=("department", "project"), default="department")
    option(generate, "--as-of", word="as_of", metavar="DATE", type=_date)
    option(generate, "--pack", word="use_pack", metavar="PACK")
    option(generate, "--macros", word="macros", action="store_true")
    option(generate, "--no-macros", word="no_macros", action="store_true")
    option(generate, "--accept-partial", word="accept_partial", action="store_true")
    option(generate, "--force", word="force_keeping", action="store_true")
    fail_on(generate)

    check = command("check")
    option(check, "paths", word="paths", metavar="PATH", type=_path, nargs="+")
    option(check, "--year", word="year_of_document", metavar="YEAR", type=_year)
    option(check, "--select", word="select", metavar="CODES", action="append", default=[])
    option(check, "--ignore", word="ignore", metavar="CODES", action="append", default=[])
    option(check, "--errors", word="errors", action="store_true")
    option(check, "--group", word="group", choices=GROUPS, default=GROUPS[0])
    option(check, "--all", word="every", action="store_true")
    option(check, "--statistics", word="statistics", action="store_true")
    option(check, "--pack", word="audit_pack", metavar="PACK")
    option(check, "--annotate", word="annotate", metavar="DIR", type=_path)
    option(check, "--force", word="force", action="store_true")
    option(check, "--json", word="json", action="store_true")
    fail_on(check)

    consolidate = command("consolidate")
    option(consolidate, "folder", word="folder", metavar="DIR", type=_path, nargs="+")
    option(consolidate, "-o", "--out", word="summary", metavar="SUMMARY.xlsx", type=_summary, required=True)
    option(consolidate, "--as-of", word="as_of_run", metavar="DATE", type=_date)
    option(consolidate, "--pack", word="audit_pack", metavar="PACK")
    option(consolidate, "--expected", word="expected", metavar="SOURCE", type=_path)
    option(consolidate, "--remind", word="remind", action="store_true")
    option(consolidate, "--by", word="remind_by", metavar="DATE", type=_date)
    option(consolidate, "--period", word="period_of_run", choices=PERIODS)
    option(consolidate, "--year", word="year_of_run", metavar="YEAR", type=_year)
    option(consolidate, "--json", word="json", action="store_true")
    option(consolidate, "--force", word="force_keeping", action="store_true")
    fail_on(consolidate)
    option(consolidate, "--since", word="since", metavar="DATE", type=_date)
    option(consolidate, "--verify", word="verify", action="store_true")
    option(consolidate, "--no-history", word="no_history", action="store_true")

    changes = command("changes")
    option(changes, "dataset", word="dataset", metavar="DATASET", type=_path)
    option(changes, "--since", word="since", metavar="DATE", type=_date)
    option(changes, "--json", word="json", action="store_true")

    export = command("export")
    option(export, "kind", word="export_kind", metavar="KIND", choices=EXPORTS)
    option(export, "paths", word="returned", metavar="SOURCE", type=_path, nargs="+")
    option(export, "-o", "--out", word="out_dir", metavar="DIR", type=_path, required=True)
    option(export, "--pack", word="audit_pack", metavar="PACK")
    option(export, "--period", word="period_of_export", choices=PERIODS[1:])
    option(export, "--year", word="year_of_run", metavar="YEAR", type=_year)
    option(export, "--force", word="force", action="store_true")
    fail_on(export)

    demo = command("demo")
    option(demo, "folder", word="demo_dir", metavar="DIR", type=_path, nargs="?", default="demo-out")

    addin = partial(choice_of("action", command("addin")), of="addin_")
    build_addins = addin("build")
    option(build_addins, "-o", "--out", word="out_dir", metavar="DIR", type=_path, required=True)
    option(build_addins, "--force", word="force", action="store_true")
    for name in ("install", "uninstall"):
        option(addin(name), "host", word="host", choices=HOSTS, nargs="?")
    option(addin("restamp"), "files", word="workbooks", metavar="FILE", type=_path, nargs="+")
    option(addin("functions"), "name", word="function_name", metavar="NAME", nargs="?")

    doctor = command("doctor")
    option(doctor, "files", word="doctor_files", metavar="FILE", type=_path, nargs="*")
    option(doctor, "--excel-check", word="excel_check", metavar="FILE", type=_path)
    option(doctor, "--force", word="force", action="store_true")

    drop = command("drop")
    option(drop, "what", word="drop_what", metavar="WHAT", choices=DROPS)
    option(drop, "paths", word="dropped", metavar="PATH", type=_path, nargs="+")
    option(drop, "--no-open", word="no_open", action="store_true")

    bundles = partial(choice_of("action", command("bundle")), of="bundle_")
    for name, python in (("windows", "python_windows"), ("linux", "python_linux")):
        bundle = bundles(name)
        option(bundle, "--python", word=python, metavar="ARCHIVE", type=_path, required=True)
        if name == "linux":
            option(bundle, "--arch", word="arch", choices=MACHINES, default=MACHINES[0])
        option(bundle, "--wheels", word="wheels", metavar="DIR", type=_path)
        option(bundle, "-o", "--out", word="bundle_file", metavar="FILE", type=_path, required=True)
        option(bundle, "--force", word="force", action="store_true")
    for name in ("install", "uninstall"):
        bundles(name)

    pack = command("pack")
    option(pack, "name", word="pack_name", metavar="NAME", nargs="?")
    option(pack, "--json", word="json", action="store_true")

    rule = command("rule")
    option(rule, "code", word="code", metavar="CODE", nargs="?")
    return parser
