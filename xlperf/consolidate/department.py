"""What shows only when the workbooks lie side by side: repeated, missing and disagreeing ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from xlperf.checks import finding
from xlperf.checks.rules.vocabulary import plain
from xlperf.consolidate.records import FileLine, ProjectLine
from xlperf.form.arithmetic import number
from xlperf.model import Finding, Locus
from xlperf.model.text import code_key

Expected = tuple[str, str]
"""Code and name of a project that should come back."""

SHOWN = 3  # files named per value where many agree


class Repeated(NamedTuple):
    """A project that came back more than once."""

    code: str
    name: str
    projects: tuple[ProjectLine, ...]


def repeated(projects: Sequence[ProjectLine]) -> list[Repeated]:
    """Projects of the same code, in two files or in two sheets.

    One whose code was wiped counts as the one given out on the same sheet; others without a code are distinct.
    """
    codes = {project.origin: key for project in projects if project.origin and (key := code_key(project.code))}
    by_code: dict[str, list[ProjectLine]] = {}
    for project in projects:
        if key := code_key(project.code) or codes.get(project.origin, project.origin):
            by_code.setdefault(key, []).append(project)
    return [_repeated(same) for same in by_code.values() if len(same) > 1]


def _repeated(same: Sequence[ProjectLine]) -> Repeated:
    code = next((key for project in same if (key := code_key(project.code))), "")
    return Repeated(code or same[0].name, same[0].name, tuple(same))


def repetition(found: Repeated) -> Finding:
    """The finding about a project that came back more than once, at the first place."""
    first = found.projects[0]
    places = "；".join(project.place for project in found.projects)
    return finding(
        "XPF601", Locus(file=first.file, sheet=first.sheet, cell=first.cell), project=found.code, files=places
    )


def missing(expected: Iterable[Expected], projects: Iterable[ProjectLine]) -> list[Expected]:
    """The expected projects that did not come back, by code."""
    returned = {code_key(project.code) for project in projects} - {""}
    return [(code, name) for code, name in dict.fromkeys(expected) if code_key(code) not in returned]


def absence(expected: Expected) -> Finding:
    """The finding about a project that did not come back."""
    code, name = expected
    return finding("XPF602", project=code, name=name)


def without_budget(projects: Iterable[ProjectLine]) -> Iterator[Finding]:
    """Projects that were paid for while no budget of theirs counts: the department's rates are too high by them."""
    for project in projects:
        if number(project.paid) > 0 and not number(project.budget):
            place = Locus(file=project.file, sheet=project.sheet, cell=project.cell)
            yield finding("XPF615", place, paid=plain(project.paid))


def _year(file: FileLine) -> str:
    return str(file.year)


Said = Callable[[FileLine], str]

# What workbooks of one summary should have in common: the finding's code, its field, what is compared, what is shown.
COMMON: tuple[tuple[str, str, Said, Said], ...] = (
    ("XPF603", "年度", _year, _year),
    ("XPF604", "截止日期", lambda file: str(file.as_of), lambda file: str(file.as_of)),
    ("XPF604", "填报类型", lambda file: file.period, lambda file: file.period),
    ("XPF604", "规则包", lambda file: file.pack, lambda file: file.pack),
    ("XPF605", "单位", lambda file: file.unit_key, lambda file: file.unit),
)


def disagreements(files: Sequence[FileLine]) -> list[Finding]:
    """What the consolidated workbooks differ in, naming the files of each value."""
    read = [file for file in files if file.reason is None]
    found = []
    for code, field, compared, shown in COMMON:
        by_value: dict[str, list[FileLine]] = {}
        for file in read:
            by_value.setdefault(compared(file), []).append(file)
        if len(by_value) > 1:
            alike = [(max(map(shown, same), key=len), [file.shown for file in same]) for same in by_value.values()]
            values = "；".join(f"{value or '（未填写）'}（{_names(names)}）" for value, names in alike)
            found.append(finding(code, field=field, count=len(by_value), values=values))
    return found


def _names(names: Sequence[str]) -> str:
    return "、".join(names[:SHOWN]) + (f" 等{len(names)}个文件" if len(names) > SHOWN else "")
