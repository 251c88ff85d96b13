"""Comments that silence findings: which findings they keep quiet, and what each comment did."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from dllint import rulebook
from dllint.config.choice import Spared
from dllint.events import Comment
from dllint.findings import Finding, Level, Place
from dllint.infer.run import Witness
from dllint.places import Places
from dllint.program import ir
from dllint.project.suppressions import Suppression
from dllint.report.count import listed
from dllint.rule import Rule
from dllint.values.value import Site

_CODE = re.compile(r"DL\d+", re.IGNORECASE)
_NOQA = re.compile(rb"noqa\s*:[^\n]*(?:dl\d|[a-z]-[a-z])")


class Silence:
    """The comments of a run, and which of them silenced something. book: every rule that a comment may name."""

    def __init__(self, places: Places, book: Sequence[Rule]) -> None:
        self.places = places
        self.book = book
        self.used: set[tuple[str, Suppression]] = set()
        self.meanings: dict[str | None, frozenset[str] | rulebook.UnknownRule] = {
            None: frozenset(rule.code for rule in book if rule.on is not Comment)
        }

    def quiets(self, finding: Finding) -> bool:
        """Whether a comment silences it: where it stands, or at any place of its chain."""
        spots = {(place.path, place.line) for place in (finding.place, *(step.place for step in finding.related))}
        found = {
            (path, one)
            for path, line in spots
            for one in self.places.suppressions(path).at(line)
            if finding.code in self.codes(one.name)
        }
        self.used |= found
        return bool(found)

    def codes(self, name: str | None) -> frozenset[str]:
        """Codes of the rules that a name in a comment means; none for a name that means nothing."""
        found = self.meaning(name)
        return found if isinstance(found, frozenset) else frozenset()

    def meaning(self, name: str | None) -> frozenset[str] | rulebook.UnknownRule:
        """Codes, or why there are none. A comment may name what --select may."""
        if name not in self.meanings:
            try:
                self.meanings[name] = frozenset(rule.code for rule in rulebook.find(self.book, name or ""))
            except rulebook.UnknownRule as error:
                self.meanings[name] = error
        return self.meanings[name]


class Comments:
    """What became of the comments of a run, when all its findings have been asked for their silence.

    broken: sites of events that some rule failed at. rules: those that judged, where they were not spared.
    """

    def __init__(
        self, silence: Silence, witness: Witness, broken: Iterable[Site], rules: Sequence[Rule], spared: Spared
    ) -> None:
        self.silence = silence
        self.witness = witness
        self.broken = broken
        self.rules = rules
        self.spared = spared

    def judged(self, asked: Collection[str]) -> Iterator[tuple[Rule, Comment]]:
        """Every comment of ours in these files, by their reported names, with every rule that judges it."""
        wanted = [rule for rule in self.rules if rule.on is Comment]
        m = self.witness.machine
        for name, path in self.silence.places.paths.items() if wanted else ():
            if (
                name in asked
                and isinstance(m.trees.get(path), ir.Module)
                and _may_hold_any(m.project.source(path).content)
            ):
                here = [rule for rule in wanted if not self.spared(rule, path)]
                yield from ((rule, comment) for comment in self._of(name) for rule in here)

    def _of(self, path: str) -> Iterator[Comment]:
        """The comments of ours in a file."""
        for _, parts in groupby(self.silence.places.suppressions(path).all, key=lambda one: (one.line, one.column)):
            if ours := [one for one in parts if self._is_ours(one)]:
                yield self._comment(path, ours)

    def _is_ours(self, one: Suppression) -> bool:
        """In a noqa, other tools' codes are none of our business."""
        if one.form != "noqa":
            return True
        return one.name is not None and bool(self.silence.codes(one.name) or _CODE.fullmatch(one.name))

    def _comment(self, path: str, parts: list[Suppression]) -> Comment:
        first = parts[0]
        unknown = tuple(said for one in parts if (said := self._unknown(one)))
        return Comment(
            place=Place(path, first.line, first.column, first.line, first.column + len(first.written)),
            written=first.written,
            silenced=_words(parts),
            unused=_words([one for one in parts if self._is_unused(path, one)]),
            why="" if unknown else first.why,
            unknown=unknown,
            reason=first.reason,
        )

    def _unknown(self, one: Suppression) -> tuple[str, str] | None:
        """What is not known of it, and what it may be meant to be; None where all is."""
        if not one.form:
            return f'"{one.name}" is no word of dllint', one.why
        found = self.silence.meaning(one.name)
        if isinstance(found, frozenset):
            return None
        near = " or ".join(found.near)
        return f'no rule is called "{found.word}"', f"did you mean {near}?" if near else "`dllint rules` lists them"

    def _is_unused(self, path: str, one: Suppression) -> bool:
        """Whether it silenced nothing, though every rule it means judged all that it covers."""
        if one.why or (path, one) in self.silence.used or path in self._doubtful:
            return False
        meant = self.silence.codes(one.name) & self.silence.codes(None)
        usual = {rule.code for rule in self.silence.book if rule.code in meant and rule.level > Level.ADVICE}
        file = self.silence.places.paths[path]
        ran = {rule.code for rule in self.rules if not self.spared(rule, file)}
        return bool(meant) and (usual or meant) <= ran and not self._unjudged(path, one)

    @functools.cached_property
    def _doubtful(self) -> set[str]:
        """Files in which a bug may go unseen: of tests, and those tied to one that was not checked to its end."""
        m = self.witness.machine
        cut = {note.path for note in m.cut_short}
        short = [path for name, path in self.silence.places.paths.items() if name in cut]
        unread = [path for path, tree in m.trees.items() if not isinstance(tree, ir.Module)]
        failed = [path for path, _ in self.witness.faults] + [m.files[site.file] for site in self.broken]
        tied = m.project.tied([*short, *unread, *failed])
        return {m.project.name(path) for path in (*tied, *(m.files[number] for number in m.tests))}

    def _unjudged(self, path: str, one: Suppression) -> bool:
        """Whether something on the lines it covers could not be judged."""
        places = self.silence.places
        number = self.witness.machine.numbers[places.paths[path]]
        sites = [s for s, subject in self.witness.record.subjects.items() if s.file == number and not subject.known]
        places.want(sites)
        return any(one.covers(places.place(site).line) for site in sites)


def _may_hold_any(content: bytes) -> bool:
    """Whether a file can have a comment of ours in it: most have none, and are not read for it."""
    return b"dllint:" in content or (b"noqa" in (lower := content.lower()) and _NOQA.search(lower) is not None)


def _words(parts: Sequence[Suppression]) -> str:
    return listed(["every rule" if one.name is None else one.name for one in parts])
