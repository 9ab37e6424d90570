"""Workbooks for staff to fill in, drawn from forms."""
