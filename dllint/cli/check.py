"""`dllint check PATHS`: look for bugs and say what was found."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from dllint.cli import terminal
from dllint.cli.configuring import configuring, settings_for
from dllint.cli.progress import Bar
from dllint.cli.stdin import given
from dllint.config import Settings
from dllint.config.kinds import FORMATS
from dllint.findings import Report
from dllint.report.concise import concise
from dllint.report.footer import footer
from dllint.report.json import json
from dllint.report.lines import reader
from dllint.report.style import Style
from dllint.report.text import text
from dllint.run import check as judge


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    help="How to write what was found.  [default: text]",
)
@configuring
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Paint the output; NO_COLOR and FORCE_COLOR are heard when auto.",
)
@click.option("--stdin-filename", metavar="FILE", help="The file of the project that stdin is read in place of.")
@click.option("--no-cache", is_flag=True, expose_value=False, help="Use no earlier result (there is none yet).")
@click.option("--no-progress", "progress", is_flag=True, flag_value=False, default=True, help="Draw no progress bar.")
def check(
    paths: tuple[str, ...],
    output_format: str | None,
    color: str,
    stdin_filename: str | None,
    progress: bool,
    **options: Any,
) -> int:
    """Look for deep learning bugs in PATHS, files or folders; in the working directory when none is given.

    - reads one file from stdin; --stdin-filename says which file of the project it is.

    Exit status: 0 nothing found, 1 findings at or above --fail-on, 2 the job could not be done.
    """
    cwd = Path.cwd()
    paths, sources = given(paths, stdin_filename)
    settings = settings_for(paths, options, **{"output-format": output_format})
    report = _judged(paths, settings, cwd, sources, progress)
    _write(report, settings.output_format, color, reader(cwd, sources))
    return int(any(finding.level >= settings.fails_on for finding in report.findings))


def _judged(
    paths: Sequence[str], settings: Settings, cwd: Path, sources: Mapping[str, bytes], progress: bool
) -> Report:
    """The report of the run, with a bar on a terminal while it goes on."""
    bar = Bar(sys.stderr, terminal.columns()) if progress and sys.stderr.isatty() else None
    try:
        return judge(paths, settings, cwd=cwd, given=sources, progress=bar)
    finally:
        if bar:
            bar.erase()


def _write(report: Report, output_format: str, color: str, source: Callable[[str], list[str]]) -> None:
    """The report on stdout; what was looked at on stderr where the format has no room for it."""
    match output_format:
        case "json":
            terminal.write(json(report))
        case "concise":
            terminal.write(concise(report))
            for line in footer(report, columns=terminal.columns(), style=Style(False)):
                click.echo(line, err=True)
        case _:
            paint = terminal.color(color, sys.stdout)
            terminal.write(text(report, color=paint, width=terminal.columns(), source=source))
