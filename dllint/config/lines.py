"""On which line of a TOML file a key stands. The parser of Python does not say, so it is asked piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dllint.config.toml import NotTOML, parsed

_CLOSING = re.compile("[]}]|'{3}|\"{3}")
"""What the last of several lines of a statement holds."""


class _Statement(NamedTuple):
    """A header or an assignment, over one line or several."""

    line: int
    text: str
    keys: tuple[str, ...]  # from the top of the file
    header: bool


def line_of(text: str, keys: tuple[str, ...], word: str = "") -> int:
    """Line, from 1, of the statement of a valid file that sets `keys`, or of `word` in it; 1 when none does."""
    best, nearest = None, 0
    for statement in _statements(text):
        near = _nearness(statement, keys)
        if near > nearest:
            best, nearest = statement, near
    return best.line + _offset(best.text, word) if best else 1


def _nearness(statement: _Statement, keys: tuple[str, ...]) -> int:
    """How much of the keys a statement sets; 0 for one that is about others."""
    if statement.keys[: len(keys)] == keys:
        return 2 * len(keys)
    if keys[: len(statement.keys)] == statement.keys:
        return 2 * len(statement.keys) - statement.header
    return 0


def _statements(text: str) -> Iterator[_Statement]:
    """The statements in order: each is the fewest lines from its first that are valid TOML of their own."""
    lines = text.replace("\r\n", "\n").split("\n")
    start = 0
    table: tuple[str, ...] = ()
    while start < len(lines):
        end, content = _shortest(lines, start)
        header = lines[start].lstrip().startswith("[")
        keys = _leading(content)
        table = keys if header else table
        if keys:
            yield _Statement(start + 1, "\n".join(lines[start:end]), keys if header else (*table, *keys), header)
        start = end


def _shortest(lines: list[str], start: int) -> tuple[int, Mapping[str, Any]]:
    """The end of the statement that begins on a line, and what it says."""
    for end in range(start + 1, len(lines) + 1):
        if end > start + 1 and not _CLOSING.search(lines[end - 1]):
            continue  # a long list is not tried at each of its lines
        try:
            return end, parsed("\n".join(lines[start:end]))
        except NotTOML:
            continue
    return len(lines), {}


def _leading(content: object) -> tuple[str, ...]:
    """The keys down to the first value that is no table of a single key."""
    if isinstance(content, list) and len(content) == 1:
        return _leading(content[0])
    if isinstance(content, Mapping) and len(content) == 1:
        ((key, value),) = content.items()
        return (key, *_leading(value))
    return ()


def _offset(text: str, word: str) -> int:
    """Lines from the start of a statement to the first that holds a word; 0 when none does."""
    whole = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    return next((number for number, line in enumerate(text.split("\n")) if word and whole.search(line)), 0)
