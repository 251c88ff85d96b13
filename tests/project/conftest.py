"""Small projects on disk."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Tree = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Writes files below a fresh folder outside git, and gives the folder."""
    root = tmp_path / "work"

    def write(files: Mapping[str, str]) -> Path:
        root.mkdir(exist_ok=True)
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return root

    return write


@pytest.fixture
def repository(tree: Tree) -> Tree:
    """The same, inside a git work tree where all the files are yet untracked."""

    def write(files: Mapping[str, str]) -> Path:
        root = tree(files)
        subprocess.run(["git", "init", "-q", str(root)], check=True)
        return root

    return write
