"""The rule book: folders of rule files, one Python file a bug, found and loaded by path."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path

from dllint import rulefile
from dllint.errors import CannotCheck
from dllint.page import Example, examples, summary
from dllint.rule import Rule
from dllint.rulefile import FAMILIES, RuleBookError, family

__all__ = [
    "FAMILIES",
    "Example",
    "RuleBookError",
    "UnknownRule",
    "builtin",
    "examples",
    "family",
    "files",
    "find",
    "load",
    "summary",
]


class UnknownRule(CannotCheck):
    """A word that names no rule, code or family, with the nearest ones that exist; where: it is written."""

    def __init__(self, word: str, near: Sequence[str], where: str = "") -> None:
        advice = f"did you mean {' or '.join(near)}?" if near else "`dllint rules` lists them"
        super().__init__(f'{where}{": " if where else ""}no rule is called "{word}"; {advice}')
        self.word = word
        self.near = tuple(near)


# -------------------------------------------------------------------- loading


def builtin() -> Path:
    """Folder of the rules that come with dllint: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "rules"
    return installed if installed.is_dir() else package.parent / "rules"


def load(
    folders: Sequence[Path] | None = None, *, private: Sequence[Path] = (), pages: bool = False
) -> tuple[Rule, ...]:
    """Every rule in the folders, the built-in ones by default, in the order of their codes.

    private: folders of other people's rules, whose codes are not ours. pages: check the examples of all pages too,
    which a run that judges has no need of. RuleBookError, with file and line, for the first file that is no whole rule.
    """
    ours = (builtin(),) if folders is None else folders
    found = {path.resolve(): False for folder in ours for path in files(folder)}
    for path in (path for folder in private for path in files(folder)):
        found.setdefault(path.resolve(), True)
    loaded = [(path, rulefile.load(path, private=theirs)) for path, theirs in found.items()]
    _check_unique(loaded)
    if pages:
        for path, rule in loaded:
            rulefile.check_page(path, rule)
    return tuple(sorted((rule for _, rule in loaded), key=lambda rule: rule.code))


def files(folder: Path) -> list[Path]:
    """The rule files of a folder, in order; those that begin with _ are none. RuleBookError when it is not there."""
    if not folder.is_dir():
        raise RuleBookError(folder, 1, "no such folder of rules; install dllint again or check the path")
    return sorted(path for path in folder.rglob("*.py") if not path.name.startswith("_"))


def _check_unique(loaded: Iterable[tuple[Path, Rule]]) -> None:
    """Codes and names are taken once over all folders."""
    taken: dict[str, Path] = {}
    for path, rule in loaded:
        for word, field in ((rule.code, "code"), (rule.name, "RULE")):
            if word in taken:
                raise RuleBookError(
                    path, rulefile.line_of(path, field), f"{word} is taken by {rulefile.near(taken[word])}"
                )
            taken[word] = path


# -------------------------------------------------------------------- choosing


def find(rules: Sequence[Rule], word: str) -> tuple[Rule, ...]:
    """Rules that a word means: a name, a code, the start of codes (DL3, 3, ACME) or a family (loss), in any case.

    UnknownRule when it means none.
    """
    wanted = word.strip().lower().replace("_", "-")
    start = f"dl{wanted}" if wanted.isdecimal() else wanted
    found = [rule for rule in rules if wanted in (rule.name, family(rule)) or _starts(rule.code.lower(), start)]
    if not wanted or not found:
        raise UnknownRule(word, _near(rules, wanted))
    return tuple(found)


def _starts(code: str, start: str) -> bool:
    """Whether a code begins so: with all of its letters, and some of its digits or none."""
    letters = code.rstrip("0123456789")
    return start.startswith(letters) and code.startswith(start)


def _near(rules: Sequence[Rule], wanted: str) -> list[str]:
    """At most two names, codes or families that are spelt alike."""
    spelt = {word.lower(): word for rule in rules for word in (rule.name, rule.code, family(rule)) if word}
    return [spelt[word] for word in difflib.get_close_matches(wanted, spelt, n=2, cutoff=0.6)]
