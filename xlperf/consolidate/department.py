"""Compares the workbooks of a department: repeated and missing projects, workbooks that disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from xlperf.checks import finding
from xlperf.checks.rules.vocabulary import plain
from xlperf.consolidate.records import FileRecord, ProjectRecord
from xlperf.form.compute import number
from xlperf.model import Finding
from xlperf.model.text import code_key

Expected = tuple[str, str]
"""Code and name of a project that should be returned."""

MOST_NAMED = 3  # files named for one value


class Repeated(NamedTuple):
    """A project that was returned more than once."""

    code: str
    name: str
    projects: tuple[ProjectRecord, ...]


def repeated(projects: Sequence[ProjectRecord]) -> list[Repeated]:
    """Projects of the same code, in two files or in two sheets.

    A project whose code was deleted counts as the project given out on its sheet; others without a code are distinct.
    """
    codes = {project.origin: key for project in projects if project.origin and (key := code_key(project.code))}
    by_code: dict[str, list[ProjectRecord]] = {}
    for project in projects:
        if key := code_key(project.code) or codes.get(project.origin, project.origin):
            by_code.setdefault(key, []).append(project)
    return [_repeated(same) for same in by_code.values() if len(same) > 1]


def _repeated(same: Sequence[ProjectRecord]) -> Repeated:
    code = next((key for project in same if (key := code_key(project.code))), "")
    return Repeated(code or same[0].name, same[0].name, tuple(same))


def repetition(repeated: Repeated) -> Finding:
    """The finding about a project that was returned more than once, at its first place."""
    places = "；".join(project.source for project in repeated.projects)
    return finding("XPF601", repeated.projects[0].locus(), project=repeated.code, files=places)


def missing(expected: Iterable[Expected], projects: Iterable[ProjectRecord]) -> list[Expected]:
    """The expected projects whose codes were not returned."""
    returned = {code_key(project.code) for project in projects} - {""}
    return [(code, name) for code, name in dict.fromkeys(expected) if code_key(code) not in returned]


def absence(expected: Expected) -> Finding:
    """The finding about a project that was not returned."""
    code, name = expected
    return finding("XPF602", project=code, name=name)


def without_budget(projects: Iterable[ProjectRecord]) -> Iterator[Finding]:
    """Findings about projects with payments but no budget: they make the department's rates too high."""
    for project in projects:
        if number(project.paid) > 0 and not number(project.budget):
            yield finding("XPF615", project.locus(), paid=plain(project.paid))


# What workbooks of one summary should agree on: the finding's code, its field, the attribute compared, the one quoted.
COMMON = (
    ("XPF603", "年度", "year", "year"),
    ("XPF604", "截止日期", "as_of", "as_of"),
    ("XPF604", "填报类型", "period", "period"),
    ("XPF604", "规则包", "pack", "pack"),
    ("XPF605", "单位", "unit_key", "unit"),
)


def disagreements(files: Sequence[FileRecord]) -> list[Finding]:
    """Findings about what the consolidated workbooks disagree on, with the files of each value."""
    read = [file for file in files if file.reason is None]
    findings = []
    for code, field, compared, quoted in COMMON:
        by_value: dict[str, list[FileRecord]] = {}
        for file in read:
            by_value.setdefault(str(getattr(file, compared)), []).append(file)
        if len(by_value) > 1:
            texts = [max((str(getattr(file, quoted)) for file in same), key=len) for same in by_value.values()]
            names = [_names([file.name for file in same]) for same in by_value.values()]
            pairs = zip(texts, names, strict=True)
            values = "；".join(f"{text or '（未填写）'}（{listed}）" for text, listed in pairs)
            findings.append(finding(code, field=field, count=len(by_value), values=values))
    return findings


def _names(names: Sequence[str]) -> str:
    return "、".join(names[:MOST_NAMED]) + (f" 等{len(names)}个文件" if len(names) > MOST_NAMED else "")
