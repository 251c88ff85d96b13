"""The rule book for commands that only read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dllint import rulebook
from dllint.cli.configuring import settings_for
from dllint.config import choice
from dllint.rule import Rule


def book(options: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Every rule, the private ones that a configuration or these options name included. CannotCheck."""
    return choice.book(settings_for((), options))


def named(word: str, options: Mapping[str, Any]) -> tuple[Rule, ...]:
    """The rules that a word means. CannotCheck; UnknownRule, with the nearest word, where it means none."""
    return rulebook.find(book(options), word)
