"""What stands outside tables: titles, section headings, headings of project tables, tables of contents.

Knows their wording; knows nothing of what follows them.
"""

from __future__ import annotations

import re
from string import digits
from typing import NamedTuple

from xlperf.document.blocks import lines_of
from xlperf.model.text import fold, squeeze

_SECTIONS = {
    "总体绩效目标": "overall",
    "总体目标": "overall",
    "整体绩效目标": "overall",
    "分项绩效目标": "sub",
    "分项目标": "sub",
    "工作保障措施": "safeguards",
    "保障措施": "safeguards",
}
_SECTION = re.compile(
    rf"([一二三四五六七八九十]{{1,3}}[、.]|\([一二三四五六七八九十]{{1,3}}\)、?)?(?:部门)?({'|'.join(_SECTIONS)}):?"
)
_PART = re.compile(r"第[一二三四五六七八九十\d]{1,3}部分")
_TITLE = re.compile(
    r"目录|部门整体绩效目标|.{0,50}(?:部门|单位|整体|项目)(?:预算|支出)?绩效(?:目标)?(?:文本|汇总|公开)?|"
    r".{0,40}20\d\d年(?:度)?(?:部门|单位)预算.{0,20}|\(?20\d\d年度?\)?"
)
_LEADERS = ".…·"
_HEADING = re.compile(r"(?:\(?(\d{1,3})\s*[.、)]\s*)?(.*?)绩效目标表(?:\(?续表?\d*\)?)?", re.DOTALL)
_DATE = re.compile(r"(?:20\d\d|二[〇○零]..)年.{1,3}月(?:.{1,3}日)?")
_YEAR = re.compile(r"(20\d\d)年(?!\d{1,2}月)")
GENERIC = frozenset(("", "项目", "项目支出", "预算项目", "项目预算", "部门预算项目"))
"""Names that headings carry where they name no project."""


class Heading(NamedTuple):
    """The heading of a project table: its number (None: not numbered) and what stands before 绩效目标表."""

    number: int | None
    name: str

    @property
    def generic(self) -> bool:
        """Whether it says no more than that a project table follows."""
        return self.number is None and squeeze(self.name) in GENERIC


def heading(text: str) -> Heading | None:
    """The heading this text is, or None. Split at the first point only: `4.2023年…` is number 4."""
    text = lines_of(text).replace("\n", "")
    found = _HEADING.fullmatch(fold(text)) if len(text) <= 300 else None
    if found is None:
        return None
    number = int(found[1]) if found[1] else None
    return Heading(number or None, text[found.start(2) : found.end(2)].strip())


def section(text: str) -> str | None:
    """overall, sub or safeguards where this is the heading of that section, or None.

    部门整体绩效目标 without a numeral is the title of the part, not the section.
    """
    found = _SECTION.fullmatch(squeeze(text)) if len(text) <= 40 else None
    if found is None or (found[2] == "整体绩效目标" and not found[1]):
        return None
    return _SECTIONS[found[2]]


def part(text: str) -> bool:
    """Whether this opens a part of the document (第一部分)."""
    return len(text) <= 60 and "\n" not in text and _PART.match(squeeze(text)) is not None


def title(text: str) -> bool:
    """Whether this is a title of the document or of a part, or its date: it states nothing but possibly the year."""
    bare = squeeze(text) if len(text) <= 80 and "\n" not in text else ""
    return part(text) or (bare != "" and (_TITLE.fullmatch(bare) or _DATE.fullmatch(bare)) is not None)


def contents(text: str) -> bool:
    """Whether this is a line of a table of contents: a heading and its page."""
    if len(text) > 300:
        return False
    line = fold(text)
    led = line.rstrip(digits)
    written = led.rstrip()
    gap = led[len(written) :]
    parted = "\t" in gap or len(gap) > 2 or (len(written) > 2 and not written[-3:].strip(_LEADERS))
    return 0 < len(line) - len(led) < 5 and parted and opens_part(_entry(written))


def _entry(written: str) -> str:
    """A line of a table of contents without the points that lead to its page."""
    while written and (written[-1] in _LEADERS or written[-1].isspace()):
        written = written[:-1]
    return written


def opens_part(text: str) -> bool:
    """Whether a new stretch of the document begins with this text, so that it can continue nothing before it."""
    return heading(text) is not None or section(text) is not None or part(text)


def stated_year(text: str) -> int | None:
    """The budget year a title names, or None; the date under a title is not it."""
    found = _YEAR.search(squeeze(text))
    return int(found[1]) if found else None
