"""How a tensor was computed, as far back as a rule looks."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

LARGEST = 16
"""Operations in one term; of a larger one, those farthest back are forgotten."""

NEAR = 4
"""Operations back from the last that a term that grew too large keeps."""


class Term:
    """One operation on terms and numbers. Leaves have no `of`; `at` is where it stands, `made` tells its passes apart.

    op: the short functional name, "softmax", "relu", "linear", or an operator, "+"; "moved" for the same numbers in
    another order or shape, "?" for what nobody knows. options: the constant arguments, by parameter.
    """

    __slots__ = ("_hash", "at", "made", "of", "op", "options", "size")
    __match_args__ = ("op", "of")
    size: int

    def __init__(
        self,
        op: str,
        of: tuple[Operand, ...] = (),
        options: tuple[tuple[str, object], ...] = (),
        at: object = None,
        made: object = None,
    ) -> None:
        self.size = _size(of)
        if self.size > LARGEST:
            of = tuple(_near(part, NEAR - 1) for part in of)
            self.size = _size(of)
        self.op, self.of, self.options, self.at = op, of, options, at
        self.made = made or object()
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
        """A constant argument; None when there was none, NOWHERE when nobody knows it."""
        return dict(self.options).get(name)


Operand: TypeAlias = "Term | float"


def _size(of: tuple[Operand, ...]) -> int:
    return 1 + sum(part.size for part in of if type(part) is Term)


def _near(part: Operand, depth: int) -> Operand:
    """The last operations of a term; what they were applied to is a leaf that keeps its name alone."""
    if type(part) is not Term or not part.of:
        return part
    of = tuple(_near(inner, depth - 1) for inner in part.of) if depth > 1 else ()
    return Term(part.op, of, part.options, part.at, part.made)


CUT = (("detached", True),)
PART = (("part", True),)
NOWHERE = Term("?")
WEIGHTS = Term("weights")
"""Parameters of a network."""
ITEM = Term("item")
"""What a loop over data gives, or a part of it, as it is."""


_LAYERS = {
    "LogSoftmax": "log_softmax",
    "LeakyReLU": "leaky_relu",
    "divide": "div",
    "true_divide": "div",
    "multiply": "mul",
    "subtract": "sub",
    "absolute": "abs",
    "negative": "neg",
    **dict.fromkeys(("Dropout1d", "Dropout2d", "Dropout3d", "dropout1d", "dropout2d", "dropout3d"), "dropout"),
    **dict.fromkeys(("AlphaDropout", "FeatureAlphaDropout", "feature_alpha_dropout"), "alpha_dropout"),
    **dict.fromkeys(("==", "<", "<=", ">", ">=", "eq", "lt", "le", "gt", "ge"), "compared"),
    **dict.fromkeys(("equal", "less", "less_equal", "greater", "greater_equal"), "compared"),
    **dict.fromkeys(("!=", "ne", "not_equal"), "differing"),
    **dict.fromkeys(("vector_norm", "frobenius_norm"), "norm"),
    "reduce_sum": "sum",
    "reduce_mean": "mean",
    "reduce_max": "amax",
    "reduce_min": "amin",
    "clip_by_value": "clamp",
    "&": "logical_and",
    "|": "logical_or",
    "~": "logical_not",
}


def operation(name: str) -> str:
    """The functional name of a layer, function, method or comparison: LogSoftmax, log_softmax, log_softmax_ are one."""
    return _LAYERS.get(name) or (name.rstrip("_") if name.islower() else name.lower())


MOVES = frozenset(
    {
        *("view", "reshape", "view_as", "reshape_as", "permute", "transpose", "t", "squeeze", "unsqueeze", "flatten"),
        *("unflatten", "expand", "expand_as", "repeat", "movedim", "moveaxis", "swapaxes", "swapdims", "flip", "roll"),
        *("chunk", "split", "unbind", "gather", "index_select", "select", "narrow", "masked_select", "tile", "take"),
        *(
            "sort",
            "msort",
            "rearrange",
            "__getitem__",
            "repeat_interleave",
            "broadcast_to",
            "ravel",
            "fliplr",
            "flipud",
        ),
        *("rot90", "unique", "unique_consecutive", "adjoint", "diagonal", "take_along_dim", "channel_shuffle"),
        "channelshuffle",
        *("cat", "concat", "concatenate", "stack", "hstack", "vstack", "dstack"),
    }
)
"""The same numbers in another order, shape or number."""

PICKS = frozenset({"select", "narrow", "chunk", "split", "unbind", "gather", "index_select", "masked_select", "take"})
"""Some of the numbers alone."""

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
            "positive",
            "variable",
            "conj",
            "to_dense",
        ),
    }
)
"""The same numbers in the same place."""


def moved(found: Term) -> Term:
    """The term of the same numbers in another order or shape."""
    return found if found.op in ("moved", "?") else Term("moved", (found,))


def part(found: Term) -> Term:
    """The term of some of the numbers alone: of two parts of a tensor, nobody says that they are the same."""
    if found.op == "?" or cut_off(found):
        return found
    return Term("moved", found.of if found.op == "moved" else (found,), PART)


def is_part(found: Operand) -> bool:
    """Whether it is some of the numbers of a tensor alone."""
    return type(found) is Term and found.op == "moved" and found.option("part") is not None


def detached(found: Term) -> Term:
    """The term of the same numbers, out of autograd's sight."""
    return Term("moved", found.of if found.op == "moved" else (found,), CUT)


def cut_off(found: Term) -> bool:
    """Whether no gradient flows back through it."""
    return found.options is CUT


def applied(op: str, of: tuple[Operand, ...], options: tuple[tuple[str, object], ...], at: object) -> Term:
    """The term of an operation, the operations that leave numbers as they are folded away."""
    if op in KEEPS and of and type(of[0]) is Term:
        return of[0]
    if op in MOVES and of and type(of[0]) is Term:
        return part(of[0]) if op in PICKS else moved(of[0])
    return Term(op, of, options, at)


SQUASHES = frozenset({"softmax", "sigmoid"})
PUT_OUT = ("put out", True)


def put_out(found: Term) -> Term:
    """The term of what a Keras model puts out: where the last that it does is a squash, that says so."""
    if found.op not in SQUASHES or PUT_OUT in found.options:
        return found
    return Term(found.op, found.of, (*found.options, PUT_OUT), found.at, found.made)


def is_put_out(found: Operand) -> bool:
    """Whether what it is squashed by stands in a Keras model, and it is made of what that puts out."""
    if not isinstance(found, Term):
        return False
    return PUT_OUT in found.options or (found.op not in SQUASHES and any(map(is_put_out, found.of)))


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
    """Whether two terms surely stand for the same numbers, moved or not: one run of one operation made both."""
    mine = identity(unmoved(one))
    return mine is not None and mine == identity(unmoved(other))


def identity(found: Operand) -> object:
    """What two terms share that stand for the same numbers; None where nobody can tell."""
    if type(found) is not Term or found.at is None:
        return None
    return found.at if found.op in ("given", "?", "item") else found.made


CLAMPS = ("clamp", "clip", "clamp_min", "clamp_max")
