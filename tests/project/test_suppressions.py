"""Which findings a comment silences."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dllint.project.suppressions import Suppressions


def allowed(text: str, name: str | None = None) -> list[int]:
    """The lines of a text for which a comment of this name counts; of any name, when none is given."""
    text = dedent(text)
    suppressions = Suppressions.of(text)
    lines = range(1, text.count("\n") + 2)
    return [line for line in lines if any(name in (None, one.name) for one in suppressions.at(line))]


def said(text: str) -> list[tuple[str, str | None]]:
    """Form and name of everything in a text."""
    return [(one.form, one.name) for one in Suppressions.of(dedent(text)).all]


def why(text: str) -> list[str]:
    """Why what is in a text counts for nothing."""
    found = Suppressions.of(dedent(text)).all
    assert all(bool(one.why) == (one.first == 0) for one in found)
    return [one.why for one in found]


def test_text_without_a_suppression_allows_nothing() -> None:
    assert allowed("loss = f(x)  # a comment\n") == []


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("[DL301]", ["DL301"]),
        ("[DL301, missing-eval]", ["DL301", "missing-eval"]),
        (" [ DL301,missing-eval , ]", ["DL301", "missing-eval"]),
        ("", [None]),
        (" because", [None]),
        ("[]", [""]),
        ("[missing-eval", ["missing-eval"]),  # without its bracket it does not become a bare one
    ],
)
def test_names_stand_in_brackets_and_none_means_every_rule(written: str, names: list[str | None]) -> None:
    assert said(f"loss = f(x)  # dllint: ignore{written}\n") == [("ignore", name) for name in names]


@pytest.mark.parametrize("comment", ["# dllint: says what", "# dllint ignore", "# noqas", "# noqa-x", "# flake8: noqa"])
def test_prose_and_what_others_read_say_nothing(comment: str) -> None:
    assert said(f"loss = f(x)  {comment}\n") == []


@pytest.mark.parametrize(
    ("word", "meant"),
    [("ignored", "ignore"), ("ignore-fil", "ignore-file"), ("disable", "off"), ("enable", "on"), ("noqa", "ignore")],
)
def test_a_form_that_does_not_exist_counts_for_nothing_and_names_the_nearest(word: str, meant: str) -> None:
    text = f"loss = f(x)  # dllint: {word}[DL301]\n"
    assert (allowed(text), said(text), why(text)) == ([], [("", word)], [f"did you mean {meant}?"])


def test_it_stands_beside_other_tools_comments() -> None:
    text = "loss = f(x)  # type: ignore  # dllint: ignore[DL301] reason  # noqa: E501\n"
    assert said(text) == [("ignore", "DL301"), ("noqa", "E501")]


def test_the_reason_the_words_and_the_place_are_kept() -> None:
    (one, _) = Suppressions.of("é = 1\nloss = f(é)  # dllint: ignore[DL301] distilled on purpose # noqa\n").all
    assert (one.line, one.column, one.reason, one.name) == (2, 14, "distilled on purpose", "DL301")
    assert one.written == "# dllint: ignore[DL301] distilled on purpose"


# ------------------------------------------------------------------------- on a statement


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
    assert allowed(text, "DL301") == [1, 4, 5, 6]
    assert allowed(text, "missing-eval") == [2, 4, 5, 6]


def test_a_blank_line_parts_a_comment_from_what_follows() -> None:
    assert allowed("# dllint: ignore\n\nloss = f(x)\n") == []


def test_a_comment_that_covers_nothing_is_still_known() -> None:
    assert why("# dllint: ignore\n\nx = 1\n# dllint: ignore[DL3]\n") == ["no statement follows on the next line"] * 2


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
    assert allowed(text) == [1, 2, 3, 4, 5, 6]


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
    assert allowed(text) == [1, 2, 3]


def test_carriage_returns_and_a_byte_order_mark_do_no_harm() -> None:
    assert allowed("\ufeffx = 1  # dllint: ignore\r\ny = 2\r\n# dllint: ignore\r\nz = 3\r\n") == [1, 3, 4]


def test_a_last_line_without_its_end_counts() -> None:
    assert allowed("y = 2\nx = f(\n  1)  # dllint: ignore") == [2, 3]


# ------------------------------------------------------------------ on a file and on a block


@pytest.mark.parametrize("text", ["# {}\nx = 1\n", "x = 1  # {}\n\n", "x = 1\n\n# {}"])
def test_a_file_is_meant_from_any_place_at_its_top_level(text: str) -> None:
    text = text.format("dllint: ignore-file[DL301] generated")
    assert allowed(text) == list(range(1, text.count("\n") + 2))


@pytest.mark.parametrize("text", ["def f():\n    # {}\n    x = 1\n", "def f():\n    x = 1  # {}\n"])
def test_a_file_is_not_meant_from_inside_a_block(text: str) -> None:
    assert why(text.format("dllint: ignore-file")) == ["it must stand at the top level of the file"]


def test_off_counts_up_to_on() -> None:
    text = """\
    a = 0
    # dllint: off[DL301] an ablation
    b = 1

    def f():
        c = 2
    # dllint: on[DL301]
    d = 3
    """
    assert allowed(text) == [2, 3, 4, 5, 6, 7]


def test_off_without_on_counts_to_the_end_of_its_block() -> None:
    text = """\
    def f():
        # dllint: off
        if a:
            b = 1

        # a comment
        c = 2

    d = 3
    """
    assert allowed(text) == [2, 3, 4, 5, 6, 7, 8]


def test_off_at_the_top_level_counts_to_the_end_of_the_file() -> None:
    assert allowed("a = 0\n# dllint: off\ndef f():\n    b = 1\nc = 2") == [2, 3, 4, 5]


def test_off_at_the_end_of_a_block_counts_for_no_statement() -> None:
    assert allowed("def f():\n    a = 1\n    # dllint: off\nb = 2\n") == [3]


def test_on_ends_what_it_names_and_a_bare_on_ends_all() -> None:
    text = """\
    # dllint: off[DL301, missing-eval]
    a = 1
    # dllint: on[Missing-Eval]
    b = 2
    # dllint: on
    c = 3
    """
    assert allowed(text, "missing-eval") == [1, 2, 3]
    assert allowed(text, "DL301") == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("text", ["# {}\na = 1\n", "# dllint: off[DL401]\n# {}\n", "# dllint: off\n# {}\n"])
def test_on_where_nothing_of_that_name_is_off_is_told(text: str) -> None:
    assert "nothing of that name is off here" in [
        one.why for one in Suppressions.of(text.format("dllint: on[DL301]")).all
    ]


@pytest.mark.parametrize("text", ["a = 1  # {}\n", "a = f(\n    # {}\n    1,\n)\n"])
@pytest.mark.parametrize("form", ["on", "off"])
def test_on_and_off_stand_on_lines_of_their_own(text: str, form: str) -> None:
    assert why(text.format(f"dllint: {form}[DL301]")) == ["it must stand on a line of its own, between statements"]


# ------------------------------------------------------------------------------------ noqa


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("noqa: DL301", ["DL301"]),
        ("NOQA:dl301", ["dl301"]),
        ("noqa: DL301, E501", ["DL301", "E501"]),
        ("noqa: E501 DL301 an ablation", ["E501", "DL301"]),
        ("noqa: missing-eval,DL301", ["missing-eval", "DL301"]),
        ("noqa", [None]),
        ("noqa because", [None]),
        ("noqa:", []),
        ("noqa: because", []),
    ],
)
def test_noqa_names_codes_and_rules(written: str, names: list[str | None]) -> None:
    assert said(f"loss = f(x)  # {written}\n") == [("noqa", name) for name in names]


def test_the_reason_of_a_noqa_stands_behind_its_codes() -> None:
    (one,) = Suppressions.of("loss = f(x)  # noqa: DL301 an ablation\n").all
    assert one.reason == "an ablation"


def test_a_noqa_with_codes_counts_for_the_statement_and_a_bare_one_for_its_line() -> None:
    text = "loss = f(\n    softmax(x),\n    y,{}\n)\n"
    assert allowed(text.format("  # noqa: DL301")) == [1, 2, 3, 4]
    assert allowed(text.format("  # noqa")) == [3]


def test_a_noqa_above_a_statement_counts_for_nothing_as_elsewhere() -> None:
    assert why("# noqa: DL301\nloss = f(x)\n") == ["noqa counts for its own line"]


# ---------------------------------------------------------------------------- whatever a file holds

WORDS = st.sampled_from(
    ["# dllint: off[a]", "# dllint: on", "# dllint: ignore-file", "# noqa: DL301", "# noqa", "x = (", ")", "@d", '"""']
)
TEXTS = st.lists(st.tuples(st.sampled_from(["", "  ", "    ", "\t"]), WORDS | st.text(max_size=8))).map(
    lambda lines: "\n".join("".join(line) for line in lines)
)


@example("0\\\n# noqa: DL301")
@given(TEXTS)
def test_any_text_is_read_in_order_and_what_covers_nothing_says_why(text: str) -> None:
    found = Suppressions.of(text).all
    assert [(one.line, one.column) for one in found] == sorted((one.line, one.column) for one in found)
    assert all(bool(one.why) == (one.first == 0) for one in found)
    assert all(one.first <= one.line <= one.last or one.first > one.line for one in found if one.first)
    assert all(text.count(one.written) for one in found)
