"""A finding by its code: how grave it is, what it says, how it is written as data."""

from __future__ import annotations

from xlperf.checks.table import CODES
from xlperf.measure import quoted
from xlperf.model import Finding, Locus, Severity


def finding(code: str, locus: Locus | None = None, /, **values: object) -> Finding:
    """A finding of this code; `values` fill the places of its sentence."""
    assert code in CODES, code
    return Finding(code=code, locus=locus or Locus(), values=tuple((k, str(v)) for k, v in values.items()))


def severity(found: Finding) -> Severity:
    """How grave this finding is."""
    return CODES[found.code].severity


def message(found: Finding, lang: str = "zh") -> str:
    """The sentence of this finding, on one line."""
    code = CODES[found.code]
    return (code.zh if lang == "zh" else code.en).format_map({name: quoted(said) for name, said in found.values})


def in_both(code: str, **values: object) -> tuple[str, str]:
    """The sentence of a code in Chinese and in English."""
    found = finding(code, **values)
    return message(found), message(found, "en")


def as_json(found: Finding, lang: str = "zh") -> dict[str, str | int]:
    """A finding as plain data: a line for a document, sheet and cell for a workbook."""
    place = found.locus
    where: dict[str, str | int] = {"line": place.line} if place.line else {"sheet": place.sheet, "cell": place.cell}
    said = {"code": found.code, "severity": severity(found).value, "message": message(found, lang)}
    return {**said, "file": place.file, **where}
