"""Programs of pages and claims, judged as the command line would judge them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dllint import rulebook
from dllint.config import Settings
from dllint.findings import Finding
from dllint.page import Example
from dllint.trial import tried

RULES = rulebook.load(pages=True)
EVERY = Settings(select=[rule.code for rule in RULES])


def assert_exactly_at_its_marks(example: Example, folder: Path) -> Sequence[Finding]:
    """The findings of an example are those that its marks promise, each once."""
    trial = tried(example, EVERY, RULES, folder)
    assert list(trial.faults()) == []
    return trial.report.findings
