"""What our workbooks take for granted of the program that opens them, as formulas with the answers Excel gives.

Knows formulas, answers and what follows from another answer; where they stand is `program_check`.
Formulas mention the cells of the table below the checks: `{samples.…}`, `{columns.…}`, `{args.FUNCTION.number}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal as D

from xlperf.form.answers import Cell
from xlperf.form.bounds import choice, money_bound, part_of_budget
from xlperf.form.choices import lists
from xlperf.form.parts import Bound
from xlperf.measure import CATALOG, Function, count_filled, filled
from xlperf.measure.formula_parts import shown
from xlperf.model import Likelihood

ARRAY = "按数组计算"
NO_ADD_IN = "未安装"
UNTRIED = "未试"


@dataclass(frozen=True)
class Check:
    """A formula, what Excel answers, and what follows for our workbooks where a program answers anything else.

    `other` is an answer without harm, with the word for it; an `array` formula is entered as one.
    """

    what: str
    formula: str
    expected: Cell
    means: str
    other: tuple[Cell, str] | None = None
    array: bool = False


@dataclass(frozen=True)
class Trial:
    """Something a person has to try in the yellow cell `key`; in Excel `expected` stands there in the end."""

    key: str
    what: str
    bound: Bound
    expected: Cell
    means: str
    other: tuple[Cell, str] = ("", UNTRIED)


@dataclass(frozen=True)
class Section:
    """Checks under one heading."""

    title: str
    checks: tuple[Check | Trial, ...]


def _plainly(*checks: tuple[str, str, Cell], means: str) -> tuple[Check, ...]:
    return tuple(Check(what, formula, expected, means) for what, formula, expected in checks)


def _as_arrays(*checks: tuple[str, str, Cell], means: str) -> tuple[Check, ...]:
    return tuple(Check(what, formula, expected, means, array=True) for what, formula, expected in checks)


INTERSECTION = tuple(
    Check(what, f'IFERROR({formula},"出错")', "出错", "工作簿不依赖这一点，无需处理。", (array, ARRAY))
    for what, formula, array in (
        ("普通公式：IF 的条件是区域", "SUMPRODUCT(IF({samples.number*}>0,{samples.number*},0))", 15),
        ("普通公式：ABS 的参数是区域", "SUM(ABS({samples.number*}))", 15),
    )
)

ORDINARY = _plainly(
    ("两列相乘再相加，文字算 0", "SUMPRODUCT({samples.index*},{samples.mixed*})", 22),
    ("数一列里填了内容的格", count_filled("{samples.mixed*}"), 3),
    ("按月份累计", 'SUMIF({samples.index*},"<="&3,{samples.number*})', 15),
    (
        "有文字混在数字里",
        f'IF(COUNT({{samples.mixed*}})<{count_filled("{samples.mixed*}")},"有文字","全是数字")',
        "有文字",
    ),
    ("取最近的计划节点", "CHOOSE(LOOKUP(10,{-9999,3,6,10,12},{1,2,3,4,5}),0,0.2,0.5,0.7,1)", D("0.7")),
    ("用中文名称引用列表", "COUNTA({@计算符号表})", len(lists()["计算符号表"])),
    means="“目录”、累计支付或计划比例会显示错；以汇总为准。",
)

LIFTING = _as_arrays(
    ("数组公式：IF", "SUM(IF({samples.number*}>0,{samples.number*},0))", 15),
    ("数组公式：CHOOSE", "SUM(CHOOSE({samples.index*},10,20,30,40))", 100),
    ("数组公式：LOOKUP", "SUM(LOOKUP({samples.number*},{0,3,6},{1,2,3}))", 7),
    ("数组公式：IFERROR", "SUM(IFERROR(10/{samples.number*},100))", D("113.5")),
    (
        "数组公式：MID、FIND、MMULT",
        'SUM(MMULT(IFERROR(FIND(MID(TRIM({samples.text*}),{1,2,3},1),"0123456789")-1,0),{1;10;100}))',
        921,
    ),
    ("数组公式：CONCATENATE、FIND", 'SUM(--ISNUMBER(FIND(CONCATENATE("|",{samples.state*},"|"),"|达标|超额|")))', 2),
    ("数组公式：MATCH", "SUM(--ISNUMBER(MATCH({samples.number*},{0,4,12},0)))", 2),
    ("数组公式：LEN、TRIM、CLEAN、SUBSTITUTE", f"SUM({filled('{samples.text*}')})", 9),
    ("数组公式：ROUND", "SUM(ROUND({samples.number*}/8,2))", D("1.88")),
    ("数组公式：MONTH", "SUM(MONTH(DATE(2026,1,31)+31*{samples.index*}))", 18),
    ("数组公式：TEXT", 'SUM(--(TEXT({samples.number*},"0.00")="4.00"))', 1),
    means="完成率、状态、得分会整列显示错；以汇总为准。",
) + _plainly(
    ("一列数组公式，逐行作答", 'SUM({columns.rate*})&"｜"&COUNTIF({columns.rate*},"无预算")', "0.8｜1"),
    means="完成率、状态、得分会整列相同；以汇总为准。",
)

ROUNDING = _plainly(
    *(
        (f"四舍五入：{value}，{places} 位小数", f"ROUND({value},{places})", expected)
        for value, places, expected in (
            ("0.625", 2, D("0.63")),
            ("1.005", 2, D("1.01")),
            ("2.675", 2, D("2.68")),
            ("89.995", 2, 90),
            ("2.5", 0, 3),
            ("-0.5", 0, -1),
        )
    ),
    ("得分：分值 3，完成 5，目标 24", "ROUND(3*5/24,2)", D("0.63")),
    ("得分：先除后乘", "ROUND(5/24*3,2)", D("0.63")),
    ("反向指标：目标 320，完成 628.7", "ROUND(ROUND(2*320-628.7,10)/320,6)", D("0.035313")),
    means="得分末位会差 0.01，汇总时报 XPF523；以汇总为准。",
)

COMPARING = _plainly(
    ("0.1＋0.2 等于 0.3", 'IF(0.1+0.2=0.3,"等于","不等于")', "等于"),
    ("0.1×3 不大于 0.3", 'IF(0.1*3>0.3,"大于","不大于")', "不大于"),
    ("资金核对：差额四舍五入后为 0", 'IF(ROUND(0.1+0.2-0.3,6)=0,"相等","不等")', "相等"),
    ("15 位数字能区分", 'IF(123456789012345=123456789012346,"等于","不等于")', "不等于"),
    ("正好踩在滞后线上", 'IF(ROUND(0.3/0.5,6)<0.6,"滞后","不滞后")', "不滞后"),
    means="正好等于界限时，预警或状态会不同；以汇总为准。",
)

FORMATS = _plainly(
    ("金额写法", 'TEXT(0.625,"0.00")', "0.63"),
    ("比例写法", 'TEXT(ROUND(12.35,1),"0.0")', "12.4"),
    ("差额写法：正数", 'TEXT(3,"+0.00;-0.00;0.00")', "+3.00"),
    ("差额写法：负数", 'TEXT(-0.15,"+0.00;-0.00;0.00")', "-0.15"),
    ("差额写法：零", 'TEXT(0,"+0.00;-0.00;0.00")', "0.00"),
    ("高几个百分点", 'TEXT(5.3,"""高""0.0""个百分点"";""低""0.0""个百分点"";""持平""")', "高5.3个百分点"),
    ("低几个百分点", 'TEXT(-53.3,"""高""0.0""个百分点"";""低""0.0""个百分点"";""持平""")', "低53.3个百分点"),
    ("持平", 'TEXT(0,"""高""0.0""个百分点"";""低""0.0""个百分点"";""持平""")', "持平"),
    ("日期写法", 'TEXT(DATE(2026,10,31),"yyyy-mm-dd")', "2026-10-31"),
    means="进度说明、截至日期的写法会不同；数字不受影响。",
)

WORDS = _plainly(
    ("COUNTIF 只数整词", 'COUNTIF({samples.state*},"达标")', 1),
    ("COUNTIF 同时数两个词", 'SUM(COUNTIF({samples.state*},{"达标","超额"}))', 2),
    ("LEFT 按字取", 'LEFT("✗ 与预算数相差",1)', "✗"),
    ("MID 按字取", 'MID("预算绩效管理",3,2)', "绩效"),
    ("FIND 按字数位置", 'FIND("绩","预算绩效")', 3),
    ("FIND 不认通配符", 'IFERROR(FIND("*","达标"),0)', 0),
    ("LEN 一个汉字算一", 'LEN("预算绩效")', 4),
    ("两端的空格、制表符、换行不算字", shown('"　 "&CHAR(9)&"≥"&CHAR(10)'), "≥"),
    ("UPPER 改成大写", 'UPPER("p00a")', "P00A"),
    means="状态、编码校验或未填报数会显示错；以汇总为准。",
)

BLANKS = (
    Check(
        "ISNUMBER(TRUE)",
        'IF(ISNUMBER(TRUE),"是数字","不是数字")',
        "不是数字",
        "填了 TRUE 会当作数字；check 和汇总仍会指出。",
    ),
    *_plainly(
        ("空白格等于空文字", 'IF({samples.blank^^}="","空","不空")', "空"),
        ("空白格不是数字", 'IF(ISNUMBER({samples.blank^^}),"是数字","不是数字")', "不是数字"),
        ("空文字不等于 0", 'IF(""=0,"等于","不等于")', "不等于"),
        ("空文字不算数字", 'COUNT("",{samples.blank*})', 0),
        ("N(文字) 为 0", 'N("三十")', 0),
        ("全空的区域最大值为 0", "MAX({samples.blank*})", 0),
        ("文字比任何数都大", 'IF("非数字">1,"大于","不大于")', "大于"),
        means="没有填的也会显示结果；以汇总为准。",
    ),
)

DATES = _plainly(
    ("日期从 1900 年算起", "MOD(DATE(2026,10,31),100000)", 46326),
    ("1904 年 1 月 1 日", "MOD(DATE(1904,1,1),100000)", 1462),
    ("截止日期已过几个月", "(YEAR(DATE(2026,10,31)+1)-2026)*12+MONTH(DATE(2026,10,31)+1)-1", 10),
    ("月末前一天不算满月", "(YEAR(DATE(2026,10,30)+1)-2026)*12+MONTH(DATE(2026,10,30)+1)-1", 9),
    means="已过月数和支出进度会显示错；以汇总为准。",
)


def references(function: Function) -> list[str]:
    """Where the arguments of the example stand, one reference for each."""
    places, number = [], 0
    for argument in function.example.args:
        first, number = number, number + (len(argument[0]) if isinstance(argument, tuple) else 1)
        cells = [f"{{args.{function.name}.{i}}}" for i in range(first, number)]
        places.append(cells[0] if len(cells) == 1 else f"{cells[0]}:{cells[-1]}")
    return places


def _plain_formulas() -> Iterator[Check]:
    for name, function in CATALOG.items():
        if function.plain is None:
            continue
        formula, answer = function.formula(*references(function)), function.example.answer
        means = "没有加载项时这一格会显示错；以汇总为准。"
        yield Check(f"{name}：{function.result.zh}", formula, answer, means, array=True)
        if name in ("CODE", "SENTENCE"):
            yield Check(f"{name}：普通公式，不按数组输入", formula, answer, means)


def _functions() -> Iterator[Check]:
    for function in CATALOG.values():
        formula = f'IFERROR({function.call(*references(function))},"{NO_ADD_IN}")'
        means = "函数与公式答案不同：xlperf addin install 重装。"
        yield Check(function.worksheet_name, formula, function.example.answer, means, (NO_ADD_IN, NO_ADD_IN))


COLOURS = "trial.colours"


def _trials() -> Iterator[Trial]:
    typed = "在黄格输入“{}”并回车，应被拒绝；按“取消”，再{}。"
    ignored = "不拦错误的填写；check 和汇总仍会指出。"
    part = part_of_budget("trial.funds", "budget.other_funds", "预算数 30、其他资金空白时的财政资金。")
    yield Trial("trial.funds", "规则提到空白格。" + typed.format("三十", "输入 30"), part, 30, ignored)
    yield Trial("trial.money", "金额。" + typed.format("十万", "输入 10"), money_bound("金额。"), 10, ignored)
    word = Likelihood.CERTAIN.value
    listed = choice("可能性表", "从列表选。")
    yield Trial("trial.list", "下拉列表。" + typed.format("也许", f"选“{word}”"), listed, word, ignored)
    seen = Bound("list", '"是,否"', "上一行的颜色和符号是否都在？", "请选 是 或 否。")
    what = "上一行四格应为 ● 绿底、▲ 黄底、■ 红底、◆ 红底。都看到了选“是”，否则选“否”。"
    yield Trial(COLOURS, what, seen, "是", "状态和预警只见文字；数字不受影响。")


SECTIONS = (
    Section("一、动手试一试（黄格由您填）", tuple(_trials())),
    Section("二、普通公式", INTERSECTION + ORDINARY),
    Section("三、数组公式", LIFTING),
    Section("四、四舍五入", ROUNDING),
    Section("五、大小比较", COMPARING),
    Section("六、数字和日期的写法", FORMATS),
    Section("七、中文词语", WORDS),
    Section("八、空白和类型", BLANKS),
    Section("九、日期", DATES),
    Section("十、各函数的等价公式", tuple(_plain_formulas())),
    Section("十一、加载项的函数（没有安装不算问题）", tuple(_functions())),
)
