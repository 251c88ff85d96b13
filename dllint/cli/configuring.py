"""The options that say how to look, for every command that looks, and the settings that they come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from dllint.config import Settings, read_settings
from dllint.config.kinds import LEVELS, PROFILES


def _words(context: click.Context, option: click.Parameter, given: Iterable[str]) -> tuple[str, ...]:
    """The words of an option that is repeated, or holds commas, or both."""
    return tuple(word.strip() for text in given for word in text.split(",") if word.strip())


def _rules(flag: str, text: str) -> Callable[..., Any]:
    return click.option(flag, multiple=True, metavar="RULES", callback=_words, help=text)


_CHOICES = (
    _rules("--select", "Judge with these names, codes or families only."),
    _rules("--ignore", "Judge without these names, codes or families."),
    _rules("--extend-select", "Judge with these too."),
    click.option(
        "--profile",
        type=click.Choice(PROFILES),
        help="default: errors and warnings; advice: advice too; strict: also what is only possible.",
    ),
    click.option(
        "--show",
        "show_possible",
        type=click.Choice(["possible"]),
        multiple=True,
        callback=lambda context, option, given: bool(given) or None,
        help="Show findings that are only possible.",
    ),
    click.option(
        "--fail-on",
        type=click.Choice(LEVELS),
        help="Least level that makes the exit status 1.  [default: warning]",
    ),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Files and folders to leave out; may be repeated."),
    click.option("--force-exclude", is_flag=True, help="Leave them out even where they are named, as hooks name them."),
)

_SOURCES = (
    click.option("--rules", multiple=True, metavar="FOLDER", help="Judge with the private rules in this folder too."),
    click.option(
        "--config",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Take the settings from this file.  [default: the closest dllint.toml or pyproject.toml]",
    ),
    click.option("--isolated", is_flag=True, help="Take no settings from any file."),
)


def configuring(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with all of these options, which it hands to `settings_for`."""
    return _with((*_CHOICES, *_SOURCES), command)


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with the options that say where settings and rules are read."""
    return _with(_SOURCES, command)


def _with(options: Sequence[Callable[..., Any]], command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command


def settings_for(paths: Sequence[str], options: Mapping[str, Any]) -> Settings:
    """The settings for paths, of the closest file and of these options, which are called as keys are.

    ConfigError; click.UsageError for options that contradict one another.
    """
    flags = {name.replace("_", "-"): given for name, given in options.items() if given}
    file, isolated = flags.pop("config", None), flags.pop("isolated", False)
    if file and isolated:
        raise click.UsageError("--config names a file and --isolated forbids one; give one of them")
    return read_settings(paths, config=file, isolated=isolated, flags=flags)
