"""The walk of a folder that git does not keep: the same `.gitignore` rules, applied by pathspec."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from dllint.plain import plain

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@plain
class Rules:
    """One `.gitignore`, and the folder its patterns are relative to."""

    folder: str
    spec: GitIgnoreSpec

    def verdict(self, path: str) -> bool | None:
        """True: ignored; False: taken back by a `!` pattern; None: nothing said. A folder's path ends in a slash."""
        return self.spec.check_file(path[len(self.folder) + 1 :]).include


@plain
class Walked:
    """Posix paths of the scripts and notebooks found, and the folders that could not be read, with the reason."""

    files: tuple[str, ...]
    unreadable: tuple[tuple[str, str], ...]


def walk(folder: str, top: str, skip: Callable[[str], bool]) -> Walked:
    """Every *.py and *.ipynb file below a folder that no `.gitignore` from `top` down hides.

    Links to folders are not followed.
    """
    found: list[str] = []
    unreadable: list[tuple[str, str]] = []
    pending = [(folder, _rules_above(folder, top))]
    while pending:
        here, above = pending.pop()
        try:
            entries = _entries(here)
        except OSError as error:
            unreadable.append((here, error.strerror or str(error)))
            continue
        rules = (*_rules_of(here), *above) if (".gitignore", False) in entries else above
        for name, is_folder in entries:
            path = f"{here}/{name}"
            if is_folder and not skip(path) and not _is_ignored(f"{path}/", rules):
                pending.append((path, rules))
            elif not is_folder and name.endswith((".py", ".ipynb")) and not _is_ignored(path, rules):
                found.append(path)
    return Walked(tuple(found), tuple(unreadable))


def spec_of(lines: Iterable[str]) -> GitIgnoreSpec:
    """The patterns of a `.gitignore`; a line that is no pattern is passed over, as git does."""
    from pathspec import GitIgnoreSpec  # 27 ms: only paid where git does not answer

    lines = list(lines)
    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])


def _entries(folder: str) -> list[tuple[str, bool]]:
    with os.scandir(folder) as listing:
        return [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in listing]


def _rules_above(folder: str, top: str) -> tuple[Rules, ...]:
    """Rules of the folders from `top` to the parent of `folder`, nearest first."""
    rules: list[Rules] = []
    while folder != top and folder.startswith(f"{top}/"):
        folder = os.path.dirname(folder)
        rules += _rules_of(folder)
    return tuple(rules)


def _rules_of(folder: str) -> tuple[Rules, ...]:
    try:
        with open(f"{folder}/.gitignore", encoding="utf-8", errors="surrogateescape") as file:
            return (Rules(folder, spec_of(file)),)
    except OSError:
        return ()


def _is_ignored(path: str, rules: tuple[Rules, ...]) -> bool:
    """The nearest `.gitignore` that says anything decides."""
    for rule in rules:
        verdict = rule.verdict(path)
        if verdict is not None:
            return verdict
    return False


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
