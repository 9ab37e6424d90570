"""The functions that run inside cells, their rules and their plain worksheet formulas.

Standard library only, syntax of Python 3.8: hosts embed this package unchanged.
"""

from xlperf.measure.catalog import CATALOG, Function, Param, cell_formula
from xlperf.measure.codes import check_character, check_code
from xlperf.measure.dates import MONTHS, months_elapsed
from xlperf.measure.formula_parts import blank_kept, count_filled, filled
from xlperf.measure.packs import CLASSES, DEFAULT_PACK, PACKS, Pack, class_name, find_pack, first_level_classes
from xlperf.measure.progress import CHECKPOINTS, execution_rate, light, plan_progress, plan_share, time_progress
from xlperf.measure.scores import completion, compliance, execution_score, grade, score
from xlperf.measure.sentence import explain
from xlperf.measure.statuses import COMPLIANCE_STATES, LIGHTS, STATUS
from xlperf.measure.unseen import UNSEEN, quoted, shown
from xlperf.measure.weights import propose_weights, split_weights

__all__ = [
    "CATALOG", "CHECKPOINTS", "CLASSES", "COMPLIANCE_STATES", "DEFAULT_PACK", "LIGHTS", "MONTHS", "PACKS", "STATUS",
    "UNSEEN", "Function", "Pack", "Param", "blank_kept", "cell_formula", "check_character", "check_code",
    "class_name", "completion", "compliance", "count_filled", "execution_rate", "execution_score", "explain",
    "filled", "find_pack", "first_level_classes", "grade", "light", "months_elapsed", "plan_progress", "plan_share",
    "propose_weights", "quoted", "score", "shown", "split_weights", "time_progress",
]  # fmt: skip
