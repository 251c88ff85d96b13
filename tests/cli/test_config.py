"""`dllint config show`, and options over files as the command line has them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dllint.config.kinds import KEYS

Dllint = Callable[..., tuple[int, str, str]]

FILE = """\
[tool.dllint]
select = ["loss"]
profile = "strict"
[tool.dllint.per-file-ignores]
"tests/*" = ["mode"]
"""


@pytest.fixture
def show(dllint: Dllint, asked: object) -> Callable[..., list[str]]:
    """The lines of `dllint config show` under FILE, white space folded."""
    Path("pyproject.toml").write_text(FILE)

    def call(*arguments: str) -> list[str]:
        status, out, err = dllint("config", "show", *arguments)
        assert (status, err) == (0, "")
        return [" ".join(line.split()) for line in out.splitlines()]

    return call


def test_every_setting_is_shown_with_its_place(show: Callable[..., list[str]]) -> None:
    lines = show("--extend-select", "DL4,DL5", "--fail-on", "error")
    assert lines[0] == "# pyproject.toml"
    assert 'select = ["loss"] # pyproject.toml:2' in lines
    assert 'extend-select = ["DL4", "DL5"] # --extend-select' in lines
    assert 'per-file-ignores."tests/*" = ["mode"] # pyproject.toml:5' in lines
    assert "show-possible = true # profile, pyproject.toml:3" in lines
    assert 'fail-on = "error" # --fail-on' in lines
    assert "ignore = [] # default" in lines
    assert [line.split()[0].partition(".")[0] for line in lines[1:]] == list(KEYS)


def test_what_is_not_set_is_for_the_profile(show: Callable[..., list[str]]) -> None:
    assert "select = (by the profile) # default" in show("--isolated")
    assert "# no configuration file" in show("--isolated")


def test_json_has_every_value_and_its_places(show: Callable[..., list[str]]) -> None:
    said = json.loads("".join(show("--output-format", "json", "--ignore", "mode")))
    assert (said["version"], said["file"], list(said["settings"])) == (1, "pyproject.toml", list(KEYS))
    assert said["settings"]["select"] == {"value": ["loss"], "from": ["pyproject.toml:2"]}
    assert said["settings"]["ignore"] == {"value": ["mode"], "from": ["--ignore"]}
    assert said["settings"]["per-file-ignores"]["value"] == {"tests/*": ["mode"]}


def test_the_file_says_the_format_and_the_command_line_another(dllint: Dllint, asked: object) -> None:
    Path("dllint.toml").write_text('output-format = "concise"\n')
    assert dllint(".")[1].count("\n") == 1
    assert json.loads(dllint(".", "--output-format", "json")[1])


def test_the_file_says_what_fails(dllint: Dllint, asked: object) -> None:
    Path("dllint.toml").write_text('fail-on = "error"\n')
    assert dllint(".")[0] == 0
    assert dllint(".", "--fail-on", "warning")[0] == 1
    assert dllint(".", "--isolated")[0] == 1


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        ("selct = []", [], "dllint.toml:1: unknown key 'selct'; did you mean select?"),
        ("select = [", [], "dllint.toml:1: not TOML: Invalid value"),
        ("", ["--config", "gone.toml"], "gone.toml: No such file or directory; is it the configuration you mean?"),
        ("", ["--config", "dllint.toml", "--isolated"], "--config names a file and --isolated forbids one; give one"),
        ("", ["--profile", "loud"], "Invalid value for '--profile': 'loud' is not one of"),
        ("", ["--rules", "gone"], "--rules: gone: no such folder of rules"),
    ],
)
def test_a_wrong_configuration_is_2_and_one_line(
    dllint: Dllint, asked: object, text: str, arguments: list[str], said: str
) -> None:
    Path("dllint.toml").write_text(text)
    for command in (["check", "."], ["config", "show"]):
        status, out, err = dllint(*command, *arguments)
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert err.startswith(f"dllint: {said}")


def test_config_alone_lacks_a_command(dllint: Dllint) -> None:
    status, out, err = dllint("config")
    assert (status, out) == (2, "")
    assert err.startswith("dllint: say `dllint config show`; a folder of that name is written ./config (")


def test_versions_that_files_say_are_shown_with_their_lines(show: Callable[..., list[str]]) -> None:
    Path("requirements.txt").write_text("numpy\ntorch>=2.1\n")
    assert 'target-versions.torch = ">=2.1" # requirements.txt:2' in show()
    said = json.loads("".join(show("--output-format", "json")))
    assert said["versions"] == {"torch": {"value": ">=2.1", "from": "requirements.txt:2"}}


def test_a_configured_version_is_stronger_than_files(show: Callable[..., list[str]]) -> None:
    Path("requirements.txt").write_text("torch>=1.8\n")
    Path("pyproject.toml").write_text('[tool.dllint.target-versions]\ntorch = "2.4"\n')
    assert [line for line in show() if "torch" in line] == ['target-versions.torch = "2.4" # pyproject.toml:2']
