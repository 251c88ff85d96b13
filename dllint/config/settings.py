"""What a run is asked to do, as one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING

from dllint.config.kinds import KEYS, ConfigError, Wrong
from dllint.findings import Level

if TYPE_CHECKING:
    from dllint.config.layers import Layer


@dataclass(frozen=True, slots=True)
class Settings:
    """How to look and what to report; the fields are the keys of a configuration file, with _ for -.

    select: names, codes, starts of codes or families; None: what the profile says. level: rule → "error",
    "warning", "advice" or "off". per_file_ignores: glob → rules. profile: "default" (errors and warnings, certain
    or likely), "advice" (advice too), "strict" (also what is merely possible). show_possible, fail_on: None: as the
    profile says. force_exclude: exclude files that are named, too. target_versions: "torch", "torchvision", "keras",
    "lightning" → version. rules: folders of private rule files. root: what globs and folders are relative to; None:
    the working directory.

    ConfigError for a value of a wrong kind.
    """

    select: Sequence[str] | None = None
    ignore: Sequence[str] = ()
    extend_select: Sequence[str] = ()
    level: Mapping[str, str] = field(default_factory=dict)
    per_file_ignores: Mapping[str, Sequence[str]] = field(default_factory=dict)
    exclude: Sequence[str] = ()
    force_exclude: bool = False
    profile: str = "default"
    show_possible: bool | None = None
    fail_on: str | None = None
    output_format: str = "text"
    require_reason: bool = False
    target_versions: Mapping[str, str] = field(default_factory=dict)
    rules: Sequence[str] = ()
    root: Path | None = None
    layers: tuple[Layer, ...] = field(
        default=(), repr=False, compare=False
    )  # what was given where, as far as it counts

    def __post_init__(self) -> None:
        for name, kind in KEYS.items():
            field_name = name.replace("-", "_")
            value = getattr(self, field_name)
            try:
                checked = value if value is None and field_name in _MAY_BE_NONE else kind(value)
            except Wrong as wrong:
                raise ConfigError(f"Settings: {field_name} {wrong}") from None
            object.__setattr__(self, field_name, checked)

    @property
    def shows_possible(self) -> bool:
        """Whether findings that are only possible are reported."""
        return self.profile == "strict" if self.show_possible is None else self.show_possible

    @property
    def fails_on(self) -> Level:
        """The least level that makes a run fail."""
        return Level[(self.fail_on or "warning").upper()]

    @property
    def least(self) -> Level:
        """The least level of a rule that is judged without being selected."""
        return Level.WARNING if self.profile == "default" else Level.ADVICE

    @property
    def file(self) -> str:
        """The configuration file, as it is shown; "" where there is none."""
        return next((layer.file.name for layer in self.layers if layer.file), "")

    def value(self, key: str) -> object:
        """What a key comes to, with what the profile says of it."""
        match key:
            case "show-possible":
                return self.shows_possible
            case "fail-on":
                return str(self.fails_on)
        return getattr(self, key.replace("-", "_"))

    def where(self, key: str, *inside: str) -> str:
        """Where a key, and what is inside its value, was given: `pyproject.toml:12`, `--select`; "" for a default."""
        return next((layer.where(key, *inside) for layer in self.layers if layer.gives(key, *inside)), "")

    def origins(self, key: str) -> list[str]:
        """Every place that a value comes from: files with lines, flags, the profile or the defaults."""
        if given := [layer.where(key) for layer in self.layers if layer.gives(key)]:
            return given
        profile = self.where("profile")
        return [f"profile, {profile}"] if profile and key in ("select", "show-possible", "fail-on") else ["default"]


_MAY_BE_NONE = frozenset(one.name for one in fields(Settings) if one.default is None)
