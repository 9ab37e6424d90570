"""Findings by their codes: severity, sentence, JSON."""

from __future__ import annotations

from collections.abc import Iterable

from xlperf.checks.standing import rank
from xlperf.checks.table import CODES
from xlperf.model import Finding, Locus, Severity
from xlperf.model.filled import filled, in_two

ENGLISH = "_en"  # behind the name of a value that stands in English sentences in place of the plain one


def finding(code: str, locus: Locus | None = None, /, **values: object) -> Finding:
    """A finding with this code; `values` fill the placeholders of its sentence.

    One that differs by language is a pair, Chinese and English, several are a list.
    """
    assert code in CODES, code
    told = {}
    for name, value in values.items():
        told[name], in_english = in_two(value)
        if in_english != told[name]:
            told[name + ENGLISH] = in_english
    return Finding(code=code, locus=locus or Locus(), values=tuple(told.items()))


def severity(finding: Finding) -> Severity:
    """The severity of this finding."""
    return CODES[finding.code].severity


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by severity, then by standing; those alike in both keep their order."""
    return sorted(findings, key=lambda each: rank(each.code))


def message(finding: Finding, lang: str = "zh") -> str:
    """The sentence of this finding, on one line."""
    code, values = CODES[finding.code], dict(finding.values)
    if lang == "zh":
        return filled(code.zh, values)
    return filled(code.en, {**values, **{name.removesuffix(ENGLISH): value for name, value in values.items()}})


def in_both(code: str, **values: object) -> tuple[str, str]:
    """The sentence of a code in Chinese and in English."""
    filled = finding(code, **values)
    return message(filled), message(filled, "en")


def as_json(finding: Finding, lang: str = "zh") -> dict[str, str | int]:
    """A finding as plain data: a line for a document, sheet and cell for a workbook."""
    locus = finding.locus
    where: dict[str, str | int] = {"line": locus.line} if locus.line else {"sheet": locus.sheet, "cell": locus.cell}
    fields = {"code": finding.code, "severity": severity(finding).value, "message": message(finding, lang)}
    return {**fields, "file": locus.file, **where}
