"""From text to libcst's tree, or to one line that says why not."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable
from typing import TypeVar

import libcst as cst

from dllint.program.nesting import needs_room
from dllint.program.room import roomy, uncollected
from dllint.program.source import NotParsed

T = TypeVar("T")

_AT = re.compile(r"parser error: error at (\d+):\d+")

_OLD = (  # what a line says that only Python 2 understands; the first that fits is named
    (r"(?:^|[:;])\s*print\s*(?:>>|[\"'\w`%-])", "print statement"),
    (r"^\s*except\b[^:]+,\s*\w+\s*:", "except X, e"),
    (r"(?:^|[:;])\s*exec\s+[\"'\w]", "exec statement"),
    (r"^\s*raise\s+[\w.]+\s*,", "raise X, message"),
    (r"`", "backticks"),
    (r"<>", "the <> operator"),
    (r"(?<![\w.])0\d+[lL]?\b", "an octal number without 0o"),
    (r"(?<![\w.])(?:0[xX][\da-fA-F]+|\d+)[lL]\b", "a long number"),
    (r"\b[uU][rR][\"']", "a ur'' string"),
    (r"^\s*def\s+\w+\s*\((?:[^=()]*,)?\s*\(", "a parameter that is a tuple"),
)


def parsed(text: str, work: Callable[[cst.Module], T]) -> T:
    """`work` of the tree of `text`, with as much stack as that tree needs. NotParsed where there is no tree."""

    def whole() -> T:
        with uncollected():
            return work(_tree(text))

    if needs_room(text):
        return roomy(whole)
    try:
        return whole()
    except RecursionError:  # the caller's own stack was deep, or a short line is: `- - - - …`
        return roomy(whole)


def _tree(text: str) -> cst.Module:
    try:
        return cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        raise _not_parsed(text, error) from None
    except UnicodeEncodeError as error:
        raise NotParsed(text.count("\n", 0, error.start) + 1, "half a surrogate pair: no text") from None


def _not_parsed(text: str, error: cst.ParserSyntaxError) -> NotParsed:
    line, why = _reason(text, error)
    lines = text.split("\n")
    wrong = lines[min(line, len(lines)) - 1]
    for pattern, name in _OLD:
        if re.search(pattern, wrong):
            return NotParsed(line, f"Python 2: {name}")
    if wrong.lstrip().startswith(("%", "!")):
        return NotParsed(line, "an IPython magic")
    return NotParsed(line, why)


def _reason(text: str, error: cst.ParserSyntaxError) -> tuple[int, str]:
    """Line and message: Python's own where it has more to say than libcst, which gives tokenizer errors no line."""
    line, why = _python_says(text)
    if found := _AT.match(error.message):
        # A running Python older than the file stumbles over good syntax first.
        if why in ("", "invalid syntax") or why.startswith("f-string"):
            return max(line, min(int(found[1]), text.count("\n") + 1)), "invalid syntax"
    elif not why:
        return error.raw_line, error.message.removeprefix("tokenizer error: ").split("\n")[0]
    return line, why


def _python_says(text: str) -> tuple[int, str]:
    """Line and message of the running Python's own parser; 1 and "" when it has none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except SyntaxError as error:
            return error.lineno or 1, error.msg
        except (ValueError, RecursionError, MemoryError):
            pass
    return 1, ""
