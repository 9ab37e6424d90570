"""A page for every code: those of the rules stand in their docstrings, all others here, a module for each group."""

from __future__ import annotations

from xlperf.checks.pages import department, document, file, form, pasting, value
from xlperf.checks.pages.examples import in_words
from xlperf.checks.rule import DESCRIBED, Page
from xlperf.checks.rules import rule_page

__all__ = ["PAGES", "department", "document", "file", "form", "in_words", "page", "pasting", "value"]

PAGES: dict[str, Page] = {
    **document.PAGES,
    **file.PAGES,
    **form.PAGES,
    **value.PAGES,
    **department.PAGES,
    **pasting.PAGES,
}
"""The pages of the codes that have no rule function."""


def page(code: str) -> Page:
    """The page of a code of the table."""
    return rule_page(code) if code in DESCRIBED else PAGES[code]
