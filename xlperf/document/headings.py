"""What stands outside tables: titles, section headings, headings of project tables, tables of contents.

Knows their wording; knows nothing of what follows them.
"""

from __future__ import annotations

import re
from string import digits
from typing import NamedTuple

from xlperf.document.blocks import lines_of
from xlperf.model import Period
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
    r".{0,40}20\d\d年(?:度)?(?:部门|单位)预算.{0,20}|20\d\d年度?(?:部门|单位|项目).{0,20}绩效目标|\(?20\d\d年度?(?:\d{1,2}[-—~至]\d{1,2}月)?\)?|"
    r".{2,30}(?:编制|编印|审核|印制)|附[件表]?\d{0,3}:?|表[\d一二三四五六七八九十]{1,3}:?|(?:第\d{1,4}页)?[,/]?(?:共\d{1,4}页)?|[-—]?\d{1,4}[-—]?"
)
PAGE_NUMBER = re.compile(r"[-—–~·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/，,共]+\s*\d{1,4}\s*页?)?[-—–~·\s]*")
"""What is printed at the head or the foot of a page: 5, - 5 -, 第5页 共12页."""
_LEADERS = ".…·"
_HEADING = re.compile(
    r"(?:\(?(\d{1,3})\s*[.、)]\s*)?(.*?)"
    r"(?:绩效(?:目标)?(?P<kind>申报|公开|汇总|一览|审批|审核|批复|填报|设定|计划|自评|自我评价|评价|(?:运行)?(?:监控|跟踪|监控情况))?(?:情况)?表|(?P<own>自评)表)"
    r"(?:\(?续表?\d*\)?)?(?:\s*\(?20\d\d\s*年度?\)?|\((?:20\d\d年度?)?\d{1,2}[-—~至]\d{1,2}月\)|\([^()\d]{2,8}\))?",
    re.DOTALL,
)
_DATE = re.compile(r"(?:20\d\d|二[〇○零]..)年.{1,3}月(?:.{1,3}日)?")
_YEAR_AT_END = re.compile(r"\(20\d\d年度?\)$")
_YEAR = re.compile(r"(20\d\d)年(?!\d{1,2}月)")
_GENERIC = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}部分)?(?:.*[省市县区旗州镇乡局院委厅办处会])?"
    r"(?:20\d\d年度?|部门|单位|财政|[省市县区本]级|中央|对下|转移支付|区域|预算|支出|专项|资金|项目|\(项目\)|公开)*"
)
_WHOLE = re.compile(r"(?:部门|单位)?\(?(?:部门|单位)?\)?整体(?:支出|预算)?")


class Heading(NamedTuple):
    """The heading of a project table: its number (None: not numbered) and what stands before 绩效目标表.

    `period` is what the form is filled in for.
    """

    number: int | None
    name: str
    period: Period = Period.PLAN

    @property
    def generic(self) -> bool:
        """Whether it says no more than that a project table follows."""
        return self.number is None and _GENERIC.fullmatch(squeeze(self.name)) is not None

    @property
    def of_department(self) -> bool:
        """Whether what follows is about the department as a whole."""
        return _WHOLE.search(squeeze(self.name)) is not None


def heading(text: str) -> Heading | None:
    """The heading this text is, or None. Split at the first point only: `4.2023年…` is number 4."""
    text = lines_of(text).replace("\n", "")
    found = _HEADING.fullmatch(fold(text)) if len(text) <= 300 else None
    if found is None:
        return None
    number = int(found[1]) if found[1] else None
    kind = found["kind"] or found["own"] or ""
    monitored, evaluated = "监控" in kind or "跟踪" in kind, "评" in kind and "审" not in kind
    period = Period.MONITORING if monitored else Period.SELF_EVALUATION if evaluated else Period.PLAN
    return Heading(number or None, text[found.start(2) : found.end(2)].strip(), period)


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


def inline_section(text: str) -> tuple[str, str] | None:
    """(section, its text) where the heading of a section and its text share a paragraph: 总体绩效目标：…; or None."""
    before, colon, behind = fold(text).partition(":")
    opened = section(before) if colon and behind.strip() else None
    return (opened, text[len(before) + 1 :].strip()) if opened else None


def names_year_alone(text: str) -> bool:
    """Whether the heading of a table ends in its year: …自评表（2023年度）."""
    return _YEAR_AT_END.search(squeeze(text)) is not None


def stated_year(text: str) -> int | None:
    """The budget year a title names, or None; the date under a title is not it."""
    found = _YEAR.search(squeeze(text))
    return int(found[1]) if found else None
