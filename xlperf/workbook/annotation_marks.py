"""By what our annotations are known again: the words that open them, and the sheet that lists them.

Whoever reads a returned copy tells with it what people wrote from what we did.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlperf.model import Severity
from xlperf.model.messages import SEVERITIES

AUTHOR = "xlperf"
HEADER, FOOTER = "—— xlperf 检查 ——", "————————"  # whoever adds to a comment types behind its last line
LIST_TITLE = "检查结果"
LIST_MARKER = "xlperf list=notes"
# Properties of the file, after the prefix of the seal: what it is, the workbook it was made from, how it was written.
KIND, PARENT, DIGEST = "kind", "parent", "written"
ANNOTATED = "annotated"
HIGHLIGHT = "xlperf:note"  # what the formula of a highlight mentions

WORDS = {grade: SEVERITIES[grade.value][0] for grade in Severity}

_LINE_END = r"(?:_x000[dD]_|\r)?\n"
_OUR_LINE = rf"{_LINE_END}(?:{'|'.join(WORDS.values())}) [^\n]*"
OURS = re.compile(rf"(?:{_LINE_END})?{HEADER}(?:{_OUR_LINE})*(?:{_LINE_END}{FOOTER})?")
"""Our part of a comment, with the line end that parts it from what stands before."""


def people_words(comment: str) -> str:
    """What people wrote in a comment; empty where all of it is ours."""
    return OURS.sub("", comment).strip()


def is_list(values: Iterable[object]) -> bool:
    """Whether the sheet with these values is our list of notes, whatever it is called by now."""
    return LIST_MARKER in values
