"""What the tests of fixes judge by, and the types of what they are given."""

from __future__ import annotations

from collections.abc import Callable

from dllint import rulebook
from dllint.config import Settings
from dllint.findings import Report

RULES = rulebook.load(pages=True)
EVERY = Settings(select=[rule.code for rule in RULES if rule.name != "no-seed"])
"""All rules but the one that most short programs break."""

Judge = Callable[..., Report]
Rewrite = Callable[..., tuple[str, bool]]
