"""Which findings a comment silences."""

from __future__ import annotations

from textwrap import dedent

import pytest

from dllint.project.suppressions import Suppressions

NAMES = ("softmax-into-logit-loss", "DL301")


def allowed(text: str, names: tuple[str, ...] = NAMES) -> list[int]:
    """The lines of a text on which the rule is silenced."""
    suppressions = Suppressions.of(dedent(text))
    return [line for line in range(1, text.count("\n") + 2) if suppressions.allows(line, names)]


def test_text_without_a_suppression_allows_nothing() -> None:
    assert allowed("loss = f(x)  # a comment\n") == []


@pytest.mark.parametrize(
    "written",
    ["softmax-into-logit-loss", "Softmax-Into-Logit-Loss", "DL301", "dl301", "DL3", "DL", "missing-eval, DL301"],
)
def test_a_rule_goes_by_its_name_its_code_and_its_family(written: str) -> None:
    assert allowed(f"loss = f(x)  # dllint: ignore[{written}] distilled on purpose\n") == [1]


@pytest.mark.parametrize("written", ["missing-eval", "DL302", "DL4", "softmax", "", "D"])
def test_another_rule_is_not_silenced(written: str) -> None:
    assert allowed(f"loss = f(x)  # dllint: ignore[{written}]\n") == []


def test_a_bare_ignore_silences_every_rule() -> None:
    assert allowed("loss = f(x)  # dllint: ignore\n") == [1]


@pytest.mark.parametrize("comment", ["# dllint: ignored[DL301]", "# dllint: ignore-file", "# noqa: DL301"])
def test_words_that_only_begin_alike_silence_nothing(comment: str) -> None:
    assert allowed(f"loss = f(x)  {comment}\n") == []


def test_a_name_without_its_closing_bracket_does_not_become_a_bare_ignore() -> None:
    assert allowed("loss = f(x)  # dllint: ignore[missing-eval\n") == []


def test_it_stands_beside_other_tools_comments() -> None:
    assert allowed("loss = f(x)  # type: ignore  # dllint: ignore[DL301] reason  # noqa: E501\n") == [1]


def test_the_reason_and_the_place_are_kept() -> None:
    (one,) = Suppressions.of("é = 1\nloss = f(é)  # dllint: ignore[DL301] distilled on purpose # noqa\n").all
    assert (one.line, one.column, one.reason, one.names) == (2, 14, "distilled on purpose", ("DL301",))


def test_a_comment_moved_to_the_closing_parenthesis_counts_for_the_whole_call() -> None:
    text = """\
    before = 0
    loss = f(
        softmax(x),
        y,
    )  # dllint: ignore[DL301]
    after = 0
    """
    assert allowed(text) == [2, 3, 4, 5]


def test_a_comment_on_any_line_of_a_statement_counts() -> None:
    text = """\
    loss = f(
        # dllint: ignore[DL301]
        softmax(x),
    )
    """
    assert allowed(text) == [1, 2, 3, 4]


def test_a_comment_on_a_compound_statement_counts_for_its_header_only() -> None:
    text = """\
    for x, y in loader(
        1,
    ):  # dllint: ignore[DL301]
        f(x)
    """
    assert allowed(text) == [1, 2, 3]


def test_comments_above_a_statement_stack() -> None:
    text = """\
    # dllint: ignore[DL301] distilled
    # dllint: ignore[missing-eval]
    # and a word on it
    loss = f(
        x,
    )
    after = 0
    """
    assert allowed(text) == allowed(text, ("missing-eval", "DL401")) == [4, 5, 6]


def test_a_blank_line_parts_a_comment_from_what_follows() -> None:
    assert allowed("# dllint: ignore\n\nloss = f(x)\n") == []


def test_a_comment_that_covers_nothing_is_still_known() -> None:
    suppressions = Suppressions.of("# dllint: ignore\n\nx = 1\n# dllint: ignore[DL3]\n")
    assert [(one.line, one.first) for one in suppressions.all] == [(1, 0), (4, 0)]


def test_a_trailing_comment_does_not_reach_the_next_line() -> None:
    assert allowed("x = 1  # dllint: ignore\ny = 2\n") == [1]


def test_a_comment_above_decorators_counts_for_the_header_below_them() -> None:
    text = """\
    # dllint: ignore
    @a
    @b(
        1
    )
    def f(x):
        return x
    """
    assert allowed(text) == [2, 3, 4, 5, 6]


def test_a_line_that_begins_with_a_matrix_product_is_no_decorator() -> None:
    text = """\
    x = (
        a
        @ b
    )  # dllint: ignore
    y = 1
    """
    assert allowed(text) == [1, 2, 3, 4]


def test_comments_in_strings_do_not_count() -> None:
    assert allowed('x = "# dllint: ignore"\ny = """\n# dllint: ignore\n"""\nz = 1\n') == []


@pytest.mark.parametrize("broken", ["x = (\n", "  x = 1\n y = 2\n", 'x = """\n'])
def test_text_that_python_cannot_split_is_read_line_by_line(broken: str) -> None:
    text = "loss = f(x)  # dllint: ignore[DL301]\n# dllint: ignore[DL301]\nloss = f(x)\nz = 0\n" + broken
    assert allowed(text) == [1, 3]


def test_carriage_returns_and_a_byte_order_mark_do_no_harm() -> None:
    assert allowed("\ufeffx = 1  # dllint: ignore\r\ny = 2\r\n# dllint: ignore\r\nz = 3\r\n") == [1, 4]


def test_a_last_line_without_its_end_counts() -> None:
    assert allowed("y = 2\nx = f(\n  1)  # dllint: ignore") == [2, 3]
