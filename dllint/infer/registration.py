"""Which layers a network keeps without registering them: in plain lists, dicts and tuples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dllint import api
from dllint.events import Build, Where
from dllint.infer import classes, modules
from dllint.values.kind import Kind
from dllint.values.value import Entries, Items, Library, Parameters, Ref, Site, TupleOf, Value, atoms

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

DEEPEST = 3


def settle(m: Machine) -> None:
    """At the end of a run: a Build for each container of a network with layers that nothing registers."""
    candidates = [found for number in sorted(m.store.modules, key=str) for found in _kept(m, number)]
    if not candidates:
        return
    registered = {child for number in m.store.modules for child in _registered(m, number)}
    seen: set[Site] = set()
    for event, layer in candidates:
        if layer not in registered and layer not in m.claimed and event.where.site not in seen:
            seen.add(event.where.site)
            m.record.events.append(event)


def _kept(m: Machine, number: object) -> Iterator[tuple[Build, int]]:
    """The layers with parameters in the plain containers that a project's network has as attributes."""
    if not isinstance(number, int) or m.heap[number].sort != "instance" or number in m.unmade:
        return
    for name in m.store.names.get(number, ()):
        value = m.store.cells.get((number, name))
        if value is not None and name[0] not in "#[{?":
            for atom in atoms(value):
                yield from _in(m, number, name, atom)


def _in(m: Machine, number: int, name: str, container: Value) -> Iterator[tuple[Build, int]]:
    sort = "tuple" if type(container) is TupleOf else m.heap[container.id].sort if type(container) is Ref else ""
    if sort not in ("list", "dict", "tuple"):
        return
    layers = [layer for layer in _layers(m, container, 0) if has_parameters(m, layer)]
    for layer in layers:
        made = m.heap[layer].site
        site = m.heap[container.id].site if type(container) is Ref else made
        where = Where(site, test=site.file in m.tests)
        alone = len(layers) == 1 and _literal(m, container)
        yield Build(m.heap[number].name, name, m.heap[layer].name, sort, alone, made, where), layer


def _literal(m: Machine, container: Value) -> bool:
    """Whether a container holds just what was written into it, and nothing a loop may add."""
    if type(container) is not Ref:
        return True
    if container.id in m.grown:
        return False
    contents = m.store.cells.get((container.id, "[]"))
    return type(contents) is Items and not contents.open


def _layers(m: Machine, value: Value, depth: int) -> Iterator[int]:
    """The modules in a container, and in containers in it."""
    for atom in atoms(value):
        if type(atom) is TupleOf:
            inner = atom.items
        elif type(atom) is not Ref:
            continue
        elif modules.is_module(m, atom):
            yield atom.id
            continue
        else:
            inner = _items(m, atom.id)
        if depth < DEEPEST:
            for item in inner:
                yield from _layers(m, item, depth + 1)


def _items(m: Machine, number: int) -> tuple[Value, ...]:
    contents = m.store.cells.get((number, "[]"))
    if type(contents) is Items:
        return contents.values
    entries = m.store.cells.get((number, "{}"))
    return tuple(value for _, value in entries.pairs) if type(entries) is Entries else ()


def _registered(m: Machine, number: object) -> Iterator[object]:
    """What a module has as its children."""
    if isinstance(number, int):
        for _, value in modules.children(m, number):
            yield from (atom.id for atom in atoms(value) if type(atom) is Ref)


def has_parameters(m: Machine, number: int) -> bool:
    """Whether a module, or one below it, surely has parameters of its own."""
    return any(layer_with_parameters(m, owner) for owner in modules.subtree(m, number))


def layer_with_parameters(m: Machine, owner: object) -> bool:
    """Whether a module has parameters of its own, those of its layers left out."""
    if not isinstance(owner, int):
        return False
    thing = m.heap[owner]
    if thing.sort == "instance":
        cells = (m.store.cells.get((owner, name)) for name in m.store.names.get(owner, ()))
        return any(type(value) is Parameters for value in cells)
    base = classes.library_base(m, thing.cls) if thing.cls is not None else None
    forward = api.method(base, "forward") if base is not None and type(thing.cls) is Library else None
    made = (forward.returns, *forward.returns.items) if forward is not None else ()
    return any(returns.how == "kind" and returns.kind is Kind.RAW for returns in made)
