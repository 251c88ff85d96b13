"""The three parts of a message."""

from __future__ import annotations

from typing import NamedTuple


class Parts(NamedTuple):
    """What is known, why it hurts, what to write instead; a part that a message lacks is ""."""

    known: str
    why: str
    fix: str


def parts(message: str) -> Parts:
    """A message at its "; ". Of more than three parts those in the middle are the why; of two the second is."""
    match message.split("; "):
        case [known, why]:
            return Parts(known, why, "")
        case [known, *why, fix]:
            return Parts(known, "; ".join(why), fix)
    return Parts(message, "", "")
