"""What was sent and could not be read, by file and project: a project that is among it is not missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from xlperf.checks import severity
from xlperf.consolidate.columns import CONSOLIDATED, UNASKED, UNCOUNTED, UNREADABLE
from xlperf.consolidate.department import Expected
from xlperf.consolidate.records import FileRecord
from xlperf.form.titles import short_name
from xlperf.model import Finding, Severity
from xlperf.model.text import code_key, squeeze

SHORTEST = 4  # characters of a name that tell a project from others in the name of a file
PASSED_OVER = ("XPF607", "XPF613", "XPF616", "XPF617")  # files of ours that count nowhere for another reason


class Unread(NamedTuple):
    """A file that was sent and not read, or a project's sheet in it; code and name as far as they are known."""

    file: str
    sheet: str
    code: str
    name: str
    reason: Finding

    @property
    def project(self) -> str:
        """Name and code, as far as they are known; "" where nothing is."""
        return f"{self.name}（{self.code}）" if self.name and self.code else self.name or self.code

    @property
    def place(self) -> str:
        """File and sheet."""
        return " › ".join(filter(None, (self.file, self.sheet)))


def status_of(file: FileRecord) -> str:
    """What became of the file."""
    if file.reason is None:
        return CONSOLIDATED
    if file.reason.code in PASSED_OVER:
        return UNCOUNTED
    return UNREADABLE if severity(file.reason) is Severity.ERROR else UNASKED


def unread_of(
    files: Iterable[FileRecord],
    sheets: Mapping[str, Sequence[tuple[str, str, Finding]]],
    expected: Sequence[Expected],
) -> tuple[Unread, ...]:
    """What could not be read, in the order of the files.

    `sheets` are title, project code and reason of the sheets not read, by file. What a file says of its project only
    in its name is found among the `expected` ones.
    """
    names = {code_key(code): (code, name) for code, name in expected}
    listed: list[Unread] = []
    for file in files:
        for title, code, reason in sheets.get(file.name, ()):
            listed.append(Unread(file.name, title, *names.get(code_key(code), (code, "")), reason))
        if file.name not in sheets and file.reason and status_of(file) == UNREADABLE:
            listed.append(Unread(file.name, "", *_named_by(file.name, expected), file.reason))
    return tuple(listed)


def missing_of(expected: Iterable[Expected], read: Iterable[str], unread: Iterable[Unread]) -> tuple[Expected, ...]:
    """The expected projects that nobody sent; `read` are the keys of the codes that were read."""
    sent = {*read, *(code_key(each.code) for each in unread)}
    return tuple((code, name) for code, name in dict.fromkeys(expected) if code_key(code) not in sent)


def _named_by(file: str, expected: Iterable[Expected]) -> Expected:
    """The expected project that the name of the file names, by its code or the longest of all names."""
    said = squeeze(file)
    found = [
        (len(text), each)
        for each in expected
        for text in (squeeze(each[0]), squeeze(each[1]), squeeze(short_name(each[1])))
        if len(text) >= SHORTEST and text in said
    ]
    return max(found, default=(0, ("", "")))[1]
