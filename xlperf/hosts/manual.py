"""The manual page of the functions, from the catalog: what each takes, gives, and falls back to."""

from __future__ import annotations

from xlperf.measure import CATALOG, STATUS, Function, Param

TEXTS = {
    "intro": (
        "xlperf 的函数：装有加载项时由函数计算，没有时由等价的普通公式计算，结果相同。\n"
        "区域参数可以是一个单元格，也可以是一列；同一公式中的各区域大小应相同。",
        "Functions of xlperf. With the add-in they answer themselves, without it the plain formula gives the same.\n"
        "A range argument may be one cell or a column; ranges of one call have one shape.",
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
    pages = [_text("intro", lang), *(_page(function, lang) for function in CATALOG.values())]
    words = "\n".join(f"  {word}" + ("" if lang == "zh" else f": {english}") for word, english in STATUS.items())
    return "\n\n".join([*pages, f"{_text('words', lang)}\n{words}"])


def _text(key: str, lang: str) -> str:
    return TEXTS[key][lang != "zh"]


def _said(zh: str, en: str, lang: str) -> str:
    return zh if lang == "zh" else en


def _page(function: Function, lang: str) -> str:
    signature = f"{function.worksheet_name}({', '.join(_name(param) for param in function.params)})"
    unit = f" [{function.result.unit}]" if function.result.unit else ""
    lines = [
        signature,
        f"  {_said(function.zh, function.en, lang)}",
        f"  {_text('arguments', lang)}:",
        *(f"    {_argument(param, lang)}" for param in function.params),
        f"  {_text('result', lang)}: {_said(function.result.zh, function.result.en, lang)}{unit}",
        f"  {_text('example', lang)}: {_example(function)}",
        f"  {_text('plain', lang)}: ={function.formula(*(param.name for param in function.params))}",
    ]
    return "\n".join(lines)


def _name(param: Param) -> str:
    return f"[{param.name}]" if param.optional else param.name


def _argument(param: Param, lang: str) -> str:
    notes = [param.unit] if param.unit else []
    if param.optional:
        notes.append(_text("optional", lang) + (f" = {param.default}" if param.default else ""))
    return f"{param.name}: {_said(param.zh, param.en, lang)}" + (f" ({'; '.join(notes)})" if notes else "")


def _example(function: Function) -> str:
    arguments = ", ".join(_written(argument) for argument in function.example.args)
    return f"{function.worksheet_name}({arguments}) → {_written(function.example.answer)}"


def _written(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple):
        rows = (",".join(map(_written, row)) if isinstance(row, tuple) else _written(row) for row in value)
        return "{" + ";".join(rows) + "}"
    return "" if value is None else str(value)
