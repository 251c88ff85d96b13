"""Where the strings of a JSON text stand in it, character by character, however it is laid out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from dllint.plain import plain

_decoded = json.JSONDecoder().raw_decode
_GAP = re.compile(r"[\s,:]*")
_CHARACTER = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]")


@plain
class Written:
    """A string of a JSON text: what it says, and the offset of its first character there, behind the quote."""

    text: str
    start: int

    def offset(self, json_text: str, index: int) -> int:
        """Where one of its characters begins in the JSON text; for its length, where the closing quote is."""
        at = self.start
        if "\\" not in json_text[at : at + index]:
            return at + index
        for _ in range(index):
            character = _CHARACTER.match(json_text, at)
            assert character is not None
            at = character.end()
        return at


def members(text: str, at: int) -> dict[str, int]:
    """The keys of the object that begins at an offset of a sound JSON text, each with where its value begins."""
    found = {}
    at = _beyond(text, at + 1)
    while text[at] != "}":
        key, at = _decoded(text, at)
        found[key] = at = _beyond(text, at)
        at = _beyond(text, _decoded(text, at)[1])
    return found


def items(text: str, at: int) -> Iterator[int]:
    """Where the items begin of the list that begins at an offset of a sound JSON text."""
    at = _beyond(text, at + 1)
    while text[at] != "]":
        yield at
        at = _beyond(text, _decoded(text, at)[1])


def strings(text: str, at: int) -> list[Written]:
    """The string that begins at an offset of a sound JSON text, or those of the list that does."""
    places = [at] if text[at] == '"' else list(items(text, at))
    return [Written(_decoded(text, place)[0], place + 1) for place in places]


def _beyond(text: str, at: int) -> int:
    """The first offset that holds neither white space nor a comma or a colon."""
    gap = _GAP.match(text, at)
    assert gap is not None
    return gap.end()
