"""What is found about a person's data, and where: returned as values, all at once, never raised."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Severity(StrEnum):
    """E blocks submission, W asks for a look, I informs."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Locus(BaseModel):
    """A place a person can go to: a line of a document, or a cell of a sheet in a file."""

    model_config = ConfigDict(frozen=True)

    file: str = ""
    line: int | None = None
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        line = f"第{self.line}行" if self.line else ""
        return " › ".join(part for part in (self.file, line, self.sheet, self.cell) if part)


class Finding(BaseModel):
    """One fault: a code of the registry, its place, and the values its sentence mentions."""

    model_config = ConfigDict(frozen=True)

    code: str
    locus: Locus = Locus()
    values: tuple[tuple[str, str], ...] = ()


def by_file(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings by the file of their place, "" for those in none."""
    files: dict[str, list[Finding]] = {}
    for each in findings:
        files.setdefault(each.locus.file, []).append(each)
    return files


def worst(severities: Iterable[Severity]) -> Severity | None:
    """The gravest of them, or None when there is none."""
    order = list(Severity)
    return min(severities, key=order.index, default=None)
