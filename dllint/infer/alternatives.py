"""Contents of lists and dicts where branches meet: one content whose items are alternatives, some perhaps absent.

`if args.bn: layers.append(nn.BatchNorm2d(8))` makes a list whose third item is a batch norm under `args.bn`
and absent else; without this the whole list would be two lists, and nobody could count either.
"""

from __future__ import annotations

from dllint.values.value import ABSENT, Case, Entries, Guards, Items, Value, guarded, united


def met_items(alternatives: list[tuple[Guards, Items]]) -> Items:
    """Lists with what they begin and end with in common; between, item by item, the shorter filled up with ABSENT."""
    (guards, met), *others = alternatives
    sides = [(guards, met)]
    for side in others:
        met = _two(sides, met, side)
        sides.append(side)
    return met


def _two(before: list[tuple[Guards, Items]], met: Items, side: tuple[Guards, Items]) -> Items:
    guards, items = side
    first, second = met.values, items.values
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    end = 0
    while end < min(len(first), len(second)) - start and first[-1 - end] == second[-1 - end]:
        end += 1
    left, right = first[start : len(first) - end], second[start : len(second) - end]
    length = max(len(left), len(right))
    here = before[0][0] if len(before) == 1 else frozenset()
    middle = [_item(here, _at(left, i), guards, _at(right, i)) for i in range(length)]
    return Items((*first[:start], *middle, *first[len(first) - end :]), met.open or items.open)


def _at(values: tuple[Value, ...], index: int) -> Value:
    return values[index] if index < len(values) else ABSENT


def _item(one: Guards, first: Value, other: Guards, second: Value) -> Value:
    if first == second:
        return first
    found: list[Case] = [*guarded(first, one), *guarded(second, other)]
    return united(found)


def met_entries(alternatives: list[tuple[Guards, Entries]]) -> Entries:
    """Dicts with every key of any of them; a key that some lack is absent there."""
    keys: dict[Value, None] = {}
    for _, entries in alternatives:
        keys |= dict.fromkeys(key for key, _ in entries.pairs)
    pairs = []
    for key in keys:
        found: list[Case] = []
        for guards, entries in alternatives:
            value = next((v for k, v in reversed(entries.pairs) if k == key), ABSENT)
            found.extend(guarded(value, guards))
        pairs.append((key, united(found)))
    return Entries(tuple(pairs), any(entries.open for _, entries in alternatives))
