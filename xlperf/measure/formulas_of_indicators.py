"""The plain worksheet formulas of indicators: sign, state, completion, lights, reasons.

As in `formulas_of_money`; `operator` and `actual` are helper cells that hold the answers of `sign` and `result`.
"""

from __future__ import annotations

from xlperf.measure import statuses
from xlperf.measure.dates import MONTHS
from xlperf.measure.formula_parts import (
    RATIO_PLACES,
    any_of,
    as_text,
    blank,
    difference,
    filled,
    is_2026,
    is_listed,
    joined,
    numeric,
    one_sign,
    parameter,
    place_of,
    rule,
    shown,
    text,
    total,
)
from xlperf.measure.indicators import BEYOND, OVER
from xlperf.measure.parameters import YES
from xlperf.measure.records import TYPE_CHECKING

if TYPE_CHECKING:
    from xlperf.measure.formula_parts import Ref

_QUALITATIVE, _NOT_APPLICABLE = text(statuses.QUALITATIVE), text(statuses.NOT_APPLICABLE)

# An operator and whether actual is less than, same as or more than target: what is met, an exceeded =, what is not.
_STANDS = "小同大"
_MET_PAIRS = ("≥同", "≥大", ">大", "=同", "≤小", "≤同", "<小")
_UNMET_PAIRS = ("≥小", ">同", ">小", "=小", "≤大", "<同", "<大")
_EXCEEDED = "=大"


def sign(operator: str, target: str, pack: Ref = None) -> str:
    words = {**statuses.OPERATORS, **{word: word for word in (statuses.QUALITATIVE, statuses.NOT_APPLICABLE)}}
    places = [len("|".join(("", *list(words)[:number]))) + 1 for number in range(len(words))]
    beyond = [places[-1] + place for place in (1, places[-2], places[-1])]  # for a target that allows no answer
    answers = (*words.values(), statuses.UNDECIDABLE, statuses.QUALITATIVE, statuses.NOT_APPLICABLE)
    is_unusable = f"IF(ISNUMBER({target}),({target}<0)*{is_2026(pack)},1)"
    found = f"{place_of(shown(operator), words)}+{places[-1]}*{is_unusable}"
    places_of = ",".join(map(str, (*places, *beyond)))
    read = f"LOOKUP({found},{{{places_of}}},{{{','.join(map(text, answers))}}})"
    return total(f'IF(IF({blank(operator)},{blank(target)}),"",{read})', statuses.UNDECIDABLE)


def result(actual: str, pack: Ref = None) -> str:
    word = f"TRIM({actual})"
    rating = "NA()"
    for start, meant in reversed(statuses.RATING_STARTS.items()):
        rating = f"IF(LEFT({word},{len(start)})={text(start)},{text(meant)},{rating})"
    is_whole = f"ISNUMBER({place_of(word, statuses.RATINGS)})"
    read = f"IF({is_2026(pack)}+{is_whole},{rating},NA())"
    return total(f'IF(ISNUMBER({actual}),{actual},IF({filled(actual)},{read},""))')


def meets(operator: str, target: str, actual: str, pack: Ref = None) -> str:
    met, unmet = text(statuses.MET), text(statuses.UNMET)
    pairs = ("", *_MET_PAIRS, _EXCEEDED, *_UNMET_PAIRS)
    stands = f"MID({text(_STANDS)},2+SIGN({difference(actual, target)}),1)"
    place = f"FIND({joined(text('|'), operator, stands)},{text('|'.join(pairs))})"
    exceeded = len("|".join(pairs[: len(_MET_PAIRS) + 1])) + 1
    last_met = f"{exceeded}+({target}>0)*({rule(pack, 'equal_exceeded')}={met})"
    decided = f"IF({place}<{last_met},{met},{unmet})"
    attained = text(statuses.ATTAINED)
    rated = f"IF({as_text(actual)}={attained},{met},IF(FIND({attained},{actual}),{unmet}))"
    stated = f"IF({as_text(operator)}={_QUALITATIVE},{rated},{decided})"
    not_filled = f'IF({as_text(operator)}="","",{text(statuses.NOT_FILLED)})'
    reported = f'IF({as_text(actual)}="",{not_filled},{stated})'
    return total(f"IF({as_text(operator)}={_NOT_APPLICABLE},{operator},{reported})", statuses.UNDECIDABLE)


def excess(operator: str, target: str, actual: str, pack: Ref = None) -> str:
    above = f'IF(({target}=0)*({actual}>0)*{is_2026(pack)},{BEYOND},"")'
    share = f"IF({target}>0,{difference(actual, target)}/{target},{above})"
    is_rising = f"({one_sign(operator, statuses.RISING)})*{numeric(target, actual)}"
    return total(f'IF({is_rising},{share},"")', "")


def state(operator: str, meets: str, excess: str, over: Ref = None) -> str:
    return _state(operator, meets, excess, over, meets)


def standing(operator: str, meets: str, excess: str, over: Ref = None) -> str:
    in_progress = f"IF({as_text(meets)}={text(statuses.UNMET)},{text(statuses.IN_PROGRESS)},{meets})"
    return _state(operator, meets, excess, over, in_progress)


def _state(operator: str, meets: str, excess: str, over: Ref, otherwise: str) -> str:
    is_open = f"({as_text(meets)}={text(statuses.MET)})*ISNUMBER({excess})*({one_sign(operator, ('≥', '>'))})"
    is_over = f"IF(ROUND({excess},6)>{parameter(over, OVER)},{text(statuses.OVERFULFILLED)},{meets})"
    return total(f"IF({is_open},{is_over},{otherwise})", statuses.UNDECIDABLE)


def span(subcategory: str, unit: str, as_of: str, pack: Ref = None) -> str:
    plain_class = f'SUBSTITUTE({subcategory},"指标","")'
    is_whole = f"{is_listed(plain_class, pack, 'unscaled_classes')}+{is_listed(unit, pack, 'unscaled_units')}"
    return total(f'IF({is_whole},{MONTHS},IF({as_of}="","",{as_of}))')


def pace(operator: str, target: str, actual: str, span: str, meets: str) -> str:
    red, yellow, green, blue = map(text, statuses.OFFICIAL_LIGHTS)
    met, unmet = text(statuses.MET), text(statuses.UNMET)
    is_figure = numeric(target, actual)
    short = f"IF({as_text(actual)}={text(statuses.PARTLY_ATTAINED)},{yellow},{red})"
    reached = f"IF({is_figure}*({one_sign(operator, ('≥', '>'))})*({target}=0)*({actual}>0),{blue},{green})"
    is_timed = f"{is_figure}*({one_sign(operator, statuses.RISING)})*({target}>0)"
    timed = f"IF({is_timed},{actual}*{MONTHS}/({target}*{span}),IF({as_text(meets)}={met},{reached},{short}))"
    return total(f'IF(({as_text(meets)}={met})+({as_text(meets)}={unmet}),{timed},"")', "")


def target_light(pace: str, pack: Ref = None) -> str:
    red, yellow, green, blue = map(text, statuses.OFFICIAL_LIGHTS)
    ratio = f"ROUND({pace},{RATIO_PLACES})"
    above = f"IF({ratio}<{rule(pack, 'target_blue_from')},{green},{blue})"
    above = f"IF({ratio}<{rule(pack, 'target_yellow_below')},{yellow},{above})"
    return total(f"IF(ISNUMBER({pace}),IF({ratio}<{rule(pack, 'target_red_below')},{red},{above}),{pace})", "")


def worst_light(lights: str) -> str:
    worst = '""'
    for light in reversed(statuses.OFFICIAL_LIGHTS):
        worst = f"IF(COUNTIF({lights},{text(light)}),{text(light)},{worst})"
    return worst


def monitoring_reason(light: str, likelihood: str, operator: str, excess: str, pack: Ref = None) -> str:
    listed = f"{is_listed(light, pack, 'owing_lights')}+{is_listed(likelihood, pack, 'owing_likelihoods')}"
    limit = rule(pack, "owing_excess")
    far = f'({as_text(operator)}="≥")*ISNUMBER({limit})*(ROUND({excess},4)>{limit})'
    above = f"IF(ISNUMBER({excess}),{far}+{_above_equal(operator, excess, pack)},0)"
    return total(f'IF({listed}+{above},{text(statuses.OWED)},"")', "")


def evaluation_reason(state: str, operator: str, excess: str, deduction: Ref = None, pack: Ref = None) -> str:
    owed = any_of(state, (statuses.UNMET, statuses.OVERFULFILLED))
    if deduction is not None:
        owed += f"+IF(ISNUMBER({deduction}),{deduction}>0)"
    owed += f"+ISNUMBER({excess})*{_above_equal(operator, excess, pack)}"
    return total(f'IF({owed},{text(statuses.OWED)},"")', "")


def _above_equal(operator: str, excess: str, pack: Ref) -> str:
    return f'({as_text(operator)}="=")*({excess}>0)*({rule(pack, "owing_equal")}={text(YES)})'
