"""Edits made in bytes: what they do not touch stays."""

from __future__ import annotations

import codecs

import pytest

from dllint.findings import Edit, Place
from dllint.fix.apply import applied, together


def edit(line: int, column: int, end_line: int, end_column: int, text: str = "") -> Edit:
    return Edit(Place("a.py", line, column, end_line, end_column), text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_ends_as_before_and_new_ones_as_the_first(end: str) -> None:
    lines = ["a = 1", "b = 2  # two", "", "c = 3"]
    new = applied(end.join(lines).encode(), [edit(2, 1, 2, 1, "x\n"), edit(4, 5, 4, 6, "4")])
    assert new.decode() == end.join(["a = 1", "x", "b = 2  # two", "", "c = 4"])


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_byte_order_mark_is_no_column_and_stays(mark: bytes) -> None:
    assert applied(mark + b"f(x)\n", [edit(1, 1, 1, 2, "gg")]) == mark + b"gg(x)\n"


def test_columns_count_code_points_whatever_the_encoding() -> None:
    text = "# coding: latin-1\né = 'é'; f(x)\n"
    assert applied(text.encode("latin-1"), [edit(2, 10, 2, 11, "g")]) == text.replace("f(", "g(").encode("latin-1")
    assert applied("'😀😀'; f(x)".encode(), [edit(1, 7, 1, 8, "g")]) == "'😀😀'; g(x)".encode()


def test_a_form_feed_ends_no_line() -> None:
    assert applied(b"a\x0cb\nc\n", [edit(2, 1, 2, 2, "d")]) == b"a\x0cb\nd\n"


def test_edits_in_any_order_make_one_file() -> None:
    assert applied(b"f(g(x), y)\n", [edit(1, 6, 1, 7, ""), edit(1, 3, 1, 5, "")]) == b"f(x, y)\n"


def test_edits_overlap_where_one_changes_what_the_other_does() -> None:
    whole, inner, before = edit(1, 1, 1, 9), edit(1, 3, 1, 5), edit(1, 1, 1, 1, "x")
    assert not together([whole], [inner])
    assert together([whole], [before])
    assert together([inner], [edit(1, 5, 1, 9)])
    assert together([whole], [whole])
    assert not together([whole], [edit(1, 3, 1, 3, "x")])
    assert together([whole], [Edit(Place("b.py", 1, 3, 1, 5), "")])
