"""A notebook as a program, and every line and column of it in the file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dllint.program.notebook import read
from dllint.program.source import NotParsed

PYTHON = {"kernelspec": {"name": "python3", "language": "python"}}

CELLS = [
    "import torch\n\nx = torch.zeros(3)",
    'print("a\\tb \\"q\\" é 😀")\n',
    "if x:\n    pass",
    "y = '''\n\n'''\r\nz = 2",
]
LAYOUTS: list[dict[str, Any]] = [
    {"indent": 1, "ensure_ascii": False},
    {"indent": 4, "ensure_ascii": True},
    {"separators": (",", ":")},
    {"indent": None, "ensure_ascii": True},
]


def code(source: object, **more: object) -> dict[str, object]:
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source, **more}


def written(cells: list[dict[str, object]], metadata: object = PYTHON, **how: Any) -> bytes:
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4}, **how).encode()


def test_the_program_is_the_cells_with_a_blank_line_behind_each() -> None:
    prose: dict[str, object] = {"cell_type": "markdown", "metadata": {}, "source": ["# x"]}
    notebook = read(written([prose, code(["a = 1\n", "b = 2"], id="one"), prose, code([]), code("c = 3\n")]))
    assert notebook.program == "a = 1\nb = 2\n\nc = 3\n"
    assert [(cell.index, cell.id, cell.first) for cell in notebook.cells] == [(2, "one", 1), (5, None, 4)]


@given(st.lists(st.tuples(st.sampled_from(CELLS), st.booleans()), min_size=1), st.sampled_from(LAYOUTS))
def test_every_character_of_the_program_is_found_in_the_file(
    sources: list[tuple[str, bool]], layout: dict[str, Any]
) -> None:
    content = written([code(text.splitlines(keepends=True) if split else text) for text, split in sources], **layout)
    notebook = read(content)
    lines = content.decode().split("\n")
    assert notebook.program == "\n\n".join(text.replace("\r\n", "\n") for text, _ in sources)
    for cell in notebook.cells:
        for number, line in enumerate(cell.lines, cell.first):
            for column, character in enumerate(line, 1):
                row, at = notebook.spot(number, column)
                rest = lines[row - 1][at - 1 :]
                said = (character, json.dumps(character)[1:-1], json.dumps(character, ensure_ascii=False)[1:-1])
                assert rest.startswith(said)


def test_the_end_of_a_cell_is_the_quote_that_ends_its_string() -> None:
    content = written([code(["a = 1\n", "b = 2"]), code("c")], indent=1)
    row, column = read(content).spot(3, 1)
    assert content.decode().split("\n")[row - 1][: column - 1].endswith('"b = 2')


def test_an_old_notebook_keeps_its_cells_in_worksheets() -> None:
    cell = {"cell_type": "code", "input": ["x = 1"], "language": "python", "prompt_number": 4}
    content = json.dumps({"worksheets": [{"cells": [cell]}], "metadata": {}, "nbformat": 3}, indent=1).encode()
    notebook = read(content)
    assert (notebook.program, notebook.cells[0].count) == ("x = 1", 4)
    assert content.decode().split("\n")[notebook.spot(1, 1)[0] - 1].strip() == '"x = 1"'


@pytest.mark.parametrize("metadata", [{"kernelspec": {"language": "R"}}, {"language_info": {"name": "julia"}}])
def test_a_notebook_of_another_language_has_no_cells(metadata: object) -> None:
    assert read(written([code("library(torch)")], metadata)).program == ""


@pytest.mark.parametrize("metadata", [{}, None, {"language_info": {"name": "ipython"}}, {"kernelspec": {}}])
def test_a_notebook_that_does_not_say_is_python(metadata: object) -> None:
    assert read(written([code("x")], metadata)).program == "x"


def test_a_cell_that_does_not_parse_is_left_out_alone() -> None:
    notebook = read(written([code("a = 1"), code("b = = 2\nb"), code("c = (3"), code("!ls"), code("d = 4")]))
    assert notebook.program == "a = 1\n\n\n\n\n\n\n0  \n\nd = 4"
    assert [(cell.index, error.line) for cell, error in notebook.left_out] == [(2, 1), (3, 1)]


def test_a_notebook_of_which_most_does_not_parse_is_no_program() -> None:
    content = written([code("a = 1"), code("print 'b'"), code("print 'c'")], indent=1)
    with pytest.raises(NotParsed, match="2 of its 3 cells do not parse: Python 2: print statement") as raised:
        read(content)
    assert "print 'b'" in content.decode().split("\n")[raised.value.line - 1]


BROKEN = {
    b"": (1, "no JSON: Expecting value"),
    b'{"cells": [\n}': (2, "no JSON: Expecting value"),
    b'{"cells": [\n<<<<<<< HEAD\n': (2, "an unresolved merge conflict"),
    b"[]": (1, "no notebook: it has no list of cells"),
    b'{"cells": 3}': (1, "no notebook: it has no list of cells"),
    b"[" * 100_000: (1, "no notebook: its numbers or its nesting are too large"),
    b'{"cells": "\xff"}': (1, "bytes that are not utf-8, and no encoding is declared"),
}


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_notebook_is_one_line(content: bytes) -> None:
    with pytest.raises(NotParsed) as raised:
        read(content)
    assert (raised.value.line, raised.value.why) == BROKEN[content]


@pytest.mark.parametrize("cell", [3, {}, code(3), code([1, 2]), code(None), {"cell_type": "code"}])
def test_what_is_no_cell_is_passed_over(cell: Any) -> None:
    assert read(written([cell, code("x")])).program == "x"


def test_cells_that_were_run_in_another_order_are_noted() -> None:
    counts = [1, None, 2, 7, 8, 4, 5, 6]
    notebook = read(written([code(f"x{n}", execution_count=n) for n in counts]))
    late = notebook.disorder
    assert late is not None
    assert (late[0].index, late[1]) == (6, [7, 8, 4, 5])


@pytest.mark.parametrize("counts", [[], [1, 2, 9], [None, None], [3, 3]])
def test_cells_that_were_run_in_order_are_not(counts: list[int | None]) -> None:
    assert read(written([code("x", execution_count=n) for n in counts])).disorder is None
