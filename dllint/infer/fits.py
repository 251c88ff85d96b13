"""What is fitted on data: the statistics of scalers, and of which data they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.events import Leak, Where
from dllint.infer.state import Args
from dllint.plain import replace
from dllint.values.value import (
    NONE,
    BatchKey,
    Const,
    Deps,
    FitKey,
    ForwardKey,
    LoaderKey,
    PartKey,
    Site,
    Step,
    Tensor,
    Unknown,
    Value,
    atoms,
    deps,
    with_deps,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

MENTIONS = frozenset({"fit_transform", "StandardScaler", "MinMaxScaler", "RobustScaler", "PCA"})
"""Names of a program that may fit something on data: parts of data are told from all of it in no other."""
FITTED = "#fitted"
TRAIN, TEST = "train", "test"


def fit(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> None:
    """scaler.fit(data)."""
    data = bound.get("X", NONE)
    key = _fitted(m, bound.get("self", NONE), data, site)
    if key is not None:
        for atom in atoms(data):
            _mark(m, atom, key)


def fit_transform(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """scaler.fit_transform(data): the same data, with what was fitted on all of it."""
    data = bound.get("X", NONE)
    key = _fitted(m, bound.get("self", NONE), data, site)
    made = m.unknown("what a scaler makes", site, (data,))
    return with_deps(made, frozenset((key,))) if key is not None else made


def transform(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """scaler.transform(data): the same data, with what was fitted on all of it before."""
    data = bound.get("X", NONE)
    return with_deps(m.unknown("what a scaler makes", site, (data,)), of(m, data))


def _fitted(m: Machine, scaler: Value, data: Value, site: Site) -> FitKey | None:
    """A scaler is fitted on data; None where that is a part already, and where nobody knows."""
    thing = m.thing(scaler)
    if thing is None or not m.prepares:
        return None
    made = m.made_from((data,))
    for part in made:
        if type(part) is PartKey:
            _on_part(m, part, site, thing.name)
    if any(type(key) is PartKey or type(key) is BatchKey for key in made):
        return None  # a part, or one of many that a loop goes over
    key = FitKey(site, thing.name, True)
    m.fits.add(key)
    return key


def _on_part(m: Machine, part: PartKey, site: Site, name: str) -> None:
    """Something is fitted on a part of a cut: on both parts of one, it is fitted on the one to test with, too."""
    m.part_fits.setdefault(part, (site, name))
    train, test = (m.part_fits.get(part._replace(part=which)) for which in (TRAIN, TEST))
    if train is not None and test is not None and train[0] != test[0]:
        leak(m, *test, Step(train[0], f"{train[1]} is fitted on the part to train on"), TEST)


def remember(m: Machine, owner: Value, value: Value) -> None:
    """data[columns] = scaler.fit_transform(data[columns]): what was fitted was fitted on all rows of the data."""
    for key in deps(value):
        if type(key) is FitKey and key.whole:
            _mark(m, owner, key)


def _mark(m: Machine, data: Value, key: FitKey) -> None:
    if type(data) is Unknown and data.ident is not None:
        m.store.set((data.ident, FITTED), Const(key))


def of(m: Machine, data: Value) -> frozenset[FitKey]:
    """What was fitted on all of this data; nothing for what a network computed of it."""
    made = m.made_from((data,))
    if any(type(key) is ForwardKey or type(key) is LoaderKey for key in made):
        return frozenset()
    cells = (m.store.get((atom.ident, FITTED)) for atom in atoms(data) if type(atom) is Unknown and atom.ident)
    marked = (cell.value for cell in cells if type(cell) is Const)
    return frozenset(key for key in (*made, *marked) if type(key) is FitKey and key.whole)


def narrowed(value: Value) -> Value:
    """A part of data: no longer all that something was fitted on."""
    if isinstance(value, (Unknown, Tensor)) and any(type(key) is FitKey for key in value.deps):
        return replace(value, deps=_told(value.deps, whole=False))
    return value


def gathered(made: Deps) -> Deps:
    """Rows or windows of data in a list: all of it once more."""
    return _told(made, whole=True)


def _told(made: Deps, *, whole: bool) -> Deps:
    """What was fitted, as on all of this data or on more than this."""
    return frozenset(key._replace(whole=whole) if type(key) is FitKey else key for key in made)


def leak(m: Machine, site: Site, by: str, other: Step, part: str) -> None:
    """Write down that something was fitted on what is to test with."""
    m.leaks.append(Leak(by, part, other, Where(site, test=site.file in m.tests)))


def settle(m: Machine) -> None:
    """At the end of a root: what was fitted on too much matters where something is trained, to be tested."""
    trains = bool(m.training) or len(m.fitted) > m.fitted_before
    for leak in m.leaks:
        m.note(replace(leak, trains=trains))
    m.leaks.clear()
    m.fitted_before = len(m.fitted)
