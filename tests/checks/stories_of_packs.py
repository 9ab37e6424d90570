"""Workbooks of one rule pack in the hands of somebody who has another (56x)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from checks.story_runner import Runner, Story
from departments import small_department

from xlperf.form import form_set_of
from xlperf.measure import DEFAULT_PACK, Pack
from xlperf.measure.parameters import also_known
from xlperf.model import Finding, Period, Settings
from xlperf.prepare.weights import with_proposed_weights
from xlperf.workbook.read.check import judged
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import department_bytes

OWN = DEFAULT_PACK._replace(key="ours", zh="本市2026", grades=((85, "优"), (80, "良"), (60, "中"), (0, "差")))
CHANGED = OWN._replace(grades=((80, "优"), (75, "良"), (60, "中"), (0, "差")))


def self_evaluation(pack: str, known: Sequence[Pack] = ()) -> bytes:
    """The small department's workbook for the self-evaluation, with weights, by a pack."""
    settings = Settings(as_of=dt.date(2023, 12, 31), period=Period.SELF_EVALUATION, pack=pack)
    with also_known(known):
        department = with_proposed_weights(small_department(), pack)
        return department_bytes(department, settings, form_set=form_set_of(Period.SELF_EVALUATION, "national"))


def checked(content: bytes, folder: Path, *, known: Sequence[Pack] = (), pack: str | None = None) -> list[Finding]:
    """What is found in a workbook where these packs are known, by the pack of whoever checks it."""
    path = folder / "a.xlsx"
    path.write_bytes(content)
    with also_known(known):
        returned = read_workbook(path)
        return [*returned.findings, *judged(returned, pack=pack).findings]


def of_pack(made_by: str, pack: str) -> Runner:
    return lambda folder: checked(self_evaluation(made_by), folder, pack=pack)


def of_own(*known: Pack) -> Runner:
    return lambda folder: checked(self_evaluation("ours", [OWN]), folder, known=known)


STORIES = {
    "XPF560": Story(of_pack("national-2026", "jiangxi-2026"), of_pack("national-2026", "national-2026")),
    "XPF561": Story(of_own(CHANGED), of_own(OWN)),
    "XPF562": Story(of_own(), of_own(OWN)),
}
