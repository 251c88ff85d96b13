"""`dllint check --fix`: what becomes of the files, and of the report."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

import click

from dllint.cli import terminal
from dllint.cli.save import save
from dllint.findings import Report
from dllint.fix.mend import Mended, mended
from dllint.program.text import encoding
from dllint.report.count import counted


def fixed(
    report: Report,
    *,
    unsafe: bool,
    diff: bool,
    cwd: Path,
    sources: Mapping[str, bytes],
    again: Callable[[Mapping[str, bytes]], Report],
) -> Mended:
    """The fixes of a report tried, and those that help written; with `diff` shown instead.

    unsafe: those too that something else may depend on. sources: what stands in place of a file on stdin, whose fixed
    content goes to stdout. again: the report when files have these contents.
    """
    given = {os.path.realpath(cwd / path): content for path, content in sources.items()}

    def source(path: str) -> bytes:
        place = cwd / path
        content = given.get(os.path.realpath(place))
        return place.read_bytes() if content is None else content

    done = mended(report, unsafe=unsafe, source=source, again=lambda files: again({**sources, **files}))
    if diff:
        terminal.write("".join(_diff(path, source(path), new) for path, new in done.contents.items()))
    elif sources:
        (content,) = sources.values()
        sys.stdout.buffer.write(next(iter(done.contents.values()), content))
        sys.stdout.flush()
    else:
        for path, new in done.contents.items():
            save(cwd / path, new)
    for line in _said(done, "would fix" if diff else "fixed"):
        click.echo(line, err=True)
    return done


def _diff(path: str, old: bytes, new: bytes) -> str:
    """What changes in a file, as `patch` reads it."""
    codec = encoding(old)
    before, after = (content.decode(codec).splitlines(keepends=True) for content in (old, new))
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(before, after, path, path)
    )


def _said(done: Mended, verb: str) -> Iterator[str]:
    """What was fixed and what was not, a line each."""
    if done.fixed or not done.refused:
        count, files = len(done.fixed), len(done.contents)
        yield f"{verb} {counted(count, 'findings')} in {counted(files, 'files')}" if count else "nothing to fix"
    for refused in done.refused:
        place = refused.finding.place.seen
        yield f"not fixed: {place.path}:{place.line} {refused.finding.rule}: {refused.why}"
