"""One run of dllint over paths: what the command line, the editor, a test and `dllint.check` call."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from dllint.config import Settings, read_settings
from dllint.config.choice import book, chosen, spared
from dllint.config.find import Paths, each
from dllint.findings import NotChecked, Report, Summary
from dllint.project import open_project
from dllint.rule import Rule

PLURALS = {"loss": "losses", "forward": "forward passes", "training step": "training steps"}


def check(
    paths: Paths = ".",
    settings: Settings | None = None,
    *,
    cwd: str | os.PathLike[str] | None = None,
    given: Mapping[str, bytes] | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Report:
    """What dllint has to say of the paths, files or folders: the findings, and what could not be checked.

    settings: None: those of the closest configuration file, as on the command line; `Settings()`: the defaults.
    cwd: what paths are relative to, and what they are reported relative to; None: the working directory.
    given: path → source to read in place of that file, which need not be there.
    progress: called with files done, files in all, and the file that is next.

    CannotCheck when the job cannot be done; ConfigError, MissingPath, RuleBookError and UnknownRule are its kinds.
    """
    here = Path(cwd or Path.cwd())
    settings = read_settings(paths, cwd=here) if settings is None else settings
    return judged(each(paths), settings, book(settings), cwd=here, given=given or {}, progress=progress)


def judged(
    paths: Sequence[str],
    settings: Settings,
    book: Sequence[Rule],
    *,
    cwd: Path,
    given: Mapping[str, bytes] = MappingProxyType({}),
    progress: Callable[[int, int, str], None] | None = None,
) -> Report:
    """The same with all that `check` finds out given. book: every rule that settings or a comment may name."""
    started = time.perf_counter()
    rules, spare = chosen(settings, book), spared(settings, book)
    project = open_project(
        paths,
        cwd=cwd,
        exclude=settings.exclude,
        force_exclude=settings.force_exclude,
        root=settings.root,
        given=given,
        versions=settings.target_versions,
    )
    asked = frozenset(project.name(path) for path in project.asked)
    if not project.roots:
        summary = Summary(files=0, files_without_dl=len(project.skipped), rules=len(rules))
        return Report((), tuple(project.notes), summary)

    from dllint.events import Comment
    from dllint.infer.run import infer
    from dllint.judge import judge
    from dllint.located import disorder, left_out
    from dllint.program.room import roomy, uncollected

    def work() -> Report:
        witness = infer(project, progress)
        said = judge(witness, rules, book=book, asked=asked, show_possible=settings.shows_possible, spared=spare)
        unknown, subjects = _subjects(witness, asked)
        notes = [n for n in witness.not_parsed if n.path in asked]
        summary = Summary(
            files=len(project.asked) - len(project.skipped) - len(notes),
            files_without_dl=len(project.skipped),
            files_not_parsed=len(notes),
            suppressed=said.suppressed,
            hidden=said.hidden,
            seconds=time.perf_counter() - started,
            subjects=subjects,
            rules=sum(rule.on is not Comment for rule in rules),
        )
        read = [(project.name(path), witness.notebook(path)) for path in project.asked]
        notebooks = [(notebook, name) for name, notebook in read if notebook]
        odd = [note for each in notebooks for note in left_out(*each)]
        late = [note for each in notebooks for note in disorder(*each)]
        short = [note for note in witness.machine.cut_short if note.path in asked]
        return Report(said.findings, (*project.notes, *notes, *odd, *short, *unknown, *late), summary, asked)

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
        places.note(site, f"{subject.what} not judged: {subject.why}")
        for site, subject in mine.items()
        if not subject.known
    )
    return unknown, tuple((name, seen[name], known[name]) for name in PLURALS.values() if seen[name])
