"""Claims in Markdown: a heading says what is true of the program below it.

    ## Found: softmax hidden in a Sequential
    ## Silent: the probabilities feed a metric only
    ## TODO Silent: what fails today (the reason)

A `# file: name.py` line starts a file of a program that has several. A mark `# expect: rule-name (words)` stands on
the statement where a finding is promised; its message holds the words, which may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from dllint.findings import Level
from dllint.page import Example, Expected, examples, statement_line
from dllint.rule import Rule

_HEADING = re.compile(r"## (?:(?P<todo>TODO) )?(?P<kind>Found|Silent): (?P<title>.+?)(?(todo) \((?P<reason>.+)\))")
_WORDS = re.compile(r"#\s*expect:[^(#]*\((.+)\)\s*$")


@dataclass(frozen=True, slots=True)
class Claim:
    """One heading and its program. reason: why it fails today, "" where it must hold."""

    kind: str  # "Found" or "Silent"
    title: str
    reason: str
    example: Example
    words: dict[Expected, str]  # what the message of the finding at a mark holds


def read(path: Path) -> Iterator[Claim]:
    """The claims of a file. ValueError, with file and line, for one that is not whole."""
    lines = path.read_text("utf-8").splitlines()
    starts = [number for number, text in enumerate(lines) if text.startswith("## ")]
    for start, end in pairwise([*starts, len(lines)]):
        try:
            yield _claim(lines[start], lines[start + 1 : end])
        except ValueError as error:
            raise ValueError(f"{path}:{start + 1}: {error}") from None


def _claim(heading: str, body: list[str]) -> Claim:
    said = _HEADING.fullmatch(heading.rstrip())
    if said is None:
        raise ValueError("a heading is `## Found: …`, `## Silent: …`, or with `TODO` before and a (reason) after")
    # A claim is an example as a page has them, so that files and marks are read in one place.
    page = "\n".join(["Bad:", *(f"    {text}" for text in body)])
    found = examples(Rule("DL000", Level.ERROR, int, lambda event: iter(()), said["title"], page))
    if len(found) != 1:
        raise ValueError(f"a heading has one ```python block, not {len(found)}")
    (example,) = found
    if bool(example.expects) != (said["kind"] == "Found"):
        raise ValueError("Found has a mark `# expect: …`, Silent has none")
    for name, text in example.files.items():
        compile(text, name, "exec")
    return Claim(said["kind"], said["title"], said["reason"] or "", example, _words(example))


def _words(example: Example) -> dict[Expected, str]:
    """What the marks say of the messages: words in brackets behind the name of a rule."""
    found = {}
    for name, text in example.files.items():
        for number, line in enumerate(text.splitlines(), start=1):
            if said := _WORDS.search(line):
                start = statement_line(text, number)
                found |= {mark: said[1] for mark in example.expects if mark[:2] == (name, start)}
    return found
