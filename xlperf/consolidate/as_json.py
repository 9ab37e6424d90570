"""The consolidation as plain data for `--json`; amounts and shares are strings, so that no digit is lost."""

from __future__ import annotations

from decimal import Decimal

from xlperf import checks
from xlperf.checks import message
from xlperf.consolidate.consolidation import Consolidation
from xlperf.consolidate.department import why_doubtful
from xlperf.consolidate.records import FileRecord, ProjectRecord, wall_time
from xlperf.form import Cell
from xlperf.form.arithmetic import is_number
from xlperf.measure import COMPLIANCE_STATES


def as_json(consolidation: Consolidation, lang: str = "zh") -> dict[str, object]:
    """{"unit", "files", "projects", "totals", "findings"}, lists as iterators; status words are those of the sheets."""
    return {
        "unit": {"code": consolidation.unit.code, "name": consolidation.unit.name},
        "files": (_file(file, lang) for file in consolidation.files),
        "projects": map(_project, consolidation.projects),
        "totals": _totals(consolidation, lang),
        "set_aside": _set_aside(consolidation, lang),
        "findings": (checks.as_json(finding, lang) for finding in consolidation.findings),
    }


def _file(file: FileRecord, lang: str) -> dict[str, object]:
    return {
        "path": file.name,
        "status": file.status,
        "reason": message(file.reason, lang) if file.reason else None,
        "sha256": file.sha256,
        "size": file.size,
        "modified": wall_time(file.modified) or None,
        "projects": file.projects,
        "indicators": file.indicators,
        "cells": file.cells,
        "unread_sheets": file.unread,
    }


def _project(project: ProjectRecord) -> dict[str, object]:
    return {
        "code": project.code,
        "name": project.name,
        "unit": project.unit,
        "year": project.year,
        "period": project.period,
        "as_of": project.as_of.isoformat(),
        "budget": _plain(project.budget),
        "paid": _plain(project.paid),
        "execution_rate": _plain(project.rate),
        "plan_share": _plain(project.plan),
        "plan_progress": _plain(project.plan_progress),
        "time_progress": _plain(project.time_progress),
        "light": project.light or None,
        "official_light": project.official_light or None,
        "indicators": project.indicators,
        **dict(zip(COMPLIANCE_STATES.values(), project.states, strict=True)),
        "total_score": _plain(project.score),
        "grade": project.grade or None,
        "counted": bool(project.is_counted),
        "set_aside": bool(project.is_doubtful),
        "file": project.file,
        "sheet": project.sheet,
        "cell": project.cell,
    }


def _totals(consolidation: Consolidation, lang: str) -> dict[str, object]:
    totals = consolidation.totals
    return {
        "year": consolidation.year,
        "period": consolidation.period,
        "files": consolidation.file_count,
        "refused": consolidation.refused_count,
        "projects": totals.projects,
        "uncounted": totals.uncounted,
        "missing": [{"code": code, "name": name} for code, name in consolidation.missing],
        "unread": [{**each._asdict(), "reason": message(each.reason, lang)} for each in consolidation.unread],
        "repeated": [project.code for project in consolidation.repeated],
        "indicators": totals.indicators,
        "budget": _plain(totals.budget),
        "paid": _plain(totals.paid),
        "planned": _plain(totals.planned),
        "execution_rate": _plain(totals.execution_rate),
        "plan_share": _plain(totals.plan_share),
        "plan_progress": _plain(totals.plan_progress),
        "time_progress": _plain(totals.time_progress),
        **{name: totals.states[state] for state, name in COMPLIANCE_STATES.items()},
        "lights": totals.words["progress.light"],
        "official_lights": totals.words["progress.official_light"],
        "grades": totals.words["grade"],
        "findings": {severity.value: count for severity, count in consolidation.severities.items()},
    }


def _set_aside(consolidation: Consolidation, lang: str) -> dict[str, object]:
    """The projects whose amounts are implausible, and what they come to; with the totals it is all that was read."""
    totals = consolidation.doubtful_totals
    return {
        "projects": [_doubtful(each, lang) for each in consolidation.doubtful],
        "indicators": totals.indicators,
        "budget": _plain(totals.budget),
        "paid": _plain(totals.paid),
        "planned": _plain(totals.planned),
        "execution_rate": _plain(totals.execution_rate),
    }


def _doubtful(project: ProjectRecord, lang: str) -> dict[str, object]:
    place = {"code": project.code, "name": project.name, "file": project.file, "sheet": project.sheet}
    return {**place, "reason": why_doubtful(project)[lang != "zh"]}


def _plain(value: Cell) -> str | None:
    """A number without exponent or needless zeros; a status word as it is; None for a blank."""
    if is_number(value):
        number = Decimal(value)
        return f"{number.normalize():f}" if number else "0"
    return str(value) if value else None
