"""From text to the IR by Python's own `ast`, a fifth of the time libcst takes, for what both read alike.

The nodes, their values and their ordinals are those of the libcst walk in `program/statements.py`, `expressions.py`
and `patterns.py`: `tests/program/quick_differential.py` holds the two equal. libcst stays the authority: it words every
error, and reads each file for which `lower` is not certain and returns None.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Collection
from itertools import accumulate

from dllint.program import ir
from dllint.program.quick.fstring import Text, Token, Unclear
from dllint.program.quick.statements import statements
from dllint.program.quick.walk import Walk
from dllint.program.room import uncollected
from dllint.program.source import Span

__all__ = ["UNREAD", "lower", "lowered", "places", "spans", "walked"]

# LookupError: a node of a newer Python that no table here knows.
UNREAD = (SyntaxError, ValueError, LookupError, RecursionError, MemoryError)
_SINGLETONS = frozenset({"None", "True", "False"})
_NAME = re.compile(rb"[\w\x80-\xff]+")


def lower(text: str) -> ir.Module | None:
    """The IR of `text`, or None: libcst must read it."""
    try:
        return lowered(text)[0]
    except UNREAD:
        return None


def lowered(text: str, *, exact: bool = False) -> tuple[ir.Module, Walk]:
    """The IR and the walk that made it. An error of ast's, Unclear or LookupError where `lower` says None."""
    data = text.encode()
    walk = Walk(data, [0, *accumulate(len(line) + 1 for line in data.split(b"\n"))], exact)
    with uncollected(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
        walk.seen.append(tree)
        module = ir.Module(0, statements(tree.body, walk), frozenset(walk.mentions))
    if module.mentions & _SINGLETONS:
        raise Unclear("a name that only NFKC makes a keyword")
    return module, walk


def places(text: str, wanted: Collection[int]) -> dict[int, Span] | None:
    """The span of each wanted ordinal of `lower(text)`, None where that is None. KeyError: an ordinal never given."""
    walk = walked(text)
    return None if walk is None else spans(walk, wanted)


def walked(text: str) -> Walk | None:
    """The walk that `spans` are asked of, None where libcst must read the text."""
    try:
        return lowered(text, exact=True)[1]
    except UNREAD:
        return None


def spans(walk: Walk, wanted: Collection[int]) -> dict[int, Span]:
    """The span of each wanted ordinal. KeyError for an ordinal that the walk never gave.

    As `positions.places`, but a `for` of a comprehension begins at its target and ends before the next one, a `case`
    begins at its pattern.
    """
    if unknown := [at for at in wanted if not 0 <= at < len(walk.seen)]:
        raise KeyError(f"no node {unknown[0]} in this text")
    return {at: walk.span(*_edges(at, walk)) for at in wanted}


def _edges(at: int, walk: Walk) -> tuple[int, int]:
    """Where a node begins and ends, in bytes."""
    match node := walk.seen[at]:
        case Text() | Token():
            return node.start, node.start + len(walk.data[node.start : node.end].rstrip())
        case ast.Module():
            return 0, len(walk.data)
        case ast.arg():  # its stars belong to it, its annotation does not
            start = walk.offset(node)
            star = walk.data.find(b"*", len(walk.data[:start].rstrip(b" \t\f\n\\*")), start)
            name = _NAME.match(walk.data, start)
            return start if star < 0 else star, name.end() if name else walk.end(node)
        case ast.stmt():  # a block that ends in `x;` has the semicolon in its span
            return walk.offset(node), len(walk.data[: walk.end(node)].rstrip(b"; "))
        case ast.expr() | ast.keyword() | ast.alias() | ast.excepthandler() | ast.pattern():
            return walk.offset(node), walk.end(node)
    inner = [part for part in ast.walk(node) if hasattr(part, "lineno")]  # a clause, an item, parameters
    if not inner:  # no parameters: the function's place
        return _edges(at - 1, walk)
    return min(map(walk.offset, inner)), max(map(walk.end, inner))
