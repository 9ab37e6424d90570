"""The plain worksheet formulas of points, grades and 自评预警.

As in `formulas_of_money` and `formulas_of_indicators`.
"""

from __future__ import annotations

from xlperf.measure import statuses
from xlperf.measure.formula_parts import (
    DIFFERENCE_PLACES,
    RATIO_PLACES,
    as_text,
    blank,
    difference,
    is_2026,
    numeric,
    one_sign,
    rule,
    rules,
    text,
    total,
    with_numbers,
)
from xlperf.measure.packs import RATIO, ZERO
from xlperf.measure.records import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Tuple

    from xlperf.measure.formula_parts import Ref

_UNDECIDABLE, _QUALITATIVE = text(statuses.UNDECIDABLE), text(statuses.QUALITATIVE)
_NOT_APPLICABLE = text(statuses.NOT_APPLICABLE)


def part(operator: str, target: str, actual: str, meets: str, pack: Ref = None) -> str:
    method, is_met = rule(pack, "overrun"), f"{as_text(meets)}={text(statuses.MET)}"
    is_whole = f'({as_text(operator)}="=")+({method}={text(RATIO)})'
    reduced = f"({actual}<2*{target})*({method}<>{text(ZERO)})*{difference(f'2*{target}', actual)}"
    beyond = f"IF({is_whole},{target},{reduced})"
    above_zero = f"IF({is_met},{target},IF({actual}>{target},{beyond},{actual}*({actual}>0)))"
    # By the rules of 2026 a negative actual counts 0, and < has its points at the target.
    at_zero = f'IF({is_met},1,{is_2026(pack)}*({actual}<={target})*({as_text(operator)}<>">"))'
    decided = f'IF({as_text(operator)}={_QUALITATIVE},"",IF({target}>0,{above_zero},{at_zero}))'
    is_decided = f"RIGHT({meets},{len(statuses.MET)})={text(statuses.MET)}"  # 未达标 too, and no other word
    return total(f"IF({is_decided},{decided},{meets})")


def base(operator: str, target: str, actual: str, pack: Ref = None) -> str:
    by_actual = f"({rule(pack, 'overrun')}={text(RATIO)})*({actual}>{target})*({one_sign(operator, statuses.FALLING)})"
    is_figure = f"{numeric(target, actual)}*({one_sign(operator, (*statuses.RISING, *statuses.FALLING))})"
    return total(f'IF({is_figure},IF({target}>0,IF({by_actual},{actual},{target}),1),"")', "")


def attainment(operator: str, target: str, actual: str, part: str, base: str) -> str:
    falling = f"ROUND({part}/{base},6)"
    rising = f"IF({actual}>0,ROUND({actual}/{target},6),0)"
    quotient = f"IF({one_sign(operator, statuses.FALLING)},{falling},{rising})"
    is_figure = numeric(target, actual, part, base)
    return total(f'IF({is_figure},IF({target}>0,{quotient},{text(statuses.ZERO_TARGET)}),"")', "")


def rated_floor(actual: str, weight: str, pack: Ref = None) -> str:
    low = f'IF({as_text(actual)}={text(statuses.NOT_ATTAINED)},0,"")'
    return _edge(actual, weight, pack, (statuses.ATTAINED, statuses.PARTLY_ATTAINED), low)


def rated_top(actual: str, weight: str, pack: Ref = None) -> str:
    high = f'IF({as_text(actual)}={text(statuses.ATTAINED)},{weight},"")'
    return _edge(actual, weight, pack, (statuses.PARTLY_ATTAINED, statuses.NOT_ATTAINED), high)


def _edge(actual: str, weight: str, pack: Ref, words: Tuple[str, str], otherwise: str) -> str:
    """The edges of 达成 and 部分达成 for these words."""
    places = f"IF({is_2026(pack)},2,6)"
    edges = [f"ROUND({weight}*{rule(pack, key)},{places})" for key in ("attained_from", "partly_from")]
    by_rating = otherwise
    for word, edge in zip(words, edges):
        by_rating = f"IF({as_text(actual)}={text(word)},{edge},{by_rating})"
    return total(f'IF(ISNUMBER({weight})*({weight}>=0),{by_rating},"")', "")


def rated_points(
    actual: str, weight: str, points: str, floor: str, top: str, deduction: Ref = None, pack: Ref = None
) -> str:
    free = f"({weight}=0)"
    if deduction is not None:
        free += f"+IF(ISNUMBER({deduction}),{deduction}>0)"
    has_top = f"({is_2026(pack)}+({as_text(actual)}={text(statuses.ATTAINED)})>0)"
    inside = f"({points}>={floor})*(({points}<{top})+({points}={top})*{has_top})"
    given = f"IF(({points}>=0)*({points}<={weight})*({free}+{inside}),ROUND({points},2),{text(statuses.OUT_OF_BAND)})"
    return total(f'IF(ISNUMBER({floor}),{_typed(given, points)},"")')


def _typed(body: str, *cells: str, otherwise: str = "NA()") -> str:
    """`body` where all cells are numbers, a blank where one is blank, else an error: they never hold a status word."""
    return f'IF({numeric(*cells)},{body},IF({blank(*cells)},"",{otherwise}))'


def earned(operator: str, weight: str, part: str, base: str, rated: Ref = None) -> str:
    given = '""' if rated is None else f'IF({as_text(rated)}="","",{rated})'
    without = f'IF({as_text(part)}={text(statuses.NOT_FILLED)},"",{part})'
    by_part = f"IF(ISNUMBER({part}),ROUND({weight}*{part}/{base},2),{without})"
    is_rated = f"({as_text(operator)}={_QUALITATIVE})*({as_text(part)}<>{_UNDECIDABLE})"
    weighted = f"IF({weight}<0,{text(statuses.BAD_WEIGHT)},IF({is_rated},{given},{by_part}))"
    return total(f'IF({as_text(operator)}={_NOT_APPLICABLE},"",{_typed(weighted, weight)})')


def net_score(points: str, deduction: str) -> str:
    left = f"ROUND({points}-IF({deduction}>0,{deduction},0),2)"
    given = f"IF(ISNUMBER({deduction}),IF({deduction}<{points},{left},0),IF({blank(deduction)},ROUND({points},2),NA()))"
    return total(f"IF(ISNUMBER({points}),{given},{points})")


def execution_score(rate: str, pack: Ref = None) -> str:
    rounded = f"ROUND({rate},{rule(pack, 'rate_places')})"
    return total(with_numbers(_execution_points(rounded, f"{rate}<=0", f"{rate}>=1", pack), rate))


def paid_score(paid: str, budget: str, pack: Ref = None) -> str:
    rounded = f"ROUND({paid}/{budget},{rule(pack, 'rate_places')})"
    points = _execution_points(rounded, f"{paid}<=0", f"{paid}>={budget}", pack)
    body = f"IF({budget}>0,{points},IF({budget}<0,{text(statuses.BAD_BUDGET)},0))"
    return total(_typed(body, paid, budget))


def _execution_points(rounded: str, is_none: str, is_whole: str, pack: Ref) -> str:
    floors, points = rules(pack, "band1_from", "band3_from"), rules(pack, "band1_points", "band3_points")
    in_bands = f"IFERROR(LOOKUP({rounded},{floors},{points}),0)"
    cap = rule(pack, "execution_cap")
    proportional = f"IF({is_none},0,IF({is_whole},{cap},ROUND({cap}*{rounded},2)))"
    return f"IF(ISNUMBER({rule(pack, 'band1_from')}),{in_bands},{proportional})"


def grade(score_total: str, pack: Ref = None) -> str:
    rounded = f"ROUND({score_total},2)"
    bounded = f"IF(({rounded}<0)+({rounded}>100),{text(statuses.BAD_TOTAL)},{_graded(rounded, pack)})"
    return total(with_numbers(bounded, score_total))


def _graded(value: str, pack: Ref) -> str:
    words = ";".join(map(text, (statuses.FAIR, statuses.GOOD, statuses.EXCELLENT)))
    return f"IFERROR(LOOKUP({value},{rules(pack, 'fair_from', 'best_from')},{{{words}}}),{text(statuses.POOR)})"


def final_grade(points: str, execution: str, paid: str, budget: str, pack: Ref = None) -> str:
    is_part = f"({paid}>0)*({paid}<{budget})*(1-ISNUMBER({rule(pack, 'band1_from')}))"
    unrounded = f"IF({is_part},{rule(pack, 'execution_cap')}*{paid}/{budget},{execution})"
    graded = _graded(f"ROUND({points}+{unrounded},{DIFFERENCE_PLACES})", pack)
    is_beyond = f"ROUND({points}+{execution},{DIFFERENCE_PLACES})>100"
    body = f"IF(({points}<0)+({is_beyond}),{text(statuses.BAD_TOTAL)},{graded})"
    return total(_typed(body, points, execution, otherwise=f"IF(ISNUMBER({points}),{execution},NA())"))


def alert(points: str, execution: str, paid: str, budget: str, pack: Ref = None) -> str:
    cap = rule(pack, "execution_cap")
    lag = f"ROUND(1-{execution}*(100-{cap})/({cap}*{points}),{RATIO_PLACES})"
    unspent = f"ROUND(1-{paid}/{budget},{RATIO_PLACES})>{rule(pack, 'alert_yellow_above')}"
    is_red = f"IF({cap}>0,{lag}>{rule(pack, 'alert_red_above')})"
    yellow = text(statuses.YELLOW)
    spent = f'IF({is_red},{text(statuses.RED)},IF({unspent},{yellow},""))'
    body = f'IF({points}<=0,"",IF({budget}=0,{yellow},{spent}))'
    return total(_typed(body, points, execution, otherwise=f"IF(ISNUMBER({points}),{execution},NA())"))
