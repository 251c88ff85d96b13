"""Configuration files on disk, and the settings they come to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dllint.config import ConfigError, Settings, read_settings

Read = Callable[..., Settings]
Refused = Callable[..., str]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The settings by a dllint.toml of this text, or of these files by name, and under these flags."""

    def call(given: str | dict[str, str], *paths: str, **others: object) -> Settings:
        for name, text in ({"dllint.toml": given} if isinstance(given, str) else given).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return read_settings(paths, **{"cwd": tmp_path, **others})  # type: ignore[arg-type]

    return call


@pytest.fixture
def refused(read: Read) -> Refused:
    """What is said of a configuration that is wrong."""

    def call(given: str | dict[str, str], *paths: str, **others: object) -> str:
        with pytest.raises(ConfigError) as caught:
            read(given, *paths, **others)
        return str(caught.value)

    return call
