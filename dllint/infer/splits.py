"""Data that is cut into a part to train on and one to test with: what was fitted on all of it knows both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dllint.infer import fits
from dllint.infer.state import Args
from dllint.values.kind import ARRAYS, LABELS
from dllint.values.value import (
    NONE,
    Const,
    FitKey,
    PartKey,
    Ref,
    Site,
    Slice,
    Step,
    Tensor,
    TupleOf,
    Unknown,
    Value,
    atoms,
    deps,
    with_deps,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

START = (NONE, Const(0))


def split(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value | None:
    """train_test_split(*arrays), random_split(dataset): the parts of arrays; those of a data set are made elsewhere."""
    if "dataset" in bound:
        _cut(m, _kept(m, bound["dataset"]), site)
        return None
    _cut(m, args.positional, site)
    if args.open:
        return None
    return TupleOf(
        tuple(_part(m, a, part, site) for a in enumerate(args.positional) for part in (fits.TRAIN, fits.TEST))
    )


def _part(m: Machine, numbered: tuple[int, Value], part: str, site: Site) -> Value:
    """One part of an array of a split."""
    number, array = numbered
    if type(array) is Tensor and array.kind in ARRAYS | LABELS:
        return with_deps(array, frozenset((PartKey(site, part),)))
    made = m.unknown("a part of the data", site, (array,), f"{part} {number}")
    return with_deps(made, frozenset((PartKey(site, part),)))


def folds(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> None:
    """KFold().split(data)."""
    _cut(m, args.positional[:1], site)


def _kept(m: Machine, dataset: Value) -> list[Value]:
    """What a data set of the project keeps."""
    owners = [atom.id for atom in atoms(dataset) if type(atom) is Ref and m.heap[atom.id].sort == "instance"]
    cells = (m.store.get((owner, name)) for owner in owners for name in m.names(owner))
    return [value for value in cells if value is not None]


def _cut(m: Machine, whole: Iterable[Value], site: Site) -> None:
    """All of some data is cut into parts."""
    for data in whole if m.fits else ():
        for key in fits.of(m, data):
            fits.leak(m, key.site, key.by, Step(site, "the data is cut into parts"), "")


def sliced(m: Machine, owner: Value, taken: Value, made: Value, site: Site) -> Value:
    """owner[taken]: what it is, of data; where the index takes some of the rows alone, a part."""
    first = taken.items[0] if type(taken) is TupleOf and taken.items else taken
    if _all_rows(first):
        return made
    for key in fits.of(m, owner) if m.fits and type(first) is Slice else ():
        _end(m, key, first, site)  # type: ignore[arg-type]
    return with_deps(fits.narrowed(made), frozenset((PartKey(site, ""),)))


def _all_rows(index: Value) -> bool:
    """Whether an index is `:`, or names columns."""
    if type(index) is Slice:
        return index.lower in START and index.upper == NONE
    return type(index) is Ref or (type(index) is Const and isinstance(index.value, str))


def _end(m: Machine, key: FitKey, taken: Slice, site: Site) -> None:
    """One end of the data is taken: where the other end is taken too, up to the same row, it is cut into parts."""
    heads, tails = m.ends.setdefault(key, ({}, {}))
    if taken.lower in START:
        heads[taken.upper] = site
    elif taken.upper == NONE or key in deps(taken.upper):
        tails[taken.lower] = site
    for bound, at in tails.items():
        if any(_meet(key, bound, head) for head in heads):
            fits.leak(m, key.site, key.by, Step(at, "the data is cut into parts"), "")


def _meet(key: FitKey, one: Value, other: Value) -> bool:
    """Whether two bounds are the same row, or both are counted from the length of the data."""
    if key in deps(one) and key in deps(other):
        return True
    if type(one) is Const:
        return one == other and isinstance(one.value, int) and abs(one.value) > 1
    return type(one) is Unknown and one.ident is not None and one == other
