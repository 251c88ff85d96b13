"""From the lines of a notebook's program to those of its file, and to its cells: the last step of a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from dllint.findings import Edit, Finding, Fix, InCell, NotChecked, Place, Related

if TYPE_CHECKING:
    from dllint.program.cells import Cell
    from dllint.program.notebook import Notebook

Notebooks: TypeAlias = "Callable[[str], Notebook | None]"
"""The notebook of a reported path; None for any other file."""


def finding(found: Finding, notebooks: Notebooks) -> Finding:
    """A finding with all its places, and the edits of its fix, as they are in files."""
    return replace(
        found,
        place=place(found.place, notebooks),
        related=tuple(Related(place(step.place, notebooks), step.message) for step in found.related),
        fix=found.fix and _fix(found.fix, notebooks),
    )


def place(found: Place, notebooks: Notebooks) -> Place:
    """A place of a program as it is in its file, with the cell that it is in."""
    notebook = notebooks(found.path)
    return _in_file(found, notebook) if notebook and notebook.cells else found


def left_out(notebook: Notebook, path: str) -> Iterator[NotChecked]:
    """The cells of a notebook that do not parse."""
    for cell, error in notebook.left_out:
        yield _note(notebook, path, cell, error.line, f"this cell is left out: {error.why}")


def disorder(notebook: Notebook, path: str) -> Iterator[NotChecked]:
    """That cells of a notebook were run in another order than that of the text, in which they are judged."""
    if late := notebook.disorder:
        cell, counts = late
        order = ", ".join(map(str, counts))
        yield _note(
            notebook,
            path,
            cell,
            1,
            f"it was run before a cell above it ({order}); the notebook is judged in the order of its text",
        )


def _note(notebook: Notebook, path: str, cell: Cell, line: int, why: str) -> NotChecked:
    at = Place(path, cell.first + line - 1, 1, cell.first + line - 1, 1)
    place = _in_file(at, notebook)
    return NotChecked(path, place.line, why, place.cell)


def _in_file(found: Place, notebook: Notebook) -> Place:
    start, end = notebook.spot(found.line, found.column), notebook.spot(found.end_line, found.end_column)
    return Place(found.path, *start, *end, _in_cell(found, notebook.cell(found.line)))


def _in_cell(found: Place, cell: Cell) -> InCell:
    above = cell.first - 1
    return InCell(cell.index, cell.id, found.line - above, found.column, found.end_line - above, found.end_column)


def _fix(fix: Fix, notebooks: Notebooks) -> Fix | None:
    """A fix whose edits are of files; None where it would write what IPython alone understands as something else."""
    edits = [_edit(edit, notebooks(edit.place.path)) for edit in fix.edits]
    return None if None in edits else Fix(fix.message, tuple(edit for edit in edits if edit), fix.safe)


def _edit(edit: Edit, notebook: Notebook | None) -> Edit | None:
    """The same edit of a notebook's JSON, whose strings go on as they were: one a line, or one in all."""
    if notebook is None:
        return edit
    at, cell = edit.place, notebook.cell(edit.place.line)
    start, end = notebook.offset(at.line, at.column), notebook.offset(at.end_line, at.end_column)
    if start != end and notebook.has_magics(at.line, at.end_line):
        return None
    row, text = at.line - cell.first, edit.text
    below = row == len(cell.lines)  # the last line, which has no end
    if below and text.endswith("\n"):
        text = f"\n{text[:-1]}"
    last = notebook.text[end] == '"'
    between = notebook.between(cell)
    said = _written(text, between, last)
    if between is not None and row > 0 and at.column == 1 and start == end and last and not below:
        said = f'"{between}"{said}'  # the line above has a string for itself
    return Edit(Place(at.path, *notebook.line_column(start), *notebook.line_column(end)), said)


def _written(text: str, between: str | None, last: bool) -> str:
    """Text as it stands in JSON strings. between: what parts two lines' strings; None where one string has them all.

    last: nothing follows in the string, which then needs none for what follows.
    """
    import json  # 6 ms, which a run without fixes in notebooks has no use for

    *lines, rest = [json.dumps(line, ensure_ascii=False)[1:-1] for line in text.split("\n")]
    end = "\\n" if between is None else f'\\n"{between}"'
    if lines and not rest and last:
        return f"{end.join(lines)}\\n"
    return end.join([*lines, rest])
