"""Pixels: on which scale they are, as pictures, arrays and tensors, and what turns them into one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeGuard

from dllint.api.entry import Function as Entry
from dllint.plain import replace
from dllint.values.kind import ARRAYS, IMAGES, LABELS, NORMALISED_PIXELS, PIXELS, PIXELS_1, PIXELS_255, Kind
from dllint.values.value import Atom, Const, Site, Step, Tensor, Value, atoms, lift

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

_SAME = {kind: kind for kind in PIXELS}
_AS_IMAGE = {
    Kind.PICTURE: Kind.BYTE_IMAGE,
    Kind.BYTE_ARRAY: Kind.BYTE_IMAGE,
    Kind.ARRAY_255: Kind.IMAGE_255,
    Kind.ARRAY_1: Kind.IMAGE_1,
    Kind.ARRAY_NORMALISED: Kind.IMAGE_NORMALISED,
    **{kind: kind for kind in IMAGES},
}
_AS_ARRAY = {
    Kind.PICTURE: Kind.BYTE_ARRAY,
    Kind.BYTE_IMAGE: Kind.BYTE_ARRAY,
    Kind.IMAGE_255: Kind.ARRAY_255,
    Kind.IMAGE_1: Kind.ARRAY_1,
    Kind.IMAGE_NORMALISED: Kind.ARRAY_NORMALISED,
    **{kind: kind for kind in ARRAYS},
}
_AS_FLOATS = {
    **_AS_ARRAY,
    Kind.PICTURE: Kind.ARRAY_255,
    Kind.BYTE_ARRAY: Kind.ARRAY_255,
    Kind.BYTE_IMAGE: Kind.ARRAY_255,
}

WAYS: Mapping[str, Mapping[Kind, Kind]] = {
    "same": _SAME,
    "image": _AS_IMAGE,
    "array": _AS_ARRAY,
    "floats": _AS_FLOATS,
    "bytes": dict.fromkeys(PIXELS_255, Kind.BYTE_ARRAY),
    # ToTensor divides bytes by 255, and nothing else.
    "scaled": {**_AS_IMAGE, Kind.PICTURE: Kind.IMAGE_1, Kind.BYTE_ARRAY: Kind.IMAGE_1},
    # So does a conversion of a tensor's dtype.
    "rescaled": {**{kind: kind for kind in IMAGES}, Kind.BYTE_IMAGE: Kind.IMAGE_1, Kind.PICTURE: Kind.PICTURE},
    "unscaled": {**{kind: kind for kind in IMAGES}, Kind.BYTE_IMAGE: Kind.IMAGE_255, Kind.PICTURE: Kind.PICTURE},
    "array rescaled": {**_SAME, Kind.BYTE_ARRAY: Kind.ARRAY_1},
    "array scaled": dict.fromkeys(PIXELS_255 & ARRAYS, Kind.ARRAY_1),
    "array normalised": dict.fromkeys(ARRAYS, Kind.ARRAY_NORMALISED),
    "lost": {},
}
"""How a function turns pixels: the kind they are → the kind they become."""

OTHERWISE: Mapping[str, Kind] = {
    "scaled": Kind.IMAGE,
    "rescaled": Kind.IMAGE,
    "unscaled": Kind.IMAGE,
    "image": Kind.UNKNOWN,
}
"""What a function makes of anything else, where it is surely a tensor."""


def are_pixels(value: Value | None) -> TypeGuard[Tensor]:
    """Whether a value surely is a picture, or an array or a tensor of pixels."""
    return isinstance(value, Tensor) and value.kind in PIXELS


def turned(m: Machine, entry: Entry, way: str, atom: Value, bound: dict[str, Value], site: Site) -> Value:
    """What a function makes of pixels; of anything else a tensor, or something nobody follows."""
    from dllint.infer import entries, terms

    if type(atom) is Tensor and atom.kind in LABELS:
        return atom  # labels stay what they are, of whatever type their numbers
    kind = WAYS[way].get(atom.kind) if isinstance(atom, Tensor) else None
    if kind is not None and isinstance(atom, Tensor):
        return replace(_as(atom, kind, entry.short, site), term=terms.computed(m, entry, bound, site))
    if way in OTHERWISE:
        return entries.fresh(m, entry, OTHERWISE[way], bound, site)
    made = m.unknown(f"{entry.name} is not followed", site, bound.values())
    return replace(made, holds=frozenset())


def _as(atom: Tensor, kind: Kind, by: str, site: Site) -> Tensor:
    """The pixels as another kind: on another scale, their way begins here."""
    if kind is atom.kind:
        return replace(atom, tracked=False)
    origin = () if _scale(kind) != _scale(atom.kind) else atom.origin
    return replace(atom, kind=kind, origin=(*origin, Step(site, f"{kind.value} made by {by}")), tracked=False)


def _scale(kind: Kind) -> object:
    return next((scale for scale in (PIXELS_255, PIXELS_1, NORMALISED_PIXELS) if kind in scale), kind)


_DIVIDED = {
    Kind.BYTE_ARRAY: Kind.ARRAY_1,
    Kind.ARRAY_255: Kind.ARRAY_1,
    Kind.BYTE_IMAGE: Kind.IMAGE_1,
    Kind.IMAGE_255: Kind.IMAGE_1,
}
_MULTIPLIED = {Kind.ARRAY_1: Kind.ARRAY_255, Kind.IMAGE_1: Kind.IMAGE_255}
FULL = (255, 256)


def scaled(op: str, pixels: Kind | None, by: Value) -> Kind | None:
    """What pixels become when they are divided or multiplied by 255; None for any other arithmetic."""
    if pixels is None or type(by) is not Const or not isinstance(by.value, (int, float)):
        return None
    if by.value in FULL:
        return {"/": _DIVIDED, "*": _MULTIPLIED}.get(op, {}).get(pixels)
    parts = round(1 / by.value, 3) if op == "*" and by.value else 0
    return _DIVIDED.get(pixels) if parts in FULL else None


def spoil(m: Machine, changed: Value) -> None:
    """Pixels are changed in place, perhaps by a part of them: other names for them say nothing of their scale."""
    if not are_pixels(changed):
        return
    frame = m.here.frame
    for name in tuple(m.store.names.get(frame, ())):
        held = m.store.cells.get((frame, name))
        if held is not None and any(map(are_pixels, atoms(held))):
            m.store.set((frame, name), lift(held, lambda atom: _spoilt(atom, changed)))


def _spoilt(atom: Atom, changed: Tensor) -> Value:
    if are_pixels(atom) and atom.origin[:1] == changed.origin[:1]:
        return replace(atom, kind=Kind.UNKNOWN, why="it is changed in place")
    return atom
