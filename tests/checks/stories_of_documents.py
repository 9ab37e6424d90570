"""What reading a document finds (1xx)."""

from __future__ import annotations

from checks.story_runner import Story, document, ledger, project_list
from document.test_reading import TABLE

UNIT_LINE = "335001某法院\t单位：万元\n项目编码"
SECOND = (
    TABLE.replace("1.办案费", "2.维修费")
    .replace("\t办案费", "\t维修费")
    .replace("13080023P00024610002U", "13080023P00024710002H")
)


def changed(fires: tuple[str, str], passes: tuple[str, str]) -> Story:
    """The project table with one text put for another."""
    assert fires[0] in TABLE
    assert passes[0] in TABLE
    return Story(document(TABLE.replace(*fires)), document(TABLE.replace(*passes)))


def with_units(first: str, second: str) -> str:
    """Two project tables with the units they name."""
    tables = zip((TABLE, SECOND), (first, second), strict=True)
    return "".join(table.replace("项目编码", UNIT_LINE.replace("335001某法院", unit)) for table, unit in tables)


def form(*rows: str) -> str:
    """A form of another place with these rows in its head."""
    table = ("项目名称 | 办案", *rows, "一级指标 | 二级指标 | 三级指标 | 指标值", "产出指标 | 数量指标 | 办案 | 5件")
    return "\n".join(("2026年项目绩效目标表", *table))


COLUMNS = ("项目编码", "项目名称", "预算数")
FIRST, OTHER, THIRD = "99030026P00041810002W", "99030026P00041910002J", "99030026P00057710003X"
OURS = (FIRST, "办案", 20)


def of_source(*sources: str) -> tuple[tuple[object, ...], ...]:
    """A list with a row of one project for each of these sources."""
    return ((*COLUMNS, "资金来源"), *((*OURS, source) for source in sources))


LISTS: dict[str, Story] = {
    "XPF151": Story(project_list(COLUMNS, OURS, beside={"备忘": True}), project_list(COLUMNS, OURS)),
    "XPF152": Story(project_list(COLUMNS, OURS, beside={"旧清单": False}), project_list(COLUMNS, OURS)),
    "XPF153": Story(project_list(*of_source("一般公共预算", "单位资金")), project_list(*of_source("单位资金"))),
    "XPF154": Story(project_list((*COLUMNS, "备注"), OURS), project_list(COLUMNS, OURS)),
    "XPF155": Story(project_list(*of_source("专项债")), project_list(*of_source("财政拨款"))),
    "XPF156": Story(
        project_list(COLUMNS, (FIRST, "办案", 1000), (OTHER, "维修", 2000)),
        project_list(COLUMNS, (FIRST, "办案", 20), (OTHER, "维修", 20)),
    ),
    "XPF157": Story(
        project_list(("项目编码", "项目名称", "财政资金", "其他资金"), (FIRST, "办案", 10, 10)),
        project_list(COLUMNS, OURS),
    ),
    "XPF159": Story(project_list(COLUMNS, OURS, hidden=2), project_list(COLUMNS, OURS)),
    "XPF158": Story(
        project_list(COLUMNS, ("", "审判业务", 30), (OTHER, "办案", 20), (THIRD, "维修", 10)),
        project_list(COLUMNS, OURS, (OTHER, "维修", 10)),
    ),
}

STORIES: dict[str, Story] = {
    "XPF118": Story(
        document(form("项目资金（万元） | 测算情况 | 50")), document(form("项目资金（万元） | 年度资金总额 | 50"))
    ),
    "XPF119": Story(
        document(form("中期资金总额 | 150 | 年度资金总额 | 50")),
        document(form("年度资金总额 | 50")),
    ),
    "XPF120": Story(document(f"部门预算收支总表\n收入 | 支出\n{form()}"), document(form())),
    **LISTS,
    "XPF101": Story(document("某某说明\n" + TABLE), document("2023年部门预算绩效文本\n" + TABLE)),
    "XPF102": changed(("预算数\t20.00", "预算数\t二十万左右"), ("预算数\t20.00", "预算数\t20万元")),
    "XPF103": Story(
        document("2023年部门预算绩效文本\n" + TABLE.replace("13080023P00024610002U", "")),
        document("2023年部门预算绩效文本\n" + TABLE),
    ),
    "XPF104": changed(("项目名称\t办案费", "项目名称\t装备费"), ("项目名称\t办案费", "项目名称\t办案费")),
    "XPF105": Story(
        document(TABLE.replace("项目编码", UNIT_LINE.replace("万元", "元"))),
        document(TABLE.replace("项目编码", UNIT_LINE)),
    ),
    "XPF106": changed(("20%\t50%\t70%\t100%", "20\t50\t70\t100"), ("20%\t50%\t70%\t100%", "20%\t50%\t70%\t100%")),
    "XPF107": changed(("≥1个", "≥95%以上"), ("≥1个", "≥95%")),
    "XPF108": changed(("≥1个", ""), ("≥1个", "≥1个")),
    "XPF110": changed(("其他资金\t\n", "其他资金\t0\t另有结余\n"), ("其他资金\t\n", "其他资金\t0\n")),
    "XPF111": Story(
        document(with_units("335001某法院", "335002某法庭")), document(with_units("335001某法院", "335001某法院"))
    ),
    "XPF112": changed(("预算数\t20.00", "预算数\t20.1234567"), ("预算数\t20.00", "预算数\t20.123456")),
    "XPF114": Story(
        document(TABLE.replace("1.办案费", "1.办案费(一)").replace("\t办案费", "\t办案费（一）")),
        document(TABLE.replace("办案费", "办案费（一）")),
    ),
    **{
        code: Story(ledger(*fires), ledger(*passes))
        for code, fires, passes in (
            ("XPF115", ("第一季度,20,财政拨款",), ("2026-03-15,20,财政拨款",)),
            ("XPF116", ("3月,20,专项债",), ("3月,20,财政拨款",)),
            ("XPF117", ("3月,10,财政拨款", "合计,25,"), ("3月,10,财政拨款", "合计,10,")),
        )
    },
    "XPF113": changed(("\t办案\n", "\t" + "长" * 40_000 + "\n"), ("\t办案\n", "\t" + "长" * 1_000 + "\n")),
}
