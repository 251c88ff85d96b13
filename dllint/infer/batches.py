"""What a loop over data gives, followed through what moves or casts it: labels are still labels on another device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer.state import Args
from dllint.values.value import Site, Unknown, Value, of_a_batch

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

STILL = frozenset(
    {
        *("to", "cuda", "cpu", "float", "double", "half", "long", "int", "contiguous", "clone", "detach", "numpy"),
        *("view", "reshape", "flatten", "squeeze", "unsqueeze", "tolist"),
    }
)
"""Methods after which an item of a batch is that item still."""


def kept(m: Machine, item: Unknown, args: Args, site: Site) -> Value:
    """An item without a name, after such a method: it has a name from here on."""
    made = m.unknown(item.why, site, (item, *args.all()))
    m.items.add(made.ident)  # type: ignore[arg-type]
    return made


def follow(m: Machine, value: Value, name: str, made: Value) -> None:
    """What such a method makes of an item is that item."""
    if name in STILL and type(made) is Unknown and made.ident is not None and is_item(m, value):
        m.items.add(made.ident)


def is_item(m: Machine, value: Value) -> bool:
    """Whether a value is what a loop over data gives, or a part of it, moved or cast perhaps."""
    return type(value) is Unknown and (value.ident in m.items if value.ident is not None else of_a_batch(value))
