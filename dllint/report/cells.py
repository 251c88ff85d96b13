"""Text as a terminal lays it out: in cells, of which a code point takes none, one or two."""

from __future__ import annotations

import unicodedata

from dllint.plain import plain

TAB = 4
"""Cells between tab stops, as most editors show Python."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@plain
class Row:
    """A line of source in cells. starts: the cell where each code point starts, and last the width of the line."""

    glyphs: tuple[str, ...]
    starts: tuple[int, ...]

    @property
    def width(self) -> int:
        return self.starts[-1]

    def cell(self, column: int) -> int:
        """Cell of a 1-based column; past the end, the cell after the line."""
        return self.starts[min(max(column, 1), len(self.starts)) - 1]

    def crop(self, left: int, right: int) -> str:
        """The glyphs that lie whole between two cells; a glyph that is cut leaves a blank, so columns stay."""
        shown = []
        for glyph, start, end in zip(self.glyphs, self.starts, self.starts[1:], strict=False):
            if left <= start and end <= right:
                shown.append(glyph)
            else:
                shown.append(" " * max(0, min(end, right) - max(start, left)))
        return "".join(shown)


def lay_out(line: str) -> Row:
    """A line of source in cells: tabs become blanks, and what would steer the terminal becomes visible."""
    glyphs, starts, at = [], [0], 0
    for char in line:
        glyph = " " * (TAB - at % TAB) if char == "\t" else visible(char)
        glyphs.append(glyph)
        at += len(glyph) if char == "\t" else _cells(glyph)
        starts.append(at)
    return Row(tuple(glyphs), tuple(starts))


def visible(text: str) -> str:
    """The text with control characters and changes of direction shown as pictures: source must not steer a terminal."""
    return text if text.isascii() and text.isprintable() else "".join(map(_picture, text))


def width(text: str) -> int:
    """Cells the text takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def wrap(text: str, room: int) -> list[str]:
    """The text in lines of at most `room` cells, broken between words, and inside a word that is longer alone."""
    room = max(room, 8)
    lines: list[str] = []
    for word in map(visible, text.split()):
        if lines and width(lines[-1]) + 1 + width(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word, room)
    return lines or [""]


def _pieces(word: str, room: int) -> list[str]:
    """A word in pieces of at most `room` cells."""
    pieces = [""]
    for char in word:
        if width(pieces[-1] + char) > room:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _picture(char: str) -> str:
    if char in _BIDI or 0xD800 <= ord(char) <= 0xDFFF or 0x80 <= ord(char) < 0xA0:
        return "\N{REPLACEMENT CHARACTER}"
    if ord(char) < 0x20:
        return chr(0x2400 + ord(char))
    return "\N{SYMBOL FOR DELETE}" if char == "\x7f" else char


def _cells(char: str) -> int:
    if char.isascii():
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
