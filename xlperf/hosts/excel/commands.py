"""The commands behind the ribbon's buttons. Knows the open workbook and the command line, not xlwings or Excel."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from xlperf.form import Layout, Place, Slot, layout_of, read_marker
from xlperf.hosts.excel.buttons import BUTTONS
from xlperf.hosts.excel.cli_process import Reply
from xlperf.hosts.excel.open_workbook import CellRef, ListLine, OpenWorkbook
from xlperf.hosts.excel.texts import argument_text, function_text
from xlperf.measure import CATALOG
from xlperf.model.messages import SEVERITIES
from xlperf.ooxml.a1 import position

Run = Callable[[Sequence[str]], Reply]
"""Runs a command of the command line."""

RESULTS, HELP = "检查结果", "xlperf帮助"
SUMMARY = "部门汇总表.xlsx"
MOST_MARKS = 200


def check(workbook: OpenWorkbook, run: Run) -> None:
    """List what `xlperf check` finds in the workbook as it is now, and circle the cells."""
    clear(workbook, run)
    with tempfile.TemporaryDirectory(prefix="xlperf-") as folder:
        copy = _copy(workbook, Path(folder))
        reply = run(["check", str(copy), "--json", "--fail-on", "never"])
    if reply.data is None:
        workbook.say(reply.message)
        return
    findings = reply.data["findings"]
    if not findings:
        workbook.say("没有发现问题。")
        return
    order = list(SEVERITIES)
    sheets = set(workbook.sheets())
    lines = [
        ListLine(
            (str(i), SEVERITIES[one["severity"]][0], one["code"], one["sheet"], one["cell"], one["message"]),
            _cell_ref(one["sheet"], one["cell"], sheets),
        )
        for i, one in enumerate(sorted(findings, key=lambda one: order.index(one["severity"])), start=1)
    ]
    for line in lines[:MOST_MARKS]:
        if line.target:
            workbook.mark(line.target, line.texts[-1])
    workbook.show(RESULTS, [ListLine(("序号", "级别", "代码", "工作表", "单元格", "说明")), *lines])


def clear(workbook: OpenWorkbook, run: Run) -> None:
    """Remove what `check` and `show_help` left in the workbook."""
    workbook.clear([RESULTS, HELP])


def next_required(workbook: OpenWorkbook, run: Run) -> None:
    """Go to the next input that must still be filled: the rule that colours it orange holds."""
    at = workbook.selected()
    sheets = workbook.sheets()
    start = sheets.index(at.sheet) if at.sheet in sheets else 0
    has_form = False
    for turn, sheet in enumerate([*sheets[start:], *sheets[:start], sheets[start]]):
        form = _layout(workbook, sheet)
        if form is None:
            continue
        has_form = True
        for place, formula in _required(form):
            before = (place.row, place.column) <= (at.row, at.column)
            if (turn == 0 and before) or (turn == len(sheets) and not before):
                continue
            if workbook.holds(sheet, formula):
                workbook.select(CellRef(sheet, place.row, place.column))
                return
    workbook.say("没有应填未填的单元格。" if has_form else "打开的不是 xlperf 生成的填报表。")


def _layout(workbook: OpenWorkbook, sheet: str) -> Layout | None:
    """The layout of a sheet by its marker; None for a foreign sheet or one of an unknown edition."""
    texts = (value for row in workbook.values(sheet) for value in row if isinstance(value, str))
    marker = next(filter(None, map(read_marker, texts)), None)
    return layout_of(marker) if marker else None


def _required(form: Layout) -> Iterator[tuple[Place[Slot], str]]:
    """Every input that may be required, in reading order, with the formula that is true while it must be filled."""
    for place in sorted(form.places, key=lambda place: (place.row, place.column)):
        for tint in place.piece.tints:
            if tint.look == "todo":
                yield place, form.render(tint.formula, place.row)


def consolidate(workbook: OpenWorkbook, run: Run) -> None:
    """Let the person choose a folder, consolidate the workbooks in it, and open the summary."""
    folder = workbook.ask_folder(workbook.path.parent)
    if folder is not None:
        _summarise(workbook, run, folder, folder.parent / SUMMARY)


def export(workbook: OpenWorkbook, run: Run) -> None:
    """Consolidate the open workbook alone, as it is now, and open the summary."""
    with tempfile.TemporaryDirectory(prefix="xlperf-") as folder:
        _copy(workbook, Path(folder))
        _summarise(workbook, run, Path(folder), workbook.path.with_name(f"{workbook.path.stem}_汇总.xlsx"))


def _summarise(workbook: OpenWorkbook, run: Run, folder: Path, suggested: Path) -> None:
    target = workbook.ask_target(suggested)
    if target is None:
        return
    arguments = ["consolidate", str(folder), "-o", str(target), "--json", "--fail-on", "never"]
    if target.exists():
        if not workbook.agree(f"{target.name} 已存在，是否覆盖？"):
            return
        arguments.append("--force")
    reply = run(arguments)
    if reply.data is None:
        workbook.say(reply.message)
        return
    refused = [file for file in reply.data["files"] if file["status"] == "refused"]
    workbook.open(target)
    if refused:
        listed = "\n".join(f"{Path(file['path']).name}：{file['reason']}" for file in refused[:10])
        workbook.say(f"有{len(refused)}个文件没有汇总：\n{listed}")


def show_help(workbook: OpenWorkbook, run: Run) -> None:
    """List what the buttons do and what the functions return."""
    buttons = [ListLine((button.label, button.tip)) for button in BUTTONS]
    functions = []
    for function in CATALOG.values():
        arguments = "，".join(f"[{param.name}]" if param.optional else param.name for param in function.params)
        functions.append(ListLine((f"{function.worksheet_name}({arguments})", function_text(function))))
        functions += [ListLine((f"　　{param.name}", argument_text(param))) for param in function.params]
    workbook.clear([HELP])
    workbook.show(HELP, [ListLine(("按钮或函数", "说明")), *buttons, *functions])


def _copy(workbook: OpenWorkbook, folder: Path) -> Path:
    """Save a copy of the workbook as it is now to the folder, under its own name."""
    copy = folder / (workbook.path.name if workbook.path.suffix else f"{workbook.path.name}.xlsx")
    workbook.save_copy(copy)
    return copy


def _cell_ref(sheet: str, cell: str, sheets: set[str]) -> CellRef | None:
    """The cell of a finding; None where it names none, or a sheet that is not visible."""
    at = position(cell.replace("$", ""))
    return CellRef(sheet, *at) if at and sheet in sheets else None


COMMANDS: dict[str, Callable[[OpenWorkbook, Run], None]] = {
    "check": check,
    "next_required": next_required,
    "clear": clear,
    "consolidate": consolidate,
    "export": export,
    "help": show_help,
}
