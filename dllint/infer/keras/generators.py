"""Images that Keras reads and hands to fit: on which scale, with labels of what form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer.keras import labels, scales, streams
from dllint.infer.state import Args, Thing
from dllint.values.kind import Kind
from dllint.values.value import FALSE, NONE, Const, DrawKey, Ref, Site, Step, Tensor, TupleOf, Unknown, Value, with_deps

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

FORMS = {
    "categorical": (Kind.ONE_HOT, 0),
    "binary": (Kind.CLASSES, 2),
    "sparse": (Kind.CLASSES, 0),
    "int": (Kind.CLASSES, 0),
}
"""class_mode, label_mode → of what form labels are, and how many classes, 0 where nobody knows."""

CENTRING = (
    "featurewise_center",
    "samplewise_center",
    "featurewise_std_normalization",
    "samplewise_std_normalization",
    "zca_whitening",
)
"""Arguments of an ImageDataGenerator by which pixels end on a scale that nobody knows."""

RANDOM = (
    *("rotation_range", "width_shift_range", "height_shift_range", "shear_range", "zoom_range"),
    *("channel_shift_range", "horizontal_flip", "vertical_flip"),
)
"""Arguments by which it changes pixels at random."""


def flow(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """generator.flow(x, y): batches of arrays."""
    x = standardized(m, bound["self"], bound.get("x", NONE), site)
    y = bound.get("y", NONE)
    return streams.made(m, x if y == NONE else TupleOf((x, y)), site)


def flow_of_files(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """generator.flow_from_directory(…): batches of pictures that are read from files, and their labels."""
    read = pixels(site, "flow_from_directory")
    x = standardized(m, bound["self"], read, site)
    return streams.made(m, labelled(x, bound.get("class_mode", Const("categorical")), site), site)


def of_directory(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """image_dataset_from_directory(…): a stream of them, or two, to train on and to validate with."""
    mode = NONE if bound.get("labels") == NONE else bound.get("label_mode", Const("int"))
    batch = labelled(pixels(site, "image_dataset_from_directory"), mode, site)
    if bound.get("subset") == Const("both"):
        return TupleOf((streams.made(m, batch, site), streams.made(m, batch, site)))
    return streams.made(m, batch, site)


def pixels(site: Site, by: str) -> Tensor:
    """Pictures as they are read from files: floats from 0 to 255."""
    return Tensor(Kind.ARRAY_255, (Step(site, f"{Kind.ARRAY_255.value} read by {by}"),), tracked=False)


def labelled(x: Value, mode: Value, site: Site) -> Value:
    """A batch with labels of such a mode; None: without any."""
    if mode == NONE:
        return x
    form = FORMS.get(str(mode.value)) if type(mode) is Const else None
    y = labels.made(form[0], site, f"{form[0].value} of the folders", form[1]) if form else Unknown("labels")
    return TupleOf((x, y))


def _drawn(m: Machine, x: Value, generator: Thing) -> Value:
    """Pixels that a generator turns, shifts or flips at random, where it was told to."""
    told = dict(generator.bound)
    changes = any(type(v := told.get(name)) is Const and v.value not in (None, False, 0) for name in RANDOM)
    return with_deps(x, frozenset((DrawKey(generator.site, generator.name),))) if changes else x


def standardized(m: Machine, generator: Value, x: Value, site: Site) -> Value:
    """What an ImageDataGenerator makes of pixels: its function first, then its factor."""
    thing = m.thing(generator)
    if thing is None or type(generator) is not Ref:
        return Unknown("what a generator makes")
    told = dict(thing.bound)
    if any(told.get(name, FALSE) != FALSE for name in CENTRING) or "**" in told:
        return _drawn(m, Unknown("pixels that a generator centres"), thing)
    x = _drawn(m, x, thing)
    function = told.get("preprocessing_function", NONE)
    if function != NONE:
        x = m.call(function, Args((x,)), thing.site)
    return scales.rescaled(m, x, told.get("rescale", NONE), thing.site)
