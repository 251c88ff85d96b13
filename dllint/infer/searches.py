"""Searches: optimizers of one place that are made with number after number in the passes of loops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dllint.events import Search, Where
from dllint.infer.state import Thing
from dllint.values.value import Const, Parameters, Ref

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

Setting = dict[str, object]
NETWORK = "the network"


def made(m: Machine, optimizer: Ref) -> None:
    """An optimizer is made; in passes of loops, it is one of several."""
    if m.passes:
        calls, passes = m.context()[0], m.passes
        place = (m.heap[optimizer.id].site, calls, tuple(loop for loop, _ in passes))
        m.searched.setdefault(place, []).append(optimizer.id)


def settle(m: Machine) -> None:
    """At the end of a run: a Search for each place where several were made that differ."""
    for (site, *_), made in m.searched.items():
        settings = [_setting(m, number) for number in made]
        tried = tuple((name, values) for name, values in _varied(settings) if len(values) > 1)
        if tried:
            each = {tuple(setting.get(name) for name, _ in tried) for setting in settings}
            where = Where(site, test=site.file in m.tests)
            m.note(Search(m.heap[made[0]].name, tried, len(each), where))


def _setting(m: Machine, optimizer: int) -> Setting:
    """The numbers that an optimizer, and the layers of the network it is given, are made with."""
    found: Setting = dict(_numbers(m.heap[optimizer]))
    owned = m.store.cells.get((optimizer, "#parameters"))
    owners = owned.owners if type(owned) is Parameters else None
    layers = [m.heap[owner] for owner in sorted(owner for owner in owners or () if isinstance(owner, int))]
    found[NETWORK] = tuple((layer.site, *_numbers(layer)) for layer in layers)
    return found


def _numbers(thing: Thing) -> Iterator[tuple[str, object]]:
    """What an object is made with, of which the number is known."""
    for name, value in thing.bound:
        if type(value) is Const and type(value.value) in (int, float):
            yield name, value.value


def _varied(settings: list[Setting]) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Each name with the values it takes, in the order they come."""
    for name in dict.fromkeys(name for setting in settings for name in setting):
        yield name, tuple(dict.fromkeys(setting.get(name) for setting in settings))
