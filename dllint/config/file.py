"""A configuration file, read and checked: whatever is wrong in it is an error with its line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from dllint.config.kinds import KEYS, ConfigError, Wrong, meant, told


@dataclass(frozen=True, slots=True)
class File:
    """A file with settings. name: how it is shown. keys: those that lead to its table. values: checked, by key."""

    path: Path
    name: str
    text: str = field(repr=False)
    keys: tuple[str, ...]
    values: Mapping[str, object]

    def where(self, *inside: str) -> str:
        """`pyproject.toml:12`: the line where a key stands, or the last of `inside` in its value."""
        from dllint.config.lines import line_of

        return f"{self.name}:{line_of(self.text, (*self.keys, *inside), inside[-1] if inside else '')}"

    def wrong(self, why: str, *inside: str) -> NoReturn:
        raise ConfigError(f"{self.where(*inside)}: {why}")


def is_ours(path: Path) -> bool:
    """Whether a file can hold settings: a pyproject.toml that never says dllint is other people's, whole or broken."""
    try:
        return path.name != "pyproject.toml" or b"dllint" in path.read_bytes()
    except OSError:
        return False


def read(path: Path, cwd: Path) -> File | None:
    """The settings of a file; None for a pyproject.toml without [tool.dllint]. ConfigError, with file and line."""
    name = _shown(path, cwd)
    text = _text(path, name)
    table: object = _parsed(text, name)
    keys = ("tool", "dllint") if path.name == "pyproject.toml" else ()
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    if table is None:
        return None
    file = File(path, name, text, keys, {})
    if not isinstance(table, dict):
        file.wrong(f"tool.dllint must be a table, not {told(table)}")
    return File(path, name, text, keys, {key: _value(file, key, value) for key, value in table.items()})


def _value(file: File, key: str, value: object) -> object:
    """The value of a key, checked."""
    if key not in KEYS:
        near = meant(key, tuple(KEYS)) or f"; there are {', '.join(KEYS)}"
        file.wrong(f"unknown key {key!r}{near}", key)
    try:
        return KEYS[key](value)
    except Wrong as wrong:
        file.wrong(f"{key} {wrong}", key, *wrong.inside)


def _text(path: Path, name: str) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{name}: {error.strerror or error}; is it the configuration you mean?") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{name}:{line}: not TOML: bytes that are not utf-8") from None


def _parsed(text: str, name: str) -> object:
    from dllint.config.toml import NotTOML, parsed  # most runs have no file

    try:
        return parsed(text)
    except NotTOML as error:
        raise ConfigError(f"{name}:{error.line}: not TOML: {error.why}") from None


def _shown(path: Path, cwd: Path) -> str:
    """The path relative to the working directory where that is short, else as it is."""
    near = os.path.relpath(os.path.realpath(path), os.path.realpath(cwd))
    return str(path) if near.startswith(f"..{os.sep}..") else near.replace(os.sep, "/")
