"""`dllint check PATHS`: look for bugs and say what was found."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from dllint.cli import terminal
from dllint.cli.configuring import configuring, settings_for
from dllint.cli.outputs import check_writable, outputs, put
from dllint.cli.progress import Bar
from dllint.cli.stdin import given
from dllint.config import Settings
from dllint.findings import Report
from dllint.report.formats import FORMATS
from dllint.report.lines import reader
from dllint.run import check as judge


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--output-format",
    "formats",
    multiple=True,
    metavar="FORMAT[:FILE]",
    help=f"How to write what was found, and where: {', '.join(FORMATS)}; may be repeated.  [default: text]",
)
@click.option("--statistics", is_flag=True, help="Count the findings by rule, in place of the findings.")
@click.option("--fix", is_flag=True, help="Write the fixes that are safe, once they prove to help.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: the fixes that other code may notice too.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
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
    formats: tuple[str, ...],
    statistics: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    color: str,
    stdin_filename: str | None,
    progress: bool,
    **options: Any,
) -> int:
    """Look for deep learning bugs in PATHS, files or folders; in the working directory when none is given.

    With - one file is read from stdin, in place of the one that --stdin-filename names.

    Exit status: 0 nothing found, 1 findings at or above --fail-on, 2 the job could not be done. With --diff: 1 when
    there is anything to fix.
    """
    cwd = Path.cwd()
    if unsafe_fixes and not (fix or diff):
        raise click.UsageError("--unsafe-fixes changes nothing on its own; give --fix or --diff with it")
    paths, sources = given(paths, stdin_filename)
    settings = settings_for(paths, options)
    asked = outputs(formats or (settings.output_format,), counted=statistics)
    check_writable(asked)
    report = _judged(paths, settings, cwd, sources, progress)
    if fix or diff:
        from dllint.cli.fixing import fixed  # most runs do without

        done = fixed(
            report,
            unsafe=unsafe_fixes,
            diff=diff,
            cwd=cwd,
            sources=sources,
            again=lambda files: judge(paths, settings, cwd=cwd, given=files),
        )
        if diff:
            return int(bool(done.contents))
        report = done.report
        asked = tuple(output for output in asked if output.file) if sources else asked  # the source goes to stdout
    put(report, asked, counted=statistics, color=color, source=reader(cwd, sources), cwd=cwd)
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
