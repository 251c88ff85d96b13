"""Settings given in several places, the stronger over the weaker: defaults, a file, the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dllint.config.file import File, read
from dllint.config.find import Paths, closest, each
from dllint.config.kinds import ConfigError
from dllint.config.settings import Settings

_ADDS = frozenset({"extend-select", "rules"})
"""Keys whose values of all layers count together."""

_SETS_ASIDE: Mapping[str, tuple[str, ...]] = {
    "select": ("ignore", "extend-select"),
    "profile": ("show-possible", "fail-on"),
}
"""A stronger layer that gives the key on the left says the whole of it: what weaker ones give of the right is gone."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Values by key, given in a file or, where there is none, on the command line."""

    values: Mapping[str, object]
    file: File | None = None

    def gives(self, key: str, *inside: str) -> bool:
        """Whether a key is given here, with all that leads to a part of its value."""
        value: object = self.values
        for part in (key, *inside):
            if not isinstance(value, (Mapping, tuple)) or part not in value:
                return False
            value = value[part] if isinstance(value, Mapping) else part
        return True

    def where(self, key: str, *inside: str) -> str:
        """`pyproject.toml:12`, `--select`."""
        if self.file is not None:
            return self.file.where(key, *inside)
        return "--show possible" if key == "show-possible" else f"--{key}"


def read_settings(
    paths: Paths = (),
    *,
    cwd: str | os.PathLike[str] | None = None,
    config: Path | None = None,
    isolated: bool = False,
    flags: Mapping[str, object] | None = None,
) -> Settings:
    """The settings that the command line would use for these paths: of the closest file, under `flags` by key.

    config: this file, whatever is closest; its globs are relative to `cwd` then. isolated: no file at all.
    ConfigError, with file and line.
    """
    here = Path(os.path.realpath(cwd or Path.cwd()))
    file = _given(config, here) if config else None if isolated else closest(each(paths), here)
    root = file.path.parent if file and not config else here
    layers = [Layer(file.values, file)] if file else []
    return _merged(_counting([*layers, Layer(_rebased(flags or {}, here, root))]), here, root)


def _given(config: Path, cwd: Path) -> File:
    file = read(cwd / config, cwd)
    if file is None:
        raise ConfigError(f"{config}: has no [tool.dllint]")
    return file


def _counting(layers: Sequence[Layer]) -> Iterator[Layer]:
    """The layers, the weakest first, each with the values that no stronger one replaces or sets aside."""
    for index, layer in enumerate(layers):
        stronger = {key for above in layers[index + 1 :] for key in above.values}
        gone = (stronger - _ADDS) | {other for key in stronger for other in _SETS_ASIDE.get(key, ())}
        yield Layer({key: value for key, value in layer.values.items() if key not in gone}, layer.file)


def _merged(counting: Iterable[Layer], cwd: Path, root: Path) -> Settings:
    layers = tuple(counting)
    values = {key: value for layer in layers for key, value in layer.values.items()}
    for key in _ADDS & values.keys():
        values[key] = tuple(item for layer in layers for item in _listed(layer.values.get(key)))
    if "rules" in values:
        values["rules"] = tuple(folder for layer in layers for folder in _folders(layer, cwd))
    given = {key.replace("-", "_"): value for key, value in values.items()}
    return Settings(**given, root=root, layers=layers)  # type: ignore[arg-type]  # Settings checks them


def _folders(layer: Layer, cwd: Path) -> Iterator[str]:
    """The folders of private rules of a layer, absolute. ConfigError for one that is not there."""
    start = layer.file.path.parent if layer.file else cwd
    for folder in _listed(layer.values.get("rules")):
        if not (start / folder).is_dir():
            raise ConfigError(f"{layer.where('rules', folder)}: {folder}: no such folder of rules")
        yield str(start / folder)


def _listed(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, Iterable) else ()


def _rebased(flags: Mapping[str, object], cwd: Path, root: Path) -> Mapping[str, object]:
    """The flags, with globs that are relative to the working directory made relative to the root above it."""
    below = os.path.relpath(cwd, root).replace(os.sep, "/")
    if "exclude" not in flags or below == "." or below.startswith(".."):
        return flags
    return {**flags, "exclude": tuple(_moved(glob, below) for glob in _listed(flags["exclude"]))}


def _moved(glob: str, folder: str) -> str:
    """A glob of a folder as its parent would write it; one without a slash inside holds everywhere."""
    negated = glob.startswith("!")
    bare = glob[negated:]
    return f"{'!' * negated}/{folder}/{bare.lstrip('/')}" if "/" in bare.rstrip("/") else glob
