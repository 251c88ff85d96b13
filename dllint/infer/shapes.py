"""Shapes of values: what a call is given becomes the facts that shape functions ask for, and their answer its result's.

A size that nobody knows but that has a name, an argument or another tensor's size, is that unknown: `B, T = x.shape`
names two, and `torch.zeros(B, hidden)` has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint import api, shapes
from dllint.api import bind as binding
from dllint.api.entry import REQUIRED, Parameter
from dllint.api.entry import Function as Entry
from dllint.events import Broadcast, Layout, Mismatch, Regroup
from dllint.findings import Confidence
from dllint.infer import batches, channels, choices, constants, loops, samples
from dllint.plain import replace
from dllint.shapes.crossing import crosses
from dllint.shapes.facts import UNKNOWN
from dllint.shapes.joins import of_numbers
from dllint.shapes.moves import indexed as _indexed
from dllint.shapes.pointwise import broadcast
from dllint.shapes.products import multiplied
from dllint.shapes.reductions import loss
from dllint.values.kind import Kind
from dllint.values.shape import ANY, SCALAR, SIDE, Dim, Shape, Size, agreed, product
from dllint.values.term import operation
from dllint.values.value import (
    TRUE,
    Const,
    Library,
    Many,
    Record,
    Ref,
    Site,
    Slice,
    Tensor,
    TupleOf,
    Union,
    Unknown,
    Value,
    atoms,
    deps,
    lift,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

PARAMETER = "torch.nn.Parameter"


def of(m: Machine, value: Value) -> Shape:
    """The shape of a value, as far as all its alternatives agree."""
    match value:
        case Tensor(shape=shape):
            return shape
        case Const(value=int() | float()):
            return SCALAR
        case Unknown(ident=ident) if ident is not None:
            return _learned(m, ident)
        case Ref(id=number):
            return _of_object(m, number)
        case Union():
            return agreed(of(m, case.atom) for case in value.cases)
    return ANY


def _of_object(m: Machine, number: int) -> Shape:
    """Of nn.Parameter(data), its data's; else unknown."""
    thing = m.heap[number]
    if type(thing.cls) is Library and thing.bound and api.subclass(thing.cls.name, PARAMETER):
        return of(m, thing.bound[0][1])
    return ANY


def _learned(m: Machine, ident: object) -> Shape:
    """Of an unknown: what it was made to be, or unpacked as."""
    sizes = m.store.get((ident, "#shape"))
    return Shape(tuple(map(dim, sizes.items))) if type(sizes) is TupleOf else ANY


def unpacked(m: Machine, value: Value, count: int) -> None:
    """`a, b, c = x.shape` of an unknown x: it has three dimensions, and their sizes have names."""
    match value:
        case Unknown(ident=("attr", tuple() as owner, "shape") as whole):
            if m.store.get((owner, "#shape")) is None:
                names = (Size(1, (("key", whole, Const(index)),)) for index in range(count))
                m.store.set((owner, "#shape"), TupleOf(tuple(map(size, names))))


def dim(value: Value | None) -> Dim:
    """A size as a value gives it."""
    match value:
        case Const(value=int() as number) if not isinstance(number, bool):
            return number
        case Unknown(ident=("size", int() as times, tuple() as names)):
            return Size(times, names)
        case Unknown(ident=ident) if ident is not None:
            return Size(1, (ident,))
    return None


def size(known: Dim) -> Value:
    """A size as a value."""
    if isinstance(known, int):
        return Const(known)
    if known is None:
        return Unknown("a size nobody knows")
    ident = known.of[0] if known.times == 1 and len(known.of) == 1 else ("size", *known)
    return Unknown("the size of a tensor", ident)  # type: ignore[arg-type]


def sizes_of(shape: Shape) -> Value:
    """x.shape of a tensor of known rank, as a value."""
    return TupleOf(tuple(map(size, shape.dims)))


def batch_of(m: Machine, shape: Shape) -> int | None:
    """Which dimension holds independent samples, counted from the last; None where nobody knows, or it may be two."""
    found = [place - len(shape.dims) for place, size in enumerate(shape.dims) if _is_batch(m, size)]
    return found[0] if len(found) == 1 else None


def _is_batch(m: Machine, known: Dim) -> bool:
    return isinstance(known, Size) and any(ident in m.batches for ident in known.of)


class Asked:
    """The facts of one call."""

    def __init__(
        self, m: Machine, entry: Entry, bound: dict[str, Value], settings: dict[str, Value], site: Site
    ) -> None:
        self.m, self.entry, self.bound, self.settings, self.site = m, entry, bound, settings, site

    def batch(self, size: Dim) -> Dim:
        named = size if size is not None else Size(1, (("samples", self.site, "N"),))
        if isinstance(named, Size) and len(named.of) == 1:
            self.m.batches.add(named.of[0])
        return named

    def _given(self, name: str) -> Value | None:
        found = self.bound.get(name)
        if found is None and name in ("input", "self"):
            found = self.bound.get("self" if name == "input" else "input")
        return found if found is not None else self.settings.get(name)

    def has(self, name: str) -> bool:
        return self._given(name) is not None

    def shape(self, name: str) -> Shape:
        found = self._argument(name)
        return of(self.m, found) if found is not None else ANY

    def _argument(self, name: str) -> Value | None:
        """An argument; the input of a call that names it otherwise is the first."""
        found = self._given(name)
        return next(iter(self.bound.values()), None) if found is None and name == "input" else found

    def pictured(self, name: str) -> bool:
        found = self._argument(name)
        return type(found) is Tensor and found.kind is Kind.PICTURE

    def name(self, name: str) -> str:
        found = self._given(name)
        return found.name if type(found) is Library else ""

    def side(self, name: str) -> Dim:
        return Size(1, ((SIDE, self.site, name),))

    def shapes(self, name: str) -> list[Shape] | None:
        found = self._given(name)
        given: list[Value] | tuple[Value, ...] | None
        given = binding.rest(self.bound, name) if found is None else loops.counted(self.m, found)
        if found is None and given and len(given) == 1 and type(given[0]) is not Tensor:
            given = loops.counted(self.m, given[0])  # einsum takes a list as well
        if given is None or choices.OPEN in self.bound:
            return None
        return [of(self.m, value) for value in given]

    def each(self, name: str) -> Shape:
        found = self._given(name)
        return of(self.m, loops.element(self.m, found)) if found is not None else ANY

    def constant(self, name: str) -> object:
        found = self._given(name)
        if found is not None:
            return self._object(found)
        several = binding.rest(self.bound, name)
        if several:
            return tuple(v.value if type(v) is Const else self._object(v) for v in several)
        return self._default(name)

    def _object(self, value: Value) -> object:
        try:
            constant = constants.python_object(self.m, value)
        except constants.NotConstant:
            return UNKNOWN
        return tuple(constant) if isinstance(constant, list) else constant

    def _default(self, name: str) -> object:
        if choices.OPEN in self.bound:
            return UNKNOWN
        receiver = self.settings.get("")
        made_by = api.method(receiver.name, "__init__") if type(receiver) is Library else None
        every: tuple[Parameter, ...] = (*self.entry.parameters, *(made_by.parameters if made_by is not None else ()))
        default = next((p.default for p in every if p.name == name), UNKNOWN)
        return UNKNOWN if default in (REQUIRED, ...) else default

    def sizes(self, name: str) -> tuple[Dim, ...] | None:
        found = self._given(name)
        given = binding.rest(self.bound, name) if found is None else [found]
        if choices.OPEN in self.bound:
            return None
        if not given:
            default = self._default(name)
            many = default if isinstance(default, tuple) else (default,)
            return None if default is UNKNOWN else tuple(d if isinstance(d, int) else None for d in many)
        if len(given) == 1 and not isinstance(given[0], (Const, Unknown)):
            inner = loops.counted(self.m, given[0])
            return None if inner is None else tuple(map(dim, inner))
        if len(given) == 1 and type(given[0]) is Unknown and name in SEVERAL and not _is_size(given[0].ident):
            return None  # it may be a number or a tuple
        return tuple(map(dim, given))


def _is_size(ident: object) -> bool:
    """Whether an unknown is surely one number: a size of a tensor, or a product."""
    match ident:
        case ("key", ("attr", _, "shape"), Const(value=int())) | ("size", *_):
            return True
    return False


SEVERAL = frozenset(("size", "shape", "sizes", "dims", "repeats", "pad", "normalized_shape", "unflattened_size"))
"""Parameters that may take a tuple in place of one number."""


def given(m: Machine, entry: Entry, bound: dict[str, Value], value: Value, site: Site) -> Value:
    """The result of a call, with its shape. A call whose sizes cannot meet is noted, and its shape unknown."""
    kind = type(value)
    if entry.short in READS and kind is not Tensor:
        return _read(m, entry.short, bound) or value
    if kind is Unknown and entry.returns.how in ("same", "detached"):
        return _of_unknown(m, entry, bound, value, site)
    if kind is Unknown and entry.name in WRITTEN:
        return _written(m, bound, value)
    if kind not in SHAPED:
        return value
    if kind is Union and not any(type(atom) is Tensor for atom in atoms(value)):
        return value
    return _with(value, computed(m, entry, bound, site))


WRITTEN = frozenset(("numpy.array", "numpy.asarray"))
"""What makes an array of numbers that are written out."""


def _written(m: Machine, bound: dict[str, Value], value: Value) -> Value:
    """An array of nobody knows what; of lists of numbers, their shape is known."""
    try:
        shape = of_numbers(constants.python_object(m, bound.get("object", TRUE)))
    except constants.NotConstant:
        return value
    if shape is not None and type(value) is Unknown and value.ident is not None:
        m.store.set((value.ident, "#shape"), sizes_of(shape))
    return value


SHAPED = frozenset((Tensor, TupleOf, Record, Many, Union))


def _of_unknown(m: Machine, entry: Entry, bound: dict[str, Value], value: Value, site: Site) -> Value:
    """What a call makes of something unknown: itself where its shape is kept, else another unknown."""
    function = shapes.function(entry.name, operation(entry.short))
    if function is shapes.KEPT or m.thing(value) is not None or function is None:
        return value
    shape = computed(m, entry, bound, site)
    made = m.unknown(value.why, site, bound.values()) if type(value) is Unknown else value
    batches.follow(m, value, entry.short, made)
    if isinstance(shape, Shape) and not shape.open:
        m.store.set((made.ident, "#shape"), sizes_of(shape))  # type: ignore[union-attr]
    return made


READS = frozenset(("size", "dim", "ndimension", "numel", "nelement", "__len__"))
"""Methods by which a program reads the shape of a tensor."""


def _read(m: Machine, name: str, bound: dict[str, Value]) -> Value | None:
    """A size that is read; None where nobody knows it."""
    receiver = bound.get("self") or bound.get("input")
    shape = receiver.shape if type(receiver) is Tensor else ANY
    if name == "size" and (index := bound.get("dim")) is not None and index != Const(None):
        known = index.value if type(index) is Const else None
        length = len(shape.dims)
        inside = isinstance(known, int) and -length <= known < (0 if shape.open else length)
        return size(shape.dims[known]) if isinstance(known, int) and inside else None
    if shape.open:
        return None
    if name == "size":
        return sizes_of(shape)
    if name in ("dim", "ndimension"):
        return Const(len(shape.dims))
    return size(shape.dims[0] if name == "__len__" and shape.dims else product(shape.dims))


def computed(m: Machine, entry: Entry, bound: dict[str, Value], site: Site) -> shapes.Result:
    """The shape of what a call gives, or of each thing in its tuple."""
    if entry.returns.kind is Kind.LOSS:
        paired(m, entry, bound, site)
    function = loss if entry.returns.kind is Kind.LOSS else shapes.function(entry.name, operation(entry.short))
    if function is None:
        if entry.name.startswith(channels.NETWORKS):
            channels.given(m, entry, Asked(m, entry, bound, {}, site))
        return ANY
    try:
        facts = Asked(m, entry, bound, _settings(m, bound), site)
        _laid_out(m, entry, facts)
        if channels.given(m, entry, facts):
            return ANY  # what comes of it is no bug of its own
        samples.given(m, entry, facts)
        made = function(facts)
        if entry.short == "squeeze" and made == ANY and facts.constant("dim") is None:
            return samples.squeezed(m, facts.shape("input"), site)
        if entry.short in ("view", "reshape") and isinstance(made, Shape):
            _regrouped(m, entry.short, facts.shape("self"), made, site)
        return made
    except shapes.Clash as clash:
        clashed(m, entry.short, str(clash), site)
        return ANY


READS_TIME_FIRST = frozenset(("LSTM", "GRU", "RNN", "MultiheadAttention", "TransformerEncoderLayer"))
"""Layers whose input is (T, N, …) unless they are made with batch_first."""


def _laid_out(m: Machine, entry: Entry, facts: Asked) -> None:
    """Write down that a layer reads its samples from another dimension than the one that holds them."""
    layer = m.thing(facts.bound.get("self", TRUE))
    if entry.short not in READS_TIME_FIRST or layer is None or not isinstance(facts.constant("batch_first"), bool):
        return
    shape = facts.shape(entry.parameters[1].name)
    reads = 0 if facts.constant("batch_first") else 1
    batch = batch_of(m, shape)
    if shape.rank == 3 and batch is not None and batch + 3 == 1 - reads and not m.tried:
        sure = Confidence.LIKELY if m.assumed or m.conditions else Confidence.CERTAIN
        m.note(Layout(entry.short, shape, reads, 1 - reads, layer.site, m.where(facts.site), sure))


def _regrouped(m: Machine, callee: str, before: Shape, after: Shape, site: Site) -> None:
    """Write down that a view tears apart what belongs together."""
    if not m.tried and site.file not in m.tests and crosses(before, after):
        m.note(Regroup(callee, before, after, m.where(site), _sure(m)))


def _sure(m: Machine) -> Confidence:
    """Of a fact that holds under the conditions around; it may be that they never do with these sizes."""
    return Confidence.POSSIBLE if m.assumed or m.conditions else Confidence.CERTAIN


def clashed(m: Machine, callee: str, text: str, site: Site) -> None:
    """Write down that sizes cannot meet; where a condition is assumed around, it may be one that never holds."""
    if m.tried or site.file in m.tests:
        return  # somebody expects it
    m.note(Mismatch(callee, text, m.where(site), _sure(m)))


def _settings(m: Machine, bound: dict[str, Value]) -> dict[str, Value]:
    """What the layer that is called was made with, its class under no name."""
    layer = m.thing(bound["self"]) if "self" in bound else None
    if layer is None or layer.cls is None:
        return {}
    return {"": layer.cls, **dict(layer.bound)}


def _with(value: Value, shape: shapes.Result) -> Value:
    match value:
        case Tensor():
            mine = shape if isinstance(shape, Shape) else ANY
            return value if value.shape == mine else replace(value, shape=mine)
        case TupleOf(items=items):
            each = (shape,) * len(items) if isinstance(shape, Shape) else shape
            if len(each) != len(items):
                each = (ANY,) * len(items)
            return replace(value, items=tuple(_with(i, s) for i, s in zip(items, each, strict=True)))
        case Many(item=item):
            return Many(_with(item, shape if isinstance(shape, Shape) else ANY))
        case Union():
            return lift(value, lambda atom: _with(atom, shape))
    return value


def enlarged(m: Machine, callee: str, one: Shape, other: Shape, made: Shape, site: Site) -> None:
    """Write down that neither of two tensors has the shape of what they make."""
    if made.known and one.known and other.known and not m.tried and site.file not in m.tests:
        m.note(Broadcast(callee, one, other, made, m.where(site), _sure(m)))


def paired(m: Machine, entry: Entry, bound: dict[str, Value], site: Site) -> None:
    """The same of the input and the target of a loss that works number by number."""
    names = [p.name for p in entry.parameters if p.shape == "*D"]
    if len(names) != 2 or not all(name in bound for name in names):
        return
    one, other = (of(m, bound[name]) for name in names)
    try:
        made = broadcast(one, other)
    except shapes.Clash as clash:
        clashed(m, entry.short, str(clash), site)
        return
    if made not in (one, other):
        enlarged(m, entry.short, one, other, made, site)


def unshaped(value: Value) -> Value:
    """The value without what is known of its shape."""
    return lift(value, lambda atom: replace(atom, shape=ANY) if type(atom) is Tensor else atom)


def forget(m: Machine) -> None:
    """The tensors that the running function has names for may have other shapes by now."""
    frame = m.here.frame
    for name in tuple(m.store.names.get(frame, ())):
        value = m.store.cells.get((frame, name))
        if value is not None and any(type(atom) is Tensor for atom in atoms(value)):
            m.store.set((frame, name), unshaped(value))


def indexed(m: Machine, value: Tensor, index: Value | None, site: Site) -> Shape:
    """The shape of value[index]; None: an index nobody looked at."""
    if index is None:
        return ANY
    parts = index.items if type(index) is TupleOf else (index,)
    samples.indexed(m, value.shape, parts, site)
    try:
        return _indexed(value.shape, tuple(_part(m, part) for part in parts))
    except shapes.Clash as clash:
        clashed(m, "indexing", str(clash), site)
        return ANY


def _part(m: Machine, part: Value) -> object:
    match part:
        case Const(value=bool()):
            return UNKNOWN
        case Const(value=None | int() | slice() as known):
            return known
        case Const(value=known) if known is ...:
            return ...
        case Slice(lower=lower, upper=upper, step=step):
            return _slice(lower, upper, step)
        case Tensor(shape=shape, kind=Kind.INDEX) if not shape.open:
            return shape
    return UNKNOWN


def _slice(*parts: Value) -> slice:
    """A slice; a bound that nobody knows stands for some number."""
    known = [part.value if type(part) is Const else UNKNOWN for part in parts]
    return slice(*known)


def dropped(shape: Shape) -> Shape:
    """Of one item along the first dimension."""
    return ANY if shape.open or not shape.dims else Shape(shape.dims[1:])


def reversed_(shape: Shape, name: str) -> Shape:
    """Of x.T, x.mT."""
    if shape.open or len(shape.dims) < 2:
        return ANY if shape.open else shape
    return Shape(shape.dims[::-1]) if name == "T" else Shape((*shape.dims[:-2], shape.dims[-1], shape.dims[-2]))


def of_operator(m: Machine, op: str, left: Value, right: Value, site: Site) -> Shape:
    """The shape of `left op right` of tensors and numbers."""
    try:
        one, other = of(m, left), of(m, right)
        if op == "@":
            return multiplied(one, other)
        made = broadcast(one, other)
        if made not in (one, other):
            enlarged(m, op, one, other, made, site)
        return made
    except shapes.Clash as clash:
        clashed(m, op, str(clash), site)
        return ANY


def arithmetic(op: str, left: Value, right: Value) -> Value | None:
    """B * T of sizes with names."""
    if op != "*" or deps(left) or deps(right):
        return None
    a, b = dim(left), dim(right)
    whole = product((a, b)) if a is not None and b is not None else None
    return size(whole) if isinstance(whole, Size) and len(whole.of) <= MOST_MULTIPLIED else None


MOST_MULTIPLIED = 4
