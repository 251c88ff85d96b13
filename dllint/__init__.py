"""What a rule author and an API user import."""

from dllint.events import Call, Draft, Forward, Given, Leaf, Update
from dllint.findings import Confidence, Finding, Level, Place, Related, Report
from dllint.lives import Mode, Pending
from dllint.rule import Rule
from dllint.values.kind import Kind
from dllint.values.value import Step

ADVICE, WARNING, ERROR = Level

__all__ = [
    "ADVICE",
    "ERROR",
    "WARNING",
    "Call",
    "Confidence",
    "Draft",
    "Finding",
    "Forward",
    "Given",
    "Kind",
    "Leaf",
    "Level",
    "Mode",
    "Pending",
    "Place",
    "Related",
    "Report",
    "Rule",
    "Step",
    "Update",
]
