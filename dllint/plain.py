"""Classes that only hold their fields, as msgspec's structs: made, hashed and compared in C.

A dataclass is compiled from source text when its module is imported; two hundred of them were a third of dllint's
start, and making, hashing and comparing values a sixth of a run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import field, replace

    from typing_extensions import dataclass_transform

    @dataclass_transform(frozen_default=True, field_specifiers=(field,))
    def plain(cls: type[T]) -> type[T]: ...

    @dataclass_transform(eq_default=False, field_specifiers=(field,))
    def node(cls: type[T]) -> type[T]: ...

else:
    from msgspec import Struct, StructMeta, field
    from msgspec.structs import replace

    def plain(cls):
        """A value: nobody changes it, and equal fields make it equal, unless it says itself what equal means."""
        own = vars(cls).get("__hash__") is not None
        return _struct(cls, frozen=True, eq=not own, cache_hash=not own)

    def node(cls):
        """A part of a program: only itself is equal to it."""
        return _struct(cls, eq=False)

    def _struct(cls, **how):
        """The class, made again as a struct; one whose base is a struct is one already."""
        if isinstance(cls, StructMeta):
            return cls
        body = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
        return StructMeta(cls.__name__, (*(b for b in cls.__bases__ if b is not object), Struct), body, **how)


def fields_of(cls: Any) -> tuple[str, ...]:
    """The names of the fields of such a class, in order."""
    return cls.__struct_fields__  # type: ignore[no-any-return]


__all__ = ["field", "fields_of", "node", "plain", "replace"]
