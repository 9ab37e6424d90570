"""The small workbook as other programs write it, with comments, buttons and other things people add."""

from __future__ import annotations

import io

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from workbook.returning import CONTENT, FIRST


def by_openpyxl(comments: dict[str, str]) -> bytes:
    """Saved by openpyxl, with comments by 张三 at these cells of the first project."""
    book = openpyxl.load_workbook(io.BytesIO(CONTENT))
    for cell, text in comments.items():
        book[FIRST][cell].comment = Comment(text, "张三")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(comments: dict[str, str]) -> bytes:
    """The values written cell by cell, with comments by 李四 that stay in sight, and a button."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for sheet in openpyxl.load_workbook(io.BytesIO(CONTENT)).worksheets:
        written = book.add_worksheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and cell.data_type != "f":
                    written.write(cell.coordinate, cell.value if cell.data_type != "d" else str(cell.value))
        if sheet.title == FIRST:
            for at, text in comments.items():
                written.write_comment(at, text, {"author": "李四", "visible": True})
            written.insert_button("R2", {"caption": "按钮"})
    book.close()
    return out.getvalue()
