"""The flat table of findings: every code with its severity and its sentence in Chinese and English.

1xx document · 2xx file · 3xx form integrity · 4xx values and targets · 5xx progress, compliance, scores ·
6xx department. A code is never reused.
"""

from __future__ import annotations

from typing import NamedTuple

from xlperf.model import Severity

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - the letters reviewers use


class Code(NamedTuple):
    """One kind of finding: how grave it is, and its sentence with {places} for the values."""

    severity: Severity
    zh: str
    en: str


CODES: dict[str, Code] = {
    # 1xx document
    "XPF101": Code(W, "无法理解的内容，未读入：“{text}”", "Not understood and not read: “{text}”"),
    "XPF102": Code(E, "{field}应为数字，现为“{text}”", "{field} should be a number, is “{text}”"),
    "XPF103": Code(E, "没有项目编码", "The project has no code"),
    "XPF104": Code(
        W, "表题“{heading}”与项目名称“{name}”不一致", "Heading “{heading}” and project name “{name}” differ"
    ),
    "XPF105": Code(W, "金额单位为{unit}，已换算为万元", "Amounts are in {unit}; converted to 10,000 yuan"),
    "XPF106": Code(
        W, "支出计划“{text}”未写百分号，按{share}读取", "Plan share “{text}” has no percent sign; read as {share}"
    ),
    "XPF107": Code(I, "计算符号写了两遍：“{text}”", "The operator is stated twice: “{text}”"),
    "XPF108": Code(W, "指标行缺少内容：“{text}”", "An indicator row is incomplete: “{text}”"),
    # XPF109 (no budget year) became an error that stops the command.
    "XPF110": Code(
        W, "表中有{count}个单元格不属于本表格式：“{text}”", "{count} cells do not belong to the form: “{text}”"
    ),
    "XPF111": Code(
        W, "单位“{unit}”与前文的“{first}”不同，未读入", "Budget unit “{unit}” differs from “{first}”; not read"
    ),
    "XPF112": Code(
        E, "{field}“{text}”过大或小数位过多，未读入", "{field} “{text}” is too large or too precise; not read"
    ),
    "XPF113": Code(W, "文字超过{limit}个字，已截断：“{text}”", "Text cut to {limit} characters: “{text}”"),
    # 2xx file
    "XPF201": Code(
        E,
        "文件不完整或已损坏，无法读取，请用 Excel 或 WPS 打开后另存，重新报送（{reason}）",
        "Incomplete or damaged, cannot be read; open it, save it anew and hand it in again ({reason})",
    ),
    "XPF202": Code(E, "不是 Excel 工作簿", "Not an Excel workbook"),
    "XPF203": Code(
        E, "文件有密码或已加密，请去掉密码后重新提交", "The file is encrypted; remove the password and hand it in again"
    ),
    "XPF204": Code(E, "不是本工具生成的填报表", "Not a workbook made by xlperf"),
    "XPF205": Code(E, "填报表版本过旧（{version}），请用新表重填", "The form is of another edition ({version})"),
    "XPF206": Code(
        I, "Excel 的临时锁定文件，未读取：请先关闭“{name}”", "Excel lock file, not read: close “{name}” first"
    ),
    "XPF207": Code(E, "旧的 .xls 格式，请另存为 .xlsx 后提交", "Old .xls format; save as .xlsx"),
    "XPF208": Code(E, "文件过大或异常：{reason}", "The file is too large or abnormal: {reason}"),
    "XPF209": Code(E, "文件是空的", "The file is empty"),
    "XPF210": Code(I, "不是填报表，未读取", "Not a workbook; not read"),
    "XPF211": Code(E, "文件无法打开：{reason}", "The file cannot be opened: {reason}"),
    "XPF212": Code(E, "文件中没有任何项目", "The workbook holds no project"),
    "XPF213": Code(W, "文件含有外部链接，链接内容未读取", "The workbook links to other files; those were not read"),
    "XPF214": Code(E, "二进制 .xlsb 格式，请另存为 .xlsx 后提交", "Binary .xlsb format; save as .xlsx"),
    "XPF215": Code(E, "无法确定预算年度", "Nothing in the workbook says the budget year"),
    # 3xx form integrity
    "XPF301": Code(E, "表结构被改动：缺少工作表“{sheet}”", "Structure changed: sheet “{sheet}” is missing"),
    "XPF302": Code(
        E,
        "表头或位置被改动：此处应为“{expected}”，现为“{found}”",
        "A label was altered or moved: expected “{expected}”, found “{found}”",
    ),
    "XPF303": Code(W, "填报区以外有内容，未读入：“{text}”", "Content outside the form was not read: “{text}”"),
    "XPF304": Code(I, "多出的工作表“{sheet}”，未读取", "Extra sheet “{sheet}” was not read"),
    "XPF305": Code(
        W,
        "本表有{count}个计算结果与重算不符，首处应为{expected}，现为{found}；汇总采用重算结果",
        "{count} computed cells differ from recalculation; the first should be {expected}, is {found}",
    ),
    "XPF306": Code(E, "单元格是错误值 {text}，按未填处理", "The cell holds the error {text}; taken as blank"),
    "XPF307": Code(W, "填报单元格里是公式，按其结果读取", "An input holds a formula; its result was read"),
    "XPF308": Code(
        E,
        "行或列有增删或移动，本表未读取：此处应为“{expected}”，现为“{found}”",
        "Rows or columns moved, the sheet was not read: expected “{expected}”, found “{found}”",
    ),
    "XPF309": Code(
        W, "填报区以外另有{count}处内容，未读入", "{count} more cells outside the form hold content that was not read"
    ),
    "XPF310": Code(E, "工作表“{sheet}”与“{first}”重复，未读取", "Sheet “{sheet}” repeats “{first}” and was not read"),
    "XPF311": Code(
        E, "填报单元格里的公式没有计算结果，按未填处理", "An input holds a formula without a result; taken as blank"
    ),
    "XPF312": Code(
        W,
        "单元格被合并（{area}），被盖住的内容仍按原位置读取：“{text}”",
        "Cells were merged ({area}); what is hidden under the merge was read where it stands: “{text}”",
    ),
    "XPF313": Code(
        E, "工作表标识被改动，本表未读取：“{text}”", "The sheet's marker was altered, the sheet was not read: “{text}”"
    ),
    "XPF314": Code(E, "项目表应有{expected}张，现有{found}张", "{expected} project sheets expected, {found} found"),
    "XPF315": Code(I, "空白项目表，未读入", "A blank project sheet; not read"),
    # 4xx values and targets
    "XPF401": Code(E, "{field}应为数字，现为“{text}”，未读入", "{field} should be a number, is “{text}”; not read"),
    "XPF402": Code(I, "{field}“{text}”按{value}读取", "{field} “{text}” was read as {value}"),
    "XPF403": Code(E, "{field}：{reason}", "{field}: {reason}"),
    "XPF404": Code(E, "{field}“{text}”不在可选项之内，未读入", "{field} “{text}” is not a choice; not read"),
    "XPF405": Code(
        W, "{field}“{text}”未写百分号，按{value}读取", "{field} “{text}” has no percent sign; read as {value}"
    ),
    "XPF406": Code(
        W, "{field}没有填写或无法读取，按{value}处理", "{field} is missing or cannot be read; taken as {value}"
    ),
    "XPF408": Code(E, "{field}过长，只读入前{limit}个字", "{field} is too long; only {limit} characters were read"),
    "XPF409": Code(
        E,
        "{field}被存成了数字{text}，末尾几位已丢失，请设为文本后重填",
        "{field} was stored as the number {text} and lost its last digits; enter it again as text",
    ),
    "XPF410": Code(
        E,
        "{field}应为{least}到{most}之间的整数，现为{text}，未读入",
        "{field} should be a whole number from {least} to {most}, is {text}; not read",
    ),
    "XPF411": Code(E, "{field}应为日期，现为“{text}”，未读入", "{field} should be a date, is “{text}”; not read"),
    "XPF412": Code(
        W, "{field}小数位过多（{text}），按{value}读取", "{field} has too many decimal places ({text}); read as {value}"
    ),
    "XPF413": Code(W, "指标行没有填写{field}", "An indicator row has no {field}"),
    "XPF414": Code(
        W, "指标行已清空，未读入；原指标值为“{text}”", "An emptied indicator row was not read; its target was “{text}”"
    ),
    "XPF415": Code(
        W,
        "{field}填成了百分数格式（{text}），按{value}读取",
        "{field} is formatted as a percentage ({text}); read as {value}",
    ),
    # 6xx department
    "XPF601": Code(
        E,
        "项目{project}重复报送：{files}；均未计入合计",
        "Project {project} came back more than once: {files}; none is counted",
    ),
    "XPF602": Code(E, "应报未报的项目：{project} {name}", "Expected project did not come back: {project} {name}"),
    "XPF603": Code(W, "各工作簿的年度不一致：{values}", "The workbooks are of different years: {values}"),
    "XPF604": Code(
        W,
        "各工作簿的{field}不一致：{values}；各项目按自己的{field}计算",
        "The workbooks differ in {field}: {values}; each project was computed with its own",
    ),
    "XPF605": Code(I, "汇总了{count}个单位：{values}", "{count} budget units were put together: {values}"),
    "XPF606": Code(
        E, "项目没有编码，无法查重：“{name}”", "The project has no code, so it cannot be told apart: “{name}”"
    ),
    "XPF607": Code(
        W, "同步冲突副本，未读取：请与原文件核对后只留一份", "A sync-conflict copy, not read: keep one of the two files"
    ),
    "XPF608": Code(I, "以前的汇总表，未读取", "An earlier summary, not read"),
    "XPF609": Code(
        W,
        "工作表“{sheet}”只列出前{shown}行（共{count}行），已到 Excel 的上限",
        "Sheet “{sheet}” lists {shown} of {count} rows, the most Excel can hold",
    ),
    "XPF610": Code(
        I,
        "工作表“{sheet}”只有前{shown}行带链接，其余各行写明了文件、工作表和单元格",
        "Only the first {shown} rows of sheet “{sheet}” have links; the others name file, sheet and cell",
    ),
}
