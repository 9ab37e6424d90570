"""The entry point of the add-in's VBA: runs a button's command on the active workbook."""

from __future__ import annotations

import xlwings as xw

from xlperf.hosts.excel.cli_process import run_command
from xlperf.hosts.excel.commands import COMMANDS
from xlperf.hosts.excel.excel_workbook import ExcelWorkbook
from xlperf.model import XlperfError


def run(command: str) -> None:
    """Run a command of the ribbon. xlwings shows errors other than XlperfError, with traceback."""
    workbook = ExcelWorkbook(xw.Book.caller())
    try:
        COMMANDS[command](workbook, run_command)
    except XlperfError as error:
        workbook.say(error.text())
