"""Cells: whatever the text, columns stay columns."""

from hypothesis import given
from hypothesis import strategies as st

from dllint.report.cells import lay_out, visible, width, wrap

LINES = st.text(st.characters(exclude_characters="\r\n"), max_size=40)


@given(LINES)
def test_a_row_is_as_wide_as_its_glyphs(line: str) -> None:
    row = lay_out(line)
    assert len(row.starts) == len(line) + 1
    assert row.width == width("".join(row.glyphs))


@given(LINES, st.integers(0, 30), st.integers(0, 30))
def test_a_crop_is_no_wider_than_asked(line: str, left: int, room: int) -> None:
    assert width(lay_out(line).crop(left, left + room)) <= room


@given(LINES)
def test_nothing_laid_out_steers_a_terminal(line: str) -> None:
    shown = "".join(lay_out(line).glyphs)
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in shown)


@given(LINES, st.integers(8, 40))
def test_wrapped_lines_fit_and_lose_no_word(text: str, room: int) -> None:
    lines = wrap(text, room)
    assert all(width(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == visible("".join(text.split()))
