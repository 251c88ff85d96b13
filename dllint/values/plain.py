"""Plain values that nobody changes, at the price of ordinary ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

T = TypeVar("T")

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform

    @dataclass_transform(frozen_default=True)
    def plain(cls: type[T]) -> type[T]: ...

else:
    # A frozen dataclass guards every field as it is made, which is a twentieth of a run: the type checker guards these.
    def plain(cls):
        own = vars(cls).get("__hash__") is not None
        return dataclass(slots=True, eq=not own, unsafe_hash=not own)(cls)
