"""What a configuration file may say, and what is said of one that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dllint.config import Settings
from dllint.config.kinds import KEYS
from dllint.config.lines import line_of

Read = Callable[..., Settings]
Refused = Callable[..., str]

WHOLE = """\
select = ["loss", "DL4"]
ignore = ["missing-eval"]
extend-select = ["shape"]
level = { loss = "advice", DL401 = "off" }
exclude = ["old/"]
force-exclude = true
profile = "strict"
show-possible = false
fail-on = "error"
output-format = "concise"
require-reason = true
rules = ["tools/rules"]

[per-file-ignores]
"tests/*" = ["mode"]

[target-versions]
torch = "2.10"
"""


def test_every_key_reaches_the_settings(read: Read, tmp_path: Path) -> None:
    (tmp_path / "tools/rules").mkdir(parents=True)
    assert read(WHOLE) == Settings(
        select=["loss", "DL4"],
        ignore=["missing-eval"],
        extend_select=["shape"],
        level={"loss": "advice", "DL401": "off"},
        per_file_ignores={"tests/*": ("mode",)},
        exclude=["old/"],
        force_exclude=True,
        profile="strict",
        show_possible=False,
        fail_on="error",
        output_format="concise",
        require_reason=True,
        target_versions={"torch": "2.10"},
        rules=[str(tmp_path / "tools/rules")],
        root=tmp_path,
    )
    assert all(f"{key} =" in WHOLE or f"[{key}]" in WHOLE for key in KEYS)


def test_pyproject_says_the_same_below_tool_dllint(read: Read) -> None:
    assert read({"pyproject.toml": '[tool.dllint]\nselect = ["loss"]\n'}).select == ("loss",)


WRONG = {
    "an unknown key": ('\nselct = ["loss"]', "2: unknown key 'selct'; did you mean select?"),
    "an underscore": ("fail_on = 'error'", "1: unknown key 'fail_on'; did you mean fail-on?"),
    "a key near none": ("x = 1", f"1: unknown key 'x'; there are {', '.join(KEYS)}"),
    "a word for a list": ('select = "loss"', "1: select must be a list of strings, not 'loss'"),
    "a number in a list": ('ignore = [\n  "a",\n  3\n]', "3: ignore must be a list of strings, and 3 is none"),
    "a word for a switch": ('require-reason = "yes"', "1: require-reason must be true or false, not 'yes'"),
    "a number for a switch": ("show-possible = 1", "1: show-possible must be true or false, not 1"),
    "a profile": (
        'profile = "stict"',
        "1: profile must be default, advice or strict, not 'stict'; did you mean strict?",
    ),
    "a level": (
        '[level]\nDL301 = "error"\nDL401 = "of"\n',
        "3: level DL401 must be advice, warning, error or off, not 'of'; did you mean off?",
    ),
    "a level in one line": (
        '\nlevel = { DL301 = "error", DL401 = 3 }\n',
        "2: level DL401 must be advice, warning, error or off, not 3",
    ),
    "no table": ('level = "error"', "1: level must be a table, not 'error'"),
    "a framework": (
        '[target-versions]\npytorch = "2.1"\n',
        "2: target-versions has no key 'pytorch': it may be torch, torchvision, keras or lightning;"
        " did you mean torch?",
    ),
    "a version as a number": (
        "[target-versions]\ntorch = 2.10\n",
        '2: target-versions torch must be a version between quotes, such as "2.1", not 2.1',
    ),
    "rules of a glob": (
        '[per-file-ignores]\n"a/*" = ["mode"]\n"b/*" = "mode"\n',
        "3: per-file-ignores b/* must be a list of strings, not 'mode'",
    ),
    "a folder of rules": ('\nrules = ["gone"]', "2: gone: no such folder of rules"),
    "no TOML": ('select = ["loss"]\nignore = [\n', "2: not TOML: Invalid value"),
    "a key twice": ("require-reason = true\nrequire-reason = true\n", "2: not TOML: Cannot overwrite a value"),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_with_its_line(refused: Refused, text: str, said: str) -> None:
    assert refused(text) == f"dllint.toml:{said}"


def test_the_line_is_that_of_pyproject(refused: Refused) -> None:
    text = '[project]\nname = "x"\ndependencies = [\n  "selct",\n]\n\n[tool.dllint]\nselct = []\n'
    assert refused({"pyproject.toml": text}).startswith("pyproject.toml:8: unknown key 'selct'")


def test_tool_dllint_is_a_table(refused: Refused) -> None:
    assert refused({"pyproject.toml": "[tool]\ndllint = 3\n"}) == "pyproject.toml:2: tool.dllint must be a table, not 3"


def test_bytes_that_are_no_text(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "dllint.toml").write_bytes(b"select = []\n# \xe9\n")
    assert refused({}) == "dllint.toml:2: not TOML: bytes that are not utf-8"


def test_a_byte_order_mark_is_no_trouble(read: Read, tmp_path: Path) -> None:
    (tmp_path / "dllint.toml").write_bytes(b"\xef\xbb\xbfselect = ['loss']\r\n")
    assert read({}).select == ("loss",)


def test_a_long_value_is_cut_in_the_message(refused: Refused) -> None:
    said = refused("select = { a = [" + "1, " * 200 + "] }")
    assert said.startswith("dllint.toml:1: select must be a list of strings, not {'a': [1, 1,")
    assert len(said) < 130


def test_a_value_of_a_program_is_checked_too() -> None:
    with pytest.raises(Exception, match="Settings: select must be a list of strings, not 'loss'"):
        Settings(select="loss")


LINES = """\
a = 1
# b = 2
text = '''
[t]
b = 3
'''

[t]  # a table
c.d = [
  "x",
  "c-x",
]
[t.u]
"quoted key" = { v = 1,  w = 2 }
[[t.many]]
e = 1
"""


@pytest.mark.parametrize(
    ("keys", "word", "line"),
    [
        (("a",), "", 1),
        (("text",), "", 3),
        (("t",), "", 8),
        (("t", "c"), "", 9),
        (("t", "c", "d"), "x", 10),
        (("t", "c", "d"), "c-x", 11),
        (("t", "u"), "", 13),
        (("t", "u", "quoted key"), "", 14),
        (("t", "u", "quoted key", "w"), "w", 14),
        (("t", "many", "e"), "", 16),
        (("t", "gone"), "", 8),
        (("gone",), "", 1),
    ],
)
def test_the_line_of_a_key(keys: tuple[str, ...], word: str, line: int) -> None:
    assert line_of(LINES, keys, word) == line
    assert line_of(LINES.replace("\n", "\r\n"), keys, word) == line
