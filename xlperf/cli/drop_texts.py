"""What a dropped action says in place of a sentence that names options, commands or another target.

It is read by somebody who has no command line; the target lies beside what was dropped.
"""

from __future__ import annotations

from xlperf.model.messages import Pair

# fmt: off
INSTEAD: dict[str, Pair] = {
    "source_needs_pdf": ("PDF 文件：{path}。请用 Word 或 WPS 打开，另存为 .docx 后再做。",
        "A PDF file: {path}. Open it in Word or WPS and save it as .docx."),
    "year_unknown": ("{path} 中没有写明预算年度。请在最前面加一行标题，如“2026年部门预算”，再做一次。",
        "{path} does not name the budget year. Begin it with a title such as 2026年部门预算, and try again."),
    "as_of_far_from_the_year": (
        "截止日期 {date} 离预算年度{year}太远，应在{first}到{last}之间。请改设置文件 xlperf.toml 里的 as-of。",
        "The as-of date {date} is far from the budget year {year}: it should be from {first} to {last}. "
        "Change as-of in xlperf.toml."),
    "source_partly_read": (
        "{path} 有{count}格没有读懂（如“{text}”），没有生成。请先对它做“xlperf 检查”，看是哪些格；"
        "在文件里改好，与项目无关的内容删去，再做一次。",
        "{count} cells of {path} were not understood (such as “{text}”); nothing was made. “xlperf 检查” says which; "
        "mend them in the file, take out what has nothing to do with projects, and try again."),
    "nothing_of_period": ("{path} 里没有这一年度的工作簿。请核对文件夹和设置文件 xlperf.toml 里的 year。",
        "{path} holds no workbook of this year. Check the folder, and year in xlperf.toml."),
    "none_returned": ("{path} 里没有读得出的填报工作簿。对它做“xlperf 检查”，可以看到原因。",
        "No workbook in {path} could be read; “xlperf 检查” says why."),
    "pack_unknown": ("没有名为“{pack}”的规则包。{hint}现有：{known}。请改设置文件 xlperf.toml 里的 pack。",
        "There is no rule pack “{pack}”. {hint}There are: {known}. Change pack in xlperf.toml."),
    "too_many_projects": ("一个工作簿最多放{most}个项目，这里有{count}个。请把清单分成几份。",
        "A workbook holds {most} projects at most, here are {count}. Split the list."),
    "target_exists": ("{path} 刚刚出现，没有覆盖。请再做一次。", "{path} has just appeared and was kept. Try again."),
    "target_leads_nowhere": ("{path} 是链接，指向不存在的 {place}，没有写入。请删除链接，再做一次。",
        "{path} is a link to {place}, which does not exist; nothing was written. Remove it and try again."),
    "target_is_folder": ("{path} 是一个文件夹，不能写成文件。请把它改名，再做一次。",
        "{path} is a folder and cannot become a file. Rename it and try again."),
    "target_is_device": ("{path} 是设备或管道，不能换成文件，没有写入。请把它移走，再做一次。",
        "{path} is a device or a pipe and is not replaced; nothing was written. Move it away and try again."),
    "target_is_source": ("{path} 是要汇总的文件之一，不会被覆盖。请把它改名，再做一次。",
        "{path} is one of the files to consolidate and is not replaced. Rename it and try again."),
    "target_protected": ("{path} 是只读文件，未覆盖。请把它改名，再做一次。",
        "{path} is marked read-only and was left alone. Rename it and try again."),
    "target_read_only": (
        "结果放在原文件旁边，可是这个磁盘或共享文件夹是只读的：{path}。请把原文件复制到桌面，对桌面上的做。",
        "The result lies beside the files, but their disk or shared folder is read-only: {path}. Copy them to the "
        "desktop and use them there."),
    "target_denied": ("结果放在原文件旁边，可是那里不许您写入：{path}。请把原文件复制到桌面，对桌面上的做。",
        "The result lies beside the files, but you may not write there: {path}. Copy them to the desktop and use them "
        "there."),
    "disk_full": (
        "结果放在原文件旁边，可是磁盘已满：{path}。请清理磁盘，或把原文件复制到别的磁盘上做。原有文件未改动。",
        "The result lies beside the files, but their disk is full: {path}. Free some space, or copy them to another "
        "disk and use them there. Nothing there was changed."),
    "temporary_unwritable": ("临时文件夹 {path} 无法使用：{reason}。请与信息管理员商量；没有写入任何文件。",
        "The temporary folder {path} cannot be used: {reason}. Ask your administrator; nothing was written."),
    "shared_lines": ("同样的问题合在一行。", "Findings alike share a line."),
}
# fmt: on
