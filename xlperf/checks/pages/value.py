"""Pages of what is found while the answers of a workbook are read (40x–41x)."""

from __future__ import annotations

from decimal import Decimal

from xlperf.checks.rule import Page

PAGES: dict[str, Page] = {
    "XPF401": Page(
        "A figure stands where one belongs.",
        "金额、比例、分值等数字单元格里填的是不是数字。",
        "文字读不成数，该格按没有填写处理，合计和得分都会受影响。",
        "只填数字，不写“约”“左右”之类的字；没有的留空，说明写到偏差原因。",
        {"budget.initial": "二十"},
        {"budget.initial": 20},
    ),
    "XPF402": Page(
        "A figure or a date is stored as such, not as a text that looks like one.",
        "数字或日期是不是以文字形式填写的，如“20万元”“2026年6月30日”。",
        "本工具读得懂，表内的公式却读不懂：在表上它不参加计算，显示的结果会不对。",
        "核对读成的值；重新填成纯数字或日期，单位不要写进单元格。",
        {"budget.initial": "20万元"},
        {"budget.initial": 20},
    ),
    "XPF403": Page(
        "A figure is one that the form can hold.",
        "填写的数是否超出表格能够容纳的范围（整数部分最多9位）。",
        "金额以万元计，十亿万元以上只能是填错了单位；超出范围的数没有读入。",
        "核对单位，以元填写的请除以10000。",
        {"budget.initial": 2000000000},
        {"budget.initial": 20},
    ),
    "XPF404": Page(
        "A choice is one of those the list offers.",
        "有下拉列表的单元格，填的是不是列表中的选项。",
        "列表以外的写法不知道是什么意思，没有读入，后面的判定和计分也就没有依据。",
        "点开下拉箭头重新选择，不要粘贴。",
        {"indicators.operator": "左右"},
        {"indicators.operator": "≥"},
    ),
    "XPF405": Page(
        "A share is entered as a percentage.",
        "比例单元格里填的是20还是20%。",
        "20不等于20%：本工具按20%读取，表内公式却按2000%计算，显示的进度会错得离谱。",
        "核对读成的比例，重新填成带百分号的，如 20%。",
        {"shares.0": 20, "shares.1": 50, "shares.2": 70, "shares.3": 100},
        {"shares.0": Decimal("0.2"), "shares.1": Decimal("0.5"), "shares.2": Decimal("0.7"), "shares.3": 1},
    ),
    "XPF406": Page(
        "The parameters that all figures depend on are filled in.",
        "截止日期、填报类型、规则包、预算年度、序号等必需的内容是否填写，能不能读懂。",
        "这些内容决定进度统计到哪一天、按什么规则计分；缺了就只能用默认值，结果可能与本次要求不符。",
        "核对所用的默认值；不对的，在“参数”表或“整体绩效目标”表补填。",
        "清空“参数”表的截止日期",
        "“参数”表的截止日期填着 2026-06-30",
    ),
    "XPF408": Page(
        "A text is no longer than a cell can hold.",
        "一项文字内容是否超过32767个字。",
        "超出的部分没有读入，汇总后会缺一截。",
        "精简文字；确需详细说明的，另附文件。",
        "总体绩效目标分四行填写，每行一万字",
        "总体绩效目标填写一千字",
    ),
    "XPF409": Page(
        "A code or document number is stored as text, so that it keeps all its digits.",
        "项目编码、文号等长串数字是不是被存成了数字。",
        "表格软件只保留15位有效数字，后面的各位已经变成0，编码就此认不出来。",
        "先把单元格格式设为“文本”，再照批复重新填写。",
        {"code": Decimal("990300260004181000000")},
        {"code": "99030026P00041810002W"},
    ),
    "XPF410": Page(
        "A year or a number of order is a whole number within its bounds.",
        "预算年度是不是四位年份，序号是不是正整数。",
        "年度读不出来，整本工作簿的进度就没有依据；序号不对，项目的顺序会乱。",
        "预算年度填四位数字，如 2026；序号不要改动。",
        {"year": 26},
        {"year": 2026},
    ),
    "XPF411": Page(
        "The as-of date is a date.",
        "截止日期填的是不是日期。",
        "读不出日期，就不知道进度统计到哪一天，只能按年底计算。",
        "填成 2026-06-30 这样的日期，不要写“六月底”。",
        "“参数”表的截止日期填成“六月底”",
        "“参数”表的截止日期填成“2026年6月30日”",
    ),
    "XPF412": Page(
        "A figure has at most six decimal places.",
        "数字的小数位是否超过6位。",
        "金额以万元计，6位小数已精确到分；再多的位数多半是除法算出来的，已四舍五入。",
        "核对读成的值，把小数改为6位以内。",
        {"budget.initial": Decimal("20.12345678")},
        {"budget.initial": Decimal("20.123456")},
    ),
    "XPF413": Page(
        "An indicator row names its first-level class.",
        "填了内容的指标行是否选择了一级指标。",
        "没有一级指标，就不知道这一行的分归到产出、效益还是满意度。",
        "在下拉列表中选择一级指标；不要的行请整行清空。",
        {"indicators.level1": None},
        {"indicators.level1": "产出指标"},
    ),
    "XPF414": Page(
        "An indicator of the approved document is still there.",
        "文本里原有的指标行是不是被整行清空了。",
        "批复的指标不能随意取消；清空的行没有读入，少一个指标就少一份分。",
        "误删的请照文本补填；确已取消的，请附上调整依据并告知汇总人。",
        "把原指标值为“≥4200件”的一行全部清空",
        "原指标值为“≥4200件”的一行照常填写",
    ),
    "XPF415": Page(
        "A value in per cent is entered as the bare number, with % as its unit.",
        "指标值或实际完成值是不是填成了百分数格式。",
        "填95%，单元格里存的其实是0.95，表内公式会拿0.95去比95，判成未达标。",
        "核对读成的值；指标值填 95，单位选 %。",
        "实际完成值填成 95%，单位为 %",
        "实际完成值填成 95，单位为 %",
    ),
}
