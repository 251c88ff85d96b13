"""TOML, with the line of a fault as a number."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import Any

_PARSER = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


class NotTOML(Exception):
    """A text that is not TOML: on which line, from 1, and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line = line
        self.why = why


def parsed(text: str) -> dict[str, Any]:
    """The tables of a text. NotTOML."""
    try:
        return _PARSER.loads(text)  # type: ignore[no-any-return]
    except _PARSER.TOMLDecodeError as error:
        said = str(error)
        place = _PLACE.search(said)
        line = int(place[1]) if place and place[1] else text.rstrip().count("\n") + 1
        raise NotTOML(line, _PLACE.sub("", said)) from None
