"""Faults that appear only when the projects of a department are compared (domain.md §8, Structure and Wording)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from xlperf.checks.rule import department_rule
from xlperf.checks.rules.vocabulary import NUMBERED
from xlperf.checks.submission import DepartmentFaults, SlotRef, Submission
from xlperf.measure.codes import region
from xlperf.model import Operator
from xlperf.model.text import code_key, fold, squeeze

_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_COMMON = re.compile(r"经费|项目|资金|补助|支出|工作|(?<!\d)\d+年|该|绩效目标")
SHARED = 4  # consecutive characters that two names of one project have in common
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


def _contained(one: str, other: str, least: int) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= least and shorter in longer


def _same(project: str, objective: str) -> bool:
    """Whether an objective begins with a project's name: in full, without common words, or a part of it.

    A name made only of common words (工作经费) must appear in full.
    """
    heading = HEADING.split(NUMBERED.sub("", objective), maxsplit=1)[0]
    name, title = (squeeze(NUMBERED.sub("", text)) for text in (project, heading))
    core, title_core = (_COMMON.sub("", _IN_BRACKETS.sub("", text)) for text in (name, title))
    size = max(SHORTEST, min(SHARED, len(title_core)))
    return (
        name == title
        or _contained(name, title, SHARED)
        or _contained(core, title_core, SHORTEST)
        or not _runs(title_core, size).isdisjoint(_runs(core, size) | _runs(name, size))
    )


def _runs(text: str, size: int) -> set[str]:
    """All substrings of `size` characters."""
    return {text[i : i + size] for i in range(len(text) - size + 1)}


@department_rule("XPF132", fires={"2!name": "囚车购置"}, passes={"2!name": "公务运转"})
def project_without_sub_objective(submission: Submission) -> DepartmentFaults:
    """Every project is named by one of the department's sub-objectives.

    查什么：每个项目是否能在分项绩效目标中找到对应的一条（按名称比对，容许个别字不同）。
    为什么：分项目标应与项目一一对应，对不上说明文本沿用了往年。
    怎么改：按今年的项目逐条改写分项绩效目标。
    """
    objectives = submission.department.sub_objectives
    for i, project in enumerate(submission.department.projects):
        if objectives and project.name and not any(_same(project.name, text) for text in objectives):
            yield i, SlotRef("name"), {"name": project.name}


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
    projects = [project.name for project in submission.department.projects if project.name]
    if submission.settings is not None and len(projects) == 1:
        return  # a workbook of one project is a part of the department
    for i, text in enumerate(submission.department.sub_objectives):
        if projects and not any(_same(name, text) for name in projects):
            yield (
                None,
                SlotRef("sub_objectives.text", i),
                {"text": text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"},
            )


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
        if number := PERSONAL.search(fold(text)):
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
    for i, project in enumerate(department.projects):
        for key in ("name", "purpose", "deviation_reason"):
            yield i, SlotRef(key), getattr(project, key)
        for row, text in enumerate(project.objectives):
            yield i, SlotRef("objectives.text", row), text
        for row, indicator in enumerate(project.indicators):
            for key in ("name", "description", "basis", "actual", "deviation_reason"):
                yield i, SlotRef(f"indicators.{key}", row), str(getattr(indicator, key) or "")
            target = indicator.target
            if submission.settings is None:
                yield i, SlotRef("indicators.value", row), target.raw
            else:
                yield i, SlotRef("indicators.value", row), str(target.value or "")
                yield i, SlotRef("indicators.unit", row), target.unit
