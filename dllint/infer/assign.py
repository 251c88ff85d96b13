"""Binding names, attributes, items and unpacked tuples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer import (
    construction,
    containers,
    fillings,
    gradients,
    loops,
    objects,
    precautions,
    shapes,
    slices,
    trainees,
)
from dllint.plain import replace
from dllint.program import ir
from dllint.values.kind import PIXELS, Kind
from dllint.values.term import NOWHERE
from dllint.values.value import (
    NONE,
    Atom,
    Function,
    Gradient,
    Many,
    Parameters,
    ProjectModule,
    Ref,
    Site,
    Tensor,
    TupleOf,
    Union,
    Unknown,
    Value,
    atoms,
    deps,
    lift,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def assign(m: Machine, target: ir.Expr, value: Value) -> None:
    """Bind a target of any form."""
    match target:
        case ir.Name(id=name):
            assign_name(m, name, value)
        case ir.Attribute(value=owner, attr=name):
            assign_attribute(m, m.eval(owner), name, value, m.site(target))
        case ir.Subscript(value=owner, index=ir.Slice() as cut):
            slices.write(m, m.eval(owner), slices.bounds(m, cut), value)
        case ir.Subscript(value=owner, index=index):
            before, at = m.eval(owner), m.eval(index)
            trainees.item(m, before, at, value, m.site(target))
            containers.set_item(m, before, at, value)
            if any(type(atom) in (Tensor, Unknown) for atom in atoms(before)):
                _write_into(m, owner, value)
        case ir.Tuple(elts=targets) | ir.List(elts=targets):
            unpack(m, targets, value)
        case ir.Starred(value=inner):
            assign(m, inner, value)
        case _:
            m.eval(target)


def _write_into(m: Machine, owner: ir.Expr, value: Value) -> None:
    """`x[i] = value`, `x[i][j] = value`: the name of an array stands for what it holds from here on."""
    while isinstance(owner, ir.Subscript):
        owner = owner.value
    if isinstance(owner, (ir.Name, ir.Attribute)):
        before = m.eval(owner)
        after = lift(before, lambda atom: _written(m, atom, value))
        if after != before:
            assign(m, owner, after)


def _written(m: Machine, array: Atom, value: Value) -> Value:
    """An array with something written into it: where it held made-up data, it means what is written."""
    made = deps(array) | deps(value)
    if type(array) is Unknown and made != array.deps:
        return replace(array, deps=made)
    if type(array) is not Tensor:
        return array
    precautions.mended(m, (array,))
    tracked = array.tracked or any(type(atom) is Tensor and atom.tracked for atom in atoms(value))
    if array.kind in PIXELS and getattr(value, "kind", None) is not array.kind:
        return Tensor(Kind.UNKNOWN, (), made, tracked, "other numbers were written into it")
    if array.kind is not Kind.DUMMY or (type(value) is Tensor and value.kind is Kind.DUMMY):
        return replace(array, deps=made, tracked=tracked, term=NOWHERE)
    if type(value) is Tensor:
        return replace(value, deps=made, tracked=tracked, term=NOWHERE, shape=array.shape)
    return Tensor(Kind.UNKNOWN, (), made, tracked, "numbers were written into it", shape=array.shape)


def assign_name(m: Machine, name: str, value: Value) -> None:
    """Bind a name in the scope that owns it."""
    here = m.here
    if type(value) is Unknown and value.ident is not None:
        m.labels.setdefault(value.ident, name)
    if here.names is None:
        m.store.set((here.frame, name), value)
        return
    if name in here.names or name in here.temporary:
        m.store.set((here.frame, name), value)
        return
    for frame in here.frames[1:]:  # declared global or nonlocal
        if m.store.get((frame, name)) is not None:
            m.store.set((frame, name), value)
            return
    m.store.set((here.frames[-1], name), value)


def assign_attribute(m: Machine, owner: Value, name: str, value: Value, site: Site) -> None:
    """owner.name = value. Alternatives of the owner may each have got it."""
    if name in ("data", "requires_grad"):  # what is frozen is loaded
        fillings.fill(m, owner)
    match owner:
        case Ref(id=number):
            trainees.attribute(m, number, name, value, site)
            if number in m.bare:
                construction.attribute(m, number, name, value, site)
            objects.set_attribute(m, number, name, value)
        case Union():
            for case in owner.cases:
                if type(case.atom) is Ref:
                    before = m.store.get((case.atom.id, name))
                    both = value if before is None else m.one_of([before, value])
                    objects.set_attribute(m, case.atom.id, name, both)
        case Unknown() if name == "grad" and value == NONE:
            gradients.clear_unknown(m)
        case Unknown() | Parameters() if name in ("grad", "_grad") and value != NONE:
            gradients.given_by_hand(m)
        case Gradient() if name == "data":
            gradients.given_by_hand(m)
        case Parameters() if name != "grad":
            trainees.flagged(m, owner, name, value, site)
        case Unknown(ident=ident) if ident is not None:
            if m.store.get((ident, name)) is None:
                m.store.found((ident, name), objects.attribute(m, owner, name))
            m.store.set((ident, name), value)
        case ProjectModule(path=path):
            frame = m.modules.get((m.project.path(path), False))
            if frame is not None:
                m.store.set((frame, name), value)
        case Function():
            m.store.set((("function", id(owner.node)), name), value)
        case _:
            if name == "grad":
                gradients.clear_owner(m, owner)


def delete(m: Machine, target: ir.Expr) -> None:
    """del target."""
    match target:
        case ir.Name(id=name):
            m.store.set((m.here.frame, name), None)
        case ir.Attribute(value=owner, attr="grad"):
            assign_attribute(m, m.eval(owner), "grad", NONE, m.site(target))
        case ir.Attribute(value=owner, attr=name):
            for atom in atoms(m.eval(owner)):
                if type(atom) is Ref:
                    m.store.set((atom.id, name), None)
        case ir.Subscript(value=owner, index=index):
            containers.delete_item(m, m.eval(owner), m.eval(index))
        case ir.Tuple(elts=targets) | ir.List(elts=targets):
            for part in targets:
                delete(m, part)


def unpack(m: Machine, targets: list[ir.Expr], value: Value) -> None:
    """Bind each target to its part."""
    starred = next((i for i, t in enumerate(targets) if isinstance(t, ir.Starred)), None)
    if starred is None:
        shapes.unpacked(m, value, len(targets))
        for index, target in enumerate(targets):
            assign(m, target, part(m, value, index, len(targets)))
        return
    after = len(targets) - starred - 1
    for index, target in enumerate(targets[:starred]):
        assign(m, target, part(m, value, index, None))
    items = loops.counted(m, value)
    middle: Value
    if items is not None and len(items) >= starred + after:
        middle = containers.new_list(m, items[starred : len(items) - after], m.site(targets[starred]))
    else:
        middle = Many(loops.element(m, value))
    assign(m, targets[starred], middle)
    for offset, target in enumerate(targets[starred + 1 :]):
        assign(m, target, part(m, value, offset - after, None))


def part(m: Machine, value: Value, index: int, arity: int | None) -> Value:
    """The index-th part of something unpacked."""
    if type(value) is Union:
        return lift(value, lambda atom: part(m, atom, index, arity))
    items = value.items if type(value) is TupleOf else loops.counted(m, value)
    if items is not None:
        if (arity is None or arity == len(items)) and -len(items) <= index < len(items):
            return items[index]
        return Unknown("unpacked into another number of names")
    if type(value) is Gradient:
        return Unknown("a part of a gradient")
    return containers.unpacked(m, value, index)
