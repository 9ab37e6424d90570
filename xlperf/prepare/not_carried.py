"""What could not be carried from a workbook into the next: the value, both places, and why."""

from __future__ import annotations

from enum import StrEnum

from xlperf.measure import CHECKPOINTS
from xlperf.model import Locus
from xlperf.model.department import Noun
from xlperf.model.messages import FIELDS


class Reason(StrEnum):
    """Why a value was not carried, as staff read it."""

    PLAN_DIFFERS = "新的绩效目标写的不同，以新的为准"
    FILLED_LATER = "同一处在另一份较晚的表里填的不同，以较晚的为准"
    OTHER_PERIOD = "是另一期填的，不带入这一期"
    PROJECT_GONE = "新的绩效目标里没有这个项目"
    INDICATOR_GONE = "新的绩效目标里没有这条指标"
    SEVERAL_VERSIONS = "同一项目收回几份，内容不同，请只留下要用的一份，再生成一次"
    AMBIGUOUS = "新的绩效目标里有几个这样的项目，请确定是哪一个"
    OTHER_YEAR = "不是这一年度的表"
    LEDGER_DIFFERS = "与支付台账不同，以台账为准"


class NotCarried(Noun):
    """A value that stands in an old workbook and not in the new one, or a project of which several copies differ.

    `places` are where it stands, `stands` is what the new workbook has instead ("": nothing). `new_code`, `new_id`,
    `key` and `row` lead to its place there: project, indicator, path in the model, row of the band (-1: none); the
    first two are blank where it has no such project or indicator.
    """

    code: str
    name: str
    indicator: str = ""
    field: str
    value: str
    stands: str = ""
    places: tuple[Locus, ...]
    new_code: str = ""
    new_id: str = ""
    key: str
    row: int = -1
    reason: Reason

    @property
    def origin(self) -> str:
        """Its places as people read them: file, sheet and cell."""
        return "；".join(" › ".join(filter(None, (at.file, at.sheet, at.cell))) for at in self.places)


def field_name(path: str, row: int = -1) -> str:
    """The Chinese name of a field by its path in the model: 各月支付数·3月."""
    parts = [FIELDS[part][0] for part in path.split(".")]
    if path == "payments":
        parts.append(f"{row + 1}月")
    elif path == "spend_plan.shares":
        parts.append(f"{CHECKPOINTS[row]}月底")
    return "·".join(parts)
