"""Which rules judge, at which level, and in which files."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from dllint import packs, rulebook
from dllint.config.settings import Settings
from dllint.errors import CannotCheck
from dllint.findings import Level
from dllint.rule import Rule

Spared = Callable[[Rule, Path], bool]

_REASON = "suppression-without-reason"
"""The rule that `require-reason` asks for, as a warning."""


def book(settings: Settings) -> tuple[Rule, ...]:
    """Every rule there is: ours, those of installed packages, and those of private folders. RuleBookError."""
    folders = [(settings.root or Path.cwd()) / folder for folder in settings.rules]
    return rulebook.load(private=[*packs.installed(), *folders])


def chosen(settings: Settings, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules to judge with, at the levels they are given: the selected ones, less the ignored and those set to off.

    A rule that is given a level counts as selected where nothing is. UnknownRule, saying where, for a word that means
    none; CannotCheck when no rule is left.
    """
    required = {rule.code: "warning" for rule in rules if settings.require_reason and rule.name == _REASON}
    levels = required | _levels(settings, rules)
    selected = set(required) | _meant(settings, rules, "extend-select", settings.extend_select)
    if settings.select is not None:
        selected |= _meant(settings, rules, "select", settings.select)
    else:
        selected |= {rule.code for rule in rules if rule.level >= settings.least or rule.code in levels}
    selected -= _meant(settings, rules, "ignore", settings.ignore)
    left = [rule for rule in rules if rule.code in selected and levels.get(rule.code) != "off"]
    if not left:
        raise CannotCheck("the settings leave no rule to judge with; `dllint config show` says where they come from")
    return tuple(_leveled(rule, levels.get(rule.code)) for rule in left)


def spared(settings: Settings, rules: Sequence[Rule]) -> Spared:
    """Says whether a rule is ignored in a file, by its absolute path, by per-file-ignores. UnknownRule."""
    entries = [
        (_matcher(glob, settings.root or Path.cwd()), _meant(settings, rules, "per-file-ignores", words, glob))
        for glob, words in settings.per_file_ignores.items()
    ]
    return lambda rule, path: any(rule.code in codes and matches(path) for matches, codes in entries)


def _levels(settings: Settings, rules: Sequence[Rule]) -> dict[str, str]:
    """Code → the level it is given; the word that means fewer rules wins, so that a name beats its family."""
    meant = [(_meant(settings, rules, "level", [word]), level) for word, level in settings.level.items()]
    meant.sort(key=lambda entry: -len(entry[0]))
    return {code: level for codes, level in meant for code in codes}


def _leveled(rule: Rule, level: str | None) -> Rule:
    return dataclasses.replace(rule, level=Level[level.upper()]) if level else rule


def _meant(settings: Settings, rules: Sequence[Rule], key: str, words: Iterable[str], *inside: str) -> set[str]:
    """The codes of the rules that words mean."""
    codes: set[str] = set()
    for word in words:
        try:
            codes |= {rule.code for rule in rulebook.find(rules, word)}
        except rulebook.UnknownRule as error:
            raise rulebook.UnknownRule(word, error.near, settings.where(key, *inside, word)) from None
    return codes


def _matcher(glob: str, root: Path) -> Callable[[Path], bool]:
    """Whether a path matches a glob as in `.gitignore`, relative to root; `!glob` is every path that does not."""
    from dllint.project.discovery import excluder, real

    matches = excluder([glob.removeprefix("!")], real(root))
    return lambda path: matches(path.as_posix()) != glob.startswith("!")
