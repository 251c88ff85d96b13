"""Edits of a notebook's program, made in its file: the cell says what the edited program says, and all else stays."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dllint import located
from dllint.findings import Confidence, Edit, Finding, Fix, Level, Place
from dllint.fix.apply import applied
from dllint.program.notebook import read

SOURCES = ['x = 1\ny = "é\\n"\n', 'for a in b:\n    print("\\t😀")', "z"]
LAYOUTS: list[dict[str, Any]] = [{"indent": 1, "ensure_ascii": False}, {"separators": (",", ":")}, {}]
FOUND = Finding("r", "DL301", Level.ERROR, Confidence.CERTAIN, "m", Place("nb.ipynb", 1, 1, 1, 2))


def written(sources: list[str], lines: bool, layout: dict[str, Any]) -> bytes:
    said = [source.splitlines(keepends=True) if lines else source for source in sources]
    cells = [{"cell_type": "code", "source": source, "id": str(n)} for n, source in enumerate(said)]
    return json.dumps({"cells": cells, "metadata": {}}, **layout).encode()


def edited(content: bytes, edit: Edit) -> bytes:
    """The file with an edit of its program made."""
    notebook = read(content)
    fix = located.finding(replace(FOUND, fix=Fix("", (edit,), True)), lambda path: notebook).fix
    assert fix is not None
    return applied(content, fix.edits)


@given(st.data(), st.sampled_from(LAYOUTS), st.booleans(), st.sampled_from(["", "new", "a\n", "\nb", 'é "q"\\n\nc\n']))
def test_the_cell_says_what_the_program_says(
    data: st.DataObject, layout: dict[str, Any], lines: bool, new: str
) -> None:
    content = written(SOURCES, lines, layout)
    number = data.draw(st.integers(0, len(SOURCES) - 1))
    source, cell = SOURCES[number], read(content).cells[number]
    start, end = sorted(data.draw(st.integers(0, len(source))) for _ in range(2))
    spots = [(cell.first + source.count("\n", 0, at), at - source.rfind("\n", 0, at)) for at in (start, end)]
    after = json.loads(edited(content, Edit(Place("nb.ipynb", *spots[0], *spots[1]), new)))
    wanted = [*SOURCES[:number], source[:start] + new + source[end:], *SOURCES[number + 1 :]]
    assert ["".join(one["source"]) for one in after["cells"]] == wanted
    assert all(isinstance(one["source"], list) is lines for one in after["cells"])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("source", ["a = 1\nb = 2\n", "a = 1\nb = 2", "a = 1\n\nb = 2"])
def test_a_line_below_the_last_has_a_string_of_its_own(source: str, layout: dict[str, Any]) -> None:
    lines = len(source.splitlines())
    edit = Edit(Place("nb.ipynb", lines + 1, 1, lines + 1, 1), "c = 3\n")
    before = [source, "d = 4"]
    after = source.rstrip("\n") + ("\nc = 3\n" if source.endswith("\n") else "\nc = 3")
    assert edited(written(before, True, layout), edit) == written([after, "d = 4"], True, layout)


@pytest.mark.parametrize("lines", [True, False])
def test_a_line_that_goes_takes_nothing_of_the_next_cell(lines: bool) -> None:
    content = written(["a = 1\nb = 2", "c = 3"], lines, {})
    after = json.loads(edited(content, Edit(Place("nb.ipynb", 2, 1, 3, 1), "")))
    assert ["".join(one["source"]) for one in after["cells"]] == ["a = 1\n", "c = 3"]


def test_an_edit_over_a_magic_is_none() -> None:
    notebook = read(written(["if x:\n    !ls\ny = 1"], True, {}))
    fix = Fix("", (Edit(Place("nb.ipynb", 1, 1, 3, 1), ""),), True)
    assert located.finding(replace(FOUND, fix=fix), lambda path: notebook).fix is None
