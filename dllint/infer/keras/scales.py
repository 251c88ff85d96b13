"""On which scale pixels are that a model is given: what layers make of it, and what it was fitted on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dllint import api
from dllint.events import Call
from dllint.infer import images
from dllint.infer.state import Thing
from dllint.values.kind import PIXELS_1, PIXELS_255, Kind
from dllint.values.term import Term, unmoved
from dllint.values.value import NONE, Const, Library, Ref, Site, Tensor, Unknown, Value, lift

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

FITTED = "#fitted on"
"""The scale of the pixels that a model was fitted on."""
ENTRANCE = "entrance"
TAKER = "#taken by"
"""What takes the input of a graph first."""
NO_FACTORS = (NONE, Const(1), Const(1.0), Const(0))


class Taker(NamedTuple):
    """What takes pixels, and how it wants them."""

    callee: str
    name: str
    wants: str


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
    """A layer with weights is given something."""
    name = m.heap[layer.id].name
    _taken(m, Taker(name, f"keras.layers.{name}", "pixels"), given, site)


def entrance(m: Machine, site: Site) -> Term:
    """What an Input stands for in a graph of layers; what takes it first is written down with it."""
    return Term(ENTRANCE, (), ((ENTRANCE, m.new(Thing("library", site)).id),), site)


def entered(m: Machine, entrance: Value, given: Value, site: Site) -> None:
    """A graph of layers is given something: so is what takes its input first."""
    number = _entrance(entrance)
    taker = m.store.get((number, TAKER)) if number is not None else None
    if type(taker) is Const and type(taker.value) is Taker:
        _taken(m, taker.value, given, site)


def _entrance(value: Value) -> int | None:
    """The Input that a tensor is, in another shape perhaps; None for anything else."""
    how = unmoved(value.term) if type(value) is Tensor else None
    number = how.option(ENTRANCE) if type(how) is Term else None
    return number if isinstance(number, int) else None


def _taken(m: Machine, taker: Taker, given: Value, site: Site) -> None:
    """Pixels are taken, which is written down where the model is run, or the input of a graph."""
    number = _entrance(given)
    if number is not None:
        m.store.set((number, TAKER), Const(taker))
    elif images.are_pixels(given):
        _note(m, taker, given, site)


def pretrained(m: Machine, layer: Ref, given: Value, site: Site) -> Value | None:
    """What a network of keras.applications makes of pixels; None of any other layer."""
    thing = m.heap[layer.id]
    name = thing.cls.name if type(thing.cls) is Library else ""
    scale = api.attribute(name, "scale")
    if not scale:
        return None
    wants = _wants(str(scale), dict(thing.bound))
    if wants:
        _taken(m, Taker(thing.name, name, wants), given, site)
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
    _note(m, Taker("the model", "keras.models.Model", "pixels as fitted"), inputs, site, (("fitted", fit.value),))
    return True


def _scale(value: Value) -> str:
    """The scale of pixels in words; "" where nobody knows."""
    if not images.are_pixels(value):
        return ""
    return "0 to 255" if value.kind in PIXELS_255 else "0 to 1" if value.kind in PIXELS_1 else ""


def _note(m: Machine, taker: Taker, given: Value, site: Site, told: tuple[tuple[str, object], ...] = ()) -> None:
    from dllint.infer import entries

    given_as = tuple(entries.given_as(m, "inputs", taker.wants, given))
    m.note(Call(taker.callee, taker.name, given_as, m.where(site), told))
