"""Which way a number points that somebody descends, and whether a gradient has a way through it."""

from __future__ import annotations

from dllint.values.term import Operand, Term, unmoved

LIKELIHOODS = frozenset({"log_softmax", "logsigmoid", "log_prob"})
"""The more the better."""
LOSSES = frozenset(
    {
        *("cross_entropy", "crossentropyloss", "nll_loss", "nllloss", "mse_loss", "mseloss", "l1_loss", "l1loss"),
        *("smooth_l1_loss", "smoothl1loss", "huber_loss", "huberloss", "binary_cross_entropy", "bceloss"),
        *("binary_cross_entropy_with_logits", "bcewithlogitsloss"),
    }
)
"""The less the better."""
FLAT = frozenset({"compared", "differing", "argmax", "argmin", "argsort", "round", "floor", "ceil", "sign"})
"""Operations whose results do not change with what they are given, or jump: no gradient goes through."""


def ascends(found: Operand) -> Term | None:
    """What is made worse where this is made small: a likelihood, or a loss with a minus before it. None otherwise.

    Of a sum or a product nobody can tell: a part of it may be meant to grow.
    """
    sign, inner = _signed(found)
    if not isinstance(inner, Term):
        return None
    return inner if (inner.op in LIKELIHOODS and sign > 0) or (inner.op in LOSSES and sign < 0) else None


def _signed(found: Operand) -> tuple[int, Operand]:
    """The sign before a term, and the term without means, sums and numbers that scale it."""
    match unmoved(found):
        case Term(op="neg", of=(inner,)):
            sign, last = _signed(inner)
            return -sign, last
        case (
            Term(op="*" | "mul", of=(float() as by, inner))
            | Term(op="*" | "mul" | "/" | "div", of=(inner, float() as by))
        ):
            sign, last = _signed(inner)
            return (sign if by > 0 else -sign if by < 0 else 0), last
        case Term(op="mean" | "sum", of=(inner,)):
            return _signed(inner)
        case last:
            return 1, last


def flat(found: Operand) -> Term | None:
    """The operation at which every way back through a term ends. None where one may go on."""
    match unmoved(found):
        case Term(op=op) as last if op in FLAT:
            return last
        case Term(op="mean" | "sum" | "neg" | "sqrt" | "abs" | "square" | "variable" | "tensor", of=(inner,)):
            return flat(inner)
        case Term(op="+" | "-" | "*" | "/" | "**" | "logical_not" | "logical_and" | "logical_or", of=of) if of:
            ends = [flat(part) for part in of if isinstance(part, Term)]
            return ends[0] if ends and None not in ends else None
    return None
