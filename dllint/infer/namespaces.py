"""`object.__dict__` and vars(object): the attributes of an object as a dict that reads and writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer import containers, objects
from dllint.infer.state import Args
from dllint.values.value import NONE, Const, Entries, Method, Ref, Site, Unknown, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

NAME = "__dict__"
READING = frozenset({"get", "keys", "values", "items", "copy"})


def of(m: Machine, args: Args, site: Site) -> Value:
    """vars(object)."""
    given = args.get(0) or NONE
    if type(given) is Ref and m.heap[given.id].sort == "instance":
        return Method(given, NAME)
    return m.unknown("the attributes of something unknown", site, args.all())


def method(m: Machine, owner: Ref, name: str, args: Args, site: Site) -> Value:
    """object.__dict__.name(…)."""
    if name in READING:
        return containers.METHODS[name](m, _snapshot(m, owner, site).id, args, site)
    if name != "update":
        return m.unknown("what is done to the attributes of an object is not followed", site, args.all())
    given = args.get(0)
    entries = m.store.get((given.id, "{}")) if type(given) is Ref else None
    pairs = entries.pairs if type(entries) is Entries else ()
    for key, value in (*pairs, *((Const(word), value) for word, value in args.keywords.items())):
        write(m, owner, key, value)
    return NONE


def _snapshot(m: Machine, owner: Ref, site: Site) -> Ref:
    """The attributes as they are now."""
    found = ((Const(name), m.store.get((owner.id, name))) for name in m.names(owner.id))
    return containers.new_dict(m, [(name, value) for name, value in found if value is not None], site)


def read(m: Machine, owner: Ref, key: Value) -> Value:
    """object.__dict__[key]."""
    if type(key) is Const and isinstance(key.value, str):
        return objects.attribute(m, owner, key.value)
    return Unknown("an attribute chosen at run time")


def write(m: Machine, owner: Ref, key: Value, value: Value) -> None:
    """object.__dict__[key] = value."""
    if type(key) is Const and isinstance(key.value, str):
        objects.set_attribute(m, owner.id, key.value, value)
