"""Generators of parameters: whoever goes through one first uses it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.values.value import Const, Many, Once, Parameters, Site, Value, atoms

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def generator(m: Machine, item: Value, site: Site) -> Value:
    """A generator of these; of parameters, one that is followed until it is used up."""
    if not any(type(atom) is Parameters for atom in atoms(item)):
        return Many(item)
    m.store.set((("once", site), "#used"), None)
    return Once(item, site)


def used(m: Machine, generator: Once, site: Site) -> Site | None:
    """Somebody goes through a generator: where somebody did before; None where it was whole."""
    cell = (("once", generator.site), "#used")
    before = m.store.get(cell)
    if before is None:
        m.store.set(cell, Const(site))
    return before.value if type(before) is Const and isinstance(before.value, Site) else None
