"""Mutators of number formats: a cell that holds one thing and shows another, as a literal table says."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.sax.saxutils import quoteattr

from fuzz.cells import an_input, into, means, nothing, number, slots, words
from fuzz.draft import Draft, Impossible
from fuzz.oracle import PROJECTS

from xlperf.form import Kind, Role

# Formats by which a number looks like the number it is.
PLAIN = (
    "General", "@", "0.00", "0.00E+00", "# ?/?", "#,##0.00####", "0.00;[红色]-0.00", "[$￥-804]#,##0.00", "000.00",
    "[DBNum1][$-804]General", "#,##0.00_);[Red](#,##0.00)", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    '0.00_ ', '[蓝色][>100]0.00;0.00', "¥#,##0.00",
)  # fmt: skip
# Format, number, and what of it a person may mean where an amount in 万元 belongs; to be told whatever it is.
AMOUNTS: tuple[tuple[str, str, tuple[str | None, ...]], ...] = (
    ("0%", "0.95", ("0.95", None)), ("0.00%", "12", ("12", None)), ('#,##0"元"', "2000", ("0.2", None)),
    ('#,##0.00"千元"', "2000", ("200", None)), ('0"亿元"', "2", ("20000", None)), ('0!.0,"万"', "200000", ("20", None)),
    ('0\\.0,"万"', "12345", ("1.2345", None)), ("#,##0,", "200000", ("200", None)),
    ('0.00,,"百万"', "1500000", ("150", None)), (";;;", "95", (None,)), ('"完成"', "1", (None,)),
    ('"已付清"', "20", (None,)), ('[>=90]"优";[>=60]"中";"差"', "70", (None,)), ("0;0", "-5", ("5", None)),
    ("yyyy-mm-dd", "46091", (None,)), ("mmm-yy", "22037", (None,)), ("m/d", "46091", (None,)),
    ("yyyy/m/d h:mm", "46091.5", (None,)), ("[$-804]aaaa;@", "46091", (None,)), ('e"年"', "46091", (None,)),
    ('[$-411]ggge"年"m"月"d"日"', "46091", (None,)), ("h:mm", "0.0625", (None,)), ("[h]:mm:ss", "2.25", (None,)),
    ('上午/下午h"时"mm"分"', "0.125", (None,)), ('yyyy"年"m"月"', "22037", (None,)), ("yyyy-mm-dd", "-1", (None,)),
)  # fmt: skip
# Formats by which no number looks like what it is, wherever it stands, and numbers to show it with.
ANYWHERE = (
    (";;;", "95"), ("yyyy-mm-dd", "46091"), ("mmm-yy", "22037"), ("[$-804]aaaa;@", "46091"), ("h:mm", "0.0625"),
    ("[h]:mm", "2.25"), ('e"年"', "46091"), ("yyyy/m/d h:mm", "46091.5"),
)  # fmt: skip
# A percentage of 95 beside another quantity: unit, the other, what 0.95 means.
PERCENTAGES: tuple[tuple[str, str, str | None], ...] = (
    ("%", "95", "95"), ("%", "100", "95"), ("％", "90.5", "95"), ("", "100", "95"), ("", "1", "0.95"),
    ("保证办案工作完成", "100", "95"), ("保证办案工作完成", "1", "0.95"), ("件", "100", None), ("%", "1", None),
    ("人次", "1", None),
)  # fmt: skip
BUILT_IN = (9, 10, 14, 17, 20, 22, 31, 46, 57)


def style_of(draft: Draft, code: str | int, more: str = 'applyNumberFormat="1"') -> int:
    """The index of a new cell style with this number format, and `more` attributes."""
    name = next((name for name in draft.parts if name.lower().endswith("styles.xml")), None)
    if name is None:
        raise Impossible
    xml = draft.parts[name].decode()
    table = re.search(r"<cellXfs[^>]*>(.*?)</cellXfs>", xml, re.DOTALL)
    if table is None:
        raise Impossible
    number_format = code if isinstance(code, int) else 300 + xml.count("<numFmt ")
    if isinstance(code, str):
        made = f'<numFmt numFmtId="{number_format}" formatCode={quoteattr(code)}/>'
        xml = xml.replace("</numFmts>", made + "</numFmts>", 1)
        if made not in xml:
            raise Impossible
    xf = f'<xf numFmtId="{number_format}" fontId="0" fillId="0" borderId="0" {more}/>'
    draft.parts[name] = xml.replace("</cellXfs>", xf + "</cellXfs>", 1).encode()
    return len(re.findall(r"<xf\b", table[1]))


def shows_itself(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (Kind.MONEY, Kind.POINTS, Kind.QUANTITY))
    value = draft.dice.choice(("5.25", "120.5", "0.5", "3"))
    into(draft, sheet, place, number(value), style_of(draft, draft.dice.choice(PLAIN)))
    means(draft, sheet, place, Decimal(value))


def shows_another_amount(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (Kind.MONEY,))
    code, held, meant = draft.dice.choice(AMOUNTS)
    into(draft, sheet, place, number(held), style_of(draft, code))
    means(draft, sheet, place, *(None if value is None else Decimal(value) for value in meant), told=True)


def shows_something_else(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (), (*PROJECTS, "overall"))
    code, held = draft.dice.choice(ANYWHERE)
    into(draft, sheet, place, number(held), style_of(draft, code))
    means(draft, sheet, place, told=True)


def percent_format(draft: Draft) -> None:
    """95 % typed into a cell without a format: the program stores 0.95 and a percent format; 12-31 becomes a day."""
    sheet, _, place = an_input(draft, (Kind.QUANTITY, Kind.MONEY, Kind.POINTS))
    built_in = draft.dice.choice(BUILT_IN)
    value = "0.95" if built_in in (9, 10) else "46200.25"
    into(draft, sheet, place, number(value), style_of(draft, built_in))
    means(draft, sheet, place, told=True)


def percent_beside(draft: Draft) -> None:
    """A percentage among the quantities of a row: unit and size of the other one say what it means."""
    sheet = draft.sheet(*PROJECTS)
    row = draft.dice.choice(sheet.layout.bands["indicators"])
    unit, other, meant = draft.dice.choice(PERCENTAGES)
    actual = row["indicators.actual"]
    into(draft, sheet, row["indicators.unit"], words(unit) if unit else nothing)
    into(draft, sheet, row["indicators.value"], number(other), style_of(draft, 0))
    into(draft, sheet, actual, number("0.95"), style_of(draft, "0%"))
    means(draft, sheet, actual, None if meant is None else Decimal(meant), told=True)


def style_redefined(draft: Draft) -> None:
    """Another format for a style that cells of ours have: each of their numbers is to be told."""
    sheet = draft.sheet(*PROJECTS)
    used: dict[str, list[str]] = {}
    places = {place.cell: place for _, place in slots(sheet, Role.INPUT, (Kind.MONEY, Kind.POINTS, Kind.QUANTITY))}
    for cell, (_, _, attributes, content) in draft.cells(sheet.part).items():
        style, value = re.search(rb' s="(\d+)"', attributes), re.search(rb"<v>([^<]*)</v>", content)
        if cell in places and style and value and b" t=" not in attributes and float(value[1]):
            used.setdefault(style[1].decode(), []).append(cell)
    if not used:
        raise Impossible
    style, told = draft.dice.choice(sorted(used.items()))
    index = style_of(draft, draft.dice.choice((";;;", '"完成"', "yyyy-mm-dd", "0%", "h:mm")))
    name = next(name for name in draft.parts if name.lower().endswith("styles.xml"))
    xml = draft.parts[name].decode()
    start = xml.index("<cellXfs")
    xfs = list(re.compile(r"<xf\b[^>]*?(?:/>|>.*?</xf>)", re.DOTALL).finditer(xml, start))
    old = xfs[int(style)]
    new = re.search(r'numFmtId="\d+"', xfs[index][0])
    assert new is not None
    changed = re.sub(r'numFmtId="\d+"', new[0], old[0], count=1)
    draft.parts[name] = (xml[: old.start()] + changed + xml[old.end() :]).encode()
    for cell in told:
        means(draft, sheet, places[cell], told=True)
    draft.claim.neutral = False


MUTATORS = (
    shows_itself, shows_another_amount, shows_something_else, percent_format, percent_beside, style_redefined,
)  # fmt: skip
