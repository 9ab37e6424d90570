"""Many filled workbooks → one department summary in which every figure can be traced to a file, a sheet and a cell."""

from xlperf.consolidate.as_json import as_json
from xlperf.consolidate.consolidation import Consolidation
from xlperf.consolidate.lines import FileLine, ProjectLine
from xlperf.consolidate.run import consolidate, examine

__all__ = ["Consolidation", "FileLine", "ProjectLine", "as_json", "consolidate", "examine"]
