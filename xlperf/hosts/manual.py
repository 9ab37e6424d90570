"""The manual page of the functions, from the catalog: arguments, result, example, plain formula."""

from __future__ import annotations

from xlperf.hosts.libreoffice.embedded.xlperf_handing import NEVER_ZERO
from xlperf.measure import CATALOG, STATUS, Function, Param

TEXTS = {
    "intro": (
        "xlperf 的函数：装有加载项时由函数计算，没有时由等价的普通公式计算，结果相同。\n"
        "参数可以是数字、文字、单元格、区域或算式；同一公式中的各区域大小应相同。\n"
        "整列一次计算：选中结果区域，键入公式，按 Ctrl+Shift+Enter。\n"
        "示例可照样键入单元格；以逗号作小数点的系统中，参数之间用分号。",
        "Functions of xlperf. With the add-in they answer themselves, without it the plain formula gives the same.\n"
        "An argument is a number, a text, a cell, a range or an expression; ranges of one call have one shape.\n"
        "A whole column at once: select the cells of the result, type the formula, press Ctrl+Shift+Enter.\n"
        "Examples can be typed as they stand; where the comma is the decimal mark, semicolons part the arguments.",
    ),
    "libreoffice": (
        "LibreOffice 的不同之处\n"
        "  单独引用的空白单元格按 0 计（{blank} 除外，按省略计）；区域中的空白仍是空白。"
        '可能空白的单元格请写 IF(A1="","",A1)。\n'
        "  参数中有错误值时，整个公式的结果是错误值。",
        "Where LibreOffice differs\n"
        "  A blank cell by itself counts as 0 ({blank}: as left out); a blank within a range is blank. "
        'For a cell that may be blank write IF(A1="","",A1).\n'
        "  An error value in an argument makes the whole answer an error value.",
    ),
    "arguments": ("参数", "arguments"),
    "result": ("结果", "result"),
    "example": ("示例", "example"),
    "plain": ("等价公式", "plain formula"),
    "optional": ("可省略", "optional"),
    "words": ("数字处可能出现的状态词", "Status words that stand where a number should"),
}


def manual_page(lang: str = "zh") -> str:
    """All functions, as plain text."""
    differs = _text("libreoffice", lang).format(blank=", ".join(sorted(NEVER_ZERO)))
    pages = [_text("intro", lang), differs, *(_page(function, lang) for function in CATALOG.values())]
    words = "\n".join(f"  {word}" + ("" if lang == "zh" else f": {english}") for word, english in STATUS.items())
    return "\n\n".join([*pages, f"{_text('words', lang)}\n{words}"])


def function_page(function: Function, lang: str = "zh") -> str:
    """One function with its example, as plain text; its plain formula, which may be long, is in `manual_page`."""
    return _page(function, lang, with_formula=False)


def _text(key: str, lang: str) -> str:
    return TEXTS[key][lang != "zh"]


def _in(zh: str, en: str, lang: str) -> str:
    return zh if lang == "zh" else en


def _page(function: Function, lang: str, *, with_formula: bool = True) -> str:
    signature = f"{function.worksheet_name}({', '.join(_name(param) for param in function.params)})"
    unit = f" [{function.result.unit}]" if function.result.unit else ""
    lines = [
        signature,
        f"  {_in(function.zh, function.en, lang)}",
        f"  {_text('arguments', lang)}:",
        *(f"    {_argument(param, lang)}" for param in function.params),
        f"  {_text('result', lang)}: {_in(function.result.zh, function.result.en, lang)}{unit}",
        f"  {_text('example', lang)}: {_example(function)}",
    ]
    if with_formula and function.plain is not None:
        lines.append(f"  {_text('plain', lang)}: ={function.formula(*(param.name for param in function.params))}")
    return "\n".join(lines)


def _name(param: Param) -> str:
    return f"[{param.name}]" if param.optional else param.name


def _argument(param: Param, lang: str) -> str:
    notes = [param.unit] if param.unit else []
    if param.optional:
        notes.append(_text("optional", lang) + (f" = {param.default}" if param.default else ""))
    return f"{param.name}: {_in(param.zh, param.en, lang)}" + (f" ({'; '.join(notes)})" if notes else "")


def _example(function: Function) -> str:
    arguments = ",".join(_literal(argument) for argument in function.example.args)
    return f"={function.worksheet_name}({arguments}) → {function.example.answer}"


def _literal(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple):
        rows = (",".join(map(_literal, row)) if isinstance(row, tuple) else _literal(row) for row in value)
        return "{" + ";".join(rows) + "}"
    return "" if value is None else str(value)
