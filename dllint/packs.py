"""Packages that bring rules of their own: the entry points `dllint.rules`, each naming a package that is a folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dllint.errors import CannotCheck

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "dllint.rules"


def installed() -> tuple[Path, ...]:
    """The folders of rules that installed packages bring. CannotCheck for an entry point that names no folder."""
    if not any(_brings_rules(place) for place in dict.fromkeys(sys.path)):
        return ()
    from importlib.metadata import entry_points  # 20 ms, which the usual run has no need of

    return tuple(_folder(entry) for entry in entry_points(group=GROUP))


def _brings_rules(place: str) -> bool:
    """Whether a package in a folder of sys.path has entry points for rules."""
    return any(GROUP.encode() in content for content in _entry_points(place or "."))


def _entry_points(place: str) -> Iterator[bytes]:
    try:
        names = [name for name in os.listdir(place) if name.endswith((".dist-info", ".egg-info"))]
    except OSError:  # sys.path names archives and folders that are gone
        return
    for name in names:
        try:
            with open(f"{place}/{name}/entry_points.txt", "rb") as file:
                yield file.read()
        except OSError:
            continue


def _folder(entry: EntryPoint) -> Path:
    """The folder of the package that an entry point names, which is found and not imported."""
    from importlib.machinery import PathFinder
    from importlib.util import find_spec

    top, *below = entry.value.split(".")
    spec = find_spec(top)
    for part in below:
        spec = PathFinder.find_spec(part, spec.submodule_search_locations) if spec else None
    where = spec.submodule_search_locations if spec else None
    if not where:
        package = entry.dist.name if entry.dist else "an installed package"
        raise CannotCheck(f"{package}: its entry point {GROUP} names {entry.value}, which is no package with rules")
    return Path(next(iter(where)))
