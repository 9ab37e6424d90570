"""Workbooks whose generated macros LibreOffice can run: xlwings' module replaced by one that calls `bridge.py`.

What Excel's VBA does and LibreOffice's Basic does not is evaluated here: conditional compilation, the state of the
toolbar that tells the function wizard, and error values. Of the latter Basic knows none that IFERROR catches; a
three-dimensional array is #VALUE! in a cell.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula
from zipped import parts_of

from xlperf.hosts.excel.macros import workbook_modules
from xlperf.hosts.excel.vba_project import Module, standard_module, write_project
from xlperf.ooxml.zip_out import pack
from xlperf.workbook.write.assemble import Macros

# A module of this name stands for the object that xlwings' function XLPy returns.
BRIDGE = """\
Public Function CallUDF(server As Variant, name As Variant, args As Variant, Optional book As Variant, _
        Optional caller As Variant) As Variant
    Dim given() As Variant, i As Long, j As Long, call_ As New com.sun.star.beans.NamedValue
    ReDim given(0 To UBound(args))
    For i = 0 To UBound(args)
        If IsMissing(args(i)) Then
            given(i) = "<missing>"
        ElseIf IsObject(args(i)) Then
            given(i) = args(i).Value
        Else
            given(i) = args(i)
        End If
    Next i
    call_.Name = "call"
    call_.Value = Array(server, name, given)
    Dim found As Variant, answer() As Variant
    found = createUnoService("xlperf.tests.Bridge").execute(Array(call_))
    ReDim answer(1 To UBound(found) + 1, 1 To UBound(found(0)) + 1)
    For i = 0 To UBound(found)
        For j = 0 To UBound(found(0))
            answer(i + 1, j + 1) = found(i)(j)
        Next j
    Next i
    If UBound(found) = 0 And UBound(found(0)) = 0 Then
        CallUDF = answer(1, 1)
    Else
        CallUDF = answer
    End If
End Function
"""
RAISING = """\
Public Function CallUDF(server As Variant, name As Variant, args As Variant, Optional book As Variant, _
        Optional caller As Variant) As Variant
    Err.Raise 1000
End Function
"""
ERROR_VALUE = """\
Public Function ErrorValue() As Variant
    Dim three(1, 1, 1) As Variant
    ErrorValue = three
End Function
"""

PROJECT_TYPE = '<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
PROJECT_RELATIONSHIP = (
    '<Relationship Id="rId99" Target="vbaProject.bin" '
    'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"/>'
)


def for_calc(module: Module) -> Module:
    """The module as LibreOffice runs it."""
    text, ends = re.subn(r"    #Else\r\n.*?    #End If\r\n", "    #End If\r\n", module.source, flags=re.S)
    text = text.replace("CVErr(2042)", "ErrorValue()")
    text = text.replace('Application.CommandBars("Standard").Controls(1).Enabled', "True")
    assert ends == module.source.count("#Else")
    return Module(module.name, text, module.kind)


def calc_project(code_names: Sequence[str], host: str | None) -> bytes:
    """The generated project with `host` in the place of xlwings; None: nothing there."""
    modules = [for_calc(module) for module in workbook_modules(code_names) if module.name != "xlwings"]
    if host is not None:
        modules.append(standard_module("XLPy", host))
    return write_project([*modules, standard_module("calc", ERROR_VALUE)])


def calc_macros(host: str | None) -> Macros:
    return Macros(lambda code_names: calc_project(code_names, host), {})


def sheet_with_macros(cells: Mapping[str, object], project: bytes) -> bytes:
    """An .xlsm of one sheet; a formula in braces is an array formula over the range that is its key."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    for place, value in cells.items():
        if isinstance(value, str) and value.startswith("{"):
            sheet[place.split(":")[0]] = ArrayFormula(place, value[1:-1])
        else:
            sheet[place] = value
    out = io.BytesIO()
    book.save(out)
    parts = parts_of(out.getvalue())

    def edit(part: str, old: str, new: str) -> None:
        assert old.encode() in parts[part]
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)

    edit("[Content_Types].xml", "openxmlformats-officedocument.spreadsheetml.sheet", "ms-excel.sheet.macroEnabled")
    edit("[Content_Types].xml", "</Types>", f"{PROJECT_TYPE}</Types>")
    edit("xl/_rels/workbook.xml.rels", "</Relationships>", f"{PROJECT_RELATIONSHIP}</Relationships>")
    edit("xl/workbook.xml", "<workbookPr", '<workbookPr codeName="ThisWorkbook"')
    edit("xl/worksheets/sheet1.xml", "<sheetPr", '<sheetPr codeName="Sheet1"')
    return pack({**parts, "xl/vbaProject.bin": project})
