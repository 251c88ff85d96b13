"""What a command costs: CPU seconds of it and of every process it starts."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

DLLINT = (sys.executable, "-m", "dllint", "--output-format", "json", "--no-cache")
"""Always cold: there is no cache, and the files are read anew."""

OTHERS = frozenset({".git", ".venv", "venv", "site-packages", "node_modules", "__pycache__"})


@dataclass(frozen=True, slots=True)
class Cost:
    """One run. cpu: user and system seconds, children included; wall: seconds on the clock."""

    cpu: float
    wall: float
    status: int
    out: str
    err: str


def cost(command: Sequence[str], tree: Path) -> Cost:
    """Run a command on a tree; bytecode is kept, as it would be for a user."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, started = _spent(), time.perf_counter()
    ran = subprocess.run([*command, str(tree)], capture_output=True, text=True, errors="replace", env=environment)
    return Cost(_spent() - before, time.perf_counter() - started, ran.returncode, ran.stdout, ran.stderr)


def warm(command: Sequence[str]) -> None:
    """Run once on a file of one line, so that no measured run compiles its own imports."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "one.py").write_text("import torch\n")
        cost(command, Path(folder))


def thousand_lines(tree: Path) -> float:
    """kLOC of the *.py files below a folder, blank lines and comments included, without what is nobody's source."""
    lines = 0
    for folder, folders, files in os.walk(tree):
        folders[:] = [name for name in folders if name not in OTHERS]
        for path in (Path(folder) / name for name in files if name.endswith(".py")):
            if path.is_file() and not path.is_symlink():
                lines += path.read_bytes().count(b"\n")
    return lines / 1000


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
