"""Prints: results to stdout, sentences for the person to stderr, colour and progress only on a terminal."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from xlperf.checks import CODES, finding, gravest_first, message, severity
from xlperf.checks.folding import Group, folded
from xlperf.cli.cli_texts import LINES, Pair
from xlperf.cli.finding_texts import FILE, finding_text, group_text
from xlperf.files import OUR_FAULT, Refused
from xlperf.measure.unseen import HIDDEN, quoted
from xlperf.model import Finding, Severity, UnwritableOutput, XlperfError
from xlperf.model.finding import by_file, worst
from xlperf.model.messages import SEVERITIES

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}

BUG = 70  # exit code of a bug of ours, whether it stopped the run or one file

Progress = Callable[[int, int, str], None]
"""Called with (files done, files in all, the file)."""


class Output:
    """Prints in one language; `instead` has other sentences than the tables for some of their keys."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.instead: Mapping[str, Pair] = {}
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # a GBK console has no ✓

    def line(self, key: str, **values: object) -> str:
        """A sentence of the table in the language chosen; a problem among the values stands for its sentence.

        Where it names a `path`, `typed` is that path as a command line takes it.
        """
        shown = {name: self._shown(value) for name, value in values.items()}
        if "path" in values:
            shown["typed"] = as_typed(str(shown["path"]))
        return (self.instead.get(key) or LINES[key])[self.lang != "zh"].format(**shown)

    def problem(self, error: XlperfError) -> str:
        """The sentence of an error in the language chosen."""
        return error.text(self.lang, self.instead)

    def _shown(self, value: object) -> object:
        if isinstance(value, XlperfError):
            value = self.problem(value)
        elif isinstance(value, Refused):
            value = message(finding(value.code, **value.values), self.lang)
        return quoted(str(value)) if isinstance(value, (str, Path)) else value

    def severity(self, grade: Severity) -> str:
        """The word for a severity."""
        return SEVERITIES[grade.value][self.lang != "zh"]

    def data(self, text: str) -> None:
        """Print lines of the result. Raises UnwritableOutput where stdout is a file that cannot be written."""
        _print(_inert(text))

    def path(self, path: Path) -> None:
        """Print the path of a file that was made, as one line of the result."""
        self.data(quoted(str(path)))

    def json(self, value: Mapping[str, object]) -> None:
        """Print the result as JSON, escaped where stdout is not UTF-8, as when redirected on a Chinese Windows.

        What an iterator among the values yields is printed one by one, as a list.
        """
        utf8 = "utf" in (sys.stdout.encoding or "").lower()
        for text in _json_pieces(value, partial(json.dumps, ensure_ascii=not utf8, indent=2)):
            hidden = {ord(each): json.dumps(each)[1:-1] for each in HIDDEN.intersection(text)}
            _print(text.translate(hidden), end="")

    def finish(self) -> None:
        """Write out what stdout still holds back. Raises UnwritableOutput."""
        with _into_stdout():
            sys.stdout.flush()

    def say(self, text: str) -> None:
        """Print lines for the person."""
        print(_inert(text), file=sys.stderr)

    def tell(self, key: str, **values: object) -> None:
        """Print a sentence of the table for the person."""
        self.say(self.line(key, **values))

    def unused(self, preferences: Iterable[str]) -> None:
        """Say which files called `xlperf.toml` are not used."""
        for path in preferences:
            self.tell("preference_unused", path=path)

    def kept(self, path: Path, is_now: bool) -> None:
        """Say where the file that was replaced is kept, or that an older one is."""
        self.tell("old_kept" if is_now else "older_kept", path=path)

    def findings(self, findings: Iterable[Finding]) -> Counter[str]:
        """Print the findings by file, those alike in one line; returns how many there are of each code."""
        files = by_file(findings)
        for file in sorted(files):
            self.findings_of(file, files[file])
        return Counter(each.code for of_file in files.values() for each in of_file)

    def findings_of(self, title: str, findings: Collection[Finding], *, singly: bool = False, told: int = FILE) -> bool:
        """Print the findings in one file or project, or in none (""), errors first; nothing where there are none.

        Those alike share a line, unless `singly`; returns whether some do. `told` is what the title says of places.
        """
        if findings:
            self.data(self.line("file_findings" if title else "department_findings", file=title, count=len(findings)))
        return self.groups(folded(findings, singly=singly), told=told)

    def groups(self, groups: Iterable[Group], *, told: int) -> bool:
        """Print a line for each of these groups; returns whether one stands for several findings."""
        shares = False
        for group in groups:
            label = self._coloured(self.severity(group.severity), _COLOURS[group.severity])
            _print(f"  {label} {_inert(group_text(group, self.lang, told=told))}")
            shares = shares or group.count > 1
        return shares

    def say_findings(self, findings: Iterable[Finding]) -> None:
        """Print findings for the person, errors first, where the result is something else."""
        for each in gravest_first(findings):
            self.say(f"  {self.severity(severity(each))} {finding_text(each, self.lang)}")

    def counts(self, codes: Counter[str]) -> None:
        """Print how many findings there are of each severity; given are the numbers of each code."""
        if not codes:
            self.tell("no_findings")
            return
        count = Counter[Severity]()
        for code, times in codes.items():
            count[CODES[code].severity] += times
        counts = (self.line("of_severity", severity=self.severity(grade), count=count[grade]) for grade in Severity)
        self.tell("finding_counts", total=codes.total(), counts=self.line("and_then").join(counts))

    @contextmanager
    def progress(self, what: str) -> Iterator[Progress | None]:
        """A progress bar on a terminal, nothing elsewhere."""
        if not sys.stderr.isatty():
            yield None
            return
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        count = TextColumn("{task.fields[count]}")  # blank until the total is known
        columns = (TextColumn("{task.description}"), BarColumn(), count, TimeRemainingColumn())
        with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(self.line(what), total=None, count="")
            yield lambda done, total, _: bar.update(task, completed=done, total=total, count=f"{done}/{total}")

    def _coloured(self, text: str, colour: str) -> str:
        plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ
        return text if plain else f"\x1b[{colour}m{text}\x1b[0m"


class Writing:
    """Called after each of many files: prints its path, or says why it was not written, which becomes `trouble`."""

    def __init__(self, out: Output) -> None:
        self._out = out
        self.count, self.trouble = 0, list[int]()

    def __call__(self, target: Path, problem: Refused | None) -> None:
        if problem is None:
            self.count += 1
            self._out.path(target)
        else:
            self._out.tell("not_written", path=target, reason=problem)
            self.trouble.append(code_of(problem))


def as_typed(path: str) -> str:
    """The path as it is typed into a shell: in double quotes where a blank, a bracket or the like would part it."""
    return f'"{path}"' if re.search(r"[\s&();'!$`|<>*?\[\]^~#]", path) else path


def _inert(text: str) -> str:
    """The text with every control character but line ends spelt out, so that no terminal obeys it."""
    return "\n".join(map(quoted, text.split("\n")))


def _json_pieces(value: Mapping[str, object], dump: Callable[[object], str]) -> Iterator[str]:
    """The JSON of an object as `dump` indents it."""
    before = "{"
    for key, each in value.items():
        yield f"{before}\n  {dump(key)}: "
        if isinstance(each, Iterator):
            yield from _list_pieces(each, dump)
        else:
            yield dump(each).replace("\n", "\n  ")
        before = ","
    yield "\n}\n"


def _list_pieces(items: Iterator[object], dump: Callable[[object], str]) -> Iterator[str]:
    before = "["
    for item in items:
        yield f"{before}\n    " + dump(item).replace("\n", "\n    ")
        before = ","
    yield "[]" if before == "[" else "\n  ]"


def _print(text: str, end: str = "\n") -> None:
    with _into_stdout():
        print(text, end=end)


@contextmanager
def _into_stdout() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python would try again as it ends
        raise UnwritableOutput("output_unwritable", reason=error.strerror or type(error).__name__) from error


def code_of(problem: Refused | XlperfError) -> int:
    """The exit code where one of many files was not made: 70 where the fault is ours."""
    if isinstance(problem, XlperfError):
        return problem.exit_code
    return BUG if problem.code == OUR_FAULT else XlperfError.exit_code


def exit_code(codes: Collection[str], fail_on: str) -> int:
    """1 when a finding of these codes is as grave as `fail_on` or graver ("never": 0); 70 where our bug cost a file."""
    if OUR_FAULT in codes:
        return BUG
    gravest = worst(CODES[code].severity for code in codes)
    if gravest is None or fail_on == "never":
        return 0
    order = [grade.value for grade in Severity]
    return int(order.index(gravest.value) <= order.index(fail_on))
