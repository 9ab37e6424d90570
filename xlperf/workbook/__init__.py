"""The workbooks: written as staff fill them in, read back as they return."""

from xlperf.workbook.check import check_returned, judged
from xlperf.workbook.package import Macros
from xlperf.workbook.project_list import read_project_list
from xlperf.workbook.read import read_workbook
from xlperf.workbook.returned import Returned, SheetRead
from xlperf.workbook.write import department_bytes, write_department

__all__ = [
    "Macros",
    "Returned",
    "SheetRead",
    "check_returned",
    "department_bytes",
    "judged",
    "read_project_list",
    "read_workbook",
    "write_department",
]
