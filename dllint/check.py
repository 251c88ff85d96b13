"""One run of dllint over paths: what the command line, the editor and a test call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from dllint import rulebook
from dllint.findings import Report, Summary


class CannotCheck(Exception):
    """The job could not be done: one line that says why and what to do."""


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
    rules = rulebook.choose(rulebook.load(), select, ignore)
    if not rules:
        raise CannotCheck("--select and --ignore leave no rule to judge with")
    for path in paths:
        if not (cwd / path).exists():
            raise CannotCheck(f"{path}: no such file or folder")
    return Report(summary=Summary())
