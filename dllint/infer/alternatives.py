"""Contents of lists and dicts where branches meet: one content whose items are alternatives, some perhaps absent.

`if args.bn: layers.append(nn.BatchNorm2d(8))` makes a list whose third item is a batch norm under `args.bn`
and absent else; without this the whole list would be two lists, and nobody could count either.
"""

from __future__ import annotations

from itertools import compress, count
from operator import is_not

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
    most = min(len(first), len(second))
    start = most if first[:most] == second[:most] else 0  # mostly one list is the other and more
    while start < most and first[start] == second[start]:
        start += 1
    end = 0
    while end < most - start and first[-1 - end] == second[-1 - end]:
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
    first = alternatives[0][1].pairs
    shared = len(first)  # entries that were there before the branches: of a registry, nearly all
    for _, entries in alternatives[1:]:
        other = map(is_not, first[:shared], entries.pairs)
        shared = next(compress(count(), other), min(shared, len(entries.pairs)))
    tables = [(guards, dict(entries.pairs[shared:])) for guards, entries in alternatives]
    keys: dict[Value, None] = {}
    for _, table in tables:
        keys |= dict.fromkeys(table)
    pairs = tuple((key, _entry(key, tables)) for key in keys)
    return Entries((*first[:shared], *pairs), any(entries.open for _, entries in alternatives))


def _entry(key: Value, tables: list[tuple[Guards, dict[Value, Value]]]) -> Value:
    values = [table.get(key, ABSENT) for _, table in tables]
    if all(value is values[0] for value in values):
        return values[0]
    found: list[Case] = []
    for (guards, _), value in zip(tables, values, strict=True):
        found.extend(guarded(value, guards))
    return united(found)
