"""Patterns of `case`: ast to IR."""

from __future__ import annotations

import ast

from dllint.program import ir
from dllint.program.quick.expressions import EXPRESSIONS, several
from dllint.program.quick.fstring import Unclear
from dllint.program.quick.walk import Walk


def pattern(node: ast.pattern, walk: Walk) -> ir.Pattern:
    """The pattern in the IR; the names it captures are bound in the scope of `walk`."""
    at = len(walk.seen)
    walk.seen.append(node)
    match node:
        case ast.MatchValue(value=value):
            return ir.Pattern(at, "value", [EXPRESSIONS[type(value)](value, walk)], [], [])
        case ast.MatchSingleton(value=value):
            walk.seen.append(node)
            return ir.Pattern(at, "value", [ir.Constant(at + 1, value)], [], [])
        case ast.MatchSequence(patterns=patterns):
            return ir.Pattern(at, "sequence", [], _patterns(patterns, walk), [])
        case ast.MatchStar(name=name):
            return ir.Pattern(at, "star", [], [], _captured(name, walk))
        case ast.MatchOr(patterns=patterns):
            return ir.Pattern(at, "or", [], _patterns(patterns, walk), [])
        case ast.MatchAs(pattern=None, name=None):
            return ir.Pattern(at, "wildcard", [], [], [])
        case ast.MatchAs(pattern=inner, name=name):
            return ir.Pattern(at, "as", [], [pattern(inner, walk)] if inner else [], _captured(name, walk))
        case ast.MatchMapping(keys=keys, patterns=patterns, rest=rest):
            return ir.Pattern(at, "mapping", several(keys, walk), _patterns(patterns, walk), _captured(rest, walk))
        case ast.MatchClass(cls=cls, patterns=patterns, kwd_attrs=named, kwd_patterns=others):
            called = EXPRESSIONS[type(cls)](cls, walk)
            return ir.Pattern(at, "class", [called], _patterns([*patterns, *others], walk), [], list(named))
    raise Unclear(f"a pattern {type(node).__name__}")


def _patterns(nodes: list[ast.pattern], walk: Walk) -> list[ir.Pattern]:
    return [pattern(node, walk) for node in nodes]


def _captured(name: str | None, walk: Walk) -> list[str]:
    if name is None:
        return []
    walk.names.bound.add(name)
    return [name]
