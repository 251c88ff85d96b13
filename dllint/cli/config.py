"""`dllint config show`: the settings of a run, and where each comes from."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from dllint.cli import terminal
from dllint.cli.configuring import configuring, settings_for
from dllint.config import Settings
from dllint.config.kinds import FRAMEWORKS, KEYS
from dllint.project.discovery import real
from dllint.project.root import root_of
from dllint.project.versions import Versions, declared
from dllint.report.style import Style

_BARE = re.compile(r"[A-Za-z0-9_-]+")


@click.group(invoke_without_command=True)
@click.pass_context
def config(context: click.Context, /) -> None:
    """Look at the configuration."""
    if not context.invoked_subcommand:
        raise click.UsageError("say `dllint config show`; a folder of that name is written ./config", context)


@config.command()
@click.argument("paths", nargs=-1, type=click.Path())
@configuring
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(paths: tuple[str, ...], output_format: str, **options: Any) -> None:
    """Show every setting of a run on PATHS with these options, and where it comes from."""
    settings, found = settings_for(paths or (".",), options), _found(paths or (".",))
    if output_format == "json":
        terminal.write(json.dumps(_contract(settings, found), indent=2) + "\n")
    else:
        terminal.write(_table(settings, found, Style(terminal.color("auto", sys.stdout))))


def _found(paths: Sequence[str]) -> Mapping[str, Versions]:
    """What the files of the project say of the versions it is for."""
    folder = real(paths[0])
    root = Path(root_of(folder if os.path.isdir(folder) else os.path.dirname(folder), real(os.curdir)))
    found = {package: declared(root, package) for package in FRAMEWORKS}
    return {package: versions for package, versions in found.items() if versions.said}


def _contract(settings: Settings, found: Mapping[str, Versions]) -> Mapping[str, object]:
    """version; file: its path or null; settings: by key, its value and the places that it comes from.

    versions: by library, what the project's files say of it and where.
    """
    entries = {key: {"value": settings.value(key), "from": settings.origins(key)} for key in KEYS}
    versions = {package: {"value": one.said, "from": one.where} for package, one in found.items()}
    return {"version": 1, "file": settings.file or None, "settings": entries, "versions": versions}


def _table(settings: Settings, found: Mapping[str, Versions], style: Style) -> str:
    """Each setting on a line, as a configuration file would say it, with its places as a comment."""
    rows = list(_rows(settings, found))
    keys, values = (max(len(row[column]) for row in rows) for column in (0, 1))
    lines = [
        f"{style(f'{key:{keys}}', 'strong')} = {value:{min(values, 40)}}  {style(f'# {origin}', 'faint')}"
        for key, value, origin in rows
    ]
    return "\n".join([style(f"# {settings.file or 'no configuration file'}", "faint"), *lines]) + "\n"


def _rows(settings: Settings, found: Mapping[str, Versions]) -> Iterator[tuple[str, str, str]]:
    """Key, value and places; a table has a row for each entry, and target versions one for each that files say."""
    for key in KEYS:
        value = settings.value(key)
        if key == "target-versions" and (told := found.keys() - settings.target_versions.keys()):
            yield from (
                (f"{key}.{package}", _written(found[package].said), found[package].where) for package in sorted(told)
            )
            if not value:
                continue
        if isinstance(value, Mapping) and value:
            for name, item in value.items():
                yield f"{key}.{_quoted(name)}", _written(item), settings.where(key, name)
        else:
            yield key, _written(value), ", ".join(settings.origins(key))


def _quoted(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _written(value: object) -> str:
    """The value as TOML writes it; what is not set is for the profile to say."""
    return "(by the profile)" if value is None else json.dumps(value, ensure_ascii=False)
