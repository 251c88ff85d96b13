"""From the bytes of a file to the IR: decode, parse with libcst, walk once."""

from __future__ import annotations

import libcst as cst

from dllint.program import ir
from dllint.program.literals import TooManyDigits
from dllint.program.parse import parsed
from dllint.program.source import NotParsed
from dllint.program.statements import statements
from dllint.program.text import decode
from dllint.program.walk import Walk


def lower(content: bytes | str) -> ir.Module:
    """The IR of a source file. NotParsed, with one line that says why, for a file that Python could not read."""
    text = decode(content)
    try:
        return parsed(text, lambda tree: module(tree, Walk()))
    except TooManyDigits as error:
        raise NotParsed(text.count("\n", 0, text.find(error.literal)) + 1, str(error)) from None


def module(tree: cst.Module, walk: Walk) -> ir.Module:
    """The IR of a parsed file; `walk.seen` then holds the libcst node of every ordinal."""
    at = walk.ordinal(tree)
    return ir.Module(at, statements(tree.body, walk), frozenset(walk.mentions))
