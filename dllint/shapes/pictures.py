"""Pictures: arrays of (height, width, channels), tensors of (channels, height, width).

A side of a picture has a name that says so, wherever it is moved to.
"""

from __future__ import annotations

from dllint.shapes.facts import UNKNOWN, Facts, Function, number
from dllint.shapes.moves import inserted, movedim, permuted, swapped_axes
from dllint.shapes.pointwise import same
from dllint.values.shape import ANY, Dim, Shape

CHANNELS = {"RGB": 3, "RGBA": 4, "CMYK": 4, "YCbCr": 3, "HSV": 3, "LAB": 3}
"""Of a mode of PIL. In any other, a picture may have no dimension of channels."""
COLOURS = ("RGB", "BGR", "HSV", "LAB", "Lab", "HLS", "XYZ", "YUV", "YCrCb")
"""Ends of names of cv2's conversions that make three channels."""


def _picture(facts: Facts) -> str:
    """How a transform of torchvision names what it is given."""
    return next((name for name in ("img", "pic", "tensor", "image") if facts.has(name)), "img")


def _sides(facts: Facts) -> tuple[Dim, Dim]:
    return facts.side("height"), facts.side("width")


def read(facts: Facts) -> Shape:
    """cv2.imread: in colours unless it is told otherwise."""
    colours = facts.constant("flags") == 1 or facts.name("flags").endswith("IMREAD_COLOR")
    return Shape((*_sides(facts), 3)) if colours else ANY


def converted(facts: Facts) -> Shape:
    """Image.convert(mode)."""
    shape, channels = facts.shape("self"), CHANNELS.get(str(facts.constant("mode")))
    return ANY if channels is None else Shape((*(shape.dims[:2] or _sides(facts)), channels))


def recoloured(facts: Facts) -> Shape:
    """cv2.cvtColor: three channels stay three."""
    shape, code = facts.shape("src"), facts.name("code").rpartition("2")[2]
    return Shape((*shape.dims[:2], 3)) if shape.rank is not None and code in COLOURS else ANY


def resized(name: str) -> Function:
    """Another size of an array or of a PIL image, in colours."""
    return lambda facts: _resized(facts, facts.shape(name))


def _resized(facts: Facts, shape: Shape) -> Shape:
    return Shape((*_sides(facts), shape.dims[2])) if shape.rank == 3 and shape.dims[2] != 1 else ANY


def cropped(facts: Facts) -> Shape:
    """Another size of a tensor of pixels; of a PIL image too, whose channels come last."""
    shape = facts.shape(name := _picture(facts))
    if facts.pictured(name):
        return _resized(facts, shape)
    return ANY if len(shape.dims) < 2 else Shape((*shape.dims[:-2], *_sides(facts)), shape.open)


def as_tensor(facts: Facts) -> Shape:
    """ToTensor: the channels come first."""
    shape = facts.shape(name := _picture(facts))
    if shape.rank == 3:
        return permuted(shape, (2, 0, 1))
    return Shape((None, *_sides(facts))) if facts.pictured(name) else ANY


def kept(facts: Facts) -> Shape:
    """What changes no size of a picture."""
    return facts.shape(_picture(facts))


def transposed(facts: Facts) -> Shape:
    """numpy's transpose: axes one by one, or as a tuple."""
    axes = facts.sizes("axes")
    return ANY if axes is None or None in axes else permuted(facts.shape("input"), axes)


def expanded(facts: Facts) -> Shape:
    """numpy.expand_dims."""
    shape, axis = facts.shape("input"), number(facts, "axis")
    return ANY if axis is None else inserted(shape, axis, 1)


def rolled(facts: Facts) -> Shape:
    """numpy.rollaxis of the last axis to the front; any other is not followed."""
    shape, start = facts.shape("input"), facts.constant("start")
    if shape.rank != 3 or facts.constant("axis") not in (2, -1) or start not in (0, UNKNOWN):
        return ANY
    return permuted(shape, (2, 0, 1))


def swapped(facts: Facts) -> Shape:
    """numpy's swapaxes."""
    return swapped_axes(facts.shape("input"), facts.constant("axis1"), facts.constant("axis2"))


_SAME = same()
_ARRAYS: dict[str, Function] = {
    **dict.fromkeys(("array", "asarray", "ascontiguousarray", "float32", "astype", "copy", "clip"), _SAME),
    **dict.fromkeys(("flip", "fliplr", "flipud"), _SAME),
    "transpose": transposed,
    "moveaxis": movedim,
    "rollaxis": rolled,
    "swapaxes": swapped,
    "expand_dims": expanded,
}
_CV2: dict[str, Function] = {
    **dict.fromkeys(("flip", "gaussianblur", "medianblur", "blur"), _SAME),
    **dict.fromkeys(("resize", "rotate", "copymakeborder", "warpaffine", "warpperspective"), resized("src")),
    "imread": read,
    "cvtcolor": recoloured,
}
_PIL: dict[str, Function] = {
    **dict.fromkeys(("resize", "crop", "rotate", "transform", "transpose"), resized("self")),
    **dict.fromkeys(("copy", "filter"), _SAME),
    "convert": converted,
    "fromarray": same("obj"),
}
_TRANSFORMS: dict[str, Function] = {
    **dict.fromkeys(("totensor", "to_tensor", "piltotensor", "pil_to_tensor", "toimage"), as_tensor),
    **dict.fromkeys(("normalize", "convertimagedtype", "convert_image_dtype", "todtype", "colorjitter"), kept),
    **dict.fromkeys(("randomhorizontalflip", "randomverticalflip", "hflip", "vflip", "randomerasing"), kept),
    **dict.fromkeys(("resize", "scale", "centercrop", "center_crop", "randomcrop", "randomresizedcrop"), cropped),
    **dict.fromkeys(("crop", "pad", "rotate", "randomrotation", "randomaffine", "resized_crop"), cropped),
}

OF: dict[str, dict[str, Function]] = {"numpy": _ARRAYS, "cv2": _CV2, "PIL": _PIL, "torchvision": _TRANSFORMS}
"""Library → operation → its shape function."""
