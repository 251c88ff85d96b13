"""How many samples there are in the batches of a loader, and in the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer import choices, loops, shapes
from dllint.values.shape import Shape
from dllint.values.value import FALSE, NONE, TRUE, Const, Library, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def of_batches(m: Machine, bound: dict[str, Value]) -> tuple[int, int | None]:
    """The size that not all batches may have, 0 where nobody knows, and how many samples are left for the last.

    bound: what the loader was made with.
    """
    batch = bound.get("batch_size")
    plain = bound.get("drop_last", FALSE) == FALSE and bound.get("batch_sampler", NONE) == NONE
    size = batch.value if type(batch) is Const else None
    if choices.OPEN in bound or not plain or type(size) is not int or size < 1:
        return 0, None
    length = _length(m, bound.get("dataset", NONE))
    left = length % size if length is not None else None
    m.uneven = m.uneven or (left != 0 and size > 1)
    return (0 if left == 0 else size), left


def _length(m: Machine, data: Value) -> int | None:
    """How many samples a data set has; None where nobody knows."""
    thing = m.thing(data)
    if thing is None or thing.sort == "list":
        items = loops.counted(m, data) if thing is not None else None
        return len(items) if items is not None else _first(shapes.of(m, data))
    if type(thing.cls) is not Library or choices.OPEN in dict(thing.bound):
        return None
    bound = dict(thing.bound)
    if thing.cls.name == TENSORS and (given := next(iter(bound.values()), None)) is not None:
        return _first(shapes.of(m, given))
    train = bound.get("train", TRUE)
    both = LENGTHS.get(thing.cls.name.removeprefix("torchvision.datasets."))
    return None if both is None or train not in (TRUE, FALSE) else both[train == FALSE]


def _first(shape: Shape) -> int | None:
    size = shape.dims[0] if shape.rank else None
    return size if isinstance(size, int) else None


TENSORS = "torch.utils.data.TensorDataset"
LENGTHS = {
    **dict.fromkeys(("MNIST", "FashionMNIST", "KMNIST"), (60_000, 10_000)),
    **dict.fromkeys(("CIFAR10", "CIFAR100"), (50_000, 10_000)),
}
"""Samples of train and test data. Source: torchvision.datasets."""
