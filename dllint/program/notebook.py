"""A notebook as one program: its cells in the order of the text, and the way back to the lines of its file."""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from dllint.plain import field, plain
from dllint.program import magics
from dllint.program.lower import lower
from dllint.program.source import NotParsed
from dllint.program.strings import Written, items, members, strings
from dllint.program.text import decode

NEAR = 2
"""Cells that are shown on either side of one that was run before those above it."""

_END = re.compile(r"\r\n|\r|\n")


@plain
class Cell:
    """A cell of Python. index: from 1, cells of every kind counted. first: the line of the program that it begins at.

    written: what stands in it, its line ends as in the file. count: the number it was run as; None for never.
    """

    index: int
    id: str | None
    written: str
    first: int
    count: int | None

    @property
    def lines(self) -> list[str]:
        return _END.split(self.written)


@plain
class Notebook:
    """text: the file's. program: its cells, a blank line behind each. left_out: cells that do not parse, and why."""

    text: str
    cells: tuple[Cell, ...]
    program: str
    left_out: tuple[tuple[Cell, NotParsed], ...] = ()
    _written: dict[int, list[Written]] = field(default_factory=dict)

    def cell(self, line: int) -> Cell:
        """The cell that a line of the program is in; the blank line below a cell belongs to it."""
        return next(cell for cell in reversed(self.cells) if cell.first <= line)

    def offset(self, line: int, column: int) -> int:
        """Where a line and a column of the program stand in the text of the file; below a cell, where that ends."""
        cell = self.cell(line)
        starts = [0, *(end.end() for end in _END.finditer(cell.written)), len(cell.written)]
        row = line - cell.first
        index = starts[row] + (column - 1 if row < len(starts) - 1 else 0)
        for string in (parts := self.strings(cell)):
            if index < len(string.text) or string is parts[-1]:
                return string.offset(self.text, index)
            index -= len(string.text)
        raise ValueError(f"cell {cell.index} is empty")

    def spot(self, line: int, column: int) -> tuple[int, int]:
        """The line and column of the file that hold a line and column of the program."""
        return self.line_column(self.offset(line, column))

    def line_column(self, offset: int) -> tuple[int, int]:
        """The line and column of the file that an offset in its text is at."""
        return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)

    def strings(self, cell: Cell) -> Sequence[Written]:
        """The strings of the file that a cell is written in."""
        if not self._written:
            places = enumerate(_places(self.text), 1)
            mine = {cell.index for cell in self.cells}
            self._written.update((index, strings(self.text, at)) for index, at in places if index in mine)
        return self._written[cell.index]

    def between(self, cell: Cell) -> str | None:
        """What parts the strings of a cell that is written as a list of lines; None for one string with all lines."""
        first, *others = self.strings(cell)
        if others:
            return self.text[first.offset(self.text, len(first.text)) + 1 : others[0].start - 1]
        before = self.text[: first.start - 1]
        bare = before.rstrip()
        return f",{before[len(bare) :]}" if bare.endswith("[") else None

    def has_magics(self, first: int, last: int) -> bool:
        """Whether lines of the program are others than those that are written."""
        cell = self.cell(first)
        lines = cell.lines
        program = self.program.split("\n")
        return any(
            program[at - 1] != lines[at - cell.first] for at in range(first, min(last + 1, cell.first + len(lines)))
        )

    @property
    def disorder(self) -> tuple[Cell, list[int]] | None:
        """The first cell that was run before the one above it, and the numbers they and those around were run as."""
        run = [cell for cell in self.cells if cell.count is not None]
        for at, (above, cell) in enumerate(pairwise(run), 1):
            if (cell.count or 0) < (above.count or 0):
                return cell, [near.count or 0 for near in run[max(at - NEAR, 0) : at + NEAR]]
        return None


def read(content: bytes) -> Notebook:
    """The notebook that a file holds; one of another language has no cells. NotParsed for a broken one."""
    text = decode(content)
    data = _json(text)
    cells = tuple(_cells(data)) if _is_python(data) else ()
    programs = {cell: magics.cell("\n".join(cell.lines).replace("\ufeff", " ")) for cell in cells}
    left_out = () if _parses(_joined(programs)) else tuple(_broken(programs))
    notebook = Notebook(text, cells, _joined({**programs, **{cell: _blank(cell) for cell, _ in left_out}}), left_out)
    if 2 * len(left_out) > len(cells):  # what is left is no program that anybody wrote
        cell, error = left_out[0]
        line, _ = notebook.spot(cell.first + error.line - 1, 1)
        raise NotParsed(line, f"{len(left_out)} of its {len(cells)} cells do not parse: {error.why}")
    return notebook


def _json(text: str) -> Mapping[str, Any]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        conflict = text.split("\n")[error.lineno - 1].startswith(("<<<<<<<", "=======", ">>>>>>>"))
        raise NotParsed(error.lineno, "an unresolved merge conflict" if conflict else f"no JSON: {error.msg}") from None
    except (ValueError, RecursionError):
        raise NotParsed(1, "no notebook: its numbers or its nesting are too large") from None
    if not isinstance(data, dict) or not isinstance(data.get("cells", data.get("worksheets")), list):
        raise NotParsed(1, "no notebook: it has no list of cells")
    return data


def _is_python(data: Mapping[str, Any]) -> bool:
    """Whether its kernel runs Python, or it does not say."""
    metadata = _mapping(data.get("metadata"))
    said = _mapping(metadata.get("language_info")).get("name") or _mapping(metadata.get("kernelspec")).get("language")
    return not isinstance(said, str) or said.lower().startswith(("python", "ipython"))


def _cells(data: Mapping[str, Any]) -> Iterator[Cell]:
    """Its cells of code that hold anything."""
    sheets = [data] if isinstance(data.get("cells"), list) else data["worksheets"]
    found = [cell for sheet in sheets for cell in _mapping(sheet).get("cells", ())]
    first = 1
    for index, cell in enumerate(found, 1):
        written = _source(_mapping(cell))
        if written:
            count = cell.get("execution_count", cell.get("prompt_number"))
            name = cell.get("id") or _mapping(cell.get("metadata")).get("id")
            made = Cell(
                index, name if isinstance(name, str) else None, written, first, count if type(count) is int else None
            )
            yield made
            first += len(made.lines) + 1


def _source(cell: Mapping[str, Any]) -> str:
    """What stands in a cell of code, "" for any other. `input`: what notebooks of version 3 call it."""
    source = cell.get("source", cell.get("input", "")) if cell.get("cell_type") == "code" else ""
    parts = [source] if isinstance(source, str) else source
    return "".join(parts) if isinstance(parts, list) and all(isinstance(part, str) for part in parts) else ""


def _places(text: str) -> Iterator[int]:
    """Where each cell's source begins in the file's text; 0 for a cell without one."""
    top = members(text, text.index("{"))
    sheets = [top] if "cells" in top else [members(text, at) for at in items(text, top["worksheets"])]
    for sheet in sheets:
        for at in items(text, sheet["cells"]):
            cell = members(text, at) if text[at] == "{" else {}
            yield cell.get("source", cell.get("input", 0))


def _joined(programs: Mapping[Cell, str]) -> str:
    return "\n\n".join(programs.values())


def _parses(program: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(program)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


def _broken(programs: Mapping[Cell, str]) -> Iterator[tuple[Cell, NotParsed]]:
    """The cells that do not parse on their own, each with the line in it and the reason."""
    for cell, program in programs.items():
        try:
            lower(program)
        except NotParsed as error:
            yield cell, error


def _blank(cell: Cell) -> str:
    return "\n" * (len(cell.lines) - 1)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
