"""Many filled workbooks, read and judged and compared: every figure can be traced to a file, a sheet and a cell."""

from xlperf.consolidate.as_json import as_json
from xlperf.consolidate.consolidation import Consolidation
from xlperf.consolidate.records import FileLine, ProjectLine
from xlperf.consolidate.run import examine

__all__ = ["Consolidation", "FileLine", "ProjectLine", "as_json", "examine"]
