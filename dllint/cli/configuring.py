"""The options that say how to look, for every command that looks, and the settings that they come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from dllint.config import Settings, read_settings
from dllint.config.kinds import LEVELS, PROFILES

_WORDS = ("select", "ignore", "extend_select")

_OPTIONS = (
    click.option("--select", multiple=True, metavar="RULES", help="Judge with these names, codes or families only."),
    click.option("--ignore", multiple=True, metavar="RULES", help="Judge without these names, codes or families."),
    click.option("--extend-select", multiple=True, metavar="RULES", help="Judge with these too."),
    click.option(
        "--profile",
        type=click.Choice(PROFILES),
        help="default: errors and warnings; advice: advice too; strict: also what is only possible.",
    ),
    click.option(
        "--show", multiple=True, type=click.Choice(["possible"]), help="Show findings that are only possible."
    ),
    click.option(
        "--fail-on",
        type=click.Choice(LEVELS),
        help="Least level that makes the exit status 1.  [default: warning]",
    ),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Files and folders to leave out; may be repeated."),
    click.option("--force-exclude", is_flag=True, help="Leave them out even where they are named, as hooks name them."),
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
    """The command with these options, which it hands to `settings_for`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def settings_for(paths: Sequence[str], options: Mapping[str, Any]) -> Settings:
    """The settings for paths, of the closest file and of these options.

    ConfigError; click.UsageError for options that contradict one another.
    """
    if options["config"] and options["isolated"]:
        raise click.UsageError("--config names a file and --isolated forbids one; give one of them")
    flags: dict[str, object] = {name.replace("_", "-"): _split(options[name]) for name in _WORDS if options[name]}
    flags |= {name: options[name] for name in ("exclude", "rules") if options[name]}
    single = {
        "profile": options["profile"],
        "fail-on": options["fail_on"],
        "force-exclude": options["force_exclude"] or None,
        "show-possible": bool(options["show"]) or None,
    }
    flags |= {key: value for key, value in single.items() if value is not None}
    return read_settings(paths, config=options["config"], isolated=options["isolated"], flags=flags)


def _split(given: Iterable[str]) -> tuple[str, ...]:
    """The words of options that are repeated, or hold commas, or both."""
    return tuple(word.strip() for text in given for word in text.split(",") if word.strip())
