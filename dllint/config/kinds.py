"""The keys of a configuration, and what each may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from dllint.errors import CannotCheck
from dllint.report.formats import FORMATS

LEVELS = ("advice", "warning", "error")
PROFILES = ("default", "advice", "strict")
FRAMEWORKS = ("torch", "torchvision", "keras", "lightning")

_VERSION = re.compile(r"\d+(\.\d+)*")


class Wrong(Exception):
    """A value that a key cannot hold. inside: the keys below it that lead to the fault, and last what is at fault."""

    def __init__(self, why: str, *inside: str) -> None:
        super().__init__(why)
        self.inside = inside


class ConfigError(CannotCheck):
    """A configuration that is wrong: the file and line, the key, and what it may be."""


def listed(value: object) -> tuple[str, ...]:
    """A list of strings. Wrong."""
    if not isinstance(value, (list, tuple)):
        raise Wrong(f"must be a list of strings, not {told(value)}")
    for item in value:
        if not isinstance(item, str):
            raise Wrong(f"must be a list of strings, and {told(item)} is none", str(item))
    return tuple(value)


def switch(value: object) -> bool:
    """True or false. Wrong."""
    if not isinstance(value, bool):
        raise Wrong(f"must be true or false, not {told(value)}")
    return value


def one_of(*words: str) -> Callable[[object], str]:
    """One of these words. Wrong."""

    def kind(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise Wrong(f"must be {alternatives(words)}, not {told(value)}{meant(value, words)}")
        return value

    return kind


def version(value: object) -> str:
    """A version as text, since 2.10 as a number would be 2.1. Wrong."""
    if not isinstance(value, str) or not _VERSION.fullmatch(value):
        raise Wrong(f'must be a version between quotes, such as "2.1", not {told(value)}')
    return value


def table(kind: Callable[[object], object], keys: tuple[str, ...] = ()) -> Callable[[object], Mapping[str, object]]:
    """A table of values of one kind, with these keys where any are given. Wrong."""

    def check(value: object) -> Mapping[str, object]:
        if not isinstance(value, Mapping):
            raise Wrong(f"must be a table, not {told(value)}")
        return {key: _entry(key, item) for key, item in value.items()}

    def _entry(key: str, item: object) -> object:
        if keys and key not in keys:
            raise Wrong(f"has no key {key!r}: it may be {alternatives(keys)}{meant(key, keys)}", key)
        try:
            return kind(item)
        except Wrong as wrong:
            raise Wrong(f"{key} {wrong}", key, *wrong.inside) from None

    return check


KEYS: Mapping[str, Callable[[object], object]] = {
    "select": listed,
    "ignore": listed,
    "extend-select": listed,
    "level": table(one_of(*LEVELS, "off")),
    "per-file-ignores": table(listed),
    "exclude": listed,
    "force-exclude": switch,
    "profile": one_of(*PROFILES),
    "show-possible": switch,
    "fail-on": one_of(*LEVELS),
    "output-format": one_of(*FORMATS),
    "require-reason": switch,
    "target-versions": table(version, FRAMEWORKS),
    "rules": listed,
}
"""Every key, in the order in which they are shown, and what gives its value back or raises Wrong."""


def told(value: object) -> str:
    """The value as it is shown in a message, cut where it is long."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def alternatives(words: tuple[str, ...]) -> str:
    """`a, b or c`."""
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def meant(word: object, words: tuple[str, ...]) -> str:
    """`; did you mean b?`, "" where nothing is spelt alike."""
    import difflib  # only a mistake needs it

    near = difflib.get_close_matches(str(word).lower().replace("_", "-"), words, n=1)
    return f"; did you mean {near[0]}?" if near else ""
