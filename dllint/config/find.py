"""Which configuration file applies to a run."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from dllint.config.file import File, is_ours, read

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
"""PATHS as a program gives them: one or several."""


def each(paths: Paths) -> tuple[str, ...]:
    """The paths one by one; a lone string is one."""
    return (os.fspath(paths),) if isinstance(paths, (str, os.PathLike)) else tuple(os.fspath(path) for path in paths)


def closest(paths: Sequence[str], cwd: Path) -> File | None:
    """The file closest to the folder that holds all the paths, at it or above, not above its git work tree.

    In one folder dllint.toml wins over pyproject.toml, which only counts when it has a [tool.dllint]. ConfigError.
    """
    for folder in _upwards(_shared(paths, cwd)):
        for name in ("dllint.toml", "pyproject.toml"):
            path = Path(folder, name)
            if path.is_file() and is_ours(path) and (file := read(path, cwd)) is not None:
                return file
    return None


def _shared(paths: Sequence[str], cwd: Path) -> str:
    """The folder that holds all the paths; the working directory when they share none, as on two drives."""
    places = [os.path.realpath(cwd / path) for path in paths]
    folders = [place if os.path.isdir(place) else os.path.dirname(place) for place in places]
    try:
        return os.path.commonpath(folders)
    except ValueError:
        return os.path.realpath(cwd)


def _upwards(folder: str) -> Iterator[str]:
    """The folder and those above it, up to the top of a git work tree."""
    yield folder
    while not os.path.exists(os.path.join(folder, ".git")) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
        yield folder
