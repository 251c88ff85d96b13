"""Which project file a module name means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from dllint.project.project import Project, open_project

Tree = Callable[[Mapping[str, str]], Path]


def meant(root: Path, importer: str, module: str, level: int = 0) -> str | None:
    """What a module name means in a file, relative to the root."""
    found = opened(root).resolve((root / importer).resolve(), module, level)
    return None if found is None else found.relative_to(root.resolve()).as_posix()


def opened(root: Path) -> Project:
    return open_project(["."], cwd=root)


@pytest.fixture
def files(tree: Tree) -> Callable[[Iterable[str]], Path]:
    """Writes empty files."""
    return lambda names: tree(dict.fromkeys(names, ""))


Files = Callable[[Iterable[str]], Path]


def test_a_module_a_package_and_a_folder_without_init_are_found(files: Files) -> None:
    root = files(["train.py", "net.py", "models/__init__.py", "models/unet.py", "data/sets/mnist.py"])
    assert meant(root, "train.py", "net") == "net.py"
    assert meant(root, "train.py", "models") == "models/__init__.py"
    assert meant(root, "train.py", "models.unet") == "models/unet.py"
    assert meant(root, "train.py", "data.sets.mnist") == "data/sets/mnist.py"
    assert meant(root, "train.py", "data.sets") == "data/sets"
    assert meant(root, "train.py", "models.other") is None


def test_a_package_comes_before_a_module_of_its_name(files: Files) -> None:
    assert meant(files(["train.py", "net.py", "net/__init__.py"]), "train.py", "net") == "net/__init__.py"


def test_a_file_comes_before_a_folder_without_init(files: Files) -> None:
    root = files(["scripts/train.py", "scripts/models/x.txt.py", "models/__init__.py"])
    assert meant(root, "scripts/train.py", "models") == "models/__init__.py"


def test_relative_imports_count_from_the_package(files: Files) -> None:
    root = files(["pkg/__init__.py", "pkg/a.py", "pkg/sub/__init__.py", "pkg/sub/b.py", "a.py"])
    assert meant(root, "pkg/sub/b.py", "", 1) == "pkg/sub/__init__.py"
    assert meant(root, "pkg/sub/b.py", "a", 2) == "pkg/a.py"
    assert meant(root, "pkg/sub/b.py", "sub.b", 2) == "pkg/sub/b.py"
    assert meant(root, "pkg/sub/__init__.py", "b", 1) == "pkg/sub/b.py"
    assert meant(root, "pkg/sub/b.py", "a", 1) is None
    assert meant(root, "a.py", "x", 9) is None


def test_a_script_run_from_its_folder_finds_its_neighbours(files: Files) -> None:
    root = files(["examples/mnist/train.py", "examples/mnist/net.py", "net.py"])
    assert meant(root, "examples/mnist/train.py", "net") == "examples/mnist/net.py"


def test_a_file_in_a_package_finds_what_lies_above_it(files: Files) -> None:
    root = files(["models/__init__.py", "models/deep/__init__.py", "models/deep/a.py", "utils/loss.py", "config.py"])
    assert meant(root, "models/deep/a.py", "utils.loss") == "utils/loss.py"
    assert meant(root, "models/deep/a.py", "config") == "config.py"
    assert meant(root, "models/deep/a.py", "models.deep.a") == "models/deep/a.py"
    assert meant(root, "models/deep/__init__.py", "models.deep") == "models/deep/__init__.py"


@pytest.mark.parametrize("layout", ["src", "lib"])
def test_packages_under_src_and_lib_are_found_from_tests(files: Files, layout: str) -> None:
    root = files([f"{layout}/pkg/__init__.py", f"{layout}/pkg/net.py", "tests/test_net.py", "pyproject.toml"])
    assert meant(root, "tests/test_net.py", "pkg.net") == f"{layout}/pkg/net.py"
    assert meant(root, f"{layout}/pkg/net.py", "pkg") == f"{layout}/pkg/__init__.py"


def test_a_root_that_is_a_package_knows_its_own_name(files: Files) -> None:
    root = files(["__init__.py", "net.py", "train.py"])
    assert meant(root, "train.py", f"{root.name}.net") == "net.py"


def test_folders_put_on_the_path_are_searched_last(tree: Tree) -> None:
    root = tree(
        {"train.py": "import sys\nsys.path.append('core')\n", "core/raft.py": "", "core/net.py": "", "net.py": ""}
    )
    assert meant(root, "train.py", "raft") == "core/raft.py"
    assert meant(root, "train.py", "net") == "net.py"


@pytest.mark.parametrize("name", ["timm", "torch", "wandb", "logging"])
def test_a_library_is_not_shadowed_from_inside_a_package_or_by_a_bare_folder(files: Files, name: str) -> None:
    root = files(["train.py", "models/__init__.py", f"models/{name}.py", "models/a.py", f"{name}/log.py"])
    assert meant(root, "models/a.py", name) is None
    assert meant(root, "train.py", name) is None
    assert meant(root, f"models/{name}.py", name) is None
    assert meant(root, "models/a.py", name, 1) == f"models/{name}.py"


def test_a_package_inside_the_main_one_does_not_shadow_a_library(files: Files) -> None:
    root = files(["pkg/__init__.py", "pkg/train.py", "pkg/logging/__init__.py", "pyproject.toml"])
    assert meant(root, "pkg/train.py", "logging") is None
    assert meant(root, "pkg/train.py", "pkg.logging") == "pkg/logging/__init__.py"


def test_a_script_s_neighbour_shadows_a_library(files: Files) -> None:
    root = files(["examples/train.py", "examples/logging.py"])
    assert meant(root, "examples/train.py", "logging") == "examples/logging.py"


@pytest.mark.parametrize("place", ["", "src/"])
def test_the_library_s_own_repository_is_the_library(files: Files, place: str) -> None:
    root = files([f"{place}keras/__init__.py", f"{place}keras/layers/__init__.py", "tests/test_a.py", "pyproject.toml"])
    assert meant(root, "tests/test_a.py", "keras.layers") == f"{place}keras/layers/__init__.py"
    assert meant(root, f"{place}keras/layers/__init__.py", "keras") == f"{place}keras/__init__.py"


def test_a_module_that_imports_its_own_name_means_another(files: Files) -> None:
    root = files(["clip.py", "models/__init__.py", "models/clip.py"])
    assert meant(root, "models/clip.py", "clip") == "clip.py"
    assert meant(root, "clip.py", "clip") is None


def test_a_link_to_a_module_means_the_file(files: Files) -> None:
    root = files(["shared/net.py", "app/train.py"])
    (root / "app/net.py").symlink_to("../shared/net.py")
    assert meant(root, "app/train.py", "net") == "shared/net.py"
