"""The plain worksheet formula of every function: what a cell computes where no add-in answers.

Each gives exactly the answer of the Python function of the same name, for every content of its cells; references
come as text, absent optional ones as None. No leading "=".
"""

from __future__ import annotations

from xlperf.measure import statuses
from xlperf.measure.codes import (
    ALPHABET,
    CHECKED_TYPE,
    CHECKSUM,
    LENGTH,
    MODULUS,
    TYPE_POSITION,
    WEIGHTS,
)
from xlperf.measure.dates import MONTHS
from xlperf.measure.formula_parts import (
    by_pack,
    count_filled,
    filled,
    handed_on,
    if_pack,
    joined,
    known_pack,
    months,
    months_within_year,
    numeric,
    one_of,
    parameter,
    shown,
    text,
    total,
    valid_date,
    with_numbers,
)
from xlperf.measure.packs import PACKS, RATIO, ZERO, Execution, Pack
from xlperf.measure.progress import CHECKPOINTS, GREEN, YELLOW
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.scores import OVER

if TYPE_CHECKING:
    from decimal import Decimal
    from typing import List, Tuple

    from xlperf.measure.formula_parts import Ref

_FOREIGN = 99999  # counts for a character outside the alphabet; no sum of 21 good ones comes near

# A binary difference is off by the size of its terms, not by its own, and makes a quotient miss a tie; rounding it
# gives the decimal back. Amounts in 万元 are larger than targets and shares and leave fewer places. Products and
# quotients need no such help: ROUND goes by 15 digits, and three operations stay within half of the last one.
_DIFFERENCE_PLACES = 10
_AMOUNT_PLACES = 8

_RISING = [sign for sign, operator in statuses.OPERATORS.items() if operator in statuses.RISING]
_FALLING = [sign for sign, operator in statuses.OPERATORS.items() if operator in statuses.FALLING]

# An operator followed by how actual stands to target: the pairs that are met, then those that are not.
_RELATION = {"≥": ">=", ">": ">", "=": "=", "≤": "<=", "<": "<"}
_PAIRS = [(sign, stands) for sign in statuses.OPERATORS for stands in "<=>"]
_MET_PAIRS = [sign + stands for sign, stands in _PAIRS if stands in _RELATION[statuses.OPERATORS[sign]]]
_UNMET_PAIRS = [sign + stands for sign, stands in _PAIRS if stands not in _RELATION[statuses.OPERATORS[sign]]]


def plan_share(as_of: str, shares: str, method: Ref = None, year: Ref = None) -> str:
    step = _step(months(as_of, year), shares)
    if method is None:
        planned = step
    else:
        linear = f"ROUND({_linear(months(as_of, year), shares)},6)"
        other = f"IF({one_of(method, statuses.LINEAR_METHOD)},{linear},{text(statuses.UNKNOWN_METHOD)})"
        planned = f"IF({one_of(method, statuses.STEP_METHOD)},{step},{other})"
    dated = f"IF({valid_date(as_of, year)},{planned},{text(statuses.BAD_DATE)})"
    bounded = f'IF(COUNTIF({shares},"<0")+COUNTIF({shares},">1"),{text(statuses.BAD_PLAN)},{dated})'
    given = f'IF(COUNT({shares})=0,"",{bounded})'
    has_word = f"COUNT({shares})<{count_filled(shares)}"
    return total(with_numbers(f"IF({has_word},{text(statuses.NOT_A_NUMBER)},{given})", as_of))


def _reached(shares: str) -> List[str]:
    """The running maximum of the checkpoints; MAX passes over blank cells."""
    each = [f"INDEX({shares},{number})" for number in range(1, len(CHECKPOINTS) + 1)]
    return [f"MAX({','.join(each[: number + 1])})" for number in range(len(each) - 1)] + [f"MAX({shares})"]


def _segment(count: str) -> str:
    """1 before the first checkpoint to 5 from the last on.

    LOOKUP, because MATCH without its third argument in LibreOffice 25.2 passes over the last element of a constant.
    """
    starts = ",".join(str(month) for month in CHECKPOINTS)
    numbers = ",".join(str(number) for number in range(1, len(CHECKPOINTS) + 2))
    return f"LOOKUP({count},{{-9999,{starts}}},{{{numbers}}})"


def _step(count: str, shares: str) -> str:
    return f"ROUND(CHOOSE({_segment(count)},0,{','.join(_reached(shares))}),6)"


def _linear(count: str, shares: str) -> str:
    reached = _reached(shares)
    lines = [f"{reached[0]}*({count}>0)*{count}/{CHECKPOINTS[0]}"]
    for index in range(1, len(CHECKPOINTS)):
        low, high, start = reached[index - 1], reached[index], CHECKPOINTS[index - 1]
        end = CHECKPOINTS[index]
        lines.append(f"({low}*({end}-{count})+{high}*({count}-{start}))/{end - start}")
    return f"CHOOSE({_segment(count)},{','.join(lines)},{reached[-1]})"


def execution_rate(paid: str, budget: str) -> str:
    undefined = f"IF({budget}<0,{text(statuses.BAD_BUDGET)},{text(statuses.NO_BUDGET)})"
    return total(with_numbers(f"IF({budget}>0,ROUND({paid}/{budget},6),{undefined})", paid, budget))


def plan_progress(rate: str, plan: str) -> str:
    return total(with_numbers(f"IF({plan}>0,ROUND({rate}/{plan},6),{text(statuses.NOT_DUE)})", rate, plan))


def time_progress(rate: str, as_of: str, year: Ref = None) -> str:
    ratio = f"ROUND({rate}*{MONTHS}/{months_within_year(as_of, year)},6)"
    started = f"IF({months(as_of, year)}<1,{text(statuses.NOT_STARTED)},{ratio})"
    return total(with_numbers(f"IF({valid_date(as_of, year)},{started},{text(statuses.BAD_DATE)})", rate, as_of))


def light(rate: str, progress: str, yellow: Ref = None, green: Ref = None) -> str:
    by_progress = with_numbers(_light(progress, yellow, green), progress)
    return total(with_numbers(f"IF({rate}>1,{text(statuses.OVERSPENT)},{by_progress})", rate))


def _light(progress: str, yellow: Ref, green: Ref) -> str:
    upper = f"IF({progress}<{parameter(green, GREEN)},{text(statuses.BEHIND)},{text(statuses.ON_TRACK)})"
    return f"IF({progress}<{parameter(yellow, YELLOW)},{text(statuses.SERIOUSLY_BEHIND)},{upper})"


def compliance(operator: str, target: str, actual: str, over: Ref = None) -> str:
    met, unmet = text(statuses.MET), text(statuses.UNMET)
    excess = f"ROUND({_difference(actual, target)}/{target},6)>{parameter(over, OVER)}"
    more_is_better = f'(LEFT({shown(operator)})="≥")+(LEFT({shown(operator)})=">")'
    fulfilled = f"IF(({more_is_better})*({target}>0),IF({excess},{text(statuses.OVERFULFILLED)},{met}),{met})"
    pairs = _MET_PAIRS + _UNMET_PAIRS
    first_unmet = len("|".join(["", *_MET_PAIRS, ""]))
    stands = f'MID("<=>",1+({actual}>={target})+({actual}>{target}),1)'
    place = f"FIND({joined(text('|'), shown(operator), stands, text('|'))},{text('|'.join(['', *pairs, '']))})"
    decided = f"IF({place}<{first_unmet},{fulfilled},{unmet})"
    quantitative = f"IF({numeric(target, actual)},{decided},{text(statuses.UNDECIDABLE)})"
    below = one_of(actual, (statuses.PARTLY_ATTAINED, statuses.NOT_ATTAINED))
    rated = f"IF({shown(actual)}={text(statuses.ATTAINED)},{met},IF({below},{unmet},{text(statuses.UNDECIDABLE)}))"
    stated = f"IF({shown(operator)}={text(statuses.QUALITATIVE)},{rated},{quantitative})"
    reported = f"IF({filled(actual)},{stated},{text(statuses.NOT_FILLED)})"
    any_content = f'IF({filled(operator)}+{filled(target)}+{filled(actual)},{reported},"")'
    applicable = f"IF({shown(operator)}={text(statuses.NOT_APPLICABLE)},{text(statuses.NOT_APPLICABLE)},{any_content})"
    return total(applicable, statuses.UNDECIDABLE)


def _overrun(method: str) -> List[Pack]:
    return [rules for rules in PACKS.values() if rules.overrun == method]


def _difference(first: str, second: str) -> str:
    return f"ROUND({first}-{second},{_DIFFERENCE_PLACES})"


def _left(target: str, actual: str) -> str:
    """What is left of a target until it is exceeded by as much again."""
    return _difference(f"2*{target}", actual)


def completion(operator: str, target: str, actual: str, pack: Ref = None) -> str:
    undecidable = text(statuses.UNDECIDABLE)
    ratio = f"IF({actual}>0,ROUND({target}/{actual},6),{undecidable})"
    remainder = f"IF({actual}<2*{target},ROUND({_left(target, actual)}/{target},6),0)"
    falling = if_pack(pack, _overrun(RATIO), ratio, remainder)
    other = f"IF({one_of(operator, _FALLING)},{falling},{undecidable})"
    quotient = f"IF({one_of(operator, _RISING)},ROUND({actual}/{target},6),{other})"
    positive = f"IF({target}>0,{quotient},IF({target}=0,{text(statuses.ZERO_TARGET)},{undecidable}))"
    values = with_numbers(known_pack(pack, positive), target, actual)
    without = f"({shown(operator)}={text(statuses.QUALITATIVE)})+({shown(operator)}={text(statuses.NOT_APPLICABLE)})"
    return total(f'IF({without},"",{values})')


def score(operator: str, target: str, actual: str, weight: str, points: Ref = None, pack: Ref = None) -> str:
    earned = _earned(operator, target, actual, weight, pack)
    known = one_of(operator, statuses.OPERATORS)
    quantitative = with_numbers(f"IF({known},ROUND({earned},2),{text(statuses.UNDECIDABLE)})", target, actual)
    qualitative = _rating_score(actual, weight, points, pack)
    rated = f"IF({shown(operator)}={text(statuses.QUALITATIVE)},{qualitative},{quantitative})"
    weighted = f"IF({weight}<0,{text(statuses.BAD_WEIGHT)},{known_pack(pack, rated)})"
    return total(f'IF({shown(operator)}={text(statuses.NOT_APPLICABLE)},"",{with_numbers(weighted, weight)})')


def _earned(operator: str, target: str, actual: str, weight: str, pack: Ref) -> str:
    sign = shown(operator)
    above = f'IF({actual}={target},{sign}<>">",({actual}>{target})*({sign}<>"=")*({sign}<>""))'
    part = f"IF({actual}>0,{weight}*{actual}/{target},0)"
    rising = f"IF({target}>0,IF({actual}>={target},{weight},{part}),{weight}*({above}))"
    below = f'{weight}*(({actual}<{target})+({actual}={target})*({sign}<>"<"))'
    remainder = f"IF({actual}<2*{target},{weight}*{_left(target, actual)}/{target},0)"
    overrun = if_pack(pack, _overrun(RATIO), f"{weight}*{target}/{actual}", remainder)
    gradual = f"IF({target}>0,IF({actual}<={target},{weight},{overrun}),{below})"
    falling = if_pack(pack, _overrun(ZERO), below, gradual)
    return f"IF({one_of(operator, _RISING)},{rising},{falling})"


def _rating_score(actual: str, weight: str, points: Ref, pack: Ref) -> str:
    if points is None:
        given = '""'
    else:
        band = by_pack(pack, lambda rules: rules.ratings, lambda bands: _band(weight, points, bands))
        inside = f"({points}>=0)*({points}<={weight})*(({weight}=0)+({shown(actual)}={band}))"
        given = with_numbers(f"IF({inside},ROUND({points},2),{text(statuses.OUT_OF_BAND)})", points)
    rated = f"IF({one_of(actual, statuses.RATINGS)},{given},{text(statuses.UNDECIDABLE)})"
    return f'IF({filled(actual)},{rated},"")'


def _band(weight: str, points: str, bands: Tuple[Tuple[Decimal, str], ...]) -> str:
    """The rating in whose band the points lie, none of them below 0."""
    rating = text(bands[-1][1])
    for floor, name in reversed(bands[:-1]):
        rating = f"IF({points}>=ROUND({floor}*{weight},{_DIFFERENCE_PLACES}),{text(name)},{rating})"
    return rating


def execution_score(rate: str, pack: Ref = None) -> str:
    earned = by_pack(pack, lambda rules: rules.execution, lambda rule: _execution_points(rate, rule))
    return total(with_numbers(known_pack(pack, earned), rate))


def _execution_points(rate: str, rule: Execution) -> str:
    if not rule.bands:
        return f"ROUND({rule.cap}*IF({rate}<0,0,IF({rate}>1,1,{rate})),2)"
    earned = "0"
    for floor, given in reversed(rule.bands):
        earned = f"IF({rate}>={floor},{given},{earned})"
    return earned


def grade(score_total: str, pack: Ref = None) -> str:
    rounded = f"ROUND({score_total},2)"
    graded = by_pack(pack, lambda rules: rules.grades, lambda grades: _graded(rounded, grades))
    bounded = f"IF(({rounded}<0)+({rounded}>100),{text(statuses.BAD_TOTAL)},{graded})"
    return total(with_numbers(known_pack(pack, bounded), score_total))


def _graded(rounded: str, grades: Tuple[Tuple[int, str], ...]) -> str:
    graded = text(grades[-1][1])
    for floor, name in reversed(grades[:-1]):
        graded = f"IF({rounded}>={floor},{text(name)},{graded})"
    return graded


def explain(
    paid: str, budget: str, plan: str, as_of: str, year: Ref = None, yellow: Ref = None, green: Ref = None
) -> str:
    rate, count = f"ROUND({paid}/{budget},6)", months_within_year(as_of, year)
    executed = [text("，已支付"), _figure(paid), text("万元，预算执行率"), _percent(rate)]
    planned = joined(
        text("%，较计划（"),
        _percent(plan),
        text("%）"),
        _gap(f"{rate}-{plan}"),
        text("（差额"),
        _amount(f"{paid}-{budget}*{plan}", "+0.00;-0.00;0.00"),
        text("万元），"),
        _light(f"ROUND({rate}/{plan},6)", yellow, green),
    )
    overspent = joined(text("%，超过预算"), _amount(f"{paid}-{budget}", "0.00"), text(f"万元，{statuses.OVERSPENT}"))
    not_due = text(f"%，{statuses.NOT_DUE}")
    state = f"IF({rate}>1,{overspent},IF(ISNUMBER({plan})*({plan}>0),{planned},{not_due}))"
    due = f"{count}/{MONTHS}"
    in_time = [text("；较序时进度（"), _percent(due), text("%）"), _gap(f"{rate}-{due}"), text("。")]
    started = joined(text("截至"), count, text("月底"), *executed, state, *in_time)
    not_started = joined(text("预算年度尚未满一个月"), *executed, text("%。"))
    dated = f"IF({months(as_of, year)}<1,{not_started},{started})"
    checked = f"IF({valid_date(as_of, year)},{dated},{text(statuses.BAD_DATE)})"
    without_budget = joined(text(f"{statuses.NO_BUDGET}，已支付"), _figure(paid), text("万元，不计算预算执行率。"))
    sentence = f"IF({budget}>0,{checked},IF({budget}<0,{text(statuses.BAD_BUDGET)},{without_budget}))"
    plan_or_blank = f"(ISNUMBER({plan})+({filled(plan)}=0))"
    refused = f'IF({filled(paid, budget, as_of)},{handed_on(paid, budget, as_of, plan)},"")'
    return total(f"IF({numeric(paid, budget, as_of)}*{plan_or_blank},{sentence},{refused})")


def _figure(value: str) -> str:
    return f'TEXT(ROUND({value},2),"0.00")'


def _percent(part: str) -> str:
    return f'TEXT(ROUND(100*{part},1),"0.0")'


def _gap(difference: str) -> str:
    style = '"高"0.0"个百分点";"低"0.0"个百分点";"持平"'
    return f"TEXT(ROUND(100*ROUND({difference},{_DIFFERENCE_PLACES}),1),{text(style)})"


def _amount(difference: str, style: str) -> str:
    return f"TEXT(ROUND(ROUND({difference},{_AMOUNT_PLACES}),2),{text(style)})"


def check_code(code: str) -> str:
    """For one cell or one column of codes: the checksum lays the characters of a code out in its row."""
    characters = f"UPPER({shown(code)})"
    each = f"MID({characters},{{{','.join(str(place) for place in range(1, LENGTH + 1))}}},1)"
    values = f"IFERROR(FIND({each},{text(ALPHABET)})-1,{_FOREIGN})"
    checksum = f"MMULT({values},{{{';'.join(str(weight) for weight in WEIGHTS)}}})"
    fits = f"IF(MOD({checksum},{MODULUS})={CHECKSUM},{text(statuses.CODE_VALID)},{text(statuses.CODE_MISMATCH)})"
    # Innermost on purpose: a condition that is a matrix, with an ordinary IF inside its branch, is Err:509 in an
    # ordinary (not array) formula of LibreOffice 25.2.
    clean = f"IF({checksum}<{_FOREIGN},{fits},{text(statuses.CODE_CHARACTER)})"
    is_checked = f"MID({characters},{TYPE_POSITION},1)={text(CHECKED_TYPE)}"
    typed = f"IF({is_checked},{clean},{text(statuses.CODE_UNCHECKED)})"
    counted = f"IF(({filled(code)}<>{LENGTH})+ISNUMBER({code}),{text(statuses.CODE_LENGTH)},{typed})"
    return total(f'IF({filled(code)},{counted},"")', statuses.CODE_LENGTH)
