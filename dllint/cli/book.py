"""The rule book for commands that only read it."""

from __future__ import annotations

import click

from dllint import rulebook
from dllint.rule import Rule


def book() -> tuple[Rule, ...]:
    """Every rule; click.ClickException where the book cannot be loaded."""
    try:
        return rulebook.load()
    except rulebook.RuleBookError as error:
        raise click.ClickException(str(error)) from error


def named(word: str) -> tuple[Rule, ...]:
    """The rules that a word means; click.ClickException, with the nearest word, where it means none."""
    try:
        return rulebook.find(book(), word)
    except rulebook.UnknownRule as error:
        raise click.ClickException(str(error)) from error
