"""Context managers and decorators: what they switch, and for how long."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dllint import api
from dllint.infer import conditions, foreign, generators, halves, objects
from dllint.infer.state import Args, Thing
from dllint.infer.store import GRAD
from dllint.plain import replace
from dllint.values.value import (
    FALSE,
    NONE,
    TRUE,
    Const,
    Function,
    Library,
    Partial,
    Ref,
    Site,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

SWITCHES: dict[str, Value] = {"no_grad": FALSE, "enable_grad": TRUE}

GENERATOR = "contextlib.#manager"
"""What calling a function under @contextmanager makes: its body runs when it is entered, up to the yield."""

KEEPS = {
    "staticmethod": "static",
    "classmethod": "class",
    "property": "property",
    "functools.cached_property": "property",
    "contextlib.contextmanager": "context",
    "builtins.staticmethod": "static",
    "builtins.classmethod": "class",
    "builtins.property": "property",
}
"""Decorators that change how a function is called, → what it is then."""


def switch(m: Machine, effect: str, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """torch.no_grad() and its kin make an object that switches autograd while it is entered.

    `@torch.no_grad` without a call is given the function itself.
    """
    given = args.get(0)
    if effect in SWITCHES and type(given) is Function:
        return without_grad(given) if effect == "no_grad" else given
    ref = m.new(Thing("switch", site, name=effect))
    to: Value = SWITCHES.get(effect, NONE)
    if effect == "set_grad_enabled":
        flag = bound.get("mode", Unknown("a flag"))
        to = flag if type(flag) is Const else Unknown("a flag")
        m.store.set((ref.id, "#before"), m.store.get(GRAD) or TRUE)
        m.store.set(GRAD, to)  # it acts at once, and undoes itself where it is used as a context
    if effect == "no_grad" and given == FALSE:  # inference_mode(False)
        to = NONE
    m.store.set((ref.id, "#grad"), to)
    return ref


def without_grad(function: Function) -> Function:
    return replace(function, traits=function.traits | {"no_grad"})


def enter(m: Machine, manager: Value, site: Site) -> tuple[Value, Callable[[], None]]:
    """What `with manager as x` binds, and what leaving it undoes."""
    thing = m.thing(manager)
    if thing is not None and thing.sort == "switch" and type(manager) is Ref:
        if thing.name == "autocast":
            inside, outside = halves.entered(m, manager)
            m.store.set(halves.AUTOCAST, inside)
            return manager, lambda: m.store.set(halves.AUTOCAST, outside)
        to = m.store.get((manager.id, "#grad"))
        before = m.store.get((manager.id, "#before")) or m.store.get(GRAD)
        if to is not None and to != NONE:
            m.store.set(GRAD, to)
            return manager, lambda: m.store.set(GRAD, before)
        return manager, _nothing
    if thing is not None and type(thing.cls) is Library and api.method(thing.cls.name, "__enter__") is not None:
        return _enter_library(m, manager, thing.cls.name, site)
    if type(manager) is Ref:
        return _enter_object(m, manager, site)
    if type(manager) is Partial and manager.function == Library(GENERATOR):
        return generators.enter(m, manager, site)
    if type(manager) is Unknown:
        foreign.touched(m, [manager], conditions.said(m, manager.ident))
    return manager, _nothing


def _enter_object(m: Machine, manager: Ref, site: Site) -> tuple[Value, Callable[[], None]]:
    entering = objects.special(m, manager, "__enter__")
    leaving = objects.special(m, manager, "__exit__")

    def leave() -> None:
        if leaving is not None:
            m.call(leaving, Args((NONE, NONE, NONE)), site)

    if entering is None:
        return manager, _nothing
    return m.call(entering, Args(), site), leave


def _enter_library(m: Machine, manager: Value, cls: str, site: Site) -> tuple[Value, Callable[[], None]]:
    """The same, of an object of a library class whose stub says what entering does."""
    from dllint.infer import library

    def leave() -> None:
        library.call_method(m, manager, cls, "__exit__", Args(), site)  # type: ignore[arg-type]

    return library.call_method(m, manager, cls, "__enter__", Args(), site), leave  # type: ignore[arg-type]


def _nothing() -> None:
    return None


def decorated(m: Machine, decorator: Value, value: Value, site: Site) -> Value:
    """What a decorator makes of a function or class; one nobody knows is taken to keep it."""
    match decorator:
        case Library(name=name) if name in KEEPS:
            return replace(value, traits=value.traits | {KEEPS[name]}) if type(value) is Function else value
        case Library(name="dataclasses.dataclass") if type(value) is Ref:
            return _record(m, value)
        case Library(name="torch.no_grad" | "torch.inference_mode") if type(value) is Function:
            return without_grad(value)
        case Partial(function=Library(name="dataclasses.dataclass")) if type(value) is Ref:
            return _record(m, value)
        case Ref(id=number) if m.heap[number].sort == "switch":
            off = m.store.get((number, "#grad")) == FALSE
            return without_grad(value) if off and type(value) is Function else value
        case Ref() if type(value) is Function:
            made = m.call(decorator, Args((value,)), site)
            return value if type(made) is Unknown else made
        case Function():
            made = m.call(decorator, Args((value,)), site)
            return value if type(made) is Unknown else made
        case _:
            return _setter(m, decorator, value)


def _record(m: Machine, cls: Ref) -> Ref:
    m.store.set((cls.id, "#record"), TRUE)
    return cls


def _setter(m: Machine, decorator: Value, value: Value) -> Value:
    """`@name.setter`: kept beside the property."""
    from dllint.values.value import Method

    if type(decorator) is Method and decorator.name == "setter" and type(value) is Function:
        m.store.set((m.here.frame, f"#set {value.name}"), value)
        return decorator.self
    return value
