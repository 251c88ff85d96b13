"""What a rule author and an API user import. Names load when they are first used: `dllint --version` needs none."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dllint.config import ConfigError, Settings, read_settings
    from dllint.errors import CannotCheck
    from dllint.events import (
        Bare,
        Broadcast,
        Build,
        Bypass,
        Call,
        Choice,
        Comment,
        Discard,
        Disorder,
        Draft,
        Forward,
        Given,
        Iterate,
        Keep,
        Layout,
        Leaf,
        Leak,
        Mismatch,
        Rate,
        Regroup,
        Repeat,
        Restore,
        SameOrder,
        Search,
        Unfilled,
        Untrained,
        Update,
    )
    from dllint.findings import Confidence, Edit, Finding, Fix, Level, Place, Related, Report
    from dllint.fix.intents import (
        Assign,
        Begin,
        CallItself,
        Detach,
        Drop,
        Follow,
        FuseLog,
        Give,
        GiveMode,
        Invoke,
        Prepare,
        Register,
        Swap,
        TakeLog,
        Wrap,
    )
    from dllint.lives import Mode, Pending
    from dllint.project import MissingPath
    from dllint.rule import Rule
    from dllint.rulebook import RuleBookError, UnknownRule
    from dllint.run import check
    from dllint.values.by_hand import softmax_by_hand
    from dllint.values.kind import Kind
    from dllint.values.ranges import Range, span, unbounded
    from dllint.values.sense import ascends, flat
    from dllint.values.term import Term, unmoved
    from dllint.values.value import Step
    from dllint.values.zeros import attains_zero, is_spread

    ADVICE, WARNING, ERROR = Level

_HOMES = {
    "dllint.config": ("ConfigError", "Settings", "read_settings"),
    "dllint.errors": ("CannotCheck",),
    "dllint.events": (
        "Bare",
        "Broadcast",
        "Build",
        "Bypass",
        "Call",
        "Choice",
        "Comment",
        "Discard",
        "Disorder",
        "Draft",
        "Forward",
        "Given",
        "Iterate",
        "Keep",
        "Layout",
        "Leak",
        "Leaf",
        "Mismatch",
        "Rate",
        "Regroup",
        "Repeat",
        "Restore",
        "SameOrder",
        "Search",
        "Unfilled",
        "Untrained",
        "Update",
    ),
    "dllint.findings": ("Confidence", "Edit", "Finding", "Fix", "Level", "Place", "Related", "Report"),
    "dllint.fix.intents": (
        "Assign",
        "Begin",
        "CallItself",
        "Detach",
        "Drop",
        "Follow",
        "FuseLog",
        "Give",
        "GiveMode",
        "Invoke",
        "Prepare",
        "Register",
        "Swap",
        "TakeLog",
        "Wrap",
    ),
    "dllint.lives": ("Mode", "Pending"),
    "dllint.project": ("MissingPath",),
    "dllint.rule": ("Rule",),
    "dllint.rulebook": ("RuleBookError", "UnknownRule"),
    "dllint.run": ("check",),
    "dllint.values.by_hand": ("softmax_by_hand",),
    "dllint.values.kind": ("Kind",),
    "dllint.values.ranges": ("Range", "span", "unbounded"),
    "dllint.values.sense": ("ascends", "flat"),
    "dllint.values.term": ("Term", "unmoved"),
    "dllint.values.value": ("Step",),
    "dllint.values.zeros": ("attains_zero", "is_spread"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ADVICE",
    "ERROR",
    "WARNING",
    "Assign",
    "Bare",
    "Begin",
    "Broadcast",
    "Build",
    "Bypass",
    "Call",
    "CallItself",
    "CannotCheck",
    "Choice",
    "Comment",
    "Confidence",
    "ConfigError",
    "Detach",
    "Discard",
    "Disorder",
    "Draft",
    "Drop",
    "Edit",
    "Finding",
    "Fix",
    "Follow",
    "Forward",
    "FuseLog",
    "Give",
    "GiveMode",
    "Given",
    "Invoke",
    "Iterate",
    "Keep",
    "Kind",
    "Layout",
    "Leaf",
    "Leak",
    "Level",
    "Mismatch",
    "MissingPath",
    "Mode",
    "Pending",
    "Place",
    "Prepare",
    "Range",
    "Rate",
    "Register",
    "Regroup",
    "Related",
    "Repeat",
    "Report",
    "Restore",
    "Rule",
    "RuleBookError",
    "SameOrder",
    "Search",
    "Settings",
    "Step",
    "Swap",
    "TakeLog",
    "Term",
    "Unfilled",
    "UnknownRule",
    "Untrained",
    "Update",
    "Wrap",
    "ascends",
    "attains_zero",
    "check",
    "flat",
    "is_spread",
    "read_settings",
    "softmax_by_hand",
    "span",
    "unbounded",
    "unmoved",
]


def __getattr__(name: str) -> object:
    if name in ("ADVICE", "WARNING", "ERROR"):
        return import_module("dllint.findings").Level[name]
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'dllint' has no attribute {name!r}")
