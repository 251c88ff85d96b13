"""What a call takes for granted of the samples it is given: that there are several, or of how many each batch is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.api.entry import Function as Entry
from dllint.events import Fixed, Lone, Squeeze, Where
from dllint.findings import Confidence
from dllint.infer import modules
from dllint.infer.state import Args
from dllint.values.kind import Kind
from dllint.values.shape import ANY, Dim, Shape, Squeezed
from dllint.values.value import TRUE, Const, LoaderKey, Site, Slice, Step, TupleOf, Unknown, Value, deps

if TYPE_CHECKING:
    from dllint.infer.machine import Machine
    from dllint.infer.shapes import Asked

NORMS = frozenset(("BatchNorm1d", "BatchNorm2d", "BatchNorm3d"))


def given(m: Machine, entry: Entry, facts: Asked) -> None:
    """Write down what is wrong with a call where there is one sample, or where the last batch has fewer."""
    if m.tried or facts.site.file in m.tests:
        return
    if entry.short in NORMS:
        _lone(m, entry, facts)
    if m.uneven:
        _counted_out(m, entry, facts)
    if m.squeezes:
        _counted_on(m, facts, entry.short)


def _sure(m: Machine, otherwise: Confidence) -> Confidence:
    return Confidence.POSSIBLE if m.assumed or m.conditions else otherwise


def _lone(m: Machine, entry: Entry, facts: Asked) -> None:
    """A batch norm that is trained gets one number for each channel, always or in the last batch."""
    shape, layer = facts.shape("input"), facts.bound.get("self", TRUE)
    if shape.rank is None or shape.rank < 2 or any(size != 1 for size in shape.dims[2:]):
        return
    loader = None if shape.dims[0] == 1 else _leaving_one(m, facts.bound["input"])
    if (shape.dims[0] == 1 or loader is not None) and modules.training(m, layer) is True:
        made, batch = (loader.site, loader.batch) if loader is not None else (None, 0)
        sure = _sure(m, Confidence.CERTAIN)
        m.note(Lone(entry.short, shape, made, batch, m.where(facts.site), sure))


def _leaving_one(m: Machine, value: Value) -> LoaderKey | None:
    """The loader that something is made from, and that leaves one sample for its last batch."""
    return next((key for key in _loaders(value) if key.left == 1), None)


VIEWS = {"view": "size", "reshape": "shape"}
RECURRENT = frozenset(("LSTM", "GRU", "RNN"))


def _counted_out(m: Machine, entry: Entry, facts: Asked) -> None:
    """A view, a hidden state or the other side of a loss has a batch size that is written out."""
    short, bound = entry.short, facts.bound
    size: Dim = None
    if short in VIEWS:
        size = next(iter(facts.sizes(VIEWS[short]) or ()), None)
    elif short in RECURRENT and (state := facts.shape("hx")).rank == 3:
        size = state.dims[1]
    elif entry.returns.kind is Kind.LOSS and (target := facts.shape("target")).rank:
        size = target.dims[0] if not _loaders(bound.get("target", TRUE)) else None
    of = bound.get("input", bound.get("self"))
    if isinstance(size, int) and of is not None and not _counted(facts.shape("input")):
        _fixed(m, short, size, of, facts.site)


def viewed(m: Machine, callee: str, item: Unknown, args: Args, site: Site) -> None:
    """What a loop over a loader gives is viewed."""
    first = args.get(0)
    size = first.items[0] if type(first) is TupleOf and first.items else first
    if type(size) is Const and type(size.value) is int and not m.tried and site.file not in m.tests:
        _fixed(m, callee, size.value, item, site)


def _counted(shape: Shape) -> bool:
    """Whether it is known how many samples there are."""
    return bool(shape.rank) and isinstance(shape.dims[0], int)


def _loaders(value: Value) -> list[LoaderKey]:
    return [key for key in deps(value) if type(key) is LoaderKey]


def _fixed(m: Machine, callee: str, size: int, of: Value, site: Site) -> None:
    """The size is that of the batches of the loader that something is from, of which the last one may have fewer."""
    loader = next((key for key in _loaders(of) if key.batch == size and key.batch > 1), None)
    if loader is not None:
        sure = _sure(m, Confidence.CERTAIN if loader.left else Confidence.LIKELY)
        m.fixed.append(Fixed(callee, loader.batch, loader.site, loader.left, m.where(site), sure))


def settle(m: Machine) -> None:
    """At the end of a run: batch sizes that are written out, and compared with nothing."""
    for event in m.fixed:
        if event.size not in m.compared:
            m.note(event)


def squeezed(m: Machine, shape: Shape, site: Site) -> Shape:
    """What squeeze() makes of samples, where nobody knows how many there are, and something else to squeeze."""
    from dllint.infer.shapes import batch_of

    ones = tuple(place - len(shape.dims) for place, size in enumerate(shape.dims) if size == 1)
    if shape.open or not ones or batch_of(m, shape) is None:
        return ANY
    m.squeezes = True
    return Shape((), True, Squeezed(site, shape.dims, ones))


def _counted_on(m: Machine, facts: Asked, callee: str) -> None:
    """A call names a dimension that is there only where a squeeze() left that of the samples."""
    found, dim = facts.shape("input").squeezed, facts.constant("dim")
    if found is not None and type(dim) is int and dim == found.last > 0:
        _squeezed_away(m, found, Step(facts.site, f"then {callee} goes over dimension {dim} of what is left"))


def indexed(m: Machine, shape: Shape, parts: tuple[Value, ...], site: Site) -> None:
    """As many numbers and slices index what a squeeze() left as it has dimensions with that of the samples."""
    found = shape.squeezed
    if found is not None and len(parts) == found.last + 1 > 1 and all(map(_takes_one, parts)):
        _squeezed_away(m, found, Step(site, f"then {len(parts)} indices into what is left"))


def _takes_one(part: Value) -> bool:
    """Whether an index surely takes one dimension."""
    return type(part) is Slice or (type(part) is Const and type(part.value) in (int, slice))


def _squeezed_away(m: Machine, found: Squeezed, use: Step) -> None:
    site = found.site
    if not m.tried and isinstance(site, Site) and site.file not in m.tests:
        m.note(Squeeze(Shape(found.dims), found.ones, use, Where(site), _sure(m, Confidence.LIKELY)))
