"""Data sets that a function loads or makes: of what form their labels are, and how many classes there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.api.entry import Function as Entry
from dllint.infer.keras import labels
from dllint.infer.state import Args
from dllint.values.kind import Kind
from dllint.values.value import Const, Site, Step, Tensor, TupleOf, Unknown, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

LOADED = {
    "mnist": (Kind.BYTE_ARRAY, Kind.CLASSES, 10),
    "fashion_mnist": (Kind.BYTE_ARRAY, Kind.CLASSES, 10),
    "cifar10": (Kind.BYTE_ARRAY, Kind.CLASSES, 10),
    "cifar100": (Kind.BYTE_ARRAY, Kind.CLASSES, 100),
    "imdb": (Kind.UNKNOWN, Kind.CLASSES, 2),
    "reuters": (Kind.UNKNOWN, Kind.CLASSES, 46),
    "boston_housing": (Kind.UNKNOWN, Kind.NUMBERS, 0),
    "california_housing": (Kind.UNKNOWN, Kind.NUMBERS, 0),
}
"""Module of keras.datasets → what its inputs and its labels are, and how many classes."""

MADE = {
    "make_classification": ("n_classes", 2),
    "make_blobs": ("centers", 3),
    "make_gaussian_quantiles": ("n_classes", 3),
}
"""Function of sklearn → the argument that says how many classes, and its default."""
OF_TWO = ("make_moons", "make_circles")


def loaded(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """keras.datasets.mnist.load_data(): ((x, y), (x, y)), to train on and to test with."""
    module = entry.name.split(".")[-2]
    inputs, form, classes = LOADED[module]
    if bound.get("label_mode") == Const("coarse"):
        classes = 20
    x: Value = Unknown("inputs of a data set")
    if inputs is not Kind.UNKNOWN:
        x = Tensor(inputs, (Step(site, f"{inputs.value} loaded by {module}.load_data"),), tracked=False)
    y = labels.made(form, site, f"{form.value} loaded by {module}.load_data", classes)
    return TupleOf((TupleOf((x, y)), TupleOf((x, y))))


def made(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """sklearn.datasets.make_classification(): inputs and labels."""
    form, classes = Kind.NUMBERS, 0
    if entry.short in MADE:
        name, default = MADE[entry.short]
        told = bound.get(name, Const(default))
        form, classes = Kind.CLASSES, told.value if type(told) is Const and isinstance(told.value, int) else 0
    elif entry.short in OF_TWO:
        form, classes = Kind.CLASSES, 2
    return TupleOf((Unknown("made-up inputs"), labels.made(form, site, f"{form.value} made by {entry.short}", classes)))
