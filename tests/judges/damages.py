"""What is done to a sound workbook so that a judge must notice: ours where Microsoft's SDK does not."""

from __future__ import annotations

from judges.damage import (
    BOXES,
    CHART,
    COMMENTS,
    CONTENTS,
    DRAWING,
    FORM,
    LIST,
    MACRO_WORKBOOK,
    OTHER_BOXES,
    RELATED,
    STYLES,
    TABLE,
    TYPES,
    VBA_RELATIONSHIP,
    WORKBOOK,
    Spoil,
    add,
    cell,
    chain_of_no_formula,
    change,
    code_name_twice,
    drop,
    entry_with_a_backslash,
    formula,
    hidden_sheets_only,
    left_over_part,
    macro_project,
    macros_on_the_package,
    merge_over_an_array,
    name,
    one_drawing_on_two_sheets,
    part_without_a_type,
    ribbon,
    rows_in_reverse,
    same_part_twice_but_for_case,
    table_name_twice,
    tinted,
    validation,
)

NESTED = "IF(1," * 65 + "1" + ")" * 65
LONG_LIST = '"' + ",".join(["十个字的一个选项啊呀"] * 30) + '"'

Damages = dict[str, dict[str, dict[str, Spoil]]]

# Sample → our kind of fault → damages. The SDK's program (0.4.0) notices none; a test asks it about one of each kind.
OURS: Damages = {
    "small": {
        # the package
        "illegal entry names": {"entry with a backslash": entry_with_a_backslash},
        "unreachable parts": {
            "left-over part": left_over_part,
            "two drawings, one chart": change("xl/drawings/_rels/drawing5.xml.rels", "chart5.xml", "chart4.xml"),
        },
        "content types of missing parts": {
            "content type of nothing": add(
                TYPES, "Types", '<Override PartName="/xl/gone.xml" ContentType="application/xml"/>'
            )
        },
        "wrong workbook type": {
            "macro type in an .xlsx": change(TYPES, r'application/[^"]*sheet\.main\+xml', MACRO_WORKBOOK),
            "macros in an .xlsx": macro_project(),
        },
        "unloadable macros": {
            "macros that are no compound file": macro_project(content=b"PK"),
            "macros led to by another relationship": macro_project(VBA_RELATIONSHIP.replace("2006", "2007")),
        },
        "unfound ribbons": {"ribbon led to by another relationship": ribbon("2006/relationships/extensibility")},
        # the workbook
        "illegal sheet titles": {
            "title that is History": change(WORKBOOK, 'name="参数"', 'name="History"'),
            "title with a slash written as a code": change(WORKBOOK, 'name="参数"', 'name="参_x002F_数"'),
        },
        "repeated sheet titles": {
            "title twice, once with a code": change(
                WORKBOOK, 'name="参数"(.*?)name="_字典"', r'name="ABC"\1name="_x0041_BC"'
            )
        },
        "sheets of one part": {"two sheets, one part": change(WORKBOOK, 'r:id="rId2"', 'r:id="rId1"')},
        "hidden workbook": {
            "all sheets hidden": hidden_sheets_only,
            "active tab beyond the last": change(WORKBOOK, 'activeTab="2"', 'activeTab="20"'),
        },
        "wrong code names": {
            "code name of 32 characters": change(FORM, "<sheetPr", f'<sheetPr codeName="{"S" * 32}"'),
            "code name twice": code_name_twice,
        },
        "illegal names": {
            "name that is a cell": name('name="XP101"', "1"),
            "name with a space": name('name="截止 日期"', "1"),
        },
        "repeated names": {"name twice": name('name="截止日期"', "1")},
        "names of no sheet": {"name of sheet 99": name('name="甲" localSheetId="99"', "1")},
        "wrong custom properties": {
            "property id twice": change("docProps/custom.xml", 'pid="3"', 'pid="2"'),
            "property of another set": change("docProps/custom.xml", 'fmtid="{D5', 'fmtid="{D6'),
        },
        "calculation chain of no formulas": {"chain of no formula": chain_of_no_formula},
        # a sheet
        "unsorted cells": {
            "rows unsorted": rows_in_reverse,
            "cells unsorted": cell('/><c r="ZY1">'),
            "cell twice": cell('/><c r="ZZ1">'),
            "cell beyond the last column": cell('/><c r="XFE1">'),
        },
        "unreadable values": {
            "text as number": cell("><v>12,5</v>"),
            "not a number": cell("><v>NaN</v>"),
            "shared text that is not there": cell(' t="s"><v>7</v>'),
            "unknown error": cell(' t="e"><v>#OOPS!</v>'),
        },
        "overlong texts": {"text too long": cell(f' t="inlineStr"><is><t>{"字" * 32_768}</t></is>')},
        "texts of too many lines": {"254 line breaks": cell(' t="inlineStr"><is><t>' + "一\n" * 254 + "</t></is>")},
        "wrong dimensions": {
            "dimension of nothing": change(FORM, r'<dimension ref="[^"]*"', '<dimension ref="A0:Q39"')
        },
        "impossible rows": {"row too high": change(FORM, r'(<row r="\d+") ht="[^"]*"', r'\1 ht="410"')},
        "overlapping columns": {"columns overlap": change(FORM, r'min="2" max="2"', 'min="1" max="2"')},
        "overlapping merges": {
            "merges overlap": add(FORM, "mergeCells", '<mergeCell ref="Y1:Z2"/><mergeCell ref="Z2:AA3"/>')
        },
        "impossible merges": {"merge of one cell": add(FORM, "mergeCells", '<mergeCell ref="Z9"/>')},
        "arrays in the way": {
            "array begins elsewhere": change(FORM, '(<f t="array" ref=)"[^"]*"', r'\1"Z9"'),
            "array across a merge": merge_over_an_array,
        },
        "impossible views": {"pane at nowhere": change(FORM, 'topLeftCell="[^"]*"', 'topLeftCell="4A"')},
        "impossible pages": {
            "footer too long": change(FORM, "(<oddFooter>)", r"\1" + "页" * 256),
            "page break below the last row": change(FORM, r'<brk id="\d+"', '<brk id="1048576"'),
            "no break in rowBreaks": change(FORM, "(<rowBreaks)[^>]*>.*?</rowBreaks>", r"\1/>"),
        },
        "dead links": {
            "link to a sheet that is not there": change(CONTENTS, "location=\"'01_", "location=\"'09_"),
            "link to a cell that is not there": change(CONTENTS, '!A1"', '!A0"'),
            "link to nothing": change(CONTENTS, ' location="[^"]*"', ""),
            "links that overlap": change(CONTENTS, "<hyperlink [^>]*>", r"\g<0>\g<0>"),
        },
        # validations and conditional formats
        "overlong lists": {
            "list of 329 characters": validation('type="list" sqref="Q3"', f"<formula1>{LONG_LIST}</formula1>")
        },
        "overlong prompts": {
            "prompt of 256 characters": change(FORM, 'prompt="[^"]*"', f'prompt="{"字" * 256}"'),
            "error of 256 characters": change(FORM, ' error="[^"]*"', f' error="{"字" * 256}"'),
        },
        "incomplete validations": {
            "validation of nowhere": change(FORM, '(<dataValidation [^>]*?)sqref="[^"]*"', r'\1sqref="D0"'),
            "validation with half its bounds": change(FORM, "<formula2>[^<]*</formula2>", ""),
        },
        "rules skipped at blanks": {
            "rule skipped at a blank cell": change(FORM, ' allowBlank="0"', ' allowBlank="1"'),
            "bound skipped at a blank cell": validation(
                'type="decimal" allowBlank="1" sqref="Q3"', "<formula1>0</formula1><formula2>$D$5</formula2>"
            ),
            "list with a blank": change(WORKBOOK, r"('_字典'!\$J\$1:\$J\$)2", r"\g<1>3"),
        },
        "misplaced conditional formats": {
            "conditional format of nowhere": change(FORM, '(<conditionalFormatting sqref=)"[^"]*"', r'\1"H3,H4"')
        },
        "wrong priorities": {
            "priority twice": change(FORM, 'priority="2"', 'priority="1"'),
            "priority 0": change(FORM, 'priority="1"', 'priority="0"'),
        },
        "incomplete conditional formats": {
            "conditional format without formula": change(FORM, "(<cfRule[^>]*>)<formula>.*?</formula>", r"\1")
        },
        "forbidden in rules": {
            "array in a conditional format": tinted("OR($H$3={1,2})"),
            "array in a validation": validation('type="custom" sqref="Q3"', "<formula1>OR($Q$3={1,2})</formula1>"),
        },
        # formulas
        "broken formulas": {
            "semicolons between arguments": formula("SUM(A1;B1)"),
            "bracket not closed": formula("SUM(A1,B1"),
            "operator without operand": formula("A1+"),
            "leading equals sign": formula("=A1"),
            "empty formula": formula(""),
            "65 levels": formula(NESTED),
            "8,193 characters": formula("1+" * 4096 + "1"),
            "quotation of 256 characters": formula(f'"{"字" * 256}"&amp;"一"'),
            "256 arguments": formula("SUM(" + "1," * 255 + "1)"),
            "cell in an array of literals": formula("SUM({1,A1})"),
            "ragged array": formula("SUM({1,2;3})"),
            "quotation mark not closed": formula('"甲'),
        },
        "unions outside names": {"comma outside brackets": formula("A1,B1")},
        "formulas about missing sheets": {
            "formula about a missing sheet": formula("'没有'!A1"),
            "name about a missing sheet": name('name="甲"', "'没有'!$A$1"),
            "chart of a missing sheet": change(CHART, "<c:f>'01_", "<c:f>'09_"),
        },
        "formulas about missing names": {"formula about a missing name": formula("没有的名称+1")},
        "unprefixed functions": {"new function without prefix": formula("XLOOKUP(1,A1,B1)")},
        "intersecting formulas": {
            "range in an argument of IF": formula("SUMPRODUCT(IF(A1:A3&gt;0,A1:A3,0))"),
            "range under an operator": formula("SUM(A1:A3*2)"),
            "name of a range as a value": formula("LEN(完成档次表)"),
            "range in a conditional format": tinted("SUM(LEN($H$3:$H$4))=0"),
            "function of unknown parameters": formula("VLOOKUP(1,A1:B3,2,FALSE)"),
        },
        # styles and drawings
        "missing row styles": {"row style beyond the last": change(FORM, '<row r="1"', '<row r="1" s="9999"')},
        "missing number formats": {
            "number format that is not there": change(STYLES, '(<cellXfs.*?)numFmtId="[^"]*"', r'\1numFmtId="999"')
        },
        "repeated number formats": {"number format id twice": change(STYLES, 'numFmtId="165"', 'numFmtId="164"')},
        "broken number formats": {
            "number format with an open quotation": change(
                STYLES, '(<numFmt [^>]*formatCode=)"[^"]*"', r'\1"0&quot;%"'
            ),
            "number format of five sections": change(STYLES, '(<numFmt [^>]*formatCode=)"[^"]*"', r'\1"0;0;0;@;0"'),
        },
        "dangling points": {
            "number format with a dangling point": change(STYLES, '(<numFmt [^>]*formatCode=)"[^"]*"', r'\1"#,##0.##"'),
            "dangling point in TEXT": formula('TEXT(A1,"0.#")'),
        },
        "missing first fills": {
            "first fill solid": change(STYLES, "<patternFill ?/>", '<patternFill patternType="solid"/>')
        },
        "impossible anchors": {
            "chart ends before it begins": change(
                DRAWING, r"<xdr:to><xdr:col>\d+</xdr:col>", "<xdr:to><xdr:col>1</xdr:col>"
            )
        },
        "shared drawings": {"two sheets, one drawing": one_drawing_on_two_sheets},
        "loose axes": {
            "axis crosses none": change(CHART, '<c:crossAx val="100"/>', '<c:crossAx val="7"/>'),
            "plot on no axis": change(
                CHART, '<c:axId val="10"/>(<c:axId val="100"/></c:barChart>)', r'<c:axId val="8"/>\1'
            ),
        },
        "repeated series": {"series order twice": change(CHART, '<c:order val="1"/>', '<c:order val="0"/>')},
    },
    "summary of small": {
        # tables
        "repeated table ids": {"table id twice": change("xl/tables/table2.xml", ' id="2"', ' id="1"')},
        "repeated names": {"table name twice": table_name_twice},
        "illegal table names": {"table named like a cell": change(TABLE, 'displayName="[^"]*"', 'displayName="T1"')},
        "impossible table areas": {
            "table without data": change(TABLE, r'(ref="A1:[A-Z]+)\d+(" totals)', r"\g<1>1\2"),
            "column too many": change(TABLE, r'ref="A1:[A-Z]+(\d+" totals)', r'ref="A1:ZZ\1'),
            "filter outside its table": change(TABLE, r'(<autoFilter ref="A1:[A-Z]+)\d+', r"\g<1>99"),
        },
        "repeated table columns": {
            "table column twice": change(TABLE, '( name="[^"]*")(/><tableColumn id="2") name="[^"]*"', r"\1\2\1")
        },
        "wrong table headers": {
            "header says otherwise": change(TABLE, '(<tableColumn id="2") name="[^"]*"', r'\1 name="另一个"'),
            "header is a number": change(LIST, r'<c r="B1" s="(\d+)" t="s">', r'<c r="B1" s="\1">'),
        },
        "tables in the way": {
            "merge inside a table": change(
                LIST, "</sheetData>", r'\g<0><mergeCells><mergeCell ref="A2:B2"/></mergeCells>'
            )
        },
        "unlisted tables": {
            "table not listed": change(LIST, "<tableParts.*?</tableParts>", ""),
            "another table listed": change(LIST, '<tablePart r:id="[^"]*"', '<tablePart r:id="rId77"'),
        },
    },
    "annotated": {
        # comments
        "repeated comments": {
            "comment twice": change(COMMENTS, r'(<comment ref="A1".*?<comment ref=)"[A-Z]+\d+"', r'\1"A1"')
        },
        "comments by nobody": {"comment by author 7": change(COMMENTS, 'authorId="0"', 'authorId="7"')},
        "overlong comments": {"comment too long": change(COMMENTS, "</t>", "x" * 33_000 + "</t>")},
        "comments without boxes": {"comment without box": change(BOXES, "<v:shape .*?</v:shape>", "")},
        "impossible boxes": {
            "box beyond the last column": change(
                BOXES, r"(<x:Anchor>)\d+(, \d+, \d+, \d+), \d+", r"\g<1>16384\2, 16385"
            )
        },
        "repeated box ids": {
            "box id twice": change(BOXES, '_x0000_s2050"', '_x0000_s2049"'),
            "two drawings, one block": change(OTHER_BOXES, 'data="1"', 'data="2"'),
        },
    },
}

# Sample → id of what the SDK reports → damages. No check of ours looks for these.
THEIRS: Damages = {
    "small": {
        "Exception": {
            "entry twice but for case": same_part_twice_but_for_case,
            "part missing": drop(DRAWING),
            "styles missing": drop(STYLES),
            "relationship id twice": change(RELATED, 'Id="rId2"', 'Id="rId1"'),
            "part without content type": part_without_a_type,
            "sheet typed as styles": change(TYPES, r"spreadsheetml\.worksheet\+xml", "spreadsheetml.styles+xml"),
            "ribbon of another year": ribbon("2006/relationships/ui/extensibility"),
        },
        "ExceptionError": {
            "XML cut off": change(FORM, "</worksheet>$", ""),
            "raw ampersand": change(CHART, "<c:v>[^<]*</c:v>", "<c:v>R&D</c:v>"),
        },
        "Sem_InvalidRelationshipId": {
            "relationship missing": change("xl/worksheets/_rels/sheet4.xml.rels", 'Id="rId1"', 'Id="rId9"')
        },
        "Pkg_PartIsNotAllowed": {
            "macros led to by the package": macros_on_the_package,
            "ribbon led to by the workbook": ribbon("2007/relationships/ui/extensibility", RELATED, "../"),
        },
        "Sem_UniqueAttributeValue": {
            "two sheets of one title": change(WORKBOOK, 'name="参数"', 'name="目录"'),
            "titles that differ in case": change(WORKBOOK, 'name="参数"(.*?)name="_字典"', r'name="Abc"\1name="ABC"'),
            "sheet id twice": change(WORKBOOK, 'sheetId="2"', 'sheetId="1"'),
            "property name twice": change("docProps/custom.xml", r'(name="([^"]*)".*?name=)"[^"]*"', r'\1"\2"'),
        },
        "Sem_AttributeValueDataTypeDetailed": {
            "title of 32 characters": change(WORKBOOK, 'name="参数"', f'name="{"参" * 32}"'),
            "title with a slash": change(WORKBOOK, 'name="参数"', 'name="参/数"'),
            "code name with a space": change(FORM, "<sheetPr", '<sheetPr codeName="Sheet 1"'),
            "property id 1": change("docProps/custom.xml", 'pid="2"', 'pid="1"'),
            "column too wide": change(FORM, '(<col [^>]*)width="[^"]*"', r'\1width="256"'),
            "zoom of 500": change(FORM, 'zoomScale="100"', 'zoomScale="500"'),
            "page break at row 0": change(FORM, r'<brk id="\d+"', '<brk id="0"'),
            "prompt title of 33 characters": change(FORM, 'promptTitle="[^"]*"', f'promptTitle="{"字" * 33}"'),
            "link with a tip of 256 characters": change(CONTENTS, "<hyperlink ", f'<hyperlink tooltip="{"字" * 256}" '),
        },
        "Sch_UnexpectedElementContentExpectingComplex": {
            "merges after validations": change(FORM, "(<mergeCells.*?</mergeCells>)(.*?</dataValidations>)", r"\2\1")
        },
        "Sch_IncompleteContentExpectingComplex": {
            "no merge in mergeCells": change(FORM, "(<mergeCells)[^>]*>.*?</mergeCells>", r"\1/>")
        },
        "Sch_AttributeValueDataTypeDetailed": {"unknown cell type": cell(' t="x"><v>1</v>')},
        "Sem_MissingIndexedElement": {
            "dxfId beyond the last": change(FORM, 'dxfId="[^"]*"', 'dxfId="999"'),
            "cell style beyond the last": cell(' s="9999"><v>1</v>'),
            "font beyond the last": change(STYLES, '(<cellXfs.*?)fontId="[^"]*"', r'\1fontId="999"'),
            "cell metadata without any": cell(' cm="1"><v>1</v>'),
        },
    },
    "summary of small": {
        "Sem_UniqueAttributeValue": {
            "shape id twice": change("xl/drawings/drawing1.xml", '<xdr:cNvPr id="3"', '<xdr:cNvPr id="2"')
        },
    },
}
