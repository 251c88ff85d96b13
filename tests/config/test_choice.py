"""Which rules judge, at which level, in which files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dllint.config import Settings
from dllint.config.choice import chosen, spared
from dllint.errors import CannotCheck
from dllint.findings import Level
from dllint.rule import Rule
from dllint.rulebook import UnknownRule

Read = Callable[..., Settings]


def rule(code: str, name: str, level: Level = Level.ERROR) -> Rule:
    return Rule(code, level, int, lambda event: iter(()), name, "Page.")


RULES = (
    rule("DL301", "softmax-into-logit-loss"),
    rule("DL313", "redundant-log-softmax", Level.ADVICE),
    rule("DL401", "missing-eval"),
)


def codes(**given: object) -> list[str]:
    return [found.code for found in chosen(Settings(**given), RULES)]  # type: ignore[arg-type]


def test_advice_is_off_unless_selected_or_in_the_profile() -> None:
    assert codes() == ["DL301", "DL401"]
    assert codes(select=["loss"]) == ["DL301", "DL313"]
    assert codes(extend_select=["DL313"]) == codes(profile="advice") == codes(profile="strict")
    assert codes(profile="advice") == ["DL301", "DL313", "DL401"]


def test_ignore_wins_over_select() -> None:
    assert codes(select=["DL3", "mode"], ignore=["DL313"]) == ["DL301", "DL401"]
    assert codes(extend_select=["DL313"], ignore=["loss"]) == ["DL401"]


def test_an_empty_select_selects_nothing_but_what_extends_it() -> None:
    assert codes(select=[], extend_select=["mode"]) == ["DL401"]
    with pytest.raises(CannotCheck, match="leave no rule to judge with"):
        codes(select=[])


def levels(given: Mapping[str, str], **others: object) -> dict[str, Level]:
    found = chosen(Settings(level=given, **others), RULES)  # type: ignore[arg-type]
    return {rule.code: rule.level for rule in found}


def test_a_level_is_the_one_that_is_given() -> None:
    assert levels({"missing-eval": "warning"}) == {"DL301": Level.ERROR, "DL401": Level.WARNING}


def test_a_rule_that_is_given_a_level_is_judged_unless_others_are_selected() -> None:
    assert levels({"DL313": "error", "DL401": "advice"}) == {
        "DL301": Level.ERROR,
        "DL313": Level.ERROR,
        "DL401": Level.ADVICE,
    }
    assert levels({"DL313": "error"}, select=["mode"]) == {"DL401": Level.ERROR}


def test_off_is_off_even_when_selected() -> None:
    assert levels({"loss": "off"}, select=["DL3", "DL4"]) == {"DL401": Level.ERROR}


@pytest.mark.parametrize("given", [{"loss": "off", "DL301": "warning"}, {"DL301": "warning", "loss": "off"}])
def test_a_name_wins_over_its_family_in_any_order(given: Mapping[str, str]) -> None:
    assert levels(given)["DL301"] is Level.WARNING
    assert "DL313" not in levels(given)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('select = [\n  "mode",\n  "mising-eval",\n]', "dllint.toml:3: "),
        ('\n[per-file-ignores]\n"a.py" = ["mode"]\n"b.py" = ["mising-eval"]', "dllint.toml:4: "),
        ('level = { loss = "error", mising-eval = "off" }', "dllint.toml:1: "),
        ('[level]\nloss = "error"\nmising-eval = "off"', "dllint.toml:3: "),
    ],
)
def test_an_unknown_rule_is_told_with_its_line_and_the_nearest(read: Read, text: str, said: str) -> None:
    settings = read(text)
    with pytest.raises(UnknownRule) as caught:
        spared(settings, chosen(settings, RULES))
    assert str(caught.value) == f'{said}no rule is called "mising-eval"; did you mean missing-eval?'


def test_an_unknown_rule_of_the_command_line_names_its_flag(read: Read) -> None:
    with pytest.raises(UnknownRule, match=r"^--ignore: no rule"):
        chosen(read("", flags={"ignore": ("nope",)}), RULES)


@pytest.mark.parametrize(
    ("glob", "path", "ignored"),
    [
        ("tests/", "tests/deep/a.py", True),
        ("tests/*.py", "tests/a.py", True),
        ("tests/*.py", "src/tests/a.py", False),
        ("conftest.py", "deep/conftest.py", True),
        ("**/demo/*", "x/demo/a.py", True),
        ("src/", "tests/a.py", False),
        ("!src/", "tests/a.py", True),
        ("!src/", "src/a.py", False),
    ],
)
def test_rules_are_ignored_in_the_files_of_a_glob(tmp_path: Path, glob: str, path: str, ignored: bool) -> None:
    spare = spared(Settings(per_file_ignores={glob: ["loss"]}, root=tmp_path), RULES)
    assert spare(RULES[0], tmp_path / path) is ignored
    assert not spare(RULES[2], tmp_path / path)
