"""The sheet 目录: one row per project with links, live figures and the department's totals."""

from __future__ import annotations

from xlperf.form.parts import Band, Form, Kind, Label, Role, Row, Slot, computed, given
from xlperf.form.tints import lights
from xlperf.measure import blank_kept, count_filled


def states(*words: str) -> str:
    """How many indicators of the project are in one of these states."""
    return "+".join(f'COUNTIF({{#indicators.state}},"{word}")' for word in words)


def total(key: str) -> str:
    """The sum of a column, blank while it is."""
    return f'IF(COUNT({{{key}*}})=0,"",ROUND(SUM({{{key}*}}),6))'


# The weighted plan of the department: each project's planned share times its budget, over all budgets. SUMPRODUCT takes
# words for 0; IF inside it would need an array formula in Excel, but not in LibreOffice.
PLAN_OF_ALL = 'IF(N({total.budget})=0,"",ROUND(SUMPRODUCT({projects.budget*},{projects.plan*})/{total.budget},6))'

CONTENTS = Form(
    kind="contents",
    widths=(6, 24, 44, 11, 11, 9, 9, 11, 11, 8, 8, 8, 8, 9, 8, 12),
    body=(
        Row((Label("项目目录", 15, look="title"), given("marker", Kind.TEXT)), 34),
        Row(
            (
                computed("unit_line", Kind.TEXT, "{@unit_code}&{@unit_name}", 7),
                computed("date_line", Kind.TEXT, '"截至"&TEXT({@as_of},"yyyy-mm-dd")&"　"&{@mode}', 5, centered=True),
                Label("单位：万元", 3, look="right"),
            )
        ),
        Row(
            tuple(
                Label(text)
                for text in (
                    "序号",
                    "项目编码",
                    "项目名称（点击前往）",
                    "执行预算",
                    "累计支付",
                    "执行率",
                    "计划应达",
                    "计划完成率",
                    "预警",
                    "指标数",
                    "达标",
                    "未达标",
                    "未填报",
                    "总分",
                    "等级",
                )
            ),
            30,
        ),
        Band(
            "projects",
            Row(
                (
                    given("projects.number", Kind.COUNT, centered=True),
                    computed("projects.code", Kind.TEXT, blank_kept("{#code}"), centered=True),
                    Slot("projects.name", Role.COMPUTED, Kind.PARAGRAPH, formula=blank_kept("{#name}"), link=True),
                    computed("projects.budget", Kind.MONEY, "{#budget.current}"),
                    computed("projects.paid", Kind.MONEY, "{#progress.paid}"),
                    computed("projects.rate", Kind.SHARE, "{#progress.rate}"),
                    computed("projects.plan", Kind.SHARE, "{#progress.plan}"),
                    computed("projects.plan_progress", Kind.SHARE, "{#progress.plan_progress}"),
                    computed("projects.light", Kind.WORD, "{#progress.light}", tints=lights("projects.light")),
                    computed("projects.indicators", Kind.COUNT, count_filled("{#indicators.level1}")),
                    computed("projects.met", Kind.COUNT, states("达标", "超额")),
                    computed("projects.unmet", Kind.COUNT, states("未达标", "无法判定")),
                    computed("projects.not_filled", Kind.COUNT, states("未填报")),
                    computed("projects.score", Kind.POINTS, "{#total_score}"),
                    computed("projects.grade", Kind.WORD, "{#grade}"),
                ),
                24,
            ),
        ),
        Row(
            (
                Label("合计", 3),
                computed("total.budget", Kind.MONEY, total("projects.budget")),
                computed("total.paid", Kind.MONEY, total("projects.paid")),
                computed(
                    "total.rate",
                    Kind.SHARE,
                    'IF(N({total.budget})=0,"",IF(ISNUMBER({total.paid}),ROUND({total.paid}/{total.budget},6),""))',
                ),
                computed("total.plan", Kind.SHARE, PLAN_OF_ALL),
                computed(
                    "total.plan_progress",
                    Kind.SHARE,
                    'IF(ISNUMBER({total.rate})*(N({total.plan})>0),ROUND({total.rate}/{total.plan},6),"")',
                ),
                Label(""),
                *(
                    computed(f"total.{key}", Kind.COUNT, f"SUM({{projects.{key}*}})")
                    for key in ("indicators", "met", "unmet", "not_filled")
                ),
                Label("", 2),
            ),
            26,
        ),
        Row((Label("未达标含无法判定；达标含超额。计划应达合计按各项目执行预算加权。", 15, look="hint"),), 20),
    ),
    hidden_columns=1,
    repeat_rows=3,
    freeze_below=3,
)
