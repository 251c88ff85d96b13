"""What True stands for in a mask of attention: a place that takes part, or one that is left out."""

from __future__ import annotations

from collections.abc import Collection

from dllint.values.term import Operand, Term, identity, unmoved

FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
OPPOSITE = {"<": ">=", ">": "<=", "<=": ">", ">=": "<", "==": "!=", "!=": "=="}
SIGNS = {"eq": "==", "ne": "!=", "not_equal": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


def attends(found: Operand, tokens: Collection[object]) -> bool | None:
    """Whether True in a mask stands for what takes part: a token, a place that is not ahead. None: nobody can tell.

    tokens: identities of what an embedding is given.
    """
    match unmoved(found):
        case Term(op="logical_not", of=(inner,)):
            return _opposite(attends(inner, tokens))
        case Term(op="logical_and" | "logical_or" as op, of=of):
            senses = {attends(part, tokens) for part in of}
            return op == "logical_and" if senses == {op == "logical_and"} else None
        case Term(op="bool", of=(inner,)):
            return _triangle(inner)
        case Term(op="tril" | "triu", of=(inner, *_)) as triangle if _of_booleans(inner):
            return _triangle(triangle)
        case Term(op="compared" | "differing", of=(left, right)) as comparison:
            return _compared(_sign(comparison), left, right, tokens)
    return None


def _opposite(sense: bool | None) -> bool | None:
    return None if sense is None else not sense


def _sign(comparison: Term) -> str:
    by = str(comparison.option("by"))
    return "!=" if comparison.op == "differing" else SIGNS.get(by, by)


def _compared(sign: str, left: Operand, right: Operand, tokens: Collection[object]) -> bool | None:
    """The sense of a comparison of tokens with a number, of a triangle with 0 or 1, of positions with lengths."""
    if not isinstance(left, Term):
        return _compared(FLIPPED.get(sign, ""), right, left, tokens) if isinstance(right, Term) else None
    if isinstance(right, Term):
        return _before(sign, left, right)
    if (triangle := _triangle(left)) is not None:
        return {("==", 1.0): triangle, ("==", 0.0): not triangle, ("!=", 0.0): triangle}.get((sign, right))
    if sign in ("==", "!=") and _are_tokens(left, right, tokens):
        return sign == "!="
    return None


def _are_tokens(found: Term, number: float, tokens: Collection[object]) -> bool:
    """Whether what is compared with a number is tokens, not flags: an embedding is given it, or no flag is so large."""
    last = unmoved(found)
    return identity(last) in tokens or (number not in (0.0, 1.0) and getattr(last, "op", "") in ("item", "given"))


def _before(sign: str, left: Term, right: Term) -> bool | None:
    """The sense of `arange(T)[None] < lengths[:, None]`: a position before the end of its sequence takes part."""
    one, other = (_is_positions(side) for side in (left, right))
    if one == other:
        return None
    if other:
        sign = FLIPPED.get(sign, "")
    lengths = right if one else left
    if lengths.op not in ("moved", "item", "?"):
        return None
    return {"<": True, "<=": True, ">=": False, ">": False}.get(sign)


def _is_positions(side: Term) -> bool:
    """Whether it counts places along the last dimension, beside a dimension of samples."""
    return getattr(unmoved(side), "op", "") == "arange"


def _triangle(found: Operand) -> bool | None:
    """Whether the ones of a triangle of ones stand for places that are not ahead; None of anything else.

    An upper one with its diagonal may be meant to be transposed.
    """
    match unmoved(found):
        case Term(op="tril", of=(ones, *_)) as lower if _are_ones(ones):
            return True if lower.option("diagonal") in (None, 0) else None
        case Term(op="triu", of=(ones, *_)) as upper if _are_ones(ones):
            return False if upper.option("diagonal") == 1 else None
    return None


def _are_ones(found: Operand) -> bool:
    last = unmoved(found)
    return isinstance(last, Term) and last.op in ("ones", "ones_like", "new_ones", "full")


def _of_booleans(found: Operand) -> bool:
    last = unmoved(found)
    return isinstance(last, Term) and last.option("dtype") == "torch.bool"
