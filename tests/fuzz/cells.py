"""Mutators of cells: what clerks type, paste, clear and drag, and what programs make of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from xml.sax.saxutils import escape

from fuzz.draft import Draft, Impossible
from fuzz.oracle import PROJECTS
from fuzz.originals import Sheet
from strategies import AWKWARD

from xlperf.form import Kind, Place, Role
from xlperf.model.text import clean
from xlperf.ooxml.a1 import address

NUMBERS = (Kind.MONEY, Kind.NUMBER, Kind.POINTS)
WORDS = (Kind.TEXT, Kind.PARAGRAPH)

# What people type where money in 万元 belongs → what it says; None where it says no number.
MONEY_WORDS: dict[str, str | None] = {
    "2000万": "2000", "2000万元": "2000", "20元": "0.002", "1.5亿": "15000", "１２００": "1200",
    "１，２００．５": "1200.5", "1,200": "1200", "12,00": None, "20.5 万元": "20.5", " 20 ": "20", "　20": "20",
    "-5": "-5", "－5": "-5", "+5": "5", "¥20": "20", "约20": None, "20左右": None, "二十": None, "'20": None,
    "NaN": None, "inf": None, "0x10": None, "1e3": None, "20%": None, "#REF!": None, "=20": None, "20.": None,
    ".5": "0.5", "12.345.6": None, "无": None, "/": None, "—": None, "٢٠": "20", "20万吨": None,
    "999999999": "999999999", "1000000000": None, "20\n": "20", "2 0": None, "0": "0",
}  # fmt: skip
ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "")
NUMERALS = {
    "1E2": "100", "1.5e1": "15", "+7": "7", "007": "7", "-0": "0", "0.30000000000000004": "0.3", "1e-3": "0.001",
    " 12 ": "12", "12.": "12", ".25": "0.25",
}  # fmt: skip
ODD_NUMERALS = (
    "NaN", "nan", "INF", "-inf", "1e999", "1_000", "1,5", "0x1F", "", " ", "12abc", "１２", "1e9", "1e-9",
    "0.1234567", "123456789012345678", "1" * 400, "9" * 5000, "--1", "1e", "true",
)  # fmt: skip
LONG = ("长" * 32_767, "长" * 32_768, "x" * 40_000, "😀" * 16_384, "行\n" * 20_000)
CONTROLS = (
    "_x0000_", "_x0007_甲", "_xFFFF_", "_xD83D__xDE00_", "_xD800_", "甲_x000D_\n乙", "&#13;", "\u202e反",
    "\u200b", "\ufeff", "&#9;", "_x005F_x0041_", "_x000A_",
)  # fmt: skip
MARKERS = (
    "",
    "别的",
    "xlperf form=",
    "xlperf form=project edition=2026.1",
    "xlperf form=project edition=2026.1 indicators=99999999999",
    "xlperf form=seal edition=1.0",
    "xlperf form=overall edition=2026.1 x=1",
)
FORMULAS = (
    "SUM(A1:A3)",
    "1+1",
    "[1]Sheet1!A1",
    'DDE("cmd","/C calc","x")',
    "#REF!+1",
    "XLPERF_RATE(1,2)",
    "A1:A9",
    '""',
)
STATED = ("≥", "≤", "=", "＞", "不低于", "以内", "定性", "不涉及", ">=", "大概", "≠", "5")
TICKED = ("√", "✓", "是", "1", "V", "×", "否", "√√", "经费")
DATES = {
    "2026-06-30": True, "2026/6/30": True, "2026年6月30日": True, "20260630": False, "30/6/2026": False,
    "六月底": False, "2026-02-30": False, "1899-12-31": False, "2026-06-30T00:00:00": True,
    "2026-06-30T12:30:00": False,
}  # fmt: skip


# --- how a cell is written down --------------------------------------------------------------------------------------


def number(text: str) -> Callable[[str], str]:
    return lambda cell: f'<c r="{cell}"{{s}}><v>{text}</v></c>'


def words(text: str, *, raw: bool = False) -> Callable[[str], str]:
    said = text if raw else escape(text)
    return lambda cell: f'<c r="{cell}"{{s}} t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def typed(kind: str, value: str, formula: str = "") -> Callable[[str], str]:
    told = f"<f>{escape(formula)}</f>" if formula else ""
    result = f"<v>{escape(value)}</v>" if value or not formula else ""
    return lambda cell: f'<c r="{cell}"{{s}} t="{kind}">{told}{result}</c>'


def nothing(cell: str) -> str:
    return f'<c r="{cell}"{{s}}/>'


# --- where -----------------------------------------------------------------------------------------------------------


def slots(sheet: Sheet, role: Role, kinds: tuple[Kind, ...] = ()) -> list[tuple[str, Place]]:
    """The places of a sheet that are filled by this role, with their keys."""
    return [
        (place.piece.key, place)
        for place in sheet.layout.places
        if place.piece.role is role and (not kinds or place.piece.kind in kinds)
        and place.piece.key != "marker"
    ]  # fmt: skip


def an_input(draft: Draft, kinds: tuple[Kind, ...] = (), only: tuple[str, ...] = PROJECTS) -> tuple[Sheet, str, Place]:
    sheet = draft.sheet(*only)
    fitting = slots(sheet, Role.INPUT, kinds)
    if not fitting:
        raise Impossible
    return (sheet, *draft.dice.choice(fitting))


def into(draft: Draft, sheet: Sheet, place: Place, element: Callable[[str], str], style: int | None = None) -> None:
    """Another content for a cell, in its own style or in this one; what was claimed of it before is forgotten."""
    at = sheet.part, place.cell
    spelled = element(place.cell)
    if style is not None or at in draft.restyled:
        spelled = spelled.replace("{s}", f' s="{style}"' if style is not None else "")
        draft.restyled.add(at)
    draft.put(*at, spelled)
    draft.claim.forget(sheet.part, place.cell)
    draft.claim.neutral = False


def means(draft: Draft, sheet: Sheet, place: Place, *values: object, told: bool = False) -> None:
    """One of the values must arrive there; if it is to be `told`, with a finding."""
    if values:
        draft.claim.means[(sheet.part, place.cell)] = values
    if told:
        draft.claim.told.add((sheet.part, place.cell))


# --- legal answers ---------------------------------------------------------------------------------------------------


def legal_number(draft: Draft) -> None:
    sheet, _, place = an_input(draft, NUMBERS)
    value = Decimal(draft.dice.randrange(-(10**9), 10**12)).scaleb(-draft.dice.randrange(7))
    if abs(value) >= 10**9:
        value /= 1000
        value = value.quantize(Decimal("0.000001"))
    into(draft, sheet, place, number(f"{value:f}"))
    if len(value.as_tuple().digits) <= 15:
        means(draft, sheet, place, value)


def number_spelled_oddly(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (Kind.MONEY, Kind.POINTS))
    text, value = draft.dice.choice(list(NUMERALS.items()))
    into(draft, sheet, place, number(text))
    means(draft, sheet, place, Decimal(value))


def legal_text(draft: Draft) -> None:
    sheet, key, place = an_input(draft, WORDS, (*PROJECTS, "overall"))
    text = draft.dice.choice(AWKWARD)
    into(draft, sheet, place, words(text.replace("_x", "_x005F_x")))
    if key in ("purpose", "deviation_reason", "indicators.name", "indicators.basis") and clean(text):
        means(draft, sheet, place, clean(text))


def legal_choice(draft: Draft) -> None:
    sheet, key, place = an_input(draft)
    sheet = draft.sheet(*PROJECTS)
    chosen = ("indicators.operator", "indicators.likelihood", "indicators.deviation_kinds")
    key, place = draft.dice.choice([each for each in slots(sheet, Role.INPUT) if each[0].startswith(chosen)])
    choices = STATED if key.endswith("operator") else ("确定能", "有可能", "完全不可能", "可能", "100%")
    if place.piece.kind is Kind.TICK:
        choices = TICKED
    into(draft, sheet, place, words(draft.dice.choice(choices)))


def parameter(draft: Draft) -> None:
    sheet = draft.sheet("settings")
    key, place = draft.dice.choice(slots(sheet, Role.INPUT))
    said: dict[str, tuple[str, ...]] = {
        "as_of": ("46200", "46200.75", "12", "-1", "2958465", "99999999"),
        "period": ("绩效自评", "运行监控", "年底", "1"),
        "pack": ("hubei", "湖北", "national-2020", "火星"),
        "plan_method": ("线性", "按节点", "跳跃"),
    }
    text = draft.dice.choice(said.get(key, ("0.5", "1", "60", "1.5", "-0.2", "0.1234567", "八成")))
    is_number = re.fullmatch(r"-?[\d.]+", text) is not None
    into(draft, sheet, place, number(text) if is_number else words(text))


def date_as_text(draft: Draft) -> None:
    sheet = draft.sheet("settings")
    place = dict(slots(sheet, Role.INPUT))["as_of"]
    text = draft.dice.choice(list(DATES))
    into(draft, sheet, place, draft.dice.choice((words(text), typed("d", text), typed("str", text))))


# --- wrong answers ---------------------------------------------------------------------------------------------------


def words_into_money(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (Kind.MONEY,))
    text, value = draft.dice.choice(list(MONEY_WORDS.items()))
    into(draft, sheet, place, draft.dice.choice((words(text), typed("str", text))))
    means(draft, sheet, place, None if value is None else Decimal(value))


def words_into_number(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (Kind.NUMBER, Kind.POINTS, Kind.SHARE, Kind.QUANTITY, Kind.COUNT, Kind.DATE),
                               (*PROJECTS, "overall", "settings"))  # fmt: skip
    text = draft.dice.choice((*MONEY_WORDS, "95%", "９５％", "5‰", "≥95%", "50", "0.5", "1.2", "百分之五", "达成"))
    into(draft, sheet, place, words(text))


def odd_numeral(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (), (*PROJECTS, "overall", "settings"))
    into(draft, sheet, place, number(draft.dice.choice(ODD_NUMERALS)))


def error_value(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (), (*PROJECTS, "overall", "settings"))
    into(draft, sheet, place, typed("e", draft.dice.choice(ERRORS)))


def formula_with_result(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (), (*PROJECTS, "overall", "settings"))
    kind, value = draft.dice.choice((("n", "12"), ("str", "甲"), ("str", ""), ("e", "#N/A"), ("b", "1")))
    into(draft, sheet, place, typed(kind, value, draft.dice.choice(FORMULAS)))


def formula_without_result(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (), (*PROJECTS, "overall", "settings"))
    formula = escape(draft.dice.choice(FORMULAS))
    into(draft, sheet, place, lambda cell: f'<c r="{cell}"{{s}}><f>{formula}</f></c>')


def array_formula(draft: Draft) -> None:
    sheet, _, place = an_input(draft, NUMBERS)
    area = f"{place.cell}:{address(place.row + draft.dice.randrange(3), place.column)}"
    into(draft, sheet, place, lambda cell: f'<c r="{cell}"{{s}}><f t="array" ref="{area}">1+1</f><v>2</v></c>')


def boolean(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (), (*PROJECTS, "overall", "settings"))
    into(draft, sheet, place, typed("b", draft.dice.choice(("0", "1", "true", "false"))))


def long_text(draft: Draft) -> None:
    sheet, _, place = an_input(draft, WORDS, (*PROJECTS, "overall"))
    into(draft, sheet, place, words(draft.dice.choice(LONG)))


def control_characters(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (), (*PROJECTS, "overall", "settings"))
    text = draft.dice.choice(CONTROLS)
    into(draft, sheet, place, words(text, raw="&" in text))


def leading_sign(draft: Draft) -> None:
    sheet, _, place = an_input(draft, WORDS, (*PROJECTS, "overall"))
    into(
        draft,
        sheet,
        place,
        words(draft.dice.choice("=+-@'\t|%") + draft.dice.choice(("1+1", "cmd|' /C calc'!A0", "甲", "SUM(A1)"))),
    )


# --- clearing, dragging, overwriting ---------------------------------------------------------------------------------


def cleared(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (), (*PROJECTS, "overall", "settings"))
    into(draft, sheet, place, nothing)


def removed(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (), (*PROJECTS, "overall", "settings"))
    into(draft, sheet, place, lambda _: "")


def swapped(draft: Draft) -> None:
    """Two answers change places."""
    draft.claim.forget()
    sheet, _, one = an_input(draft)
    _, other = draft.dice.choice(slots(sheet, Role.INPUT))
    cells = draft.cells(sheet.part)
    if one.cell not in cells or other.cell not in cells or one.cell == other.cell:
        raise Impossible
    elements = {
        cell: draft.parts[sheet.part][cells[cell][0] : cells[cell][1]].decode() for cell in (one.cell, other.cell)
    }
    draft.put(
        sheet.part, one.cell, elements[other.cell].replace(f'"{other.cell}"', f'"{one.cell}"', 1).replace("{s}", "")
    )
    draft.put(
        sheet.part, other.cell, elements[one.cell].replace(f'"{one.cell}"', f'"{other.cell}"', 1).replace("{s}", "")
    )
    draft.claim.neutral = False


def row_moved(draft: Draft) -> None:
    """A row of a band is cut and put where another stands; with `copied`, it stays as well."""
    draft.claim.forget()
    sheet = draft.sheet(*PROJECTS)
    band = draft.dice.choice(("indicators", "payments", "objectives"))
    rows = sheet.layout.bands[band]
    if len(rows) < 2:
        raise Impossible
    one, other = (next(iter(row.values())).row for row in draft.dice.sample(rows, 2))
    copied = draft.dice.random() < 0.5
    cells = draft.cells(sheet.part)
    xml = draft.parts[sheet.part]
    moved = {}
    for cell, (start, end, _, _) in cells.items():
        letters = re.sub(r"\d", "", cell)
        if cell == f"{letters}{one}":
            moved[f"{letters}{other}"] = xml[start:end].decode().replace(f'"{cell}"', f'"{letters}{other}"', 1)
    columns = {place.cell for row in rows for place in row.values()}
    for cell, element in moved.items():
        if cell in columns:
            draft.put(sheet.part, cell, element)
    if not copied:
        for cell in moved:
            source = re.sub(r"\d", "", cell) + str(one)
            if source in columns:
                draft.put(sheet.part, source, nothing(source))
    draft.claim.neutral = False


def band_sorted(draft: Draft) -> None:
    """Data › Sort: the rows of a band in another order, what stands beside it where it was."""
    draft.claim.forget()
    sheet = draft.sheet(*PROJECTS)
    rows = sheet.layout.bands["indicators"]
    order = draft.dice.sample(range(len(rows)), len(rows))
    cells, xml = draft.cells(sheet.part), draft.parts[sheet.part]
    for target, source in enumerate(order):
        for key, place in rows[source].items():
            to = rows[target][key].cell
            found = cells.get(place.cell)
            element = xml[found[0] : found[1]].decode() if found else ""
            draft.put(sheet.part, to, element.replace(f'"{place.cell}"', f'"{to}"', 1) if element else nothing(to))
    draft.claim.neutral = False


def block_pasted(draft: Draft) -> None:
    """A rectangle is copied over another one of the same sheet, as values."""
    draft.claim.forget()
    sheet = draft.sheet(*PROJECTS, "overall", "settings")
    height, width = draft.dice.randrange(1, 5), draft.dice.randrange(1, 5)
    last, columns = sheet.layout.last_row, sheet.layout.visible_columns
    row, to_row = draft.dice.randrange(1, last), draft.dice.randrange(1, last)
    column, to_column = draft.dice.randrange(1, columns), draft.dice.randrange(1, columns)
    cells, xml = draft.cells(sheet.part), draft.parts[sheet.part]
    for down in range(height):
        for right in range(width):
            source, to = address(row + down, column + right), address(to_row + down, to_column + right)
            found = cells.get(source)
            element = xml[found[0] : found[1]].decode() if found else nothing(source).replace("{s}", "")
            draft.put(sheet.part, to, element.replace(f'"{source}"', f'"{to}"', 1))
    draft.claim.neutral = False
    draft.claim.may_refuse |= sum(each.kind in PROJECTS for each in draft.original.sheets) == 1


def label_overwritten(draft: Draft) -> None:
    sheet = draft.sheet()
    labels = [place for place in sheet.layout.labels if place.piece.text]
    place = draft.dice.choice(labels)
    element = draft.dice.choice(
        (words("改过的"), number("12"), nothing, words("预算数"), typed("e", "#REF!"), words(" "))
    )
    into(draft, sheet, place, element)


def given_overwritten(draft: Draft) -> None:
    sheet = draft.sheet()
    fitting = slots(sheet, Role.GIVEN)
    if not fitting:
        raise Impossible
    _, place = draft.dice.choice(fitting)
    into(
        draft,
        sheet,
        place,
        draft.dice.choice((words("改过的"), number("12"), nothing, number("2.5"), words("13080023P00024610002U"))),
    )
    draft.claim.may_refuse |= sheet.kind == "seal"  # the edition stands there


def computed_overwritten(draft: Draft) -> None:
    sheet = draft.sheet()
    fitting = slots(sheet, Role.COMPUTED)
    if not fitting:
        raise Impossible
    _, place = draft.dice.choice(fitting)
    into(draft, sheet, place, draft.dice.choice((words("正常"), number("0.99"), nothing, typed("e", "#VALUE!"))))


def marker_overwritten(draft: Draft) -> None:
    sheet = draft.sheet()
    place = sheet.layout.slots["marker"]
    text = draft.dice.choice(MARKERS)
    into(draft, sheet, place, words(text))
    draft.claim.may_refuse = True


def stray(draft: Draft) -> None:
    sheet = draft.sheet()
    layout = sheet.layout
    below = address(layout.last_row + draft.dice.randrange(1, 40), draft.dice.randrange(1, 30))
    beside = address(draft.dice.randrange(1, layout.last_row), layout.columns + draft.dice.randrange(1, 150))
    spot = draft.dice.choice((below, beside))
    draft.put(
        sheet.part, spot, draft.dice.choice((words("备注"), number("12.5"), typed("e", "#REF!"), typed("b", "1")))(spot)
    )
    draft.claim.neutral = False


def far_stray(draft: Draft) -> None:
    sheet = draft.sheet()
    spot = draft.dice.choice(("XFD1048576", "A1048576", "XFD1", "ZZZ1", "A9999999", address(5_001, 1), address(1, 201)))
    draft.put(sheet.part, spot, number("1")(spot))
    draft.claim.neutral = False
    draft.claim.may_refuse |= spot in ("ZZZ1", "A9999999")  # no cells of any worksheet


def many_strays(draft: Draft) -> None:
    sheet = draft.sheet()
    for row in range(sheet.layout.last_row + 2, sheet.layout.last_row + 2 + draft.dice.randrange(2, 60)):
        draft.put(sheet.part, f"B{row}", words("草稿")(f"B{row}"))
    draft.claim.neutral = False


def under_a_merge(draft: Draft) -> None:
    """Something in a cell that a label or a wide answer covers."""
    sheet = draft.sheet()
    wide = [place for place in (*sheet.layout.places, *sheet.layout.labels) if place.last_column > place.column]
    place = draft.dice.choice(wide)
    spot = address(place.row, place.last_column)
    draft.put(sheet.part, spot, words("藏着")(spot))
    draft.claim.neutral = False


MUTATORS = (
    legal_number, number_spelled_oddly, legal_text, legal_choice, parameter, date_as_text, words_into_money,
    words_into_number, odd_numeral, error_value, formula_with_result, formula_without_result, array_formula,
    boolean, long_text, control_characters, leading_sign, cleared, removed, swapped,
    row_moved, band_sorted, block_pasted, label_overwritten, given_overwritten, computed_overwritten,
    marker_overwritten, stray, far_stray, many_strays, under_a_merge,
)  # fmt: skip
