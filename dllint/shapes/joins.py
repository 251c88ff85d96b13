"""Several tensors in one, and new tensors."""

from __future__ import annotations

from dllint.shapes.facts import Clash, Facts, Function, changed, number, place
from dllint.shapes.moves import inserted
from dllint.values.shape import ANY, Dim, Shape, equal


def cat(facts: Facts) -> Shape:
    """torch.cat: the sizes along one dimension are summed, all others must agree."""
    shapes = facts.shapes("tensors")
    dim = facts.constant("dim")
    if not isinstance(dim, int):
        return ANY
    if not shapes:
        return _without_size(facts.each("tensors"), dim)
    shapes = [shape for shape in shapes if shape != Shape((0,))]  # an empty tensor is passed over
    if not shapes or any(shape.open for shape in shapes):
        return _of_unknown_rank(shapes, dim)
    first = shapes[0]
    where = place(first, dim)
    if where is None:
        raise Clash("numbers cannot be joined: they have no dimensions")
    whole: list[Dim] = list(first.dims)
    for shape in shapes[1:]:
        if shape.rank != first.rank:
            raise Clash(f"{first} and {shape} cannot be joined: {first.rank} dimensions against {shape.rank}")
        _join(whole, shape, where, first)
    return Shape(tuple(whole))


def _join(whole: list[Dim], shape: Shape, where: int, first: Shape) -> None:
    for index, (a, b) in enumerate(zip(whole, shape.dims, strict=True)):
        if index == where + len(whole):
            whole[index] = a + b if isinstance(a, int) and isinstance(b, int) else None
        elif equal(a, b) is False:
            raise Clash(f"{first} and {shape} cannot be joined along dimension {where}: they differ elsewhere too")
        elif a is None:
            whole[index] = b


def _of_unknown_rank(shapes: list[Shape], dim: int) -> Shape:
    """Where only the last dimensions are known."""
    length = min((len(shape.dims) for shape in shapes), default=0)
    if dim >= 0 or not length or -dim > length:
        return ANY
    whole: list[Dim] = list(shapes[0].dims[len(shapes[0].dims) - length :])
    for shape in shapes[1:]:
        _join(whole, Shape(shape.dims[len(shape.dims) - length :]), dim, shapes[0])
    return Shape(tuple(whole), open=True)


def _without_size(shape: Shape, dim: int) -> Shape:
    """Of so many of one shape that nobody knows how long the whole is."""
    where = place(shape, dim)
    return changed(shape, where, None) if where is not None else ANY


def stack(facts: Facts) -> Shape:
    """torch.stack: a new dimension; all shapes must be the same."""
    shapes, dim = facts.shapes("tensors"), number(facts, "dim")
    if dim is None:
        return ANY
    if not shapes:
        return inserted(facts.each("tensors"), dim, None)
    first = shapes[0]
    for shape in shapes[1:]:
        if first.rank is not None and shape.rank is not None:
            differ = first.rank != shape.rank or any(
                equal(a, b) is False for a, b in zip(first.dims, shape.dims, strict=True)
            )
            if differ:
                raise Clash(f"{first} and {shape} cannot be stacked")
        if shape != first:
            return ANY
    return inserted(first, dim, len(shapes))


def beside(facts: Facts) -> Shape:
    """hstack: along the second dimension, of vectors the first."""
    return _along(facts, 1, 1)


def above(facts: Facts) -> Shape:
    """vstack: along the first of at least two dimensions."""
    return _along(facts, 0, 2)


def behind(facts: Facts) -> Shape:
    """dstack: along the third of at least three dimensions."""
    return _along(facts, 2, 3)


def _along(facts: Facts, dim: int, least: int) -> Shape:
    shapes = facts.shapes("tensors")
    if not shapes or any(shape.open for shape in shapes) or len({shape.rank for shape in shapes}) > 1:
        return ANY
    raised = [_raised(shape, least) for shape in shapes]
    whole: list[Dim] = list(raised[0].dims)
    where = (dim if len(whole) > dim else 0) - len(whole)
    for shape in raised[1:]:
        _join(whole, shape, where, raised[0])
    return Shape(tuple(whole))


def _raised(shape: Shape, least: int) -> Shape:
    """A shape of at least so many dimensions, as atleast_2d and atleast_3d make it."""
    dims = shape.dims
    if not dims:
        return Shape((1,) * least)
    if least >= 2 and len(dims) == 1:
        dims = (1, *dims)
    return Shape((*dims, 1) if least == 3 and len(dims) == 2 else dims)


def sized(name: str) -> Function:
    """zeros(*size) and its kin."""

    def made(facts: Facts) -> Shape:
        sizes = facts.sizes(name)
        return ANY if sizes is None else Shape(sizes)

    return made


def counted(facts: Facts) -> Shape:
    """arange: so many numbers."""
    start, end, step = (number(facts, name) for name in ("start", "end", "step"))
    if facts.has("end") or not facts.has("start"):
        sizes = facts.sizes("end")
        if start in (0, None) and not facts.has("start") and step in (1, None) and sizes:
            return Shape((sizes[0],))
        known = start is not None and end is not None and step
        return Shape((len(range(start, end, step)),)) if known else Shape((None,))  # type: ignore[arg-type]
    return Shape((start,))


def spaced(facts: Facts) -> Shape:
    """linspace."""
    sizes = facts.sizes("steps")
    return Shape((sizes[0] if sizes else None,))


def identity(facts: Facts) -> Shape:
    """eye."""
    rows = facts.sizes("n")
    columns = facts.sizes("m") if facts.has("m") else rows
    return Shape((rows[0] if rows else None, columns[0] if columns else None))


def literal(facts: Facts) -> Shape:
    """torch.tensor of nested lists of numbers."""
    shape = of_numbers(facts.constant("data"))
    return facts.shape("data") if shape is None else shape


def old_literal(facts: Facts) -> Shape:
    """torch.LongTensor of nested lists of numbers, or of sizes."""
    given = facts.constant("args")
    if isinstance(given, tuple) and given and all(type(size) is int for size in given):
        return Shape(given)
    found = of_numbers(given[0]) if isinstance(given, tuple) and len(given) == 1 else None
    return ANY if found is None else found


def of_numbers(data: object) -> Shape | None:
    """The shape of nested lists of numbers; None of anything else."""
    dims: list[Dim] = []
    while isinstance(data, (list, tuple)):
        dims.append(len(data))
        if not data:
            break
        data = data[0]
    return Shape(tuple(dims)) if isinstance(data, (int, float, bool, list, tuple)) else None


def one_hot(facts: Facts) -> Shape:
    """One more dimension: the classes."""
    classes = number(facts, "num_classes")
    shape = facts.shape("tensor")
    return Shape((*shape.dims, classes if classes is not None and classes > 0 else None), shape.open)


def embedded(facts: Facts) -> Shape:
    """nn.Embedding: one more dimension."""
    sizes = facts.sizes("embedding_dim")
    shape = facts.shape("input")
    return Shape((*shape.dims, sizes[0] if sizes else None), shape.open)


def embedded_by(facts: Facts) -> Shape:
    """F.embedding(input, weight)."""
    shape, weight = facts.shape("input"), facts.shape("weight")
    return Shape((*shape.dims, weight.dims[-1] if weight.dims else None), shape.open)


def with_last(shape: Shape, size: Dim) -> Shape:
    """The shape with another last dimension."""
    return changed(shape, -1, size) if shape.dims else Shape((size,), open=True, squeezed=shape.squeezed)
