"""`dllint rules`: what is looked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from dllint import rulebook
from dllint.cli import terminal
from dllint.cli.book import book
from dllint.cli.configuring import reading
from dllint.cli.try_rules import try_rules
from dllint.report.cells import wrap
from dllint.report.style import Style
from dllint.rule import Rule


@click.group(invoke_without_command=True)
@reading
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def rules(context: click.Context, /, output_format: str, **options: Any) -> None:
    """List the rules: code, level, name and the bug in one line."""
    if context.invoked_subcommand:
        return
    found = book(options)
    if output_format == "json":
        terminal.write(json.dumps([_entry(rule) for rule in found], indent=2) + "\n")
    else:
        terminal.write(table(found))


rules.add_command(try_rules)


def table(found: Sequence[Rule]) -> str:
    """The rules as a table, one a line; on a narrow terminal the bug goes on under itself."""
    style = Style(terminal.color("auto", sys.stdout))
    codes, names = (max((len(word) for word in words), default=0) for words in _words(found))
    return "".join(f"{line}\n" for rule in found for line in _row(rule, codes, names, style))


def _words(found: Sequence[Rule]) -> tuple[list[str], list[str]]:
    return [rule.code for rule in found], [rule.name for rule in found]


def _row(rule: Rule, codes: int, names: int, style: Style) -> Iterator[str]:
    margin = codes + len("  warning  ") + names + 2
    first, *rest = wrap(rulebook.summary(rule.page), terminal.columns() - margin)
    level = style(f"{rule.level!s:7}", str(rule.level))
    yield f"{style(f'{rule.code:{codes}}', 'strong')}  {level}  {rule.name:{names}}  {first}"
    yield from (" " * margin + line for line in rest)


def _entry(rule: Rule) -> dict[str, str]:
    return {
        "code": rule.code,
        "name": rule.name,
        "level": str(rule.level),
        "family": rulebook.family(rule),
        "summary": rulebook.summary(rule.page),
    }
