"""Code nobody knows: what it may have done to what it was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dllint import api
from dllint.infer import (
    conditions,
    fillings,
    forwards,
    gradients,
    library,
    modules,
    rates,
    samplers,
    trainees,
    turns,
)
from dllint.infer.state import Args, Thing
from dllint.infer.store import Cell
from dllint.values.value import (
    Const,
    Entries,
    Ident,
    Items,
    Ref,
    Site,
    Unknown,
    Value,
    deps,
    held,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


CONTAINERS = frozenset(("instance", "library", "list", "dict"))
"""Objects that keep others."""
DEEPEST = 3


def call_unknown(m: Machine, callee: Unknown, args: Args, site: Site) -> Value:
    """Code nobody knows: it may train on what it gets, and set the mode and gradients of what it gets."""
    m.called.add(callee.ident)
    if callee.ident is not None and not forwards.inside(m) and m.store.get((callee.ident, "#mode")) is not None:
        return forwards.of_unknown(m, callee, args, site)
    name = _last_name(callee.ident)
    if name is not None:
        known = _known_method(m, callee, name, args, site)
        if known is not None:
            return known
    by = name or conditions.said(m, callee.ident)
    if name is None:
        # A network that was built by unknown code runs its parts when it is called; it does not train or switch them.
        if gradients.optimized(m, callee.ident):
            forgotten(m, args.all(), by)
        else:
            touched(m, args.all(), by)
        forgotten(m, [Ref(o) if isinstance(o, int) else Unknown("", o) for o in callee.holds if o in m.optimizers], by)  # type: ignore[arg-type]
    else:
        touched(m, [callee, *args.all()], by)
    return m.unknown(callee.why, site, [callee, *args.all()])


def _last_name(ident: Ident | None) -> str | None:
    return str(ident[2]) if ident is not None and len(ident) == 3 and ident[0] == "attr" else None


def _known_method(m: Machine, callee: Unknown, name: str, args: Args, site: Site) -> Value | None:
    """Methods that mean the same whatever they are called on: unknown.backward(), unknown.eval(), unknown.softmax()."""

    assert callee.ident is not None
    receiver = Unknown(callee.why, callee.ident[1], callee.holds, callee.deps)  # type: ignore[arg-type]
    return library.method_of_unknown(m, receiver, name, args, site)


HARMLESS_LIBRARIES = frozenset(
    {
        *("numpy", "scipy", "sklearn", "pandas", "matplotlib", "seaborn", "PIL", "cv2", "skimage", "imageio", "nltk"),
        *("tqdm", "wandb", "tensorboard", "tensorboardX", "visdom", "rich", "loguru", "yaml", "h5py", "joblib"),
        *("torchvision.transforms", "torchvision.utils", "torchvision.io", "einops", "torchmetrics"),
    }
)
"""Libraries that neither train a model nor change its mode when they are given one, or a tensor."""


LISTED_WHOLE = frozenset({"torch", "torchvision"})
"""Libraries whose stubs list all that trains a model or changes its mode: what else their modules hold is harmless."""


MEASURING = frozenset({"sklearn", "torchmetrics"})
"""Libraries whose functions measure what they are given."""


def harmless_library(name: str) -> bool:
    """Whether a dotted name belongs to such a library, or to Python itself."""
    import sys

    root = name.split(".", 1)[0]
    return (
        root in HARMLESS_LIBRARIES
        or (root in LISTED_WHOLE and api.is_module_prefix(name.rpartition(".")[0]))
        or root in sys.stdlib_module_names
        or root == "builtins"
        or any(name.startswith(f"{h}.") for h in HARMLESS_LIBRARIES)
    )


def touched(m: Machine, given: Iterable[Value], by: str) -> None:
    """Unknown code was given these: forget what it may have changed, and that it may have back-propagated."""
    given = tuple(given)
    turns.hidden(m, given)
    forgotten(m, given, by)


def forgotten(m: Machine, given: Iterable[Value], by: str) -> None:
    """Forget what unknown code may have changed that was given these."""
    why = f"{by}, which could not be read, was given it"
    owners: set[object] = set()
    for value in given:
        if m.grad():
            forwards.escaped(m, value)
        trainees.handed_on(m, value)
        if not deps(value):  # what is computed from a batch is data, and no handle on what computed it
            owners |= held(value)
    m.bare -= owners
    if m.optimizers or m.store.modules:  # else there is nothing to forget
        _forget(m, owners, why)


def forget(m: Machine, ref: Ref, why: str) -> None:
    """The mode and the gradients of an object, and of what it keeps, are somebody else's business."""
    _forget(m, {ref.id}, why)


def _forget(m: Machine, owners: Iterable[object], why: str) -> None:
    """Forget the mode and the gradients of these, and of what they keep, each reached on its shortest way."""
    level: set[int] = set()
    for owner in owners:
        if isinstance(owner, int):
            level.add(owner)
        else:
            _forget_unknown(m, owner, why)
    seen: set[int] = set()
    for depth in range(DEEPEST + 1):
        m.store.work += len(level)
        seen |= level
        level = {inner for owner in level for inner in _forget_object(m, owner, why, depth)} - seen


def _forget_object(m: Machine, owner: int, why: str, depth: int) -> Iterable[int]:
    """Forget the mode and the gradients of one object; the objects it keeps, where those have to be forgotten too."""
    if m.unfilled:
        fillings.fill(m, Ref(owner))
    if owner in m.optimizers:
        m.store.set((owner, "#grads"), Unknown(why))
        rates.lend(m, Ref(owner))
    elif modules.is_module(m, Ref(owner)):
        _forget_module(m, owner, why)
    elif (thing := m.heap[owner]).sort in CONTAINERS:
        if samplers.is_distributed(m, owner):
            samplers.told(m, Ref(owner))
        elif depth < DEEPEST:
            return _kept(m, owner, thing)
    return ()


def _kept(m: Machine, owner: int, thing: Thing) -> Iterator[int]:
    """The objects that one keeps: attributes, items, entries, what its library class was given."""
    for _, value in thing.bound:
        yield from _objects(m, value)
    names = (*m.names(owner), "#given") if thing.sort == "instance" else ("[]", "{}")
    for name in names:
        kept = m.store.get((owner, name))
        if type(kept) in (Items, Entries):
            yield from _objects_of_many(m, (owner, name), kept)  # type: ignore[arg-type]
        elif kept is not None and type(kept) is not Const:
            yield from _objects(m, kept)


def _objects(m: Machine, value: Value) -> list[int]:
    """The objects that a value names."""
    return [each for each in held(value) if isinstance(each, int) and each in m.heap]


def _objects_of_many(m: Machine, cell: Cell, contents: Value) -> list[int]:
    """The same of a list or dict: looked for once, as long as its contents are the same."""
    known = m.contents.get(cell)
    if known is None or known[0] is not contents:
        known = m.contents[cell] = (contents, _objects(m, contents))
    return known[1]


def _forget_module(m: Machine, owner: int, why: str) -> None:
    modules.forget_mode(m, owner, why)
    tree = modules.subtree(m, owner)
    for optimizer in m.training:
        targets = gradients.targets(m, optimizer)
        if targets is None or any(target in tree for target in targets):
            m.store.set((optimizer, "#grads"), Unknown(why))


def _forget_unknown(m: Machine, owner: object, why: str) -> None:
    modules.forget_mode(m, owner, why)
    for optimizer in m.training:
        if optimizer == owner or (isinstance(optimizer, tuple) and _within(optimizer, owner)):
            m.store.set((optimizer, "#grads"), Unknown(why))


def _within(ident: object, owner: object) -> bool:
    """Whether an unknown is an attribute or item of another: `G.optim` of `G`."""
    while isinstance(ident, tuple) and ident[0] in ("attr", "key"):
        ident = ident[1]
        if ident == owner:
            return True
    return False
