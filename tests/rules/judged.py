"""Programs of pages and claims, judged as the command line would judge them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dllint import ADVICE, rulebook
from dllint.config import Settings
from dllint.findings import Finding
from dllint.page import Example
from dllint.trial import tried

RULES = rulebook.load(pages=True)


def assert_exactly_at_its_marks(example: Example, folder: Path, of: str) -> Sequence[Finding]:
    """The findings of an example of this rule are those that its marks promise, each once.

    The advice of other rules is not asked for: a program that shows one bug need not be exemplary.
    """
    asked = Settings(select=[rule.code for rule in RULES if rule.level is not ADVICE or rule.name == of])
    trial = tried(example, asked, RULES, folder)
    assert list(trial.faults()) == []
    return trial.report.findings
