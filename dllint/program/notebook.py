"""A notebook as one program: its cells in the order of the text, and the way back to the lines of its file."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from dllint.plain import field, plain
from dllint.program import magics
from dllint.program.cells import END, Cell, cells, places
from dllint.program.lower import lower
from dllint.program.source import NotParsed
from dllint.program.strings import Written, strings
from dllint.program.text import decode

NEAR = 2
"""Cells that are shown on either side of one that was run before those above it."""


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
        starts = [0, *(end.end() for end in END.finditer(cell.written)), len(cell.written)]
        row = min(line - cell.first, len(starts) - 1)
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
            mine = {cell.index for cell in self.cells}
            all_ = enumerate(places(self.text), 1)
            self._written.update((index, strings(self.text, at)) for index, at in all_ if index in mine)
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
    programs = _programs(text)
    left_out = () if _parses(_joined(programs)) else tuple(_broken(programs))
    programs |= {cell: "\n" * (len(cell.lines) - 1) for cell, _ in left_out}
    notebook = Notebook(text, tuple(programs), _joined(programs), left_out)
    if 2 * len(left_out) > len(programs):  # what is left is no program that anybody wrote
        cell, error = left_out[0]
        line, _ = notebook.spot(cell.first + error.line - 1, 1)
        raise NotParsed(line, f"{len(left_out)} of its {len(programs)} cells do not parse: {error.why}")
    return notebook


def python(content: bytes) -> str:
    """What Python a notebook's file holds, whether it parses or not. NotParsed as `read`."""
    return _joined(_programs(decode(content)))


def _programs(text: str) -> dict[Cell, str]:
    """The Python of each cell, its lines and columns kept."""
    return {cell: magics.cell("\n".join(cell.lines).replace("\ufeff", " ")) for cell in cells(text)}


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
