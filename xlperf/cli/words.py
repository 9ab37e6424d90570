"""What the command line says, in Chinese and English: help, headings, closing lines."""

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
        "把工作簿里的宏换成本机 xlwings 的版本",
        "give a workbook the macros of the xlwings installed here",
    ),
    "addin_functions": ("函数手册", "manual page of the functions"),
    "doctor": ("检查本机环境，并说明每一项该怎么办", "check this PC, and say what to do about each line"),
    "doctor_files": ("顺带检查的工作簿", "workbooks to check as well"),
    "actions": ("操作", "actions"),
    "host": ("只对其中一个程序", "only this program"),
    "workbook": ("带宏的工作簿（.xlsm）", "workbook with macros (.xlsm)"),
    "no_macros": ("生成不带宏的 .xlsx（默认 .xlsm）", "write .xlsx without macros (default .xlsm)"),
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
    "not_annotated": ("没有做成带批注的副本：{path}：{reason}", "No annotated copy was made of {path}: {reason}"),
    "annotated": ("带批注的副本：{path}（{count}处）", "Annotated copy: {path} ({count} findings)"),
    "finding_counts": (
        "共{total}处：错误{error}，提醒{warning}，提示{info}",
        "{total} findings: {error} errors, {warning} warnings, {info} notes",
    ),
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
    "no_macros_here": (
        "没有安装 xlwings，已生成不带宏的 .xlsx，公式照常计算。",
        "xlwings is not installed: wrote .xlsx without macros; formulas compute as ever.",
    ),
    "as_it_is": ("{text}", "{text}"),
    "python_fine": ("Python {version}", "Python {version}"),
    "xlwings_fine": ("xlwings {version}", "xlwings {version}"),
    "xlwings_absent": (
        "没有安装 xlwings：Excel 中由公式计算。需要函数时运行 pip install xlwings",
        "xlwings is not installed: formulas compute in Excel. For functions run pip install xlwings",
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
    "macros_blocked": (
        "Excel 禁用了全部宏：工作簿由公式计算，结果相同。需要函数时请在 信任中心 › 宏设置 中改为“禁用宏并发出通知”",
        "Excel blocks all macros: workbooks compute by formulas. Allow them in Trust Center › Macro Settings",
    ),
    "macros_fine": ("Excel 宏设置允许使用宏", "Excel's macro setting allows macros"),
    "macros_unreadable": ("无法读取 Excel 的宏设置", "Excel's macro setting cannot be read"),
    "office_fine": ("LibreOffice 加载项 {version}", "LibreOffice add-in {version}"),
    "office_addin_absent": (
        "LibreOffice 没有安装加载项：运行 xlperf addin install libreoffice",
        "LibreOffice has no add-in: run xlperf addin install libreoffice",
    ),
    "office_addin_other": (
        "LibreOffice 加载项是 {found}，本机 xlperf 是 {version}：运行 xlperf addin install libreoffice",
        "LibreOffice add-in is {found}, xlperf here is {version}: run xlperf addin install libreoffice",
    ),
    "stamp_none": ("{path}：不带宏，由公式计算", "{path}: no macros; formulas compute"),
    "stamp_fine": ("{path}：宏与本机 xlwings {version} 一致", "{path}: macros fit xlwings {version}"),
    "stamp_other": (
        "{path}：宏是 xlwings {found} 的，本机是 {version}：运行 xlperf addin restamp {path}",
        "{path}: macros are of xlwings {found}, here is {version}: run xlperf addin restamp {path}",
    ),
    "bug_unsaved": (
        "程序内部错误，不是您的操作问题。报告无法存盘，内容如下：\n{report}",
        "Internal error, not your doing. The report could not be saved; it says:\n{report}",
    ),
    "bug": (
        "程序内部错误，不是您的操作问题。报告已存于：{path}",
        "Internal error, not your doing. A report was written to: {path}",
    ),
    "interrupted": ("已中断。", "Interrupted."),
}
