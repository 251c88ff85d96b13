"""Fixes chosen and tried: what they leave is judged again, and those that do not help are taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from dllint.findings import Edit, Finding, Fix, Report
from dllint.fix.apply import applied, together
from dllint.plain import plain
from dllint.program.lower import lower
from dllint.program.opened import opened
from dllint.program.source import NotParsed


@plain
class Refused:
    """A finding whose fix is not made, and why."""

    finding: Finding
    why: str


@plain
class Mended:
    """What fixes came to. report: of the files with them. contents: the files that change, by reported path."""

    report: Report
    contents: Mapping[str, bytes]
    fixed: Sequence[Finding]
    refused: Sequence[Refused]


Key = tuple[str, str, str]
"""A rule, a file and a scope in it: a fix may change the text that a fingerprint is made from."""


def mended(
    report: Report,
    *,
    unsafe: bool,
    source: Callable[[str], bytes],
    again: Callable[[Mapping[str, bytes]], Report],
) -> Mended:
    """The fixes of a report made, as many as help.

    unsafe: those too that something else may depend on. source: a file by its reported path. again: the report when
    these files have these contents.
    """
    chosen, refused = _chosen(report, unsafe)
    while chosen:
        contents = _contents(chosen, source)
        blamed = list(_unparsed(chosen, contents))
        after = report if blamed else again(contents)
        blamed = blamed or list(_blamed(report, after, chosen))
        if not blamed:
            return Mended(after, contents, chosen, refused)
        refused += blamed
        chosen = [one for one in chosen if not any(one is other.finding for other in blamed)]
    return Mended(report, {}, (), refused)


def _chosen(report: Report, unsafe: bool) -> tuple[list[Finding], list[Refused]]:
    """The findings to fix, and those that have a fix which cannot be made now."""
    chosen: list[Finding] = []
    refused: list[Refused] = []
    for finding in report.findings:
        fix = finding.fix
        if fix is None or not (fix.safe or unsafe):
            continue
        elsewhere = next((path for path in _paths(fix) if path not in report.asked), None)
        if elsewhere is not None:
            refused.append(Refused(finding, f"{elsewhere}, where it would be fixed, is not among the files given"))
        elif not together(fix.edits, _edits(chosen)):
            refused.append(Refused(finding, "another fix changes the same place; run it again"))
        else:
            chosen.append(finding)
    late = [one for one in chosen if any(_leads(other, one) and not _leads(one, other) for other in chosen)]
    refused += (Refused(one, "another fix changes what leads to it; run it again") for one in late)
    return [one for one in chosen if not any(one is other for other in late)], refused


def _leads(one: Finding, other: Finding) -> bool:
    """Whether the fix of a finding changes a place that the chain of another rule's goes through."""
    if one.rule == other.rule or one.fix is None or other.fix is None:
        return False
    changed = [edit for edit in one.fix.edits if edit not in other.fix.edits]
    return not together(changed, (Edit(related.place, "") for related in other.related))


def _edits(findings: Iterable[Finding]) -> Iterator[Edit]:
    return (edit for finding in findings if finding.fix is not None for edit in finding.fix.edits)


def _paths(fix: Fix) -> set[str]:
    return {edit.place.path for edit in fix.edits}


def _contents(chosen: Sequence[Finding], source: Callable[[str], bytes]) -> dict[str, bytes]:
    edits: dict[str, set[Edit]] = {}
    for edit in _edits(chosen):
        edits.setdefault(edit.place.path, set()).add(edit)
    return {path: applied(source(path), edits[path]) for path in sorted(edits)}


def _unparsed(chosen: Sequence[Finding], contents: Mapping[str, bytes]) -> Iterator[Refused]:
    """The fixes in files that cannot be read any more."""
    for path, content in contents.items():
        try:
            lower(opened(Path(path), path, content).program)
        except NotParsed as error:
            why = f"{path}:{error.line} would not parse: {error.why}"
            yield from (Refused(one, why) for one in chosen if one.fix is not None and path in _paths(one.fix))


def _blamed(before: Report, after: Report, chosen: Sequence[Finding]) -> Iterator[Refused]:
    """The fixes that leave their finding, and those that bring another; all where it is nobody's alone."""
    over = Counter(map(_key, after.findings)) - Counter(map(_key, before.findings))
    kept = Counter(map(_key, after.findings)) - (Counter(map(_key, before.findings)) - Counter(map(_key, chosen)))
    staying = [one for one in chosen if kept[_key(one)]]
    if staying:
        yield from (Refused(one, "it is still found with the fix") for one in staying)
        return
    for new in after.findings:
        if over[_key(new)]:
            near = [one for one in chosen if one.fix is not None and _paths(one.fix) & _touched(new)]
            place = new.place.seen
            why = f"the fix brings {new.rule} at {place.path}:{place.line}"
            yield from (Refused(one, why) for one in near or chosen)
            return


def _touched(finding: Finding) -> set[str]:
    return {finding.place.path, *(related.place.path for related in finding.related)}


def _key(finding: Finding) -> Key:
    return finding.rule, finding.place.path, finding.scope
