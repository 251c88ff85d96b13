"""Numbers with their nouns."""

from __future__ import annotations

from collections.abc import Sequence


def counted(number: int, plural: str) -> str:
    """`0 losses`, `1 loss`, `12 losses`: the noun is given in the plural."""
    return f"{number} {plural if number != 1 else _singular(plural)}"


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _singular(plural: str) -> str:
    return plural[:-2] if plural.endswith(("sses", "ches", "xes")) else plural.removesuffix("s")
