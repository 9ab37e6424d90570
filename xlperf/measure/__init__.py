"""The functions that run inside cells, their rules and their plain worksheet formulas.

Standard library only, syntax of Python 3.8: hosts embed this package unchanged.
"""

from xlperf.measure.catalog import CATALOG, cell_formula
from xlperf.measure.codes import check_character, check_code
from xlperf.measure.dates import MONTHS, months_elapsed
from xlperf.measure.formula_parts import blank_kept, count_filled, filled
from xlperf.measure.functions import Function, Param
from xlperf.measure.indicators import (
    completion,
    compliance,
    excess,
    meets,
    result,
    sign,
    standing,
    state,
)
from xlperf.measure.lights import (
    evaluation_reason,
    money_light,
    money_reason,
    monitoring_reason,
    pace,
    span,
    target_light,
    worst_light,
)
from xlperf.measure.packs import (
    BLANK_PACK,
    CLASSES,
    DEFAULT_PACK,
    PACKS,
    Pack,
    class_name,
    first_level_classes,
)
from xlperf.measure.parameters import PARAMETERS, Parameter, cells_of, find_pack
from xlperf.measure.progress import CHECKPOINTS, execution_rate, light, plan_progress, plan_share, time_progress
from xlperf.measure.scores import earned, net_score, score
from xlperf.measure.sentence import explain
from xlperf.measure.statuses import COMPLIANCE_STATES, LIGHTS, OFFICIAL_LIGHTS, STATUS
from xlperf.measure.totals import alert, execution_score, final_grade, grade, paid_score
from xlperf.measure.unseen import UNSEEN, quoted, shown
from xlperf.measure.weights import propose_weights, split_weights

__all__ = [
    "BLANK_PACK", "CATALOG", "CHECKPOINTS", "CLASSES", "COMPLIANCE_STATES", "DEFAULT_PACK", "LIGHTS", "MONTHS",
    "OFFICIAL_LIGHTS", "PACKS", "PARAMETERS", "STATUS", "UNSEEN", "Function", "Pack", "Param", "Parameter", "alert",
    "blank_kept", "cell_formula", "cells_of", "check_character", "check_code", "class_name", "completion", "compliance",
    "count_filled", "earned", "evaluation_reason", "excess", "execution_rate", "execution_score", "explain", "filled",
    "final_grade", "find_pack", "first_level_classes", "grade", "light", "meets", "money_light", "money_reason",
    "monitoring_reason", "months_elapsed", "net_score", "pace", "paid_score", "plan_progress", "plan_share",
    "propose_weights", "quoted", "result", "score", "shown", "sign", "span", "split_weights", "standing", "state",
    "target_light", "time_progress", "worst_light",
]  # fmt: skip
