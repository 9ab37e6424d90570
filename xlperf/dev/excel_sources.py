"""The generated VBA and ribbon XML as readable files: those under macros/excel."""

from __future__ import annotations

from xlperf.hosts.excel.buttons import MODULE as RIBBON
from xlperf.hosts.excel.buttons import ribbon_code, ribbon_xml
from xlperf.hosts.excel.opening import WIZARD, WORKBOOK_OPEN, wizard_code
from xlperf.hosts.excel.vba_project import standard_module, workbook_module
from xlperf.hosts.excel.wrappers import MODULE as UDFS
from xlperf.hosts.excel.wrappers import udf_code


def sources() -> dict[str, str]:
    """File name → text, without xlwings' own module, which comes from the installed xlwings."""
    modules = {
        "ThisWorkbook.cls": workbook_module(WORKBOOK_OPEN),
        f"{UDFS}.bas": standard_module(UDFS, udf_code()),
        f"{WIZARD}.bas": standard_module(WIZARD, wizard_code()),
        f"{RIBBON}.bas": standard_module(RIBBON, ribbon_code()),
    }
    return {**{name: module.source for name, module in modules.items()}, "ribbon.xml": ribbon_xml()}
