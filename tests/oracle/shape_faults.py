"""Faults that are planted in what infer knows of shapes, one at a time: in each function, and in the source."""

from __future__ import annotations

import gc
import inspect
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from types import CodeType, FunctionType
from typing import Any
from unittest import mock

from dllint.shapes.facts import Function, Result
from dllint.shapes.table import FUNCTIONS, LAYERS
from dllint.values.shape import Shape
from tests.oracle.faults import Fault


def shape_faults() -> Iterator[Fault]:
    """Every fault of a shape that there is."""
    for table in (FUNCTIONS, LAYERS):
        for name in table.keys() - NOT_WRITTEN:
            yield Fault(f"{name} is off by one", WORDS.get(name, name), lambda t=table, n=name: _off_by_one(t, n))
    for module, lines in MISWRITTEN.items():
        for line in lines.strip().splitlines():
            word, _, change = line.partition(": ")
            was, now = change.split(" → ")
            yield Fault(f"{module} has {now} for {was}", word, lambda m=module, w=was, n=now: miswritten(m, w, n))


NOT_WRITTEN = frozenset(("cuda", "pin_memory", "row_stack", "feature_dropout"))
"""What needs more than a processor, what torch has no more, and what the table writes otherwise."""

WORDS = {"softmax2d": "Softmax2d", "channelshuffle": "ChannelShuffle", "localresponsenorm": "LocalResponseNorm"} | {
    "rmsnorm": "RMSNorm",
    "identity": "Identity",
}
"""How a program says what is named otherwise in the table."""


def _off_by_one(table: dict[str, Function], name: str) -> AbstractContextManager[Any]:
    real = table[name]
    return mock.patch.dict(table, {name: lambda facts: _larger(real(facts))})


def _larger(found: Result) -> Result:
    """A shape with one number more in its last dimension that is known, or with one more dimension."""
    if not isinstance(found, Shape):
        return tuple(_larger(one) for one in found)  # type: ignore[misc]
    known = [index for index, size in enumerate(found.dims) if isinstance(size, int)]
    if not known:
        return Shape((*found.dims, 1), found.open)
    last = known[-1]
    return Shape((*found.dims[:last], found.dims[last] + 1, *found.dims[last + 1 :]), found.open)  # type: ignore[operator]


@contextmanager
def miswritten(module: str, was: str, now: str) -> Iterator[None]:
    """While this lasts, a module runs as if a piece of its source, which is there once, were written otherwise."""
    there = import_module(f"dllint.{module}")
    source = inspect.getsource(there)
    assert source.count(was) == 1, f"{was!r} is {source.count(was)} times in {module}"
    written = dict(_codes(compile(source.replace(was, now), str(there.__file__), "exec")))
    functions = [one for one in gc.get_objects() if type(one) is FunctionType and one.__module__ == there.__name__]
    before = [(one, one.__code__) for one in functions]
    try:
        for one, code in before:
            one.__code__ = written.get(_key(code), code)
        yield
    finally:
        for one, code in before:
            one.__code__ = code


def _codes(code: CodeType) -> Iterator[tuple[object, CodeType]]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield _key(inner), inner
            yield from _codes(inner)


def _key(code: CodeType) -> object:
    return code.co_name, code.co_firstlineno


MISWRITTEN: dict[str, str] = {
    "shapes.facts": """
: return dim - length → return max(dim - length - 1, -length)
: len(shape.dims) + where + 1 : → len(shape.dims) + where :
""",
    "shapes.pointwise": """
: a == b or b == 1 → a == b or a == 1
: max(len(one.dims), len(other.dims)) → min(len(one.dims), len(other.dims))
where: broadcast(found, shape) → broadcast(shape, shape)
""",
    "shapes.moves": """
view: enumerate(sizes) if index != free → enumerate(sizes) if index > free
view: quotient(total, others), *sizes → total, *sizes
flatten: product(shape.dims[first : last + 1]) → product(shape.dims[first:last])
flatten: *shape.dims[last + 1 :])) → *shape.dims[last:]))
nflatten: *regrouped(Shape((shape.dims[where],)), sizes).dims → *sizes
squeeze: for size in shape.dims if size != 1 → for size in shape.dims if size
squeeze: if w is not None and shape.dims[w] == 1} → if w is not None}
unsqueeze: at = length + dim + 1 → at = length + dim
unsqueeze: (*shape.dims[:dim], size, *shape.dims[dim:]) → (*shape.dims[: dim + 1], size, *shape.dims[dim + 1 :])
transpose: dims[one], dims[other] = dims[other], dims[one] → dims[one] = dims[other]
.t(): Shape(shape.dims[::-1]) → shape
permute: shape.dims[where] for where in places → shape.dims[places.index(~i)] for i, where in enumerate(places[::-1])
movedim: dims.insert(target + len(dims), dims.pop(source + len(dims))) → dims.insert(source, dims.pop(target))
expand: found.append(old) → found.append(1)
expand: shape.dims[back] if -back → shape.dims[0] if -back
repeat: (1,) * (len(repeats) - len(shape.dims)) + shape.dims → shape.dims + (1,) * (len(repeats) - len(shape.dims))
repeat: zip(old, repeats, strict=True) → zip((1,) * len(old), repeats, strict=True)
tile: (1,) * (length - len(sizes)) + sizes for → sizes + (1,) * (length - len(sizes)) for
adjoint: dims[-1], dims[-2]) → dims[-2], dims[-1])
diff: max(size - n, 0) → max(size - 1, 0)
narrow: changed(shape, where, sizes[0] if sizes else None) → changed(shape, where)
index_select: index.dims[0] if index.rank == 1 → 1 if index.rank == 1
chunk: quotient(shape.dims[where], count) → count
split: length if even else None → length
glu: quotient(size, 2) → size
pad: = size + before + after → = size + before
pad: range(len(pad) // 2) → range(1)
pad: pad[2 * index + 1], dims[-1 - index] → pad[2 * index + 1], dims[index]
None: found.append(1) → found.append(2)
[: after = sum(p is not None for → after = sum(False for
[: (len(range(*part.indices(size))),) → (size,)
[: return () → return (1,)
torch.tensor: return dims if not part.open → return () if not part.open
repeat_interleave: times(shape.dims[where], count) → count
""",
    "shapes.joins": """
cat: a + b if isinstance(a, int) → a if isinstance(a, int)
cat: if index == where + len(whole) → if index == 0
stack: inserted(first, dim, len(shapes)) → inserted(first, dim, 1)
stack: inserted(first, dim, len(shapes)) → inserted(first, 0, len(shapes))
hstack: _along(facts, 1, 1) → _along(facts, 0, 1)
vstack: _along(facts, 0, 2) → _along(facts, 0, 1)
dstack: _along(facts, 2, 3) → _along(facts, 2, 2)
dstack: (*dims, 1) if least → (1, *dims) if least
stack: dims = (1, *dims) → dims = (*dims, 1)
arange: range(start, end, step) → range(start, end)
eye: columns[0] if columns → rows[0] if rows
tensor: dims.append(len(data)) → dims.insert(0, len(data))
one_hot: (*shape.dims, classes if → (*shape.dims[:-1], classes if
Embedding: (*shape.dims, sizes[0] → (*shape.dims[:-1], sizes[0]
F.embedding: weight.dims[-1] if weight.dims → weight.dims[0] if weight.dims
Linear: changed(shape, -1, size) → changed(shape, -len(shape.dims), size)
""",
    "shapes.layers": """
nn.Linear: with_last(shape, _setting(facts, "out_features")) → with_last(shape, _setting(facts, "in_features"))
F.linear: with_last(shape, weight.dims[0]) → with_last(shape, weight.dims[1])
F.linear: _wants(shape, -1, weight.dims[1] → _wants(shape, -1, weight.dims[0]
d(: sizes * count if len(sizes) == 1 → (*sizes, *(1,) * (count - 1)) if len(sizes) == 1
Conv: (_setting(facts, "out_channels"), → (_setting(facts, "in_channels"),
Conv: shape, -count - 1, _setting → shape, -count, _setting
Conv: else _forwards(facts, spatial) → else spatial
conv: (weight.dims[0], *sizes) → (weight.dims[1], *sizes)
conv: times(weight.dims[1], number(facts, "groups")) → weight.dims[1]
d(: (None, count + 1, count + 2) or → (None, count + 2) or
onv: size + 2 * padding - reach - 1 → size - reach - 1
onv: size + 2 * padding - reach - 1 → size + padding - reach - 1
: reach = dilation * (kernel - 1) → reach = kernel - 1
: else room // stride) + 1 → else room) + 1
: -(-room // stride) if ceil else room // stride → room // stride
: found -= 1 → found += 0
: if stride == 1 and 2 * padding == reach → if 2 * padding == reach
: (*(shape.dims[:before] if before > 0 else ()), *rest) → (*rest,)
ConvTranspose: (size - 1) * stride → (size - 1)
ConvTranspose: * stride - 2 * padding → * stride
ConvTranspose: + dilation * (kernel - 1) → + (kernel - 1)
ConvTranspose: + more + 1 → + 1
pool: stride = kernel if → stride = (1,) * count if
ool: _each(facts, "dilation", count) if dilated → (1,) * count if dilated
ool: shape.dims[-count - 1] if → shape.dims[0] if
Adaptive: s if w is None else w for → 1 if w is None else w for
Norm: _wants(shape, -count - 1, wanted, f"BatchNorm → _wants(shape, -count, wanted, f"BatchNorm
BatchNorm1d: _wants(shape, 1 - len(shape.dims), wanted → _wants(shape, -1, wanted
LayerNorm: _wants(shape, -1 - index, size → _wants(shape, -1, size
GroupNorm: _wants(shape, 1 - shape.rank → _wants(shape, -1
bidirectional: {True: 2, False: 1} → {True: 1, False: 1}
bidirectional: with_last(shape, times(ways, out)) → with_last(shape, out)
bidirectional: times(ways, _setting(facts, "num_layers")) → _setting(facts, "num_layers")
LSTM: for size in (out, hidden) → for size in (hidden, hidden)
LSTM: for size in (out, hidden) → for size in (out, out)
proj_size: projected if projected else hidden → hidden if projected else hidden
batch_first: shape.dims[0] if first else → shape.dims[1] if first else
GRU: shape.dims[1] if first is False → shape.dims[0] if first is False
Cell: with_last(shape, _setting(facts, "hidden_size")) → with_last(shape, _setting(facts, "input_size"))
Multihead: (0, 1) if first else (1, 0) → (1, 0) if first else (1, 0)
Multihead: (0, 1) if first else (1, 0) → (0, 1) if first else (0, 1)
Multihead: query.dims[time], key.dims[time] → key.dims[time], query.dims[time]
dot_product: with_last(query, value.dims[-1]) → query
dot_product: _wants(key, -1, query.dims[-1] → _wants(key, -1, query.dims[-2]
size=: (*shape.dims[:2], *_each(facts, "size", count)) → (*shape.dims[:1], *_each(facts, "size", count))
scale_factor: _scaled(size, by) for → size for
ixel: quotient(channels, factor * factor) → quotient(channels, factor)
ixel: times(height, factor), times(width, factor) → times(height, factor), width
softmax: place(shape, facts.constant("dim")) → place(shape, 4)
""",
    "shapes.reductions": """
keepdim: if keep or i not in gone → if i not in gone
keepdim: 1 if index in gone else size → size
: (1,) * len(shape.dims), shape.open → (), shape.open
count_nonzero: return without(facts.shape("input"), facts.constant("dim"), keep=False) → return facts.shape("input")
pairwise: facts.shape("x2")), -1, flag(facts, "keepdim") → facts.shape("x2")), -1, False
cosine_similarity: facts.shape("x2")), facts.constant("dim") → facts.shape("x2")), -1
linalg: shape, facts.constant("dim"), flag(facts, "keepdim") → shape, -1, flag(facts, "keepdim")
max: if facts.has("dim"): → if False:
kthvalue: -1 if dim is None else dim, flag → -1, flag
topk: changed(shape, where, sizes[0] if sizes else None) → changed(shape, where)
topk: place(shape, -1 if dim is None else dim) → place(shape, -1)
reduction: if reduction in ("mean", "sum", "batchmean") → if reduction
multinomial: -1, number(facts, "num_samples") → -1
""",
    "shapes.products": """
@: return SCALAR → return one
@: (*other.dims[:-2], other.dims[-1]), other.open → (*other.dims[:-2], other.dims[-2]), other.open
@: Shape(one.dims[:-1], one.open) → Shape(one.dims[1:], one.open)
m(: one.dims[-1], other.dims[-2]) → one.dims[-1], other.dims[-1])
m(: one.dims[-2], other.dims[-1]), batch.open → other.dims[-1], one.dims[-2]), batch.open
matmul: (*batch.dims, one.dims[-2], other.dims[-1]) → (one.dims[-2], other.dims[-1])
bmm: made.rank == 3 else made → made.rank == 2 else SCALAR
outer: other.dims[0] if other.rank == 1 → one.dims[0] if other.rank == 1
cdist: one.dims[-2], other.dims[-2]) → other.dims[-2], one.dims[-2])
cdist: (*batch.dims, one.dims[-2], other.dims[-2]) → (one.dims[-2], other.dims[-2])
einsum: sizes[letter] for letter in output → sizes[letter] for letter in sorted(output)
einsum: sorted(letter for → (letter for
einsum: letters.count(letter) == 1 → letters.count(letter) >= 1
einsum: zip(term, dims, strict=True) → zip(term, dims[::-1], strict=True)
""",
    "infer.shapes": """
for: Shape(shape.dims[1:]) → Shape(shape.dims[:-1])
mT: shape.dims[-1], shape.dims[-2]) → shape.dims[-2], shape.dims[-1])
.T: Shape(shape.dims[::-1]) if name → shape if name
@: return multiplied(one, other) → return multiplied(other, one)
size(: size(shape.dims[known]) → size(shape.dims[0])
len(: shape.dims[0] if name == "__len__" → shape.dims[-1] if name == "__len__"
numel: else product(shape.dims) → else 1
""",
}
"""Module → lines: a word that programs say, what the source says, and what it says with the fault."""
