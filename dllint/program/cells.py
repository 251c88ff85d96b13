"""The cells of a notebook's file: which of them are Python, what stands in them, and where."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from dllint.plain import plain
from dllint.program.source import NotParsed
from dllint.program.strings import items, members

END = re.compile(r"\r\n|\r|\n")


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
        return END.split(self.written)


def cells(text: str) -> tuple[Cell, ...]:
    """The cells of Python in a file's text; none where its kernel runs another language. NotParsed: no notebook."""
    data = _json(text)
    return tuple(_cells(data)) if _is_python(data) else ()


def places(text: str) -> Iterator[int]:
    """Where each cell's source begins in the file's text; 0 for a cell without one."""
    top = members(text, text.index("{"))
    sheets = [top] if "cells" in top else [members(text, at) for at in items(text, top["worksheets"])]
    for sheet in sheets:
        for at in items(text, sheet["cells"]):
            cell = members(text, at) if text[at] == "{" else {}
            yield cell.get("source", cell.get("input", 0))


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


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
