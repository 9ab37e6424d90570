"""The nouns of budget performance management: frozen values, no I/O, no spreadsheet words."""

from xlperf.model.department import (
    NO_PAYMENTS,
    Budget,
    BudgetUnit,
    Department,
    DeviationKind,
    Funds,
    Indicator,
    Likelihood,
    Period,
    PlanMethod,
    Project,
    ProjectReport,
    Report,
    Settings,
    SpendPlan,
    Target,
)
from xlperf.model.errors import UnreadableInput, UnwritableOutput, UsageError, XlperfError
from xlperf.model.finding import Finding, Locus, Severity
from xlperf.model.ledger import Ledger, Payment
from xlperf.model.operator import Operator

__all__ = [
    "NO_PAYMENTS", "Budget", "BudgetUnit", "Department", "DeviationKind", "Finding", "Funds", "Indicator", "Ledger",
    "Likelihood", "Locus", "Operator", "Payment", "Period", "PlanMethod", "Project", "ProjectReport", "Report",
    "Settings", "Severity", "SpendPlan", "Target", "UnreadableInput", "UnwritableOutput", "UsageError",
    "XlperfError", "sentences",
]  # fmt: skip
