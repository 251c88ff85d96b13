"""Streams of batches that a model is fitted to: tf.data, and the generators of images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.events import Iterate
from dllint.infer import images
from dllint.infer.state import Args, Thing
from dllint.plain import replace
from dllint.values.shape import ANY
from dllint.values.value import NONE, DrawKey, Library, Ref, Site, Step, TupleOf, Unknown, Value, deps, lift

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

STREAM = "tensorflow.data.Dataset"
SAMPLE = "sample"
"""What a stream was made with: what a batch of it is."""


def made(m: Machine, sample: Value, site: Site) -> Ref:
    """A stream of such batches."""
    return m.new(Thing("library", site, Library(STREAM), ((SAMPLE, _of_any_size(sample)),), name="Dataset"))


def _of_any_size(sample: Value) -> Value:
    """A batch whose pixels may be of any shape: a sample has one dimension less, and some functions resize it."""
    if type(sample) is TupleOf:
        return TupleOf(tuple(map(_of_any_size, sample.items)))
    return lift(sample, lambda atom: replace(atom, shape=ANY) if images.are_pixels(atom) else atom)


def batch(m: Machine, value: Value) -> Value | None:
    """What a batch of a stream is; None of anything else."""
    thing = m.thing(value)
    if thing is None or thing.cls != Library(STREAM):
        return None
    return dict(thing.bound).get(SAMPLE, Unknown("a batch"))


def fed(m: Machine, x: Value, y: Value = NONE) -> tuple[Value, Value]:
    """Inputs and labels, as fit is given them: two arrays, or a stream of both."""
    sample = batch(m, x)
    if type(sample) is TupleOf and len(sample.items) > 1:
        return sample.items[0], sample.items[1]
    return (x, y) if sample is None else (sample, NONE)


def evaluated(m: Machine, data: Value) -> None:
    """A model is measured on a stream: write down whose batches are drawn at random."""
    inputs = fed(m, data)[0]
    thing = m.thing(data)
    for key in deps(inputs) if thing is not None and batch(m, data) is not None else ():
        if type(key) is DrawKey and thing is not None:
            made_by = Step(key.site, f"{key.transform} is made")
            m.note(Iterate("pictures", "", False, m.where(thing.site), made_by))


def of_slices(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """Dataset.from_tensor_slices((x, y))."""
    return made(m, bound.get("tensors", NONE), site)


def mapped(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """stream.map(function): what the function makes of a batch, its parts one by one."""
    sample = batch(m, bound["self"])
    if sample is None:
        return m.unknown("a stream of nobody knows what", site, args.all())
    given = sample.items if type(sample) is TupleOf else (sample,)
    return made(m, m.call(bound.get("map_func", NONE), Args(given), site), site)
