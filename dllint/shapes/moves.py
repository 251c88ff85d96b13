"""Operations that move numbers: views, permutations, parts, repetition."""

from __future__ import annotations

from dllint.shapes.facts import UNKNOWN, Clash, Facts, changed, number, place
from dllint.values.shape import ANY, Dim, Shape, equal, product, quotient, said, times


def view(facts: Facts, name: str = "size", of: str = "self") -> Shape:
    """x.view(*sizes), x.reshape(*sizes)."""
    return regrouped(facts.shape(of), facts.sizes(name))


def regrouped(old: Shape, sizes: tuple[Dim, ...] | None) -> Shape:
    """The shape that view gives; one of the sizes may be -1. Clash when the numbers do not fit."""
    if sizes is None:
        return ANY
    total = product(old.dims) if old.known else None
    if -1 not in sizes:
        if equal(total, product(sizes)) is False:
            raise Clash(f"{old} has {said(total)} numbers, and {Shape(sizes)} has {said(product(sizes))}")
        return Shape(sizes)
    free = sizes.index(-1)
    others = product(size for index, size in enumerate(sizes) if index != free)
    if isinstance(total, int) and isinstance(others, int) and others and total % others:
        raise Clash(f"{old} has {total} numbers, which is no multiple of {others}")
    return Shape((*sizes[:free], quotient(total, others), *sizes[free + 1 :]))


def flatten(facts: Facts) -> Shape:
    """torch.flatten, nn.Flatten: the dimensions from start to end become one."""
    shape = facts.shape("input")
    start, end = number(facts, "start_dim"), number(facts, "end_dim")
    if shape.open or start is None or end is None:
        return Shape((None, None)) if start == 1 and end == -1 else Shape((None,)) if start == 0 and end == -1 else ANY
    if not shape.dims:
        return Shape((1,))
    first, last = place(shape, start), place(shape, end)
    assert first is not None
    assert last is not None
    length = len(shape.dims)
    first, last = first + length, last + length
    return Shape((*shape.dims[:first], product(shape.dims[first : last + 1]), *shape.dims[last + 1 :]))


def unflatten(facts: Facts, name: str = "sizes") -> Shape:
    """One dimension becomes several."""
    shape = facts.shape("input")
    where, sizes = place(shape, facts.constant("dim")), facts.sizes(name)
    if where is None or sizes is None:
        return ANY
    return changed(shape, where, *regrouped(Shape((shape.dims[where],)), sizes).dims)


def squeeze(facts: Facts) -> Shape:
    """Without the dimensions of size 1, or without those named where they are of size 1."""
    shape = facts.shape("input")
    dim = facts.constant("dim")
    if dim is None:
        numbers = not shape.open and all(isinstance(size, int) for size in shape.dims)
        return Shape(tuple(size for size in shape.dims if size != 1)) if numbers else ANY
    places = [place(shape, d) for d in (dim if isinstance(dim, tuple) else (dim,))]
    if None in places or not all(isinstance(shape.dims[w], int) for w in places if w is not None):
        return ANY
    gone = {w + len(shape.dims) for w in places if w is not None and shape.dims[w] == 1}
    return Shape(tuple(size for index, size in enumerate(shape.dims) if index not in gone), shape.open)


def unsqueeze(facts: Facts) -> Shape:
    """With a dimension of size 1 at a place."""
    shape, dim = facts.shape("input"), number(facts, "dim")
    if dim is None:
        return ANY
    return inserted(shape, dim, 1)


def inserted(shape: Shape, dim: int, size: Dim) -> Shape:
    """A new dimension at a place of the result."""
    length = len(shape.dims)
    if dim < 0:
        at = length + dim + 1
        if at < 0:
            return _out_of_range(shape, dim)
        return Shape((*shape.dims[:at], size, *shape.dims[at:]), shape.open)
    if shape.open:
        return ANY
    if dim > length:
        raise Clash(f"no dimension can be put at {dim} of {shape}")
    return Shape((*shape.dims[:dim], size, *shape.dims[dim:]))


def _out_of_range(shape: Shape, dim: int) -> Shape:
    if shape.open:
        return ANY
    raise Clash(f"no dimension can be put at {dim} of {shape}")


def transpose(facts: Facts) -> Shape:
    """Two dimensions change places."""
    shape = facts.shape("input")
    names = ("dim0", "dim1") if facts.has("dim0") else ("axis0", "axis1")
    return swapped_axes(shape, *map(facts.constant, names))


def swapped_axes(shape: Shape, first: object, second: object) -> Shape:
    """The shape with two dimensions in each other's place."""
    one, other = place(shape, first), place(shape, second)
    if one is None or other is None:
        return ANY
    dims = list(shape.dims)
    dims[one], dims[other] = dims[other], dims[one]
    return Shape(tuple(dims), shape.open)


def swapped(facts: Facts) -> Shape:
    """x.t(): of a matrix the other way round, of a vector itself."""
    shape = facts.shape("input" if facts.has("input") else "self")
    if not shape.open and len(shape.dims) > 2:
        raise Clash(f"t() of a tensor of {len(shape.dims)} dimensions {shape}")
    return ANY if shape.open else Shape(shape.dims[::-1])


def permute(facts: Facts, of: str = "input") -> Shape:
    """Dimensions in another order."""
    order = facts.sizes("dims")
    return ANY if order is None else permuted(facts.shape(of), order)


def permuted(shape: Shape, order: tuple[Dim, ...]) -> Shape:
    """The shape with its dimensions in another order."""
    if not all(isinstance(dim, int) for dim in order):
        return ANY
    if not shape.open and len(order) != len(shape.dims):
        raise Clash(f"{len(order)} dimensions are permuted, and {shape} has {len(shape.dims)}")
    if shape.open:
        return Shape((None,) * len(order))
    places = [place(shape, dim) for dim in order]
    return Shape(tuple(shape.dims[where] for where in places if where is not None))


def movedim(facts: Facts) -> Shape:
    """One dimension goes to another place."""
    shape = facts.shape("input")
    source, target = place(shape, facts.constant("source")), place(shape, facts.constant("destination"))
    if source is None or target is None or shape.open:
        return Shape((None,) * len(shape.dims), shape.open) if not shape.open else ANY
    dims = list(shape.dims)
    dims.insert(target + len(dims), dims.pop(source + len(dims)))
    return Shape(tuple(dims))


def expand(facts: Facts, name: str = "size", of: str = "self") -> Shape:
    """x.expand(*sizes): dimensions of size 1 become larger; -1 leaves one as it is."""
    shape, sizes = facts.shape(of), facts.sizes(name)
    if sizes is None:
        return ANY
    found: list[Dim] = []
    for index, size in enumerate(sizes):
        back = index - len(sizes)
        old = shape.dims[back] if -back <= len(shape.dims) else 1 if not shape.open else None
        if size == -1:
            found.append(old)
            continue
        if isinstance(old, int) and old != 1 and equal(old, size) is False:
            raise Clash(f"{shape} cannot be expanded to {Shape(sizes)}: {old} against {said(size)}")
        found.append(size)
    return Shape(tuple(found))


def repeat(facts: Facts) -> Shape:
    """x.repeat(*times)."""
    shape, repeats = facts.shape("self"), facts.sizes("repeats")
    if repeats is None:
        return ANY
    if shape.open:
        return Shape((None,) * len(repeats))
    if len(repeats) < len(shape.dims):
        raise Clash(f"repeat of {len(repeats)} dimensions, and {shape} has {len(shape.dims)}")
    old = (1,) * (len(repeats) - len(shape.dims)) + shape.dims
    return Shape(tuple(times(a, b) for a, b in zip(old, repeats, strict=True)))


def tile(facts: Facts) -> Shape:
    """x.tile(*times): as repeat, with ones before where fewer are given."""
    shape, repeats = facts.shape("input"), facts.sizes("dims")
    if repeats is None or shape.open:
        return ANY
    length = max(len(repeats), len(shape.dims))
    old, new = ((1,) * (length - len(sizes)) + sizes for sizes in (shape.dims, repeats))
    return Shape(tuple(times(a, b) for a, b in zip(old, new, strict=True)))


def turned(facts: Facts) -> Shape:
    """adjoint, pinverse: the last two dimensions change places."""
    dims = facts.shape("input").dims
    return Shape((*dims[:-2], dims[-1], dims[-2]), facts.shape("input").open) if len(dims) >= 2 else ANY


def shortened(facts: Facts) -> Shape:
    """diff: one less along a dimension."""
    shape, n = facts.shape("input"), number(facts, "n")
    where = place(shape, facts.constant("dim"))
    if where is None or n is None or facts.has("prepend") or facts.has("append"):
        return ANY
    size = shape.dims[where]
    return changed(shape, where, max(size - n, 0) if isinstance(size, int) else None)


def narrow(facts: Facts) -> Shape:
    """A part of one dimension."""
    shape = facts.shape("input")
    where = place(shape, facts.constant("dim"))
    sizes = facts.sizes("length")
    return ANY if where is None else changed(shape, where, sizes[0] if sizes else None)


def select(facts: Facts) -> Shape:
    """One index of one dimension."""
    shape = facts.shape("input")
    where = place(shape, facts.constant("dim"))
    return ANY if where is None else changed(shape, where)


def index_select(facts: Facts) -> Shape:
    """Some indices of one dimension."""
    shape, index = facts.shape("input"), facts.shape("index")
    where = place(shape, facts.constant("dim"))
    return ANY if where is None else changed(shape, where, index.dims[0] if index.rank == 1 else None)


def parts(facts: Facts) -> Shape:
    """Each part that chunk gives: all alike where the size is a multiple."""
    shape, count = facts.shape("input"), number(facts, "chunks")
    where = place(shape, facts.constant("dim"))
    return ANY if where is None else changed(shape, where, quotient(shape.dims[where], count))


def pieces(facts: Facts, of: str = "self", size: str = "split_size") -> Shape:
    """Each part that split gives: all alike where the size is a multiple."""
    shape, length = facts.shape(of), number(facts, size)
    where = place(shape, facts.constant("dim"))
    if where is None:
        return ANY
    whole = shape.dims[where]
    even = isinstance(whole, int) and length and whole % length == 0
    return changed(shape, where, length if even else None)


def unbound(facts: Facts) -> Shape:
    """Each slice along one dimension."""
    shape = facts.shape("input")
    where = place(shape, facts.constant("dim"))
    return ANY if where is None else changed(shape, where)


def halves(facts: Facts) -> Shape:
    """glu: half as many along one dimension."""
    shape = facts.shape("input")
    where = place(shape, facts.constant("dim"))
    if where is None:
        return ANY
    size = shape.dims[where]
    if isinstance(size, int) and size % 2:
        raise Clash(f"glu halves dimension {where} of {shape}, which is odd")
    return changed(shape, where, quotient(size, 2))


def padded(facts: Facts) -> Shape:
    """F.pad: pairs of numbers, of the last dimension first."""
    shape, pad = facts.shape("input"), facts.sizes("pad")
    if pad is None or len(pad) % 2 or len(pad) // 2 > len(shape.dims):
        return ANY if shape.open or pad is None else Shape((None,) * len(shape.dims))
    dims = list(shape.dims)
    for index in range(len(pad) // 2):
        before, after, size = pad[2 * index], pad[2 * index + 1], dims[-1 - index]
        if isinstance(before, int) and isinstance(after, int) and isinstance(size, int):
            dims[-1 - index] = size + before + after
        elif not before == after == 0:
            dims[-1 - index] = None
    return Shape(tuple(dims), shape.open)


def indexed(shape: Shape, index: tuple[object, ...]) -> Shape:
    """x[index]: each part a number, a `slice`, None, Ellipsis, or the Shape of a tensor of whole numbers.

    A part that is none of these makes the rest unknown.
    """
    if UNKNOWN in index or sum(isinstance(part, Shape) for part in index) > 1 or index.count(...) > 1:
        return ANY
    taking = sum(part is not None and part is not ... for part in index)
    if shape.open:
        return _of_the_last(shape, index) if ... in index else ANY
    if not shape.dims and taking:
        return ANY  # loss.data[0] was how torch < 0.5 read a number
    if taking > len(shape.dims):
        raise Clash(f"{taking} indices into {shape}")
    full = list(index)
    if not any(part is ... for part in full):
        full.append(...)
    found: list[Dim] = []
    rest = list(shape.dims)
    for part in full:
        if part is ...:
            after = sum(p is not None for p in full[full.index(...) + 1 :])
            found += rest[: len(rest) - after]
            rest = rest[len(rest) - after :]
        elif part is None:
            found.append(1)
        else:
            found += _taken(rest.pop(0), part, shape)
    return Shape(tuple(found))


def _of_the_last(shape: Shape, index: tuple[object, ...]) -> Shape:
    """x[..., i] of a tensor of unknown rank."""
    if index[0] is not ... or None in index or len(index) - 1 > len(shape.dims):
        return ANY
    kept = len(shape.dims) - (len(index) - 1)
    found = list(shape.dims[:kept])
    for size, part in zip(shape.dims[kept:], index[1:], strict=True):
        found += _taken(size, part, shape)
    return Shape(tuple(found), open=True)


def _taken(size: Dim, part: object, whole: Shape) -> tuple[Dim, ...]:
    """What one part of an index leaves of a dimension."""
    match part:
        case Shape(dims=dims):
            return dims if not part.open else (None,)
        case slice():
            known = UNKNOWN not in (part.start, part.stop, part.step)
            if known and isinstance(size, int):
                return (len(range(*part.indices(size))),)
            return (_cut(size, part),)
        case int():
            if isinstance(size, int) and not -size <= part < size:
                raise Clash(f"index {part} into dimension of size {size} of {whole}")
            return ()
    return (None,)


def _cut(size: Dim, part: slice) -> Dim:
    """How many are left of an unknown number: nobody knows, unless all are kept."""
    return size if part.start in (None, 0) and part.stop is None and part.step in (None, 1) else None


def gathered_along(facts: Facts) -> Shape:
    """take_along_dim: as many as there are indices, where those have as many dimensions."""
    shape, indices = facts.shape("input"), facts.shape("indices")
    return indices if indices.rank is not None and indices.rank == shape.rank else ANY


def rolled(facts: Facts) -> Shape:
    """A repeated tensor: x.repeat_interleave(n, dim)."""
    shape, count = facts.shape("input"), number(facts, "repeats")
    where = place(shape, facts.constant("dim"))
    if where is None:
        return Shape((None,)) if facts.constant("dim") is None else ANY
    return changed(shape, where, times(shape.dims[where], count))
