"""The official performance document → the model: .docx and text dumps in, a department and its findings out."""

from xlperf.document.as_json import to_json
from xlperf.document.check import check_document
from xlperf.document.reading import Imported, Lines, read_document
from xlperf.document.target import Reading, read_target

__all__ = ["Imported", "Lines", "Reading", "check_document", "read_document", "read_target", "to_json"]
