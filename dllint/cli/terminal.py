"""What the streams of this process can show: colours, cells, characters."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from typing import TextIO

WIDTH_OF_A_FILE = 120
"""Cells of a line where nobody's terminal is asked."""

_PLAIN = str.maketrans({"│": "|", "╭": ",", "├": "+", "╰": "`", "…": "~", "·": "-", "█": "#", "░": "."})
"""For terminals that have not our drawing characters; one for one, so that columns stay."""


def color(wanted: str, stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether to paint. wanted: "always" and "never" win over NO_COLOR, it over FORCE_COLOR, that over the terminal."""
    if wanted != "auto":
        return wanted == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"


def columns() -> int:
    """Cells of the terminal's width, or of COLUMNS where it is set."""
    return shutil.get_terminal_size((WIDTH_OF_A_FILE, 24)).columns


def write(text: str) -> None:
    """Put text on stdout whatever its encoding; a reader who has gone away (`| head`) is no error."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(_encodable(text, encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes stdout once more when it ends, and would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _encodable(text: str, encoding: str) -> str:
    """The text, with what the encoding lacks written plainly or as an escape."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN).encode(encoding, "backslashreplace").decode(encoding)
    return text
