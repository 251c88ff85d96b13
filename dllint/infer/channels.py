"""Where the channels of pictures are, and where a layer takes them from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.api.entry import Function as Entry
from dllint.events import Channels
from dllint.findings import Confidence
from dllint.values.shape import Shape, side
from dllint.values.value import NONE, Site

if TYPE_CHECKING:
    from dllint.infer.machine import Machine
    from dllint.infer.shapes import Asked

NETWORKS = "torchvision.models."
READS = {
    **dict.fromkeys(("Conv2d", "ConvTranspose2d", "conv2d", "conv_transpose2d", "BatchNorm2d"), ("input", -3)),
    **dict.fromkeys(("ToTensor", "ToImage"), ("img", -1)),
    "to_tensor": ("pic", -1),
    "fromarray": ("obj", -1),
    **dict.fromkeys(("cvtColor", "resize"), ("src", -1)),
}
"""What takes channels from one dimension, counted from the last: of which argument, and which."""


def given(m: Machine, entry: Entry, facts: Asked) -> bool:
    """Write down that something is given the height or the width of pictures where it takes their channels from."""
    name, reads = ("x", -3) if entry.name.startswith(NETWORKS) else READS.get(entry.short, ("", 0))
    shape = facts.shape(name) if name else None
    if shape is None or len(shape.dims) < 3 or m.tried or facts.site.file in m.tests:
        return False
    match _taken(shape, reads):
        case (Site() as made, which):
            sure = Confidence.LIKELY if m.assumed or m.conditions else Confidence.CERTAIN
            layer = m.thing(facts.bound.get("self", NONE))
            written = layer is None or layer.site != facts.site
            m.note(Channels(entry.short, name, shape, reads, which, written, made, m.where(facts.site), sure))
            return True
    return False


COLOURS = (1, 3, 4)


def _taken(shape: Shape, reads: int) -> tuple[object, str] | None:
    """The side of a picture that is taken for its channels; None where those of features may be, turned on purpose."""
    one, two, three = shape.dims[-3:]
    rest = (two, three) if reads == -3 else (one, two)
    channels = [dim for dim in rest if side(dim) is None]
    last = channels == [three if reads == -3 else one]
    return side(shape.dims[reads]) if last or (len(channels) == 1 and channels[0] in COLOURS) else None
