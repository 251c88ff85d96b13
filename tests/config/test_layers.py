"""The command line over the file over the defaults, and where each value comes from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dllint.config import Settings, read_settings
from dllint.findings import Level

Read = Callable[..., Settings]
Refused = Callable[..., str]

FILE = """\
select = ["loss"]
ignore = ["DL301"]
extend-select = ["mode"]
fail-on = "error"
show-possible = true
exclude = ["old/*"]
"""


def test_a_flag_replaces_what_the_file_says_and_leaves_the_rest(read: Read) -> None:
    settings = read(FILE, flags={"ignore": ("DL401",), "fail-on": "advice"})
    assert (settings.select, settings.ignore, settings.fails_on) == (("loss",), ("DL401",), Level.ADVICE)
    assert settings.shows_possible


def test_select_on_the_command_line_is_the_whole_choice(read: Read) -> None:
    settings = read(FILE, flags={"select": ("DL301",)})
    assert (settings.select, settings.ignore, settings.extend_select) == (("DL301",), (), ())


def test_extend_select_adds_to_the_file(read: Read) -> None:
    assert read(FILE, flags={"extend-select": ("shape",)}).extend_select == ("mode", "shape")


def test_a_profile_on_the_command_line_is_the_whole_of_it(read: Read) -> None:
    settings = read(FILE, flags={"profile": "strict"})
    assert (settings.fails_on, settings.shows_possible) == (Level.WARNING, True)
    assert not read(FILE, flags={"profile": "default"}).shows_possible
    assert read(FILE, flags={"profile": "strict", "fail-on": "error"}).fails_on is Level.ERROR


def test_a_key_of_the_file_wins_over_its_profile(read: Read) -> None:
    assert not read('profile = "strict"\nshow-possible = false\n').shows_possible


@pytest.mark.parametrize(
    ("profile", "possible", "least"),
    [("default", False, Level.WARNING), ("advice", False, Level.ADVICE), ("strict", True, Level.ADVICE)],
)
def test_profiles(profile: str, possible: bool, least: Level) -> None:
    settings = Settings(profile=profile)
    assert (settings.shows_possible, settings.least, settings.fails_on) == (possible, least, Level.WARNING)


def test_globs_of_the_command_line_are_relative_to_the_working_directory(read: Read, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".git").mkdir()
    globs = ("a/*", "b.py", "/c", "!d/e", "f/")
    settings = read("", cwd=tmp_path / "sub", flags={"exclude": globs})
    assert settings.root == tmp_path
    assert settings.exclude == ("/sub/a/*", "b.py", "/sub/c", "!/sub/d/e", "f/")


def test_private_folders_of_file_and_command_line_count_together(read: Read, tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    for folder in ("one", "src/two"):
        (tmp_path / folder).mkdir()
    settings = read('rules = ["one"]', cwd=tmp_path / "src", flags={"rules": ("two",)})
    assert settings.rules == (str(tmp_path / "one"), str(tmp_path / "src/two"))


def test_a_private_folder_that_is_not_there_is_told_by_its_flag(refused: Refused) -> None:
    assert refused("", flags={"rules": ("two",)}) == "--rules: two: no such folder of rules"


def test_where_a_value_comes_from(read: Read) -> None:
    settings = read(FILE, flags={"extend-select": ("shape",), "show-possible": True})
    assert settings.where("ignore") == "dllint.toml:2"
    assert settings.where("extend-select", "mode") == "dllint.toml:3"
    assert settings.where("extend-select", "shape") == "--extend-select"
    assert settings.where("show-possible") == "--show possible"
    assert settings.where("profile") == ""


def test_where_is_told_as_seen_from_the_working_directory(tmp_path: Path) -> None:
    (tmp_path / "a/b/c").mkdir(parents=True)
    (tmp_path / "dllint.toml").write_text("require-reason = true\n")
    assert read_settings(cwd=tmp_path / "a").where("require-reason") == "../dllint.toml:1"
    assert read_settings(cwd=tmp_path / "a/b/c").where("require-reason") == f"{tmp_path}/dllint.toml:1"
