"""Markdown of claims: a heading, small programs under it, and what infer knows of the values they reveal.

A fenced Python block is a file, named by its first line (`# file: net.py`; else it is `main.py`); all blocks under
one heading are one project. In it `reveal(value)`, `reveal_mode(module)`, `reveal_grad(tensor)` and its kin do nothing,
and the comment behind each is what infer must know there. Claims below a heading `TODO` are true of Python and not yet
of infer.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field

HEADING = re.compile(r"(#+) (.*)")
FILE = re.compile(r"# file: (\S+)\n")
CALL = re.compile(r"\breveal(_mode|_grad|_shape|_range|_dtype)?\(")


@dataclass(frozen=True, slots=True)
class Claim:
    """A heading and the files under it, their text by name. todo: infer does not know it yet."""

    title: str
    todo: bool
    files: dict[str, str] = field(default_factory=dict)


def claims(markdown: str) -> Iterator[Claim]:
    """The headings of a page that have files under them."""
    claim = Claim("", False)
    todo = 0  # depth of the heading TODO that we are below
    lines = iter(markdown.splitlines(keepends=True))
    for line in lines:
        if heading := HEADING.match(line):
            if claim.files:
                yield claim
            depth = len(heading[1])
            todo = depth if heading[2] == "TODO" else todo if 0 < todo < depth else 0
            claim = Claim(heading[2], bool(todo))
        elif line.startswith("```python"):
            _add(claim, "".join(iter(lambda: next(lines), "```\n")))
    if claim.files:
        yield claim


def _add(claim: Claim, block: str) -> None:
    """Put a file to a claim."""
    named = FILE.match(block)
    name = named[1] if named else "main.py"
    if name in claim.files:
        raise ValueError(f"{claim.title}: two files are called {name}")
    claim.files[name] = block


def expected(files: dict[str, str]) -> list[str]:
    """What the comments of a claim say: "main.py:3 probabilities". ValueError for a call that says nothing."""
    found = []
    for name, text in files.items():
        comments = dict(_comments(text))
        for number, line in enumerate(text.splitlines(), start=1):
            if not CALL.search(line):
                continue
            if number not in comments:
                raise ValueError(f"{name}:{number} reveals something and does not say what")
            found.append(f"{name}:{number} {comments[number]}")
    return sorted(found)


def _comments(text: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string.removeprefix("# ")
