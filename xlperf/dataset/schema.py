"""The tables of a dataset as data: what each row is about, what each column holds.

Every row of a file has the number of the file and says where it stands: sheet and cell. A column is named after the
slot of the form whose value it holds. Amounts are in 万元, shares are fractions of 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from xlperf.measure import COMPLIANCE_STATES
from xlperf.model import DeviationKind
from xlperf.model.messages import SEVERITIES

VERSION = 3  # of the tables; a dataset of another version is set aside
APPLICATION_ID = 0x786C7066  # "xlpf": how SQLite and `file` know the kind of a database
SEAL, OPEN = "xlperf sha256 ", "0" * 64  # what stands before the digest of a saved dataset, and in its place before


class Kind(StrEnum):
    """What a column holds, by the words that SQLite shows: texts, counts, dates (ISO), numbers or words instead."""

    TEXT = "TEXT"
    COUNT = "INTEGER"
    DATE = "DATE TEXT"
    NUMBER = ""  # of no affinity, so that nothing is converted


@dataclass(frozen=True)
class Column:
    """A column: its name, what it holds, what it is called in Chinese."""

    name: str
    kind: Kind
    zh: str


@dataclass(frozen=True)
class Table:
    """A table: what one row is, its columns, those that name the row among its sisters, and an index besides."""

    zh: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    index: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in their order."""
        return tuple(column.name for column in self.columns)


def _columns(kind: Kind, **named: str) -> tuple[Column, ...]:
    return tuple(Column(name, kind, zh) for name, zh in named.items())


def _texts(**named: str) -> tuple[Column, ...]:
    return _columns(Kind.TEXT, **named)


def _counts(**named: str) -> tuple[Column, ...]:
    return _columns(Kind.COUNT, **named)


def _numbers(**named: str) -> tuple[Column, ...]:
    return _columns(Kind.NUMBER, **named)


def _dates(**named: str) -> tuple[Column, ...]:
    return _columns(Kind.DATE, **named)


def _of(prefix: str, said: str, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The same columns of something else: with what it is called before their names."""
    return tuple(Column(f"{prefix}_{column.name}", column.kind, f"{said}{column.zh}") for column in columns)


FILE = _counts(file="文件号")
OF_PROJECT = (*FILE, *_counts(project="文件内第几个项目（从0起）"))
CELL = _texts(cell="单元格")
PLACE = (*_texts(sheet="工作表"), *CELL)
REASON = _texts(reason="未汇总的原因（代码）", reason_values="原因中的数值")
FUNDS = _numbers(
    fiscal_funds="财政资金",
    upper_grants="上级补助",
    carryover="上年结转",
    special_account="财政专户管理资金",
    own_funds="单位资金",
    other_funds="其他资金",
)
REPORT = (  # of a project, in one period
    *_of("paid", "执行数：", FUNDS),
    *_of("expected", "全年预计执行数：", FUNDS),
    *_texts(attained="完成情况", measures="纠偏措施", deviation_reason="支出偏差原因", remark="备注"),
    *_texts(conclusion="自评结论", problems="存在问题"),
)
INDICATOR_REPORT = (
    *_numbers(actual="实际完成值", expected="全年预计完成"),
    *_texts(deviation_kinds="偏差原因类别", deviation_reason="偏差原因", likelihood="完成可能性", remark="备注"),
)
INTERIM = "运行监控时："
KINDS_OF_REASONS = {f"reasons_{kind.name.lower()}": kind.value for kind in DeviationKind}
"""Columns that count the indicators of a project for which a kind of deviation is named."""
FINDING = (
    *_counts(position="第几个（从0起）"),
    *_texts(severity="级别", code="代码"),
    *_counts(line="行"),
    *PLACE,
    *_texts(message_values="说明中的数值"),
)


def _table(zh: str, *columns: tuple[Column, ...], key: tuple[str, ...] = (), index: tuple[str, ...] = ()) -> Table:
    return Table(zh, tuple(chain(*columns)), key, index)


TABLES = {
    "runs": _table(
        "一次汇总",
        _counts(run="汇总号", began="开始时间（1970年以来的纳秒）", ended="这些内容第一次汇总完成的时间（同上）"),
        _texts(contents="全部来源内容的摘要"),
        _counts(baseline="与哪一次汇总比较", year="汇总的年度"),
        _texts(period="汇总的填报类型"),
        _texts(state="汇总表内容的摘要", summary="汇总表文件的SHA-256"),
        key=("run",),
    ),
    "sources": _table(
        "一次汇总中的一个文件",
        _counts(run="汇总号", position="第几个文件（从0起）"),
        _texts(name="文件"),
        FILE,
        REASON,
        _counts(modified="修改时间（1970年以来的纳秒）"),
        _texts(stamp="大小、修改时间、状态改变时间与文件编号"),
        key=("run", "position"),
        index=("run", "name"),
    ),
    "files": _table(
        "一个文件的一种内容",
        FILE,
        _texts(key="内容、文件名、程序与设置的摘要；未汇总的没有", sha256="SHA-256"),
        _counts(size="字节数"),
        REASON,
        _texts(edition="表单版本", parent="由哪个工作簿做成的检查副本（SHA-256）"),
        _texts(unit="单位", unit_key="单位的标识"),
        _counts(year="年度"),
        _dates(as_of="截止日期"),
        _texts(period="填报类型", pack="规则包"),
        _counts(projects="项目数", indicators="指标数", payments="支出明细行数", cells="填报单元格"),
        _counts(**{f"{grade}s": f"{words[0]}数" for grade, words in SEVERITIES.items()}, unread="未能读取的工作表"),
        key=("file",),
    ),
    "units": _table(
        "单位与整体绩效目标",
        FILE,
        PLACE,
        _counts(layout="版面号"),
        _texts(unit_code="单位编码", unit_name="单位名称", unit_department="主管部门"),
        _counts(year="年度"),
        _texts(overall_objective="总体绩效目标"),
        key=("file",),
    ),
    "settings": _table(
        "参数",
        FILE,
        PLACE,
        _counts(layout="版面号"),
        _dates(as_of="截止日期"),
        _texts(period="填报类型", pack="规则包", plan_method="计划取值方法"),
        _numbers(yellow="滞后线", green="正常线", over_monitoring="监控超额线", over_self_evaluation="自评超额线"),
        key=("file",),
    ),
    "texts": _table(
        "目标与措施中的一条；project为空的属于单位",
        OF_PROJECT,
        _texts(field="栏目"),
        _counts(row="第几行（从0起）"),
        _texts(text="内容"),
        index=("file", "project"),
    ),
    "projects": _table(
        "一个项目",
        OF_PROJECT,
        PLACE,
        _texts(name_cell="项目名称的单元格"),
        _counts(layout="版面号"),
        _texts(origin="下发时的工作表", code_key="用于比较的编码", name_key="用于比较的名称", region="编码中的地区"),
        _counts(number="序号"),
        _texts(code="项目编码", name="项目名称", purpose="资金用途"),
        _numbers(budget_initial="预算数", budget_adjusted="调整后预算", budget_current="执行预算"),
        _of("budget", "", FUNDS),
        _of("budget_adjusted_funds", "调整后：", FUNDS),
        REPORT,
        _of("interim", INTERIM, REPORT),
        _of("current", "执行预算：", FUNDS),
        _of("rates", "执行率：", FUNDS),
        _numbers(total_expected="全年预计执行数"),
        _numbers(progress_paid="累计支付", progress_rate="预算执行率", progress_plan="计划应达"),
        _numbers(planned="计划应付", gap="与计划差额", progress_plan_progress="计划完成率"),
        _numbers(due="序时应付", progress_time="序时进度比"),
        _texts(progress_light="预警", progress_official_light="官方预警", progress_explanation="进度说明"),
        _texts(progress_reason_owed="支出偏差是否需说明", objective_light="目标预警"),
        _counts(indicators="指标数", **{name: state for state, name in COMPLIANCE_STATES.items()}),
        _counts(**KINDS_OF_REASONS),
        _texts(reasons="项目和各指标的偏差原因", doubt="金额为什么存疑（支付、单位）"),
        _numbers(rate_score="执行得分", score_subtotal="指标得分", total_score="总分"),
        _texts(grade="等级", alert="自评预警"),
        key=("file", "project"),
        index=("code_key",),
    ),
    "plan": _table(
        "资金支出计划的一个节点",
        OF_PROJECT,
        _counts(month="月份"),
        _numbers(share="计划累计比例"),
        key=("file", "project", "month"),
    ),
    "payments": _table(
        "一个月的支付",
        OF_PROJECT,
        CELL,
        _counts(month="月份"),
        _numbers(amount="当月支付", cumulative="累计支付", rate="累计执行率", plan="计划进度", planned="计划累计"),
        key=("file", "project", "month"),
    ),
    "indicators": _table(
        "一个绩效指标",
        OF_PROJECT,
        _counts(row="第几行（从0起）"),
        CELL,
        _counts(likeness="名称和描述的摘要"),
        _texts(id="指标标识"),
        _texts(level1="一级指标", level2="二级指标", name="三级指标", description="绩效指标描述", operator="符号"),
        _numbers(value="指标值"),
        _texts(unit="计量单位", raw="指标值原文", basis="指标值确定依据"),
        _numbers(weight="分值"),
        INDICATOR_REPORT,
        _of("interim", INTERIM, INDICATOR_REPORT),
        _numbers(completion="完成率"),
        _texts(state="状态", light="指标预警", owed="是否需说明"),
        _numbers(points="定性评分", earned="扣减前得分", score="得分", deduction="扣减"),
        key=("file", "project", "row"),
        index=("likeness",),
    ),
    "findings": _table("文件内的一个问题", FILE, FINDING, key=("file", "position")),
    "unread": _table(
        "没有读取的一张项目表",
        FILE,
        _counts(position="第几张（从0起）"),
        _texts(sheet="工作表", project_code="表上的项目编码", reason="没有读取的原因（代码）"),
        key=("file", "position"),
    ),
    "notes": _table(
        "整个部门的一个问题",
        _counts(run="汇总号"),
        FINDING,
        _texts(name="文件"),
        key=("run", "position"),
        index=("run", "name"),
    ),
    "uncounted": _table(
        "一次汇总中未计入合计的项目", _counts(run="汇总号"), OF_PROJECT, key=("run", "file", "project")
    ),
    "places": _table(
        "一种版面中一个值的单元格",
        _counts(layout="版面号"),
        _texts(slot="栏目"),
        _counts(row="第几行（从0起）"),
        CELL,
        key=("layout", "slot", "row"),
    ),
}
COLUMNS = {name: {column.name: column for column in table.columns} for name, table in TABLES.items()}
OF_FILES = tuple(name for name, table in TABLES.items() if table.columns[0].name == "file")
"""The tables whose rows belong to a file."""


def statements() -> list[str]:
    """What makes the tables: first, and so at the beginning of a file, that of the digest."""
    made = ["CREATE TABLE seal (text TEXT)"]
    for name, table in TABLES.items():
        columns = [f"{column.name} {column.kind}".rstrip() for column in table.columns]
        key = [f"PRIMARY KEY ({', '.join(table.key)})"] if table.key else []
        rowid = "" if len(table.key) == 1 or not key else " WITHOUT ROWID"
        made.append(f"CREATE TABLE {name} ({', '.join(columns + key)}){rowid}")
        if table.index:
            made.append(f"CREATE INDEX {name}_by_{table.index[-1]} ON {name} ({', '.join(table.index)})")
    return made
