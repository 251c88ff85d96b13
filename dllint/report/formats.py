"""Every format by name. A new one is a file beside this one, and a line here."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from dllint.findings import Report
from dllint.plain import plain
from dllint.report import statistics
from dllint.report.concise import concise
from dllint.report.github import github
from dllint.report.json import json
from dllint.report.text import text


@plain
class Context:
    """What a report is written on. width: in cells; source: the lines of a reported path, relative to cwd."""

    color: bool
    width: int
    source: Callable[[str], list[str]]
    cwd: Path


Write = Callable[[Report, Context], str]


@plain
class Format:
    """One format. whole: it also says what was looked at, and what was not. counted: its form of --statistics."""

    write: Write
    whole: bool = False
    counted: Write | None = None


def _table(report: Report, on: Context) -> str:
    return statistics.text(report, color=on.color, width=on.width)


FORMATS: Mapping[str, Format] = {
    "text": Format(lambda r, on: text(r, color=on.color, width=on.width, source=on.source), True, _table),
    "concise": Format(lambda r, on: concise(r), False, _table),
    "json": Format(lambda r, on: json(r), True, lambda r, on: statistics.json(r)),
    "github": Format(lambda r, on: github(r, cwd=on.cwd, workspace=os.environ.get("GITHUB_WORKSPACE", ""))),
}
