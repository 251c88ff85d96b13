"""Where layers of Keras take the channels of pictures from: last, unless somebody says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.events import Channels
from dllint.findings import Confidence
from dllint.infer.state import Args
from dllint.values.value import NONE, TRUE, Const, Ref, Site, Tensor, TupleOf, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

FORMAT = ("keras", "#data format")
"""The cell that says whether somebody sets the order for all layers, or asks for it."""
COLOURS = (1, 3, 4)
SMALLEST = 16
"""No side of a picture is less."""
KERNELS = ("Conv2D", "SeparableConv2D")


def told(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> None:
    """keras.backend.set_image_data_format(…), or image_data_format(): the program knows of the order."""
    m.store.set(FORMAT, TRUE)


def met(m: Machine, layer: Ref, given: Value) -> None:
    """Write down that a convolution slides over the channels of pictures, and takes their width for channels."""
    thing = m.heap[layer.id]
    if thing.name not in KERNELS or type(given) is not Tensor or given.shape.open or len(given.shape.dims) != 4:
        return
    bound = dict(thing.bound)
    if "data_format" in bound or "dim_ordering" in bound or m.store.get(FORMAT) is not None:
        return
    if _turned(*given.shape.dims[1:], height=_height(bound.get("kernel_size", NONE))):
        place = m.where(thing.site)
        m.note(Channels(thing.name, "inputs", given.shape, -1, "width", False, thing.site, place, Confidence.LIKELY))


def _turned(first: object, second: object, third: object, *, height: int) -> bool:
    """Whether a shape is that of pictures with their channels first: square, and no kernel spares the channels."""
    square = isinstance(second, int) and second == third and second >= SMALLEST
    return square and first in COLOURS and height > 1


def _height(kernel: Value) -> int:
    """How many rows a kernel has; 0 where nobody knows."""
    side = kernel.items[0] if type(kernel) is TupleOf and kernel.items else kernel
    return side.value if type(side) is Const and isinstance(side.value, int) else 0
