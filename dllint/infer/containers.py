"""Lists, dicts and tuples: their contents, items and methods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dllint.infer import (
    conditions,
    constants,
    fillings,
    fits,
    keeping,
    loops,
    namespaces,
    objects,
    sets,
    shapes,
    shifts,
    snapshots,
    splits,
    targets,
)
from dllint.infer.state import Args, Thing
from dllint.plain import replace
from dllint.values.term import moved, part
from dllint.values.value import (
    ALWAYS,
    FALSE,
    NONE,
    TRUE,
    Absent,
    Case,
    Const,
    Entries,
    Items,
    Library,
    Many,
    Method,
    Parameters,
    Record,
    Ref,
    Site,
    Slice,
    Tensor,
    TupleOf,
    Union,
    Unknown,
    Value,
    Weights,
    cases,
    deps,
    guarded,
    held,
    lift,
    united,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


DEFAULT = "default_factory"
"""The argument that makes a dict a defaultdict."""


def new_list(m: Machine, values: Sequence[Value], site: Site, *, open: bool = False, sort: str = "list") -> Ref:
    """A new list (or set) of these."""
    ref = m.new(Thing(sort, site))
    m.store.set((ref.id, "[]"), Items(tuple(values), open))
    return ref


def new_dict(m: Machine, pairs: Sequence[tuple[Value, Value]], site: Site, *, open: bool = False) -> Ref:
    """A new dict of these."""
    ref = m.new(Thing("dict", site))
    m.store.set((ref.id, "{}"), Entries(tuple(pairs), open))
    return ref


def defaultdict(m: Machine, args: Args, site: Site) -> Value:
    """A new dict that calls its factory for a key that is missing."""
    factory = args.get(0)
    ref = m.new(Thing("dict", site, bound=((DEFAULT, factory),) if factory not in (None, NONE) else ()))
    m.store.set((ref.id, "{}"), Entries(()))
    METHODS["update"](m, ref.id, Args(args.positional[1:], args.keywords, args.open), site)
    return ref


def item(m: Machine, owner: Value, index: Value, site: Site) -> Value:
    """owner[index], alternative by alternative."""
    if type(owner) is Union:
        with m.perhaps():
            return united(new for c in owner.cases for new in guarded(item(m, c.atom, index, site), c.guards))
    if type(index) is Union and not isinstance(owner, Tensor):
        return lift(index, lambda atom: item(m, owner, atom, site))
    match owner:
        case Record() if type(index) is Const and isinstance(index.value, str):
            return owner.field(index.value) or Unknown("a key that it may have", deps=deps(owner))
        case Library(name=name) if name.endswith(".__dict__") and type(index) is Const:
            return Library(f"{name.removesuffix('.__dict__')}.{index.value}")
        case Method(self=Ref() as inside, name=namespaces.NAME):
            return namespaces.read(m, inside, index)
        case TupleOf() | Ref():
            return _item_of_object(m, owner, index, site)
        case Unknown() if type(index) is TupleOf and (taken := shifts.part(index)):
            return shifts.of_unknown(m, owner, taken, site)
        case Unknown(why=why, ident=ident, holds=holds):
            key = ("key", ident, index) if ident is not None and type(index) is Const else None
            if key is not None:
                stored = m.store.get((ident, f"[{index.value!r}]"))  # type: ignore[union-attr]
                if stored is not None:
                    return stored
            made = Unknown(why, key, holds, owner.deps)
            return splits.sliced(m, owner, index, made, site) if m.prepares else made
        case Parameters():
            return owner
        case Many(item=inner):
            return inner
        case _:
            return indexed(m, owner, index, site)


def _item_of_object(m: Machine, owner: Value, index: Value, site: Site) -> Value:
    if type(owner) is Ref and type(entries := m.store.get((owner.id, "{}"))) is Entries:
        return _made_by_default(m, owner.id, entries, index, site) or _looked_up(m, entries, index)
    items = loops.counted(m, owner)
    if items is not None and type(index) is Const and isinstance(index.value, int):
        if -len(items) <= index.value < len(items):
            targets.taken(m, owner, items[index.value])
            return items[index.value]
        return Unknown("an index out of range")
    if type(owner) is Ref:
        contents = m.store.get((owner.id, "[]"))
        if type(contents) is Items and contents.open and index == Const(-1) and contents.values:
            return contents.values[-1]
        found = objects.special(m, owner, "__getitem__")
        if found is not None:
            return m.call(found, Args((index,)), site)
    return _any_item(m, owner)


def _made_by_default(m: Machine, number: int, entries: Entries, index: Value, site: Site) -> Value | None:
    """What a defaultdict makes of a key that it may not have, and keeps; None of any other, and for a key it has."""
    bound = m.heap[number].bound
    if not bound or bound[0][0] != DEFAULT or any(key == index for key, _ in entries.pairs):
        return None
    made = m.call(bound[0][1], Args(), site)
    set_item(m, Ref(number), index, made)
    maybe = [value for key, value in entries.pairs if type(index) is not Const or type(key) is not Const]
    return m.one_of([made, *maybe])


def _any_item(m: Machine, owner: Value) -> Value:
    if type(owner) is Ref:
        entries = m.store.get((owner.id, "{}"))
        if type(entries) is Entries:
            return _any_entry(m, owner.id, entries)
    return loops.element(m, owner)


def _any_entry(m: Machine, number: int, entries: Entries) -> Value:
    """What a dict gives for a key that nobody knows: found once, as long as it holds the same, as a registry does."""
    known = m.any_entries.get(number)
    if known is None or known[0] is not entries:
        found = m.one_of([v for _, v in entries.pairs]) if entries.pairs else Unknown("an item of an empty dict")
        known = m.any_entries[number] = (entries, found)
    return known[1]


def _looked_up(m: Machine, entries: Entries, index: Value) -> Value:
    """entries[index]: the one entry, or, for a named unknown key, each under the condition that it is that key."""
    for key, value in reversed(entries.pairs):
        if key == index:
            return present(value)
    if type(index) is Const:
        return Unknown("a key that nobody set" if not entries.open else "a key of a dict nobody saw whole")
    found: list[Case] = []
    for key, value in entries.pairs:
        value = present(value)
        verdict = conditions.equal(m, index, key) if type(index) is Unknown else Unknown("")
        if verdict == FALSE:
            continue
        flag = verdict.ident if type(verdict) is Unknown else None
        found.extend(guarded(value, frozenset(((flag, True),)) if flag is not None else ALWAYS))
    return united(found) if found else Unknown("a key nobody knows")


def present(value: Value) -> Value:
    """An entry as reading it gives it: where it is absent, reading it is an error."""
    if type(value) is not Union:
        return value
    return united(case for case in value.cases if type(case.atom) is not Absent)


def unpacked(m: Machine, value: Value, index: int) -> Value:
    """The index-th part of something that is not a tuple."""
    match value:
        case Many(item=inner):
            return inner
        case Unknown(why=why, ident=ident, holds=holds):
            key = ("key", ident, Const(index)) if ident is not None else None
            return Unknown(why, key, holds, value.deps)
        case Tensor():
            return replace(value, term=part(value.term), shape=shapes.dropped(value.shape))
        case _:
            return loops.element(m, value)


def indexed(m: Machine, value: Value, index: Value, site: Site) -> Value:
    """value[index] of a tensor: its kind survives, since a part of probabilities is probabilities still."""
    if type(value) is Tensor:
        if type(index) is TupleOf and (taken := shifts.part(index)):
            how = shifts.of_tensor(value, taken)
        else:
            how = moved(value.term) if _takes_all(index) else part(value.term)
        return replace(value, term=how, shape=shapes.indexed(m, value, index, site))
    return Unknown("an item of something unknown", deps=deps(value), holds=held(value))


def _takes_all(index: Value) -> bool:
    """Whether an index leaves no number out: `x[None]`, `x[:, None]`, `x[..., None]`."""
    match index:
        case TupleOf(items=items):
            return all(map(_takes_all, items))
        case Const(value=None) | Slice(lower=Const(value=None), upper=Const(value=None)):
            return True
    return type(index) is Const and index.value is ...


def set_item(m: Machine, owner: Value, index: Value, value: Value) -> None:
    """owner[index] = value."""
    fillings.fill(m, owner)
    if m.fits:
        fits.remember(m, owner, value)
    for _, atom in cases(owner):
        if type(atom) is Unknown and atom.ident is not None and type(index) is Const:
            m.store.set((atom.ident, f"[{index.value!r}]"), value)
        if type(atom) is Method and type(atom.self) is Ref and atom.name == namespaces.NAME:
            namespaces.write(m, atom.self, index, value)
        if type(atom) is Weights:
            snapshots.mixed(m, atom)
        if type(atom) is not Ref:
            continue
        entries = m.store.get((atom.id, "{}"))
        if type(entries) is Entries:
            _set_entry(m, atom.id, entries, index, value)
            continue
        items = m.store.get((atom.id, "[]"))
        if type(items) is Items:
            _replace_item(m, atom.id, items, index, value)
            continue
        found = objects.special(m, atom, "__setitem__")
        if found is not None:
            m.call(found, Args((index, value)), m.here.site)


def _set_entry(m: Machine, number: int, entries: Entries, index: Value, value: Value) -> None:
    if type(index) is Unknown:
        m.store.set((number, "{}"), Entries((*entries.pairs, (index, value)), open=True))
        return
    kept = entries.pairs
    if len(kept) <= MOST_REWRITTEN:
        kept = tuple(pair for pair in kept if pair[0] != index)
    m.store.set((number, "{}"), Entries((*kept, (index, value)), entries.open))


MOST_REWRITTEN = 64
"""Entries up to which an old one of the same key is taken out; of a larger dict, a look-up finds the newest first."""


def _replace_item(m: Machine, number: int, items: Items, index: Value, value: Value) -> None:
    values = list(items.values)
    if type(index) is Const and isinstance(index.value, int) and -len(values) <= index.value < len(values):
        values[index.value] = value
    else:
        values = [m.one_of([v, value]) for v in values]
    m.store.set((number, "[]"), Items(tuple(values), items.open))


# ---------------------------------------------------------------- methods


def replace_layer(m: Machine, number: int, old: Value | None, new: Value) -> None:
    """A layer of a Sequential is set anew by its name: it stands in the old one's place."""
    items = m.store.get((number, "[]"))
    if type(items) is Items and old is not None and old in items.values:
        kept = tuple(new if value == old else value for value in items.values)
        m.store.set((number, "[]"), Items(kept, items.open))


def extend(m: Machine, number: int, values: Sequence[Value], *, open: bool = False) -> None:
    """Add to the end of a list."""
    items = m.store.get((number, "[]"))
    if type(items) is Items:
        m.store.set((number, "[]"), Items((*items.values, *values), items.open or open))


def _append(m: Machine, number: int, args: Args, site: Site) -> Value:
    items = m.store.get((number, "[]")) if m.loops_later and args.positional else None
    if type(items) is Items:
        keeping.appended(m, items, args.positional[0], site)
    if m.here.loops:
        m.grown.add(number)
    extend(m, number, list(args.positional[:1]))
    return NONE


def _extend(m: Machine, number: int, args: Args, site: Site) -> Value:
    given = args.get(0) or TupleOf(())
    items = loops.counted(m, given)
    if items is not None:
        extend(m, number, items)
    else:
        extend(m, number, [loops.element(m, given)], open=True)
    return NONE


def _insert(m: Machine, number: int, args: Args, site: Site) -> Value:
    items = m.store.get((number, "[]"))
    place, value = args.get(0), args.get(1)
    if type(items) is Items and value is not None:
        values = list(items.values)
        if type(place) is Const and isinstance(place.value, int):
            values.insert(place.value, value)
        else:
            values.append(value)
        m.store.set((number, "[]"), Items(tuple(values), items.open))
    return NONE


def _pop(m: Machine, number: int, args: Args, site: Site) -> Value:
    entries = m.store.get((number, "{}"))
    if type(entries) is Entries:
        key = args.get(0) or NONE
        value = _get(m, number, args, site)
        m.store.set((number, "{}"), Entries(tuple(p for p in entries.pairs if p[0] != key), entries.open))
        return value
    items = m.store.get((number, "[]"))
    place = args.get(0) or Const(-1)
    if type(items) is Items and items.values and type(place) is Const and isinstance(place.value, int):
        values = list(items.values)
        if -len(values) <= place.value < len(values):
            value = values[place.value]
            if not items.open:
                del values[place.value]
            m.store.set((number, "[]"), Items(tuple(values), items.open))
            return value
    return loops.element(m, Ref(number))


def _popitem(m: Machine, number: int, args: Args, site: Site) -> Value:
    """The last entry, or the first: popitem(last=False) of an OrderedDict."""
    entries = m.store.get((number, "{}"))
    last = args.get(0, "last") or TRUE
    if type(entries) is not Entries or not entries.pairs or last not in (TRUE, FALSE):
        return Unknown("an entry of a dict nobody saw whole")
    pair = entries.pairs[-1 if last == TRUE else 0]
    _pop(m, number, Args((pair[0],)), site)
    return TupleOf(pair)


def _get(m: Machine, number: int, args: Args, site: Site) -> Value:
    entries = m.store.get((number, "{}"))
    key, default = args.get(0) or NONE, args.get(1, "default") or NONE
    if type(entries) is not Entries:
        return Unknown("an item of something unknown")
    if type(key) is Const and not entries.open and all(pair[0] != key for pair in entries.pairs):
        return default
    found = next((value for k, value in reversed(entries.pairs) if k == key), None)
    if type(found) is Union:
        return lift(found, lambda atom: default if type(atom) is Absent else atom)
    return _looked_up(m, entries, key)


def _setdefault(m: Machine, number: int, args: Args, site: Site) -> Value:
    value = _get(m, number, args, site)
    key, default = args.get(0) or NONE, args.get(1, "default") or NONE
    if value == default or type(value) is Unknown:
        set_item(m, Ref(number), key, default)
        return default
    return value


def _update(m: Machine, number: int, args: Args, site: Site) -> Value:
    entries = m.store.get((number, "{}"))
    if type(entries) is not Entries:
        return sets.update(m, number, args, site)
    given = args.get(0)
    if given is not None:
        more = m.store.get((given.id, "{}")) if type(given) is Ref else None
        if type(more) is Entries:
            for key, value in more.pairs:
                set_item(m, Ref(number), key, value)
        else:
            m.store.set((number, "{}"), Entries(entries.pairs, open=True))
    for name, value in args.keywords.items():
        set_item(m, Ref(number), Const(name), value)
    return NONE


def _pairs(m: Machine, number: int) -> Entries | None:
    entries = m.store.get((number, "{}"))
    return entries if type(entries) is Entries else None


def _view(choose: Callable[[Value, Value], Value]) -> Callable[[Machine, int, Args, Site], Value]:
    def view(m: Machine, number: int, args: Args, site: Site) -> Value:
        entries = _pairs(m, number)
        if entries is None:
            return Unknown("a view of something unknown")
        found = [choose(key, value) for key, value in entries.pairs]
        if entries.open:
            return Many(m.one_of(found) if found else Unknown("an entry of a dict nobody saw whole"))
        return TupleOf(tuple(found))

    return view


def _copy(m: Machine, number: int, args: Args, site: Site) -> Value:
    entries = _pairs(m, number)
    if entries is not None:
        return new_dict(m, entries.pairs, site, open=entries.open)
    items = m.store.get((number, "[]"))
    sort = "set" if m.heap[number].sort == "set" else "list"
    return new_list(m, items.values, site, open=items.open, sort=sort) if type(items) is Items else Unknown("a copy")


def _sort(m: Machine, number: int, args: Args, site: Site) -> Value:
    """sort(): constants in order; of anything else, what is where is not known any more."""
    made = constants.in_order(m, Ref(number), args, site)
    items = m.store.get((made.id, "[]")) if type(made) is Ref else None
    if type(items) is Items:
        m.store.set((number, "[]"), items)
    else:
        _shuffled(m, number)
    return NONE


def _shuffled(m: Machine, number: int) -> None:
    items = m.store.get((number, "[]"))
    if type(items) is Items and items.values:
        either = m.one_of(items.values)
        m.store.set((number, "[]"), Items(tuple(either for _ in items.values), open=True))


def _remove(m: Machine, number: int, args: Args, site: Site) -> Value:
    """remove(item), discard(item): the first that equals it, where that is known."""
    items = m.store.get((number, "[]"))
    wanted = args.get(0)
    if type(items) is not Items or wanted is None:
        return NONE
    for index, value in enumerate(items.values):
        same = conditions.equal(m, value, wanted)
        if same == TRUE and not items.open:
            m.store.set((number, "[]"), Items((*items.values[:index], *items.values[index + 1 :])))
            return NONE
        if same != FALSE:
            _shuffled(m, number)
            return NONE
    return NONE


def _reverse(m: Machine, number: int, args: Args, site: Site) -> Value:
    items = m.store.get((number, "[]"))
    if type(items) is Items:
        m.store.set((number, "[]"), Items(items.values[::-1], items.open))
    return NONE


def _clear(m: Machine, number: int, args: Args, site: Site) -> Value:
    if m.store.get((number, "{}")) is not None:
        m.store.set((number, "{}"), Entries(()))
    else:
        m.store.set((number, "[]"), Items(()))
    return NONE


def delete_item(m: Machine, owner: Value, index: Value) -> None:
    """del owner[index]."""
    for _, atom in cases(owner):
        if type(atom) is Weights:
            snapshots.mixed(m, atom)
        elif type(atom) is Ref and m.store.get((atom.id, "{}")) is not None:
            _pop(m, atom.id, Args((index, NONE)), m.here.site)
        elif type(atom) is Ref and type(index) is Const:
            _pop(m, atom.id, Args((index,)), m.here.site)
        elif type(atom) is Ref:
            _shuffled(m, atom.id)


METHODS: dict[str, Callable[[Machine, int, Args, Site], Value]] = {
    "append": _append,
    "add": sets.add,
    "extend": _extend,
    "insert": _insert,
    "pop": _pop,
    "popitem": _popitem,
    "get": _get,
    "setdefault": _setdefault,
    "update": _update,
    "keys": _view(lambda key, value: key),
    "values": _view(lambda key, value: value),
    "items": _view(lambda key, value: TupleOf((key, value))),
    "copy": _copy,
    "sort": _sort,
    "reverse": _reverse,
    "remove": _remove,
    "discard": _remove,
    "clear": _clear,
}
