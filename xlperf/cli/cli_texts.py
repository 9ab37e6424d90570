"""The texts of the command line in Chinese and English: help, headings, sentences."""

from __future__ import annotations

Pair = tuple[str, str]

HELP: dict[str, Pair] = {
    "program": (
        "把部门预算绩效文本变成可填报的工作簿，再把填好的工作簿汇总成部门汇总表。",
        "Turn a performance document into workbooks, and filled workbooks into a department summary.",
    ),
    "parse": ("读取部门预算绩效文本（.docx 或文本）", "read a performance document (.docx or text)"),
    "generate": ("生成填报工作簿，每个项目一张表", "make the workbooks staff fill in, one sheet per project"),
    "check": ("检查填好的工作簿或绩效文本", "check workbooks or documents"),
    "consolidate": ("汇总一个文件夹里填好的工作簿", "gather filled workbooks into a department summary"),
    "demo": ("用示例部门走完全过程", "do the whole job on the example department"),
    "rule": ("查看检查代码的说明", "show what a finding's code means"),
    "addin": ("安装或生成 Excel、LibreOffice 加载项", "build or install the add-ins for Excel and LibreOffice"),
    "addin_build": (
        "生成加载项文件 xlperf.oxt 和 xlperf.xlam（后者需要 xlwings）",
        "build the add-in files xlperf.oxt and, where xlwings is installed, xlperf.xlam",
    ),
    "addin_install": ("安装到本用户的 Excel 和 LibreOffice，不需要管理员", "install for this user; no administrator"),
    "addin_uninstall": ("从本用户的 Excel 和 LibreOffice 中移除", "remove for this user"),
    "addin_restamp": (
        "把 xlperf 工作簿里的宏换成本机 xlwings 的版本，其他工作簿不动",
        "give workbooks of xlperf the macros of the xlwings installed here; others are left alone",
    ),
    "addin_functions": ("函数手册", "manual page of the functions"),
    "doctor": ("检查本机环境，并说明每一项该怎么办", "check this PC, and say what to do about each line"),
    "doctor_files": (
        "顺带检查的工作簿；--excel-check 生成的，说明保存它的程序有何不同",
        "workbooks to check as well; of one made by --excel-check, how the program that saved it differs",
    ),
    "excel_check": (
        "生成一个自检工作簿，用 Excel 或 WPS 打开、保存后再交给 doctor（.xlsm 连同函数一起查）",
        "write a workbook that checks Excel or WPS: open and save it there, give it to doctor (.xlsm: functions too)",
    ),
    "actions": ("操作", "actions"),
    "host": ("只对其中一个程序", "only this program"),
    "workbooks": ("带宏的工作簿（.xlsm）", "workbook with macros (.xlsm)"),
    "macros": (
        "生成带宏的 .xlsm，Excel 中由函数计算（默认 .xlsx；运行过 xlperf addin install excel 的电脑默认 .xlsm）",
        "write .xlsm with macros, for functions in Excel (default .xlsx; .xlsm where the Excel add-in is installed)",
    ),
    "no_macros": ("生成不带宏的 .xlsx，优先于 --macros", "write .xlsx without macros, whatever else is said"),
    "document": ("部门预算绩效文本（.docx 或文本）", "performance document (.docx or text)"),
    "source": (
        "绩效文本，或项目清单（.xlsx/.csv，列名：项目编码、项目名称、预算数）",
        "performance document, or project list (.xlsx/.csv with columns 项目编码, 项目名称, 预算数)",
    ),
    "blank": ("不用来源文件，生成 N 张空白项目表", "no source: N blank project sheets"),
    "out_dir": ("输出文件夹", "output folder"),
    "summary": ("汇总表文件（.xlsx）", "summary workbook (.xlsx)"),
    "folder": ("存放填好的工作簿的文件夹", "folder of filled workbooks"),
    "paths": ("工作簿、绩效文本或文件夹", "workbooks, documents or folders"),
    "demo_dir": ("示例输出文件夹（默认 demo-out）", "folder for the example (default demo-out)"),
    "year": ("预算年度，如 2026", "budget year, such as 2026"),
    "split": (
        "department：一个部门一个工作簿（默认）；project：一个项目一个工作簿",
        "department: one workbook (default); project: one workbook per project",
    ),
    "as_of": ("截止日期，如 2026-10-31", "as-of date, such as 2026-10-31"),
    "pack": ("规则包（默认 national-2020）", "rule pack (default national-2020)"),
    "select": (
        "只看这些代码的问题，可写开头几位，用逗号分隔，如 XPF4,XPF129",
        "only findings of these codes or beginnings of codes, such as XPF4,XPF129",
    ),
    "ignore": ("不看这些代码的问题，写法同 --select", "leave out findings of these codes, as in --select"),
    "audit_pack": (
        "按这个规则包重算得分（默认用各工作簿自己的规则包）",
        "compute scores anew by this rule pack (default: that of each workbook)",
    ),
    "annotate": (
        "把带批注的工作簿副本写入此文件夹，原文件不改动",
        "write copies of the workbooks with the findings at their cells into this folder",
    ),
    "expected": (
        "应报项目的来源（绩效文本或项目清单），用来找出未交回的项目",
        "document or list of the projects that should come back",
    ),
    "force": ("覆盖已有文件", "replace existing files"),
    "json": ("以 JSON 输出", "print JSON"),
    "fail_on": (
        "达到此级别的问题使退出码为 1（默认 error）",
        "findings of this severity or above make the exit code 1",
    ),
    "lang": ("界面语言", "language of messages"),
    "version": ("显示版本", "show the version"),
    "code": ("代码，如 XPF401；不写则列出全部", "code, such as XPF401; none lists all"),
    "arguments": ("参数", "arguments"),
    "options": ("选项", "options"),
    "usage": ("用法：", "usage: "),
    "wrong_arguments": ("命令写法有误：", "Wrong arguments: "),
    "see_help": ("用法见：{program} --help", "See: {program} --help"),
    "commands": ("命令", "commands"),
    "help": ("显示帮助", "show this help"),
}

LINES: dict[str, Pair] = {
    "unit_line": (
        "{unit}　{year}年度　{projects}个项目　{indicators}个指标　预算合计{budget}万元",
        "{unit}, {year}: {projects} projects, {indicators} indicators, budget {budget} × 10,000 yuan",
    ),
    "project_line": (
        "{number}. {code}  {budget}万元  {indicators}个指标  {name}",
        "{number}. {code}  {budget}  {indicators} indicators  {name}",
    ),
    "document_findings": (
        "读取时发现{count}处问题，查看：xlperf check {path}",
        "{count} findings; see them with: xlperf check {path}",
    ),
    "no_findings": ("没有发现问题。", "Nothing found."),
    "file_findings": ("{file}　共{count}处", "{file}: {count}"),
    "page_what": ("查什么", "查什么"),
    "page_why": ("为什么", "为什么"),
    "page_how": ("怎么改", "怎么改"),
    "page_fires": ("例·会报", "例·会报 (fires)"),
    "page_passes": ("例·不报", "例·不报 (passes)"),
    "at_line": ("第{line}行：", "line {line}: "),
    "department_findings": ("各文件之间　共{count}处", "Between the files: {count}"),
    "not_written": ("没有写成：{path}：{reason}", "Not written: {path}: {reason}"),
    "not_annotated": ("没有做成带批注的副本：{path}：{reason}", "No annotated copy was made of {path}: {reason}"),
    "annotated": ("带批注的副本：{path}（{count}处）", "Annotated copy: {path} ({count} findings)"),
    "finding_counts": ("共{total}处：{counts}", "{total} findings: {counts}"),
    "of_severity": ("{severity}{count}", "{count} {severity}s"),
    "and_then": ("，", ", "),
    "reading": ("正在读取", "Reading"),
    "files_line": (
        "文件{files}个：汇总{consolidated}，未汇总{refused}",
        "{files} files: {consolidated} consolidated, {refused} not",
    ),
    "totals_line": (
        "项目{projects}个，指标{indicators}个，预算{budget}万元，已支付{paid}万元，执行率{rate}",
        "{projects} projects, {indicators} indicators, budget {budget}, paid {paid} (× 10,000 yuan), rate {rate}",
    ),
    "rest_in_summary": (
        "以上只列错误和文件本身的问题，其余{count}处见汇总表“问题”。",
        "Only errors and what concerns the files are listed here; {count} more are in the summary, sheet 问题.",
    ),
    "summary_written": ("部门汇总表：{path}", "Department summary: {path}"),
    "demo_document": ("一、绩效文本：{path}", "1. Performance document: {path}"),
    "demo_blank": ("二、空白填报工作簿：{path}", "2. Blank workbook: {path}"),
    "demo_filled": ("三、各项目填好交回的工作簿（{count}个）：{path}", "3. Workbooks as returned ({count}): {path}"),
    "demo_summary": ("四、部门汇总表：{path}", "4. Department summary: {path}"),
    "demo_findings": ("五、发现的问题：{path}", "5. Findings: {path}"),
    "addin_left_out": ("没有生成 {name}：{reason}", "{name} was not built: {reason}"),
    "addin_installed": ("已安装到 {host}。重新打开 {host} 后生效。", "Installed in {host}. Restart {host} to use it."),
    "addin_removed": ("已从 {host} 移除。", "Removed from {host}."),
    "restamped": (
        "{path}：宏已由 xlwings {before} 换为 {after}。",
        "{path}: macros changed from xlwings {before} to {after}.",
    ),
    "stamp_current": ("{path}：宏已是 xlwings {after}，无需更换。", "{path}: macros are of xlwings {after} already."),
    "plain_by_default": (
        "已生成 .xlsx（默认，不带宏），由公式计算。要在装有加载项的 Excel 中用函数，加 --macros 生成 .xlsm。",
        "Wrote .xlsx (the default, no macros); formulas compute. For functions in Excel add --macros: .xlsm.",
    ),
    "plain_as_asked": (
        "已按 --no-macros 生成 .xlsx，由公式计算。要带宏的 .xlsm，改用 --macros。",
        "Wrote .xlsx as --no-macros says; formulas compute. For .xlsm with macros use --macros.",
    ),
    "plain_without_xlwings": (
        "本机装有 Excel 加载项，但这个 Python 没有 xlwings，已生成 .xlsx，由公式计算。"
        '要 .xlsm，先运行 pip install "xlwings<1"。',
        'The Excel add-in is here, but this Python has no xlwings: wrote .xlsx. For .xlsm run pip install "xlwings<1".',
    ),
    "macros_by_default": (
        "已生成带宏的 .xlsm，因为本机装有 Excel 加载项。"
        "邮件发送的 .xlsm 会被拦下宏：要发给别人填报，加 --no-macros 生成 .xlsx。",
        "Wrote .xlsm with macros, for the Excel add-in is installed here. Office blocks macros that come by mail: "
        "to send workbooks to others, add --no-macros: .xlsx.",
    ),
    "macros_as_asked": (
        "已按 --macros 生成带宏的 .xlsm。邮件发送的 .xlsm 会被拦下宏：要发给别人填报，改用 --no-macros 生成 .xlsx。",
        "Wrote .xlsm with macros as --macros says. Office blocks macros that come by mail: "
        "to send workbooks to others, use --no-macros: .xlsx.",
    ),
    "as_it_is": ("{text}", "{text}"),
    "python_fine": ("Python {version}", "Python {version}"),
    "xlwings_fine": ("xlwings {version}", "xlwings {version}"),
    "xlwings_absent": (
        '没有安装 xlwings：Excel 中由公式计算。需要函数时运行 pip install "xlwings<1"',
        'xlwings is not installed: formulas compute in Excel. For functions run pip install "xlwings<1"',
    ),
    "excel_elsewhere": ("Excel 加载项只用于 Windows；本机不是 Windows", "The Excel add-in is for Windows; this is not"),
    "excel_addin_fine": ("Excel 加载项已安装（xlwings {version}）", "Excel add-in installed (xlwings {version})"),
    "excel_addin_absent": (
        "没有安装 Excel 加载项：运行 xlperf addin install excel",
        "Excel add-in not installed: run xlperf addin install excel",
    ),
    "excel_addin_other": (
        "Excel 加载项是 xlwings {found} 的，本机是 {version}：运行 xlperf addin install excel",
        "Excel add-in is of xlwings {found}, here is {version}: run xlperf addin install excel",
    ),
    "xlwings_too_new": (
        'xlwings {version} 太新，只能用 1.0 之前的：运行 pip install "xlwings<1"，再运行 xlperf addin install excel',
        'xlwings {version} is too new: run pip install "xlwings<1", then xlperf addin install excel',
    ),
    "addin_without_xlwings": (
        'Excel 加载项已安装，xlwings 却已不在：运行 pip install "xlwings<1"，再运行 xlperf addin install excel',
        'The Excel add-in has lost its xlwings: run pip install "xlwings<1", then xlperf addin install excel',
    ),
    "settings_absent": (
        "缺少用户文件夹下的 .xlperf\\xlperf.conf，宏不知道该找哪个 Python：运行 xlperf addin install excel",
        ".xlperf\\xlperf.conf is missing, so macros know no Python: run xlperf addin install excel",
    ),
    "interpreter_gone": (
        "宏要找的 Python 已不存在（{interpreter}）：运行 xlperf addin install excel，改用现在这个",
        "The Python that macros call is gone ({interpreter}): run xlperf addin install excel to use this one",
    ),
    "interpreter_other": (
        "宏找的是另一个 Python（{interpreter}）：用它运行 -m xlperf doctor 检查；"
        "要改用现在这个，运行 xlperf addin install excel",
        "Macros call another Python ({interpreter}): check with its -m xlperf doctor, "
        "or run xlperf addin install excel to use this one",
    ),
    "pywin32_absent": (
        "没有安装 pywin32，Excel 无法调用 Python：运行 pip install pywin32",
        "pywin32 is not installed, so Excel cannot call Python: run pip install pywin32",
    ),
    "dll_fine": ("宏需要的 DLL 在 {path}", "The DLL that macros need is at {path}"),
    "dll_elsewhere": (
        "宏找不到 DLL：它在 {path}（用 pip install --user 安装时会这样），宏只找 {folder} 和它的上一级文件夹。"
        "把它复制到 {folder}；没有权限时，用 py -m venv 建一个虚拟环境，在其中重新安装",
        "Macros do not find the DLL: it is at {path} (pip install --user does this), "
        "and they look in {folder} and the folder above. Copy it to {folder}, or install anew inside a venv",
    ),
    "dll_of_32_bits": (
        "缺少 {name}：32 位 Python 安装的 xlwings 不带它。改装 64 位 Python（与 Office 的位数无关）再重新安装",
        "{name} is missing: for 32-bit Python xlwings comes without it. Use a 64-bit Python, whatever Office is",
    ),
    "dll_absent": (
        "{folder} 中没有 {name}（conda 安装的 xlwings 可能缺它）："
        "运行 pip install --force-reinstall --no-deps xlwings=={version}",
        "{folder} has no {name} (conda's package may lack it): "
        "run pip install --force-reinstall --no-deps xlwings=={version}",
    ),
    "excel_from_store": (
        "本机有从 Microsoft Store 安装的 Office：第一次计算可能要等一分钟；总是显示“公式”的，请改装从官网下载的 Office",
        "Office is from the Microsoft Store: the first call may take a minute; if it never answers, use another Office",
    ),
    "macros_blocked": (
        "Excel 不许未签名的宏运行：工作簿由公式计算，结果相同。"
        "需要函数时请在 信任中心 › 宏设置 中改为“禁用宏并发出通知”",
        "Excel runs no unsigned macros: workbooks compute by formulas. Allow them in Trust Center › Macro Settings",
    ),
    "macros_blocked_by_policy": (
        "单位的策略不许未签名的宏运行：工作簿由公式计算，结果相同。需要函数时请与信息管理员商量",
        "A policy blocks unsigned macros: workbooks compute by formulas. For functions ask your administrator",
    ),
    "macros_fine": ("Excel 宏设置允许使用宏", "Excel's macro setting allows macros"),
    "office_fine": ("LibreOffice 加载项 {version}", "LibreOffice add-in {version}"),
    "office_addin_absent": (
        "LibreOffice 没有安装加载项：运行 xlperf addin install libreoffice",
        "LibreOffice has no add-in: run xlperf addin install libreoffice",
    ),
    "office_addin_other": (
        "LibreOffice 加载项是 {found}，本机 xlperf 是 {version}：运行 xlperf addin install libreoffice",
        "LibreOffice add-in is {found}, xlperf here is {version}: run xlperf addin install libreoffice",
    ),
    "stamp_none": (
        "{path}：不带宏；填报表由公式计算，不需要加载项",
        "{path}: no macros; a form computes by its formulas and needs no add-in",
    ),
    "stamp_foreign": (
        "{path}：其中的宏不是 xlperf 写入的，不检查也不更换",
        "{path}: its macros are not xlperf's; they are left alone",
    ),
    "stamp_unused": (
        "{path}：带宏，但本机没有 xlwings，由公式计算",
        "{path}: has macros, but there is no xlwings here; formulas compute",
    ),
    "book_blocked": (
        "{path}：来自邮件或网络，Office 会拦下其中的宏：关闭工作簿，右键点文件 › 属性 › 勾选“解除锁定”› 确定",
        "{path}: came by mail or from the web, so Office blocks its macros: close it, then Properties › Unblock",
    ),
    "stamp_fine": ("{path}：宏与本机 xlwings {version} 一致", "{path}: macros fit xlwings {version}"),
    "stamp_other": (
        "{path}：宏是 xlwings {found} 的，本机是 {version}：运行 xlperf addin restamp {path}",
        "{path}: macros are of xlwings {found}, here is {version}: run xlperf addin restamp {path}",
    ),
    "program_check_written": (
        "请用 Excel 或 WPS 打开这个文件，照第一节填黄格，保存，再运行：xlperf doctor {path}",
        "Open this file in Excel or WPS, fill the yellow cells as told there, save, then run: xlperf doctor {path}",
    ),
    "program_check_unsaved": (
        "{path}：尚未在 Excel/WPS 中打开并保存（最后由 {program} 写入，检查没有计算）",
        "{path}: not yet opened and saved in Excel or WPS (written by {program}; nothing was computed)",
    ),
    "program_check_other": (
        "{path}：是另一版本的 xlperf 生成的。请重新运行 xlperf doctor --excel-check",
        "{path}: made by another version of xlperf. Run xlperf doctor --excel-check anew",
    ),
    "program_check_fine": (
        "{path}：{program} 的 {count} 项检查全部相符，工作簿可以放心使用",
        "{path}: all {count} checks of {program} agree; workbooks compute there as they should",
    ),
    "program_check_counts": (
        "{path}：{program} 有 {differing} 项不同，{count} 项相符",
        "{path}: {program} differs in {differing} checks and agrees in {count}",
    ),
    "program_check_differs": (
        "第{number}项（{cell}）{what}：应为{expected}，实为{found}。{means}",
        "check {number} ({cell}) {what}: expected {expected}, found {found}. {means}",
    ),
    "program_check_harmless": ("第{numbers}项：{word}（不算问题）", "checks {numbers}: {word} (no fault)"),
    "bug_unsaved": (
        "程序内部错误，不是您的操作问题。报告无法存盘，内容如下：",
        "Internal error, not your doing. The report could not be saved; it says:",
    ),
    "bug": (
        "程序内部错误，不是您的操作问题。报告已存于：{path}",
        "Internal error, not your doing. A report was written to: {path}",
    ),
    "interrupted": ("已中断。", "Interrupted."),
}
