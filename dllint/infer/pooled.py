"""One number for a whole batch where each sample has its own: a mean that is taken before samples are weighted, and a
norm that is taken along the samples before they are compared with one another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dllint.api.entry import Function as Entry
from dllint.events import Pooled
from dllint.findings import Confidence
from dllint.infer import batches, terms
from dllint.values.kind import Kind
from dllint.values.shape import SCALAR
from dllint.values.term import Operand, Term, is_part, operation
from dllint.values.value import BatchKey, Const, ForwardKey, Site, Step, Tensor, Unknown, Value, deps

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

REDUCES = frozenset({"mean", "sum"})
PASSES = frozenset(
    {"+", "-", "*", "/", "**", "pow", "clamp", "clamp_min", "relu", "sqrt", "square", "sub", "add", "mul", "div", "neg"}
)
"""Operations on one number that leave one number."""
EACH = PASSES | {"item", "float", "compared", "differing", "logical_not", "logical_and", "logical_or", "long", "int"}
"""Operations on the items of a batch that leave a number of each."""
DEEPEST = 6


def multiplied(m: Machine, left: Value, right: Value, product: Term, site: Site) -> None:
    """Remember a product of one number for a batch with a number of each sample."""
    for one, other in ((left, right), (right, left)):
        if type(one) is Tensor and one.shape == SCALAR and _of_each(m, other):
            what = _whole(one)
            if what is not None:
                m.pooled[product.made] = (what, site)


def _whole(one: Tensor) -> Step | None:
    """Where a number for all samples of a batch was made, by a loss or a norm; None of any other."""
    if not any(type(key) is ForwardKey for key in one.deps):
        return None
    if one.kind is Kind.LOSS and one.origin:
        return one.origin[0]
    found: Operand = one.term
    while type(found) is Term and found.op in PASSES:
        inner = [part for part in found.of if type(part) is Term]
        if len(inner) != 1:
            return None
        found = inner[0]
    if type(found) is Term and found.op == "norm" and isinstance(found.at, Site):
        return Step(found.at, "norm gives one number for the whole batch")
    return None


def _of_each(m: Machine, value: Value) -> bool:
    """Whether a value surely holds a number of each sample that a loop over data gives."""
    if not any(type(key) is BatchKey for key in deps(value)) or any(type(key) is ForwardKey for key in deps(value)):
        return False
    if type(value) is Unknown:
        return batches.is_item(m, value) or value.ident in m.each
    return type(value) is Tensor and _is_each(terms.operand(m, value), DEEPEST)


def _is_each(found: Operand, depth: int) -> bool:
    if type(found) is not Term or is_part(found) or found.op not in EACH or not depth:
        return False
    return found.op == "item" or any(_is_each(part, depth - 1) for part in found.of)


def computed(m: Machine, left: Value, right: Value, made: Unknown) -> None:
    """Arithmetic on an item of a batch and a number leaves a number of each sample: `1 - label`."""
    one, other = (right, left) if type(left) is Const else (left, right)
    if type(other) is Const and made.ident is not None and _of_each(m, one):
        m.each.add(made.ident)


def reduced(m: Machine, entry: Entry, value: Value, site: Site) -> None:
    """Write down that such a product becomes one number: it was one times the mean, or the sum, of the other side."""
    if type(value) is not Tensor or m.tried or site.file in m.tests:
        return
    for made, at in filter(None, map(m.pooled.get, _factors(value.term, DEEPEST))):
        # Likely: what a batch holds may be one number for all of it, as a rate by which two batches are mixed.
        sure = Confidence.POSSIBLE if m.assumed or m.conditions else Confidence.LIKELY
        m.note(Pooled(made, operation(entry.short), m.where(at), sure))


def _factors(found: Operand, depth: int) -> Iterator[object]:
    """What identifies the terms that are added up."""
    if type(found) is Term and depth:
        yield found.made
        if found.op in PASSES:
            for part in found.of:
                yield from _factors(part, depth - 1)


# ---------------------------------------------------------------- along the samples

PRODUCTS = frozenset({"matmul", "mm"})


def paired(m: Machine, left: Value, right: Value, site: Site) -> None:
    """Write down that `z @ z.T` multiplies rows with one another that are normalised along the samples."""
    if type(left) is not Tensor or type(right) is not Tensor or m.tried or site.file in m.tests:
        return
    other = right.term.of[0] if right.term.op == "moved" and right.term.of else None
    at = _along_samples(left.term)
    if at is None or _along_samples(other) is None or not any(type(key) is ForwardKey for key in left.deps):
        return
    sure = Confidence.POSSIBLE if m.assumed or m.conditions else Confidence.CERTAIN
    m.note(Pooled(Step(at, "each column gets length 1"), "product", m.where(site), sure))


def _along_samples(found: Operand | None) -> Site | None:
    """Where what a network makes was divided by its norm along dimension 0; None of anything else."""
    if type(found) is Term and found.op in ("/", "div") and len(found.of) == 2:
        found = found.of[1]
        return _at(found) if type(found) is Term and found.op == "norm" else None
    return _at(found) if type(found) is Term and found.op == "normalize" else None


def _at(found: Term) -> Site | None:
    along = type(found.option("dim")) is int and found.option("dim") == 0
    return found.at if along and isinstance(found.at, Site) else None
