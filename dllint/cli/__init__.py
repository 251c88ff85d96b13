"""The command line. Only the command that runs is imported."""

from __future__ import annotations

import sys


def main() -> None:
    """Run dllint with the arguments of this process, and end it: 0 clean, 1 findings, 2 could not be done."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        # Asked by editors and hooks at every start: not worth 25 ms of click.
        from dllint.version import __version__

        print(f"dllint {__version__}")
        return
    from dllint.cli.run import run

    sys.exit(run(arguments))
