"""Pages 7xx: what keeps a project from being pasted into the budget system."""

from __future__ import annotations

from xlperf.checks.rule import Page

PAGES: dict[str, Page] = {
    "XPF701": Page(
        "No two indicators of a project that is pasted have the same name.",
        "要粘贴的项目里，有没有两项三级指标同名（首尾空格不算）。",
        "预算系统只按三级指标名称对应，同名的两行会写到同一行上，后一行覆盖前一行，没有任何提示。",
        "到预算系统里按规定程序改一个名称，工作簿里改成一致；确属重复的，删去一行。",
        "两行的三级指标都是“办结案件数”",
        "两行的三级指标是“办结案件数”和“结案率”",
    ),
    "XPF702": Page(
        "Names and results that are pasted hold no `*`, no `_` and no dash.",
        "要粘贴的三级指标名称、完成值里有没有星号、下划线或各种横线（-、—、－、−……）。",
        "预算系统拒收带这些字符的名称和完成值，整行导不进去。",
        "名称在预算系统里改过之后照改；完成值写成一个数，范围用“至”。",
        "三级指标写成“办结案件数（1-12月）”",
        "三级指标写成“办结案件数（1至12月）”",
    ),
    "XPF703": Page(
        "A result that is pasted is not below 0.",
        "要粘贴的完成值有没有负数。",
        "负号就是横线，预算系统不收，负数粘贴不进去。",
        "核对是不是填错；确为负数的，在预算系统的页面上与财政部门商定填法。",
        "实际完成值为负5",
        "实际完成值为0",
    ),
    "XPF704": Page(
        "The points that are pasted, before deductions, do not exceed the weight.",
        "要粘贴的指标得分（扣减之前）是否高于分值。",
        "预算系统拒收高于分值的得分。有扣减的定性指标不核对档次，这里最后把关。",
        "改正定性评分，使它不超过分值；扣减的分数填在“扣减”。",
        "分值30，定性评分35，扣减6",
        "分值30，定性评分29，扣减6",
    ),
    "XPF705": Page(
        "What the budget system requires is filled in.",
        "粘贴表的必填栏是否都有内容：监控为名称、当前完成值、完成可能性；自评为名称、实际完成值、分值、得分，定性指标还有完成情况简要描述，未达标的还有偏差原因。",
        "必填栏是空的，预算系统不让保存，或者把那一行漏掉。",
        "在指出的单元格补填。2026.1版的表没有“完成情况简要描述”：用 generate 转成自评表再填。",
        "运行监控表有一行没有选完成可能性",
        "运行监控表每一行都选了完成可能性",
    ),
    "XPF706": Page(
        "Rows that do not apply are not pasted; they are named.",
        "要粘贴的项目里有没有“不涉及”的指标。",
        "不涉及的指标没有完成值，粘贴进去会缺必填栏，所以没有列入，在这里点名。",
        "不必处理；系统里有这一行的，在系统页面上选不适用。",
        "一行的符号是“不涉及”",
        "各行的符号都是≥、≤、＝或定性",
    ),
    "XPF707": Page(
        "A paste workbook of ours is no workbook that came back.",
        "文件夹里有没有以前导出的粘贴表。",
        "粘贴表是交回的工作簿导出来的，再读一遍会重复，所以没有读取。",
        "不必处理；最好把粘贴表放到别的文件夹。",
        "导出的粘贴表放在了交回文件夹里",
        "导出的粘贴表放在别的文件夹里",
    ),
}
