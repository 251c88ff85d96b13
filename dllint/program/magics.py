"""What IPython reads before Python does: magics, shell lines and questions, blanked so that every column stays."""

from __future__ import annotations

import re

PYTHON = frozenset(
    {"capture", "debug", "ipytest", "memit", "prun", "scalene", "snakeviz", "time", "timeit", "wandb"},
)
"""Cell magics below which a cell is Python, run where the other cells are; below any other it is something else."""

# IPython takes these for magics without a % too; what follows makes them no Python, whatever they name.
_AUTOMATIC = r"(?:cd|conda|load_ext|ls|matplotlib|mkdir|pip|run|time|timeit)[ \t]+"
_WORD = r"(?:\.\.|(?!(?:and|else|for|if|in|is|not|or)\b)[A-Za-z_])"
_MAY_HOLD_ANY = re.compile(rf"^[ \t]*(?:[%!?]|{_AUTOMATIC}{_WORD})|=[ \t]*[!%]|\?[ \t]*$", re.MULTILINE)
_CELL = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*%%(\w*)")
_LINE = re.compile(rf"[ \t]*(?:[%!?]|{_AUTOMATIC}{_WORD})")
_REST = re.compile(r"(?:\\\n|[^\n])*\n?")
_TIMED = re.compile(rf"[ \t]*(%?time[ \t]+)(?!-|(?:async|class|def|for|if|try|while|with)\b)(?={_WORD})")
_PART = re.compile(
    r"""
    \"{3}(?:[^\\]|\\.)*?(?:\"{3}|\Z) | '{3}(?:[^\\]|\\.)*?(?:'{3}|\Z)
    | "(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'? | \#[^\n]* | \\\n
    | (?P<open>[\[({]) | (?P<close>[\])}])
    | (?P<taken>=[ \t]*(?=[!%]))  # x = !ls
    | (?P<asked>\?[ \t]*(?=\n|\Z))  # torch.flip?
    | (?P<end>\n)
    """,
    re.DOTALL | re.VERBOSE,
)


def cell(source: str) -> str:
    """The Python of a cell, in as many characters and lines; all blank where a magic says that it is none."""
    magic = _CELL.match(source)
    return _blank(source) if magic and magic[1] not in PYTHON else script(source)


def script(text: str) -> str:
    """A text with its magics, shell lines and questions blanked, in as many characters and lines.

    A statement that is one becomes `0`, so that a block of nothing else stays a block; what is assigned from one
    becomes a name that nobody binds.
    """
    if not _MAY_HOLD_ANY.search(text):
        return text
    parts: list[str] = []
    at = 0
    while at < len(text):
        at = _statement(text, at, parts)
    return "".join(parts)


def _statement(text: str, at: int, parts: list[str]) -> int:
    """Append one logical line to the parts; where the next one begins."""
    start = at
    if timed := _TIMED.match(text, at):
        parts.append(f"{text[at : timed.start(1)]}0;{' ' * (len(timed[1]) - 2)}")
        start = at = timed.end()
    elif _LINE.match(text, at):
        return _replaced(text, at, "0", parts)
    depth = 0
    while part := _PART.search(text, at):
        at = part.end()
        match part.lastgroup:
            case "open":
                depth += 1
            case "close":
                depth = max(depth - 1, 0)
            case "end" if not depth:
                break
            case "taken" if not depth:
                parts.append(text[start:at])
                return _replaced(text, at, "_" * len(text), parts)
            case "asked" if not depth:
                return _replaced(text, start, "0", parts)
    else:
        at = len(text)
    parts.append(text[start:at])
    return at


def _replaced(text: str, at: int, word: str, parts: list[str]) -> int:
    """Append a word in place of the rest of a logical line, behind its indent; where the next one begins."""
    rest = _REST.match(text, at)
    assert rest is not None
    first = rest[0].split("\n")[0]
    indent = len(first) - len(first.lstrip(" \t"))
    word = first[:indent] + word[: len(first) - indent]
    parts.append(word + _blank(rest[0][len(word) :]))
    return rest.end()


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
