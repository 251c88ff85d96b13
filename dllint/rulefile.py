"""One rule file: loaded by path; every way it can be wrong is an error with its line."""

from __future__ import annotations

import ast
import dataclasses
import importlib.util
import inspect
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from dllint.errors import CannotCheck
from dllint.findings import Level
from dllint.page import Example, PageError, examples
from dllint.rule import Rule

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

_OURS = re.compile(r"DL\d{3}"), "DL and three digits"
_PRIVATE = re.compile(r"(?!DL)[A-Z]+\d{3,}"), "capitals other than DL and three or more digits, such as ACME001"

_FIELDS: tuple[tuple[str, Callable[[object], bool], str], ...] = (
    ("level", lambda value: isinstance(value, Level), "ADVICE, WARNING or ERROR"),
    ("on", lambda value: isinstance(value, type), "a kind of event, such as Call"),
    ("judge", callable, "a function"),
)
"""What each field of a rule must be."""


class RuleBookError(CannotCheck):
    """A rule file that is wrong: which, on what line, and what is wrong with it."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{near(path)}:{line}: {why}")
        self.path = path
        self.line = line
        self.why = why


def near(path: Path) -> Path:
    """The path as it is shown: relative to the working directory when below it."""
    cwd = Path.cwd()
    return path.relative_to(cwd) if path.is_relative_to(cwd) else path


def load(path: Path, *, private: bool = False) -> Rule:
    """The rule of one file, with its name and page; private: not one of ours. RuleBookError."""
    module = _module(path)
    rule = getattr(module, "RULE", None)
    if not isinstance(rule, Rule):
        raise RuleBookError(
            path, line_of(path, "RULE"), "must end in `RULE = Rule(...)`; a file that is no rule begins with _"
        )
    rule = dataclasses.replace(rule, name=name_of(path), page=_page(path, module))
    _check_code(path, rule, private)
    _check_fields(path, rule)
    return rule


def name_of(path: Path) -> str:
    """What the rule of a file is called."""
    return path.stem.replace("_", "-")


def _module(path: Path) -> ModuleType:
    """The file as a module of a name nobody else has."""
    name = "_dllint_rule_" + re.sub(r"\W", "_", str(path.absolute()))
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


def _check_code(path: Path, rule: Rule, private: bool) -> None:
    """Our codes are of the family whose folder the rule lies in; those of others cannot be taken for ours."""
    form, said = _PRIVATE if private else _OURS
    if not isinstance(rule.code, str) or not form.fullmatch(rule.code):
        raise RuleBookError(path, line_of(path, "code"), f"the code is {rule.code!r}, not {said}")
    folder = path.parent.name
    if not private and folder in FAMILIES.values() and folder != family(rule):
        why = f"{rule.code} belongs to the family {family(rule) or 'of no known digit'}, not to {folder}"
        raise RuleBookError(path, line_of(path, "code"), why)


def _check_fields(path: Path, rule: Rule) -> None:
    for field, fits, said in _FIELDS:
        value = getattr(rule, field)
        if not fits(value):
            raise RuleBookError(path, line_of(path, field), f"`{field}` is {value!r}, not {said}")


def check_page(path: Path, rule: Rule) -> None:
    """See that a page shows the bug, marked where it is reported, and the same program without it. RuleBookError."""
    try:
        shown = examples(rule)
    except PageError as error:
        raise RuleBookError(path, page_line(path, error.line), error.why) from error
    for kind in ("bad", "good"):
        if not any(example.kind == kind for example in shown):
            raise RuleBookError(path, 1, f'the page has no "{kind.title()}:" example with a ```python block')
    for example in shown:
        _check_marks(path, rule, example)


def _check_marks(path: Path, rule: Rule, example: Example) -> None:
    line = page_line(path, example.line)
    if example.kind == "bad" and not any(expected.rule == rule.name for expected in example.expects):
        raise RuleBookError(path, line, f"the bad example has no mark `# expect: {rule.name}`")
    if example.kind != "bad" and example.expects:
        raise RuleBookError(path, line, f"a {example.kind} example must not expect a finding")


def family(rule: Rule) -> str:
    """The family of one of our rules; "" for a private one, or a code with a digit of none."""
    return FAMILIES.get(rule.code[2:3], "") if rule.code.startswith("DL") else ""


# ------------------------------------------------- where in the file it is wrong


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


def line_of(path: Path, word: str) -> int:
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


def page_line(path: Path, line: int) -> int:
    """Line of the file for a line of its page."""
    docstring = _tree(path).body[0]
    first = ast.get_source_segment(path.read_text("utf-8"), docstring) or ""
    blank = len(first) - len(first.lstrip("rRuU\"' \t\n"))
    return docstring.lineno + first[:blank].count("\n") + line - 1
