"""What the buttons of the ribbon do. Knows the desk and the command line; knows nothing of xlwings or Excel."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from xlperf.form import NAMES, Layout, Place, Slot, layout_of, read_marker
from xlperf.hosts.excel.buttons import BUTTONS
from xlperf.hosts.excel.cli_process import Reply
from xlperf.hosts.excel.open_workbook import Cell, Desk, Line
from xlperf.hosts.excel.texts import argument_text, function_text
from xlperf.measure import CATALOG
from xlperf.model.messages import SEVERITIES

Run = Callable[[Sequence[str]], Reply]
"""Runs a command of the command line."""

RESULTS, HELP = "检查结果", "xlperf帮助"
SUMMARY = "部门汇总表.xlsx"
MOST_MARKS = 200
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


def check(desk: Desk, run: Run) -> None:
    """List what `xlperf check` finds in the workbook as it is now, and circle the cells."""
    clear(desk, run)
    with tempfile.TemporaryDirectory(prefix="xlperf-") as folder:
        copy = _copy(desk, Path(folder))
        reply = run(["check", str(copy), "--json", "--fail-on", "never"])
    if reply.data is None:
        desk.say(reply.said)
        return
    found = reply.data["findings"]
    if not found:
        desk.say("没有发现问题。")
        return
    order = list(SEVERITIES)
    sheets = set(desk.sheets())
    lines = [
        Line(
            (str(i), SEVERITIES[one["severity"]][0], one["code"], one["sheet"], one["cell"], one["message"]),
            _place(one["sheet"], one["cell"], sheets),
        )
        for i, one in enumerate(sorted(found, key=lambda one: order.index(one["severity"])), start=1)
    ]
    for line in lines[:MOST_MARKS]:
        if line.target:
            desk.mark(line.target, line.texts[-1])
    desk.show(RESULTS, [Line(("序号", "级别", "代码", "工作表", "单元格", "说明")), *lines])


def clear(desk: Desk, run: Run) -> None:
    """Remove what `check` and `show_help` left in the workbook."""
    desk.clear([RESULTS, HELP])


def next_required(desk: Desk, run: Run) -> None:
    """Go to the next input that is still to be filled, by the rule that colours it orange."""
    at = desk.selected()
    sheets = desk.sheets()
    start = sheets.index(at.sheet) if at.sheet in sheets else 0
    found_form = False
    for turn, sheet in enumerate([*sheets[start:], *sheets[:start], sheets[start]]):
        form = _layout(desk, sheet)
        if form is None:
            continue
        found_form = True
        for place, formula in _wanted(form):
            before = (place.row, place.column) <= (at.row, at.column)
            if (turn == 0 and before) or (turn == len(sheets) and not before):
                continue
            if desk.holds(sheet, formula):
                desk.select(Cell(sheet, place.row, place.column))
                return
    desk.say("没有应填未填的单元格。" if found_form else "打开的不是 xlperf 生成的填报表。")


def _layout(desk: Desk, sheet: str) -> Layout | None:
    """The layout of a sheet by the marker it carries; None for a sheet that is none of ours, or of another edition."""
    texts = (value for row in desk.values(sheet) for value in row if isinstance(value, str))
    marker = next(filter(None, map(read_marker, texts)), None)
    return layout_of(marker) if marker else None


def _wanted(form: Layout) -> Iterator[tuple[Place, str]]:
    """Every input that may be asked for, in reading order, with the formula that says whether it is."""
    for place in sorted(form.places, key=lambda place: (place.row, place.column)):
        assert isinstance(place.piece, Slot)
        for tint in place.piece.tints:
            if tint.look == "todo":
                yield place, form.tint(tint, NAMES, place.row)


def consolidate(desk: Desk, run: Run) -> None:
    """Let the person choose a folder, consolidate the workbooks in it, and open the summary."""
    folder = desk.ask_folder(desk.path.parent)
    if folder is not None:
        _summarise(desk, run, folder, folder.parent / SUMMARY)


def export(desk: Desk, run: Run) -> None:
    """Consolidate the open workbook alone, as it is now, and open the summary."""
    with tempfile.TemporaryDirectory(prefix="xlperf-") as folder:
        _copy(desk, Path(folder))
        _summarise(desk, run, Path(folder), desk.path.with_name(f"{desk.path.stem}_汇总.xlsx"))


def _summarise(desk: Desk, run: Run, folder: Path, suggested: Path) -> None:
    target = desk.ask_target(suggested)
    if target is None:
        return
    arguments = ["consolidate", str(folder), "-o", str(target), "--json", "--fail-on", "never"]
    if target.exists():
        if not desk.agree(f"{target.name} 已存在，是否覆盖？"):
            return
        arguments.append("--force")
    reply = run(arguments)
    if reply.data is None:
        desk.say(reply.said)
        return
    refused = [file for file in reply.data["files"] if file["status"] == "refused"]
    desk.open(target)
    if refused:
        listed = "\n".join(f"{Path(file['path']).name}：{file['reason']}" for file in refused[:10])
        desk.say(f"有{len(refused)}个文件没有汇总：\n{listed}")


def show_help(desk: Desk, run: Run) -> None:
    """What the buttons do and what the functions answer."""
    buttons = [Line((button.label, button.tip)) for button in BUTTONS]
    functions = []
    for function in CATALOG.values():
        arguments = "，".join(f"[{param.name}]" if param.optional else param.name for param in function.params)
        functions.append(Line((f"{function.worksheet_name}({arguments})", function_text(function))))
        functions += [Line((f"　　{param.name}", argument_text(param))) for param in function.params]
    desk.clear([HELP])
    desk.show(HELP, [Line(("按钮或函数", "说明")), *buttons, *functions])


def _copy(desk: Desk, folder: Path) -> Path:
    """The workbook as it is now, in a folder of its own, under its own name."""
    copy = folder / (desk.path.name if desk.path.suffix else f"{desk.path.name}.xlsx")
    desk.save_copy(copy)
    return copy


def _place(sheet: str, cell: str, sheets: set[str]) -> Cell | None:
    """Where a finding is, if it is in a cell of a sheet that is there."""
    match = _CELL.fullmatch(cell)
    if sheet not in sheets or match is None:
        return None
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return Cell(sheet, int(match[2]), column)


COMMANDS: dict[str, Callable[[Desk, Run], None]] = {
    "check": check,
    "next_required": next_required,
    "clear": clear,
    "consolidate": consolidate,
    "export": export,
    "help": show_help,
}
