"""What was looked at, and what was not: silence must never read as approval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dllint.findings import Finding, Level, NotChecked, Report, Summary
from dllint.report.cells import visible, wrap
from dllint.report.count import counted, listed
from dllint.report.style import Style

SHOWN = 5
"""Places not checked that are listed; the json format has all."""

_PLURAL = {Level.ERROR: "errors", Level.WARNING: "warnings", Level.ADVICE: "pieces of advice"}


def footer(report: Report, *, columns: int, style: Style) -> Iterator[str]:
    """Lines: what was found in how many files, what the rules had to judge, and what they could not."""
    head = _found(report)
    rest = [head, *_files(report), *_held_back(report.summary), f"{report.summary.seconds:.1f} s"]
    first, *more = wrap(" · ".join(rest), columns)
    yield first.replace(head, style(head, "strong"), 1)
    yield from more
    yield from _fixable(report.findings)
    if judged := _judged(report):
        yield from wrap(judged, columns)
    yield from _places(report.not_checked, columns, style)


def _found(report: Report) -> str:
    """`2 errors, 1 warning`, or that there are none and what that rests on."""
    if report.findings:
        return _levels(report.findings)
    summary = report.summary
    if not summary.files:
        seen = summary.files_without_dl or summary.files_not_parsed
        return "nothing was checked" if seen else "nothing was checked: no Python files found"
    by = f"{counted(summary.rules, 'rules')} on " if summary.rules else ""
    return f"no findings: {by}{counted(summary.files, 'files')}; {_rests_on(summary)}"


def _levels(findings: Sequence[Finding]) -> str:
    numbers = {level: sum(finding.level is level for finding in findings) for level in sorted(Level, reverse=True)}
    return ", ".join(_level(number, level) for level, number in numbers.items() if number)


def _level(number: int, level: Level) -> str:
    return "1 piece of advice" if (number, level) == (1, Level.ADVICE) else counted(number, _PLURAL[level])


def _rests_on(summary: Summary) -> str:
    """`5 losses and 2 evaluations judged`."""
    resolved = [counted(resolved, name) for name, _, resolved in summary.subjects if resolved]
    return f"{listed(resolved)} judged" if resolved else "nothing in them was judged"


def _files(report: Report) -> list[str]:
    """Files by what became of them; the number that was linted only where the verdict has not said it."""
    summary = report.summary
    linted = [counted(summary.files, "files")] if report.findings else []
    skipped = summary.files_without_dl
    without = [f"{skipped if linted else counted(skipped, 'files')} without deep learning imports"] if skipped else []
    unparsed = [f"{summary.files_not_parsed} not parsed"] if summary.files_not_parsed else []
    return [", ".join(part)] if (part := linted + without + unparsed) else []


def _fixable(findings: Sequence[Finding]) -> Iterator[str]:
    """`2 fixable with --fix, 1 more with --unsafe-fixes`."""
    fixes = [finding.fix.safe for finding in findings if finding.fix is not None]
    safe, unsafe = fixes.count(True), fixes.count(False)
    if safe:
        yield f"{safe} fixable with --fix" + (f", {unsafe} more with --unsafe-fixes" if unsafe else "")
    elif unsafe:
        yield f"{unsafe} fixable with --fix --unsafe-fixes"


def _held_back(summary: Summary) -> Iterator[str]:
    if summary.suppressed:
        yield f"{summary.suppressed} suppressed"
    if summary.hidden:
        yield f"{summary.hidden} only possible (--show possible)"


def _judged(report: Report) -> str:
    """`5 losses, 4 resolved; 1 not:`. "" where the verdict has said it all."""
    subjects = report.summary.subjects
    missed = sum(seen - resolved for _, seen, resolved in subjects)
    if not report.findings and not missed and not report.not_checked:
        return ""
    said = " · ".join(_subject(*subject) for subject in subjects if subject[1])
    if len(report.not_checked) == missed:
        return f"{said}; {missed} not:" if missed else said
    return "; ".join(filter(None, [said, "not checked:" if report.not_checked else f"{missed} not"]))


def _subject(name: str, seen: int, resolved: int) -> str:
    """`5 losses, 4 resolved`."""
    if seen == resolved:
        return f"{counted(seen, name)}, {'all ' if seen > 1 else ''}resolved"
    return f"{counted(seen, name)}, {resolved or 'none'} resolved"


def _places(places: Sequence[NotChecked], columns: int, style: Style) -> Iterator[str]:
    """The first few places that were not checked, each with the reason."""
    for place in places[:SHOWN]:
        where = visible(place.seen)
        first, *rest = wrap(f"{where} {place.why}", columns - 4)
        yield "  " + first.replace(where, style(where, "path"), 1)
        yield from (f"    {text}" for text in rest)
    if len(places) > SHOWN:
        yield f"  … {len(places) - SHOWN} more (--output-format json has all)"
