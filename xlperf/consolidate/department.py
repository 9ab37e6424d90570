"""Compares the workbooks of a department: repeated and missing projects, workbooks that disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from xlperf.checks import finding
from xlperf.checks.rules.vocabulary import plain
from xlperf.consolidate.doubt import OVERPAID
from xlperf.consolidate.records import FileRecord, ProjectRecord
from xlperf.form.arithmetic import number, rounded
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


def repeated(same: Sequence[ProjectRecord]) -> Repeated:
    """Projects of the same code, in two files or in two sheets.

    A project whose code was deleted counts as the project given out on its sheet; others without a code are distinct.
    """
    code = next((key for project in same if (key := code_key(project.code))), "")
    return Repeated(code or same[0].name, same[0].name, tuple(same))


def repetition(repeated: Repeated) -> Finding:
    """The finding about a project that was returned more than once, at its first place."""
    places = [project.source for project in repeated.projects]
    return finding("XPF601", repeated.projects[0].locus(), project=repeated.code, files=places)


def absence(expected: Expected) -> Finding:
    """The finding about a project that was not returned."""
    code, name = expected
    return finding("XPF602", project=code, name=name)


def without_budget(projects: Iterable[ProjectRecord]) -> Iterator[Finding]:
    """Findings about projects with payments but no budget: they make the department's rates too high."""
    for project in projects:
        if number(project.paid) > 0 and not number(project.budget):
            yield finding("XPF615", project.locus(), paid=plain(project.paid))


def doubts(projects: Iterable[ProjectRecord]) -> Iterator[Finding]:
    """Findings about projects whose amounts are implausible: they are added up by themselves."""
    for project in projects:
        yield finding("XPF618", project.locus(), reason=why_doubtful(project))


def why_doubtful(project: ProjectRecord) -> tuple[str, str]:
    """What is implausible about the project's amounts, in Chinese and English."""
    if project.doubt != OVERPAID:
        return "有金额相差上千倍，疑为以元填写", "amounts differ a thousandfold, perhaps one is in yuan"
    budget, paid = number(project.budget), number(project.paid)
    times = plain(rounded(paid / budget, 1))
    return (
        f"累计支付{plain(paid)}万元，是执行预算{plain(budget)}万元的{times}倍",
        f"paid {plain(paid)} of a budget of {plain(budget)} (10,000 yuan), {times} times as much",
    )


# What workbooks of one summary should agree on: the finding's code, its field in Chinese and English, the attribute
# compared, the one quoted.
COMMON = (
    ("XPF604", "截止日期", "as-of date", "as_of", "as_of"),
    ("XPF604", "规则包", "rule pack", "pack", "pack"),
    ("XPF605", "单位", "unit", "unit_key", "unit"),
)


class _Said:
    """A value that workbooks state: its longest text, the first files that state it, their number."""

    def __init__(self) -> None:
        self.text, self.names, self.count = "", list[str](), 0

    def add(self, text: str, name: str) -> None:
        """One more file."""
        self.text = max(self.text, text, key=len)
        self.names += [name] * (len(self.names) < MOST_NAMED)
        self.count += 1

    def both(self) -> tuple[str, str]:
        """The value and its files, in Chinese and English."""
        left_out = self.count > MOST_NAMED
        more, more_en = (f" 等{self.count}个文件", f", … {self.count} files") if left_out else ("", "")
        return (
            f"{self.text or '（未填写）'}（{'、'.join(self.names)}{more}）",
            f"{self.text or 'blank'} ({', '.join(self.names)}{more_en})",
        )


def disagreements(files: Iterable[FileRecord]) -> Iterator[Finding]:
    """Findings about what the consolidated workbooks disagree on, with the files of each value."""
    by_field: list[dict[str, _Said]] = [defaultdict(_Said) for _ in COMMON]
    for file in files:
        if file.reason is None:
            for by_value, (*_, compared, quoted) in zip(by_field, COMMON, strict=True):
                by_value[str(getattr(file, compared))].add(str(getattr(file, quoted)), file.name)
    for by_value, (code, field, field_en, *_) in zip(by_field, COMMON, strict=True):
        if len(by_value) > 1:
            zh, en = zip(*(said.both() for said in by_value.values()), strict=True)
            yield finding(code, field=(field, field_en), count=len(by_value), values=("；".join(zh), "; ".join(en)))
