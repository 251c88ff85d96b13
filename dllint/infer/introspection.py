"""Questions a program asks of its own objects: isinstance, hasattr, getattr, super."""

from __future__ import annotations

import builtins as _builtins
from typing import TYPE_CHECKING

from dllint import api
from dllint.api.entry import Class
from dllint.infer import (
    classes,
    loops,
    modules,
    objects,
)
from dllint.infer.state import Args
from dllint.values.kind import Kind
from dllint.values.value import (
    FALSE,
    NONE,
    TRUE,
    Case,
    Const,
    Function,
    Library,
    ProjectModule,
    Record,
    Ref,
    Site,
    Super,
    Tensor,
    TupleOf,
    Union,
    Unknown,
    Value,
    guarded,
    lift,
    united,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def is_instance(m: Machine, args: Args, site: Site) -> Value:
    """Whether an object is of a class, where both are known."""
    given, wanted = args.get(0) or NONE, args.get(1) or NONE
    options_ = loops.counted(m, wanted) if type(wanted) is TupleOf else (wanted,)
    verdicts = [_is_a(m, given, option) for option in options_ or ()]
    if True in verdicts:
        return TRUE
    if verdicts and all(v is False for v in verdicts):
        return FALSE
    ident = ("isinstance", given.ident, wanted) if type(given) is Unknown and given.ident is not None else None
    return Unknown("whether it is of a class", ident)


def _is_a(m: Machine, given: Value, wanted: Value) -> bool | None:
    match given, wanted:
        case Library(name=name), Library(name="builtins.type") if (entry := api.lookup(name)) is not None:
            return type(entry) is Class
        case Library(name=name), Library(name="builtins.str") if api.lookup(name) is not None:
            return False
        case Ref(), Library(name=name) if m.heap[given.id].cls is not None:
            cls = m.heap[given.id].cls
            assert cls is not None
            if classes.derives(m, cls, name):
                return True
            known = api.lookup(name) is not None or name.startswith("builtins.")
            return False if known and not classes.has_unknown_base(m, cls) else None
        case (Function(), Library(name=name)):
            return False if name.startswith("builtins.") else None
        case (Ref(), Library(name=name)) if m.heap[given.id].sort == "class":
            return name == "builtins.type" if name.startswith("builtins.") else None
        case Ref(), Library(name=name) if m.heap[given.id].sort in ("list", "dict", "set"):
            return name == f"builtins.{m.heap[given.id].sort}"
        case Ref(), Ref() if m.heap[given.id].cls is not None:
            cls = m.heap[given.id].cls
            if type(cls) is Ref and wanted in classes.order(m, cls.id):
                return True
            return None if cls is not None and classes.has_unknown_base(m, cls) else False
        case Tensor(kind=Kind.PICTURE), Library(name=name) if name.startswith(("torch.", "numpy.", "builtins.")):
            return False
        case Tensor(), Library(name=name):
            return name in ("torch.Tensor", "torch.autograd.Variable", "torch.autograd.variable.Variable") or (
                False if name.startswith("builtins.") else None
            )
        case Record(cls=Ref(id=number)), Ref():
            return wanted in classes.order(m, number)
        case Record(cls=None), Library(name=name):
            return (
                False if name == "torch.Tensor" else None
            )  # a tuple in one version of its library, a dict in the next
        case TupleOf(), Library(name=name):
            return name == "builtins.tuple" if name.startswith("builtins.") else None
        case Const(value=value), Library(name=name) if name.startswith("builtins."):
            cls_ = getattr(_builtins, name.removeprefix("builtins."), None)
            return isinstance(value, cls_) if isinstance(cls_, type) else None
    return None


def has_attribute(m: Machine, args: Args, site: Site) -> Value:
    given, name = args.get(0) or NONE, args.get(1) or NONE
    if type(given) is Ref and type(name) is Const:
        if m.store.get((given.id, str(name.value))) is not None:
            return TRUE
        cls = m.heap[given.id].cls
        if type(cls) is Ref and classes.find(m, cls, str(name.value)) is not None:
            return TRUE
    if type(given) is Record and type(name) is Const and name.value in given.names:
        return TRUE
    if type(given) is Unknown and given.ident is not None and type(name) is Const:
        return Unknown("whether it has it", ("hasattr", given.ident, name))
    return Unknown("whether it has it")


def get_attribute(m: Machine, args: Args, site: Site) -> Value:
    """getattr with a constant name; with a named unknown, any public member of a project's module by its name."""
    given, name = args.get(0) or NONE, args.get(1) or NONE
    if type(name) is Union:
        return lift(name, lambda atom: get_attribute(m, Args((given, atom, *args.positional[2:])), site))
    if type(name) is Const and isinstance(name.value, str):
        value = objects.attribute(m, given, name.value)
        default = args.get(2)
        return default if default is not None and type(value) is Unknown and type(given) is Ref else value
    if type(given) is ProjectModule:
        return any_member(m, m.modules.get((m.project.path(given.path), False)), name)
    return m.unknown("an attribute chosen at run time", site, args.all())


def any_member(m: Machine, frame: int | None, name: Value) -> Value:
    """getattr(models, args.model): each class or function of a file's globals, when the name is it."""
    ident = name.ident if type(name) is Unknown else None
    if frame is None or ident is None:
        return Unknown("a member chosen at run time")
    found: list[Case] = []
    for member in m.names(frame):
        value = m.store.get((frame, member))
        if value is not None and _callable(m, value):
            found.extend(guarded(value, frozenset(((("==", ident, Const(member)), True),))))
    return united(found) if found else Unknown("a member chosen at run time")


def _callable(m: Machine, value: Value) -> bool:
    return type(value) is Function or (type(value) is Ref and m.heap[value.id].sort == "class")


def set_attribute(m: Machine, args: Args, site: Site) -> Value:
    from dllint.infer import assign

    given, name, value = args.get(0) or NONE, args.get(1) or NONE, args.get(2) or NONE
    if type(name) is Const and isinstance(name.value, str):
        assign.assign_attribute(m, given, name.value, value, site)
    elif type(given) is Ref and modules.is_module(m, given):
        m.store.set((given.id, f"?child {site.at} {m.passes}"), value)
    return NONE


def super_of(m: Machine, args: Args, site: Site) -> Value:
    cls, receiver = args.get(0), args.get(1)
    here = m.here
    if receiver is None:
        receiver = here.self
    after = cls.id if type(cls) is Ref else here.owner
    return Super(after, receiver) if after is not None and receiver is not None else Unknown("super() outside a class")


def type_of(m: Machine, args: Args, site: Site) -> Value:
    thing = m.thing(args.get(0) or NONE)
    return thing.cls if thing is not None and thing.cls is not None else Unknown("a type")
