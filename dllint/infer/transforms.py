"""Pipelines of transforms: what a Compose makes of what goes in, one transform after the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dllint import api
from dllint.api.entry import Function as Entry
from dllint.infer import containers, images, loops, shapes
from dllint.infer.state import Args
from dllint.values.value import Const, Library, Ref, Site, Tensor, Unknown, Value, atoms, cases, guarded, united

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

HELD = "transforms"
"""The constructor argument that holds the transforms of a pipeline."""
IMAGE = "image"
"""What albumentations calls the pixels among what it is given by name."""


def steps(m: Machine, pipeline: Value) -> tuple[Value, ...] | None:
    """The transforms of a pipeline, in order; None where nobody can count them."""
    thing = m.thing(pipeline)
    given = dict(thing.bound).get(HELD) if thing is not None else None
    return loops.counted(m, given) if given is not None else None


def tried(m: Machine, ref: Ref, site: Site) -> None:
    """Run a new pipeline on something nobody knows: what goes wrong inside goes wrong whatever it is given."""
    found = steps(m, ref)
    if found:
        through(m, found, Unknown("what is transformed"), site)


def through(m: Machine, transforms: Iterable[Value], value: Value, site: Site) -> Value:
    """What transforms make of a value, each of what the one before made."""
    for transform in transforms:
        thing = m.thing(transform)
        value = m.call(transform, Args((value,)), thing.site if thing is not None else site)
    return value


def run(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """Compose: through all."""
    found = steps(m, bound["self"])
    if found is None or len(args.positional) != 1:
        return m.unknown("a pipeline nobody read", site, args.all())
    return through(m, found, args.positional[0], site)


def maybe(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """RandomApply: through all, or none."""
    before = args.get(0, "img") or Unknown("what is transformed")
    return _any(m, [run(m, entry, bound, args, site), before])


def one_of(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """RandomChoice: through one of them."""
    found = steps(m, bound["self"])
    before = args.get(0, "img")
    if not found or before is None:
        return m.unknown("a choice nobody read", site, args.all())
    return _any(m, [through(m, (transform,), before, site) for transform in found])


def _any(m: Machine, made: list[Value]) -> Value:
    """The first of several where all mean the same, else any of them."""
    kinds = {atom.kind if isinstance(atom, Tensor) else None for value in made for atom in atoms(value)}
    return made[0] if len(kinds) == 1 else m.one_of(made)


def calls(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """Lambda: what its function makes of it."""
    thing = m.thing(bound["self"])
    function = dict(thing.bound).get("lambd") if thing is not None else None
    return m.call(function or Unknown("a function"), args, site)


def augment(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """albumentations: takes an image, and what belongs to it, by name, and gives a dict of the same names."""
    given = args.keywords
    if args.open or IMAGE not in given:
        return m.unknown("an augmentation of nobody knows what", site, args.all())
    made = _augmented(m, bound["self"], given[IMAGE], site)
    pairs = [(Const(name), made if name == IMAGE else value) for name, value in given.items()]
    return containers.new_dict(m, pairs, site)


def _augmented(m: Machine, transform: Value, image: Value, site: Site) -> Value:
    """What one transform of albumentations, or a pipeline of them, makes of the image."""
    thing = m.thing(transform)
    name = thing.cls.name if thing is not None and type(thing.cls) is Library else ""
    entry = api.method(name, "__call__")
    if entry is None:
        return m.unknown("a transform of the project", site, (image,))
    way = str(api.attribute(name, "turns") or "")
    if way:
        turned = united(
            case
            for guards, atom in cases(image)
            for case in guarded(images.turned(m, entry, way, atom, {"img": atom}, site), guards)
        )
        return shapes.unshaped(turned)  # it may be cut, and ToTensorV2 moves its channels
    found = steps(m, transform)
    if found is None:
        return m.unknown("a pipeline nobody read", site, (image,))
    for step in found:
        inner = m.thing(step)
        image = _augmented(m, step, image, inner.site if inner is not None else site)
    return image
