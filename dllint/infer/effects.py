"""What library calls do to the world: the table from an effect in a stub to what happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dllint.api.entry import Function as Entry
from dllint.infer import (
    fits,
    forwards,
    gradients,
    heads,
    modules,
    samplers,
    seeds,
    snapshots,
    splits,
    trainees,
    turns,
)
from dllint.infer.keras import formats, generators, labels, layers, models, streams, tapes
from dllint.infer.state import Args
from dllint.infer.store import GRAD
from dllint.values.value import (
    FALSE,
    NONE,
    TRUE,
    Const,
    Site,
    Unknown,
    Value,
    atoms,
    deps,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


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
    loss = bound.get("loss") or bound.get("self")  # accelerator.backward(loss), loss.backward()
    retained = any(bound.get(name) not in (None, NONE, FALSE) for name in ("retain_graph", "create_graph"))
    gradients.backward(m, loss or next(iter(bound.values()), NONE), site, retained=retained)
    return NONE


def _scaler_step(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    optimizer = bound.get("optimizer")
    if optimizer is not None:
        for atom in atoms(optimizer):
            owner = gradients.owner_of(atom)
            if owner is not None:
                gradients.meet(m, owner)
        gradients.update(m, optimizer, Args(), site)
    return NONE


def _gradients(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> None:
    """torch.autograd.grad: what it starts from is trained on, but nothing is added to `.grad`."""
    for value in bound.values():
        forwards.fed(m, deps(value))


def _new_head(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    heads.replaced(m, _receiver(bound))
    return NONE


def _state(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value | None:
    """The weights of a module; the state of anything else is not followed."""
    receiver = _receiver(bound)
    return snapshots.taken(m, receiver, site) if modules.is_module(m, receiver) else None


def _load(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> None:
    if modules.is_module(m, _receiver(bound)):
        snapshots.loaded(m, _receiver(bound), args, site)


def _save(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> None:
    snapshots.saved(m, args.get(0, "obj") or NONE, site)


def _clip(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> None:
    trainees.clipped(m, bound.get("parameters") or NONE, site)
    turns.clip(m, bound, args, site)


def _set_epoch(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    samplers.told(m, _receiver(bound))
    return NONE


def _scale(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> None:
    turns.scale(m, bound, site)


def _requires_grad(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> None:
    trainees.frozen(m, _receiver(bound), bound.get("requires_grad", TRUE))


def _variable(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> None:
    """Of old, nobody records what is made of a volatile Variable: whether the next forward is, is not known here."""
    if bound.get("volatile", FALSE) != FALSE:
        m.store.set(GRAD, Unknown("something is volatile"))


EFFECTS: dict[str, Callable[[Machine, dict[str, Value], Args, Site], Value | None]] = {
    "variable": _variable,
    "requires_grad": _requires_grad,
    "clip": _clip,
    "fit": fits.fit,
    "fit_transform": fits.fit_transform,
    "transform": fits.transform,
    "split": splits.split,
    "folds": splits.folds,
    "seed": seeds.seeded,
    "draw": seeds.drawn,
    "state_dict": _state,
    "load_state": _load,
    "save": _save,
    "grad": _gradients,
    "backward": _backward,
    "update": lambda m, bound, args, site: gradients.update(m, _receiver(bound), args, site),
    "add_group": lambda m, bound, args, site: gradients.added(m, _receiver(bound), args.get(0, "param_group") or NONE),
    "clear": lambda m, bound, args, site: gradients.clear(m, _receiver(bound), site),
    "set_epoch": _set_epoch,
    "scaler_scale": _scale,
    "scaler_step": _scaler_step,
    "unscale": lambda m, bound, args, site: turns.unscale(m, bound, args, site),
    "advance": lambda m, bound, args, site: turns.advance(m, bound, args, site),
    "train_mode": _train,
    "new_head": _new_head,
    "eval_mode": _eval,
    "layer": layers.call,
    "input": layers.placed,
    "add_layer": models.add,
    "pop_layer": models.pop,
    "compile": models.compiled,
    "fit_model": models.fitted,
    "run_model": models.run,
    "data_format": formats.told,
    "evaluate_model": models.evaluated,
    "one_hot": labels.one_hot,
    "enter_tape": tapes.enter,
    "leave_tape": tapes.leave,
    "tape_gradient": tapes.gradient,
    "apply_gradients": lambda m, bound, args, site: tapes.applied(m, args, site),
    "flow": generators.flow,
    "flow_of_files": generators.flow_of_files,
    "images_of_directory": generators.of_directory,
    "stream": streams.of_slices,
    "map_stream": streams.mapped,
    "encode_labels": labels.encoded,
    "dummies": labels.dummies,
}
