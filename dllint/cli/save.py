"""Files written so that nobody ever reads half of one."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import click


def save(file: Path, content: bytes) -> None:
    """Put a content in a file, whose permissions stay. click.ClickException when it cannot be written."""
    try:
        place = Path(os.path.realpath(file))  # a link stays a link
        if place.exists() and not stat.S_ISREG(place.stat().st_mode):
            place.write_bytes(content)  # a pipe, or /dev/null
            return
        draft = place.with_name(f".{place.name}.{os.getpid()}")
        try:
            draft.write_bytes(content)
            if place.exists():
                shutil.copymode(place, draft)
            draft.replace(place)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise click.ClickException(f"{file}: cannot be written: {error.strerror or error}") from error
