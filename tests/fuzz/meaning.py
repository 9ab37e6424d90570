"""What the cells of a sheet mean, told independently of our reader: a plain reading of each, or "must be reported".

A cell whose plain reading is beyond doubt must arrive as exactly that; any other must have a finding at its place, and
then what arrives must be nothing or what a clerk would say the cell shows.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from fuzz.second import Cells, Seen

from xlperf.form import Kind, Layout, Role, Slot
from xlperf.form.payment_table import SHARES
from xlperf.measure import PACKS
from xlperf.model import (
    Department,
    DeviationKind,
    Funds,
    Indicator,
    Likelihood,
    Operator,
    Period,
    PlanMethod,
    Project,
    ProjectReport,
    Settings,
)
from xlperf.model.operator import SPELLINGS
from xlperf.model.text import clean, close_lines, cut_to_cell, split_paragraphs, squeeze
from xlperf.model.text import visible as without_unseen

LARGEST, PLACES = Decimal(10) ** 9, Decimal("0.000001")
EPOCH, LAST_DAY = dt.date(1899, 12, 30), 2_958_466
NUMERAL = re.compile(r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)?(\.\d+)?(亿元|万元|千元|百万元|元|亿|万|%|‰)?")
POWERS = {"": 0, "亿": 8, "万": 4, "%": -2, "‰": -3}
IN_WAN = {"": 0, "亿元": 4, "亿": 4, "万元": 0, "万": 0, "百万元": 2, "千元": -1, "元": -4}
OF_LISTS = ("indicators.level1", "indicators.level2", "indicators.unit", "indicators.id")
SEEN_ONLY = ("code", "unit.code", *OF_LISTS)  # codes, words of lists
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


# Besides blanks and format characters: noncharacters, fillers, marks and selectors that show nothing of their own.
_SHOWING_NOTHING = frozenset("\ufffe\uffff\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(
    map(chr, range(0xFE00, 0xFE10))
)
_CLASSES = ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")


def shows_nothing(text: str) -> bool:
    """Whether a person who looks at a cell with this text sees an empty one."""
    return not visible(text)


def visible(text: str) -> str:
    """The signs of a text that take ink."""
    return "".join(s for s in text if s not in _SHOWING_NOTHING and unicodedata.category(s) not in _CLASSES)


class Fault(NamedTuple):
    """A difference between a file and what was read from it: where, what it means, what arrived."""

    cell: str
    field: str
    shown: object
    arrived: object


class Sheet:
    """The cells of one sheet with the places of its slots, and the cells that have a finding."""

    def __init__(self, cells: Cells, layout: Layout, reported: set[str], date1904: bool) -> None:
        self.cells, self.layout, self.reported, self.date1904 = cells, layout, reported, date1904
        self.faults: list[Fault] = []

    def cell(self, key: str, row: int = -1) -> str:
        """The address of a slot."""
        return (self.layout.slots[key] if row < 0 else self.layout.bands[key.split(".")[0]][row][key]).cell

    def seen(self, key: str, row: int = -1) -> Seen | None:
        """What the slot holds; None also for blanks."""
        seen = self.cells.get(self.cell(key, row))
        return None if seen is None or (seen.kind == "s" and shows_nothing(seen.text)) else seen

    def has(self, key: str) -> bool:
        """Whether the sheet has such a slot."""
        return key in self.layout.slots or any(key in row for rows in self.layout.bands.values() for row in rows[:1])

    def lacks(self, key: str, arrived: object) -> bool:
        """Whether it has none; then nothing may have arrived."""
        if self.has(key):
            return False
        if arrived not in (None, "", ()):
            self.faults.append(Fault(self.cell("marker"), key, None, arrived))
        return True

    def rows(self, band: str) -> range:
        """The rows of a band."""
        return range(len(self.layout.bands[band]))

    def hold(self, key: str, arrived: object, plain: Sequence[object], told: Sequence[object], row: int = -1) -> None:
        """Note a fault unless the value is a plain one, or one of those told with a finding at the cell."""
        if any(_same(arrived, value) for value in plain):
            return
        cell = self.cell(key, row)
        if cell in self.reported and any(_same(arrived, value) for value in told):
            return
        self.faults.append(Fault(cell, key, (self.cells.get(cell), plain, told, cell in self.reported), arrived))

    # --- kinds -------------------------------------------------------------------------------------------------------

    def text(self, key: str, arrived: str, row: int = -1) -> None:
        if self.lacks(key, arrived):
            return
        plain, told = texts_of(self.seen(key, row), self.date1904)
        if key in SEEN_ONLY:
            plain, told = ([without_unseen(str(words)) for words in values] for values in (plain, told))
        self.hold(key, arrived, plain, told, row)

    def paragraphs(self, key: str, arrived: Sequence[str]) -> None:
        """Several texts in one cell."""
        plain, told = (
            [tuple(filter(None, split_paragraphs(str(text)))) for text in texts]
            for texts in texts_of(self.seen(key), self.date1904)
        )
        self.hold(key, tuple(arrived), plain, told)

    def number(self, key: str, arrived: Decimal | None, row: int = -1) -> None:
        if self.lacks(key, arrived):
            return
        place = self.layout.slots[key] if row < 0 else self.layout.bands[key.split(".")[0]][row][key]
        money = place.piece.kind is Kind.MONEY
        plain, told = numbers_of(self.seen(key, row), money)
        self.hold(key, arrived, plain, told, row)

    def quantity(self, key: str, arrived: Decimal | str | None, row: int) -> None:
        if self.lacks(key, arrived):
            return
        seen = self.seen(key, row)
        plain, told = numbers_of(seen, money=False)
        if seen is not None and seen.kind == "s":
            words = close_lines(cut_to_cell(clean(seen.text)))
            is_number = numeral(seen.text, POWERS, ("%", "‰")) is not None
            share = numeral(seen.text, POWERS)
            told_words = [words, *(_kept(100 * share) if share is not None else [])]
            plain, told = ([], told) if is_number else ([words], told_words)
        elif seen is not None and seen.kind == "n" and not plain and told == [None]:
            plain = [clean(seen.text)]  # no number at all: the words are what the cell says
        elif seen is not None and seen.kind == "n":
            told = [*told, *(100 * value for value in plain if value is not None), *texts_of(seen, self.date1904)[1]]
        elif seen is not None and seen.kind == "b":
            told = [*told, seen.text]
        self.hold(key, arrived, plain, told, row)

    def choice(self, key: str, arrived: object, options: dict[str, object], default: object, row: int = -1) -> None:
        if self.lacks(key, arrived):
            return
        seen = self.seen(key, row)
        if seen is None:
            self.hold(key, arrived, [default], [], row)
        elif squeeze(seen.text) in options and seen.kind != "e":
            self.hold(key, arrived, [options[squeeze(seen.text)]], [], row)
        else:
            self.hold(key, arrived, [], [default], row)

    def ticks(
        self, key: str, arrived: Sequence[object], choices: type[StrEnum], row: int, *, most: int = len(DeviationKind)
    ) -> None:
        """Boxes for the choices in their order, or the choices listed in one cell."""
        if not self.has(f"{key}.0"):
            self._listed(key, arrived, choices, row)
            return
        held: list[object] = []
        for i, choice in enumerate(choices):
            seen, cell = self.seen(f"{key}.{i}", row), self.cell(f"{key}.{i}", row)
            if seen is not None and seen.kind != "e" and squeeze(seen.text) in TICKS:
                held.append(choice)
                if len(held) > most and cell not in self.reported:
                    self.faults.append(Fault(cell, key, "ticked beside another", arrived))
            elif seen is not None and cell not in self.reported:
                self.faults.append(Fault(cell, key, seen, arrived))
        if list(arrived) != (held if len(held) <= most else []):
            self.faults.append(Fault(self.cell(f"{key}.0", row), key, held, arrived))

    def _listed(self, key: str, arrived: Sequence[object], choices: type[StrEnum], row: int) -> None:
        if self.lacks(key, tuple(arrived)):
            return
        seen = self.seen(key, row)
        words = [squeeze(word) for word in seen.text.split("、") if word] if seen is not None else []
        known = [choice for choice in choices if squeeze(choice) in words]
        unknown = set(words) - {squeeze(choice) for choice in choices} or (seen is not None and seen.kind == "e")
        told = [tuple(known), ()]
        self.hold(key, tuple(arrived), [] if unknown else [tuple(known)], told if unknown else [], row)

    def shares(self, keys: Sequence[str], arrived: Sequence[Decimal | None]) -> None:
        """If any bare number of a row of shares exceeds 1, all bare numbers are percents."""
        bare = {}
        for key in keys:
            seen = self.seen(key)
            if seen is not None and seen.kind in ("n", "s"):
                number = _float(seen.text) if seen.kind == "n" else None
                number = numeral(seen.text, POWERS, ("%", "‰")) if number is None else number
                if number is not None:
                    bare[key] = number
        percents = any(number > 1 for number in bare.values())
        for key, value in zip(keys, arrived, strict=True):
            seen = self.seen(key)
            if percents and key in bare:
                # A number up to 1 may be shown with its percent sign; the second reader knows no formats.
                shown = [bare[key]] if seen is not None and seen.kind == "n" and bare[key] <= 1 else []
                self.hold(key, value, shown, [None, *_kept(bare[key] / 100)])
            else:
                plain, told = numbers_of(self.seen(key), money=False, percent=True)
                self.hold(key, value, plain, told)


def _same(arrived: object, value: object) -> bool:
    return (
        arrived == value and (arrived is None) == (value is None) and isinstance(arrived, str) == isinstance(value, str)
    )


def _float(text: str) -> Decimal | None:
    try:
        number = float(text)
    except ValueError:
        return None
    plain = text.isascii() and "_" not in text  # digits of other scripts are damage
    return Decimal(f"{number:.15g}") if math.isfinite(number) and plain else None


def _kept(number: Decimal) -> list[Decimal]:
    """The number as the model can keep it."""
    if abs(number.copy_abs().quantize(PLACES) if abs(number) < LARGEST else number) >= LARGEST:
        return []
    return [number.quantize(PLACES, ROUND_HALF_UP)]


def numeral(text: str, powers: dict[str, int], without: Sequence[str] = ()) -> Decimal | None:
    """The number a text says, units resolved by these powers of ten."""
    plain = without_unseen(clean(text)).translate(_PLAIN)
    if re.search(r"[\d.,]\s+[\d.,]", plain):
        return None  # two numbers
    folded = re.sub(r"\s", "", plain)
    match = NUMERAL.fullmatch(folded)
    if match is None or not (match[2] or match[3]) or (match[4] or "") not in powers or match[4] in without:
        return None
    if not folded.isascii() and not folded[: -len(match[4] or "")].isascii():
        return None
    digits = (match[2] or "0").replace(",", "") + (match[3] or "")
    return Decimal(match[1] + digits).scaleb(powers[match[4] or ""]) if len(digits) <= 400 else None


_PLAIN = str.maketrans(
    {chr(0xFF00 + i): chr(0x20 + i) for i in range(1, 0x5F)}
    | {
        "－": "-",
        "−": "-",
        "–": "-",
        "﹣": "-",
        "。": ".",
        "，": ",",
        "¥": "",
        "￥": "",
        "﹪": "%",
        "﹢": "+",
        "﹒": ".",
        "﹐": ",",
    }
)


def numbers_of(seen: Seen | None, money: bool, *, percent: bool = False) -> tuple[list[object], list[object]]:
    """What a cell may mean where a number belongs: without a finding, and with one."""
    if seen is None:
        return [None], []
    if seen.kind == "n":
        number = _float(seen.text)
        if number is None:
            said = numeral(seen.text, POWERS)
            return [], [None, *(_kept(said) if said is not None else [])]
        kept = _kept(number)
        return ([number], [None]) if kept and kept[0] == number else ([], [None, *kept])
    if seen.kind == "s":
        number = numeral(seen.text, IN_WAN if money else POWERS, () if percent else ("%", "‰"))
        if percent and number is not None and not re.search(r"[%％‰﹪]", seen.text):
            number = numeral(seen.text, POWERS, ("%", "‰"))
        return [], ([None] if number is None else (_kept(number) or [None]))
    return [], [None]


def texts_of(seen: Seen | None, date1904: bool) -> tuple[list[object], list[object]]:
    """What a cell may mean where a text belongs."""
    if seen is None:
        return [""], []
    if seen.kind == "e":
        return [], [""]
    if seen.kind == "n":
        number = _float(seen.text)
        if number is None:
            said = seen.text.strip()
            return ([said] if said.isascii() else []), [said, ""]  # digits of other scripts are damage
        told = [f"{number:f}", *_shown(number, date1904)]
        return ([f"{number:f}"] if abs(number) < Decimal(10) ** 15 else []), told
    words = close_lines(clean(seen.text))
    return ([words], [words]) if cut_to_cell(words) == words else ([], [clean(cut_to_cell(words))])


def _shown(number: Decimal, date1904: bool) -> list[object]:
    """What a number format may make of a number; the second reader knows no formats."""
    day = _day(number, date1904)
    seconds = round(number % 1 * 86400) if number >= 0 else 0
    elapsed = round(number * 86400) if number >= 0 else 0
    whole = f"{elapsed // 3600:02d}:{elapsed // 60 % 60:02d}" + (f":{elapsed % 60:02d}" if elapsed % 60 else "")
    time = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}" + (f":{seconds % 60:02d}" if seconds % 60 else "")
    days = [day.isoformat(), f"{day.isoformat()} {time}"] if day else []
    months = f"{number:f}月"  # the one format of ours with words in it
    return ["", "#####", months, f"{(100 * number).normalize():f}%", time, whole, *days]


def _day(number: Decimal, date1904: bool) -> dt.date | None:
    days = int(number) + (1462 if date1904 else number < 60)  # the first sixty are one off: 1900 was no leap year
    return EPOCH + dt.timedelta(days=days) if number >= 0 and days < LAST_DAY else None


# --- the model -------------------------------------------------------------------------------------------------------

TICKS = ("√", "✓", "✔", "☑", "■", "是", "1", "V", "v")
OPERATORS: dict[str, object] = {squeeze(spelling): operator for spelling, operator in SPELLINGS.items()}
LIKELIHOODS: dict[str, object] = {squeeze(each): each for each in Likelihood}
PERIODS: dict[str, object] = {squeeze(each): each for each in Period}
METHODS: dict[str, object] = {squeeze(each): each for each in PlanMethod}
PACK_KEYS: dict[str, object] = {squeeze(name): pack.key for pack in PACKS.values() for name in (pack.key, pack.zh)}


def check_project(sheet: Sheet, project: Project) -> None:
    """Every field of a project against the cells of its sheet."""
    number = sheet.seen("number")
    whole = _float(number.text) if number is not None and number.kind == "n" else None
    if whole is not None and whole == int(whole) and 1 <= whole <= 9999:
        place = Decimal(project.number)  # among its sisters, of a sheet whose number shows as something else
        sheet.hold("number", place, [whole], [place])
    elif sheet.cell("number") not in sheet.reported:
        sheet.faults.append(Fault(sheet.cell("number"), "number", number, project.number))
    for key in ("code", "name", "purpose"):
        sheet.text(key, getattr(project, key))
    for key in ("initial", "adjusted"):
        sheet.number(f"budget.{key}", getattr(project.budget, key))
    _check_funds(sheet, "budget", project.budget)
    _check_funds(sheet, "budget.adjusted_funds", project.budget.adjusted_funds)
    _check_report(sheet, "", project)
    _check_report(sheet, "interim.", project.interim)
    sheet.shares(SHARES, project.spend_plan.shares)
    for row in sheet.rows("payments"):
        sheet.number("payments.amount", project.payments[row], row)
    if "objectives" in sheet.layout.slots:
        sheet.paragraphs("objectives", project.objectives)
    else:
        _check_texts(sheet, "objectives.text", project.objectives)
    held = [row for row in sheet.rows("indicators") if any(_is_typed(sheet, row))]
    if len(held) != len(project.indicators):
        sheet.faults.append(Fault(sheet.cell("indicators.name", 0), "indicators", held, len(project.indicators)))
        return
    for row, indicator in zip(held, project.indicators, strict=True):
        _check_indicator(sheet, row, indicator)


def _check_funds(sheet: Sheet, key: str, funds: Funds) -> None:
    for source in Funds.model_fields:
        sheet.number(f"{key}.{source}", getattr(funds, source))


def _check_report(sheet: Sheet, prefix: str, report: ProjectReport) -> None:
    """What is reported of a project, in this period or the one before."""
    _check_funds(sheet, f"{prefix}paid", report.paid)
    _check_funds(sheet, f"{prefix}expected", report.expected)
    for key in ("attained", "measures", "deviation_reason", "remark", "conclusion", "problems"):
        sheet.text(prefix + key, getattr(report, key))


def _is_typed(sheet: Sheet, row: int) -> Iterator[bool]:
    """Whether each slot that makes a row holds something: those to fill in, or all where the row itself was given."""
    slots = [place.piece for place in sheet.layout.bands["indicators"][row].values()]
    roles = {slot.key: slot.role for slot in slots if isinstance(slot, Slot)}
    makes = {Role.INPUT, roles["indicators.level1"]}
    for key, role in roles.items():
        if role in makes:
            yield sheet.seen(key, row) is not None


def _check_indicator(sheet: Sheet, row: int, indicator: Indicator) -> None:
    for key in ("id", "level1", "level2", "name", "description", "basis"):
        sheet.text(f"indicators.{key}", getattr(indicator, key), row)
    target = indicator.target
    sheet.choice("indicators.operator", target.operator, OPERATORS, Operator.EQ, row)
    sheet.text("indicators.unit", target.unit, row)
    sheet.text("indicators.raw", target.raw, row)
    sheet.quantity("indicators.value", target.value, row)
    for key in ("weight", "points", "deduction"):
        sheet.number(f"indicators.{key}", getattr(indicator, key), row)
    for prefix, report in (("indicators.", indicator), ("indicators.interim.", indicator.interim)):
        sheet.quantity(f"{prefix}actual", report.actual, row)
        sheet.quantity(f"{prefix}expected", report.expected, row)
        sheet.text(f"{prefix}deviation_reason", report.deviation_reason, row)
        sheet.text(f"{prefix}remark", report.remark, row)
        sheet.ticks(f"{prefix}deviation_kinds", report.deviation_kinds, DeviationKind, row)
        if sheet.has(f"{prefix}likelihood.0"):
            held = (report.likelihood,) if report.likelihood else ()
            sheet.ticks(f"{prefix}likelihood", held, Likelihood, row, most=1)
        else:
            sheet.choice(f"{prefix}likelihood", report.likelihood, LIKELIHOODS, None, row)


def _check_texts(sheet: Sheet, key: str, arrived: Sequence[str]) -> None:
    """Texts of a band, those that are blank left out."""
    kept = []
    for row in sheet.rows(key.split(".")[0]):
        plain, told = texts_of(sheet.seen(key, row), sheet.date1904)
        if sheet.cell(key, row) in sheet.reported:
            plain = [*plain, *told]
        if any(value != "" for value in plain):
            kept.append((row, plain))
    for row, plain in kept[:]:
        if len(kept) > len(arrived) and "" in plain:
            kept.remove((row, plain))
    if len(kept) != len(arrived):
        sheet.faults.append(Fault(sheet.cell(key, 0), key, kept, arrived))
        return
    for (row, plain), text in zip(kept, arrived, strict=True):
        sheet.hold(key, text, plain, [], row)


def check_overall(sheet: Sheet, department: Department) -> None:
    """What the department says of itself against its sheet."""
    sheet.text("unit.code", department.unit.code)
    sheet.text("unit.name", department.unit.name)
    sheet.text("unit.department", department.unit.department)
    year = sheet.seen("year")
    number = _float(year.text) if year is not None and year.kind == "n" else None
    if number is not None and number == int(number) and 2000 <= number <= 2099:
        sheet.hold("year", Decimal(department.year), [number], [])
    elif sheet.cell("year") not in sheet.reported:
        sheet.faults.append(Fault(sheet.cell("year"), "year", year, department.year))
    lines, words = [], []
    for row in sheet.rows("overall_objective"):
        seen = sheet.cells.get(sheet.cell("overall_objective.text", row))
        if seen is not None and seen.kind != "s":
            plain, told = texts_of(seen, sheet.date1904)
            lines.append(str((plain or told)[0]))
        else:
            lines.append("" if seen is None or shows_nothing(seen.text) else seen.text)
            words.append(clean(lines[-1]))
    whole = close_lines(clean("\n".join(lines)))
    reported = any(
        sheet.cell("overall_objective.text", row) in sheet.reported for row in sheet.rows("overall_objective")
    )
    # Of numbers among the lines only the format knows what they look like.
    arrived = department.overall_objective
    last = arrived.rpartition("\n")[2]  # of a text too long for a cell, the line in which it is cut
    kept = cut_to_cell("\n".join(words)).split("\n")
    has_words = len(words) < len(lines) and all(line in arrived or (last and line.startswith(last)) for line in kept)
    if arrived != whole and not (reported and (has_words or arrived == clean(cut_to_cell(whole)))):
        place = sheet.cell("overall_objective.text", 0)
        sheet.faults.append(Fault(place, "overall_objective", whole[:200], department.overall_objective[:200]))
    _check_texts(sheet, "sub_objectives.text", department.sub_objectives)
    _check_texts(sheet, "safeguards.text", department.safeguards)


def check_settings(sheet: Sheet, settings: Settings, default: Settings) -> None:
    """The parameters against their sheet; a default must be told."""
    as_of = sheet.seen("as_of")
    number = _float(as_of.text) if as_of is not None and as_of.kind == "n" else None
    day = _day(number, sheet.date1904) if number is not None else None
    if day is not None and 2000 <= day.year <= 2099:
        sheet.hold("as_of", settings.as_of, [day], [default.as_of])  # told where the sheet shows something else
    else:
        match = DAY.match(clean(as_of.text)) if as_of is not None and as_of.kind == "s" else None
        try:
            said = [dt.date(*(int(part) for part in match.groups()))] if match else []
        except ValueError:
            said = []
        sheet.hold("as_of", settings.as_of, [], [default.as_of, *said])
    for key, options in (("period", PERIODS), ("pack", PACK_KEYS), ("plan_method", METHODS)):
        seen = sheet.seen(key)
        known = seen is not None and seen.kind != "e" and squeeze(seen.text) in options
        plain = [options[squeeze(seen.text)]] if known and seen is not None else []
        told = [getattr(default, key)]
        if key == "pack" and sheet.has("rules.value"):
            told += texts_of(seen, sheet.date1904)[0]  # one of another PC, with its parameters on the sheet
        sheet.hold(key, getattr(settings, key), plain, told)
    for key in ("yellow", "green", "over_monitoring", "over_self_evaluation"):
        before = sheet.faults[:]
        sheet.shares((key,), (getattr(settings, key),))
        if sheet.seen(key) is None or len(sheet.faults) > len(before):
            sheet.faults[:] = before
            plain, told = numbers_of(sheet.seen(key), money=False, percent=True)
            sheet.hold(
                key,
                getattr(settings, key),
                [value for value in plain if value is not None],
                [*told, getattr(default, key)],
            )
