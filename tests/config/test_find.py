"""Which file applies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dllint.config import Settings

Read = Callable[..., Settings]
Refused = Callable[..., str]

LOSS, MODE = 'select = ["loss"]', 'select = ["mode"]'
OURS = f"[tool.dllint]\n{MODE}\n"


def test_without_a_file_the_defaults_hold(read: Read, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert read({}) == Settings(root=tmp_path)


def test_dllint_toml_wins_over_pyproject_beside_it(read: Read) -> None:
    assert read({"dllint.toml": LOSS, "pyproject.toml": OURS}).select == ("loss",)


def test_the_closest_wins(read: Read) -> None:
    assert read({"dllint.toml": LOSS, "src/pyproject.toml": OURS, "src/a.py": ""}, "src").select == ("mode",)
    assert read({}, "src/a.py").select == ("mode",)
    assert read({}, ".").select == ("loss",)


def test_several_paths_are_as_their_common_folder(read: Read) -> None:
    files = {"dllint.toml": LOSS, "src/dllint.toml": MODE, "src/a/x.py": "", "src/b/x.py": "", "test/x.py": ""}
    assert read(files, "src/a", "src/b/x.py").select == ("mode",)
    assert read({}, "src/a", "test").select == ("loss",)


@pytest.mark.parametrize(
    "text", ["", "[project]\nname = 'x'\n", "[tool.ruff]\n# dllint\n", "broken [ and others' own", "dllint = 1\n"]
)
def test_a_pyproject_without_our_table_is_passed_over(read: Read, text: str) -> None:
    assert read({"dllint.toml": LOSS, "src/pyproject.toml": text}, "src").select == ("loss",)


def test_an_empty_table_ends_the_search(read: Read) -> None:
    assert read({"dllint.toml": LOSS, "src/pyproject.toml": "[tool.dllint]\n"}, "src").select is None


def test_the_search_ends_at_the_top_of_a_work_tree(read: Read, tmp_path: Path) -> None:
    (tmp_path / "clone/src").mkdir(parents=True)
    (tmp_path / "clone/.git").write_text("gitdir: elsewhere\n")  # as in a linked work tree
    assert read({"dllint.toml": LOSS}, "clone/src").select is None
    assert read({"clone/dllint.toml": MODE}, "clone/src").select == ("mode",)


def test_a_path_that_is_not_there_is_no_trouble(read: Read) -> None:
    assert read({"dllint.toml": LOSS}, "gone/x.py").select == ("loss",)


def test_a_file_that_is_named_wins(read: Read, tmp_path: Path) -> None:
    files = {"dllint.toml": LOSS, "other/strict.toml": MODE}
    settings = read(files, config=Path("other/strict.toml"))
    assert (settings.select, settings.root) == (("mode",), tmp_path)


def test_a_file_that_is_named_must_be_there(refused: Refused) -> None:
    assert refused({}, config=Path("gone.toml")).startswith("gone.toml: No such file or directory")


def test_a_pyproject_that_is_named_must_speak_of_dllint(refused: Refused) -> None:
    assert refused({"pyproject.toml": ""}, config=Path("pyproject.toml")) == "pyproject.toml: has no [tool.dllint]"


def test_isolated_reads_no_file(read: Read) -> None:
    assert read("broken [", isolated=True).select is None
