"""`dllint -`: one file of the project, as an editor holds it, on stdin."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

import click


def given(paths: Sequence[str], name: str | None) -> tuple[tuple[str, ...], Mapping[str, bytes]]:
    """The paths to lint, and what stands on stdin by the path it is for. UsageError for stdin among other paths."""
    if name is None and "-" not in paths:
        return tuple(paths) or (".",), {}
    if set(paths) - {"-"}:
        raise click.UsageError("stdin is one file: with - or --stdin-filename no other path can be given")
    if name is not None and os.path.isdir(name):
        raise click.UsageError(f"--stdin-filename {name} is a folder; name the file that stdin is in place of")
    name = name or "-"
    return (name,), {name: sys.stdin.buffer.read()}
