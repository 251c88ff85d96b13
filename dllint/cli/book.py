"""The rule book for commands that only read it."""

from __future__ import annotations

from dllint import rulebook
from dllint.rule import Rule


def book() -> tuple[Rule, ...]:
    """Every rule. RuleBookError."""
    return rulebook.load()


def named(word: str) -> tuple[Rule, ...]:
    """The rules that a word means. RuleBookError; UnknownRule, with the nearest word, where it means none."""
    return rulebook.find(book(), word)
