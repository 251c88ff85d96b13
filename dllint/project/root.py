"""Where a project begins."""

from __future__ import annotations

import os
from collections.abc import Iterable

from dllint.project.git import top_of

_MARKS = ("pyproject.toml", "setup.py", "setup.cfg")


def root_of(folder: str, cwd: str) -> str:
    """The git top level above a folder, else the nearest one with a project file, else cwd, else where its package is.

    A home folder or a file system's root is no project, whatever lies in it, unless it is the folder itself.
    """
    for root in (top_of(folder), _marked(folder), cwd if is_below(folder, cwd) else None):
        if root and (root == folder or not _is_wide(root)):
            return root
    return _above_packages(folder)


def outermost(folders: Iterable[str]) -> tuple[str, ...]:
    """The folders, in order, without those that lie below another one."""
    kept: list[str] = []
    for folder in sorted(set(folders)):
        if not any(is_below(folder, top) for top in kept):
            kept.append(folder)
    return tuple(kept)


def is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder.rstrip('/')}/")


def _marked(folder: str) -> str | None:
    while not any(os.path.exists(f"{folder}/{mark}") for mark in _MARKS):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def _above_packages(folder: str) -> str:
    while os.path.exists(f"{folder}/__init__.py") and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder


def _is_wide(folder: str) -> bool:
    home = os.path.realpath(os.path.expanduser("~")).replace(os.sep, "/")
    return folder == home or os.path.dirname(folder) == folder
