"""Sentences of errors, names of fields, severities and what is wrong with codes, each as (Chinese, English).

The sentences of findings stand with their codes in `checks/table.py`.
"""

from __future__ import annotations

from xlperf.measure.codes import LENGTH
from xlperf.measure.statuses import CODE_CHARACTER, CODE_LENGTH

Pair = tuple[str, str]

# Names of the fields of the model.
FIELDS: dict[str, Pair] = {
    "unit": ("单位", "unit"),
    "year": ("年度", "year"),
    "overall_objective": ("总体绩效目标", "overall objective"),
    "sub_objectives": ("分项绩效目标", "sub-objectives"),
    "safeguards": ("工作保障措施", "safeguards"),
    "projects": ("项目", "projects"),
    "number": ("序号", "number"),
    "code": ("编码", "code"),
    "name": ("名称", "name"),
    "budget": ("预算", "budget"),
    "initial": ("预算数", "initial budget"),
    "adjusted": ("调整后预算", "adjusted budget"),
    "fiscal_funds": ("财政资金", "fiscal funds"),
    "other_funds": ("其他资金", "other funds"),
    "carryover": ("上年结转", "carryover"),
    "upper_grants": ("上级补助", "grants from above"),
    "special_account": ("财政专户管理资金", "special fiscal account"),
    "own_funds": ("单位资金", "own funds"),
    "adjusted_funds": ("调整后资金", "adjusted funds"),
    "purpose": ("资金用途", "purpose"),
    "spend_plan": ("资金支出计划", "spend plan"),
    "shares": ("累计比例", "shares"),
    "payments": ("各月支付数", "monthly payments"),
    "objectives": ("绩效目标", "objectives"),
    "indicators": ("绩效指标", "indicators"),
    "id": ("指标标识", "identity"),
    "level1": ("一级指标", "level 1"),
    "level2": ("二级指标", "level 2"),
    "description": ("绩效指标描述", "description"),
    "target": ("指标值", "target"),
    "operator": ("计算符号", "operator"),
    "operator_stated": ("是否写明符号", "operator stated"),
    "value": ("数值", "value"),
    "raw": ("原文", "raw text"),
    "basis": ("指标值确定依据", "basis"),
    "weight": ("分值", "weight"),
    "actual": ("实际完成值", "actual"),
    "points": ("定性评分", "points"),
    "deviation_reason": ("偏差原因", "deviation reason"),
    "deviation_kinds": ("偏差原因类别", "kinds of deviation"),
    "likelihood": ("完成可能性", "likelihood"),
    "remark": ("备注", "remark"),
    "deduction": ("扣减分数", "deduction"),
    "paid": ("执行数", "paid"),
    "expected": ("全年预计", "expected by the end of the year"),
    "attained": ("目标完成情况", "what was attained"),
    "measures": ("纠偏措施", "measures"),
    "conclusion": ("评价结论", "conclusion"),
    "problems": ("存在问题", "problems"),
    "interim": ("监控时填报", "as monitored"),
    "department": ("主管部门", "department"),
    "as_of": ("截止日期", "as-of date"),
    "period": ("填报类型", "period"),
    "pack": ("规则包", "rule pack"),
    "plan_method": ("计划口径", "plan method"),
    "yellow": ("滞后线", "yellow threshold"),
    "green": ("正常线", "green threshold"),
    "over_monitoring": ("超额线（监控）", "over-fulfilment (monitoring)"),
    "over_self_evaluation": ("超额线（自评）", "over-fulfilment (self-evaluation)"),
}

SEVERITIES: dict[str, Pair] = {"error": ("错误", "error"), "warning": ("提醒", "warning"), "info": ("提示", "note")}

# What is wrong with a project code, by what `check_code` says of it.
CODE_PROBLEMS: dict[str, Pair] = {
    CODE_LENGTH: (CODE_LENGTH, f"not of {LENGTH} characters"),
    CODE_CHARACTER: (CODE_CHARACTER, "characters no code has"),
}

# Why a command stopped and what to do, by the key of its `XlperfError`.
# fmt: off
ERRORS: dict[str, Pair] = {
    "source_missing": ("找不到文件：{path}。请核对路径。", "File not found: {path}. Check the path."),
    "source_is_folder": ("这是文件夹，不是文件：{path}。", "This is a folder, not a file: {path}."),
    "dataset_set_aside": (
        "{path} 不能用作数据集（被改动、损坏、由另一版本生成或是别的文件），已改名为 {place}，全部文件已重新读取。",
        "{path} cannot be used as a dataset (altered, damaged, of another version or some other file). "
        "It was renamed to {place}, and every file was read anew."),
    "dataset_unused": ("数据集 {path} 这次没有使用或没有更新：{reason} 汇总表不受影响。",
        "The dataset {path} was not used or not renewed: {reason} The summary is as it should be."),
    "dataset_unusable": ("不是 xlperf 的数据集，或已损坏：{path}。数据集是汇总表旁边同名的 .sqlite，没有的请重新汇总。",
        "No dataset of xlperf, or damaged: {path}. The dataset is the .sqlite beside the summary; where there is none, "
        "consolidate anew."),
    "folder_empty": ("文件夹里没有文件：{path}。请核对路径。", "There is no file in {path}. Check the path."),
    "source_empty": ("文件是空的：{path}。请重新取得原文件。", "The file is empty: {path}. Get the original again."),
    "source_binary": ("无法识别的文件：{path}。请提供 .docx 或文本格式的部门预算绩效文本。",
        "Unknown kind of file: {path}. Give the performance document as .docx or text."),
    "source_other_document": (
        "这是 {what} 文件，读不了里面的文字：{path}。请用 Word 或 WPS 打开，另存为 .docx；扫描件、图片请索取原件。",
        "A {what} file, whose text cannot be read: {path}. Open it in Word or WPS and save it as .docx; instead of a"
        " scan or picture, ask for the .docx it was made from."),
    "source_unreadable": ("无法读取 {path}：{reason}。", "Cannot read {path}: {reason}."),
    "source_unrelated": ("{path} 中没有找到任何项目绩效目标表。请确认这是部门预算绩效文本。",
        "No project table found in {path}. Is it the performance document?"),
    "source_undecodable": ("无法识别 {path} 的文字编码。请另存为 UTF-8 文本或 .docx 后重试。",
        "The text encoding of {path} is unknown. Save it as UTF-8 text or .docx."),
    "source_broken_cells": (
        "{path} 的表格在转成文本时被拆断，第{line}行的项目编码不完整，没有读入。"
        "请提供转换之前的文件（.docx、.doc 或网页）。",
        "The tables of {path} were broken when it became text: the project code in line {line} is cut in two, and"
        " nothing was read. Give the file it was made from (.docx, .doc or the web page)."),
    "source_damaged": ("文件已损坏：{path}。请用 Word 或 WPS 打开并另存为新的 .docx。",
        "The file is damaged: {path}. Open it in Word or WPS and save it as a new .docx."),
    "source_abnormal": ("文件过大或结构异常，未打开：{path}。请用 Word 或 WPS 另存为新的 .docx。",
        "The file is too large or abnormal and was not opened: {path}. Save it anew as .docx."),
    "source_encrypted": ("文件有密码或已加密：{path}。请去掉密码后重试。",
        "The file is encrypted: {path}. Remove the password and try again."),
    "source_old_word": ("旧的 .doc 格式：{path}。请在 Word 或 WPS 中另存为 .docx。",
        "Old .doc format: {path}. Save it as .docx in Word or WPS."),
    "source_needs_office": (
        "{what} 格式，本机没有安装 LibreOffice，读不了：{path}。"
        "请在 Word 或 WPS 中另存为 .docx，或安装 LibreOffice 后重试。",
        "{what}, which cannot be read here without LibreOffice: {path}. Save it as .docx in Word or WPS, or install"
        " LibreOffice and try again."),
    "source_not_converted": (
        "LibreOffice（须有 Writer）没有打开这个 {what} 文件，或超过{seconds}秒：{path}。"
        "请在 Word 或 WPS 中打开，去掉密码，另存为 .docx。",
        "LibreOffice (with Writer) did not open this {what} file, or took longer than {seconds} s: {path}. Open it in"
        " Word or WPS, remove any password and save it as .docx."),
    "source_tables_lost": (
        "LibreOffice 打开这个 {what} 文件时有表格散成了文字，为免漏读，没有读入：{path}。"
        "请在 Word 或 WPS 中另存为 .docx。",
        "LibreOffice made text of a table in this {what} file; lest anything be missed, nothing was read: {path}."
        " Save it as .docx in Word or WPS."),
    "source_needs_pdf": (
        "PDF 文件：{path}。读 PDF 需要 pdfplumber，请运行 pip install pdfplumber 后重试；"
        "或用 Word、WPS 打开，另存为 .docx。",
        "A PDF file: {path}. Reading it takes pdfplumber: run pip install pdfplumber and try again,"
        " or open it in Word or WPS and save it as .docx."),
    "source_scanned": (
        "这个 PDF 里没有文字，多半是扫描件：{path}。请索取原来的 .docx，或经文字识别并核对后另存为 .docx。",
        "This PDF holds no text and is probably a scan: {path}. Ask for the .docx it was made from, or have its text"
        " recognised, check it and save it as .docx."),
    "year_unknown": ("{path} 中没有写明预算年度。请用 --year 指明，如 --year 2023。",
        "{path} does not name the budget year. Give it with --year, such as --year 2023."),
    "year_out_of_range": ("年度应在2000至2099之间，现为{year}。", "The year must be from 2000 to 2099, is {year}."),
    "as_of_far_from_the_year": (
        "截止日期 {date} 离预算年度{year}太远，应在{first}到{last}之间。请核对 --as-of（或 xlperf.toml 里的 as-of）。",
        "The as-of date {date} is far from the budget year {year}: it should be from {first} to {last}. "
        "Check --as-of, or as-of in xlperf.toml."),
    "blank_needs_year": ("空白表需要指明年度，如 --year 2026。", "Blank forms need a year, such as --year 2026."),
    "blank_is_a_plan": ("空白表只能是绩效目标表（--period plan）。", "Blank forms can only be plans (--period plan)."),
    "returned_needs_period": (
        "来源是收回的工作簿（{path}），请指明要生成哪一期的表：--period plan、monitoring 或 self-evaluation。",
        "The source is workbooks that came back ({path}): say for which period to make new ones, with --period plan, "
        "monitoring or self-evaluation."),
    "plan_beside_plan": ("--plan 只和收回的工作簿一起使用，来源（{path}）本身已是绩效文本或清单。",
        "--plan goes with workbooks that came back; the source ({path}) is a document or list itself."),
    "no_indicators": ("{path} 里没有绩效指标，请先生成绩效目标表（--period plan），填好后再用它生成这一期的表。",
        "{path} holds no indicators: make plans first (--period plan) and this period's forms from them once filled."),
    "source_partly_read": (
        "{path} 有{count}格没有读懂（如“{text}”），没有生成。先检查（xlperf check）看是哪些格；"
        "确认都与项目无关的，在命令行加 --accept-partial。",
        "{count:cell|cells} of {path} not understood (such as “{text}”); nothing was made. xlperf check says which; "
        "where none of them matters, add --accept-partial on the command line."),
    "source_without_projects": ("{path} 里没有项目（只有部门整体的表），没有可以检查或生成的。",
        "{path} holds no project (only tables about the department as a whole): there is nothing to check or make."),
    "year_before_the_workbooks": ("收回的工作簿是{year}年度的，不能生成更早年度的表；--year 写{year}或以后的年度。",
        "The workbooks are of {year}; --year can be {year} or later, not before."),
    "next_year_is_a_plan": ("收回的工作簿是{year}年度的，其他年度只能生成绩效目标表（--period plan）。",
        "The workbooks are of {year}; for another year only plans can be made (--period plan)."),
    "nothing_of_period": ("{path} 里没有这一年度、这一阶段的工作簿，请核对 --period、--year 和 xlperf.toml 里的 year。",
        "{path} holds no workbook of this year and period. Check --period, --year, and year in xlperf.toml."),
    "none_returned": ("{path} 里没有读得出的填报工作簿。请核对路径，或先用 xlperf check 查看原因。",
        "No workbook in {path} could be read. Check the path, or see the reasons with xlperf check."),
    "nothing_to_paste": ("{path} 里没有读得出的运行监控或绩效自评工作簿，无从粘贴。原因可用 xlperf check 查看。",
        "{path}: no workbook of monitoring or self-evaluation could be read; see the reasons with xlperf check."),
    "source_or_blank": ("请给出来源文件，或用 --blank N 生成空白表，二者选一。",
        "Give either a source or --blank N, one of the two."),
    "pack_unknown": ("没有名为“{pack}”的规则包。{hint}现有：{known}；说明见 xlperf pack。",
        "There is no rule pack “{pack}”. {hint}There are: {known}; xlperf pack explains them."),
    "function_unknown": ("没有函数 {name}。{hint}现有：{known}。", "No function {name}. {hint}There are: {known}."),
    "preferences_unreadable": ("设置文件 {path} 无法读取：{reason}。",
        "Cannot read the settings in {path}: {reason}."),
    "preferences_undecodable": ("设置文件 {path} 不是 UTF-8 文本。请用记事本打开，另存为，编码选 UTF-8。",
        "The settings in {path} are not UTF-8 text. Save the file anew, as UTF-8."),
    "preferences_damaged": (
        "设置文件 {path} 写法有误：{reason}。每行一项，如 pack = \"hubei\"，文字写在英文引号里；"
        "有 [pack.\"名称\"] 的文件不写 pack = …，在 [pack] 下写 use = \"名称\"。",
        "The settings in {path} are damaged: {reason}. One to a line, such as pack = \"hubei\", texts in quotes; "
        "a file with [pack.NAME] has use = \"NAME\" under [pack] in place of pack = …"),
    "preference_misspelt": ("设置文件 {path} 中没有 {name} 这一项，是否应为 {known}？",
        "The settings in {path} know no {name}; is {known} meant?"),
    "preference_unknown": ("设置文件 {path} 中没有 {name} 这一项，可以写的有 {known}。",
        "The settings in {path} know no {name}; there are {known}."),
    "preference_wrong": ("设置文件 {path} 中的 {name} 应为{wanted}，现为 {value}。{hint}",
        "{hint}In the settings in {path}, {name} should be {wanted}, is {value}."),
    "own_pack_taken": ("设置文件 {path} 中 {table} 的名称“{pack}”已是另一个规则包的，请换一个名称。",
        "In the settings in {path}, {table} has the name “{pack}” of another rule pack: give it another."),
    "own_pack_unnamed": ("设置文件 {path} 中 {table} 的名称为空，或含有看不见的字符，请换一个名称。",
        "In the settings in {path}, the name of {table} is blank or has characters nobody sees: give it another."),
    "code_unknown": ("没有代码 {code}。{hint}代码从 {first} 到 {last}，运行 xlperf rule 查看全部。",
        "No code {code}. {hint}They go from {first} to {last}; list them with: xlperf rule."),
    "ledger_without_columns": (
        "{path} 中没有同时含“项目编码”“支付日期”（或“月份”）“支付金额”的标题行。请核对是不是支付台账的导出表。",
        "No row of {path} has all the headings 项目编码, 支付日期 (or 月份) and 支付金额. Is it the ledger's export?"),
    "ledger_without_unit": (
        "{path} 没有写明金额单位是元还是万元。请在标题里写明，如“支付金额（元）”，再重试。",
        "{path} does not say whether amounts are in 元 or 万元. Say so in the heading: “支付金额（元）”."),
    "ledger_too_large": ("{path} 的金额合计过大，请核对金额单位。",
        "The amounts in {path} add up to too much; check their unit."),
    "list_without_columns": (
        "{path} 中没有找到项目清单：看得见的表的前30行里，没有一行写着“项目编码”“项目名称”“预算数”这样的列名；"
        "也没有项目绩效目标表。",
        "No project list in {path}: in the first 30 rows of the sheets that show, no row has headings such as "
        "项目编码, 项目名称 and 预算数. Nor is there a project table."),
    "list_codes_unread": ("{path} 的项目编码没有读出来，看不出预算年度。{place}：{reason}。",
        "No project code of {path} could be read, so nothing says the budget year. {place}: {reason}."),
    "list_too_long": ("{path} 的项目超过{most}个（从第{row}行起），请分成几份清单。",
        "{path} lists more than {most} projects (from row {row} on). Split it into several lists."),
    "list_empty": ("{path} 中没有项目。", "{path} lists no project."),
    "too_many_projects": (
        "一个工作簿最多放{most}个项目，这里有{count}个。请加 --split project（每个项目一个工作簿），或把清单分成几份。",
        "A workbook holds {most} projects at most, here are {count}. "
        "Add --split project for a workbook each, or split the list."),
    "target_exists": ("目标已存在，未覆盖：{path}。如需覆盖请加 --force。",
        "The target exists and was left alone: {path}. Use --force to replace it."),
    "target_unwritable": ("无法写入 {path}：{reason}。原有文件未改动。",
        "Cannot write {path}: {reason}. Nothing there was changed."),
    "target_busy": ("另一个 xlperf 正在写入 {path}（{who}）。请等它完成后重试。",
        "Another xlperf is writing {path} ({who}). Wait until it is done and try again."),
    "lock_in_the_way": (
        "无法写入 {path}：{lock} 是链接或文件夹，不是 xlperf 的临时文件。请把它移走后重试，原有文件未改动。",
        "Cannot write {path}: {lock} is a link or a folder, no temporary file of xlperf. Move it away and try again;"
        " nothing was changed."),
    "target_leads_nowhere": (
        "{path} 是链接，指向不存在的 {place}，没有写入。请删除这个链接，或另给一个文件名。",
        "{path} is a link to {place}, which does not exist; nothing was written. Remove the link or give another name.",
    ),
    "target_is_folder": ("{path} 是一个文件夹，不能写成文件。请另给一个文件名。",
        "{path} is a folder and cannot become a file. Give the name of a file."),
    "target_is_device": ("{path} 是设备或管道，不能换成文件，没有写入。请另给一个文件名。",
        "{path} is a device or a pipe and is not replaced; nothing was written. Give another name."),
    "target_is_source": ("{path} 是要汇总的文件之一，不会被覆盖。请另给一个文件名。",
        "{path} is one of the files to consolidate and is not replaced. Give another name."),
    "target_protected": ("{path} 是只读文件，未覆盖。请去掉只读属性，或另给一个文件名。",
        "{path} is marked read-only and was left alone. Take the mark off, or give another name."),
    "target_read_only": ("无法写入 {path}：所在磁盘或共享文件夹是只读的。请换一个位置。",
        "Cannot write {path}: its disk or shared folder is read-only. Choose another place."),
    "target_denied": ("没有权限写入 {path}。请换一个位置，或请管理员开通写入权限。原有文件未改动。",
        "You may not write {path}. Choose another place, or ask for permission. Nothing there was changed."),
    "folder_is_file": ("无法写入 {path}：路径中应为文件夹的地方是一个文件。请核对路径。",
        "Cannot write {path}: a file stands where a folder should be. Check the path."),
    "path_too_long": ("路径或文件名太长：{path}。请改短，或换到上一级文件夹。",
        "The path or name is too long: {path}. Shorten it, or choose a folder further up."),
    "disk_full": ("磁盘已满，无法写入 {path}。请清理磁盘或换一个位置后重试。原有文件未改动。",
        "The disk is full: cannot write {path}. Free some space or choose another place. Nothing there was changed."),
    "output_unwritable": ("结果无法输出：{reason}。请检查输出到的磁盘或文件后重试。",
        "The result could not be printed: {reason}. Check the disk or file it goes to and try again."),
    "temporary_full": ("临时文件夹 {path} 所在的磁盘已满。请清理磁盘后重试；没有写入任何文件。",
        "The disk of the temporary folder {path} is full. Free some space and try again; nothing was written."),
    "temporary_unwritable": ("临时文件夹 {path} 无法使用：{reason}。请检查环境变量 TMPDIR 或 TEMP；没有写入任何文件。",
        "The temporary folder {path} cannot be used: {reason}. Check TMPDIR or TEMP; nothing was written."),
    "target_open": ("无法写入 {path}：文件正被其他程序（多半是 Excel 或 WPS）打开。请关闭后重试。",
        "Cannot write {path}: another program (probably Excel or WPS) has it open. Close it and try again."),
    "xlwings_missing": ('没有安装 xlwings，无法生成带宏的工作簿或 Excel 加载项。请运行 pip install "xlwings<1"；'
        "不带宏的 .xlsx 不需要它，由公式计算。",
        'xlwings is not installed, so there are no macros to write. Run pip install "xlwings<1"; '
        "workbooks without macros (.xlsx) do not need it."),
    "xlwings_unknown": (
        '不认识已安装的 xlwings {version} 的宏。请运行 pip install "xlwings<1"，或用 --no-macros 生成不带宏的工作簿。',
        "The macros of the installed xlwings {version} are not what xlperf knows. "
        'Run pip install "xlwings<1", or write workbooks without macros: --no-macros.'),
    "office_missing": (
        "没有找到 LibreOffice。请安装 LibreOffice 25.2 或更新版本；已安装的，请把它的 program 文件夹加入 PATH。",
        "LibreOffice was not found. Install LibreOffice 25.2 or later, or put its program folder on the PATH."),
    "office_refused": ("LibreOffice 没有完成操作：{reason}。请关闭 LibreOffice 后重试；需要 25.2 或更新版本。",
        "LibreOffice did not do it: {reason}. Close LibreOffice and try again; it must be 25.2 or later."),
    "office_silent": ("LibreOffice 在 {seconds} 秒内没有回应。请关闭 LibreOffice 后重试。",
        "LibreOffice did not answer within {seconds} seconds. Close LibreOffice and try again."),
    "macros_missing": ("{path} 中没有 xlperf 的宏，未改动。",
        "{path} holds no macros of xlperf; it was left alone."),
    "addin_windows_only": (
        "Excel 加载项只能装在 Windows 上。其他系统请安装 LibreOffice 加载项，或直接使用工作簿中的公式。",
        "The Excel add-in is for Windows only. Elsewhere install the LibreOffice add-in, or rely on the formulas."),
    "addin_python_unspellable": (
        "Excel 的宏认不出 {path} 里的生僻字，没有安装加载项；工作簿由公式计算，结果相同。",
        "Macros of Excel cannot read characters in {path}, so no add-in was installed; workbooks compute by formulas."),
    "bundle_needs": ("做安装包需要 {name}。请运行 pip install {name} 后重试。",
        "Building a package needs {name}. Run pip install {name} and try again."),
    "bundle_not_installed": (
        "找不到 xlperf 自己的安装信息，不能把它放进安装包。请用 pip 安装 xlperf 后重试。",
        "The metadata of xlperf itself were not found. Install it with pip and try again."),
    "bundle_wheels_missing": ("缺少 {platform} 用的 wheel：{names}。没有写成安装包。",
        "Wheels for {platform} are missing: {names}. No package was written."),
    "bundle_xlwings_other": (
        "安装包里的 xlwings 是 {version}，这里安装的是 {here}，加载项会对不上。"
        "请运行 pip install xlwings=={version} 后重试。",
        "The package has xlwings {version}, here is {here}, and the add-in would not fit. "
        "Run pip install xlwings=={version} and try again."),
    "bundle_part_unreadable": ("{path} 无法读取：{reason}。请重新下载。",
        "{path} cannot be read: {reason}. Fetch it again."),
    "bundle_python_not_windows": (
        "{path} 不是 64 位 Windows 的 embeddable Python。请从 python.org 下载 Windows embeddable package (64-bit)。",
        "{path} is no embeddable Python for 64-bit Windows. Get python.org's Windows embeddable package (64-bit)."),
    "bundle_python_not_linux": ("{path} 里没有 {machine} 的独立 Python（bin/python3.x）。请核对文件和 --arch。",
        "{path} holds no standalone Python (bin/python3.x) for {machine}. Check the file and --arch."),
    "bundle_python_of_debian": (
        "{path} 是系统自带的 Python（Debian、UOS、麒麟），离开那台电脑不能用。请改用能整体搬动的独立 Python。",
        "{path} is the Python of a system (Debian, UOS, Kylin) and works nowhere else. Give a standalone one."),
    "bundle_not_running": ("现在运行的不是安装包里的 xlperf。请解压安装包，双击里面的“安装”或“卸载”。",
        "This xlperf runs from no package. Extract the package and run 安装 or 卸载 in it."),
    "bundle_damaged": ("{path} 不完整：{names}。请重新解压；被杀毒软件删除的，先把文件夹加入信任。没有安装。",
        "{path} is not complete: {names}. Extract it again; where an antivirus program removed files, trust the folder "
        "first. Nothing was installed."),
    "install_no_folder": ("系统没有给出 {name} 文件夹，无法继续。请与信息管理员商量。",
        "The system names no folder {name}. Ask your administrator."),
    "install_folder_foreign": ("{path} 里不是 xlperf，没有改动。请把这个文件夹移走后重试。",
        "{path} holds something other than xlperf and was left alone. Move it away and try again."),
    "install_in_use": (
        "xlperf 正在使用中（{who}）：{path}。请关闭 Excel 和正在运行的 xlperf 后重试，现在什么也没有改动。",
        "xlperf is in use ({who}): {path}. Close Excel and every xlperf and try again; nothing was changed."),
    "drop_whole_disk": ("{path} 是整个磁盘，旁边没有地方放结果。请改用其中的一个文件夹。",
        "{path} is a whole disk, and nothing lies beside it. Use a folder in it."),
    "drop_one_source": ("一次只能用一个文件或一个文件夹生成填报表。收回的工作簿请放进一个文件夹，用这个文件夹。",
        "Workbooks are made of one file or one folder. Put what came back into a folder and use that."),
}
# fmt: on
