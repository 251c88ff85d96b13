"""Rules × what a witness saw → findings: one for each cause, in a stable order, less what is suppressed."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dllint import located
from dllint.config.choice import Spared
from dllint.events import Draft
from dllint.findings import Confidence, Finding, Level, Place, Related
from dllint.fix.write import Writer
from dllint.infer.run import Witness
from dllint.places import Places
from dllint.rule import Rule
from dllint.silence import Comments, Silence
from dllint.values.value import Site


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules said. hidden: merely possible ones held back."""

    findings: tuple[Finding, ...]
    suppressed: int
    hidden: int


INTERNAL = "internal-error"

Broken = dict[tuple[str, int], tuple[Site, str]]
"""Rule and file → the first event there that the rule failed at, and how."""


def judge(
    witness: Witness,
    rules: Sequence[Rule],
    *,
    book: Sequence[Rule],
    asked: frozenset[str],
    show_possible: bool,
    spared: Spared,
) -> Judged:
    """The findings of these rules, of all in the book, with a place in the asked files, by name.

    spared: a rule is ignored in a file.
    """
    broken: Broken = {}
    files = witness.machine.files
    drafts = [(rule, d) for rule, d in _drafts(witness, rules, broken) if not spared(rule, files[d.site.file])]
    places = Places(witness)
    places.want(site for _, draft in drafts for site in _sites(draft))
    writer = Writer(places)
    findings = [_finding(rule, group, places, writer) for rule, group in _causes(drafts, places)]
    findings = [f for f in findings if _touches(f, asked)]
    silence = Silence(places, book)
    loud = [f for f in findings if not silence.quiets(f)]
    comments = Comments(silence, witness, [site for site, _ in broken.values()], rules, spared)
    remarks = list(_remarks(comments, asked))
    loud += [f for f in remarks if not silence.quiets(f)]
    kept = [f for f in loud if show_possible or f.confidence is not Confidence.POSSIBLE]
    ordered = sorted([*kept, *_faults(witness, broken, places)], key=lambda f: (f.place, f.code))
    ordered = [located.finding(f, places.notebook) for f in ordered]
    return Judged(tuple(ordered), len(findings) + len(remarks) - len(loud), len(loud) - len(kept))


def _remarks(comments: Comments, asked: frozenset[str]) -> Iterator[Finding]:
    """What the rules on comments say, once the others have spoken."""
    for rule, comment in comments.judged(asked):
        for message in rule.judge(comment):
            sure = Confidence.CERTAIN
            yield Finding(rule.name, rule.code, rule.level, sure, message, comment.place, text=comment.written)


def _drafts(witness: Witness, rules: Sequence[Rule], broken: Broken) -> Iterator[tuple[Rule, Draft]]:
    """What every rule says of every event. An event that a rule fails at costs that rule and event alone."""
    for rule in rules:
        for event in witness.record.events:
            if not isinstance(event, rule.on):
                continue
            try:
                for draft in rule.judge(event):
                    if not isinstance(draft, Draft):
                        raise TypeError(f"it yields {draft!r}, which is no Draft")
                    yield rule, draft
            except Exception as error:  # a rule's own fault: told, and all else goes on
                why = f"rule {rule.name} failed: {_error(error)}"
                broken.setdefault((rule.name, event.where.site.file), (event.where.site, why))


def _error(error: Exception) -> str:
    """An error and where it was raised, in one line."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{where}"


def _faults(witness: Witness, broken: Broken, places: Places) -> list[Finding]:
    """What went wrong in dllint itself: in a rule at an event, and while a file was run."""
    places.want(site for site, _ in broken.values())
    name = witness.machine.project.name
    return [
        *(_fault(places.place(site), why) for site, why in broken.values()),
        *(_fault(Place(name(path), 1, 1, 1, 1), f"dllint failed: {why}") for path, why in witness.faults),
    ]


def _fault(place: Place, what: str) -> Finding:
    """An internal error, as a finding that names the file and, where it was one, the rule."""
    said = " ".join(what.replace(";", ",").split())
    message = f"{said}; part of {place.path} is not checked; please report it"
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


def _finding(rule: Rule, group: list[Draft], places: Places, writer: Writer) -> Finding:
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
        fix=writer.fix(first),
    )


def _said(draft: Draft, places: Places) -> str:
    """The message with its places and source filled in."""
    message = draft.message.replace("{here}", places.text(draft.site))
    if draft.chain:
        made = places.place(draft.chain[0].site)
        made = located.place(made, places.notebook).seen
        message = message.replace("{made}", f"{made.path}:{made.line}")
    return message


def _touches(finding: Finding, asked: frozenset[str]) -> bool:
    return finding.place.path in asked or any(related.place.path in asked for related in finding.related)
