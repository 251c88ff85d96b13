"""Attributes: reading and writing them on objects, classes, modules of the project, library names and unknowns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint import api
from dllint.infer import (
    batches,
    carrying,
    classes,
    conditions,
    containers,
    fillings,
    gradients,
    imports,
    loaders,
    modules,
    namespaces,
    shapes,
    targets,
)
from dllint.infer.state import Args
from dllint.lives import Mode
from dllint.plain import replace
from dllint.values.dtype import HALF
from dllint.values.term import detached, moved
from dllint.values.value import (
    FALSE,
    NONE,
    NOTHING,
    TRUE,
    Bound,
    Case,
    Const,
    Function,
    Gradient,
    Library,
    Method,
    Parameters,
    Partial,
    ProjectModule,
    Record,
    Ref,
    Super,
    Tensor,
    TupleOf,
    Union,
    Unknown,
    Value,
    cases,
    deps,
    guarded,
    held,
    of_a_batch,
    united,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def attribute(m: Machine, owner: Value, name: str) -> Value:
    """owner.name, alternative by alternative."""
    if type(owner) is Union:
        return united(new for case in owner.cases for new in guarded(attribute(m, case.atom, name), case.guards))
    match owner:
        case Ref():
            return _of_object(m, owner, name)
        case ProjectModule():
            return imports.member(m, owner, name)
        case Library(name=library):
            return _of_library(m, library, name)
        case Unknown():
            return _of_unknown(m, owner, name)
        case Tensor():
            return _of_tensor(owner, name)
        case Parameters(owners=owners):
            return Gradient(owners) if name == "grad" else (owner if name == "data" else Method(owner, name))
        case Super(after=after, self=receiver):
            return _of_super(m, after, receiver, name)
        case Function() if (stored := m.store.get((("function", id(owner.node)), name))) is not None:
            return stored
        case Gradient() if name == "data":
            return owner
        case Record():
            return _of_record(m, owner, name)
        case Partial(function=function) if name == "func":
            return function
        case _:
            return Method(owner, name)


def _of_object(m: Machine, owner: Ref, name: str) -> Value:
    """An attribute of an object of the project or of a library class, or of a class itself."""
    own = m.store.get((owner.id, name))
    if own is not None:
        if m.heap[owner.id].sort == "class":
            return bind(m, own, owner)
        if m.drained and type(own) in (Tensor, TupleOf):
            carrying.read(m, own)
        if type(own) is Tensor and owner.id < m.stale_before:
            return shapes.unshaped(own)  # a method that nobody knows of may have put another there
        return conditions.pruned(m, own)
    thing = m.heap[owner.id]
    if thing.sort == "class":
        found = classes.find(m, owner, name)
        return bind_class(m, found, owner) if found is not None else _of_class(m, owner, name)
    if name == "__class__" and thing.cls is not None:
        return thing.cls
    if name == "training":
        return mode_of(m, owner)
    if thing.cls is not None and type(thing.cls) is Ref:
        found = classes.find(m, thing.cls, name)
        if found is not None:
            return bind(m, found, owner)
    return _of_library_object(m, owner, name)


def _of_record(m: Machine, owner: Record, name: str) -> Value:
    """A field, or what the class of a named tuple gives it."""
    field = owner.field(name)
    if field is not None:
        targets.taken(m, owner, field)
        return field
    if name == "_fields":
        return TupleOf(tuple(map(Const, owner.names)))
    found = classes.find(m, owner.cls, name) if owner.cls is not None else None
    return bind(m, found, owner) if found is not None else Method(owner, name)


def _of_class(m: Machine, owner: Ref, name: str) -> Value:
    base = classes.library_base(m, owner)
    if name == "__name__":
        return Const(m.heap[owner.id].name)
    if base and (made := api.method(base, name)) is not None and made.returns.of == base:
        return Method(owner, name)  # it makes an object of the class that it is called on
    return (
        Library(f"{base}.{name}") if base else Unknown(f"{m.heap[owner.id].name}.{name} is not defined in the project")
    )


def _of_library_object(m: Machine, owner: Ref, name: str) -> Value:
    """What a library class gives its objects: a method, a constructor argument kept under its name, or nobody knows."""
    thing = m.heap[owner.id]
    base = classes.library_base(m, thing.cls) if thing.cls is not None else None
    if name == "data" and base == fillings.PARAMETER:
        fillings.fill(m, owner)
    if name == "param_groups" and owner.id in m.optimizers:
        return gradients.groups(m, owner)
    if base is not None and api.method(base, name) is not None:
        return Method(owner, name)
    if name in ("__call__", "__setattr__") or (name == namespaces.NAME and thing.sort == "instance"):
        return Method(owner, name)
    if thing.sort in ("list", "dict", "set") or name in containers.METHODS or name in modules.METHODS:
        return Method(owner, name)
    if modules.is_module(m, owner) and name in ("weight", "bias"):
        return _parameter(m, owner, name)
    for parameter, value in thing.bound:
        if parameter == name:
            return value
    if name == "module" and modules.is_module(m, owner):
        return owner  # what DataParallel wraps stands for the wrapper
    getter = special(m, owner, "__getattr__")
    if getter is not None and not name.startswith("__"):
        return m.call(getter, Args((Const(name),)), m.here.site)
    # A method of a base class nobody knows may change the object; a part of a known library class does not.
    kept = held(owner) if thing.cls is not None and classes.has_unknown_base(m, thing.cls) else NOTHING
    return Unknown(f"{thing.name or 'it'}.{name} is not set anywhere seen", ("attr", ("object", owner.id), name), kept)


def bind(m: Machine, value: Value, receiver: Value) -> Value:
    """A class attribute seen through an object: functions become methods, properties are called."""
    if type(value) is Union:
        return united(new for c in value.cases for new in guarded(bind(m, c.atom, receiver), c.guards))
    if type(value) is not Function:
        return value
    if "static" in value.traits:
        return value
    if "class" in value.traits:
        thing = m.thing(receiver)
        cls = receiver if thing is not None and thing.sort == "class" else (thing.cls if thing else None)
        return Bound(value, cls if cls is not None else receiver)
    thing = m.thing(receiver)
    if thing is not None and thing.sort == "class":
        return value
    if "property" in value.traits:
        return m.call(Bound(value, receiver), Args(), m.here.site)
    return Bound(value, receiver)


def bind_class(m: Machine, value: Value, cls: Ref) -> Value:
    """A class attribute seen through the class: class methods get it as their first argument."""
    if type(value) is Function and "class" in value.traits:
        return Bound(value, cls)
    return value


def _of_super(m: Machine, after: int, receiver: Value, name: str) -> Value:
    thing = m.thing(receiver)
    cls = thing.cls if thing is not None and thing.sort != "class" else receiver
    if cls is None or type(cls) is not Ref:
        return Unknown("super() of something unknown")
    for base, value in classes.members(m, cls, name, after):
        if value is not None:
            return bind(m, value, receiver)
        if type(base) is Unknown:
            return Unknown("a base class nobody knows")
        if name == "__init__" and type(receiver) is Ref:
            m.bare.discard(receiver.id)  # that of a library comes first
    return Method(Super(after, receiver), name)


def _of_library(m: Machine, library: str, name: str) -> Value:
    full = f"{library}.{name}"
    if library.endswith("argparse.Namespace"):
        return Unknown("an option of the command line", ("attr", ("library", library), name))
    if name == "__name__":
        return Const(library.rsplit(".", 1)[-1])
    return Library(full)


def _of_unknown(m: Machine, owner: Unknown, name: str) -> Value:
    """An attribute of an unknown is an unknown of its own, the same each time; its methods are called on it."""
    if owner.ident is not None:
        stored = m.store.get((owner.ident, name))
        if stored is not None:
            return conditions.pruned(m, stored)
    if name == "grad":
        return Gradient(None)
    if name == "data":
        return Unknown(owner.why, owner.ident, owner.holds, owner.deps)
    if name == "module":  # what DataParallel wraps is the same parameters
        return owner
    if owner.ident is None and name in batches.STILL and of_a_batch(owner):
        return Method(owner, name)
    ident = ("attr", owner.ident, name) if owner.ident is not None else None
    return Unknown(owner.why, ident, owner.holds, owner.deps)


def _of_tensor(owner: Tensor, name: str) -> Value:
    match name:
        case "data":
            return replace(owner, tracked=False, term=detached(owner.term))
        case "T" | "mT" | "H" | "mH":
            return replace(owner, term=moved(owner.term), shape=shapes.reversed_(owner.shape, name))
        case "real":
            return owner
        case "shape" if not owner.shape.open:
            return shapes.sizes_of(owner.shape)
        case "ndim" if not owner.shape.open:
            return Const(len(owner.shape.dims))
        case "grad":
            return Gradient(None)
        case "dtype" if owner.dtype == HALF:
            return Library("torch.float16")
        case "shape" | "dtype" | "device" | "ndim" | "requires_grad" | "is_cuda" | "grad_fn":
            return Unknown(f"the {name} of a tensor")
        case _:
            return Method(owner, name)


def _parameter(m: Machine, owner: Ref, name: str) -> Value:
    """layer.weight, layer.bias: its parameters, or None where the constructor was told to make none."""
    given = dict(m.heap[owner.id].bound).get(name, TRUE)
    if given in (FALSE, NONE):
        return NONE
    if type(given) is Const:
        return Parameters(frozenset((owner.id,)))
    return Unknown(f"whether the layer has a {name}", holds=frozenset((owner.id,)))


def mode_of(m: Machine, owner: Ref) -> Value:
    """module.training: by its mode."""
    found: list[Case] = []
    for guards, atom in cases(conditions.pruned(m, modules.mode(m, owner.id))):
        if type(atom) is Mode:
            found.append(Case(guards, TRUE if atom.train else FALSE))
        else:
            found.append(Case(guards, Unknown("the mode nobody knows", ("attr", ("object", owner.id), "training"))))
    return united(found)


def set_attribute(m: Machine, number: int, name: str, value: Value) -> None:
    """object.name = value, through a property's setter where the class has one."""
    thing = m.heap[number]
    if thing.sort == "instance" and type(thing.cls) is Ref:
        setter = m.store.get((thing.cls.id, f"#set {name}"))
        if setter is not None:
            m.call(Bound(setter, Ref(number)), Args((value,)), m.here.site)
            return
    if name == "training":
        modules.set_own_mode(m, number, value)
        return
    if m.store.get((number, name)) is None and type(thing.cls) is Ref:
        inherited = classes.find(m, thing.cls, name)
        if inherited is not None and type(inherited) is not Function:
            m.store.found((number, name), inherited)
    if modules.container(m, Ref(number)) == "sequential":
        containers.replace_layer(m, number, m.store.get((number, name)), value)
    m.store.set((number, name), carrying.kept(m, value))


def special(m: Machine, owner: Ref, name: str) -> Value | None:
    """A special method that the project defines for an object."""
    thing = m.heap[owner.id]
    if thing.sort != "instance" or type(thing.cls) is not Ref:
        return None
    found = classes.find(m, thing.cls, name)
    return Bound(found, owner) if found is not None else None


def iterated(m: Machine, owner: Ref) -> Value:
    """An item of an object that is iterated: what its __iter__ or __getitem__ gives."""
    from dllint.infer import loops
    from dllint.infer.keras import streams

    thing = m.heap[owner.id]
    iterate = special(m, owner, "__iter__")
    if iterate is not None:
        made = m.call(iterate, Args(), m.here.site)
        if made == owner:
            following = special(m, owner, "__next__")
            return (
                m.call(following, Args(), m.here.site) if following is not None else Unknown("an item of an iterator")
            )
        return loops.element(m, made)
    getter = special(m, owner, "__getitem__")
    if getter is not None:
        return m.call(getter, Args((Unknown("an index"),)), m.here.site)
    if thing.sort == "library":
        return streams.batch(m, owner) or loaders.batch_of(m, owner)
    return Unknown("an item of something unknown", holds=held(owner), deps=deps(owner))
