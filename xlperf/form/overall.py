"""The sheet 整体绩效目标: who the department is and what it promises as a whole."""

from __future__ import annotations

from xlperf.form.answers import Values
from xlperf.form.bounds import text_bound
from xlperf.form.parts import Band, Bound, Form, Kind, Label, Row, computed, entry, given
from xlperf.model import Department

LONGEST = 8000  # characters; a whole chapter may stand in one cell


def paragraphs(key: str, caption: str, prompt: str) -> Band:
    """Rows of one paragraph each, with one to spare."""
    slot = entry(f"{key}.text", Kind.PARAGRAPH, caption, text_bound(LONGEST, prompt), 4, path=key)
    return Band(key, Row((slot,), 26), least=2, spare=1, caption=Label(caption, 1))


IDENTITY = Row(
    (
        Label("单位代码"),
        entry("unit.code", Kind.TEXT, "单位代码", text_bound(20, "6位单位代码，照抄部门预算。"), centered=True),
        entry("unit.name", Kind.PARAGRAPH, "单位名称", text_bound(200, "单位全称。")),
        Label("预算年度"),
        entry(
            "year",
            Kind.COUNT,
            "预算年度",
            Bound("whole", "2000", "四位年份，如 2023。", "请填四位年份。", formula2="2099"),
            centered=True,
        ),
    ),
    24,
)
DEPARTMENT_SHOWN = 'IF({unit.department}="",{unit.name}&"",{unit.department})'


def department_shown(values: Values) -> str:
    """The 主管部门 that forms print: the unit itself where none is named."""
    return str(values["unit.department"] or values["unit.name"] or "")


DEPARTMENT = Row(
    (
        Label("主管部门"),
        entry(
            "unit.department",
            Kind.PARAGRAPH,
            "主管部门",
            text_bound(200, "主管部门全称；本单位即主管部门的可留空。"),
            4,
        ),
        computed("department_shown", Kind.TEXT, DEPARTMENT_SHOWN, value=department_shown),
    ),
    24,
)


def overall_form(*identity: Row) -> Form:
    """The sheet with these rows about the unit."""
    return Form(
        kind="overall",
        widths=(16, 16, 46, 12, 18, 12),
        body=(
            Row((Label("部门整体绩效目标", 5, look="title"), given("marker", Kind.TEXT)), 34),
            *identity,
            paragraphs("overall_objective", "总体绩效目标", "本部门全年要达到的总体目标，每段一行。"),
            paragraphs("sub_objectives", "分项绩效目标", "每行写一个分项目标，与各项目相对应。"),
            paragraphs("safeguards", "工作保障措施", "每行写一项保障措施。"),
        ),
        noun=Department,
        hidden_columns=1,
        landscape=False,
        freeze_below=1,
    )


OVERALL = overall_form(IDENTITY)
OVERALL_WITH_DEPARTMENT = overall_form(IDENTITY, DEPARTMENT)
