"""`dllint explain RULE`: the page of a rule."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import click

from dllint.cli import terminal
from dllint.cli.book import named
from dllint.cli.configuring import reading
from dllint.cli.rules import table
from dllint.report.style import Style
from dllint.rule import Rule

_HEADING = re.compile(r"[A-Z][\w ]*:")
_FENCE = re.compile(r"\s*```")


@click.command()
@click.argument("rule")
@reading
def explain(rule: str, **options: Any) -> None:
    """Show the page of RULE, a name or a code; of a family or the start of codes, the list of its rules."""
    match named(rule, options):
        case (only,):
            terminal.write(page(only, Style(terminal.color("auto", sys.stdout))))
        case several:
            terminal.write(table(several))


def page(rule: Rule, style: Style) -> str:
    """The page under a title, with headings and code told apart; the fences go where colours show the code."""
    title = f"{style(f'{rule.level} {rule.code}', str(rule.level))} {style(rule.name, 'strong')}"
    return "\n".join([title, "", *_styled(rule.page, style)]) + "\n"


def _styled(text: str, style: Style) -> Iterator[str]:
    inside = False
    for line in text.splitlines():
        if _FENCE.match(line):
            inside = not inside
            if not style.color:
                yield line
        elif inside:
            yield style(line, "code")
        elif heading := _HEADING.match(line):
            yield style(heading[0], "strong") + line[heading.end() :]
        else:
            yield line
