"""What PATHS mean: what is reported, what the engine runs, what it may skip."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from dllint.program.source import NotParsed
from dllint.project import project as opening
from dllint.project.project import Project, open_project

Tree = Callable[[Mapping[str, str]], Path]

CHAIN = {
    "model.py": "import torch\n",
    "train.py": "from model import Net\n",
    "main.py": "import train\n",
    "plot.py": "import matplotlib\n",
    "config.py": "LR = 1\n",
}


def opened(root: Path, *paths: str, exclude: Sequence[str] = ()) -> Project:
    return open_project(paths or ["."], cwd=root, exclude=exclude)


def below(root: Path, files: Iterable[Path]) -> list[str]:
    return [file.relative_to(root.resolve()).as_posix() for file in files]


def test_what_reaches_a_framework_is_run_and_the_rest_skipped(tree: Tree) -> None:
    root = tree(CHAIN)
    project = opened(root)
    assert below(root, project.asked) == sorted(CHAIN)
    assert below(root, project.roots) == ["main.py", "model.py", "train.py"]
    assert below(root, project.skipped) == ["config.py", "plot.py"]


def test_linting_a_model_alone_runs_the_scripts_that_import_it(tree: Tree) -> None:
    root = tree(CHAIN)
    project = opened(root, "model.py")
    assert below(root, project.asked) == ["model.py"]
    assert below(root, project.roots) == ["main.py", "model.py", "train.py"]
    assert project.skipped == ()


def test_linting_a_script_alone_runs_no_more_than_it(tree: Tree) -> None:
    root = tree(CHAIN)
    assert below(root, opened(root, "main.py").roots) == ["main.py"]


def test_a_file_that_only_is_reached_brings_those_that_reach_it(tree: Tree) -> None:
    root = tree({**CHAIN, "train.py": "import model, config\n"})
    project = opened(root, "config.py")
    assert below(root, project.roots) == ["main.py", "train.py"]
    assert below(root, project.skipped) == ["config.py"]


def test_importers_are_found_in_the_whole_project_from_a_folder_of_it(repository: Tree) -> None:
    root = repository({"pkg/__init__.py": "", "pkg/net.py": "import torch", "app/run.py": "from pkg import net"})
    project = open_project(["."], cwd=root / "pkg")
    assert below(root, project.roots) == ["app/run.py", "pkg/net.py"]
    assert below(root, project.asked) == ["pkg/__init__.py", "pkg/net.py"]
    assert [project.source(file).name for file in project.asked] == ["__init__.py", "net.py"]


def test_names_made_at_run_time_count_as_every_module_of_the_folder(tree: Tree) -> None:
    loader = "import importlib\nnet = importlib.import_module(f'models.{name}')\n"
    root = tree({"main.py": loader, "models/__init__.py": "", "models/unet.py": "import torch"})
    assert below(root, opened(root).roots) == ["main.py", "models/unet.py"]


def test_imports_in_a_circle_end(tree: Tree) -> None:
    root = tree({"a.py": "import b", "b.py": "import c", "c.py": "import a, torch", "d.py": "import d"})
    assert below(root, opened(root).roots) == ["a.py", "b.py", "c.py"]
    assert below(root, opened(root, "a.py").roots) == ["a.py", "b.py", "c.py"]


def test_a_project_without_deep_learning_has_nothing_to_run(tree: Tree) -> None:
    root = tree({"a.py": "import b", "b.py": "import os", "c.py": "# pytorch is not used here"})
    project = opened(root)
    assert project.roots == ()
    assert len(project.skipped) == 3


def test_an_excluded_file_is_not_run_yet_imports_lead_to_it(tree: Tree) -> None:
    root = tree({**CHAIN, "old/demo.py": "import model"})
    project = opened(root, "model.py", exclude=["old/", "train.py"])
    assert below(root, project.roots) == ["main.py", "model.py"]
    assert project.resolve((root / "main.py").resolve(), "train", 0) == (root / "train.py").resolve()


def test_a_script_is_what_nothing_imports(tree: Tree) -> None:
    root = tree({**CHAIN, "plot.py": "import plot", "pkg/tool.py": "import pkg.tool"})
    project = opened(root)
    scripts = [file for file in project.asked if not project.is_imported(file)]
    assert below(root, scripts) == ["config.py", "main.py", "pkg/tool.py", "plot.py"]


def test_a_file_outside_the_working_directory_brings_its_own_project(tree: Tree) -> None:
    root = tree({"here/a.py": "import torch", "there/setup.py": "", "there/p/m.py": "import torch"})
    tree({"there/run.py": "import p.m"})
    project = open_project(["../there/p/m.py"], cwd=root / "here")
    assert project.root == (root / "there").resolve()
    assert below(root, project.roots) == ["there/p/m.py", "there/run.py"]
    assert project.source(project.asked[0]).name == (root / "there/p/m.py").resolve().as_posix()


def test_paths_in_two_projects_open_both(tree: Tree) -> None:
    files = {
        "x/setup.py": "",
        "x/a.py": "import torch",
        "x/b.py": "import a",
        "y/setup.cfg": "",
        "y/a.py": "import torch",
    }
    root = tree({**files, "y/b.py": "import a", "z/b.py": "import a"})
    project = open_project(["../x/a.py", "../y/a.py"], cwd=root / "z")
    assert below(root, project.roots) == ["x/a.py", "x/b.py", "y/a.py", "y/b.py"]


def test_a_home_folder_is_no_project(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree({"pyproject.toml": "", "other/b.py": "import torch", "code/pkg/__init__.py": "", "code/pkg/a.py": ""})
    monkeypatch.setenv("HOME", str(root))
    assert opened(root, "code/pkg/a.py").root == (root / "code").resolve()
    assert opened(root).root == root.resolve()


def test_a_source_is_read_once(tree: Tree) -> None:
    root = tree({"a.py": "import torch"})
    project = opened(root)
    source = project.source(project.asked[0])
    assert (source.name, source.content) == ("a.py", b"import torch")
    (root / "a.py").unlink()
    assert project.source(project.asked[0]) is source


def test_a_file_that_vanished_is_not_parsed(tree: Tree) -> None:
    root = tree({"a.py": "import torch"})
    project = opened(root)
    (root / "a.py").unlink()
    with pytest.raises(NotParsed, match="No such file"):
        project.source(project.asked[0])


def test_a_file_too_large_is_noted_and_not_run(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree({"a.py": "import torch", "big.py": "import torch" + " " * 100})
    monkeypatch.setattr(opening, "LARGEST", 50)
    project = opened(root)
    assert below(root, project.roots) == ["a.py"]
    assert project.skipped == ()
    assert [(note.path, note.line) for note in project.notes] == [("big.py", 1)]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser reads everything")
def test_an_unreadable_file_is_noted_and_the_rest_goes_on(tree: Tree) -> None:
    root = tree({"a.py": "import torch", "b.py": ""})
    (root / "b.py").chmod(0)
    project = opened(root)
    assert below(root, project.roots) == ["a.py"]
    assert [(note.path, note.why) for note in project.notes] == [("b.py", "Permission denied")]


def test_bytes_that_are_no_text_do_no_harm(tree: Tree) -> None:
    root = tree({"a.py": ""})
    (root / "a.py").write_bytes(b"\xff\x00import torch\nfrom \xe9 import (\n")
    (root / "b.py").write_bytes(b"\xef\xbb\xbffrom a import x\r\n")
    assert below(root, opened(root).roots) == ["a.py", "b.py"]


def test_opening_a_project_imports_neither_libcst_nor_torch() -> None:
    probe = "import sys, dllint.project.project as p; print({'libcst', 'torch', 'pathspec'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
