"""Patterns of `case`: libcst to IR."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from dllint.program import ir
from dllint.program.expressions import expression
from dllint.program.literals import identifier
from dllint.program.walk import Walk


def pattern(node: cst.CSTNode, walk: Walk) -> ir.Pattern:
    """The pattern in the IR; the names it captures are bound in the scope of `walk`."""
    at = walk.ordinal(node)
    match node:
        case cst.MatchValue() | cst.MatchSingleton():
            return ir.Pattern(at, "value", [expression(node.value, walk)], [], [])
        case cst.MatchSequence():
            return ir.Pattern(at, "sequence", [], _parts(node.patterns, walk), [])
        case cst.MatchStar(name=name):
            return ir.Pattern(at, "star", [], [], _captured(name, walk))
        case cst.MatchOr():
            return ir.Pattern(at, "or", [], [pattern(part.pattern, walk) for part in node.patterns], [])
        case cst.MatchAs(pattern=None, name=None):
            return ir.Pattern(at, "wildcard", [], [], [])
        case cst.MatchAs(pattern=inner, name=name):
            return ir.Pattern(at, "as", [], [pattern(inner, walk)] if inner else [], _captured(name, walk))
        case cst.MatchMapping():
            return _mapping(node, at, walk)
        case cst.MatchClass():
            return _class(node, at, walk)
    raise TypeError(f"no pattern: {type(node).__name__}")


def _parts(nodes: Sequence[cst.MatchSequenceElement | cst.MatchStar], walk: Walk) -> list[ir.Pattern]:
    return [pattern(node if isinstance(node, cst.MatchStar) else node.value, walk) for node in nodes]


def _captured(name: cst.Name | None, walk: Walk) -> list[str]:
    if name is None:
        return []
    captured = identifier(name.value)
    walk.names.bound.add(captured)
    return [captured]


def _mapping(node: cst.MatchMapping, at: int, walk: Walk) -> ir.Pattern:
    keys = [expression(element.key, walk) for element in node.elements]
    parts = [pattern(element.pattern, walk) for element in node.elements]
    return ir.Pattern(at, "mapping", keys, parts, _captured(node.rest, walk))


def _class(node: cst.MatchClass, at: int, walk: Walk) -> ir.Pattern:
    """Positional parts first, then those of `keys`, in their order."""
    cls = expression(node.cls, walk)
    parts = _parts(node.patterns, walk) + [pattern(keyword.pattern, walk) for keyword in node.kwds]
    return ir.Pattern(at, "class", [cls], parts, [], [identifier(keyword.key.value) for keyword in node.kwds])
