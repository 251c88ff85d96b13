"""A layer or a model of Keras is called: what it, and all that it calls, are told of `training`.

Where a call says nothing, what the call around it was told counts; where that was told nothing either, the default of
the layer's own call() does, and False in the end.
Source: keras.src.layers.layer.Layer.__call__ of Keras 3.15, checked by running it; tf.keras does the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer import classes
from dllint.infer.keras import layers, modes, tapes
from dllint.infer.state import Args
from dllint.plain import replace
from dllint.program import ir
from dllint.values import term as terms
from dllint.values.value import (
    FALSE,
    NONE,
    TRUE,
    Bound,
    ForwardKey,
    Function,
    Ref,
    Site,
    Tensor,
    Unknown,
    Value,
    lift,
    with_deps,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

TRAINING = "training"


def called(m: Machine, layer: Ref, args: Args, site: Site) -> Value:
    """layer(…): what it makes. One that is called by no other may be called where gradients are recorded."""
    around = m.store.get(modes.TOLD)
    own = defined(m, layer)
    told = _told(m, layer, own, args)
    if told == NONE and around is not None:
        told = around
    m.store.set(modes.TOLD, told)
    try:
        if around is None and layers.is_layer(m, layer, layers.MODEL):
            taken = own is None or _takes(own)
            made = tapes.recorded(m, layer, taken, site, lambda: _run(m, layer, own, args, site))
            return put_out(layer, made, site)
        return _run(m, layer, own, args, site)
    finally:
        m.store.set(modes.TOLD, around)


def put_out(model: Ref, made: Value, site: Site) -> Value:
    """What a model makes, as its output: whatever is computed of it is computed outside."""

    def as_output(atom: Value) -> Value:
        return replace(atom, term=terms.put_out(atom.term)) if isinstance(atom, Tensor) else atom

    return with_deps(lift(made, as_output), frozenset((ForwardKey(site, (), model.id),)))


def handed(m: Machine, layer: Value, given: Value, site: Site) -> Value:
    """What a layer makes of what the one before it in a row hands it."""
    if type(layer) is Ref and layers.is_layer(m, layer):
        return called(m, layer, Args((given,)), site)
    return layers.applied(m, layer, given, site)


def defined(m: Machine, layer: Ref, method: str = "call") -> Function | None:
    """A method that a class of the project's gives a layer or a model."""
    cls = m.heap[layer.id].cls
    found = classes.find(m, cls, method) if type(cls) is Ref else None
    return found if type(found) is Function else None


def _told(m: Machine, layer: Ref, own: Function | None, args: Args) -> Value:
    """What a call says of `training`, or the default that says so in its place; None where nobody does."""
    given = args.keywords.get(TRAINING) or _at(own, args)
    if args.open or modes.frozen(m, layer):
        return Unknown("who knows in which mode a layer is called")
    if given is None or given == NONE:
        return TRUE if own is not None and dict(own.defaults).get(TRAINING) == TRUE else NONE
    return given if given in (TRUE, FALSE) else Unknown("the mode that a layer is called in")


def _at(own: Function | None, args: Args) -> Value | None:
    """The same, by its position."""
    if own is None:
        return next((given for given in args.positional[1:2] if given in (TRUE, FALSE)), None)
    names = [p.name for p in (*own.node.params.posonly, *own.node.params.args)][1:]
    at = names.index(TRAINING) if TRAINING in names else len(args.positional)
    return args.positional[at] if at < len(args.positional) else None


def _run(m: Machine, layer: Ref, own: Function | None, args: Args, site: Site) -> Value:
    told = m.store.get(modes.TOLD)
    made = _made(m, layer, own, args, site)
    found = modes.waiting(m, made)
    if found:
        fresh = found - modes.waiting(m, args.get(0, "inputs") or NONE)
        if told != NONE:
            return modes.without(made, fresh)
        modes.see(m, fresh)
    return made


def _made(m: Machine, layer: Ref, own: Function | None, args: Args, site: Site) -> Value:
    if own is None:
        return layers.applied(m, layer, args.get(0, "inputs") or Unknown("what the layer is given"), site)
    if not _takes(own) or _at(own, args) is not None:
        return m.call(Bound(own, layer), args, site)
    # The default False of a call() is nobody's word: it is as if it were None, and its layers are told nothing.
    told = {**args.keywords, TRAINING: m.store.get(modes.TOLD) or NONE}
    return m.call(Bound(own, layer), Args(args.positional, told, args.open, args.rest), site)


def _takes(own: Function) -> bool:
    """Whether a call() has a parameter of that name."""
    params = own.node.params
    return isinstance(own.node, ir.FunctionDef) and any(
        p.name == TRAINING for p in (*params.posonly, *params.args, *params.kwonly)
    )
