"""The flat table of findings: every code with its severity and its sentence in Chinese and English.

1xx document · 2xx file · 3xx form integrity · 4xx values and targets · 5xx progress, compliance, scores ·
6xx department. A code is never reused.
"""

from __future__ import annotations

from typing import NamedTuple

from xlperf.model import Severity

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - the letters reviewers use


class Code(NamedTuple):
    """One kind of finding: its severity, and its sentence with {placeholders} for the values."""

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
    "XPF114": Code(
        W,
        "表题与项目名称只有括号或全角半角不同：“{heading}”，“{name}”",
        "Heading and project name differ only in the width of characters: “{heading}”, “{name}”",
    ),
    # 12x–14x what a project is: code, name, budget, objective, classes
    "XPF121": Code(
        E,
        "项目编码应为21位编码字符：“{text}”（{problem}）",
        "No project code of 21 characters of its alphabet: “{text}” ({problem})",
    ),
    "XPF122": Code(E, "项目编码{code}与“{other}”相同", "Project code {code} is also that of “{other}”"),
    "XPF123": Code(
        W,
        "项目编码{text}的校验码不符，请逐位核对",
        "The check character of {text} does not fit; compare it digit by digit",
    ),
    "XPF124": Code(
        W,
        "项目编码的年份是{found}，预算年度是{year}：{text}",
        "The code is of {found}, the budget year is {year}: {text}",
    ),
    "XPF125": Code(
        W, "项目编码的区划{region}与其他项目的{usual}不同", "Region {region} in the code; other projects have {usual}"
    ),
    "XPF126": Code(E, "预算数应大于0，现为{value}", "The budget should be above 0, is {value}"),
    "XPF127": Code(
        E,
        "财政资金与其他资金合计{sum}，预算数为{budget}（万元）",
        "Fiscal and other funds make {sum}, the budget is {budget} (10,000 yuan)",
    ),
    "XPF128": Code(E, "没有填写绩效目标", "No objective is stated"),
    "XPF129": Code(E, "绩效目标是占位文字：“{text}”", "The objective is a placeholder: “{text}”"),
    "XPF130": Code(W, "没有填写资金用途", "The use of the money is not stated"),
    "XPF131": Code(
        E,
        "没有适用的{level1}，该类{points}分无处得",
        "No indicator of class {level1} applies; its {points} points cannot be earned",
    ),
    "XPF132": Code(W, "分项绩效目标中没有与“{name}”对应的一条", "No sub-objective belongs to project “{name}”"),
    "XPF133": Code(
        E,
        "金额{amount}与预算数{budget}相差上千倍，请核对是否误以元填写（应为万元）",
        "{amount} against a budget of {budget}: entered in yuan instead of 10,000 yuan?",
    ),
    "XPF134": Code(W, "名称中的括号全角、半角混用：“{name}”", "Brackets of two widths in the name: “{name}”"),
    "XPF135": Code(W, "没有填写部门总体绩效目标", "The department's overall objective is not stated"),
    "XPF137": Code(E, "没有项目名称", "The project has no name"),
    "XPF138": Code(W, "项目名称与项目{other}相同：“{name}”", "The name is that of project {other}: “{name}”"),
    "XPF139": Code(W, "分项绩效目标没有对应的项目：“{text}”", "A sub-objective without a project: “{text}”"),
    "XPF140": Code(E, "没有填写任何绩效指标", "The project has no indicator"),
    # 2xx file
    "XPF201": Code(
        E,
        "文件不完整或已损坏，无法读取，请用 Excel 或 WPS 打开后另存，重新报送（{reason}）",
        "Incomplete or damaged, cannot be read; open it, save it anew and hand it in again ({reason})",
    ),
    "XPF202": Code(
        E,
        "不是 Excel 工作簿，内容无法识别：可能被单位的加密软件加密，或没有下载完整，请解密或重新下载后提交",
        "Not an Excel workbook, nor anything known: perhaps encrypted by your office's software, or not downloaded"
        " whole; decrypt it or download it anew",
    ),
    "XPF203": Code(
        E, "文件有密码或已加密，请去掉密码后重新提交", "The file is encrypted; remove the password and hand it in again"
    ),
    "XPF204": Code(E, "不是本工具生成的填报表", "Not a workbook made by xlperf"),
    "XPF205": Code(
        E,
        "填报表版本（{version}）与本工具不同，请用本工具生成的表重填",
        "The form is of another edition ({version}); fill in one of this edition",
    ),
    "XPF206": Code(
        I, "Excel 的临时锁定文件，未读取：请先关闭“{name}”", "Excel lock file, not read: close “{name}” first"
    ),
    "XPF207": Code(
        E, "旧的 .xls（或 WPS 的 .et）格式，请另存为 .xlsx 后提交", "Old .xls format, or .et of WPS; save as .xlsx"
    ),
    "XPF208": Code(
        E,
        "文件过大或异常（{reason}），未读取：请用 Excel 打开，把与填报无关的内容移到别的工作簿，另存后重新报送",
        "Too large or abnormal ({reason}), not read; move what is not part of the form elsewhere and save it anew",
    ),
    "XPF209": Code(
        E,
        "文件是空的（0字节），多半没有从云盘或邮件下载到本机：请重新下载，或请对方重新发送",
        "The file is empty; most likely it was never downloaded from cloud or mail: download it, or have it sent anew",
    ),
    "XPF210": Code(
        I,
        "不是填报表，未读取；其中如有填报内容，请填在下发的 .xlsx 表里报送",
        "Not a workbook; not read. Answers in it belong in the .xlsx form that was given out",
    ),
    "XPF211": Code(E, "文件无法打开：{reason}", "The file cannot be opened: {reason}"),
    "XPF212": Code(
        E,
        "文件中没有任何项目：请连同填好的项目表，把原工作簿整个交回",
        "The workbook holds no project: hand in the whole workbook, with the projects filled in",
    ),
    "XPF213": Code(
        W,
        "文件含有外部链接（{what}），链接内容未读取",
        "The workbook links to other files ({what}); those were not read",
    ),
    "XPF214": Code(E, "二进制 .xlsb 格式，请另存为 .xlsx 后提交", "Binary .xlsb format; save as .xlsx"),
    "XPF215": Code(
        E,
        "无法确定预算年度：请交回含“整体绩效目标”“参数”的完整工作簿，或在项目表补填项目编码",
        "Nothing says the budget year: hand in the whole workbook, or fill in the project's code",
    ),
    "XPF216": Code(
        W,
        "文件里有本工具没有写入的宏，未运行、未读取：请确认来源后再启用",
        "The workbook holds macros that xlperf did not write; not run, not read: enable them only if you trust them",
    ),
    "XPF217": Code(
        W,
        "文件里有 Excel 4.0 宏表，未运行、未读取：请删除后重新报送",
        "The workbook holds Excel 4 macro sheets; not run, not read: delete them and hand it in again",
    ),
    "XPF218": Code(
        W,
        "文件里嵌有控件或其他文件（{what}），未打开、未读取",
        "The workbook embeds controls or other files ({what}); not opened, not read",
    ),
    "XPF219": Code(
        W,
        "文件会向其他程序取数（{what}），未执行、未读取",
        "The workbook asks another program for data ({what}); not asked, not read",
    ),
    "XPF220": Code(
        E,
        "程序内部错误，这个文件没有处理：不是您的操作问题，请把报告交给程序维护人（{error}；报告：{report}）",
        "Internal error, this file was left out; not your doing: pass on the report ({error}; report: {report})",
    ),
    "XPF221": Code(
        E,
        "处理超过{seconds}秒，已停止，本文件未读入：请把填报内容复制到下发的原表中重新报送",
        "Not finished after {seconds} seconds and not read: copy the answers into a fresh form and hand that in",
    ),
    "XPF228": Code(
        I,
        "文件里有宏，封印说是本工具写入的；封印可以伪造，宏未运行、未核对：来源可靠再启用",
        "The workbook holds macros, by its seal those of xlperf; a seal can be forged, and they were neither run nor"
        " compared: enable them only if you trust the source",
    ),
    "XPF229": Code(
        E,
        "这是 {what} 表格，不是 .xlsx 工作簿：请用 Excel 或 WPS 打开，另存为 .xlsx 后提交",
        "This is a table in the format {what}, no .xlsx workbook: open it in Excel or WPS and save it as .xlsx",
    ),
    "XPF230": Code(
        E,
        "这是苹果的 Numbers 表格：请在 Numbers 里用“文件－导出为－Excel”存成 .xlsx 后提交",
        "This is a table of Apple's Numbers: export it there as Excel (File, Export To) and hand in the .xlsx",
    ),
    "XPF231": Code(
        E,
        "这是压缩包（{what}），里面的文件没有读取：请先解压，再提交里面的文件",
        "This is an archive ({what}); nothing in it was read: unpack it and hand in the files",
    ),
    "XPF232": Code(
        E,
        "文件被文档加密软件加密，读不出内容：请在装有该软件的电脑上解密（或申请解密外发）后提交",
        "Encrypted by document security software, cannot be read: decrypt it on a PC with that software and hand it in"
        " again",
    ),
    "XPF233": Code(
        E,
        "文件没有下载或传输完整，缺少后面的内容：请重新下载，或请对方重新发送后提交",
        "Not downloaded or copied whole, its end is missing: download it anew, or have it sent again",
    ),
    "XPF234": Code(
        E,
        "这是 {what} 文件，不是 Excel 工作簿：请提交 .xlsx，填报内容请填在下发的原表里",
        "This is a {what} file, no Excel workbook: hand in an .xlsx; answers belong in the form that was given out",
    ),
    "XPF235": Code(
        E,
        "这是图片（{what}），图片里的内容读不出来：请提交 .xlsx，填报内容请填在下发的原表里",
        "This is a picture ({what}), which cannot be read: hand in an .xlsx; answers belong in the form that was given"
        " out",
    ),
    "XPF236": Code(
        E,
        "这是快捷方式，不是文件本身：请找到它指向的文件，提交那个文件",
        "This is a shortcut, not the file itself: hand in the file it points to",
    ),
    "XPF237": Code(
        E,
        "这是邮件（{what}），里面的附件没有读取：请打开邮件，把附件另存出来后提交",
        "This is a mail ({what}); what is attached was not read: save the attachments and hand those in",
    ),
    "XPF238": Code(
        E,
        "这是文本文件（如 CSV），不是 Excel 工作簿：填报表请提交下发的 .xlsx 原表；项目清单请把扩展名改为 .csv",
        "This is a text file, such as CSV, no Excel workbook: hand in the .xlsx form; a list of projects must be"
        " called .csv",
    ),
    "XPF239": Code(
        E,
        "文件里的项目表分属不同年度（{years}），没有“整体绩效目标”说明以哪年为准：请按年度分成几个文件报送",
        "The project sheets are of different years ({years}), and no sheet says which is meant: hand in one file each",
    ),
    "XPF240": Code(
        I,
        "{version}版填报表，已按该版读取，按现行规则检查；以后请用{current}版",
        "The form is of the older edition {version}; it was read as such and judged by today's rules; from now on use"
        " {current}",
    ),
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
        "本表有{count}个计算结果与表内公式重算不符，首处应为{expected}，现为{found}；汇总另行计算，不采用表上的结果",
        "{count} computed cells are not what their formulas give; the first should be {expected}, is {found}; results"
        " are computed anew",
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
        "单元格被合并（{area}），盖住了{count}处内容，仍按原位置读取，首处{at}是“{text}”：请取消合并，逐格核对",
        "Cells were merged ({area}) over {count} answers, which were read where they stand, the first in {at}:"
        " “{text}”; unmerge and look at each",
    ),
    "XPF313": Code(
        E, "工作表标识被改动，本表未读取：“{text}”", "The sheet's marker was altered, the sheet was not read: “{text}”"
    ),
    "XPF314": Code(E, "项目表应有{expected}张，现有{found}张", "{expected} project sheets expected, {found} found"),
    "XPF315": Code(I, "空白项目表，未读入", "A blank project sheet; not read"),
    "XPF316": Code(
        W,
        "下发时给定的内容被改动：{field}现为“{text}”，按现有内容读取",
        "Given content was changed: {field} is now “{text}”; read as it is",
    ),
    "XPF317": Code(I, "批注：{text}", "Comment: {text}"),
    "XPF318": Code(
        W,
        "工作簿的封印缺失或不全（{missing}），给定内容是否被改动无从核对",
        "The workbook's seal is missing or incomplete ({missing}); whether given content was changed cannot be told",
    ),
    "XPF319": Code(
        W,
        "封印自相矛盾：{facts}在文件属性和封印表中不同，以文件属性为准",
        "The seal contradicts itself: {facts} differ between file properties and hidden sheet; the former count",
    ),
    "XPF320": Code(
        W,
        "本表来自另一个工作簿，按现有内容读取",
        "This sheet comes from another workbook; it was read as it is",
    ),
    "XPF321": Code(I, "表上另加了{what}，内容未读取", "{what} added to the sheet; not read"),
    "XPF322": Code(
        I,
        "被隐藏的行或列（{name}）里有{count}处填报内容，已照常读取",
        "A hidden row or column ({name}) holds {count} answers; they were read as usual",
    ),
    "XPF323": Code(
        W,
        "公式被改成了固定值，本表共{count}处，首处现为“{found}”；汇总采用重算结果",
        "{count} formulas were overwritten with values, the first with “{found}”; results are computed anew",
    ),
    "XPF324": Code(
        E,
        "本表是“{first}”的副本，两张表都已读入：请只留一张",
        "This sheet is a copy of “{first}”; both were read: keep one",
    ),
    "XPF325": Code(I, "本表另有{count}条批注", "{count} more comments on this sheet"),
    "XPF326": Code(
        I,
        "本表没有任何公式，只有固定值；汇总采用重算结果",
        "The sheet has values and no formulas; results are computed anew",
    ),
    "XPF327": Code(W, "多出的工作表“{sheet}”是隐藏的，未读取", "Extra sheet “{sheet}” is hidden; it was not read"),
    "XPF328": Code(
        I,
        "缺少工作表{sheets}，填报内容照常读取；目录、下拉选项等可能失效",
        "Sheets {sheets} are missing; the answers were read, but the contents or the lists to choose from may fail",
    ),
    "XPF329": Code(W, "工作表“{sheet}”被隐藏，已照常读取", "Sheet “{sheet}” is hidden; it was read like any other"),
    "XPF330": Code(
        E,
        "有{count}处内容不在表格的命名空间之内，Excel、WPS 看不到，未读取",
        "{count} elements are in no namespace of spreadsheets; no program shows them, and they were not read",
    ),
    "XPF331": Code(
        W,
        "计算格被清空，公式不在了，本表共{count}处；汇总采用重算结果",
        "{count} computed cells were emptied, formula and all; results are computed anew",
    ),
    "XPF332": Code(
        W,
        "有{count}格看上去是空的，里面却有看不见的字符（首处“{text}”）：汇总按空白处理，表上的公式却当作已填，请清除",
        "{count} cells look empty and hold characters nobody sees, the first “{text}”: read as blank, but not by the"
        " formulas on the sheet; clear them",
    ),
    "XPF336": Code(
        I,
        "本表有{count}处说明文字与本版表样不同，不影响读取，首处为“{text}”",
        "{count} explanations on this sheet are not those of this version, the first “{text}”; no answer depends on it",
    ),
    "XPF337": Code(
        W,
        "单元格被合并（{area}），盖住了“{fields}”{count}格（{cells}），按未填处理：请取消合并，逐格填写",
        "Cells were merged ({area}) over {count} inputs ({fields}: {cells}), taken as blank; unmerge and fill in each",
    ),
    "XPF338": Code(
        I,
        "单元格被合并（{area}），其中{count}行指标都按“{text}”读取",
        "Cells were merged ({area}); “{text}” was read for each of the {count} indicators beside them",
    ),
    "XPF339": Code(
        W,
        "隐藏的标识列被删除（多半用过“检查文档”），已按表头读取；本表的来源（项目表还有序号、指标值原文）无从核对：请改报未经检查的原文件",
        "The hidden marker column was deleted (by “Inspect Document”?); the sheet was read by its labels, but its"
        " origin (and a project's number and original wording) is gone: hand in the file as it was before",
    ),
    "XPF340": Code(
        E,
        "隐藏的标识列被删除，行列也与原表不同，本表未读取：请撤销“检查文档”等操作，或把填报内容抄到新生成的表中，再报送",
        "The hidden marker column was deleted and rows or columns are not where they were; the sheet was not read: undo"
        " that, or copy the answers into a fresh form",
    ),
    "XPF341": Code(
        W,
        "文件只是工作簿的一部分，单位（{unit}）和预算年度（{year}）取自项目表和项目编码：请尽量把原工作簿整个交回",
        "Only part of a workbook: unit ({unit}) and year ({year}) are those of its project sheets and codes; better"
        " hand in the whole",
    ),
    "XPF342": Code(
        W,
        "项目表分属不同单位（{units}），单位按未填处理：请按单位分成几个文件报送",
        "The project sheets are of different units ({units}); taken as of none: hand in a file for each",
    ),
    # 4xx values and targets
    "XPF401": Code(E, "{field}应为数字，现为“{text}”，未读入", "{field} should be a number, is “{text}”; not read"),
    "XPF402": Code(I, "{field}“{text}”按{value}读取", "{field} “{text}” was read as {value}"),
    "XPF403": Code(
        E,
        "{field}{text}过大，未读入，请核对（金额以万元计）",
        "{field} {text} is too large and was not read; check it (amounts are in 10,000 yuan)",
    ),
    "XPF404": Code(E, "{field}“{text}”不在可选项之内，未读入", "{field} “{text}” is not a choice; not read"),
    "XPF405": Code(
        W, "{field}“{text}”未写百分号，按{value}读取", "{field} “{text}” has no percent sign; read as {value}"
    ),
    "XPF406": Code(
        W, "{field}没有填写或无法读取，按“{value}”处理", "{field} is missing or cannot be read; taken as “{value}”"
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
        "{field}填成了百分数格式（{text}），按{value}读取；表内公式按存入的{stored}计算",
        "{field} is formatted as a percentage ({text}); read as {value}, while the sheet's formulas take {stored}",
    ),
    "XPF416": Code(
        E,
        "{field}显示为“{text}”，单元格里存的却是{value}，无法确定以哪个为准，未读入：请把格式改为“常规”后重填",
        "{field} shows “{text}” but holds {value}; nothing tells which is meant, so it was not read: enter it again in"
        " the format General",
    ),
    "XPF417": Code(
        E,
        "{field}里放的是图片，图片里的内容读不出来，按未填处理：请填文字",
        "{field} holds a picture, which cannot be read; taken as blank: enter it as text",
    ),
    "XPF418": Code(
        I,
        "{field}{value}是以文本形式存储的数字，已照读；表内公式不把它当数字，请重新填成数字",
        "{field} {value} is a number stored as text; it was read, but to the sheet's formulas it is none: enter it as a"
        " number",
    ),
    "XPF419": Code(I, "{field}按单元格的格式读作“{value}”", "{field} was read by the format of its cell: “{value}”"),
    # 42x–43x targets
    "XPF420": Code(
        E, "符号为{operator}的指标值应为数字，现为“{text}”", "A target with {operator} should be a number, is “{text}”"
    ),
    "XPF421": Code(
        W,
        "指标值“{value}”没有计算符号，按“＝”或不涉及处理",
        "Target “{value}” has no operator; taken as “=” or not applicable",
    ),
    "XPF422": Code(E, "没有填写计量单位", "The unit of measure is missing"),
    "XPF423": Code(W, "单位栏应填计量单位，现为“{text}”", "“{text}” is no unit of measure"),
    "XPF424": Code(W, "单位栏照抄了指标名称：“{text}”", "The unit repeats the indicator: “{text}”"),
    "XPF425": Code(
        W, "{level2}的符号为{operator}，什么都不做也算达标", "{operator} on {level2}: doing nothing scores full points"
    ),
    "XPF426": Code(W, "成本指标的符号为{operator}，等于要求多花钱", "{operator} on a cost: spending more scores more"),
    "XPF427": Code(
        E,
        "成本指标值{cost}超过预算{budget}（万元）",
        "The cost target {cost} is above the budget {budget} (10,000 yuan)",
    ),
    "XPF428": Code(
        I,
        "成本指标值等于预算{cost}万元，考核不出成本控制",
        "The cost target equals the budget of {cost}; it controls nothing",
    ),
    "XPF429": Code(
        W, "不涉及的指标有分值{weight}，应为0", "An indicator that does not apply weighs {weight}; should be 0"
    ),
    "XPF430": Code(W, "比率应在0–100%之间，现为{value}%", "A rate lies within 0–100 %, is {value} %"),
    "XPF431": Code(W, "文字中的{said}与指标值{value}不一致", "The text says {said}, the target is {value}"),
    "XPF432": Code(I, "单位栏里又写了一遍计算符号：“{text}”", "The unit repeats the operator: “{text}”"),
    "XPF433": Code(
        W, "比率写成“{operator}{value}%”，应写“＝{value}%”", "“{operator} {value} %” of a rate; write “= {value} %”"
    ),
    "XPF434": Code(
        W, "满意度指标值{value}偏低，一般不低于80", "A satisfaction target of {value} is low; 80 is the usual least"
    ),
    "XPF435": Code(W, "满意度指标没有写明调查对象：“{name}”", "“{name}” does not say whose satisfaction"),
    "XPF436": Code(
        W, "{level2}属于{owner}，现在列在{level1}之下", "{level2} belongs to {owner}, stands under {level1}"
    ),
    "XPF437": Code(W, "指标值为负数（{value}），无法计分", "A target below 0 ({value}) cannot be scored"),
    "XPF438": Code(E, "一级指标“{level1}”不在规定的类别之内", "“{level1}” is no first-level class"),
    "XPF439": Code(
        W,
        "单位是%，{value}按{value}%计算，而同一行另一个数是{other}；如果是{share}，请填{whole}",
        "The unit is %, so {value} counts as {value} %, beside {other}; if {share} is meant, enter {whole}",
    ),
    "XPF440": Code(W, "“{operator}0”什么都不做也算达标", "“{operator} 0” is met by doing nothing"),
    # 44x the spend plan
    "XPF441": Code(
        E, "12月底的累计计划应为100%，现为{share}", "The plan for the end of December should be 100 %, is {share}"
    ),
    "XPF442": Code(
        E,
        "{month}月底的累计计划{share}小于{earlier_month}月底的{earlier}",
        "Month {month}: the cumulative plan {share} is below {earlier} of month {earlier_month}",
    ),
    "XPF443": Code(
        E, "{month}月底的累计计划{share}不在0–100%之间", "Month {month}: a planned share of {share} is outside 0–100 %"
    ),
    "XPF444": Code(
        W,
        "{month}月底的支出计划没有填写，尚未安排请填0%",
        "Month {month}: no planned share; enter 0 % where nothing is planned",
    ),
    "XPF445": Code(
        W,
        "{month}月底计划累计{share}，比序时进度低{points}个百分点",
        "Month {month}: planned {share}, {points} points behind the calendar",
    ),
    "XPF446": Code(W, "没有填写资金支出计划", "There is no spend plan"),
    # 45x–46x wording
    "XPF451": Code(W, "绩效指标描述照抄了三级指标：“{text}”", "The description repeats the indicator: “{text}”"),
    "XPF452": Code(W, "指标值确定依据照抄了指标：“{text}”", "The basis repeats the indicator: “{text}”"),
    "XPF453": Code(W, "“{text}”没有可以核对的标准", "“{text}” names nothing that could be verified"),
    "XPF454": Code(W, "三级指标照抄了二级指标：“{text}”", "The third level repeats the second: “{text}”"),
    "XPF455": Code(W, "指标“{name}”与项目“{other}”的相同", "Indicator “{name}” is the same as on project “{other}”"),
    "XPF456": Code(
        W, "公开的文字中有疑似个人信息：{text}", "What may be personal data in a text to be published: {text}"
    ),
    "XPF457": Code(W, "指标“{name}”与第{row}行重复", "Indicator “{name}” repeats row {row}"),
    "XPF458": Code(W, "没有填写指标值确定依据", "The basis of the target is missing"),
    "XPF459": Code(W, "没有填写三级指标", "The indicator has no name"),
    "XPF460": Code(W, "没有填写绩效指标描述", "The indicator has no description"),
    # 50x money paid
    "XPF501": Code(E, "全年支付{paid}万元，超过预算{budget}万元", "Paid {paid} of a budget of {budget} (10,000 yuan)"),
    "XPF503": Code(
        W, "预算执行率{rate}低于90%，没有写明偏差原因", "An execution rate of {rate}, below 90 %, without a reason"
    ),
    "XPF504": Code(W, "支出预警为“{light}”，没有写明偏差原因", "The light is “{light}”, without a reason"),
    "XPF505": Code(
        W,
        "{month}月到截止日期{as_of}尚未结束，已填支付{amount}万元，未计入进度",
        "Month {month} has not ended by {as_of}; {amount} paid in it is not counted",
    ),
    "XPF506": Code(E, "到{month}月累计支付为负数：{total}万元", "By month {month} the sum paid is below 0: {total}"),
    "XPF507": Code(
        W, "没有填写任何支付数，至今没有支付的请在1月填0", "No payment is entered; enter 0 for January if none was made"
    ),
    "XPF508": Code(E, "合计{said}与各行之和{total}不符", "The total says {said}, its parts make {total}"),
    "XPF509": Code(
        E,
        "{field}为{value}，应在{least}到{most}之间且滞后线小于正常线；{count}个项目的预警或指标状态因此与按默认值计算的不同",
        "{field} is {value}, should lie within {least} and {most}, 滞后线 below 正常线; "
        "{count} projects have other lights or states by it than by the default",
    ),
    "XPF510": Code(
        W,
        "{field}为{value}，应在{least}到{most}之间，且滞后线小于正常线",
        "{field} is {value}, should lie within {least} and {most}, 滞后线 below 正常线",
    ),
    "XPF511": Code(
        E,
        "截止日期{date}不在预算年度{year}之内，也不在前后三个月之内",
        "The as-of date {date} is neither in the budget year {year} nor within three months of it",
    ),
    # 52x–53x results and scores
    "XPF521": Code(E, "得分{score}不在0与分值{weight}之间", "Score {score} is outside 0 and the weight {weight}"),
    "XPF522": Code(E, "指标分值合计{sum}，应为{should}", "The weights make {sum}, should make {should}"),
    "XPF523": Code(
        W,
        "得分为{said}，按规则包“{pack}”重算为{score}（{sum}）",
        "The score is {said}; by rule pack “{pack_en}” it is {score} ({sum})",
    ),
    "XPF524": Code(E, "得分{score}低于分值{weight}，没有写明偏差原因", "Score {score} of {weight} without a reason"),
    "XPF525": Code(
        W,
        "完成值{actual}未达到指标值{target}，没有写明偏差原因",
        "{actual} against a target of {target}, without a reason",
    ),
    "XPF526": Code(
        W,
        "完成值{actual}远超指标值{target}，没有写明原因",
        "{actual} far exceeds the target {target}, without a reason",
    ),
    "XPF527": Code(
        E, "实际完成值应为数字，现为“{text}”，无法判定", "The result should be a number, is “{text}”; undecidable"
    ),
    "XPF528": Code(
        E,
        "评为“{rating}”，评分{points}不在该档次区间（分值{weight}）",
        "Rated “{rating}”: {points} of {weight} points lie outside that band",
    ),
    "XPF529": Code(
        W, "{count}项指标的完成值全都恰好等于指标值，请据实填写", "All {count} results equal their targets exactly"
    ),
    "XPF530": Code(E, "分值应在0到100之间，现为{weight}", "A weight lies within 0–100, is {weight}"),
    "XPF531": Code(W, "这一行没有分值", "This indicator has no weight"),
    "XPF532": Code(W, "评为“{rating}”，没有填写定性评分", "Rated “{rating}”, without points"),
    "XPF533": Code(
        I,
        "定量指标按公式计分，手填的{points}分不起作用",
        "A quantitative indicator is scored by formula; {points} points by hand are ignored",
    ),
    "XPF534": Code(W, "未达标的指标没有选择完成可能性", "An unmet indicator without a likelihood"),
    "XPF535": Code(W, "有{count}项指标没有填写实际完成值", "{count} indicators have no result"),
    "XPF537": Code(
        W,
        "总分为{said}，按规则包“{pack}”重算为{score}",
        "The total score is {said}; by rule pack “{pack_en}” it is {score}",
    ),
    "XPF538": Code(
        W, "填了完成值仍无法判定，请先改正指标值或符号", "Undecidable: correct the target or its operator first"
    ),
    "XPF539": Code(
        E,
        "定性指标应填 达成、部分达成 或 未达成，现为“{text}”",
        "A qualitative result is one of three ratings, is “{text}”",
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
    "XPF611": Code(
        W,
        "文件名像是“{original}”的副本，两份内容不同，都已读取：请核对后只留一份",
        "By its name a copy of “{original}”, but not the same; both were read: compare them and keep one",
    ),
    "XPF612": Code(
        W,
        "汇总期间文件被改动或移走，请重新汇总",
        "The file was changed or moved while it was being consolidated: consolidate again",
    ),
    "XPF613": Code(
        I, "与“{first}”内容完全相同，只汇总那一份", "The very same as “{first}”; only that one was consolidated"
    ),
    "XPF614": Code(
        I,
        "文件名像是副本或备份，请确认报送的是定稿",
        "By its name a copy or backup: make sure it is the final version",
    ),
    "XPF615": Code(
        E,
        "有支付{paid}万元，执行预算却为空、为 0 或未读入：合计的预算执行率等因此偏高，请先改正其预算",
        "{paid} (10k yuan) were paid, but the budget is blank, 0 or was not read: the department's rates are too high",
    ),
}
