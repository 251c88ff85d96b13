"""What a run is asked to do: from files, the command line or a program to one `Settings`."""

from dllint.config.kinds import ConfigError
from dllint.config.layers import read_settings
from dllint.config.settings import Settings

__all__ = ["ConfigError", "Settings", "read_settings"]
