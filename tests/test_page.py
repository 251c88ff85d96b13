"""Pages: the programs in them, their files and their marks."""

import pytest

from dllint.findings import Level
from dllint.page import Example, PageError, examples, statement_line, summary
from dllint.rule import Rule

PAGE = """First line.

Bad:
    Two files.

    ```python
    # file: net.py
    def net(x):
        return x
    # file: train.py
    loss(
        net(x),
    )  # expect: a-rule, another-rule
    ```
Good:
    ```python
    if x:
        pass
    ```
Silent: as a metric
    ```python
    one()
    ```
    ```python
    two()
    ```
Source: nowhere.
    ```python
    three()
    ```
"""


def shown(page: str) -> list[Example]:
    return examples(Rule("DL301", Level.ERROR, int, lambda event: iter(()), "a-rule", page))


def test_summary_is_the_first_line() -> None:
    assert summary(PAGE) == "First line."


def test_every_block_under_a_heading_is_an_example() -> None:
    found = [(example.kind, example.title, example.line) for example in shown(PAGE)]
    assert found == [("bad", "", 3), ("good", "", 15), ("silent", "as a metric", 20), ("silent", "as a metric", 20)]


def test_a_block_holds_several_files() -> None:
    assert shown(PAGE)[0].files == {
        "net.py": "def net(x):\n    return x\n",
        "train.py": "loss(\n    net(x),\n)  # expect: a-rule, another-rule\n",
    }


def test_a_block_without_names_is_one_file() -> None:
    assert shown(PAGE)[1].files == {"example.py": "if x:\n    pass\n"}


def test_a_mark_counts_for_its_whole_statement() -> None:
    assert shown(PAGE)[0].expects == [("train.py", 1, "a-rule"), ("train.py", 1, "another-rule")]


@pytest.mark.parametrize("name", ["../a.py", "/a.py"])
def test_a_file_outside_the_example_is_refused(name: str) -> None:
    with pytest.raises(PageError, match="leaves the example"):
        shown(f"Bad:\n    ```python\n    # file: {name}\n    x\n    ```\n")


def test_a_file_given_twice_is_refused() -> None:
    with pytest.raises(PageError, match=r"two files of one example are called a\.py"):
        shown("Bad:\n    ```python\n    # file: a.py\n    x\n    # file: a.py\n    y\n    ```\n")


@pytest.mark.parametrize(("line", "start"), [(1, 1), (2, 2), (3, 2), (4, 4)])
def test_the_statement_over_a_line_is_the_innermost(line: int, start: int) -> None:
    assert statement_line("for x in y:\n    f(\n    )\nz = 1\n", line) == start


def test_a_source_that_does_not_parse_keeps_its_lines() -> None:
    assert statement_line("print 'x'\n", 1) == 1
