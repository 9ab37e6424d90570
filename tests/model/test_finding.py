"""Findings and their places."""

from __future__ import annotations

from xlperf.model import Finding, Locus, Operator, Severity
from xlperf.model.finding import worst
from xlperf.model.operator import SPELLINGS
from xlperf.model.text import fold


def test_a_locus_reads_from_the_outside_in():
    assert str(Locus(file="甲.txt", line=27)) == "甲.txt › 第27行"
    assert str(Locus(file="甲.xlsx", sheet="01_办案", cell="C5")) == "甲.xlsx › 01_办案 › C5"
    assert str(Locus()) == ""


def test_findings_are_values():
    assert Finding(code="XPF101") == Finding(code="XPF101", locus=Locus(), values=())
    assert len({Finding(code="XPF101"), Finding(code="XPF101")}) == 1


def test_the_gravest_counts():
    assert worst([Severity.INFO, Severity.ERROR, Severity.WARNING]) is Severity.ERROR
    assert worst([]) is None


def test_every_spelling_of_an_operator_is_folded_already():
    assert [spelling for spelling in SPELLINGS if fold(spelling) != spelling] == []
    assert {SPELLINGS[operator.symbol] for operator in Operator} == set(Operator)
