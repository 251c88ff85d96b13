"""How a tensor was computed, as far back as a rule looks."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

LARGEST = 16
"""Operations in one term; what was computed before them is a leaf."""


class Term:
    """One operation on terms and numbers. Leaves have no `of`; `at` tells one call of an operation from another.

    op: the short functional name, "softmax", "relu", "linear", or an operator, "+"; "moved" for the same numbers in
    another order or shape, "?" for what nobody knows. options: the constant arguments, by parameter.
    """

    __slots__ = ("_hash", "at", "of", "op", "options", "size")
    __match_args__ = ("op", "of")
    size: int

    def __init__(
        self, op: str, of: tuple[Operand, ...] = (), options: tuple[tuple[str, object], ...] = (), at: object = None
    ) -> None:
        self.size = 1 + sum(part.size for part in of if type(part) is Term)
        if self.size > LARGEST:
            of, self.size = (), 1
        self.op, self.of, self.options, self.at = op, of, options, at
        self._hash = hash((op, at, of))

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return (
            type(other) is Term
            and self._hash == other._hash
            and (self.op, self.at, self.of, self.options) == (other.op, other.at, other.of, other.options)
        )

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"{self.op}({', '.join(map(repr, self.of))})" if self.of else self.op

    def option(self, name: str) -> object:
        """A constant argument, None when there was none or nobody knows it."""
        return dict(self.options).get(name)


Operand: TypeAlias = "Term | float"
NOWHERE = Term("?")


_LAYERS = {
    "LogSoftmax": "log_softmax",
    "LeakyReLU": "leaky_relu",
    **dict.fromkeys(("Dropout1d", "Dropout2d", "Dropout3d", "dropout1d", "dropout2d", "dropout3d"), "dropout"),
    **dict.fromkeys(("AlphaDropout", "FeatureAlphaDropout", "feature_alpha_dropout"), "alpha_dropout"),
}


def operation(name: str) -> str:
    """The functional name of a layer, function or method: LogSoftmax, log_softmax and log_softmax_ are one."""
    return _LAYERS.get(name) or (name.rstrip("_") if name.islower() else name.lower())


MOVES = frozenset(
    {
        *("view", "reshape", "view_as", "reshape_as", "permute", "transpose", "t", "squeeze", "unsqueeze", "flatten"),
        *("unflatten", "expand", "expand_as", "repeat", "movedim", "moveaxis", "swapaxes", "swapdims", "flip", "roll"),
        *("chunk", "split", "unbind", "gather", "index_select", "select", "narrow", "masked_select", "tile", "take"),
        *("sort", "rearrange", "__getitem__", "unfold", "repeat_interleave", "broadcast_to", "ravel"),
    }
)
"""The same numbers in another order, shape or number."""

KEEPS = frozenset(
    {
        *(
            "to",
            "float",
            "double",
            "half",
            "bfloat16",
            "type",
            "type_as",
            "cpu",
            "cuda",
            "contiguous",
            "clone",
            "numpy",
        ),
        *(
            "detach",
            "requires_grad",
            "requires_grad_",
            "retain_grad",
            "identity",
            "data",
            "real",
            "pin_memory",
            "alias",
        ),
    }
)
"""The same numbers in the same place."""


def moved(found: Term) -> Term:
    """The term of the same numbers in another order or shape."""
    return found if found.op in ("moved", "?") else Term("moved", (found,))


def applied(op: str, of: tuple[Operand, ...], options: tuple[tuple[str, object], ...], at: object) -> Term:
    """The term of an operation, the operations that leave numbers as they are folded away."""
    if op in KEEPS and of and type(of[0]) is Term:
        return of[0]
    if op in MOVES and of and type(of[0]) is Term:
        return moved(of[0])
    return Term(op, of, options, at)


@lru_cache(maxsize=1 << 14)
def cut(found: Term, depth: int = 2) -> Term:
    """The last operations alone, whichever call of them it was: what a network that is given it may know of it."""
    if found is NOWHERE or depth == 0:
        return NOWHERE
    of = tuple(cut(part, depth - 1) if type(part) is Term else part for part in found.of)
    return Term(found.op, of, found.options)


def unmoved(found: Operand) -> Operand:
    """What was moved, where something was."""
    return found.of[0] if type(found) is Term and found.op == "moved" and found.of else found


def alike(one: Operand, other: Operand) -> bool:
    """Whether two terms surely stand for the same numbers, moved or not."""
    one, other = unmoved(one), unmoved(other)
    return type(one) is Term and one.at is not None and one == other


SUMS = ("sum", "scatter_add", "scatter_sum")


def softmax_by_hand(top: Operand, bottom: Operand) -> bool:
    """Whether top / bottom is an exponential over its own sum along a dimension or over groups."""
    match unmoved(top), unmoved(bottom):
        case Term(op="exp") as exponential, Term(op=op, of=(summed, *_)) as total if op in SUMS:
            return alike(exponential, summed) and (op != "sum" or total.option("dim") is not None)
    return False
