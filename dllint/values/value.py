"""What a value can be, as infer sees it: small immutable atoms, and a union of guarded alternatives.

Everything mutable (attributes, list contents, modes, gradients) lives in cells of the `Store`, keyed
by owner and name; an atom only names its owner. So a branch or a call is undone by undoing its writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from dllint.plain import plain, replace
from dllint.program import ir
from dllint.values.kind import Kind
from dllint.values.shape import ANY, Shape, agreed
from dllint.values.term import NOWHERE, Term


class Site(NamedTuple):
    """A place in the program: the file's number in this run, and the ordinal of the node in it."""

    file: int
    at: int


class Step(NamedTuple):
    """One step of the way a value came: where, and what happened there."""

    site: Site
    text: str


Origin: TypeAlias = tuple[Step, ...]
LONGEST_ORIGIN = 12

Ident: TypeAlias = tuple[object, ...]
"""Identity of an unknown: two unknowns of one identity are the same thing, although nobody knows which."""

Guard: TypeAlias = tuple[Ident, bool]
Guards: TypeAlias = frozenset[Guard]
ALWAYS: Guards = frozenset()
NOTHING: frozenset[object] = frozenset()


class ForwardKey(NamedTuple):
    """One call of an outermost module: where, in which activation (call sites and loop passes), on which module."""

    site: Site
    context: tuple[object, ...]
    module: object


class BatchKey(NamedTuple):
    """What one loop over data gives: the loop, and the activation it runs in."""

    loop: Site
    context: tuple[object, ...]


class SumKey(NamedTuple):
    """A sum that grows from pass to pass of a loop: where it is added to."""

    site: Site


class LoaderKey(NamedTuple):
    """The loader that a batch comes from: where it was made, the name of the data set, and where that was made.

    order: of data that it surely does not shuffle, how they lie: "sorted by class"; "" where nobody knows. part: "test"
    or "validation", where somebody says so. batch: of so many samples, the last one perhaps of fewer; 0 where nobody
    knows, or all are. left: how many there are in the last one, 0 where it is full; None where nobody knows.
    """

    site: Site
    dataset: str
    data: Site
    order: str
    part: str = ""
    batch: int = 0
    left: int | None = None


class LabelKey(NamedTuple):
    """A label of a data set: where that was made, and how many classes there are, 0 where nobody knows."""

    data: Site
    classes: int = 0


class DrawKey(NamedTuple):
    """A transform that drew at random on the way: where it was made, and its name."""

    site: Site
    transform: str


class PartKey(NamedTuple):
    """A part of a data set: where it was cut, and whether to train on ("train") or to test with ("test"); "" for a
    slice, of which nobody knows.
    """

    site: Site
    part: str


class FitKey(NamedTuple):
    """What was fitted on the data: where, its name, and whether this still is all the data that it was fitted on."""

    site: Site
    by: str
    whole: bool


class RiskKey(NamedTuple):
    """An operation that may give what is infinite or no number: where it stands."""

    site: Site


class LeafKey(NamedTuple):
    """A layer of Keras that depends on the mode and was told nothing: where it was made, "dropout" or "batchnorm"."""

    site: Site
    name: str


Deps: TypeAlias = frozenset[
    "ForwardKey | BatchKey | LoaderKey | LabelKey | DrawKey | SumKey | PartKey | FitKey | RiskKey | LeafKey"
]
NO_DEPS: Deps = frozenset()


def lasting(made: Deps) -> Deps:
    """What of it holds for a plain number too, which is no handle on the forwards that it was computed by."""
    return frozenset(filter(_lasts, made)) if made else NO_DEPS


def _lasts(key: object) -> bool:
    return type(key) is FitKey or (type(key) is LoaderKey and bool(key.part))


class Decided(NamedTuple):
    """What a condition asks for a result of: the loader of the test data, and where it asks."""

    loader: LoaderKey
    site: Site


@plain
class Atom:
    """A value with one meaning."""


@plain
class Unknown(Atom):
    """Nobody knows, and why. `holds`: the objects it may keep. `deps`: the forwards it is made from."""

    why: str
    ident: Ident | None = None
    holds: frozenset[object] = NOTHING
    deps: Deps = NO_DEPS


@plain
class Const(Atom):
    """A Python constant. 1, 1.0 and True differ."""

    value: object

    def __eq__(self, other: object) -> bool:
        return type(other) is Const and type(other.value) is type(self.value) and other.value == self.value

    __hash__ = Atom.__hash__  # of the value, in C


@plain
class Tensor(Atom):
    """A tensor. `tracked`: autograd follows it, so that backward from it reaches what made it."""

    kind: Kind
    origin: Origin = ()
    deps: Deps = NO_DEPS
    tracked: bool = True
    why: str = ""  # of an unknown kind
    term: Term = NOWHERE  # how it was computed
    shape: Shape = ANY
    dtype: str = ""  # the type of its numbers, as `values/dtype.py` names it; "" where nobody knows


@plain
class Ref(Atom):
    """An object on the heap: an instance, a class, a list, a dict, a library object."""

    id: int


@plain
class Parameters(Atom):
    """Parameters of modules, or one of them. `owners`: ids of modules, identities of unknowns; None: nobody knows."""

    owners: frozenset[object] | None


@plain
class Gradient(Atom):
    """What `parameter.grad` is."""

    owners: frozenset[object] | None


@plain
class Weights(Atom):
    """What state_dict() of a module gives: its tensors themselves, which change as it is trained.

    owner: id of the module, identity of an unknown. site: the call. repeated: made in a loop.
    """

    owner: object
    site: Site
    repeated: bool = False


@plain
class TupleOf(Atom):
    """A tuple: all items are known one by one."""

    items: tuple[Value, ...]


@plain
class Record(TupleOf):
    """A named tuple: items by position and by name. Of a library, it may be a dict of few known keys too.

    cls: the class, of one that the project defines.
    """

    names: tuple[str, ...]
    cls: Ref | None = None

    def field(self, name: object) -> Value | None:
        """The item of a name; None when it has none of that name."""
        return self.items[self.names.index(name)] if name in self.names else None


@plain
class Many(Atom):
    """Any number of items, each like `item`: a loader, a generator, a list nobody counted."""

    item: Value


@plain
class Range(Many):
    """The numbers of a range() whose length nobody knows. stop: how many there are, counted from the first of all."""

    stop: Value


@plain
class Once(Many):
    """A generator of parameters: whoever goes through it first uses it up. site: where it was made."""

    site: Site


@plain
class Items(Atom):
    """Contents of a list cell. `open`: there may be more of the kind in the middle (a loop appended them)."""

    values: tuple[Value, ...]
    open: bool = False


@plain
class Absent(Atom):
    """An item that is not there: a layer that a flag leaves out."""


ABSENT = Absent()


@plain
class Entries(Atom):
    """Contents of a dict cell, in order. `open`: there may be others."""

    pairs: tuple[tuple[Value, Value], ...]
    open: bool = False


@plain
class Function(Atom):
    """A function of the project, with the frames it closes over, innermost first, and its defaults."""

    node: ir.FunctionDef | ir.Lambda
    file: int
    frames: tuple[int, ...]
    defaults: tuple[tuple[str, Value], ...]
    name: str
    owner: int | None = None  # the class it is a method of
    traits: frozenset[str] = frozenset()  # "static", "class", "property", "no_grad", …


@plain
class Bound(Atom):
    """A method with its receiver."""

    function: Value
    self: Value


@plain
class Partial(Atom):
    """functools.partial."""

    function: Value
    args: tuple[Value, ...]
    keywords: tuple[tuple[str, Value], ...]


@plain
class Slice(Atom):
    """lower:upper:step among several indices."""

    lower: Value
    upper: Value
    step: Value


@plain
class Library(Atom):
    """A name of a library or of Python: "torch.nn.functional.softmax", "builtins.len"."""

    name: str


@plain
class Method(Atom):
    """A method of a library object or of a value that is not an object of the project."""

    self: Value
    name: str


@plain
class ProjectModule(Atom):
    """A module of the project, or a folder of them (`path` is a folder then)."""

    path: str


@plain
class Super(Atom):
    """super(): attribute look-up that starts after class `after` in the order of `self`'s class."""

    after: int
    self: Value


class Case(NamedTuple):
    """One alternative, and the named conditions under which it holds."""

    guards: Guards
    atom: Atom


@plain
class Union:
    """At least two alternatives, not all alike."""

    cases: tuple[Case, ...]


Value: TypeAlias = Atom | Union
MOST_ALTERNATIVES = 10
"""Alternatives with a meaning of their own: tensors, numbers, unknowns."""
MOST_NAMED = 64
"""Alternatives that are objects, classes or functions: the entries of a registry."""

NONE = Const(None)
TRUE = Const(True)
FALSE = Const(False)


NAMED = frozenset((Ref, Function, Library, Bound, Partial, Method, Super))


def cases(value: Value) -> tuple[Case, ...]:
    """The alternatives of a value: one, unguarded, for an atom."""
    return value.cases if type(value) is Union else (Case(ALWAYS, value),)  # type: ignore[arg-type]


def atoms(value: Value) -> Iterator[Atom]:
    """The alternatives without their conditions."""
    if type(value) is Union:
        for case in value.cases:
            yield case.atom
    else:
        yield value  # type: ignore[misc]


def united(found: Iterable[Case]) -> Value:
    """The value that is one of these. Equal atoms become one, under what their guards share; too many are unknown."""
    merged: dict[Atom, Guards] = {}
    tensors = 0
    for guards, atom in found:
        known = merged.get(atom)
        if known is None:
            merged[atom] = guards
            tensors += type(atom) is Tensor
        elif known:
            merged[atom] = known & guards
    if len(merged) == 1:
        return next(iter(merged))
    if not merged:
        return Unknown("no value reaches here")
    if tensors > 1:
        merged = _shapes_agreed(merged)
        if len(merged) == 1:
            return next(iter(merged))
    if len(merged) > MOST_ALTERNATIVES:
        merged = _by_kind(merged)
        if len(merged) == 1:
            return next(iter(merged))
        if sum(type(atom) not in NAMED for atom in merged) > MOST_ALTERNATIVES or len(merged) > MOST_NAMED:
            return Unknown(
                f"more than {MOST_ALTERNATIVES} alternatives",
                holds=frozenset().union(*(held(a) for a in merged)),
                deps=frozenset().union(*(deps(a) for a in merged)),
            )
    return Union(tuple(Case(guards, atom) for atom, guards in merged.items()))


def _shapes_agreed(merged: dict[Atom, Guards]) -> dict[Atom, Guards]:
    """Tensors that differ in shape or type alone are one, of what all of them have."""
    first: dict[Atom, Tensor] = {}
    made: dict[Atom, Guards] = {}
    for atom, guards in merged.items():
        if type(atom) is not Tensor:
            made[atom] = guards
            continue
        shapeless = replace(atom, shape=ANY, dtype="")
        known = first.get(shapeless)
        if known is None:
            first[shapeless] = atom
            made[atom] = guards
            continue
        joined = first[shapeless] = replace(
            atom, shape=agreed((known.shape, atom.shape)), dtype=atom.dtype if atom.dtype == known.dtype else ""
        )
        made[joined] = made.pop(known) & guards
    return made


def _by_kind(merged: dict[Atom, Guards]) -> dict[Atom, Guards]:
    """Many alternatives with their tensors reduced to one of each kind: a registry of forty networks gives scores."""
    first: dict[tuple[Kind, bool], Tensor] = {}
    made: dict[Atom, Guards] = {}
    for atom, guards in merged.items():
        if type(atom) is Tensor:
            known = first.setdefault((atom.kind, atom.tracked), atom)
            if known is not atom:
                joined = replace(known, deps=known.deps | atom.deps)
                first[atom.kind, atom.tracked] = joined
                made[joined] = made.pop(known) & guards
                continue
        made[atom] = guards
    return made


def contradict(one: Guards, other: Guards) -> bool:
    """Whether two sets of conditions cannot hold together."""
    for flag, truth in other:
        if (flag, not truth) in one:
            return True
        if truth and flag[0] == "==":
            base = flag[1]
            if any(t and f[0] == "==" and f[1] == base and f != flag for f, t in one):
                return True
    return False


def guarded(value: Value, guards: Guards) -> Iterator[Case]:
    """The alternatives of a value that may hold under the guards, with those added."""
    if not guards:
        yield from cases(value)
        return
    for own, atom in cases(value):
        if not own:
            yield Case(guards, atom)
        elif not contradict(own, guards):
            yield Case(essential(own | guards), atom)


def essential(guards: Guards) -> Guards:
    """The conditions less those that follow: `name == "a"` says that it is not "b"."""
    if len(guards) < 2:
        return guards
    chosen = {flag[1] for flag, truth in guards if truth and flag[0] == "=="}
    if not chosen:
        return guards
    return frozenset((f, t) for f, t in guards if t or f[0] != "==" or f[1] not in chosen)


def lift(value: Value, change: Callable[[Atom], Value]) -> Value:
    """The value with each alternative changed."""
    if type(value) is not Union:
        return change(value)  # type: ignore[arg-type]
    return united(new for case in value.cases for new in guarded(change(case.atom), case.guards))


def deps(value: Value) -> Deps:
    """The forwards a value is made from; of a tuple, those of its items."""
    found = _DEPS.get(type(value))
    return found(value) if found is not None else NO_DEPS


def _deps_of_all(values: Iterable[Value]) -> Deps:
    return NO_DEPS.union(*map(deps, values))


_DEPS: dict[type, Callable[[Any], Deps]] = {
    Tensor: attrgetter("deps"),
    Unknown: attrgetter("deps"),
    TupleOf: lambda value: _deps_of_all(value.items),
    Record: lambda value: _deps_of_all(value.items),
    Items: lambda value: _deps_of_all(value.values),
    Many: lambda value: deps(value.item),
    Once: lambda value: deps(value.item),
    Range: lambda value: deps(value.item),
    Union: lambda value: _deps_of_all(case.atom for case in value.cases),
}


def held(value: Value) -> frozenset[object]:
    """Ids and identities of the objects a value names or may keep, one level deep."""
    found = _HELD.get(type(value))
    return found(value) if found is not None else NOTHING


def _held_by_all(values: Iterable[Value]) -> frozenset[object]:
    return NOTHING.union(*map(held, values))


_HELD: dict[type, Callable[[Any], frozenset[object]]] = {
    Ref: lambda value: frozenset((value.id,)),
    Unknown: lambda value: value.holds | {value.ident} if value.ident else value.holds,
    Parameters: lambda value: value.owners or NOTHING,
    Gradient: lambda value: value.owners or NOTHING,
    Bound: lambda value: held(value.self),
    Method: lambda value: held(value.self),
    Super: lambda value: held(value.self),
    Partial: lambda value: held(value.function) | _held_by_all((*value.args, *(v for _, v in value.keywords))),
    TupleOf: lambda value: _held_by_all(value.items),
    Record: lambda value: _held_by_all(value.items),
    Items: lambda value: _held_by_all(value.values),
    Entries: lambda value: _held_by_all(v for _, v in value.pairs),
    Many: lambda value: held(value.item),
    Once: lambda value: held(value.item),
    Range: lambda value: held(value.item),
    Union: lambda value: _held_by_all(case.atom for case in value.cases),
}


def of_a_batch(value: Value) -> bool:
    """Whether something is a part of what a loop over data gives, and has no name of its own."""
    return type(value) is Unknown and value.ident is None and any(type(key) is BatchKey for key in value.deps)


def with_deps(value: Value, more: Deps) -> Value:
    """The value as made from these forwards too, tuples included."""
    if not more:
        return value
    match value:
        case Tensor() | Unknown():
            return replace(value, deps=value.deps | more)
        case TupleOf(items=items):
            return replace(value, items=tuple(with_deps(item, more) for item in items))
        case Many(item=item):
            return Many(with_deps(item, more))
        case Union():
            return united(Case(g, with_deps(a, more)) for g, a in value.cases)  # type: ignore[arg-type]
        case _:
            return value


def stepped(value: Value, step: Step) -> Value:
    """The value with one more step in its origin, tuples included."""
    match value:
        case Tensor(origin=origin) if origin and origin[-1] != step:
            if len(origin) >= LONGEST_ORIGIN:
                return replace(value, origin=(*origin[: LONGEST_ORIGIN - 1], step))
            return replace(value, origin=(*origin, step))
        case TupleOf(items=items):
            return replace(value, items=tuple(stepped(item, step) for item in items))
        case Union():
            return united(Case(g, stepped(a, step)) for g, a in value.cases)  # type: ignore[arg-type]
        case _:
            return value
