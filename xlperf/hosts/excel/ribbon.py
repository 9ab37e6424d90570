"""What the add-in's VBA calls: a button's command, on the workbook in front of the person."""

from __future__ import annotations

import xlwings as xw

from xlperf.hosts.excel.cli_process import run_verb
from xlperf.hosts.excel.commands import COMMANDS
from xlperf.hosts.excel.excel_workbook import ExcelDesk
from xlperf.model import XlperfError


def run(command: str) -> None:
    """Run a command of the ribbon. xlwings shows any other error, with its traceback."""
    desk = ExcelDesk(xw.Book.caller())
    try:
        COMMANDS[command](desk, run_verb)
    except XlperfError as error:
        desk.say(error.text())
