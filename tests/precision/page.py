"""The page that says how often dllint is right: rules/PRECISION.md."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dllint.rule import Rule
from tests.precision.judgements import VERDICTS, Judgement
from tests.precision.repositories import GROUPS, Repository
from tests.precision.sightings import Sighting
from tests.precision.tally import NOT_JUDGED, Tally, interval, tally

COUNTS = ["findings", *VERDICTS, NOT_JUDGED]

INTRODUCTION = """\
# How often dllint is right

Every finding on {number} public repositories, judged in its source.

- **true**: a bug, or for advice a habit, that its author would mend when told.
- **harmless**: so it is, and nothing gets worse by it, or its author says that it is meant.
- **false**: not so, or so only for a reader who wants it to be.

Precision is true out of judged: what is harmless counts against it, as what is false does. The interval is Wilson's, at
95 %: few findings leave it wide, and 5 true ones of 5 prove no more than 57 %. Rules were tried and mended on these
repositories: expect less on code that nobody looked at.
"""

SOURCE = """\
`python -m tests.precision FOLDER` writes this page from `tests/precision/repositories.tsv` and `judgements.tsv`, which
gives the reason of each verdict.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything the page is written from."""

    repositories: Sequence[Repository]
    sightings: Sequence[Sighting]
    judgements: Mapping[tuple[str, str], Judgement]
    rules: Sequence[Rule]


def page(measured: Measured) -> str:
    """The page, in Markdown."""
    shown = [one for one in measured.sightings if one.shown]
    asked = [one for one in measured.sightings if not one.shown]
    parts = [
        INTRODUCTION.format(number=len(measured.repositories)),
        "## What is reported by default\n",
        _by_rule(measured, shown),
        "\n".join(_silent(measured)),
        "## By repository\n",
        _by_group(measured, shown),
        "## What is shown on request: advice, and what is merely possible\n",
        _by_rule(measured, asked),
        SOURCE,
    ]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _by_rule(measured: Measured, found: Sequence[Sighting]) -> str:
    def of(rule: Rule) -> list[Sighting]:
        return [one for one in found if one.rule == rule.name]

    rows = [
        [rule.code, f"`{rule.name}`", str(rule.level), *_counts(tally(of(rule), measured.judgements))]
        for rule in measured.rules
        if of(rule)
    ]
    total = ["", "together", "", *_counts(tally(found, measured.judgements))]
    return table(["code", "rule", "level", *COUNTS, "precision"], [*rows, total], left=3)


def _by_group(measured: Measured, shown: Sequence[Sighting]) -> str:
    return table(
        ["repositories", "number", "without a false one", *COUNTS, "precision"],
        [row for role, group in GROUPS.items() if (row := _group(measured, shown, role, group))],
        left=1,
    )


def _group(measured: Measured, shown: Sequence[Sighting], role: str, group: str) -> list[str]:
    names = {one.name for one in measured.repositories if one.role == role}
    found = [one for one in shown if one.repository.name in names]
    doubtful = {one.repository.name for one in found if not _stands(one, measured)}
    counts = _counts(tally(found, measured.judgements))
    return [group, str(len(names)), str(len(names - doubtful)), *counts] if names else []


def _stands(one: Sighting, measured: Measured) -> bool:
    return one.key in measured.judgements and measured.judgements[one.key].verdict != "false"


def _counts(found: Tally) -> list[str]:
    low, high = interval(found.true, found.judged)
    share = f"{found.true / found.judged:.0%} ({low:.0%}–{high:.0%})" if found.judged else "–"
    return [str(found.findings), *(str(found.by.get(name, 0)) for name in (*VERDICTS, NOT_JUDGED)), share]


def _silent(measured: Measured) -> Iterator[str]:
    seen = {one.rule for one in measured.sightings}
    names = [f"`{rule.name}`" for rule in measured.rules if rule.name not in seen]
    if names:
        yield textwrap.fill(f"No finding at all: {', '.join(names)}.", 120, break_on_hyphens=False)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], left: int) -> str:
    """A table in Markdown, its columns as wide as they need; the first ones are words, the others numbers."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    adjust: list[Callable[[str, int], str]] = [str.ljust if at < left else str.rjust for at in range(len(head))]
    rule = ["-" * width if at < left else "-" * (width - 1) + ":" for at, width in enumerate(widths)]
    padded = [[fit(cell, width) for fit, cell, width in zip(adjust, line, widths, strict=True)] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in [padded[0], rule, *padded[1:]])
