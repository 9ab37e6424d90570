"""Whatever department is written down in one of the three forms is read back as it was."""

from __future__ import annotations

from decimal import Decimal

from document import papers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xlperf.document import read_document, read_target
from xlperf.measure import CHECKPOINTS
from xlperf.model import Budget, BudgetUnit, Department, Indicator, Operator, Project, SpendPlan

words = st.text(alphabet="办案审理执行调解购置维护（）()《》<>&\"'、，。【】ABcd·—", min_size=1, max_size=12)
names = words.filter(lambda text: text.strip("—") and not text.isspace())
classes = st.sampled_from(
    [
        *(("产出指标", level2) for level2 in ("数量指标", "质量指标", "时效指标", "成本指标")),
        *(("效益指标", level2) for level2 in ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")),
        ("满意度指标", "服务对象满意度指标"),
        *(("成本指标", level2) for level2 in ("经济成本指标", "社会成本指标", "生态环境成本指标")),
        *(("产出", "数量"), ("效益", "社会效益")),
    ]
)
amounts = st.decimals(min_value=0, max_value=10**6, places=2)
signs = st.sampled_from([each.symbol for each in Operator if each.name in ("GE", "LE", "EQ", "GT", "LT")] + [""])
targets = st.one_of(
    st.builds("{}{}{}".format, signs, st.decimals(0, 10**5, places=1), st.one_of(st.just("%"), words)),
    st.sampled_from(["0不涉及", "持续影响", "95%以上", "2026年12月底前", "不涉及"]),
)


@st.composite
def projects(draw: st.DrawFn, number: int) -> Project:
    indicators = [
        Indicator(
            level1=level1,
            level2=level2,
            name=draw(names),
            description=draw(words),
            target=read_target(draw(targets)).target,
            basis=draw(st.one_of(st.just(""), words)),
        )
        for level1, level2 in draw(st.lists(classes, min_size=1, max_size=6))
    ]
    shares = [draw(st.none() | st.integers(0, 100).map(lambda n: Decimal(n) / 100)) for _ in CHECKPOINTS]
    return Project(
        number=number,
        code=f"13080026P{number:06d}1{draw(st.integers(0, 9999)):04d}A",
        name=f"{draw(names)}费{number}",
        budget=Budget(initial=draw(amounts), fiscal_funds=draw(amounts), other_funds=draw(st.none() | amounts)),
        purpose=draw(names),
        spend_plan=SpendPlan(shares=tuple(shares)),
        objectives=draw(st.lists(names, min_size=1, max_size=3)),
        indicators=indicators,
    )


@st.composite
def departments(draw: st.DrawFn) -> Department:
    return Department(
        unit=BudgetUnit(code="335001", name=draw(names)),
        year=2026,
        overall_objective="\n".join(draw(st.lists(names, min_size=1, max_size=3))),
        sub_objectives=draw(st.lists(names, max_size=3)),
        safeguards=draw(st.lists(names, max_size=3)),
        projects=[draw(projects(number)) for number in range(1, draw(st.integers(1, 3)) + 1)],
    )


often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@often
@given(departments())
def test_the_tabbed_dump(tmp_path, department):
    path = tmp_path / "文本.txt"
    path.write_text(papers.tabbed(department), "utf-8")

    assert read_document(path, year=2026).department == department


@often
@given(departments())
def test_the_sister_form(tmp_path, department):
    one = [project.model_copy(update={"objectives": project.objectives[:1]}) for project in department.projects]
    plain = department.model_copy(update={"projects": tuple(one)})
    path = tmp_path / "文本.txt"
    path.write_text(papers.piped(plain), "utf-8")

    assert read_document(path, year=2026).department == papers.without_sister_gaps(plain)


@settings(often, max_examples=15)
@given(departments(), st.booleans(), st.sampled_from([None, 1, 2]))
def test_the_word_document(tmp_path, department, split, page):
    path = papers.word(department, tmp_path / "文本.docx", split=split, page=page)

    assert read_document(path, year=2026).department == department
