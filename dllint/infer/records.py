"""Classes that are lists of fields: dataclasses, and named tuples in every form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dllint.infer import classes, containers, loops
from dllint.infer.state import Args, Thing
from dllint.program import ir
from dllint.values.value import (
    NONE,
    Bound,
    Const,
    Function,
    Items,
    Library,
    Partial,
    Record,
    Ref,
    Site,
    TupleOf,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

FACTORY = "dataclasses.#factory"
"""What a field(default_factory=…) is in the class: it is called for each object."""
NAMED = "#tuple"
"""The cell of a class whose instances are tuples; it holds the names of their fields."""
NAMED_TUPLE = Library("typing.NamedTuple")


# ---------------------------------------------------------------- named tuples


def called(m: Machine, args: Args, site: Site) -> Value:
    """collections.namedtuple("Out", "logits loss"): a class whose instances are records."""
    given = args.get(1, "field_names") or NONE
    if type(given) is Const and isinstance(given.value, str):
        words: Sequence[Value] = [Const(word) for word in given.value.replace(",", " ").split()]
    else:
        words = loops.counted(m, given) or ()
    last = loops.counted(m, args.keywords.get("defaults", TupleOf(()))) or ()
    return _new_class(m, args, words, dict(zip(reversed(words), reversed(last), strict=False)), site)


def typed(m: Machine, args: Args, site: Site) -> Value:
    """typing.NamedTuple("Out", [("logits", Tensor), …])."""
    pairs = loops.counted(m, args.get(1, "fields") or NONE) or ()
    words = [pair.items[0] if isinstance(pair, TupleOf) and pair.items else Unknown("a field") for pair in pairs]
    return _new_class(m, args, words, {}, site)


def _new_class(m: Machine, args: Args, words: Sequence[Value], defaults: Mapping[Value, Value], site: Site) -> Value:
    title = args.get(0, "typename")
    label = str(title.value) if type(title) is Const else "named tuple"
    ref = m.new(Thing("class", site, name=label, frames=m.here.frames))
    m.store.set((ref.id, NAMED), Items(tuple(words)))
    for name, value in defaults.items():
        if type(name) is Const:
            m.store.set((ref.id, str(name.value)), value)
    return ref


def written(m: Machine, cls: Ref) -> None:
    """`class Out(NamedTuple)`: note what its fields are."""
    if NAMED_TUPLE in m.heap[cls.id].bases:
        m.store.set((cls.id, NAMED), Items(tuple(Const(name) for name, _ in _annotated(m, cls))))


def of(m: Machine, cls: Ref, args: Args) -> Value | None:
    """cls(…), where that makes a named tuple; None of any other class."""
    words = classes.find(m, cls, NAMED)
    if type(words) is not Items or classes.find(m, cls, "__new__") is not None:
        return None
    names = tuple(str(word.value) if type(word) is Const else str(n) for n, word in enumerate(words.values))
    return Record(tuple(_field(m, cls, args, n, name) for n, name in enumerate(names)), names, cls)


def _field(m: Machine, cls: Ref, args: Args, index: int, name: str) -> Value:
    given = args.get(index, name)
    if given is None:
        given = classes.find(m, cls, name)
    return given if given is not None else Unknown(f"field {name} was not given")


def _replaced(m: Machine, record: Record, args: Args, site: Site) -> Value:
    fields = zip(record.names, record.items, strict=True)
    return Record(tuple(args.keywords.get(name, item) for name, item in fields), record.names, record.cls)


def _as_dict(m: Machine, record: Record, args: Args, site: Site) -> Value:
    names = map(Const, record.names)
    return containers.new_dict(m, tuple(zip(names, record.items, strict=True)), site)


METHODS: dict[str, Callable[[Machine, Record, Args, Site], Value]] = {"_replace": _replaced, "_asdict": _as_dict}


# ---------------------------------------------------------------- dataclasses


def is_dataclass(m: Machine, cls: Ref) -> bool:
    """A dataclass, or an output of transformers, which is one."""
    return m.store.get((cls.id, "#record")) is not None or any(
        type(base) is Library and base.name == "transformers.utils.ModelOutput" for base in classes.order(m, cls.id)
    )


def fill(m: Machine, ref: Ref, cls: Ref, args: Args) -> None:
    """The fields of a new object of a dataclass."""
    fields = list(_annotated(m, cls))
    for index, (name, default) in enumerate(fields):
        value = args.get(index, name)
        if value is None:
            value = m.store.get((cls.id, name)) if default is not None else None
            if type(value) is Partial and value.function == Library(FACTORY):
                value = m.call(value.args[0], Args(), m.here.site)
        m.store.set((ref.id, name), value if value is not None else Unknown(f"field {name} was not given"))
    m.store.set((ref.id, "#fields"), Items(tuple(Const(name) for name, _ in fields)))
    post = classes.find(m, cls, "__post_init__")
    if type(post) is Function:
        m.call(Bound(post, ref), Args(), m.here.site)


def _annotated(m: Machine, cls: Ref) -> Iterator[tuple[str, ir.Expr | None]]:
    """The annotated names of a class and its bases, those of the bases first, with what they are set to."""
    for base in reversed(classes.order(m, cls.id)):
        node = m.heap[base.id].node if type(base) is Ref else None
        for statement in node.body if node is not None else ():
            if isinstance(statement, ir.AnnAssign) and isinstance(statement.target, ir.Name):
                yield statement.target.id, statement.value


def replaced(m: Machine, args: Args, site: Site) -> Value:
    """dataclasses.replace(object, **changes): a new object of its class."""
    given = args.get(0) or NONE
    fields = _fields(m, given)
    cls = m.heap[given.id].cls if type(given) is Ref else None
    if fields is None or cls is None:
        return m.unknown("a copy of something unknown", site, args.all())
    return m.call(cls, Args((), {**fields, **args.keywords}, args.open), site)


def as_dict(m: Machine, args: Args, site: Site) -> Value:
    """dataclasses.asdict(object)."""
    fields = _fields(m, args.get(0) or NONE)
    if fields is None:
        return m.unknown("the fields of something unknown", site, args.all())
    return containers.new_dict(m, [(Const(name), value) for name, value in fields.items()], site)


def _fields(m: Machine, value: Value) -> dict[str, Value] | None:
    """The fields of an object of a dataclass; None of anything else."""
    names = m.store.get((value.id, "#fields")) if type(value) is Ref else None
    if type(value) is not Ref or type(names) is not Items:
        return None
    every = (str(name.value) for name in names.values if type(name) is Const)
    return {name: m.store.get((value.id, name)) or Unknown(f"field {name} is not set") for name in every}
