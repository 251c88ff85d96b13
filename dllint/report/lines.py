"""The lines of a source file, for showing: what cannot be read is shown without them."""

from __future__ import annotations

import functools
import io
import re
import tokenize
from collections.abc import Callable, Mapping
from pathlib import Path

from dllint.program.source import NOTEBOOK, NotParsed
from dllint.project.discovery import real, shown

_CELL = re.compile(rf"(.*{re.escape(NOTEBOOK)}):cell (\d+)", re.DOTALL)


def reader(cwd: Path, given: Mapping[str, bytes] | None = None) -> Callable[[str], list[str]]:
    """A function from a reported path to the lines of that file, each file read once; [] when it cannot be read.

    "nb.ipynb:cell 7" has the lines of that cell.
    given: path → what to show in place of the file there.
    """
    contents = {shown(real(cwd / path), real(cwd)): content for path, content in (given or {}).items()}

    @functools.cache
    def content(path: str) -> bytes:
        return contents[path] if path in contents else (cwd / path).read_bytes()

    @functools.cache
    def source(path: str) -> list[str]:
        try:
            if cell := _CELL.fullmatch(path):
                return _lines_of(content(cell[1]), int(cell[2]))
            return _lines(content(path))
        except (OSError, ValueError, NotParsed):
            return []

    return source


def _lines_of(notebook: bytes, index: int) -> list[str]:
    from dllint.program.notebook import read  # with the parser

    return next(cell.lines for cell in read(notebook).cells if cell.index == index)


def _lines(content: bytes) -> list[str]:
    # str.splitlines also splits at form feeds and U+2028, where Python sees no new line.
    return _decoded(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _decoded(content: bytes) -> str:
    """The text, in the encoding it declares; a byte that does not fit is shown as a replacement character."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    except SyntaxError:
        encoding = "utf-8"
    return content.decode(encoding, errors="replace")
