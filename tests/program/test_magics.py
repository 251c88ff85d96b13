"""What IPython adds is blanked, every column stays, and what only looks like it is left alone."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dllint.program import magics

LINES = {
    "%matplotlib inline": "0                 ",
    "    !pip install x": "    0             ",
    "?torch": "0     ",
    "torch.flip?": "0          ",
    "torch.flip??": "0           ",
    "files = !ls -l": "files = ______",
    "a, b = %who": "a, b = ____",
    "!pip install \\\n  torch\nx = 1": "0             \n       \nx = 1",
    "%time x = f()": "0;    x = f()",
    "%time for x in y: f()": "0                    ",
    "time x = f()": "0;   x = f()",
    "pip install torch": "0                ",
    "cd ..": "0    ",
    "%timeit -n 3 f()": "0               ",
    "!echo \"it's": "0          ",
}

PYTHON = [
    'print("""\n%time\n!ls\nwhat?\n""")',
    "'''\n!ls'''",
    "x = 7 \\\n% 3",
    "x = ('%d'\n  % 3)",
    "y = 3  # what?\n",
    "y = f(a=b, c='x=!ls')",
    "ok = a != b",
    "x %= 3",
    "time = 3",
    "time if x else run(ls)",
    "ls -l",
    "pip . x",
    "cd /home",
    "(\npip\n)",
    '"a\\\n% b"',
    "x = {1: [\n% 2]}",
]


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_ipython_is_blanked_in_place(line: str) -> None:
    assert magics.script(line) == LINES[line]
    ast.parse(magics.script(line).strip())


@pytest.mark.parametrize("text", PYTHON)
def test_python_that_looks_like_it_is_left_alone(text: str) -> None:
    assert magics.script(text) == text


def test_a_block_of_magics_alone_stays_a_block() -> None:
    ast.parse(magics.script("if COLAB:\n    !pip install torch\nelse:\n    %cd data\n"))


@pytest.mark.parametrize("name", ["bash", "writefile model.py", "sql", "javascript", "R -i x"])
def test_a_cell_that_is_not_python_is_blank(name: str) -> None:
    text = f"# first\n\n%%{name}\nimport torch\n"
    assert magics.cell(text) == "".join(c if c == "\n" else " " for c in text)


@pytest.mark.parametrize("name", ["time", "capture --no-stderr", "prun"])
def test_a_cell_that_is_measured_loses_only_that_line(name: str) -> None:
    assert magics.cell(f"%%{name}\nx = 1\n!ls").split("\n")[1:] == ["x = 1", "0  "]


@given(st.lists(st.sampled_from([*LINES, *PYTHON, "for x in y:", "    f(", ")", "'''", '"', "\\", "%%bash", "€ = 😀"])))
def test_every_line_and_column_stays(lines: list[str]) -> None:
    text = "\n".join(lines)
    for blanked in (magics.script(text), magics.cell(text)):
        assert [len(line) for line in blanked.split("\n")] == [len(line) for line in text.split("\n")]


@given(st.lists(st.sampled_from([text for text in PYTHON if not text.startswith("'''")])))
def test_python_is_left_alone_however_it_is_put_together(parts: list[str]) -> None:
    text = "\n".join(parts)
    assert magics.script(text) == text
