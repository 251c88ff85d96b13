"""`dllint rules`: what is looked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence

import click

from dllint import rulebook
from dllint.cli import terminal
from dllint.cli.book import book
from dllint.report.cells import wrap
from dllint.report.style import Style
from dllint.rule import Rule


@click.command()
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rules(output_format: str) -> None:
    """List the rules: code, level, name and the bug in one line."""
    found = book()
    if output_format == "json":
        terminal.write(json.dumps([_entry(rule) for rule in found], indent=2) + "\n")
    else:
        terminal.write(table(found))


def table(found: Sequence[Rule]) -> str:
    """The rules as a table, one a line; on a narrow terminal the bug goes on under itself."""
    style = Style(terminal.color("auto", sys.stdout))
    names = max((len(rule.name) for rule in found), default=0)
    return "".join(f"{line}\n" for rule in found for line in _row(rule, names, style))


def _row(rule: Rule, names: int, style: Style) -> Iterator[str]:
    margin = len("DL301  warning  ") + names + 2
    first, *rest = wrap(rulebook.summary(rule.page), terminal.columns() - margin)
    yield f"{style(rule.code, 'strong')}  {style(f'{rule.level!s:7}', str(rule.level))}  {rule.name:{names}}  {first}"
    yield from (" " * margin + line for line in rest)


def _entry(rule: Rule) -> dict[str, str]:
    return {
        "code": rule.code,
        "name": rule.name,
        "level": str(rule.level),
        "family": rulebook.family(rule),
        "summary": rulebook.summary(rule.page),
    }
