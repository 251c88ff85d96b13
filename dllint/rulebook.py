"""The rule book: folders of rule files, one Python file a bug, found and loaded by path."""

from __future__ import annotations

import ast
import dataclasses
import difflib
import importlib.util
import inspect
import re
import sys
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType

from dllint.errors import CannotCheck
from dllint.findings import Level
from dllint.page import Example, PageError, examples, summary
from dllint.rule import Rule

__all__ = [
    "FAMILIES",
    "Example",
    "RuleBookError",
    "UnknownRule",
    "builtin",
    "examples",
    "family",
    "find",
    "load",
    "summary",
]

FAMILIES = {
    "0": "suppression",
    "1": "shape",
    "2": "input",
    "3": "loss",
    "4": "mode",
    "5": "numeric",
    "6": "simple",
    "7": "evaluate",
}
"""First digit of a code → the family, which is also the folder."""

_CODE = re.compile(r"DL\d{3}")


class RuleBookError(CannotCheck):
    """A rule file that is wrong: which, on what line, and what is wrong with it."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}")
        self.path = path
        self.line = line
        self.why = why


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


def load(folders: Sequence[Path] | None = None, *, pages: bool = False) -> tuple[Rule, ...]:
    """Every rule in the folders, in the order of their codes; the built-in ones by default.

    pages: check the examples of their pages too, which a run that judges has no need of.
    RuleBookError, with file and line, for the first file that is not a whole rule.
    """
    folders = (builtin(),) if folders is None else folders
    loaded = [(path, _load(path)) for folder in folders for path in _files(folder)]
    _check_unique(loaded)
    if pages:
        for path, rule in loaded:
            _check_page(path, rule)
    return tuple(sorted((rule for _, rule in loaded), key=lambda rule: rule.code))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise RuleBookError(folder, 1, "no such folder of rules; install dllint again or check the path")
    return sorted(path for path in folder.rglob("*.py") if not path.name.startswith("_"))


def _load(path: Path) -> Rule:
    """The rule of one file, with its name and page."""
    module = _module(path)
    rule = getattr(module, "RULE", None)
    if not isinstance(rule, Rule):
        raise RuleBookError(path, _line(path, "RULE"), "must end in `RULE = Rule(...)`")
    rule = dataclasses.replace(rule, name=path.stem.replace("_", "-"), page=_page(path, module))
    _check_fields(path, rule)
    return rule


def _module(path: Path) -> ModuleType:
    """The file as a module of a name nobody else has."""
    name = "_dllint_rule_" + re.sub(r"\W", "_", str(path.resolve()))
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise RuleBookError(path, 1, "is not a Python file")
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by name while they are made.
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        why = f"does not import: {type(error).__name__}: {error}"
        raise RuleBookError(path, _line_of_error(path, error), why) from error
    return module


def _page(path: Path, module: ModuleType) -> str:
    """The file's docstring, from its source when Python runs with -OO and has dropped it."""
    page = module.__doc__ or ast.get_docstring(_tree(path))
    if not page or not page.strip():
        raise RuleBookError(path, 1, "has no docstring; it is the page that people read")
    return inspect.cleandoc(page)


# ------------------------------------------------------------------- checking


def _check_fields(path: Path, rule: Rule) -> None:
    if not isinstance(rule.code, str) or not _CODE.fullmatch(rule.code):
        raise RuleBookError(path, _line(path, "code"), f"the code is {rule.code!r}, not DL and three digits")
    if not isinstance(rule.level, Level):
        raise RuleBookError(path, _line(path, "level"), f"the level is {rule.level!r}, not a Level")
    folder = path.parent.name
    if folder in FAMILIES.values() and folder != family(rule):
        why = f"{rule.code} belongs to the family {family(rule) or 'of no known digit'}, not to {folder}"
        raise RuleBookError(path, _line(path, "code"), why)


def _check_page(path: Path, rule: Rule) -> None:
    """A page shows the bug, marked where it is reported, and the same program without it."""
    try:
        shown = examples(rule)
    except PageError as error:
        raise RuleBookError(path, _page_line(path, error.line), error.why) from error
    for kind in ("bad", "good"):
        if not any(example.kind == kind for example in shown):
            raise RuleBookError(path, 1, f'the page has no "{kind.title()}:" example with a ```python block')
    for example in shown:
        _check_marks(path, rule, example)


def _check_marks(path: Path, rule: Rule, example: Example) -> None:
    line = _page_line(path, example.line)
    if example.kind == "bad" and not any(expected.rule == rule.name for expected in example.expects):
        raise RuleBookError(path, line, f"the bad example has no mark `# expect: {rule.name}`")
    if example.kind != "bad" and example.expects:
        raise RuleBookError(path, line, f"a {example.kind} example must not expect a finding")


def _check_unique(loaded: Iterable[tuple[Path, Rule]]) -> None:
    """Codes and names are taken once over all folders."""
    taken: dict[str, Path] = {}
    for path, rule in loaded:
        for word, field in ((rule.code, "code"), (rule.name, "RULE")):
            if word in taken:
                raise RuleBookError(path, _line(path, field), f"{word} is taken by {taken[word]}")
            taken[word] = path


# ------------------------------------------------- where in the file it is wrong


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


def _line(path: Path, word: str) -> int:
    """Line of the last keyword argument or variable called `word`; the last line when there is none."""
    tree = _tree(path)
    found = [node.value.lineno for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == word]
    found += [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == word]
    return max(found, default=max((node.end_lineno or 1 for node in tree.body), default=1))


def _line_of_error(path: Path, error: BaseException) -> int:
    """Line of the file that was running when the error left it."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno or 1
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return next((line for line in reversed(lines) if line), 1)


def _page_line(path: Path, line: int) -> int:
    """Line of the file for a line of its page."""
    docstring = _tree(path).body[0]
    first = ast.get_source_segment(path.read_text("utf-8"), docstring) or ""
    blank = len(first) - len(first.lstrip("rRuU\"' \t\n"))
    return docstring.lineno + first[:blank].count("\n") + line - 1


# -------------------------------------------------------------------- choosing


def family(rule: Rule) -> str:
    """The rule's family, "" when its code has a digit of none."""
    return FAMILIES.get(rule.code[2:3], "")


def find(rules: Sequence[Rule], word: str) -> tuple[Rule, ...]:
    """Rules that a word means: a name, a code, the start of codes (DL3) or a family (loss), in any case.

    UnknownRule when it means none.
    """
    wanted = word.strip().lower().replace("_", "-")
    code = re.fullmatch(r"(?:dl)?(\d{1,3})", wanted)
    found = [
        rule for rule in rules if wanted in (rule.name, family(rule)) or (code and rule.code.startswith(f"DL{code[1]}"))
    ]
    if not wanted or not found:
        raise UnknownRule(word, _near(rules, wanted))
    return tuple(found)


def _near(rules: Sequence[Rule], wanted: str) -> list[str]:
    """At most two names, codes or families that are spelt alike."""
    spelt = {word.lower(): word for rule in rules for word in (rule.name, rule.code, family(rule)) if word}
    return [spelt[word] for word in difflib.get_close_matches(wanted, spelt, n=2, cutoff=0.6)]
