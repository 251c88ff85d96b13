"""One run of dllint over paths: what the command line, the editor and a test call."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from dllint import rulebook
from dllint.findings import NotChecked, Report, Summary
from dllint.project import MissingPath, open_project


class CannotCheck(Exception):
    """The job could not be done: one line that says why and what to do."""


PLURALS = {"loss": "losses", "forward": "forward passes", "training step": "training steps"}


def check(
    paths: Sequence[str],
    *,
    cwd: Path,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    show_possible: bool = False,
    exclude: Sequence[str] = (),
    progress: Callable[[int, int, str], None] | None = None,
) -> Report:
    """What the chosen rules have to say of the paths, which are relative to `cwd`.

    progress: called with files done, files in all, and the file that is next.
    CannotCheck when a path does not exist or no rule is left; UnknownRule, RuleBookError.
    """
    started = time.perf_counter()
    rules = rulebook.choose(rulebook.load(), select, ignore)
    if not rules:
        raise CannotCheck("--select and --ignore leave no rule to judge with")
    try:
        project = open_project(paths, cwd=cwd, exclude=exclude)
    except MissingPath as error:
        raise CannotCheck(str(error)) from error
    asked = frozenset(project.name(path) for path in project.asked)
    if not project.roots:
        summary = Summary(files=0, files_without_dl=len(project.skipped), rules=len(rules))
        return Report((), tuple(project.notes), summary)

    from dllint.infer.run import infer
    from dllint.judge import judge
    from dllint.program.room import roomy, uncollected

    def work() -> Report:
        witness = infer(project, progress)
        judged = judge(witness, rules, asked=asked, show_possible=show_possible)
        unknown, subjects = _subjects(witness, asked)
        notes = [n for n in witness.not_parsed if n.path in asked]
        summary = Summary(
            files=len(project.asked) - len(project.skipped) - len(notes),
            files_without_dl=len(project.skipped),
            files_not_parsed=len(notes),
            suppressed=judged.suppressed,
            hidden=judged.hidden,
            seconds=time.perf_counter() - started,
            subjects=subjects,
            rules=len(rules),
        )
        short = [note for note in witness.machine.cut_short if note.path in asked]
        return Report(judged.findings, (*project.notes, *notes, *short, *unknown), summary)

    with uncollected():
        return roomy(work)


def _subjects(witness: object, asked: frozenset[str]) -> tuple[list[NotChecked], tuple[tuple[str, int, int], ...]]:
    """What the rules had to judge in the asked files: those nobody could resolve with the reason, and the counts."""
    from dllint.infer.run import Witness
    from dllint.places import Places

    assert isinstance(witness, Witness)
    places = Places(witness)
    mine = {s: subject for s, subject in witness.record.subjects.items() if places.name(s.file) in asked}
    places.want((site for site, subject in mine.items() if not subject.known))
    seen: Counter[str] = Counter(PLURALS[subject.what] for subject in mine.values())
    known: Counter[str] = Counter(PLURALS[subject.what] for subject in mine.values() if subject.known)
    unknown = sorted(
        NotChecked(places.name(site.file), places.place(site).line, f"{subject.what} not judged: {subject.why}")
        for site, subject in mine.items()
        if not subject.known
    )
    return unknown, tuple((name, seen[name], known[name]) for name in PLURALS.values() if seen[name])
