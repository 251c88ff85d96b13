"""len, sum, min, max, any, all, sorted: what the items of something give all together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dllint.infer import conditions, constants, fits, loops, objects, operators
from dllint.infer.state import Args
from dllint.values.value import (
    FALSE,
    NONE,
    TRUE,
    Absent,
    Const,
    Ident,
    Many,
    Ref,
    Site,
    TupleOf,
    Unknown,
    Value,
    atoms,
    deps,
    lasting,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

Fold = Callable[["Machine", Args, Site], Value]


def length(m: Machine, args: Args, site: Site) -> Value:
    """len(): of what can be counted, or as an object of the project says."""
    given = args.get(0) or NONE
    own = objects.special(m, given, "__len__") if type(given) is Ref else None
    if own is not None:
        return m.call(own, Args(), site)
    items = loops.counted(m, given)
    if items is not None and any(type(atom) is Absent for item in items for atom in atoms(item)):
        items = None
    return Const(len(items)) if items is not None else _length(m, given, site)


def _length(m: Machine, given: Value, site: Site) -> Value:
    """The length of what nobody counted: whoever takes a share of it may be about to cut the data."""
    known = fits.of(m, given) if m.fits else frozenset()
    return Unknown("a length", ("at", site, m.passes), deps=known)


def total(m: Machine, args: Args, site: Site) -> Value:
    """sum(losses): the sum of losses is a loss."""
    given = args.get(0) or NONE
    start = args.get(1, "start")
    items = loops.counted(m, given)
    values = items if items is not None else (loops.element(m, given),)
    if start is not None and start != Const(0):
        values = (start, *values)
    if not values:
        return Const(0)
    found = values[0]
    for value in values[1:]:
        found = operators.binary(m, "+", found, value, site)
    return m.unknown(found.why, site, (found,)) if type(found) is Unknown and found.ident is None else found


def extreme(choose: Callable[..., Any]) -> Fold:
    """min() or max() of constants, given one by one or as a list."""

    def run(m: Machine, args: Args, site: Site) -> Value:
        def chosen(given: Value) -> Value | None:
            return constants.computed(m, lambda: choose(constants.members(m, given)), site)

        found = None
        if args.positional and not args.keywords and not args.open:
            several = len(args.positional) > 1
            found = chosen(TupleOf(tuple(args.positional)) if several else args.positional[0])
        return found or Unknown("an extreme", ("at", site, m.passes), deps=lasting(m.made_from(args.positional)))

    return run


def whether(decisive: bool) -> Fold:
    """any(): true once an item is. all(): false once an item is not."""

    def run(m: Machine, args: Args, site: Site) -> Value:
        given = args.get(0) or NONE
        items = loops.counted(m, given)
        if items is None:
            return Unknown("the truth of items nobody counted", deps=deps(loops.element(m, given)))
        asked = [conditions.truth(m, item) for item in items]
        if any(known is decisive for known, _ in asked):
            return Const(decisive)
        open_ = [ident for known, ident in asked if known is None]
        if not open_:
            return FALSE if decisive else TRUE
        return Unknown("a condition", _joined(open_, decisive), deps=deps(TupleOf(items)))

    return run


def _joined(idents: list[Ident | None], decisive: bool) -> Ident | None:
    """The condition that one of these holds, or that all do; None where one has no name."""
    if None in idents:
        return None
    return idents[0] if len(idents) == 1 else ("or" if decisive else "and", *idents)


def ordered(m: Machine, args: Args, site: Site) -> Value:
    """sorted(): constants in order; of anything else, its items in some order."""
    given = args.get(0) or NONE
    return constants.in_order(m, given, args, site) or Many(loops.element(m, given))
