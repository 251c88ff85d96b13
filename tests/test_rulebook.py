"""The loader: every way a rule file can be wrong is an error with file and line."""

import subprocess
import sys
from pathlib import Path

import pytest

from dllint.findings import Level
from dllint.rule import Rule
from dllint.rulebook import RuleBookError, UnknownRule, find, load

PAGE = '''"""Something hurts.

Because.

Bad:
    ```python
    hurt()  # expect: {name}
    ```
Good:
    ```python
    heal()
    ```
"""
'''

CODE = """
from dllint.findings import Level
from dllint.rule import Rule

RULE = Rule(
    code={code!r},
    level={level},
    on=int,
    judge=lambda event: iter(()),
)
"""


def write(folder: Path, name: str, page: str = PAGE, code: str = "DL301", level: str = "Level.ERROR") -> Path:
    """A rule file; its page is formatted with its name."""
    path = folder / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = page.replace("{name}", path.stem.replace("_", "-")) + CODE.format(code=code, level=level)
    path.write_text(text, "utf-8")
    return path


def refused(folder: Path) -> RuleBookError:
    with pytest.raises(RuleBookError) as caught:
        load([folder], pages=True)
    return caught.value


def test_a_rule_gets_its_name_and_page_from_its_file(tmp_path: Path) -> None:
    write(tmp_path / "loss", "sore_loss")
    (rule,) = load([tmp_path])
    assert (rule.name, rule.code, rule.level) == ("sore-loss", "DL301", Level.ERROR)
    assert rule.page.startswith("Something hurts.\n\nBecause.\n\nBad:\n    ```python\n")


def test_rules_come_in_the_order_of_their_codes(tmp_path: Path) -> None:
    for name, code in (("a", "DL405"), ("b", "DL101"), ("c", "DL301")):
        write(tmp_path, name, code=code)
    assert [rule.code for rule in load([tmp_path])] == ["DL101", "DL301", "DL405"]


def test_pages_survive_python_without_docstrings(tmp_path: Path) -> None:
    write(tmp_path, "sore")
    command = "import sys, pathlib, dllint.rulebook as b; print(b.load([pathlib.Path(sys.argv[1])])[0].page)"
    root = str(Path(__file__).parent.parent)
    run = [sys.executable, "-OO", "-c", command, str(tmp_path)]
    assert subprocess.run(run, capture_output=True, text=True, cwd=root).stdout.startswith("Something hurts.")


def test_files_that_start_with_an_underscore_are_not_rules(tmp_path: Path) -> None:
    (tmp_path / "_shared.py").write_text("1 / 0")
    assert load([tmp_path]) == ()


def test_a_missing_folder(tmp_path: Path) -> None:
    assert "no such folder" in str(refused(tmp_path / "gone"))


def test_a_file_that_does_not_parse(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\nx = (\n")
    error = refused(tmp_path)
    assert (error.line, "does not import: SyntaxError" in error.why) == (2, True)


def test_a_file_that_does_not_import(tmp_path: Path) -> None:
    path = write(tmp_path, "a", page='"""Page."""\n\nimport nowhere_at_all\n')
    error = refused(tmp_path)
    assert str(error).startswith(f"{path}:3: does not import: ModuleNotFoundError")


def test_a_file_that_exits(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("\nraise SystemExit(3)\n")
    assert refused(tmp_path).line == 2


def test_no_rule(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('"""Page."""\n\nRULE = 3\n')
    error = refused(tmp_path)
    assert (error.line, error.why) == (3, "must end in `RULE = Rule(...)`; a file that is no rule begins with _")


def test_no_docstring(tmp_path: Path) -> None:
    write(tmp_path, "a", page="")
    assert "no docstring" in refused(tmp_path).why


@pytest.mark.parametrize("kind", ["Bad", "Good"])
def test_no_example(tmp_path: Path, kind: str) -> None:
    write(tmp_path, "a", page=PAGE.replace(f"{kind}:", "Other:"))
    assert f'no "{kind}:" example' in refused(tmp_path).why


def test_a_bad_example_without_its_mark(tmp_path: Path) -> None:
    write(tmp_path, "a", page=PAGE.replace("{name}", "another-rule"))
    error = refused(tmp_path)
    assert (error.line, error.why) == (5, "the bad example has no mark `# expect: a`")


def test_a_good_example_with_a_mark(tmp_path: Path) -> None:
    write(tmp_path, "a", page=PAGE.replace("heal()", "heal()  # expect: {name}"))
    error = refused(tmp_path)
    assert (error.line, error.why) == (9, "a good example must not expect a finding")


def test_a_block_that_is_not_closed(tmp_path: Path) -> None:
    write(tmp_path, "a", page=PAGE.replace("    heal()\n    ```\n", "    heal()\n"))
    error = refused(tmp_path)
    assert (error.line, error.why) == (10, "a ``` block is not closed")


@pytest.mark.parametrize("code", ["DL31", "DL3011", "XX301", 301])
def test_a_code_of_another_form(tmp_path: Path, code: object) -> None:
    path = write(tmp_path, "a", code=code)  # type: ignore[arg-type]
    error = refused(tmp_path)
    assert path.read_text().splitlines()[error.line - 1].strip() == f"code={code!r},"


def test_a_level_that_is_none(tmp_path: Path) -> None:
    path = write(tmp_path, "a", level="'error'")
    assert path.read_text().splitlines()[refused(tmp_path).line - 1].strip() == "level='error',"


def test_a_code_of_another_family(tmp_path: Path) -> None:
    write(tmp_path / "mode", "a", code="DL301")
    assert "belongs to the family loss, not to mode" in refused(tmp_path).why


def test_a_code_that_is_taken(tmp_path: Path) -> None:
    first = write(tmp_path, "a")
    write(tmp_path, "b")
    assert refused(tmp_path).why == f"DL301 is taken by {first}"


def test_a_name_that_is_taken(tmp_path: Path) -> None:
    first = write(tmp_path / "one", "a")
    write(tmp_path / "two", "a", code="DL302")
    assert refused(tmp_path).why == f"a is taken by {first}"


# ------------------------------------------------------------------- choosing


def rule(code: str, name: str, level: Level = Level.ERROR) -> Rule:
    return Rule(code, level, int, lambda event: iter(()), name, "Page.")


RULES = (
    rule("DL301", "softmax-into-logit-loss"),
    rule("DL313", "redundant-log-softmax", Level.ADVICE),
    rule("DL401", "missing-eval"),
)


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("softmax-into-logit-loss", ["DL301"]),
        ("Softmax_Into_Logit_Loss", ["DL301"]),
        ("dl301", ["DL301"]),
        ("301", ["DL301"]),
        ("DL3", ["DL301", "DL313"]),
        ("loss", ["DL301", "DL313"]),
        ("Mode", ["DL401"]),
    ],
)
def test_a_word_finds_rules(word: str, codes: list[str]) -> None:
    assert [found.code for found in find(RULES, word)] == codes


def test_an_unknown_word_names_the_nearest() -> None:
    with pytest.raises(UnknownRule, match="did you mean missing-eval") as caught:
        find(RULES, "mising-eval")
    assert caught.value.near == ("missing-eval",)


@pytest.mark.parametrize("word", ["", "zzz", "DL9", "shape"])
def test_a_word_that_is_near_nothing(word: str) -> None:
    with pytest.raises(UnknownRule):
        find(RULES, word)
