"""The layouts of the places, column by column as they are printed (forms of the self-evaluation and of monitoring)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from departments import small_department

from xlperf.form import EDITIONS, Answers, Form, Label, Slot, form_set_of, layout, project_answers
from xlperf.form.results import parameter_values, results
from xlperf.jobs.sources import settings_for
from xlperf.measure import PACKS
from xlperf.model import Funds, Period, Project

PLAN, MONITORING, EVALUATION = Period
D = Decimal


def form_of(period: Period, name: str) -> Form:
    return EDITIONS[form_set_of(period, name)]["project"]


def computed(name: str, project: Project, pack: str = "") -> Answers:
    """What the self-evaluation of a project comes to in the layout of a place, by its pack or another."""
    form = form_of(EVALUATION, name)
    department = small_department().model_copy(update={"projects": (project,)})
    settings = settings_for(2026, EVALUATION, dt.date(2026, 12, 31), pack, name)
    return results(form, project_answers(project, form), parameter_values(settings, department))


def heads(form: Form, beginning: str, shown: Answers | None = None) -> list[str]:
    """The headings of the row that begins with this label, as they are printed from left to right."""
    place = layout(form)
    printed = place.visible_columns - form.aside_columns
    row = next(at.row for at in place.labels if at.piece.text == beginning)
    single = shown.single if shown else {}
    found = [
        (at.column, at.piece.text if isinstance(at.piece, Label) else str(single.get(at.piece.key, "")))
        for at in (*place.labels, *place.slots.values())
        if at.row == row and at.column <= printed
    ]
    return [text for _, text in sorted(found) if text]


def captions(form: Form) -> list[str]:
    """The labels below each other at the left of the form and beside the money, down to the signatures."""
    place = layout(form)
    last = next(at.row for at in place.labels if at.piece.look == "sign")
    return [
        at.piece.text
        for at in sorted(place.labels, key=lambda at: (at.row, at.column))
        if at.piece.text and at.column <= 3 and 3 <= at.row < last
    ]


LAST = "偏差原因分析及改进措施"
COMMON = ["一级指标", "二级指标", "三级指标"]
BEFORE = ["年度指标值", "实际完成值", "分值", "得分", LAST]
MONEY = {
    "national": ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分", "资金核对"],
    "hebei": ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分", "资金核对"],
    "transfer": ["年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分", "资金核对"],
    "20+80": ["年初预算数", "预算数（A）", "执行数（B）", "执行率（B/A）", "得分（20分×执行率）", "资金核对"],
    "sichuan": ["年初预算数", "调整后预算数", "执行数", "执行率", "权重", "得分", "原因"],
}
INDICATORS = {
    "national": BEFORE,
    "hebei": BEFORE,
    "transfer": ["分值", "年度指标值", "实际完成值", "得分", LAST],
    "20+80": ["年初目标值", *BEFORE[1:]],
    "sichuan": ["指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因"],
}
SOURCES = {
    "national": ["其中：当年财政拨款", "上年结转资金", "其他资金"],
    "hebei": ["财政资金：本级安排", "其中：上级补助", "其他资金"],
    "transfer": ["其中：当年财政拨款", "上年结转资金", "其他资金"],
    "20+80": ["其中：当年财政拨款", "上年结转资金", "其他资金"],
    "sichuan": ["其中：财政拨款", "财政专户管理资金", "单位资金", "其他资金"],
}
FEET = {
    "national": ["其他需要说明"],
    "hebei": ["自评结论"],
    "transfer": ["其他需要说明"],
    "20+80": ["其他需要说明"],
    "sichuan": ["评价结论", "存在问题", "改进措施"],
}


@pytest.mark.parametrize("name", MONEY)
def test_the_columns_of_a_self_evaluation(name: str) -> None:
    form = form_of(EVALUATION, name)
    shown = computed(name, small_department().projects[0])

    assert heads(form, "项目资金（万元）", shown) == ["项目资金（万元）", *MONEY[name]]
    assert heads(form, "一级指标") == [*COMMON, *INDICATORS[name]]
    assert captions(form) == [
        *("项目名称", "主管部门", "项目资金（万元）", "年度资金总额"),
        *SOURCES[name],
        *("年度总体目标", "预期目标", *COMMON, "指标合计", "总分", *FEET[name]),
    ]


@pytest.mark.parametrize("name", MONEY)
def test_the_columns_of_monitoring_are_the_same_everywhere(name: str) -> None:
    form = form_of(MONITORING, name)

    assert heads(form, "项目资金（万元）") == [
        *("项目资金（万元）", "年初预算数", "调整后预算数"),
        *("预警（官方，按序时）", "执行率", "资金核对", "全年预计执行数"),
    ]
    assert heads(form, "一级指标") == [*(*COMMON, "年度指标值", "完成情况", "偏差原因分析", "完成目标可能性", "备注")]
    assert heads(form, "全年预计完成") == [
        *("全年预计完成", "经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明"),
        *("确定能", "有可能", "完全不可能"),
    ]


@pytest.mark.parametrize("name", MONEY)
def test_the_columns_of_a_plan_are_the_same_everywhere(name: str) -> None:
    assert heads(form_of(PLAN, name), "一级指标") == [
        *(*COMMON, "绩效指标描述", "符号", "指标值", "单位", "指标值确定依据")
    ]


def test_a_layout_chooses_its_pack_and_another_pack_is_in_its_headings() -> None:
    project = small_department().projects[0]
    mine = PACKS["20+80"]._replace(key="ours", zh="本校", execution=PACKS["hubei-2026"].execution._replace(cap=25))

    def shown(pack: str) -> tuple[object, ...]:
        single = computed("20+80", project, pack).single
        return tuple(single[key] for key in ("rate_weight", "heads.rate_score", "heads.points"))

    assert shown("") == (20, "得分（20分×执行率）", "年度绩效目标（80分）")
    assert shown("hebei") == (10, "得分（10分×执行率）", "年度绩效目标（90分）")
    with pytest.MonkeyPatch.context() as known:
        known.setitem(PACKS, mine.key, mine)
        assert shown("ours") == (25, "得分（25分×执行率）", "年度绩效目标（75分）")


def test_sichuan_prints_the_code_before_the_name_and_the_target_in_three_columns() -> None:
    project = small_department().projects[0]
    shown = computed("sichuan", project)
    slots = {slot.key: slot for _, slot in form_of(EVALUATION, "sichuan").slots if isinstance(slot, Slot)}

    assert shown.single["code_and_name"] == "13080023P00024610002U-办案业务经费"
    assert computed("sichuan", project.model_copy(update={"code": ""})).single["code_and_name"] == "办案业务经费"
    assert shown.column("indicators.shown") == [1200, "持续提升"]
    assert [slots[f"indicators.{key}"].label for key in ("operator", "shown", "unit")] == [
        *("指标性质", "指标值", "度量单位")
    ]


@pytest.mark.parametrize(
    ("paid", "pack", "answer"),
    [
        ("18", "", ""),  # 18 ÷ 20 = 90 %
        ("17.9", "", "需说明"),  # 89.5 %, and the light is green
        ("17.9", "national-2026", ""),
    ],
)
def test_sichuan_wants_a_reason_where_less_than_90_percent_was_paid(paid: str, pack: str, answer: str) -> None:
    project = (
        small_department()
        .projects[0]
        .model_copy(update={"payments": (*(None,) * 11, D(paid)), "paid": Funds(fiscal_funds=D(paid))})
    )

    single = computed("sichuan", project, pack).single

    assert (single["progress.official_light"], single["progress.reason_owed"]) == ("绿灯", answer)
