"""Rules × what a witness saw → findings: one for each cause, in a stable order, less what is suppressed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dllint.events import Draft
from dllint.findings import Confidence, Finding, Level, Place, Related
from dllint.infer.run import Witness
from dllint.places import Places
from dllint.rule import Rule
from dllint.values.value import Site


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules said. hidden: merely possible ones held back."""

    findings: tuple[Finding, ...]
    suppressed: int
    hidden: int


INTERNAL = "internal-error"


def judge(witness: Witness, rules: Sequence[Rule], *, asked: frozenset[str], show_possible: bool) -> Judged:
    """The findings of these rules with a place in the asked files, by name."""
    broken: list[Finding] = [_fault(path.name, why) for path, why in witness.faults]
    drafts = list(_drafts(witness, rules, broken))
    places = Places(witness)
    places.want(site for _, draft in drafts for site in _sites(draft))
    findings = [_finding(rule, group, places) for rule, group in _causes(drafts, places)]
    findings = [f for f in findings if _touches(f, asked)]
    shown = [f for f in findings if show_possible or f.confidence is not Confidence.POSSIBLE]
    kept = [f for f in shown if not _suppressed(f, places)]
    ordered = sorted([*kept, *broken], key=lambda f: (f.place, f.code))
    return Judged(tuple(ordered), len(shown) - len(kept), len(findings) - len(shown))


def _drafts(witness: Witness, rules: Sequence[Rule], broken: list[Finding]) -> Iterator[tuple[Rule, Draft]]:
    """What every rule says of every event. A rule that fails costs itself alone."""
    for rule in rules:
        try:
            for event in witness.record.events:
                if isinstance(event, rule.on):
                    for draft in rule.judge(event):
                        yield rule, draft
        except Exception as error:  # a rule's own fault: told, and the other rules go on
            broken.append(_fault(rule.name, f"rule {rule.name}: {type(error).__name__}: {error}"))


def _fault(name: str, why: str) -> Finding:
    message = f"dllint failed here, and part of the file is not checked: {why}"
    place = Place(name, 1, 1, 1, 1)
    return Finding(INTERNAL, "DL000", Level.ERROR, Confidence.CERTAIN, message, place)


def _sites(draft: Draft) -> Iterator[Site]:
    yield draft.site
    for step in draft.chain:
        yield step.site
    if draft.after is not None:
        yield draft.after.site


def _causes(drafts: Iterable[tuple[Rule, Draft]], places: Places) -> Iterator[tuple[Rule, list[Draft]]]:
    """Drafts by rule and cause, the sinks of one cause in path order, one draft a sink: the surest."""
    groups: dict[tuple[str, object], tuple[Rule, dict[Site, Draft]]] = {}
    for rule, draft in drafts:
        cause = draft.cause or (draft.chain[0].site if draft.chain else draft.site)
        sinks = groups.setdefault((rule.name, cause), (rule, {}))[1]
        known = sinks.get(draft.site)
        if known is None or draft.confidence > known.confidence:
            sinks[draft.site] = draft
    for rule, sinks in groups.values():
        yield rule, sorted(sinks.values(), key=lambda d: (-d.confidence, places.place(d.site)))


def _finding(rule: Rule, group: list[Draft], places: Places) -> Finding:
    """One cause as a finding: the chain to its first sink, then the further sinks."""
    first, *others = group
    related = [Related(places.place(step.site), step.text) for step in first.chain if step.site != first.site]
    if first.after is not None and first.after.site != first.site:
        related.append(Related(places.place(first.after.site), first.after.text))
    related += [Related(places.place(other.site), "also hurts here") for other in others]
    return Finding(
        rule=rule.name,
        code=rule.code,
        level=rule.level,
        confidence=first.confidence,
        message=_said(first, places),
        place=places.place(first.site),
        related=tuple(dict.fromkeys(related)),
        scope=places.scope(first.site),
        text=places.text(first.site),
    )


def _said(draft: Draft, places: Places) -> str:
    """The message with its places and source filled in."""
    message = draft.message.replace("{here}", places.text(draft.site))
    if draft.chain:
        made = places.place(draft.chain[0].site)
        message = message.replace("{made}", f"{made.path}:{made.line}")
    return message


def _touches(finding: Finding, asked: frozenset[str]) -> bool:
    return finding.place.path in asked or any(related.place.path in asked for related in finding.related)


def _suppressed(finding: Finding, places: Places) -> bool:
    """A suppression works where the finding stands and at every place of its chain."""
    names = (finding.rule, finding.code)
    spots = [finding.place, *(related.place for related in finding.related)]
    return any(places.suppressions(spot.path).allows(spot.line, names) is not None for spot in spots)
