"""Which project file a module name means, by the files alone: no folder is read, and nothing is imported."""

from __future__ import annotations

import os
import posixpath
import sys
from collections.abc import Iterable, Iterator, Mapping

from dllint.plain import field, plain
from dllint.project.root import is_below

# A project's folder `wandb` or file `models/timm.py` is not what `import wandb` or `import timm` means.
_NAMES = """
    torch torchvision torchaudio torchtext torchmetrics keras tensorflow tensorboard tensorboardX lightning
    pytorch_lightning timm transformers accelerate diffusers ignite fastai monai kornia einops jax flax numpy scipy
    pandas sklearn skimage PIL cv2 matplotlib seaborn plotly tqdm yaml wandb mlflow hydra omegaconf click requests h5py
    pytest optuna ray
"""
_INSTALLED = frozenset(_NAMES.split())
_LAYOUTS = ("src", "lib")


@plain
class Modules:
    """The project's files as imports see them. Paths are absolute and posix.

    files: every spelling of a file → the file. folders: every folder with a file in it or below.
    tops: where projects begin. added: folders that some file puts on sys.path.
    """

    files: Mapping[str, str]
    folders: frozenset[str]
    tops: tuple[str, ...]
    added: tuple[str, ...] = ()
    _hits: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    _bases: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, importer: str, module: str, level: int) -> str | None:
        """The file, or the folder of a namespace package, that a module name means in a file; None when not ours.

        The file that asks is no answer to a lone name: `import timm` in models/timm.py is the library.
        """
        folder = _above(importer)
        if level:
            return self._relative(folder, module, level)
        if not module:
            return None
        own = "" if "." in module or importer.endswith("/__init__.py") else self.files.get(importer, importer)
        return next((hit for hit in self._absolute(folder, module) if hit != own), None)

    def is_package(self, place: str) -> bool:
        """Whether names imported from a place may be modules: it is a folder, or a package's `__init__.py`."""
        return place.endswith("/__init__.py") or place in self.folders

    def inside(self, place: str) -> Iterator[str]:
        """The files that lie directly in a package, given by its folder or its `__init__.py`."""
        folder = place.removesuffix("/__init__.py")
        return (file for spelling, file in self.files.items() if _above(spelling) == folder)

    def _relative(self, folder: str, module: str, level: int) -> str | None:
        for _ in range(level - 1):
            folder = _above(folder)
        if not module:
            return self.files.get(f"{folder}/__init__.py") or (folder if folder in self.folders else None)
        place = f"{folder}/{module.replace('.', '/')}"
        return self._file(place) or (place if place in self.folders else None)

    def _absolute(self, folder: str, module: str) -> tuple[str, ...]:
        """What the name may mean to files in a folder, best first: files, then namespace packages."""
        key = folder, module
        hits = self._hits.get(key)
        if hits is None:
            places = [f"{base}/{module.replace('.', '/')}" for base in self._bases_for(folder, module)]
            files = [file for place in places if (file := self._file(place))]
            hits = self._hits[key] = (*files, *(place for place in places if place in self.folders))
        return hits

    def _file(self, place: str) -> str | None:
        return self.files.get(f"{place}/__init__.py") or self.files.get(f"{place}.py")

    def _bases_for(self, folder: str, module: str) -> Iterable[str]:
        top = module.partition(".")[0]
        bases = self._bases_of(folder)
        if top in _INSTALLED or top in sys.stdlib_module_names:
            return [base for base in bases if self._shadows(base, top, folder)]
        return bases

    def _shadows(self, base: str, name: str, folder: str) -> bool:
        """Whether a name that others own is the project's after all, in `base`: its main package, or a lone script."""
        if f"{base}/{name}/__init__.py" in self.files:
            outer = base.removesuffix("/src").removesuffix("/lib")
            return outer in self.tops or base == self._above_package(folder)
        if f"{base}/{name}.py" not in self.files:
            return False
        # A script's folder leads sys.path, a package's does not.
        return base in self.tops or (base == folder and f"{base}/__init__.py" not in self.files)

    def _bases_of(self, folder: str) -> tuple[str, ...]:
        """Where absolute names are looked for, in order: the folder and those above it, their src and lib, sys.path."""
        bases = self._bases.get(folder)
        if bases is None:
            above = list(_upwards(folder, self.tops))
            layouts = [f"{base}/{layout}" for base in above for layout in _LAYOUTS]
            usual = [*above, self._above_package(folder), *(place for place in layouts if place in self.folders)]
            bases = self._bases[folder] = tuple(dict.fromkeys([*usual, *self.added]))
        return bases

    def _above_package(self, folder: str) -> str:
        """The folder that holds the outermost package around a folder: the folder itself when it is no package."""
        while f"{folder}/__init__.py" in self.files:
            folder = _above(folder)
        return folder


def modules_of(
    files: Iterable[str], links: Mapping[str, str], tops: tuple[str, ...], paths: Mapping[str, Iterable[str]]
) -> Modules:
    """The modules of a project. links: other spellings of files. paths: file → the sys.path entries it adds."""
    spellings = {**{file: file for file in files}, **links}
    folders = folders_of(spellings, tops)
    added = (place for file, entries in paths.items() for entry in entries for place in _places(file, entry, tops))
    return Modules(spellings, folders, tops, tuple(dict.fromkeys(place for place in added if place in folders)))


def folders_of(files: Iterable[str], tops: tuple[str, ...]) -> frozenset[str]:
    """Every folder with one of the files in it or below, up to the tops."""
    folders: set[str] = set()
    for folder in {_above(file) for file in files}:
        for place in _upwards(folder, tops):
            if place in folders:
                break
            folders.add(place)
    return frozenset(folders)


def names_in(files: Iterable[str], folders: Iterable[str]) -> frozenset[bytes]:
    """The first names that an absolute import of a project file can have."""
    stems = (posixpath.basename(file).removesuffix(".py") for file in files)
    return frozenset(os.fsencode(name) for name in (*stems, *map(posixpath.basename, folders)))


def _upwards(folder: str, tops: tuple[str, ...]) -> Iterator[str]:
    """The folder and those above it, up to the top it lies below; alone when it lies below none."""
    yield folder
    while folder not in tops and any(is_below(folder, top) for top in tops):
        folder = _above(folder)
        yield folder


def _above(path: str) -> str:
    return path.rpartition("/")[0]  # a fifth of the time of posixpath.dirname, and every path here is clean


def _places(file: str, entry: str, tops: tuple[str, ...]) -> Iterator[str]:
    """What a relative sys.path entry may mean: it is read from where a script lies, or from where it is run."""
    yield posixpath.normpath(posixpath.join(_above(file), entry))
    yield from (posixpath.normpath(posixpath.join(top, entry)) for top in tops)
