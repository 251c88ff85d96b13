"""Where a report goes: stdout or files, in one format or several."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from dllint.cli import terminal
from dllint.cli.save import save
from dllint.config.kinds import alternatives, meant
from dllint.findings import Report
from dllint.plain import plain
from dllint.report.count import listed
from dllint.report.footer import footer
from dllint.report.formats import FORMATS, Context
from dllint.report.style import Style


@plain
class Output:
    """A format and the file that it goes to; None: stdout."""

    format: str
    file: Path | None = None

    @staticmethod
    def of(word: str) -> Output:
        """`FORMAT`, `FORMAT:FILE` or `FORMAT:-`. click.UsageError for a format that does not exist, or no file."""
        name, colon, file = word.partition(":")
        if name not in FORMATS:
            names = tuple(FORMATS)
            near = meant(name, names)
            raise click.UsageError(f'no output format is called "{name}": it may be {alternatives(names)}{near}')
        if colon and not file:
            raise click.UsageError(f"--output-format {word} names no file; give {name}:FILE, or {name} for stdout")
        return Output(name, Path(file) if file and file != "-" else None)


def outputs(words: Sequence[str], *, counted: bool) -> tuple[Output, ...]:
    """What the words ask for. counted: as statistics.

    click.UsageError where two would go to one place, or one has no statistics.
    """
    found = tuple(map(Output.of, words))
    for file in {output.file for output in found}:
        names = [output.format for output in found if output.file == file]
        if len(names) > 1:
            both = f"{file or 'stdout'} cannot hold {listed(names)} together"
            raise click.UsageError(f"{both}; give each a file of its own: --output-format {names[-1]}:FILE")
    for output in found:
        if counted and FORMATS[output.format].counted is None:
            able = alternatives(tuple(name for name, one in FORMATS.items() if one.counted))
            raise click.UsageError(f"--statistics cannot be written as {output.format}: it may be {able}")
    return found


def check_writable(found: Sequence[Output]) -> None:
    """click.ClickException, before any work is done, for a file that could not be written after it."""
    for file in filter(None, (output.file for output in found)):
        folder = file.parent
        if not folder.is_dir():
            raise click.ClickException(f"{file}: there is no folder {folder} to write it in; make it first")
        if file.is_dir():
            raise click.ClickException(f"{file}: is a folder; name a file in it")
        if not os.access(file if file.exists() else folder, os.W_OK):
            raise click.ClickException(f"{file}: may not be written; check its permissions")


def put(
    report: Report,
    found: Sequence[Output],
    *,
    counted: bool,
    color: str,
    source: Callable[[str], list[str]],
    cwd: Path,
) -> None:
    """Write the report to each output, and what was looked at to stderr where nothing on stdout says it.

    counted: as statistics. color: auto, always or never. source: lines by reported path. click.ClickException for a
    file that cannot be written.
    """
    for output in found:
        form = FORMATS[output.format]
        write = form.counted if counted and form.counted else form.write
        content = write(report, Context(_painted(output, color), _width(output), source, cwd))
        save(output.file, content.encode("utf-8", "backslashreplace")) if output.file else terminal.write(content)
    if not any(output.file is None and (counted or FORMATS[output.format].whole) for output in found):
        for line in footer(report, columns=terminal.columns(), style=Style(False)):
            click.echo(line, err=True)


def _painted(output: Output, color: str) -> bool:
    return color == "always" if output.file else terminal.color(color, sys.stdout)


def _width(output: Output) -> int:
    return terminal.WIDTH_OF_A_FILE if output.file else terminal.columns()
