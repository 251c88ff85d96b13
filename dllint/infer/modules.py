"""Modules: what they hold, in which order, the mode of their layers, and what calling one does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from dllint import api
from dllint.infer import classes, containers, forwards, loops, shapes, supplies
from dllint.infer.state import Args, Thing
from dllint.lives import Mode
from dllint.plain import replace
from dllint.values.term import cut
from dllint.values.value import (
    NONE,
    Bound,
    Const,
    Entries,
    Items,
    Library,
    Many,
    Parameters,
    Ref,
    Site,
    Step,
    Tensor,
    TupleOf,
    Union,
    Unknown,
    Value,
    atoms,
    cases,
    stepped,
    united,
)
from dllint.values.value import Case as Alternative

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

MODULE = "torch.nn.Module"
DEEPEST = 12
NAMES = "#names"
"""The cell of a Sequential that holds the names of its layers, where they are not numbers."""


def is_module(m: Machine, value: Value) -> bool:
    """Whether a value is an object of torch.nn.Module."""
    if type(value) is not Ref:
        return False
    known = m.are_modules.get(value.id)
    if known is None:
        thing = m.heap.get(value.id)
        made = thing is not None and thing.sort in ("instance", "library") and thing.cls is not None
        known = m.are_modules[value.id] = made and classes.derives(m, thing.cls, MODULE)  # type: ignore[union-attr, arg-type]
    return known


def container_name(name: str) -> str:
    """ "sequential", "list" or "dict" of a library class that keeps modules, else ""."""
    found = api.attribute(name, "container") if api.lookup(name) else None
    return str(found) if found else ""


def container(m: Machine, value: Value) -> str:
    """The same of an object."""
    thing = m.thing(value)
    base = classes.library_base(m, thing.cls) if thing is not None and thing.cls is not None else None
    return container_name(base) if base else ""


def born(m: Machine, ref: Ref, site: Site) -> None:
    """A new module is in train mode."""
    m.store.modules.add(ref.id)
    m.store.structure += 1
    if m.assumed:
        m.store.born[ref.id] = m.assumed
    m.store.set((ref.id, "#mode"), Mode(True, site))


def fill(m: Machine, ref: Ref, args: Args, site: Site) -> None:
    """What the constructor of a container keeps: a Sequential's layers one by one, a list's, a dict's."""
    sort = container(m, ref)
    given = args.get(0, "modules")
    if sort == "sequential" and not (len(args.positional) == 1 and _is_dict(m, given)):
        m.store.set((ref.id, "[]"), Items((*args.positional, *args.rest), open=args.open))
        return
    if given is None:
        m.store.set((ref.id, "{}" if sort == "dict" else "[]"), Entries(()) if sort == "dict" else Items(()))
        return
    entries = m.store.get((given.id, "{}")) if type(given) is Ref else None
    if type(entries) is Entries:
        values = tuple(value for _, value in entries.pairs)
        if sort == "dict":
            m.store.set((ref.id, "{}"), entries)
        else:
            m.store.set((ref.id, "[]"), Items(values, entries.open))
            _name(m, ref.id, entries.pairs)
        return
    items = loops.counted(m, given)
    if items is None:
        contents = m.store.get((given.id, "[]")) if type(given) is Ref else None
        values = contents.values if type(contents) is Items else (loops.element(m, given),)
        m.store.set((ref.id, "[]"), Items(values, open=True))
    else:
        m.store.set((ref.id, "[]"), Items(items))


def _name(m: Machine, number: int, pairs: Sequence[tuple[Value, Value]]) -> None:
    """The layers of a Sequential are read by these names, and registered once."""
    m.store.set((number, NAMES), Items(tuple(name for name, _ in pairs)))
    for name, layer in pairs:
        if type(name) is Const and isinstance(name.value, str):
            m.store.set((number, name.value), layer)


def _is_dict(m: Machine, value: Value | None) -> bool:
    return type(value) is Ref and m.store.get((value.id, "{}")) is not None


def sliced(m: Machine, value: Value, part: Sequence[Value], site: Site) -> Value:
    """A slice of a container is a container of the same layers."""
    assert type(value) is Ref
    thing = m.heap[value.id]
    base = classes.library_base(m, thing.cls) if thing.cls is not None else None
    ref = m.new(Thing("library", site, cls=Library(base or "torch.nn.ModuleList"), name=thing.name))
    m.store.set((ref.id, "[]"), Items(tuple(part)))
    born(m, ref, site)
    return ref


# ---------------------------------------------------------------- what is in a module


def children(m: Machine, number: int) -> Iterator[tuple[str, Value]]:
    """Registered children in order, with their names; alternatives are given as they are."""
    contents = tuple(_named(m, number))
    yield from contents
    layers = [layer for _, layer in contents]
    for name in m.names(number):
        found = m.store.get((number, name))
        if found is None or found in layers:
            continue
        if any(is_module(m, a) or type(a) is Unknown for a in atoms(found)):
            yield name, found


def _named(m: Machine, number: int) -> Iterator[tuple[str, Value]]:
    """What a container holds, by key, name or number."""
    layers = _contents(m, number)
    names: Sequence[Value] = ()
    match (m.store.get((number, NAMES)) or m.store.get((number, "{}"))) if layers else None:
        case Items(values=given):
            names = given
        case Entries(pairs=pairs):
            names = [key for key, _ in pairs]
    for index, layer in enumerate(layers):
        name = names[index] if index < len(names) else None
        yield str(name.value) if type(name) is Const else str(index), layer


def _contents(m: Machine, number: int) -> tuple[Value, ...]:
    if not is_module(m, Ref(number)):
        return ()
    items = m.store.get((number, "[]"))
    if type(items) is Items:
        return items.values
    entries = m.store.get((number, "{}"))
    return tuple(value for _, value in entries.pairs) if type(entries) is Entries else ()


def subtree(m: Machine, number: int) -> dict[object, str]:
    """A module and everything registered below it: id, or identity of an unknown, → dotted path."""
    kept = m.networks.get(number)
    m.read_structure()
    if kept is not None and kept[0] == m.store.structure:
        return kept[1]
    found: dict[object, str] = {}
    logs, m.store.logs = m.store.logs, []  # the structure as a whole was noted as read
    _descend(m, number, "", found, 0)
    m.store.logs = logs
    m.networks[number] = (m.store.structure, found)
    return found


def whole(m: Machine, number: int) -> frozenset[object] | None:
    """Everything in a module; None where some of it is code nobody knows."""
    tree = subtree(m, number)
    for owner in tree:
        if not isinstance(owner, int):
            return None
        cls = m.heap[owner].cls
        if cls is not None and classes.has_unknown_base(m, cls):
            return None
    return frozenset(tree)


def switched(m: Machine, number: int) -> tuple[object, ...]:
    """Of a module and all below it, those whose mode anybody asks for: layers that behave differently, the project's
    own modules, and unknowns."""
    kept = m.switched.get(number)
    everything = subtree(m, number)
    if kept is None or kept[0] is not everything:
        kept = (everything, tuple(owner for owner in everything if _switches(m, owner)))
        m.switched[number] = kept
    return kept[1]


def _switches(m: Machine, owner: object) -> bool:
    return not isinstance(owner, int) or m.heap[owner].sort == "instance" or bool(leaf(m, owner))


def _descend(m: Machine, number: int, path: str, found: dict[object, str], depth: int) -> None:
    if number in found or depth > DEEPEST:
        return
    found[number] = path
    for name, value in children(m, number):
        inner = f"{path}.{name}" if path else name
        for atom in atoms(value):
            if type(atom) is Ref and is_module(m, atom):
                _descend(m, atom.id, inner, found, depth + 1)
            elif type(atom) is Unknown and atom.ident is not None:
                found.setdefault(atom.ident, inner)


def leaf(m: Machine, number: int) -> str:
    """ "dropout" or "batchnorm" for a layer that behaves differently in train and eval mode, else ""."""
    known = m.leaf_kinds.get(number)
    if known is None:
        known = m.leaf_kinds[number] = _leaf(m, number)
    return known


def _leaf(m: Machine, number: int) -> str:
    thing = m.heap[number]
    base = classes.library_base(m, thing.cls) if thing.cls is not None else None
    if base is None:
        return ""
    sort = api.attribute(base, "leaf")
    argument = api.attribute(base, "leaf_argument")
    if isinstance(by_name := api.attribute(base, "leaf_by_name"), dict):
        return _leaf_by_name(thing, by_name) or str(sort or "")
    if argument:
        given = dict(thing.bound).get(str(argument), Const(0.0))
        off = given in (Const(0.0), Const(0)) or type(given) is not Const
        between = api.attribute(base, "leaf_between")
        off = off or (between is not None and dict(thing.bound).get(str(between), Const(1)) == Const(1))
        return "" if off else "dropout"
    if sort == "dropout" and dict(thing.bound).get("p") in (Const(0.0), Const(0)):
        return ""
    if sort == "batchnorm" and dict(thing.bound).get("track_running_stats") == Const(False):
        return ""
    return str(sort or "")


def _leaf_by_name(thing: Thing, by_name: dict[str, dict[str, str]]) -> str:
    """What the name that a network was asked for by tells: `create_model("resnet50")` has batch norm."""
    for argument, patterns in by_name.items():
        name = dict(thing.bound).get(argument)
        if type(name) is Const and isinstance(name.value, str):
            return next((leaf for pattern, leaf in patterns.items() if fnmatchcase(name.value, pattern)), "")
    return ""


def heads(m: Machine, number: int) -> tuple[str, ...]:
    """Under which attributes a network may keep its head."""
    cls = m.heap[number].cls
    base = classes.library_base(m, cls) if cls is not None else None
    names = api.attribute(base, "head") if base is not None and api.lookup(base) is not None else None
    return names if isinstance(names, tuple) else ()


# ---------------------------------------------------------------- mode


def mode(m: Machine, owner: object) -> Value:
    """The Mode of a module, or Unknown."""
    if isinstance(owner, int) and owner < m.stale_before:
        return Unknown("its mode is set by whoever calls this")
    value = m.store.get((owner, "#mode"))
    return value if value is not None else Unknown("its mode is set by whoever made it")


def training(m: Machine, module: Value | None) -> bool | None:
    """Whether a network is in train mode; None where nobody knows, or it may be in either."""
    if type(module) is not Ref:
        return None
    found = {atom.train if type(atom) is Mode else None for atom in atoms(mode(m, module.id))}
    return found.pop() if len(found) == 1 else None


def set_mode(m: Machine, receiver: Value, train: Value, site: Site) -> None:
    """module.train(…) or .eval(): for the module and all below it, through a train() of the project's own."""
    for _, atom in cases(receiver):
        several = type(receiver) is Union
        if type(atom) is Unknown and atom.ident is not None:
            _write_mode(m, atom.ident, train, site, several)
        elif type(atom) is Ref:
            for owner in switched(m, atom.id):
                _write_mode(m, owner, train, site, several)
            if not _switches(m, atom.id):
                _write_mode(m, atom.id, train, site, several)
            m.store.set((atom.id, "#asked"), Mode(True, site) if train == Const(True) else None)
            m.store.set((atom.id, "#asker"), Const(m.here.frame))


def _write_mode(m: Machine, owner: object, train: Value, site: Site, several: bool) -> None:
    new: Value
    if type(train) is Const:
        new = Mode(bool(train.value), site)
    elif type(train) is Unknown and train.ident is not None:
        from dllint.infer import conditions

        known = conditions.holds(m, train.ident)
        new = (
            Mode(known, site)
            if known is not None
            else united(Alternative(frozenset(((train.ident, value),)), Mode(value, site)) for value in (True, False))
        )
    else:
        new = Unknown("its mode is set from an unknown flag")
    before = m.store.get((owner, "#mode"))
    if type(new) is Mode and type(before) is Mode and before.train == new.train:
        return  # it stays as it is since the place that set it
    if several:
        new = m.one_of([mode(m, owner), new])
    m.store.set((owner, "#mode"), new)


def set_own_mode(m: Machine, number: int, value: Value) -> None:
    """module.training = …: this module alone."""
    _write_mode(m, number, value, m.here.site, several=False)


def forget_mode(m: Machine, owner: object, why: str) -> None:
    """Code nobody knows may have set the mode of a module and of all below it."""
    owners = switched(m, owner) if isinstance(owner, int) else (owner,)
    unknown = Unknown(why)
    for each in owners:
        before = m.store.get((each, "#mode"))
        if before is not None and type(before) is not Unknown:
            m.store.set((each, "#mode"), unknown)


# ---------------------------------------------------------------- calling


def call(m: Machine, ref: Ref, args: Args, site: Site) -> Value:
    """module(…): a Forward when no module's forward is being run already, then what forward does."""
    if m.heap[ref.id].sort == "instance":
        args = args.changed(_without_history)
    return forwards.outermost(m, ref, args, site, lambda: run_forward(m, ref, args, site))


def _without_history(value: Value) -> Value:
    """A tensor as a network is given it: how it was computed long ago would make every call one of its own."""
    return replace(value, term=cut(value.term)) if type(value) is Tensor and value.term.of else value


def run_forward(m: Machine, ref: Ref, args: Args, site: Site) -> Value:
    thing = m.heap[ref.id]
    assert thing.cls is not None
    for base, value in classes.members(m, thing.cls, "forward"):
        if value is not None:
            result = m.call(Bound(value, ref), args, site)
            return stepped(result, Step(site, f"returned by {thing.name}.forward"))
        if type(base) is Library and container_name(base.name) == "sequential":
            return through(m, ref, args, site)
        inner = m.store.get((ref.id, "module"))
        if type(base) is Library and inner is not None and api.attribute(base.name, "wraps"):
            return m.call(inner, args, site)  # a project's own kind of DataParallel
        if type(base) is Library and api.method(base.name, "forward") is not None:
            from dllint.infer import library

            return library.call_method(m, ref, base.name, "forward", args, site)
    return m.unknown(f"{thing.name} has no forward that could be read", site, args.all())


def through(m: Machine, ref: Ref, args: Args, site: Site) -> Value:
    """A Sequential hands its input through its layers."""
    value = args.get(0, "input")
    if value is None:
        return Unknown("a Sequential without input")
    items = m.store.get((ref.id, "[]"))
    if type(items) is Items and items.open and not items.values:
        return m.unknown("a Sequential of layers nobody saw", site, args.all())
    for layer, after_others in loops.told(m, _contents(m, ref.id)):
        value = handed(m, layer, shapes.unshaped(value) if after_others else value, site)
    for name in m.names(ref.id):  # add_module keeps its layers as attributes
        child = m.store.get((ref.id, name))
        if child is not None and name.startswith("?child "):
            value = handed(m, child, value, site)
    return value


def handed(m: Machine, layer: Value, value: Value, site: Site) -> Value:
    """What a layer makes of a value that its network hands it."""
    thing = m.thing(layer)
    result = m.call(layer, Args((value,)), thing.site if thing is not None and thing.sort == "library" else site)
    return result


# ---------------------------------------------------------------- methods every module has


def _parameters(m: Machine, ref: Ref, args: Args, site: Site) -> Value:
    return supplies.generator(m, _owned(m, ref), site)


def _named_parameters(m: Machine, ref: Ref, args: Args, site: Site) -> Value:
    return Many(TupleOf((Unknown("a parameter's name"), _owned(m, ref))))


def _owned(m: Machine, ref: Ref) -> Parameters:
    """The parameters of a module, which somebody has asked for from here on."""
    tree = subtree(m, ref.id)
    m.claimed.update(tree)
    return Parameters(frozenset(tree))


def _children(m: Machine, ref: Ref, args: Args, site: Site) -> Value:
    found = tuple(value for _, value in children(m, ref.id))
    return Many(_hidden(ref)) if _hides(m, ref) else TupleOf(found)


def _named_children(m: Machine, ref: Ref, args: Args, site: Site) -> Value:
    found = tuple(TupleOf((Const(name), value)) for name, value in children(m, ref.id))
    return Many(TupleOf((Unknown("a layer's name"), _hidden(ref)))) if _hides(m, ref) else TupleOf(found)


def _hides(m: Machine, ref: Ref) -> bool:
    """Whether a network of a library has layers that the table does not list: all that is known of it is its head."""
    cls = m.heap[ref.id].cls
    base = classes.library_base(m, cls) if cls is not None else None
    return base is not None and api.lookup(base) is not None and api.attribute(base, "head") is not None


def _hidden(ref: Ref) -> Unknown:
    return Unknown("a layer of a network that is not listed", ("layers", ref.id))


def _modules(m: Machine, ref: Ref, args: Args, site: Site) -> Value:
    return TupleOf(tuple(Ref(n) for n in subtree(m, ref.id) if isinstance(n, int)))


def _named_modules(m: Machine, ref: Ref, args: Args, site: Site) -> Value:
    return TupleOf(
        tuple(TupleOf((Const(path), Ref(n))) for n, path in subtree(m, ref.id).items() if isinstance(n, int))
    )


def _add_module(m: Machine, ref: Ref, args: Args, site: Site) -> Value:
    name, module = args.get(0, "name"), args.get(1, "module")
    if module is None:
        return NONE
    if container(m, ref) == "sequential":
        before = tuple((Const(known), layer) for known, layer in _named(m, ref.id))
        containers.extend(m, ref.id, [module])
        _name(m, ref.id, [*before, (name or Unknown("a layer's name"), module)])
    elif type(name) is Const:
        m.store.set((ref.id, str(name.value)), module)
    else:
        m.store.set((ref.id, f"?child {site.at} {m.passes}"), module)
    return NONE


def _register(m: Machine, ref: Ref, args: Args, site: Site) -> Value:
    name, value = args.get(0, "name"), args.get(1)
    if type(name) is Const and value is not None:
        m.store.set((ref.id, str(name.value)), value)
    return NONE


def _apply(m: Machine, ref: Ref, args: Args, site: Site) -> Value:
    function = args.get(0, "fn")
    if function is not None:
        for number in subtree(m, ref.id):
            if isinstance(number, int):
                m.call(function, Args((Ref(number),)), site)
    return ref


def _extend_container(name: str) -> Callable[[Machine, Ref, Args, Site], Value]:
    def method(m: Machine, ref: Ref, args: Args, site: Site) -> Value:
        if m.store.get((ref.id, "[]")) is None and m.store.get((ref.id, "{}")) is None:
            m.store.set((ref.id, "[]"), Items(()))
        containers.METHODS[name](m, ref.id, args, site)
        return ref

    return method


METHODS: dict[str, Callable[[Machine, Ref, Args, Site], Value]] = {
    "parameters": _parameters,
    "named_parameters": _named_parameters,
    "children": _children,
    "named_children": _named_children,
    "modules": _modules,
    "named_modules": _named_modules,
    "add_module": _add_module,
    "register_module": _add_module,
    "register_buffer": _register,
    "register_parameter": _register,
    "apply": _apply,
    "append": _extend_container("append"),
    "extend": _extend_container("extend"),
    "insert": _extend_container("insert"),
}
