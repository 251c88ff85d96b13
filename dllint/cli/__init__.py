"""The command line. Only the command that runs is imported."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run dllint with the arguments of this process, and end it: 0 clean, 1 findings, 2 could not be done."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        # Asked by editors and hooks at every start: not worth 25 ms of click.
        from dllint.version import __version__

        print(f"dllint {__version__}")
        return
    try:
        from dllint.cli.run import run

        status = run(arguments)
    except KeyboardInterrupt:  # before run could hear it: what it needs was still being imported
        print("dllint: interrupted; nothing was reported", file=sys.stderr)
        status = 130
    _end(status)


def _end(status: int) -> None:
    """End the process at once: tidying up a large run takes a tenth of its time, and brings nobody anything.

    After an interrupt it must be so: the thread that analyses goes on, and where it parses, Python's own ending
    would abort the process.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # whoever read it is gone
            continue
    os._exit(status)
