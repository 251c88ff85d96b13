"""Edits made: all else in the file stays as it was, byte by byte."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from dllint.findings import Edit
from dllint.program.text import encoding

_END = re.compile(r"\r\n|\r|\n")


def applied(content: bytes, edits: Iterable[Edit]) -> bytes:
    """A file with edits made that do not overlap. Lines they add end as the file's first line does."""
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    codec = encoding(content)
    text = content.removeprefix(mark).decode(codec)
    ends = list(_END.finditer(text))
    starts = [0, *(end.end() for end in ends)]
    newline = ends[0][0] if ends else "\n"
    parts, done = [], 0
    for edit in sorted(edits, key=lambda edit: edit.place):
        place = edit.place
        start, end = starts[place.line - 1] + place.column - 1, starts[place.end_line - 1] + place.end_column - 1
        parts += [text[done:start], edit.text.replace("\n", newline)]
        done = end
    return mark + "".join([*parts, text[done:]]).encode(codec)


def together(edits: Iterable[Edit], others: Iterable[Edit]) -> bool:
    """Whether both can be made: none of these overlaps one of the others, unless it is the same."""
    others = list(others)
    return not any(_overlap(edit, other) for edit in edits for other in others)


def _overlap(one: Edit, other: Edit) -> bool:
    if one == other or one.place.path != other.place.path:
        return False
    (start, end), (begin, stop) = _ends(one), _ends(other)
    return start < stop and begin < end


def _ends(edit: Edit) -> tuple[tuple[int, int], tuple[int, int]]:
    place = edit.place
    return (place.line, place.column), (place.end_line, place.end_column)
