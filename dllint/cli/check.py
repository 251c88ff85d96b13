"""`dllint check PATHS`: look for bugs and say what was found."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from dllint.check import CannotCheck
from dllint.check import check as judge
from dllint.cli import terminal
from dllint.cli.progress import Bar
from dllint.findings import Level, Report
from dllint.report.concise import concise
from dllint.report.footer import footer
from dllint.report.json import json
from dllint.report.lines import reader
from dllint.report.style import Style
from dllint.report.text import text
from dllint.rulebook import RuleBookError, UnknownRule

_LEVELS = {str(level): level for level in Level}


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks of a run."""

    paths: tuple[str, ...]
    output_format: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    show: tuple[str, ...]
    fail_on: str
    color: str
    exclude: tuple[str, ...]
    cache: bool  # accepted and not used yet: there is no cache
    progress: bool


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--output-format",
    type=click.Choice(["text", "concise", "json"]),
    default="text",
    show_default=True,
    help="How to write what was found.",
)
@click.option("--select", multiple=True, metavar="RULES", help="Judge with these names, codes or families only.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Judge without these names, codes or families.")
@click.option("--show", multiple=True, type=click.Choice(["possible"]), help="Show findings that are only possible.")
@click.option(
    "--fail-on",
    type=click.Choice(list(_LEVELS)),
    default="warning",
    show_default=True,
    help="Least level that makes the exit status 1.",
)
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Paint the output; NO_COLOR and FORCE_COLOR are heard when auto.",
)
@click.option("--exclude", multiple=True, metavar="GLOB", help="Files and folders to leave out; may be repeated.")
@click.option("--no-cache", "cache", is_flag=True, flag_value=False, default=True, help="Use no earlier result.")
@click.option("--no-progress", "progress", is_flag=True, flag_value=False, default=True, help="Draw no progress bar.")
def check(**given: object) -> int:
    """Look for deep learning bugs in PATHS, files or folders; in the working directory when none is given.

    Exit status: 0 nothing found, 1 findings at or above --fail-on, 2 the job could not be done.
    """
    options = Options(**given)  # type: ignore[arg-type]  # click has checked them
    cwd = Path.cwd()
    report = _judged(options, cwd)
    _write(report, options, cwd)
    least = _LEVELS[options.fail_on]
    return int(any(finding.level >= least for finding in report.findings))


def _judged(options: Options, cwd: Path) -> Report:
    """The report of the run; click.ClickException when the job cannot be done."""
    bar = Bar(sys.stderr, terminal.columns()) if options.progress and sys.stderr.isatty() else None
    try:
        return judge(
            options.paths or (".",),
            cwd=cwd,
            select=_words(options.select),
            ignore=_words(options.ignore),
            show_possible="possible" in options.show,
            exclude=options.exclude,
            progress=bar,
        )
    except (CannotCheck, UnknownRule, RuleBookError) as error:
        raise click.ClickException(str(error)) from error
    finally:
        if bar:
            bar.erase()


def _words(given: Sequence[str]) -> list[str]:
    """The words of options that are repeated, or hold commas, or both."""
    return [word.strip() for text in given for word in text.split(",") if word.strip()]


def _write(report: Report, options: Options, cwd: Path) -> None:
    """The report on stdout; what was looked at on stderr where the format has no room for it."""
    match options.output_format:
        case "json":
            terminal.write(json(report))
        case "concise":
            terminal.write(concise(report))
            for line in footer(report, columns=terminal.columns(), style=Style(False)):
                click.echo(line, err=True)
        case _:
            paint = terminal.color(options.color, sys.stdout)
            terminal.write(text(report, color=paint, width=terminal.columns(), source=reader(cwd)))
