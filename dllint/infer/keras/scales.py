"""On which scale pixels are that a model is given: what layers make of it, and what it was fitted on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint import api
from dllint.events import Call
from dllint.infer import images
from dllint.values.kind import PIXELS_1, PIXELS_255, Kind
from dllint.values.value import NONE, Const, Library, Ref, Site, Tensor, Unknown, Value, lift

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

FITTED = "#fitted on"
"""The scale of the pixels that a model was fitted on."""
NO_FACTORS = (NONE, Const(1), Const(1.0), Const(0))


def rescaled(m: Machine, x: Value, factor: Value, site: Site) -> Value:
    """Pixels that are multiplied by a factor, as a generator or a layer does."""
    from dllint.infer import operators

    if factor in NO_FACTORS:
        return x
    return lift(x, lambda atom: operators.binary(m, "*", atom, factor, site))


def rescaling(m: Machine, layer: Ref, given: Tensor, bound: dict[str, Value]) -> Value:
    """Rescaling(scale, offset)."""
    made = rescaled(m, given, bound.get("scale", NONE), m.heap[layer.id].site)
    plain = bound.get("offset", Const(0.0)) in (Const(0), Const(0.0))
    return made if plain else Unknown("pixels that a layer shifts")


def reached(m: Machine, layer: Ref, given: Value, site: Site) -> None:
    """Write down that pixels reach a layer with weights, where the model is run."""
    if images.are_pixels(given):
        name = m.heap[layer.id].name
        _note(m, name, f"keras.layers.{name}", "pixels", given, site)


def pretrained(m: Machine, layer: Ref, given: Value, site: Site) -> Value | None:
    """What a network of keras.applications makes of pixels; None of any other layer."""
    thing = m.heap[layer.id]
    name = thing.cls.name if type(thing.cls) is Library else ""
    scale = api.attribute(name, "scale")
    if not scale:
        return None
    wants = _wants(str(scale), dict(thing.bound))
    if wants and images.are_pixels(given):
        _note(m, thing.name, name, wants, given, site)
    return Tensor(Kind.UNKNOWN, why=f"{thing.name} makes it")


def _wants(scale: str, bound: dict[str, Value]) -> str:
    """What a network of keras.applications wants; "" where nobody knows."""
    weights, inside = bound.get("weights", Const("imagenet")), bound.get("include_preprocessing", Const(True))
    if type(weights) is not Const or inside != Const(True):
        return ""
    if scale == "inside":
        return "byte pixels"
    return "pixels" if weights == NONE else "preprocessed pixels"


def fitted(m: Machine, model: Ref, inputs: Value) -> None:
    """A model is fitted on these."""
    before = m.store.get((model.id, FITTED))
    now = Const(_scale(inputs))
    m.store.set((model.id, FITTED), now if before is None or before == now else Const(""))


def differs(m: Machine, model: Ref, inputs: Value, site: Site) -> bool:
    """Write down that a model is run on pixels of another scale than it was fitted on; whether it is."""
    fit = m.store.get((model.id, FITTED))
    scale = _scale(inputs)
    if not scale or type(fit) is not Const or not fit.value or fit.value == scale:
        return False
    _note(m, "the model", "keras.models.Model", "pixels as fitted", inputs, site, (("fitted", fit.value),))
    return True


def _scale(value: Value) -> str:
    """The scale of pixels in words; "" where nobody knows."""
    if not images.are_pixels(value):
        return ""
    return "0 to 255" if value.kind in PIXELS_255 else "0 to 1" if value.kind in PIXELS_1 else ""


def _note(
    m: Machine, callee: str, name: str, wants: str, given: Value, site: Site, told: tuple[tuple[str, object], ...] = ()
) -> None:
    from dllint.infer import entries

    m.note(Call(callee, name, tuple(entries.given_as(m, "inputs", wants, given)), m.where(site), told))
