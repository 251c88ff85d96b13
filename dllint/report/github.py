"""Workflow commands of GitHub Actions: each finding an annotation on the lines that a pull request shows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from dllint.findings import Finding, Level, Place, Report
from dllint.report.cells import visible
from dllint.report.message import parts

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "notice"}

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = {**_DATA, **str.maketrans({":": "%3A", ",": "%2C"})}


def github(report: Report, *, cwd: Path, workspace: str) -> str:
    """A line for each finding. workspace: the folder that GitHub's paths are relative to, "" where nobody knows."""
    return "".join(f"{_line(finding, cwd, workspace)}\n" for finding in report.findings)


def _line(finding: Finding, cwd: Path, workspace: str) -> str:
    """`::error title=…,file=…,line=…::message`, the message with the chain below it."""
    given = {
        "title": f"{finding.code} {finding.rule} ({finding.confidence})",
        "file": _file(finding.place.path, cwd, workspace),
        **_stretch(finding.place),
    }
    properties = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in given.items())
    message = "\n".join(visible(line) for line in _message(finding))
    return f"::{_COMMANDS[finding.level]} {properties}::{message.translate(_DATA)}"


def _stretch(place: Place) -> dict[str, int]:
    """Lines, and columns where they are one: GitHub drops an annotation that has columns over several."""
    lines = {"line": place.line, "endLine": place.end_line}
    if place.line != place.end_line:
        return lines
    return {**lines, "col": place.column, "endColumn": max(place.column, place.end_column)}


def _message(finding: Finding) -> Iterator[str]:
    """The place first, since the log of a run shows the message alone."""
    place = finding.place.seen
    known, why, fix = parts(finding.message)
    yield f"{place.path}:{place.line}:{place.column}: {known}"
    yield from (f"{label}: {words}" for label, words in (("why", why), ("fix", fix)) if words)
    for step in finding.related:
        place = step.place.seen
        yield f"{place.path}:{place.line}: {step.message or 'passes here'}"


def _file(path: str, cwd: Path, workspace: str) -> str:
    """The path below the workspace, when the run stands in a folder of it; else as it is reported."""
    if not workspace:
        return path
    inside = os.path.relpath(os.path.realpath(cwd / path), os.path.realpath(workspace)).replace(os.sep, "/")
    return path if inside.startswith("../") else inside
