"""What library calls do to the world: gradients, modes, autograd; and what unknown code may do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dllint.api.entry import Function as Entry
from dllint.events import Update
from dllint.findings import Confidence
from dllint.infer import conditions, containers, forwards, modules
from dllint.infer.state import Args
from dllint.lives import CLEARED, Pending, after_backward, after_update
from dllint.values.kind import Kind
from dllint.values.value import (
    NONE,
    Atom,
    Bound,
    Case,
    Const,
    Function,
    Gradient,
    Ident,
    Many,
    Parameters,
    Ref,
    Site,
    Tensor,
    TupleOf,
    Union,
    Unknown,
    Value,
    atoms,
    cases,
    deps,
    held,
    lift,
    united,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


# ---------------------------------------------------------------- gradients


def backward(m: Machine, loss: Value, site: Site) -> None:
    """Gradients reach every optimizer that the loss may reach."""
    forwards.fed(m, deps(loss))
    m.context()
    for owner in m.optimizers:
        _move(m, owner, lambda state: after_backward(state, site))
    m.store.set(("backward", "#grads"), Pending(fresh=site))


def pending(m: Machine, owner: object) -> Value:
    """The gradient state of an optimizer; one never met before has what the last backward left."""
    value = m.store.get((owner, "#grads"))
    if value is None:
        value = m.store.get(("backward", "#grads"))
    return conditions.pruned(m, value) if value is not None else Pending()


def _move(m: Machine, owner: object, change: object) -> None:
    value = pending(m, owner)
    m.store.set((owner, "#grads"), lift(value, lambda a: change(a) if type(a) is Pending else a))  # type: ignore[operator]


def update(m: Machine, receiver: Value, args: Args, site: Site) -> Value:
    """optimizer.step(): an Update for each alternative of what is pending."""
    closure = args.get(0, "closure")
    if closure is not None and closure != NONE:
        return _stepped_with(m, receiver, closure, args, site)
    for atom in atoms(receiver):
        owner = _owner(atom)
        if owner is None:
            continue
        known = type(atom) is Ref
        m.optimizers.setdefault(owner, known)
        _note_update(m, owner, known or m.optimizers[owner], site)
        _move(m, owner, lambda state: after_update(state, site))
    return NONE


def _owner(atom: Atom) -> object:
    """What an object is followed by: its id, or the identity of an unknown."""
    match atom:
        case Ref(id=number):
            return number
        case Unknown(ident=ident):
            return ident
        case _:
            return None


def _note_update(m: Machine, owner: object, sure: bool, site: Site) -> None:
    m.context()
    states = cases(pending(m, owner))
    known = all(type(atom) is Pending for _, atom in states)
    why = next((atom.why for _, atom in states if type(atom) is Unknown), "")
    m.subject("training step", site, known, why)
    waiting = [atom for _, atom in states if type(atom) is Pending and atom.fresh is not None]
    never = any(atom.stale is not None for atom in waiting) and not any(atom.cleared for atom in waiting)
    name = m.heap[owner].name if isinstance(owner, int) else conditions.said(m, owner)
    for guards, atom in states:
        if type(atom) is Pending:
            others = [(g, a == atom or (never and known and type(a) is Pending)) for g, a in states]
            confidence = conditions.sureness(guards, others)
            when = "" if confidence is Confidence.CERTAIN else conditions.when(m, guards)
            if not sure and confidence is Confidence.CERTAIN:
                confidence = Confidence.LIKELY
            m.note(Update(name, (atom,), m.where(site), confidence, when))


def _stepped_with(m: Machine, receiver: Value, closure: Value, args: Args, site: Site) -> Value:
    """step(closure) runs the closure, which clears and back-propagates as it likes; step(anything else) is none."""
    if isinstance(closure, (Function, Bound)):
        m.call(closure, Args(), site)
    elif type(closure) is not Unknown:
        return m.unknown("a step with an argument", site, args.all())
    for owner in list(m.optimizers):
        m.store.set((owner, "#grads"), Unknown("a closure steps"))
    return m.unknown("the loss of a closure", site, args.all())


def clear(m: Machine, receiver: Value, site: Site) -> Value:
    """zero_grad() of an optimizer, a module, or nobody knows which."""
    for atom in atoms(receiver):
        if type(atom) is Ref and not modules.is_module(m, atom):
            m.optimizers[atom.id] = True
            _clear_one(m, atom.id)
            _clear_sharing(m, _targets(m, atom.id), but=atom.id)
        elif type(atom) is Ref:
            _clear_sharing(m, modules.whole(m, atom.id))
        elif type(atom) is Unknown:
            _clear_of_unknown(m, atom.ident)
    return NONE


def _clear_of_unknown(m: Machine, ident: Ident | None) -> None:
    """zero_grad() of an unknown: an optimizer that steps clears its own, anything else may be a model: all."""
    if ident is not None and ident in m.optimizers:
        m.optimizers[ident] = True
        _clear_one(m, ident)
        for owner, sure in m.optimizers.items():
            if not sure:
                _clear_one(m, owner)
    else:
        clear_unknown(m)


def clear_unknown(m: Machine) -> None:
    """Gradients of something unknown are cleared: every optimizer may have them."""
    for owner in m.optimizers:
        _clear_one(m, owner)
    m.store.set(("backward", "#grads"), CLEARED)


def clear_owner(m: Machine, owner: Value) -> None:
    """`parameter.grad = None`, `parameter.grad.zero_()`."""
    if isinstance(owner, (Parameters, Gradient)) and owner.owners:
        _clear_sharing(m, owner.owners)
    else:
        clear_unknown(m)


def _clear_one(m: Machine, owner: object) -> None:
    m.store.set((owner, "#grads"), CLEARED)


def _clear_sharing(m: Machine, owners: frozenset[object] | None, but: object = None) -> None:
    """Clear every optimizer that may hold parameters of these."""
    for optimizer in m.optimizers:
        if optimizer == but:
            continue
        theirs = _targets(m, optimizer)
        if owners is None or theirs is None or owners & theirs or (not m.optimizers[optimizer]):
            _clear_one(m, optimizer)
    if but is None:
        m.store.set(("backward", "#grads"), CLEARED)


def _targets(m: Machine, optimizer: object) -> frozenset[object] | None:
    """Whose parameters an optimizer was given; None where nobody knows."""
    value = m.store.get((optimizer, "#parameters"))
    return value.owners if type(value) is Parameters else None


def made_optimizer(m: Machine, ref: Ref, given: Value | None) -> None:
    """A new optimizer: nothing is pending, and these are its parameters."""
    m.optimizers[ref.id] = True
    m.store.set((ref.id, "#grads"), Pending())
    m.store.set((ref.id, "#parameters"), Parameters(owners_of(m, given) if given is not None else None))


def owners_of(m: Machine, value: Value, depth: int = 0) -> frozenset[object] | None:
    """The modules whose parameters a value holds, through lists, groups and generators; None where nobody knows."""
    found: set[object] = set()
    for atom in atoms(value):
        owners: frozenset[object] | None
        if type(atom) is Parameters:
            owners = atom.owners
        elif depth < 4 and (inner := _inner(m, atom)) is not None:
            parts = [owners_of(m, v, depth + 1) for v in inner]
            owners = None if None in parts else frozenset().union(*(p for p in parts if p is not None))
        else:
            owners = None
        if owners is None:
            return None
        found |= owners
    return frozenset(found)


def _inner(m: Machine, atom: Atom) -> Iterable[Value] | None:
    from dllint.values.value import Entries, Items

    match atom:
        case Many(item=item):
            return (item,)
        case TupleOf(items=items):
            return items
        case Ref(id=number):
            contents = m.store.get((number, "[]"))
            if type(contents) is Items:
                return contents.values
            entries = m.store.get((number, "{}"))
            if type(entries) is Entries:
                return tuple(v for k, v in entries.pairs if k == Const("params"))
    return None


def groups(m: Machine, optimizer: Ref) -> Value:
    """optimizer.param_groups: dicts whose "params" are its parameters and whose other entries are unknown."""
    owners = _targets(m, optimizer.id)
    group = containers.new_dict(m, [(Const("params"), Many(Parameters(owners)))], m.here.site, open=True)
    return Many(group)


# ---------------------------------------------------------------- loaders


def batch_of(m: Machine, loader: Ref) -> Value:
    """What iterating a loader gives: what its data set's __getitem__ gives, as tensors nobody knows more of."""
    dataset = dict(m.heap[loader.id].bound).get("dataset")
    if dataset is None or not any(type(a) is Ref for a in atoms(dataset)):
        return Unknown("a batch of data")
    from dllint.infer import objects

    getter = next((g for a in atoms(dataset) if type(a) is Ref and (g := objects.special(m, a, "__getitem__"))), None)
    if getter is None:
        return Unknown("a batch of data")
    return _collated(m.call(getter, Args((Unknown("an index"),)), m.here.site))


def _collated(sample: Value) -> Value:
    """A batch has the structure of a sample; what the items are is not known beyond a tensor's kind."""
    match sample:
        case TupleOf(items=items):
            return TupleOf(tuple(_collated(i) for i in items))
        case Tensor(kind=Kind.DUMMY):
            return Unknown("a batch of data")
        case Union():
            return united(Case(g, _collated(a)) for g, a in sample.cases)  # type: ignore[arg-type]
        case Tensor():
            return sample
        case _:
            return Unknown("a batch of data")


# ---------------------------------------------------------------- unknown code


def call_unknown(m: Machine, callee: Unknown, args: Args, site: Site) -> Value:
    """Code nobody knows: it may train on what it gets, and set the mode and gradients of what it gets."""
    name = _last_name(callee.ident)
    if name is not None:
        known = _known_method(m, callee, name, args, site)
        if known is not None:
            return known
    by = name or conditions.said(m, callee.ident)
    if name is None:
        # A network that was built by unknown code runs its parts when it is called; it does not train or switch them.
        touched(m, args.all(), by)
        touched(m, [Ref(o) if isinstance(o, int) else Unknown("", o) for o in callee.holds if o in m.optimizers], by)  # type: ignore[arg-type]
    else:
        touched(m, [callee, *args.all()], by)
    return m.unknown(callee.why, site, [callee, *args.all()])


def _last_name(ident: Ident | None) -> str | None:
    return str(ident[2]) if ident is not None and len(ident) == 3 and ident[0] == "attr" else None


def _known_method(m: Machine, callee: Unknown, name: str, args: Args, site: Site) -> Value | None:
    """Methods that mean the same whatever they are called on: unknown.backward(), unknown.eval(), unknown.softmax()."""
    from dllint.infer import library

    assert callee.ident is not None
    receiver = Unknown(callee.why, callee.ident[1], callee.holds, callee.deps)  # type: ignore[arg-type]
    return library.method_of_unknown(m, receiver, name, args, site)


HARMLESS_LIBRARIES = frozenset(
    {
        *("numpy", "scipy", "sklearn", "pandas", "matplotlib", "seaborn", "PIL", "cv2", "skimage", "imageio", "nltk"),
        *("tqdm", "wandb", "tensorboard", "tensorboardX", "visdom", "rich", "loguru", "yaml", "h5py", "joblib"),
        *("torchvision.transforms", "torchvision.utils", "torchvision.io", "einops"),
    }
)
"""Libraries that neither train a model nor change its mode when they are given one, or a tensor."""


def harmless_library(name: str) -> bool:
    """Whether a dotted name belongs to such a library, or to Python itself."""
    import sys

    root = name.split(".", 1)[0]
    return (
        root in HARMLESS_LIBRARIES
        or root in sys.stdlib_module_names
        or root == "builtins"
        or any(name.startswith(f"{h}.") for h in HARMLESS_LIBRARIES)
    )


def touched(m: Machine, given: Iterable[Value], by: str) -> None:
    """Unknown code was given these: forget what it may have changed."""
    why = f"{by}, which could not be read, was given it"
    owners: set[object] = set()
    for value in given:
        if m.grad():
            forwards.escaped(m, value)
        if not deps(value):  # what is computed from a batch is data, and no handle on what computed it
            owners |= held(value)
    for owner in owners:
        _forget(m, owner, why, 0)


def _forget(m: Machine, owner: object, why: str, depth: int) -> None:
    if isinstance(owner, int):
        if modules.is_module(m, Ref(owner)):
            modules.forget_mode(m, owner, why)
            tree = frozenset(modules.subtree(m, owner))
            for optimizer in m.optimizers:
                targets = _targets(m, optimizer)
                if targets is None or targets & tree:
                    m.store.set((optimizer, "#grads"), Unknown(why))
        elif depth < 3 and m.heap[owner].sort == "instance":
            for name in m.names(owner):
                value = m.store.get((owner, name))
                for inner in held(value) if value is not None else ():
                    if isinstance(inner, int) and inner in m.heap and m.heap[inner].sort in ("instance", "library"):
                        _forget(m, inner, why, depth + 1)
    else:
        modules.forget_mode(m, owner, why)
    if owner in m.optimizers:
        m.store.set((owner, "#grads"), Unknown(why))
    elif not isinstance(owner, int):
        for optimizer in m.optimizers:
            if isinstance(optimizer, tuple) and _within(optimizer, owner):
                m.store.set((optimizer, "#grads"), Unknown(why))


def _within(ident: object, owner: object) -> bool:
    """Whether an unknown is an attribute or item of another: `G.optim` of `G`."""
    while isinstance(ident, tuple) and ident[0] in ("attr", "key"):
        ident = ident[1]
        if ident == owner:
            return True
    return False


def apply(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value | None:
    """The effect a library function has, and its result where the effect decides it."""
    run = EFFECTS.get(entry.effect)
    return run(m, bound, args, site) if run is not None else None


def _receiver(bound: dict[str, Value]) -> Value:
    return bound.get("self", NONE)


def _train(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    modules.set_mode(m, _receiver(bound), bound.get("mode", Const(True)), site)
    return _receiver(bound)


def _eval(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    modules.set_mode(m, _receiver(bound), Const(False), site)
    return _receiver(bound)


def _backward(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    backward(m, bound.get("self") or next(iter(bound.values()), NONE), site)
    return NONE


def _scaler_step(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    optimizer = bound.get("optimizer")
    if optimizer is not None:
        for atom in atoms(optimizer):
            owner = _owner(atom)
            if owner is not None:
                m.optimizers[owner] = True
        update(m, optimizer, Args(), site)
    return NONE


def _gradients(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> None:
    """torch.autograd.grad: what it starts from is trained on, but nothing is added to `.grad`."""
    for value in bound.values():
        forwards.fed(m, deps(value))


EFFECTS = {
    "grad": _gradients,
    "backward": _backward,
    "update": lambda m, bound, args, site: update(m, _receiver(bound), args, site),
    "clear": lambda m, bound, args, site: clear(m, _receiver(bound), site),
    "scaler_step": _scaler_step,
    "train_mode": _train,
    "eval_mode": _eval,
}
