"""Loaders and data sets: what iterating one gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint import api
from dllint.infer import (
    choices,
    classes,
    images,
    loops,
    objects,
    roles,
    samplers,
    seeds,
    sizes,
)
from dllint.infer.state import Args
from dllint.plain import replace
from dllint.values.kind import ARRAYS, Kind
from dllint.values.shape import ANY, Shape
from dllint.values.value import (
    FALSE,
    NONE,
    Case,
    LabelKey,
    Library,
    LoaderKey,
    Ref,
    Step,
    Tensor,
    TupleOf,
    Union,
    Unknown,
    Value,
    atoms,
    united,
    with_deps,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

SORTED = "sorted by class"

DEEPEST = 4
"""Data sets inside data sets: a Subset of a ConcatDataset of …"""


def batch_of(m: Machine, loader: Ref) -> Value:
    """What iterating a loader gives: samples of its data set as tensors; a data set that is iterated, its samples."""
    samplers.asked(m, loader)
    sample = sample_of(m, loader) if _base(m, loader, DATASET) else _sample_inside(m, loader, 0)
    seeds.started(m, loader)
    if _base(m, loader, DATASET):
        return sample or Unknown("a sample")
    batch = _collated(sample) if sample is not None else Unknown("a batch of data")
    if not _base(m, loader, LOADER):
        return batch
    key = _key(m, loader)
    roles.passed(m, key, m.here.site)
    return with_deps(batch, frozenset((key,)))


DATASET = "torch.utils.data.Dataset"
LOADER = "torch.utils.data.DataLoader"
ORDERS = dict.fromkeys(
    (f"torchvision.datasets.{name}" for name in ("DatasetFolder", "ImageFolder", "ImageNet")), SORTED
)
"""Data sets whose samples lie in an order; those of MNIST, CIFAR and their kin are mixed in their files."""


def _key(m: Machine, loader: Ref) -> LoaderKey:
    """A loader as batches remember it."""
    bound = dict(m.heap[loader.id].bound)
    dataset = m.thing(bound.get("dataset", NONE))
    name = dataset.cls.name if dataset is not None and type(dataset.cls) is Library else ""
    shuffles = any(bound.get(option, NONE) not in (NONE, FALSE) for option in ("shuffle", "sampler", "batch_sampler"))
    order = ORDERS.get(name, "") if not shuffles and choices.OPEN not in bound else ""
    made, part = m.heap[loader.id].site, roles.part(m, loader, dataset)
    data = dataset.site if dataset is not None else made
    return LoaderKey(made, name.rpartition(".")[2], data, order, part, *sizes.of_batches(m, bound))


def _base(m: Machine, value: Ref, name: str) -> bool:
    cls = m.heap[value.id].cls
    return cls is not None and classes.derives(m, cls, name)


def _sample_inside(m: Machine, owner: Ref, depth: int) -> Value | None:
    """A sample of what a loader, or a data set made of others, was given; None where nobody knows."""
    bound = dict(m.heap[owner.id].bound)
    given = bound.get("dataset")
    if given is None and "datasets" in bound:
        given = loops.element(m, bound["datasets"])
    if given is None or depth > DEEPEST:
        return None
    return next((s for a in atoms(given) if type(a) is Ref and (s := sample_of(m, a, depth)) is not None), None)


def sample_of(m: Machine, dataset: Ref, depth: int = 0) -> Value | None:
    """What one item of a data set is; None where nobody knows."""
    getter = objects.special(m, dataset, "__getitem__")
    if getter is not None:
        return m.call(getter, Args((Unknown("an index"),)), m.here.site)
    if m.heap[dataset.id].sort != "library":
        return None
    return _of_pictures(m, dataset) or _sample_inside(m, dataset, depth + 1)


def _of_pictures(m: Machine, dataset: Ref) -> Value | None:
    """A sample of a data set of torchvision: a picture, as its transform makes it, and its label."""
    thing = m.heap[dataset.id]
    base = classes.library_base(m, thing.cls) if thing.cls is not None else None
    bound = dict(thing.bound)
    if base is None or api.lookup(base) is None or not api.attribute(base, "pictures"):
        return None
    if bound.get("loader", NONE) != NONE or bound.get("transforms", NONE) != NONE:
        return None
    picture: Value = Tensor(Kind.PICTURE, (Step(thing.site, f"a picture of {thing.name}"),), tracked=False)
    transform = bound.get("transform", NONE)
    if transform != NONE:
        picture = m.call(transform, Args((picture,)), thing.site)
    return TupleOf((picture, Unknown("a label", deps=frozenset((LabelKey(thing.site, _classes(m, dataset, base)),)))))


def _classes(m: Machine, dataset: Ref, base: str) -> int:
    """How many classes the labels of a data set tell apart; 0 where nobody knows, or somebody has changed them."""
    classes = api.attribute(base, "classes")
    changed = dict(m.heap[dataset.id].bound).get("target_transform", NONE) != NONE
    written = any(m.store.get((dataset.id, name)) is not None for name in ("targets", "labels", "target_transform"))
    return classes if isinstance(classes, int) and not changed and not written else 0


def _collated(sample: Value) -> Value:
    """A batch has the structure of a sample; what the items are is not known beyond a tensor's kind."""
    match sample:
        case TupleOf(items=items):
            return TupleOf(tuple(_collated(i) for i in items))
        case Tensor(kind=Kind.DUMMY | Kind.PICTURE):
            return Unknown("a batch of data")
        case Tensor(kind=kind) if kind in AS_TENSORS:
            return replace(sample, kind=AS_TENSORS[kind], shape=_of_many(sample.shape))
        case Union():
            return united(Case(g, _collated(a)) for g, a in sample.cases)  # type: ignore[arg-type]
        case Tensor(shape=shape):
            return replace(sample, shape=_of_many(shape))
        case Unknown(deps=made):
            return Unknown("a batch of data", deps=made)
        case _:
            return Unknown("a batch of data")


def _of_many(shape: Shape) -> Shape:
    """The shape of a batch of samples."""
    return Shape((None, *shape.dims)) if not shape.open else ANY


AS_TENSORS = {kind: images.WAYS["image"][kind] for kind in ARRAYS}
"""Arrays in a batch are tensors."""
