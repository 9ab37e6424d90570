"""Faults that appear only when the projects of a department are compared (domain.md §8, Structure and Wording)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from xlperf.checks.rule import department_rule
from xlperf.checks.rules.vocabulary import NUMBERED
from xlperf.checks.submission import DepartmentFaults, SlotRef, Submission
from xlperf.measure.codes import region
from xlperf.model import Operator, Project
from xlperf.model.text import code_key, fold, squeeze

_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_COMMON = re.compile(r"经费|项目|资金|补助|支出|工作|(?<!\d)\d+年|该|绩效目标")
SHARED = 4  # consecutive characters that two names of one project have in common, if they have so many
SHORTEST = 2  # characters left of a name without common words, as in 培训经费
LONGEST_QUOTE = 20  # characters of a paragraph quoted in a finding
HEADING = re.compile(r"[。：:；;\n]")

_GAP = "[-—–− ]"
# A resident's ID (18 characters with the birth date), a mobile or landline number, a bank card. A letter before the
# digits excludes those inside a project code.
PERSONAL = re.compile(
    r"(?=[\d(+])(?<!\d)(?<!\d[A-Za-z])(?:"
    rf"[1-9]\d{{5}}{_GAP}?(?:19|20)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]){_GAP}?\d{{3}}[\dXx]"
    rf"|(?:\+86)?1[3-9]\d{_GAP}?\d{{4}}{_GAP}?\d{{4}}"
    rf"|(?:\(0[1-9]\d{{1,2}}\){_GAP}?|0[1-9]\d{{1,2}}{_GAP})\d{{7,8}}"
    rf"|62\d{{2}}{_GAP}?\d{{4}}{_GAP}?\d{{4}}{_GAP}?\d{{4}}(?:{_GAP}?\d{{1,3}})?"
    r")(?!\d)"
)
_TEN_DIGITS = re.compile(r"(?:\d\D{0,2}){9}\d")  # as many as the shortest of them has
_TEXTS = {
    f"indicators.{name}": attrgetter(name)
    for name in ("name", "description", "basis", "actual", "deviation_reason", "remark")
}
_OF_PROJECT = tuple(name for name, field in Project.model_fields.items() if field.annotation is str and name != "code")
_TARGET_OF_DOCUMENT = {"indicators.value": attrgetter("target.raw")}
_TARGET = {"indicators.value": attrgetter("target.value"), "indicators.unit": attrgetter("target.unit")}


@department_rule("XPF122", fires={"2!code": "99030026P00041810002W"}, passes={"2!code": "99030026P00041910002J"})
def code_repeated(submission: Submission) -> DepartmentFaults:
    """A code names one project.

    查什么：同一份材料里是否有两个项目用同一个编码。
    为什么：编码相同会被当作同一个项目，汇总时都不计入。
    怎么改：核对批复，给其中一个换上正确的编码。
    """
    first: dict[str, int] = {}
    for i, project in enumerate(submission.department.projects):
        if code := code_key(project.code):
            if code in first:
                other = submission.department.projects[first[code]]
                yield i, SlotRef("code"), {"code": project.code, "other": f"{other.number}.{other.name}"}
            first.setdefault(code, i)


@department_rule("XPF125", fires={"2!code": "99040026P00041910002J"}, passes={"2!code": "99030026P00041910002J"})
def regions_mixed(submission: Submission) -> DepartmentFaults:
    """The projects of one department carry one region code.

    查什么：各项目编码前6位（行政区划）是否与多数项目一致；同一单位、同一年度的各工作簿之间也比较。
    为什么：同一单位的项目区划应当相同，不同多半是复制了别处的编码。
    怎么改：与批复核对编码前6位。
    """
    regions = [region(squeeze(project.code)) for project in submission.department.projects]
    usual = Counter(filter(None, regions)).most_common(1)
    for i, own in enumerate(regions):
        if own and own != usual[0][0]:
            yield i, SlotRef("code"), {"region": own, "usual": usual[0][0]}


@department_rule("XPF135", fires={"overall_objective.text": None}, passes={"overall_objective.text": "依法履职。"})
def overall_objective_missing(submission: Submission) -> DepartmentFaults:
    """A department states its overall objective.

    查什么：部门总体绩效目标是否填写。
    为什么：部门预算绩效文本的第一部分就是总体目标，不能空着。
    怎么改：写明全年主要任务、资金总量和预期结果。
    """
    if not submission.department.overall_objective:
        yield None, SlotRef("overall_objective.text", 0), {}


class _Heading(NamedTuple):
    """A project's name or the beginning of an objective, squeezed, and what makes one of each alike if they share it.

    That is a run of characters, all of the text, or a short core of the name, the last two told apart by their start.
    """

    whole: str
    marks: frozenset[str]


def _whole_and_core(text: str) -> tuple[str, str]:
    """A text squeezed, and without common words and what stands in brackets."""
    whole = squeeze(NUMBERED.sub("", text))
    return whole, _COMMON.sub("", _IN_BRACKETS.sub("", whole))


def _of_project(name: str) -> _Heading:
    whole, core = _whole_and_core(name)
    runs = (_runs(text, size) for text in (whole, core) for size in range(SHORTEST, SHARED + 1))
    short = [f"\t{core}"] if SHORTEST <= len(core) < SHARED else []
    return _Heading(whole, frozenset({f"\n{whole}"}.union(short, *runs)))


def _of_objective(text: str) -> _Heading:
    whole, core = _whole_and_core(HEADING.split(NUMBERED.sub("", text), maxsplit=1)[0])
    runs = _runs(core, max(SHORTEST, min(SHARED, len(core))))
    short = (f"\t{run}" for size in range(SHORTEST, SHARED) for run in _runs(core, size))
    return _Heading(whole, frozenset({f"\n{whole}"}.union(short, runs)))


def _runs(text: str, size: int) -> set[str]:
    """All substrings of `size` characters."""
    return {text[i : i + size] for i in range(len(text) - size + 1)}


def _without_like(ones: Iterable[_Heading], others: Sequence[_Heading]) -> Iterator[int]:
    """The indices of those that no other is like, as a project is like an objective that begins with its name.

    In full, without common words, or a part of it; a name made only of common words (工作经费) must appear in full.
    """
    marks = frozenset[str]().union(*(other.marks for other in others))
    for i, (whole, own) in enumerate(ones):
        if marks.isdisjoint(own) and not any(_contained(whole, other.whole) for other in others):
            yield i


def _contained(one: str, other: str) -> bool:
    return (len(one) >= SHARED and one in other) or (len(other) >= SHARED and other in one)


@department_rule("XPF132", fires={"2!name": "囚车购置"}, passes={"2!name": "公务运转"})
def project_without_sub_objective(submission: Submission) -> DepartmentFaults:
    """Every project is named by one of the department's sub-objectives.

    查什么：每个项目是否能在分项绩效目标中找到对应的一条（按名称比对，容许个别字不同）。
    为什么：分项目标应与项目一一对应，对不上说明文本沿用了往年。
    怎么改：按今年的项目逐条改写分项绩效目标。
    """
    projects, objectives = submission.department.projects, submission.department.sub_objectives
    names = [project.name for project in projects]
    for i in _without_like(map(_of_project, names), list(map(_of_objective, objectives))) if objectives else ():
        if names[i]:
            yield i, SlotRef("name"), {"name": names[i]}


@department_rule(
    "XPF139",
    fires={"sub_objectives.text#2": "囚车购置。更新囚车1辆。"},
    passes={"sub_objectives.text#2": "公务运转经费。保障机关运转。"},
)
def sub_objective_without_project(submission: Submission) -> DepartmentFaults:
    """Every sub-objective belongs to a project.

    查什么：每条分项绩效目标是否有对应的项目。
    为什么：没有项目支撑的目标没有钱去办，评审会要求删去或补报项目。
    怎么改：删去已经没有的项目，或补上漏报的项目表。
    """
    names = [project.name for project in submission.department.projects if project.name]
    if not names or (submission.settings is not None and len(names) == 1):
        return  # a workbook of one project is a part of the department
    objectives = submission.department.sub_objectives
    for i in _without_like(map(_of_objective, objectives), list(map(_of_project, names))):
        text = objectives[i]
        quote = text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"
        yield None, SlotRef("sub_objectives.text", i), {"text": quote}


@department_rule("XPF138", fires={"2!name": "办案业务经费"}, passes={"2!name": "公务运转经费"})
def name_repeated(submission: Submission) -> DepartmentFaults:
    """Two projects of one name are hard to tell apart.

    查什么：是否有两个项目名称完全相同；同一单位、同一年度的各工作簿之间也比较。
    为什么：人看名称，名称相同容易填错表、汇错数。
    怎么改：在名称中写清区别，如资金来源或年度批次。
    """
    first: dict[str, int] = {}
    for i, project in enumerate(submission.department.projects):
        if name := squeeze(project.name):
            if name in first:
                other = submission.department.projects[first[name]]
                yield i, SlotRef("name"), {"name": project.name, "other": other.number}
            first.setdefault(name, i)


@department_rule(
    "XPF455",
    fires={"2!indicators.name#1": "办结案件数", "2!indicators.description#1": "全年审结和执结的案件合计"},
    passes={"2!indicators.name#1": "办结案件数", "2!indicators.description#1": "派出法庭办结的案件"},
)
def indicator_of_another_project(submission: Submission) -> DepartmentFaults:
    """The same indicator on two projects shows neither's effect.

    查什么：不同项目之间是否有名称和描述都相同的指标；同一单位、同一年度的各工作簿之间也比较。
    为什么：照搬其他项目的指标，体现不出本项目的产出和效果。
    怎么改：按本项目的支出内容改写；确需共用的，在描述中写明本项目的部分。
    """
    first: dict[tuple[str, str], tuple[int, str]] = {}
    for i, project in enumerate(submission.department.projects):
        for row, indicator in enumerate(project.indicators):
            key = (squeeze(indicator.name), squeeze(indicator.description))
            if not key[0] or indicator.target.operator is Operator.NOT_APPLICABLE:
                continue
            owner, name = first.setdefault(key, (i, project.name))
            if owner != i:
                yield i, SlotRef("indicators.name", row), {"name": indicator.name, "other": name}


@department_rule(
    "XPF456",
    fires={"purpose": "书记员工资，联系电话138 1234 5678"},
    passes={"purpose": "书记员工资，批复文号20231234567"},
)
def personal_data(submission: Submission) -> DepartmentFaults:
    """No phone, ID or bank card number stands in what gets published.

    查什么：部门目标和保障措施、项目的名称、用途、目标和指标文字里，是否有手机号、固定电话、身份证号或银行卡号，分段写的也算。
    为什么：绩效文本要向社会公开，个人信息不能写进去。
    怎么改：删去号码，需要时另附内部资料。
    """
    for project, slot, text in _texts(submission):
        if _TEN_DIGITS.search(text) and (number := PERSONAL.search(fold(text))):
            yield project, slot, {"text": f"{number[0][:3]}…{number[0][-2:]}"}


def _texts(submission: Submission) -> Iterator[tuple[int | None, SlotRef, str]]:
    """Everything a person wrote that gets published."""
    department = submission.department
    paragraphs = {
        "overall_objective.text": department.overall_objective.split("\n"),
        "sub_objectives.text": department.sub_objectives,
        "safeguards.text": department.safeguards,
    }
    for key, texts in paragraphs.items():
        for row, text in enumerate(texts):
            yield None, SlotRef(key, row), text
    fields = {**_TEXTS, **(_TARGET_OF_DOCUMENT if submission.settings is None else _TARGET)}
    for i, project in enumerate(department.projects):
        for key in _OF_PROJECT:
            yield i, SlotRef(key), getattr(project, key)
        for row, text in enumerate(project.objectives):
            yield i, SlotRef("objectives.text", row), text
        for row, indicator in enumerate(project.indicators):
            for key, read in fields.items():
                if isinstance(text := read(indicator), str):
                    yield i, SlotRef(key, row), text
