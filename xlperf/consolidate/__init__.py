"""Reads, judges and compares many filled workbooks. Every figure can be traced to a file, a sheet and a cell."""

from xlperf.consolidate.as_json import as_json
from xlperf.consolidate.consolidation import Consolidation
from xlperf.consolidate.records import FileRecord, ProjectRecord
from xlperf.consolidate.run import examine

__all__ = ["Consolidation", "FileRecord", "ProjectRecord", "as_json", "examine"]
