"""The VBA project of a workbook: xlwings' own module, our functions, the code that runs on opening."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from xlperf.hosts.excel.installed import MODULE, xlwings_code, xlwings_version
from xlperf.hosts.excel.opening import WIZARD, WORKBOOK_OPEN, wizard_code
from xlperf.hosts.excel.vba_project import Module, sheet_module, standard_module, workbook_module, write_project
from xlperf.hosts.excel.wrappers import MODULE as UDFS
from xlperf.hosts.excel.wrappers import udf_code

STAMP = "xlwings"  # the workbook property xlperf.xlwings holds the xlwings version of its VBA


def workbook_project(code_names: Sequence[str]) -> bytes:
    """vbaProject.bin for a workbook whose sheets have these code names, in their order. Raises XlperfError."""
    return write_project(workbook_modules(code_names))


def workbook_modules(code_names: Sequence[str]) -> list[Module]:
    """The modules of a workbook, as a project lists them."""
    return [workbook_module(WORKBOOK_OPEN), *map(sheet_module, code_names), *_code_modules()]


def stamp() -> dict[str, str]:
    """The properties a workbook gets for its macros. Raises XlperfError without xlwings."""
    return {STAMP: xlwings_version()}


@lru_cache(maxsize=1)
def _code_modules() -> tuple[Module, ...]:
    return (
        standard_module(MODULE, xlwings_code()),
        standard_module(UDFS, udf_code()),
        standard_module(WIZARD, wizard_code()),
    )
