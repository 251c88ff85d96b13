"""From arguments to an exit status, whatever happens on the way."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import click

from dllint.cli.commands import COMMANDS
from dllint.errors import CannotCheck

COULD_NOT = 2
INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Exit status of one run; what went wrong is one line on stderr."""
    try:
        with COMMANDS.make_context("dllint", list(arguments)) as context:
            return int(COMMANDS.invoke(context) or 0)
    except click.exceptions.Exit as exit:
        return exit.exit_code
    except click.UsageError as error:
        return _say(f"{error.format_message()} ({_where(error)} lists what there is)")
    except click.ClickException as error:
        return _say(error.format_message())
    except CannotCheck as error:
        return _say(str(error))
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted; nothing was reported")
        return INTERRUPTED
    except Exception as error:
        return _internal(error)


def _where(error: click.UsageError) -> str:
    return f"{error.ctx.command_path} --help" if error.ctx else "dllint --help"


def _say(text: str) -> int:
    """One line on stderr."""
    print(f"dllint: {' '.join(text.split())}", file=sys.stderr)
    return COULD_NOT


def _internal(error: Exception) -> int:
    """A bug of ours: its kind and place in one line, all of it where DLLINT_TRACEBACK is set."""
    if os.environ.get("DLLINT_TRACEBACK"):
        traceback.print_exception(error)
    *_, frame = traceback.extract_tb(error.__traceback__)
    what = f"{type(error).__name__}: {error} ({os.path.basename(frame.filename)}:{frame.lineno})"
    return _say(f"internal error, please report it: {what}; DLLINT_TRACEBACK=1 shows all of it")
