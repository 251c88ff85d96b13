"""A rule: what it judges, how bad it is, and one plain function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from dllint.findings import Level


@dataclass(frozen=True, slots=True)
class Rule:
    """One bug. A rule file ends in `RULE = Rule(...)`; the loader fills in `name` and `page`.

    on: the event class that `judge` is called with. judge: yields what it has to say of one event.
    """

    code: str
    level: Level
    on: type
    judge: Callable[[Any], Iterator[Any]]
    name: str = ""  # the file's stem, with dashes
    page: str = ""  # the file's docstring
