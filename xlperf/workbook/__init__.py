"""The workbooks: written as staff fill them in, read back as they return."""

from xlperf.workbook.save import replace_file
from xlperf.workbook.write import department_bytes, write_department

__all__ = ["department_bytes", "replace_file", "write_department"]
