"""From the bytes of a file to the IR: decode, then one walk over what `ast` parsed, or over what libcst did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.program import ir, quick
from dllint.program.literals import TooManyDigits
from dllint.program.nesting import needs_room
from dllint.program.room import roomy
from dllint.program.source import NotParsed
from dllint.program.text import decode
from dllint.program.walk import Walk

if TYPE_CHECKING:
    import libcst as cst


def lower(content: bytes | str) -> ir.Module:
    """The IR of a source file. NotParsed, with one line that says why, for a file that Python could not read.

    `ast` reads what the running Python does, five times faster; libcst all the rest, and it words the errors.
    """
    text = decode(content)
    quickly = roomy(lambda: quick.lower(text)) if needs_room(text) else quick.lower(text)
    return quickly or lowered_by_libcst(text)


def lowered_by_libcst(text: str) -> ir.Module:
    """The IR as libcst's tree gives it, to which `quick` is held. NotParsed as `lower`."""
    from dllint.program.parse import parsed  # with libcst, which most runs do without

    try:
        return parsed(text, lambda tree: module(tree, Walk()))
    except TooManyDigits as error:
        raise NotParsed(text.count("\n", 0, text.find(error.literal)) + 1, str(error)) from None


def module(tree: cst.Module, walk: Walk) -> ir.Module:
    """The IR of a parsed file; `walk.seen` then holds the libcst node of every ordinal."""
    from dllint.program.statements import statements

    at = walk.ordinal(tree)
    return ir.Module(at, statements(tree.body, walk), frozenset(walk.mentions))
