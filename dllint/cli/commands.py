"""The commands by name, each imported when it is used; `check` is the one meant when none is named."""

from __future__ import annotations

import importlib

import click

from dllint.version import __version__

_DEFAULT = "check"
_NAMES = ("check", "config", "explain", "rules")
_OF_DLLINT = ("--help", "-h", "--version")


class Commands(click.Group):
    """Commands that live in one file each: `check` in `dllint/cli/check.py` as `check`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _NAMES:
            return None
        command: click.Command = getattr(importlib.import_module(f"dllint.cli.{cmd_name}"), cmd_name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args and args[0] in (*_NAMES, *_OF_DLLINT)
        return super().parse_args(ctx, args if named else [_DEFAULT, *args])


COMMANDS = Commands(
    "dllint",
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            help="Show the version.",
            callback=lambda context, _, given: _version(context) if given else None,
        )
    ],
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Find the deep learning bugs that do not crash.\n\n"
    "`dllint PATHS` is `dllint check PATHS`; see `dllint check --help` for its options.",
)


def _version(context: click.Context) -> None:
    click.echo(f"dllint {__version__}")
    context.exit()
