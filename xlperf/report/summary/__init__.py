"""The department's summary as a workbook (.xlsx)."""
