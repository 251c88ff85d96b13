"""A rule's page: the docstring of its file, and the whole programs in it that tests judge."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from dllint.rule import Rule

_HEADING = re.compile(r"(Bad|Good|Silent):\s*(.*)")
_FILE = re.compile(r"#\s*file:\s*(\S+)\s*")
_MARK = re.compile(r"#\s*expect:\s*([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)")
_MANY = re.compile(r"#\s*and (\d+) lines like this$")
_UNNAMED = "example.py"


class PageError(Exception):
    """A page that cannot be read: the line in it, counted from 1, and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line} of the page: {why}")
        self.line = line
        self.why = why


class Expected(NamedTuple):
    """A finding that a mark promises; `line` is where its statement starts."""

    file: str
    line: int
    rule: str


@dataclass(frozen=True, slots=True)
class Example:
    """One program of a page. kind: "bad", "good" or "silent"; files: their text by name, in the order of the page."""

    kind: str
    title: str  # after "Silent:", else ""
    files: dict[str, str]
    expects: list[Expected]
    line: int  # of its heading in the page, from 1


def summary(page: str) -> str:
    """First line of a page: the bug in one sentence."""
    return page.strip().partition("\n")[0]


def examples(rule: Rule) -> list[Example]:
    """Every program under a Bad, Good or Silent heading. PageError for an open block or a bad file name."""
    return [
        _example(kind, title, line, block)
        for kind, title, line, body in _sections(rule.page)
        for block in _blocks(body, line)
    ]


def statement_line(source: str, line: int) -> int:
    """Line where the innermost statement over `line` starts; `line` itself where Python cannot parse the source.

    Formatters move a trailing comment to the closing parenthesis, so a mark and a finding meet on their statement.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return line
    starts = (
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    )
    return max(starts, default=line)


def _sections(page: str) -> Iterator[tuple[str, str, int, list[str]]]:
    """Kind, title, line and indented body of each heading that introduces examples."""
    lines = page.splitlines()
    for index, text in enumerate(lines):
        if heading := _HEADING.fullmatch(text.rstrip()):
            yield heading[1].lower(), heading[2], index + 1, _indented(lines[index + 1 :])


def _indented(lines: list[str]) -> list[str]:
    """The lines up to the first that starts in column 0."""
    end = next((index for index, text in enumerate(lines) if text[:1].strip()), len(lines))
    return lines[:end]


def _blocks(body: list[str], heading: int) -> Iterator[str]:
    """The text between each pair of fences."""
    fences = [index for index, text in enumerate(body) if text.strip().startswith("```")]
    if len(fences) % 2:
        raise PageError(heading + fences[-1] + 1, "a ``` block is not closed")
    for start, end in zip(fences[::2], fences[1::2], strict=True):
        yield textwrap.dedent("\n".join(body[start + 1 : end])) + "\n"


def _example(kind: str, title: str, line: int, block: str) -> Example:
    files = _files(block, line)
    expects = [mark for name, text in files.items() for mark in _marks(name, text)]
    return Example(kind, title, files, expects, line)


def _repeated(line: str) -> list[str]:
    """A line as often as it says: a page need not show what is long."""
    found = _MANY.search(line)
    return [line[: found.start()].rstrip()] * (int(found[1]) + 1) if found else [line]


def _files(block: str, heading: int) -> dict[str, str]:
    """The files of a block; one without a `# file:` line is a single `example.py`."""
    files: dict[str, list[str]] = {}
    name = _UNNAMED
    for text in block.splitlines():
        if marker := _FILE.fullmatch(text):
            name = marker[1]
            _check_name(name, files, heading)
            files[name] = []
        elif files or text.strip():
            files.setdefault(name, []).extend(_repeated(text))
    return {name: "\n".join(lines).rstrip() + "\n" for name, lines in files.items()}


def _check_name(name: str, files: dict[str, list[str]], heading: int) -> None:
    path = PurePosixPath(name)
    if name in files:
        raise PageError(heading, f"two files of one example are called {name}")
    if path.is_absolute() or ".." in path.parts:
        raise PageError(heading, f"the file name {name} leaves the example")


def _marks(name: str, text: str) -> Iterator[Expected]:
    for number, line in enumerate(text.splitlines(), start=1):
        if mark := _MARK.search(line):
            for rule in mark[1].split(","):
                yield Expected(name, statement_line(text, number), rule.strip())
