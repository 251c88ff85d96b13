"""Operations that make one number of many along some dimensions."""

from __future__ import annotations

from dllint.shapes.facts import UNKNOWN, Facts, changed, flag, number, place
from dllint.shapes.pointwise import broadcast
from dllint.values.shape import ANY, SCALAR, Dim, Shape


def reduced(facts: Facts, of: str = "input") -> Shape:
    """sum, mean, var, norm, argmax: without `dim`, which may be several or all, or with 1 in its place."""
    return without(facts.shape(of), facts.constant("dim"), flag(facts, "keepdim"))


def without(shape: Shape, dim: object, keep: bool | None) -> Shape:
    """The shape with some dimensions made one number."""
    if keep is None or dim is UNKNOWN:
        return ANY
    if dim is None or dim == ():
        return SCALAR if not keep else Shape((1,) * len(shape.dims), shape.open)
    places = [place(shape, d) for d in (dim if isinstance(dim, (tuple, list)) else (dim,))]
    if shape == SCALAR:
        return shape
    if None in places:
        return ANY if not keep else Shape((None,) * len(shape.dims), shape.open)
    gone = {where + len(shape.dims) for where in places if where is not None}
    kept: list[Dim] = [1 if index in gone else size for index, size in enumerate(shape.dims)]
    return Shape(tuple(size for i, size in enumerate(kept) if keep or i not in gone), shape.open)


def counted(facts: Facts) -> Shape:
    """count_nonzero, which keeps no dimension."""
    return without(facts.shape("input"), facts.constant("dim"), keep=False)


def at_quantile(facts: Facts) -> Shape:
    """quantile of one number."""
    return reduced(facts) if isinstance(facts.constant("q"), float) else ANY


def distance(facts: Facts) -> Shape:
    """pairwise_distance: of the last dimension."""
    return without(broadcast(facts.shape("x1"), facts.shape("x2")), -1, flag(facts, "keepdim"))


def matrix_norm(facts: Facts) -> Shape:
    """linalg.matrix_norm: of the last two dimensions."""
    shape = facts.shape("A" if facts.has("A") else "input")
    return without(shape, facts.constant("dim"), flag(facts, "keepdim"))


def of_matrices(facts: Facts) -> Shape:
    """det: one number of each matrix."""
    shape = facts.shape("input")
    return Shape(shape.dims[:-2], shape.open)


def along(facts: Facts) -> Shape:
    """max(x, dim), median, mode, kthvalue: values and indices alike, of one dimension; of all where none is named."""
    if facts.has("dim"):
        return reduced(facts)
    return broadcast(facts.shape("input"), facts.shape("other")) if facts.has("other") else SCALAR


def last_by_default(facts: Facts) -> Shape:
    """kthvalue, mode, cummax's kin: of the last dimension where none is named."""
    dim = facts.constant("dim")
    return without(facts.shape("input"), -1 if dim is None else dim, flag(facts, "keepdim"))


def top(facts: Facts) -> Shape:
    """topk: k of one dimension."""
    shape = facts.shape("input")
    dim = facts.constant("dim")
    where = place(shape, -1 if dim is None else dim)
    sizes = facts.sizes("k")
    return ANY if where is None else changed(shape, where, sizes[0] if sizes else None)


def similarity(facts: Facts) -> Shape:
    """cosine_similarity of two tensors that are broadcast."""
    return without(broadcast(facts.shape("x1"), facts.shape("x2")), facts.constant("dim"), keep=False)


def loss(facts: Facts) -> Shape:
    """One number, unless the reduction is none: then as many as a pointwise loss has."""
    reduction = facts.constant("reduction")
    if facts.constant("reduce") is not None or facts.constant("size_average") is not None:
        return ANY  # of old, in place of `reduction`
    if reduction in ("mean", "sum", "batchmean"):
        return SCALAR
    return ANY


def drawn(facts: Facts) -> Shape:
    """multinomial: so many samples of each row."""
    return changed(facts.shape("input"), -1, number(facts, "num_samples")) if facts.shape("input").dims else ANY
