"""Slices of lists, tuples, Sequentials and tensors: read and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer import containers, loops, modules, splits
from dllint.program import ir
from dllint.values.value import NONE, Const, Items, Many, Ref, Site, Slice, TupleOf, Union, Unknown, Value, atoms, lift

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def value(m: Machine, node: ir.Slice) -> Slice:
    """lower:upper:step as a value."""
    return Slice(*(m.eval(part) if part is not None else NONE for part in (node.lower, node.upper, node.step)))


def bounds(m: Machine, node: ir.Slice) -> slice | None:
    """lower:upper:step, where all of them are known."""
    return _known(value(m, node))


def _known(whole: Slice) -> slice | None:
    known = [part.value for part in (whole.lower, whole.upper, whole.step) if type(part) is Const]
    if len(known) == 3 and all(bound is None or isinstance(bound, int) for bound in known):
        return slice(*known)
    return None


def read(m: Machine, owner: Value, node: ir.Slice, site: Site) -> Value:
    """owner[lower:upper:step], alternative by alternative."""
    part = value(m, node)
    if type(owner) is not Union:
        return _read(m, owner, part, site)
    with m.perhaps():
        return lift(owner, lambda atom: _read(m, atom, part, site))


def _read(m: Machine, owner: Value, taken: Slice, site: Site) -> Value:
    items, cut = loops.counted(m, owner), _known(taken)
    if items is not None and cut is not None:
        part = items[cut]
        if isinstance(owner, TupleOf):
            return TupleOf(part)
        if type(owner) is Const:
            return Const(owner.value[cut])  # type: ignore[index]
        if modules.container(m, owner):
            return modules.sliced(m, owner, part, site)
        return containers.new_list(m, part, site)
    if items is not None or type(owner) is Ref:
        return Many(loops.element(m, owner))
    made = containers.indexed(m, owner, taken, site)
    return splits.sliced(m, owner, taken, made, site) if m.prepares else made


def write(m: Machine, owner: Value, cut: slice | None, value: Value) -> None:
    """owner[lower:upper:step] = value, of a list."""
    for atom in atoms(owner):
        if type(atom) is not Ref:
            continue
        contents = m.store.get((atom.id, "[]"))
        if type(contents) is Items:
            m.store.set((atom.id, "[]"), _written(m, contents, cut, value))
        else:
            containers.set_item(m, atom, Unknown("a slice"), value)


def _written(m: Machine, contents: Items, cut: slice | None, value: Value) -> Items:
    given = loops.counted(m, value)
    if given is not None and cut is not None and not contents.open:
        values = list(contents.values)
        try:
            values[cut] = given
        except ValueError:  # the program's own error: as many as an extended slice has are wanted
            return contents
        return Items(tuple(values))
    either = m.one_of([*contents.values, *(given if given is not None else [loops.element(m, value)])])
    return Items(tuple(either for _ in contents.values) or (either,), open=True)
