"""Products of matrices and their kin."""

from __future__ import annotations

from dllint.shapes.facts import Clash, Facts, changed
from dllint.shapes.pointwise import broadcast
from dllint.values.shape import ANY, SCALAR, Dim, Shape, equal, said


def matmul(facts: Facts) -> Shape:
    """torch.matmul(x, y)."""
    return multiplied(facts.shape("input"), facts.shape("other"))


def multiplied(one: Shape, other: Shape) -> Shape:
    """x @ y. Clash when the inner sizes differ."""
    a, b = one.rank, other.rank
    if a == 0 or b == 0:
        raise Clash("matmul of a number")
    if a == 1 and b == 1:
        _inner(one, other, one.dims[-1], other.dims[-1])
        return SCALAR
    if len(other.dims) >= 2 and one.dims:
        _inner(one, other, one.dims[-1], other.dims[-2])
    elif b == 1 and one.dims:
        _inner(one, other, one.dims[-1], other.dims[-1])
    if b == 1:
        return Shape(one.dims[:-1], one.open) if one.dims else ANY
    if a == 1:
        return Shape((*other.dims[:-2], other.dims[-1]), other.open) if len(other.dims) >= 2 else ANY
    if len(one.dims) < 2 or len(other.dims) < 2:
        return Shape((None, other.dims[-1]), open=True) if other.dims and b is not None and a is not None else ANY
    batch = broadcast(Shape(one.dims[:-2], one.open), Shape(other.dims[:-2], other.open))
    return Shape((*batch.dims, one.dims[-2], other.dims[-1]), batch.open)


def _inner(one: Shape, other: Shape, a: Dim, b: Dim) -> None:
    if equal(a, b) is False:
        raise Clash(f"{one} and {other} cannot be multiplied: {said(a)} against {said(b)}")


def mm(facts: Facts) -> Shape:
    """torch.mm: two matrices."""
    return _of_rank(facts, 2, "mat2")


def bmm(facts: Facts) -> Shape:
    """torch.bmm: two stacks of matrices, one a sample."""
    made = _of_rank(facts, 3, "mat2")
    sizes = [side.dims[0] for side in (facts.shape("input"), facts.shape("mat2")) if side.rank == 3]
    known = next((size for size in sizes if size is not None), None)
    for size in sizes:
        facts.batch(size)
    return changed(made, -3, facts.batch(known)) if made.rank == 3 else made


def _of_rank(facts: Facts, rank: int, name: str) -> Shape:
    sides = (facts.shape("input"), facts.shape(name))
    for side in sides:
        if side.rank not in (None, rank):
            raise Clash(f"{side} has {side.rank} dimensions where {rank} are wanted")
    one, other = (Shape((None,) * (rank - len(side.dims)) + side.dims) for side in sides)
    if rank == 3 and equal(one.dims[0], other.dims[0]) is False:
        raise Clash(f"{one} and {other} are stacks of {said(one.dims[0])} and {said(other.dims[0])} matrices")
    return multiplied(one, other)


def mv(facts: Facts) -> Shape:
    """A matrix and a vector."""
    return multiplied(facts.shape("input"), facts.shape("vec"))


def outer(facts: Facts) -> Shape:
    """Of two vectors."""
    one, other = facts.shape("input"), facts.shape("vec2")
    return Shape((one.dims[0] if one.rank == 1 else None, other.dims[0] if other.rank == 1 else None))


def distances(facts: Facts) -> Shape:
    """cdist: (…, P, M) and (…, R, M) give (…, P, R)."""
    one, other = facts.shape("x1"), facts.shape("x2")
    if len(one.dims) < 2 or len(other.dims) < 2:
        return ANY
    _inner(one, other, one.dims[-1], other.dims[-1])
    batch = broadcast(Shape(one.dims[:-2], one.open), Shape(other.dims[:-2], other.open))
    return Shape((*batch.dims, one.dims[-2], other.dims[-2]), batch.open)


def added(facts: Facts) -> Shape:
    """baddbmm, addmm: the product."""
    first, second = ("batch1", "batch2") if facts.has("batch1") else ("mat1", "mat2")
    return multiplied(facts.shape(first), facts.shape(second))


def einsum(facts: Facts) -> Shape:
    """torch.einsum: letters name sizes. Clash where one letter is two sizes, or names more than there are."""
    text, shapes = facts.constant("equation"), facts.shapes("operands")
    if not isinstance(text, str) or shapes is None or "." in text:
        return ANY
    inputs, arrow, output = text.replace(" ", "").partition("->")
    terms = inputs.split(",")
    if len(terms) != len(shapes):
        raise Clash(f'"{text}" names {len(terms)} tensors, and is given {len(shapes)}')
    sizes: dict[str, Dim] = {}
    for term, shape in zip(terms, shapes, strict=True):
        _read_term(term, shape, sizes, text)
    if not arrow:
        letters = inputs.replace(",", "")
        output = "".join(sorted(letter for letter in set(letters) if letters.count(letter) == 1))
    if not set(output) <= set(sizes):
        raise Clash(f'"{text}" makes a dimension that no tensor has')
    return Shape(tuple(sizes[letter] for letter in output))


def _read_term(term: str, shape: Shape, sizes: dict[str, Dim], text: str) -> None:
    if shape.rank is not None and shape.rank != len(term):
        raise Clash(f'"{text}" names {len(term)} dimensions "{term}" of {shape}')
    if shape.open and len(shape.dims) > len(term):
        raise Clash(f'"{text}" names {len(term)} dimensions "{term}" of {shape}')
    dims = (None,) * (len(term) - len(shape.dims)) + shape.dims
    for letter, size in zip(term, dims, strict=True):
        known = sizes.get(letter)
        if equal(known, size) is False and 1 not in (known, size):
            raise Clash(f'"{text}" gives {letter} two sizes: {said(known)} and {said(size)}')
        if known is None or known == 1:
            sizes[letter] = size
