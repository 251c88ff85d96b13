"""Which files PATHS name."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from dllint.project import discovery, git
from dllint.project.discovery import MissingPath, discover, excluder, real

Tree = Callable[[Mapping[str, str]], Path]

needs_permissions = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser reads everything"
)


def names(root: Path, paths: Sequence[str] = (".",), exclude: Sequence[str] = ()) -> list[str]:
    """What discovery finds, relative to the root."""
    return [
        os.path.relpath(file, root).replace(os.sep, "/")
        for file in discover(paths, root, excluder(exclude, real(root))).files
    ]


def test_a_folder_means_the_scripts_and_notebooks_below_it(tree: Tree) -> None:
    root = tree({"b/c.py": "", "a.py": "", "a.pyi": "", "README.md": "", "b/d.ipynb": "{}"})
    assert names(root) == ["a.py", "b/c.py", "b/d.ipynb"]


def test_a_file_named_directly_is_taken_whatever_hides_it(repository: Tree) -> None:
    root = repository({"a.py": "", "script": "", ".gitignore": "a.py\n"})
    assert names(root, ["a.py", "script"], exclude=["a.py"]) == ["a.py", "script"]


def test_a_file_named_twice_counts_once(tree: Tree) -> None:
    root = tree({"a/b.py": ""})
    assert names(root, [".", "a", "a/b.py", "a/../a/b.py"]) == ["a/b.py"]


def test_a_missing_path_is_an_error_that_names_it(tree: Tree) -> None:
    with pytest.raises(MissingPath, match=r"^nowhere/x\.py: no such file or folder$"):
        discover(["nowhere/x.py"], tree({}))


def test_paths_outside_the_working_directory_are_found(tree: Tree) -> None:
    root = tree({"here/a.py": "", "there/b.py": ""})
    assert discover(["../there"], root / "here").files == ((root / "there/b.py").resolve().as_posix(),)


def test_folders_of_other_peoples_code_are_skipped(tree: Tree) -> None:
    hidden = ["venv/a.py", "node_modules/a.py", "x/__pycache__/a.py", "build/lib/a.py", "dist/a.py", ".tox/a.py"]
    root = tree({"a.py": "", "env3/pyvenv.cfg": "", "env3/lib/a.py": "", **dict.fromkeys(hidden, "")})
    assert names(root) == ["a.py"]


def test_a_package_named_build_is_source(tree: Tree) -> None:
    assert names(tree({"build/__init__.py": "", "build/net.py": ""})) == ["build/__init__.py", "build/net.py"]


def test_a_skipped_folder_named_directly_is_taken(tree: Tree) -> None:
    assert names(tree({"build/lib/a.py": ""}), ["build"]) == ["build/lib/a.py"]


def test_excludes_are_patterns_relative_to_the_working_directory(tree: Tree) -> None:
    root = tree({"a.py": "", "a_pb2.py": "", "docs/b.py": "", "x/docs/c.py": "", "x/c_pb2.py": ""})
    assert names(root, exclude=["/docs/", "*_pb2.py"]) == ["a.py", "x/docs/c.py"]


def test_excluded_files_that_are_named_are_left_out_by_force_only(tree: Tree) -> None:
    root = tree({"a.py": "", "gen/b.py": ""})
    named, hidden = ["a.py", "gen/b.py"], excluder(["gen/"], real(root))
    assert names(root, named, ["gen/"]) == ["a.py", "gen/b.py"]
    assert discover([*named, "gen"], root, hidden, force=True).files == (real(root / "a.py"),)


def test_git_decides_what_is_ignored(repository: Tree) -> None:
    root = repository(
        {".gitignore": "/data/\n", "x/.gitignore": "gen.py\n", "a.py": "", "data/b.py": "", "x/gen.py": ""}
    )
    (root / ".git/info/exclude").write_text("secret.py\n")
    (root / "secret.py").touch()
    assert names(root) == ["a.py"]


def test_a_tracked_file_that_was_deleted_is_not_found(repository: Tree) -> None:
    root = repository({"a.py": "", "b.py": ""})
    subprocess.run(["git", "-C", str(root), "add", "."], check=True)
    (root / "b.py").unlink()
    assert names(root) == ["a.py"]


def test_a_repository_inside_a_repository_is_searched(repository: Tree) -> None:
    root = repository({"a.py": "", "inner/b.py": "", "inner/c.py": "", "inner/.gitignore": "c.py\n"})
    subprocess.run(["git", "init", "-q", str(root / "inner")], check=True)
    assert names(root) == ["a.py", "inner/b.py"]


def test_an_ignored_folder_named_directly_is_searched(repository: Tree) -> None:
    root = repository({".gitignore": "/scratch/\n", "scratch/a.py": ""})
    assert names(root, ["scratch"]) == ["scratch/a.py"]


def test_a_hook_s_git_variables_do_not_mislead(repository: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository({".gitignore": "b.py\n", "x/a.py": "", "x/b.py": ""})
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/other")
    listing = git.list_files(str(root / "x"))
    assert listing is not None
    assert listing.files == (f"{root / 'x'}/a.py",)


def test_gitignore_files_count_outside_git_and_the_nearest_decides(tree: Tree) -> None:
    files = {".gitignore": "/data/\n*.gen.py\n", "sub/.gitignore": "!keep.gen.py\nlocal.py\n", "pyproject.toml": ""}
    python = ["a.py", "data/b.py", "x.gen.py", "sub/keep.gen.py", "sub/drop.gen.py", "sub/local.py", "local.py"]
    root = tree({**files, **dict.fromkeys(python, "")})
    assert names(root) == ["a.py", "local.py", "sub/keep.gen.py"]
    assert names(root, ["sub"]) == ["sub/keep.gen.py"]


def test_a_line_that_is_no_pattern_does_not_lose_the_others(tree: Tree) -> None:
    assert names(tree({".gitignore": "!\nb.py\n", "a.py": "", "b.py": ""})) == ["a.py"]


def test_without_git_its_rules_are_read_by_pathspec(repository: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository({".gitignore": "b.py\n", "a.py": "", "b.py": ""})
    monkeypatch.setenv("PATH", "")
    assert names(root) == ["a.py"]


@pytest.mark.parametrize("place", ["tree", "repository"])
def test_a_file_reached_through_a_link_counts_once(place: str, request: pytest.FixtureRequest) -> None:
    root = request.getfixturevalue(place)({"z/model.py": ""})
    (root / "a.py").symlink_to("z/model.py")
    found = discover(["."], root)
    assert found.files == ((root / "z/model.py").resolve().as_posix(),)
    assert list(found.links) == [(root / "a.py").as_posix()]


@pytest.mark.parametrize("place", ["tree", "repository"])
def test_loops_and_broken_links_are_noted_and_passed_over(place: str, request: pytest.FixtureRequest) -> None:
    root = request.getfixturevalue(place)({"a.py": ""})
    (root / "self.py").symlink_to("self.py")
    (root / "gone.py").symlink_to("nothing.py")
    (root / "up").symlink_to(".")
    found = discover([".", "self.py"], root)
    assert [Path(file).name for file in found.files] == ["a.py"]
    assert {note.path: note.why.split()[0] for note in found.notes} == {"self.py": "Too", "gone.py": "broken"}


def test_a_folder_that_is_a_link_is_searched_when_named(tree: Tree) -> None:
    root = tree({"real/a.py": ""})
    (root / "link").symlink_to("real")
    assert names(root, ["link"]) == ["real/a.py"]


@pytest.mark.parametrize("place", ["tree", "repository"])
@needs_permissions
def test_an_unreadable_folder_is_noted(place: str, request: pytest.FixtureRequest) -> None:
    root = request.getfixturevalue(place)({"a.py": "", "closed/b.py": ""})
    (root / "closed").chmod(0)
    try:
        found = discover(["."], root)
    finally:
        (root / "closed").chmod(0o755)
    assert [Path(file).name for file in found.files] == ["a.py"]
    assert [(note.path, note.why) for note in found.notes] == [("closed", "Permission denied")]


def test_what_is_no_regular_file_is_noted() -> None:
    assert [note.why for note in discover([os.devnull], Path.cwd()).notes] == ["not a regular file"]


def test_a_name_that_is_no_text_can_be_printed() -> None:
    assert discovery.shown("/w/caf\udce9.py", "/w") == "caf\\udce9.py"
