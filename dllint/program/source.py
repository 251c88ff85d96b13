"""One source file: its path, its text, and the ways reading it can fail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dllint.plain import plain

if TYPE_CHECKING:
    from dllint.program.notebook import Notebook


NOTEBOOK = ".ipynb"
"""What the names of notebooks end with."""


class NotParsed(Exception):
    """A file that cannot be analysed: where and why, in one line."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line = line
        self.why = why


@plain
class Source:
    """A file as it was found. `name` is the path to report: posix, relative to the working directory when below it.

    program: what is Python in it; other than content in a notebook, and in a script with magics.
    """

    path: Path
    name: str
    content: bytes
    program: bytes | str
    notebook: Notebook | None = None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of source: 1-based lines, 1-based columns in code points, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
