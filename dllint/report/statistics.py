"""Findings counted by rule, in place of the findings."""

from __future__ import annotations

import json as _json
from collections import Counter

from dllint.findings import Level, Report
from dllint.plain import plain
from dllint.report.footer import footer
from dllint.report.json import VERSION, summary
from dllint.report.style import Style


@plain
class Count:
    """The findings of one rule. level: of the worst of them."""

    code: str
    rule: str
    level: Level
    number: int


def counts(report: Report) -> list[Count]:
    """One count a rule, the most frequent first, equal ones by code."""
    numbers = Counter((finding.code, finding.rule) for finding in report.findings)
    worst: dict[str, Level] = {}
    for finding in report.findings:
        worst[finding.code] = max(finding.level, worst.get(finding.code, Level.ADVICE))
    found = [Count(code, rule, worst[code], number) for (code, rule), number in numbers.items()]
    return sorted(found, key=lambda one: (-one.number, one.code))


def text(report: Report, *, color: bool, width: int) -> str:
    """A table, then what was looked at and what was held back."""
    style = Style(color)
    found = counts(report)
    digits = max((len(str(one.number)) for one in found), default=1)
    lines = [
        f"{one.number:>{digits}}  {style(f'{one.level!s:7}', str(one.level))}  {one.code}  {style(one.rule, 'strong')}"
        for one in found
    ]
    return "\n".join([*lines, *([""] if lines else []), *footer(report, columns=width, style=style)]) + "\n"


def json(report: Report) -> str:
    """The counts and the summary, as one JSON object in ASCII."""
    content = {
        "version": VERSION,
        "statistics": [
            {"code": one.code, "rule": one.rule, "level": str(one.level), "count": one.number} for one in counts(report)
        ],
        "not_checked": len(report.not_checked),
        "summary": summary(report.summary),
    }
    return _json.dumps(content, indent=2) + "\n"
