"""The list sheets of the summary as data: their columns in order, and the tables that formulas refer to.

Column keys are those of the form's answers and results, so a row is looked up, not computed. Knows no file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from xlperf.dataset.changes import ChangeKind
from xlperf.form import Cell, Kind
from xlperf.form.tints import LIGHTS, OFFICIAL_LIGHTS, STATES
from xlperf.measure import COMPLIANCE_STATES
from xlperf.model import Severity, messages


@dataclass(frozen=True)
class Column:
    """One column: heading, key and kind of its values, width in characters.

    In a department table, `group` is the heading above those of several columns, `total` what stands in the row of
    totals; see `department_tables`.
    """

    heading: str
    key: str
    kind: Kind
    width: float
    group: str = ""
    total: str = ""


@dataclass(frozen=True)
class ListSheet:
    """One list: sheet title, name of its Excel table, columns. The column `link` holds links to cells of the sources.

    `paper` is Excel's number of a paper size, `note` is printed above the list, `printed` is the last printed column.
    `above` are the rows above the first of the list: its headings, in a department table totals and titles too. `size`
    is that of its letters in points, more where many columns are shrunk to one page.
    """

    title: str
    table: str
    columns: tuple[Column, ...]
    paper: int = 9
    note: str = ""
    link: str = "cell"
    printed: str = ""
    above: int = 1
    size: int = 10

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the columns."""
        return tuple(column.key for column in self.columns)

    def index(self, key: str) -> int:
        """The position of a column."""
        return self.keys.index(key)

    def ref(self, key: str) -> str:
        """The structured reference to a column, such as 项目表[预算数]."""
        return f"{self.table}[{self.columns[self.index(key)].heading}]"

    def row(self, values: Mapping[str, Cell]) -> tuple[Cell, ...]:
        """The values of one row in column order."""
        return tuple(map(values.get, self.keys))


A3, A4 = 8, 9
MOST_ROWS = 1_048_000  # a sheet can have 1,048,576
# Excel takes 65,530 links on a sheet. LibreOffice 25.2 opens 10,000 in seconds, 20,000 in a minute, 70,000 never.
MOST_LINKS = 10_000
WAN = "单位：万元"

IDENTITY = (
    Column("单位", "unit", Kind.PARAGRAPH, 16),
    Column("项目编码", "code", Kind.TEXT, 24),
    Column("项目名称", "name", Kind.PARAGRAPH, 28),
    Column("计入合计", "counted", Kind.WORD, 7),
)
SOURCE = (
    Column("文件", "file", Kind.PARAGRAPH, 20),
    Column("工作表", "sheet", Kind.PARAGRAPH, 18),
    Column("单元格", "cell", Kind.WORD, 8),
)

PROJECTS = ListSheet(
    "项目汇总",
    "项目表",
    (
        *IDENTITY,
        Column("预算数", "budget.initial", Kind.MONEY, 11),
        Column("调整后预算", "budget.adjusted", Kind.MONEY, 11),
        Column("执行预算", "budget.current", Kind.MONEY, 11),
        Column("累计支付", "progress.paid", Kind.MONEY, 11),
        Column("预算执行率", "progress.rate", Kind.SHARE, 9),
        Column("计划应达", "progress.plan", Kind.SHARE, 9),
        Column("与计划差额", "gap", Kind.MONEY, 11),
        Column("计划完成率", "progress.plan_progress", Kind.SHARE, 9),
        Column("序时进度比", "progress.time", Kind.SHARE, 9),
        Column("预警", "progress.light", Kind.WORD, 13),
        Column("官方预警", "progress.official_light", Kind.WORD, 8),
        Column("指标数", "indicators", Kind.COUNT, 6),
        Column("总分", "total_score", Kind.POINTS, 8),
        Column("等级", "grade", Kind.WORD, 6),
        Column("自评预警", "alert", Kind.WORD, 8),
        Column("支出偏差原因", "deviation_reason", Kind.PARAGRAPH, 30),
        # What the paper has no room for.
        Column("财政资金", "budget.fiscal_funds", Kind.MONEY, 11),
        Column("其他资金", "budget.other_funds", Kind.MONEY, 11),
        Column("上年结转", "budget.carryover", Kind.MONEY, 11),
        Column("计划应付", "planned", Kind.MONEY, 11),
        Column("序时应付", "due", Kind.MONEY, 11),
        *(Column(state, state, Kind.COUNT, 6) for state in COMPLIANCE_STATES),
        Column("进度说明", "progress.explanation", Kind.PARAGRAPH, 44),
        Column("截止日期", "as_of", Kind.DATE, 12),
        *SOURCE,
    ),
    A4,
    WAN,
    printed="deviation_reason",
    size=12,
)

INDICATORS = ListSheet(
    "指标汇总",
    "指标表",
    (
        *IDENTITY,
        Column("一级指标", "indicators.level1", Kind.PARAGRAPH, 11),
        Column("二级指标", "indicators.level2", Kind.PARAGRAPH, 13),
        Column("三级指标", "indicators.name", Kind.PARAGRAPH, 24),
        Column("绩效指标描述", "indicators.description", Kind.PARAGRAPH, 26),
        Column("符号", "indicators.operator", Kind.WORD, 8),
        Column("指标值", "indicators.value", Kind.QUANTITY, 10),
        Column("计量单位", "indicators.unit", Kind.QUANTITY, 10),
        Column("指标值确定依据", "indicators.basis", Kind.PARAGRAPH, 18),
        Column("分值", "indicators.weight", Kind.POINTS, 7),
        Column("实际完成值", "indicators.actual", Kind.QUANTITY, 10),
        Column("全年预计完成", "indicators.expected", Kind.QUANTITY, 10),
        Column("完成率", "indicators.completion", Kind.SHARE, 9),
        Column("状态", "indicators.state", Kind.WORD, 11),
        Column("指标预警", "indicators.light", Kind.WORD, 8),
        Column("得分", "indicators.score", Kind.POINTS, 8),
        Column("原因类别", "indicators.deviation_kinds", Kind.PARAGRAPH, 12),
        Column("偏差原因", "indicators.deviation_reason", Kind.PARAGRAPH, 24),
        Column("完成可能性", "indicators.likelihood", Kind.WORD, 11),
        *SOURCE,
    ),
    A3,
)

PAYMENTS = ListSheet(
    "支出明细",
    "支出表",
    (
        *IDENTITY,
        Column("月份", "payments.month", Kind.MONTH, 7),
        Column("当月支付", "payments.amount", Kind.MONEY, 11),
        Column("累计支付", "payments.cumulative", Kind.MONEY, 11),
        Column("累计执行率", "payments.rate", Kind.SHARE, 9),
        Column("计划进度", "payments.plan", Kind.SHARE, 9),
        Column("计划累计", "planned", Kind.MONEY, 11),
        *SOURCE,
    ),
    A4,
    WAN,
)

FINDINGS = ListSheet(
    "问题",
    "问题表",
    (
        Column("级别", "severity", Kind.WORD, 9),
        Column("代码", "code", Kind.WORD, 9),
        Column("说明", "message", Kind.PARAGRAPH, 62),
        replace(SOURCE[0], width=34),
        *SOURCE[1:],
    ),
)

FILES = ListSheet(
    "来源",
    "来源表",
    (
        Column("文件", "file", Kind.PARAGRAPH, 62),  # LibreOffice does not wrap links
        Column("状态", "status", Kind.WORD, 10),
        Column("原因", "reason", Kind.PARAGRAPH, 30),
        Column("单位", "unit", Kind.PARAGRAPH, 18),
        Column("年度", "year", Kind.COUNT, 6),
        Column("截止日期", "as_of", Kind.DATE, 12),
        Column("填报类型", "period", Kind.WORD, 10),
        Column("规则包", "pack", Kind.PARAGRAPH, 15),
        Column("表单版本", "edition", Kind.PARAGRAPH, 17),
        Column("项目数", "projects", Kind.COUNT, 7),
        Column("指标数", "indicators", Kind.COUNT, 7),
        Column("填报单元格", "cells", Kind.COUNT, 11),
        Column("问题数", "findings", Kind.COUNT, 7),
        Column("字节数", "size", Kind.COUNT, 11),
        Column("修改时间", "modified", Kind.WORD, 19),
        Column("SHA-256", "sha256", Kind.PARAGRAPH, 36),
    ),
    link="file",
)

CHANGES = ListSheet(
    "变更",
    "变更表",
    (
        Column("单位", "unit", Kind.PARAGRAPH, 18),
        Column("项目编码", "code", Kind.TEXT, 24),
        Column("项目名称", "name", Kind.PARAGRAPH, 28),
        Column("变更", "kind", Kind.WORD, 10),
        Column("内容", "item", Kind.PARAGRAPH, 30),
        Column("原值", "before", Kind.PARAGRAPH, 24),
        Column("现值", "after", Kind.PARAGRAPH, 24),
        *SOURCE,
    ),
)

LISTS = (PROJECTS, INDICATORS, PAYMENTS, FINDINGS, FILES)

COUNTED, NOT_COUNTED, DOUBTFUL = "是", "否", "存疑"
CONSOLIDATED, UNREADABLE, UNCOUNTED, UNASKED = "已汇总", "未能读取", "未计入", "其他文件"
"""What became of a file: the last two are of another period, copies and the like, and what nobody asked for."""
SEVERITIES = {severity: messages.SEVERITIES[severity.value][0] for severity in Severity}

# Coloured words by column key: word → (tint of `form.looks.TINTS`, mark).
TINTED_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "progress.light": {word: (tint, mark) for word, tint, mark in LIGHTS},
    **{
        key: {word: (tint, mark) for word, tint, mark in OFFICIAL_LIGHTS}
        for key in ("progress.official_light", "objective_light", "alert", "indicators.light")
    },
    "indicators.state": {word: (tint, mark) for word, tint, mark in STATES},
    "counted": {NOT_COUNTED: ("bad", "✗"), DOUBTFUL: ("warn", "▲")},
    "kind": {ChangeKind.CAME: ("good", "＋"), ChangeKind.WENT: ("bad", "－"), ChangeKind.STATUS: ("warn", "▲")},
    "severity": {
        SEVERITIES[Severity.ERROR]: ("bad", "✗"),
        SEVERITIES[Severity.WARNING]: ("warn", "▲"),
        SEVERITIES[Severity.INFO]: ("note", "○"),
    },
    "status": {CONSOLIDATED: ("good", "✓"), UNREADABLE: ("bad", "✗"), UNCOUNTED: ("warn", "▲"), UNASKED: ("note", "○")},
}
