"""What was read from files, as rows of one SQLite file. Knows no files of staff and no forms."""

from xlperf.dataset.store import Dataset, Row, row_of

__all__ = ["Dataset", "Row", "row_of"]
