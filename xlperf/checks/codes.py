"""Findings by their codes: severity, sentence, JSON."""

from __future__ import annotations

from collections.abc import Iterable

from xlperf.checks.standing import rank
from xlperf.checks.table import CODES
from xlperf.measure import quoted
from xlperf.model import Finding, Locus, Severity


def finding(code: str, locus: Locus | None = None, /, **values: object) -> Finding:
    """A finding with this code; `values` fill the placeholders of its sentence."""
    assert code in CODES, code
    return Finding(code=code, locus=locus or Locus(), values=tuple((k, str(v)) for k, v in values.items()))


def severity(finding: Finding) -> Severity:
    """The severity of this finding."""
    return CODES[finding.code].severity


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by severity, then by standing; those alike in both keep their order."""
    return sorted(findings, key=lambda each: rank(each.code))


def message(finding: Finding, lang: str = "zh") -> str:
    """The sentence of this finding, on one line."""
    code = CODES[finding.code]
    return (code.zh if lang == "zh" else code.en).format_map({name: quoted(value) for name, value in finding.values})


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
