"""What must be so of a real tensor for each fact that infer has of it: one function a fact, all of them in CLAIMS."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import torch

from dllint.values.kind import Kind
from dllint.values.ranges import Range, span
from dllint.values.term import Operand, Term, alike, unmoved
from dllint.values.value import Step, Tensor

HALF = (torch.float16, torch.bfloat16)
SLACK = 1e-4  # rounding, and the 1e-8 that programs add before a logarithm

Holds = Callable[[torch.Tensor], bool]


class Told(NamedTuple):
    """A tensor as infer sees it, as torch made it, and what a term of the same program stands for in torch."""

    fact: Tensor
    real: torch.Tensor
    operand: Callable[[Operand], torch.Tensor | None]
    others: Sequence[torch.Tensor]  # all that the program made

    def aliases_tracked(self) -> bool:
        """Whether it lies in the memory of something that autograd follows."""
        memory = self.real.untyped_storage().data_ptr()
        return any(one.requires_grad and one.untyped_storage().data_ptr() == memory for one in self.others)


# ---------------------------------------------------------------- kinds


def within(low: float, high: float) -> Holds:
    return lambda y: bool(((y.double() >= low - SLACK) & (y.double() <= high + SLACK)).all())


def whole(y: torch.Tensor) -> bool:
    return bool(((y.double() - y.double().round()).abs() <= SLACK).all())


HOLDS: dict[Kind, Holds] = {
    Kind.RAW: lambda y: y.dtype is not torch.bool,
    Kind.PROBABILITIES: within(0, 1),
    Kind.LOG_PROBABILITIES: within(-math.inf, 0),
    Kind.SIGMOID: within(0, 1),
    Kind.LOG_SIGMOID: within(-math.inf, 0),
    Kind.RELU: within(0, math.inf),
    Kind.TANH: within(-1, 1),
    Kind.ACTIVATION: lambda y: y.dtype is not torch.bool,
    Kind.NORMALISED: within(-1, 1),
    Kind.INDEX: lambda y: whole(y) and within(0, math.inf)(y),
    Kind.BOOLEAN: lambda y: whole(y) and within(0, 1)(y),
    Kind.LOSS: lambda y: y.dtype is not torch.bool,
}
"""Kind → what is true of every tensor of that kind and of every part or rearrangement of one.

A cast keeps a kind (`(x > 0).float()` are booleans still), so it is the numbers that are asked, not the dtype.
"""


def sums_to_one(y: torch.Tensor) -> bool:
    return any(bool(torch.allclose(y.sum(dim), torch.ones_like(y.sum(dim)), atol=SLACK)) for dim in range(y.dim()))


def of_length_one(y: torch.Tensor) -> bool:
    norms = [torch.linalg.vector_norm(y, dim=dim) for dim in range(y.dim())]
    return any(bool(torch.allclose(norm, torch.ones_like(norm), atol=SLACK)) for norm in norms)


def signed(y: torch.Tensor) -> bool:
    return bool((y < 0).any() and (y > 0).any())


FRESH: dict[Kind, Holds] = {
    Kind.PROBABILITIES: sums_to_one,
    Kind.LOG_PROBABILITIES: lambda y: sums_to_one(y.exp()),
    Kind.SIGMOID: lambda y: not sums_to_one(y) and not whole(y),
    Kind.LOG_SIGMOID: lambda y: not sums_to_one(y.exp()) and bool((y < 0).any()),
    Kind.RELU: lambda y: bool((y == 0).any()) and bool((y > 1).any()) and not whole(y),
    Kind.TANH: lambda y: signed(y) and not of_length_one(y),
    Kind.ACTIVATION: lambda y: not sums_to_one(y) and not within(-math.inf, 0)(y),
    Kind.NORMALISED: of_length_one,
    Kind.INDEX: lambda y: not y.is_floating_point() and y.dtype is not torch.bool,
    Kind.BOOLEAN: lambda y: y.dtype is torch.bool,
    Kind.LOSS: lambda y: y.dim() == 0,
}
"""Kind → what is true of what one operation makes of many scores of both signs."""


def kind(told: Told) -> Iterator[str]:
    """The meaning of the numbers."""
    found = told.fact.kind
    if found in HOLDS and not HOLDS[found](told.real):
        yield f"{found.value}, which it is not"
    if found in FRESH and _made_of_scores(told) and not FRESH[found](told.real):
        yield f"{found.value}, made of scores, which it is not"


SQUASHES = ("softmax", "sigmoid", "log_softmax", "logsigmoid")


def _made_of_scores(told: Told) -> bool:
    """Whether one operation made this kind of scores alone, enough of them that nothing is so by chance."""
    match told.fact:
        case Tensor(origin=(Step(text=text),), term=Term(op=op, of=(Term(op="linear") as inner,))) if op != "moved":
            scores = told.operand(inner)
            many = scores is not None and scores.numel() > 100 and bool((scores < -1).any() and (scores > 1).any())
            return "made by" in text and many
        case Tensor(term=Term(op="log" | "exp", of=(Term(op=op, of=(Term(op="linear"), *_)),))) if op in SQUASHES:
            return told.real.numel() > 100
    return False


def sums(told: Told) -> Iterator[str]:
    """That a softmax, or exp of a log_softmax, sums to 1 along its dimension."""
    term, y = told.fact.term, told.real
    dim = term.option("dim")
    if term.op not in ("softmax", "softmin", "log_softmax") or type(dim) is not int or y.dtype in HALF:
        return
    total = (y.exp() if term.op == "log_softmax" else y).double().sum(dim)
    if not torch.allclose(total, torch.ones_like(total), atol=SLACK):
        yield f"{term.op} along {dim}, and does not sum to 1 there"


# ---------------------------------------------------------------- ranges


def range_of(told: Told) -> Iterator[str]:
    """That no number lies outside the range of its term, and that what is a view of a tensor has the range of it."""
    term = told.fact.term
    if told.real.dtype in HALF or taken_on_trust(term):
        return  # ranges are those of float32
    found = span(term)
    if wrong := outside(found, told.real):
        yield f"{term}, in {tuple(found)}, and has {wrong}"
    if term.op in MAY_DO_NOTHING or not term.of:
        return
    source = _joined_with_itself(term.of[0])
    before = told.operand(source)
    if before is not None and rearranged(before, told.real) and not _within(found, span(source)):
        yield f"{term}, in {tuple(found)}, and is a part of what lies in {tuple(span(source))}"


MAY_DO_NOTHING = frozenset(
    {
        *("dropout", "alpha_dropout", "masked_fill", "where", "tril", "triu", "sum", "nansum", "interpolate"),
        *("upsample", "einsum", "masked_scatter", "index_copy", "index_fill", "index_put", "scatter", "scatter_reduce"),
        *(
            "copy",
            "lerp",
            "pad",
            "+",
            "-",
            "*",
            "/",
            "add",
            "sub",
            "mul",
            "div",
            "prod",
            "det",
            "trace",
            "cumprod",
            "logcumsumexp",
        ),
    }
)
"""In eval mode, with a mask that is false all over, of one column, by 1, with 0, or where numbers are turned or put
where they were, they give their argument; a term knows none of this."""


def _joined_with_itself(found: Operand) -> Operand:
    match found:
        case Term(op="joined", of=(first, *rest)) if all(part == first for part in rest):
            return first
    return found


LARGEST = ("max", "amax", "logsumexp")


def taken_on_trust(found: Operand) -> bool:
    """Whether a term subtracts the largest of other numbers, which ranges take for that of the same ones."""
    if not isinstance(found, Term):
        return False
    match found:
        case Term(op="-" | "sub", of=(left, right)) if isinstance(right, Term) and unmoved(right).op in LARGEST:  # type: ignore[union-attr]
            return not any(alike(left, of) for of in unmoved(right).of)  # type: ignore[union-attr]
    return any(taken_on_trust(part) for part in found.of)


def outside(found: Range, numbers: torch.Tensor) -> list[float]:
    """Numbers that lie outside a range by more than torch's own rounding, up to three."""
    x = numbers.detach().double()
    slack = 1e-5 * torch.clamp(x.abs(), min=max(abs(end) for end in (0.1, *found) if math.isfinite(end)))
    wrong = (x < found.low - slack) | (x > found.high + slack)
    if found.low > 0:  # what is above 0 has a logarithm
        wrong |= x <= 0
    found_wrong: list[float] = numbers[wrong][:3].tolist()
    return found_wrong


def rearranged(before: torch.Tensor, after: torch.Tensor) -> bool:
    """Whether torch gave a tensor's memory back, as a view, or its numbers in another order, and surely not by chance.

    What leaves large numbers of both signs as they are does nothing to any.
    """
    if before.dtype != after.dtype or not before.is_floating_point():
        return False
    if before.untyped_storage().data_ptr() == after.untyped_storage().data_ptr():
        return True
    numbers, others = set(before.flatten().tolist()), set(after.flatten().tolist())
    return numbers >= others and len(others) > 8 and min(others) < -1 and max(others) > 1


def _within(inner: Range, outer: Range) -> bool:
    return outer.low <= inner.low and inner.high <= outer.high


# ---------------------------------------------------------------- gradients


def gradient(told: Told) -> Iterator[str]:
    """Whether autograd follows it. Of what infer does not know, it may: being tracked is a claim of views alone."""
    if told.real.requires_grad and not told.fact.tracked:
        yield "not tracked, and autograd follows it"
    if told.fact.tracked and told.real.is_leaf and not told.real.requires_grad and told.aliases_tracked():
        yield "tracked, and torch cut it off"


# ---------------------------------------------------------------- shapes


def shape(told: Told) -> Iterator[str]:
    """The sizes that are known by number, and how many there are. Those known by name stand for any."""
    dims, real = told.fact.shape.dims, tuple(told.real.shape)
    last = real[len(real) - len(dims) :]
    fits = len(dims) <= len(real) if told.fact.shape.open else len(dims) == len(real)
    if not fits or any(type(dim) is int and dim != size for dim, size in zip(dims, last, strict=True)):
        yield f"of shape {told.fact.shape}, and has {real}"


CLAIMS: tuple[Callable[[Told], Iterator[str]], ...] = (kind, sums, range_of, gradient, shape)
"""A new fact of a tensor is a line here."""
