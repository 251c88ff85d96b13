"""What a rule author and an API user import. Names load when they are first used: `dllint --version` needs none."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dllint.events import Call, Draft, Forward, Given, Leaf, Update
    from dllint.findings import Confidence, Finding, Level, Place, Related, Report
    from dllint.lives import Mode, Pending
    from dllint.rule import Rule
    from dllint.values.kind import Kind
    from dllint.values.value import Step

    ADVICE, WARNING, ERROR = Level

_HOMES = {
    "dllint.events": ("Call", "Draft", "Forward", "Given", "Leaf", "Update"),
    "dllint.findings": ("Confidence", "Finding", "Level", "Place", "Related", "Report"),
    "dllint.lives": ("Mode", "Pending"),
    "dllint.rule": ("Rule",),
    "dllint.values.kind": ("Kind",),
    "dllint.values.value": ("Step",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

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


def __getattr__(name: str) -> object:
    if name in ("ADVICE", "WARNING", "ERROR"):
        return import_module("dllint.findings").Level[name]
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'dllint' has no attribute {name!r}")
