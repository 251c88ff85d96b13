"""The format for people: each finding with frames of its whole chain, why it hurts and what to write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from dllint.findings import Confidence, Finding, Related, Report
from dllint.report.cells import visible, wrap
from dllint.report.footer import footer
from dllint.report.frame import draw
from dllint.report.message import parts
from dllint.report.style import Style

_MARGIN = 8
"""Cells before the text of `why`, `fix` and `more`."""

_PROSE = 100
"""Cells beyond which prose is hard to read, however wide the terminal."""


def text(report: Report, *, color: bool, width: int, source: Callable[[str], list[str]]) -> str:
    """The report for a terminal of `width` cells. source: the lines of a reported path, [] when it cannot be read."""
    style = Style(color)
    lines = [line for finding in report.findings for line in (*_finding(_seen(finding), source, width, style), "")]
    lines += footer(report, columns=min(width, _PROSE), style=style)
    return "\n".join(lines) + "\n"


def _finding(finding: Finding, source: Callable[[str], list[str]], columns: int, style: Style) -> Iterator[str]:
    """Header, what is known, frames, why, fix, more."""
    known, why, fix = parts(finding.message)
    yield _header(finding, style)
    yield from _prose("", known, columns, style)
    yield from draw(finding, source, columns, style)
    yield from _prose("why", why, columns, style)
    yield from _prose("fix", fix, columns, style)
    if finding.code != "DL000":  # an error of dllint's own has no page
        yield from _prose("more", f"dllint explain {finding.rule}", columns, style)


def _seen(finding: Finding) -> Finding:
    """The finding with places as people look for them."""
    related = tuple(Related(step.place.seen, step.message) for step in finding.related)
    return replace(finding, place=finding.place.seen, related=related)


def _header(finding: Finding, style: Style) -> str:
    """`path:line:column error DL301 softmax-into-logit-loss (certain)`."""
    place = finding.place
    where = style(visible(f"{place.path}:{place.line}:{place.column}"), "path")
    level = style(f"{finding.level} {finding.code}", str(finding.level))
    sure = f"({finding.confidence})"
    return f"{where} {level} {style(finding.rule, 'strong')} {style(sure, _weight(finding.confidence))}"


def _weight(confidence: Confidence) -> str:
    return "strong" if confidence is Confidence.CERTAIN else "faint"


def _prose(label: str, words: str, columns: int, style: Style) -> Iterator[str]:
    """A labelled paragraph, wrapped under itself; nothing where there are no words."""
    if not words:
        return
    margin = _MARGIN if label else 2
    lines = wrap(words, min(columns, _PROSE) - margin)
    head = f"  {label:<{_MARGIN - 2}}" if label else "  "
    yield style(head, "faint") + lines[0]
    yield from (" " * margin + line for line in lines[1:])
