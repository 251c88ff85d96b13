"""Classes of the project: definition, order of bases, instances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dllint import api
from dllint.infer import calls, construction, modules, records
from dllint.infer.state import Activation, Args, Thing
from dllint.program import ir
from dllint.values.value import (
    Bound,
    Library,
    Ref,
    Site,
    TupleOf,
    Unknown,
    Value,
    atoms,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def define_class(m: Machine, node: ir.ClassDef) -> Ref:
    """The class value of a definition met here: its body is run in a frame that is the class itself."""
    here = m.here
    bases = tuple(m.eval(base) for base in node.bases if not isinstance(base, ir.Starred))
    here.kept = True
    ref = m.new(Thing("class", m.site(node), node=node, bases=bases, frames=here.frames, name=node.name))
    inner = Activation(
        frame=ref.id,
        file=here.file,
        site=m.site(node),
        frames=(ref.id, *here.frames),
        names=None,
        mark=m.store.mark(),
        name=node.name,
        node=node,
        kept=True,
    )
    m.stack.append(inner)
    try:
        m.block(node.body)
    finally:
        m.stack.pop()
    records.written(m, ref)
    _told(m, ref, node)
    return ref


def _told(m: Machine, cls: Ref, node: ir.ClassDef) -> None:
    """__init_subclass__ of a base is told of the new class."""
    found = find(m, cls, "__init_subclass__", after=cls.id)
    if found is not None:
        keywords = {k.arg: m.eval(k.value) for k in node.keywords if k.arg is not None and k.arg != "metaclass"}
        m.call(Bound(found, cls), Args((), keywords), m.site(node))


def order(m: Machine, number: int) -> list[Value]:
    """A class and its bases as attributes are looked up: project classes as Refs, library classes by name."""
    known = m.orders.get(number)
    if known is None:
        found: list[Value] = []
        _collect(m, Ref(number), found, 0)
        # A class that stands twice is looked up after everything that derives from it.
        known = m.orders[number] = [base for index, base in enumerate(found) if base not in found[index + 1 :]]
    return known


def _collect(m: Machine, cls: Value, found: list[Value], depth: int) -> None:
    found.append(cls)
    thing = m.thing(cls)
    if thing is None or depth > 20:
        return
    for base in thing.bases:
        for atom in atoms(base):
            _collect(m, atom, found, depth + 1)


def library_base(m: Machine, cls: Value) -> str | None:
    """The nearest library class that a class is or derives from."""
    if type(cls) is Library:
        return cls.name
    if type(cls) is not Ref:
        return None
    return next(
        (base.name for base in order(m, cls.id) if type(base) is Library and base.name != "builtins.object"), None
    )


def has_unknown_base(m: Machine, cls: Value) -> bool:
    """Whether some base of a project class is code that nobody knows."""
    if type(cls) is not Ref:
        return False
    return any(
        type(base) is Unknown or (type(base) is Library and api.lookup(base.name) is None and not _plain(base.name))
        for base in order(m, cls.id)
    )


def _plain(name: str) -> bool:
    return name.startswith(("builtins.", "abc.", "typing.", "enum.", "collections.", "dataclasses."))


def derives(m: Machine, cls: Value, name: str) -> bool:
    """Whether a class is, or derives from, a library class."""
    for base in order(m, cls.id) if type(cls) is Ref else [cls]:
        if type(base) is Library and (base.name == name or api.subclass(base.name, name)):
            return True
    return False


def members(m: Machine, cls: Value, name: str, after: int | None = None) -> Iterator[tuple[Value, Value | None]]:
    """Who defines a name, in look-up order: (class, value); value None where a library class might."""
    started = after is None
    for base in order(m, cls.id) if type(cls) is Ref else [cls]:
        if not started:
            started = type(base) is Ref and base.id == after
            continue
        if type(base) is Ref:
            value = m.store.get((base.id, name))
            if value is not None:
                yield base, value
        else:
            yield base, None


def find(m: Machine, cls: Value, name: str, after: int | None = None) -> Value | None:
    """A class attribute of the project's own; None where no project class in its order defines it."""
    return next((value for _, value in members(m, cls, name, after) if value is not None), None)


def instantiate(m: Machine, cls: Ref, args: Args, site: Site) -> Value:
    """cls(…): a new object, and its __init__ run on it; or one like that which the same call has made before."""
    keywords = tuple(sorted(args.keywords.items()))
    key = ("new", cls, site, tuple(args.positional), keywords, args.open, tuple(args.rest), m.asked)
    return calls.summarised(m, key, lambda: _made(m, cls, args, site))


def _made(m: Machine, cls: Ref, args: Args, site: Site) -> Value:
    thing = m.heap[cls.id]
    ref = m.new(Thing("instance", site, cls=cls, name=thing.name))
    if modules.is_module(m, ref):
        modules.born(m, ref, site)
    new = find(m, cls, "__init__")
    if new is not None:
        construction.run(m, ref, new, args, site)
    elif records.is_dataclass(m, cls):
        records.fill(m, ref, cls, args)
    else:
        inherited(m, ref, args, site)
    return ref


def inherited(m: Machine, ref: Ref, args: Args, site: Site, after: int | None = None) -> None:
    """The __init__ of the library class an object derives from: containers keep their children."""
    thing = m.heap[ref.id]
    cls = thing.cls
    if cls is None:
        return
    for base, value in members(m, cls, "__init__", after):
        if value is not None:
            m.call(Bound(value, ref), args, site)
            return
        if type(base) is Library:
            m.bare.discard(ref.id)
        if type(base) is Library and modules.container_name(base.name):
            modules.fill(m, ref, args, site)
            return
        if type(base) is Library and (wrapped := api.attribute(base.name, "wraps") if api.lookup(base.name) else None):
            inner = args.get(0, str(wrapped))
            if inner is not None:
                m.store.set((ref.id, "module"), inner)
            return
        if type(base) is Library and base.name in ("builtins.list", "builtins.dict", "collections.OrderedDict"):
            _fill_builtin(m, ref, base.name, args, site)
            return
    if (given := tuple(args.all())) and _keeps(m, cls):
        m.store.set((ref.id, "#given"), TupleOf(given))


def _keeps(m: Machine, cls: Value) -> bool:
    """Whether the base classes may keep what they are given: code nobody read, a framework's trainer."""
    base = library_base(m, cls)
    known = base is not None and api.lookup(base) is not None
    return has_unknown_base(m, cls) or (known and api.attribute(str(base), "framework") is not None)


def _fill_builtin(m: Machine, ref: Ref, name: str, args: Args, site: Site) -> None:
    made = calls.call(m, Library(name), args, site)
    cell = "[]" if name == "builtins.list" else "{}"
    if type(made) is Ref:
        m.store.set((ref.id, cell), m.store.get((made.id, cell)))
