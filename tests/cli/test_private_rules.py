"""Rules from outside the tree: loaded in three ways, and tested by their own pages."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dllint import packs, rulebook
from dllint.cli.run import run

ROOT = Path(__file__).parents[2]

NAME = "unsmoothed_labels.py"

RULE = '''\
"""A cross entropy without label smoothing.

Bad:
    ```python
    import torch.nn.functional as F

    def step(head, x, y):
        return F.cross_entropy(head(x), y)  # expect: unsmoothed-labels
    ```
Good:
    ```python
    import torch.nn.functional as F

    def step(head, x, y):
        return F.cross_entropy(head(x), y, label_smoothing=0.1)
    ```
"""

from dllint import WARNING, Call, Draft, Rule


def judge(call: Call):
    if call.callee == "cross_entropy" and call.constant("label_smoothing") == 0:
        yield Draft(call.where.site, "it smooths no labels; thresholds rest on 0.1; pass label_smoothing=0.1")


RULE = Rule(code="ACME001", level=WARNING, on=Call, judge=judge)
'''

TRAIN = "import torch.nn.functional as F\n\ndef step(net, x, y):\n    F.cross_entropy(net(x), y).backward()\n"

Dllint = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one bug that only a private rule knows, and the rule in tools/rules."""
    (tmp_path / "train.py").write_text(TRAIN)
    (tmp_path / "tools/rules").mkdir(parents=True)
    (tmp_path / "tools/rules" / NAME).write_text(RULE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def dllint(project: Path, capsys: pytest.CaptureFixture[str]) -> Dllint:
    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        return status, *capsys.readouterr()

    return call


@pytest.fixture
def installed(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Installs a package with the rule, whose entry point is called so."""

    def install(entry: str) -> None:
        site = project / "site"
        (site / "acme/lint").mkdir(parents=True)
        (site / "acme/__init__.py").write_text("raise RuntimeError('a package with rules is not imported')")
        (site / "acme/lint" / NAME).write_text(RULE)
        (site / "acme_lint-1.0.dist-info").mkdir()
        (site / "acme_lint-1.0.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: acme-lint\nVersion: 1.0\n")
        (site / "acme_lint-1.0.dist-info/entry_points.txt").write_text(f"[{packs.GROUP}]\nacme = {entry}\n")
        monkeypatch.syspath_prepend(site)

    return install


def codes(said: tuple[int, str, str]) -> list[str]:
    status, out, _ = said
    assert status in (0, 1)
    return [line.split()[2] for line in out.splitlines()]


def test_a_folder_on_the_command_line(dllint: Dllint) -> None:
    assert codes(dllint("train.py", "--output-format", "concise")) == []
    assert codes(dllint("train.py", "--output-format", "concise", "--rules", "tools/rules")) == ["ACME001"]


def test_a_folder_in_the_configuration_whose_rules_can_be_named_there(project: Path, dllint: Dllint) -> None:
    (project / "dllint.toml").write_text(
        'rules = ["tools/rules"]\nselect = ["ACME"]\nlevel = { unsmoothed-labels = "error" }\n'
    )
    status, out, _ = dllint("train.py", "--output-format", "concise")
    assert (status, "error ACME001 unsmoothed-labels" in out) == (1, True)


def test_an_entry_point_of_an_installed_package(dllint: Dllint, installed: Callable) -> None:
    installed("acme.lint")
    assert codes(dllint("train.py", "--output-format", "concise")) == ["ACME001"]
    assert "ACME001  warning  unsmoothed-labels" in dllint("rules")[1]


def test_an_entry_point_that_names_no_package(dllint: Dllint, installed: Callable) -> None:
    installed("acme.lunt")
    said = "acme-lint: its entry point dllint.rules names acme.lunt, which is no package with rules"
    assert dllint("train.py") == (2, "", f"dllint: {said}\n")


def test_the_commands_of_the_rule_book_know_private_rules(project: Path, dllint: Dllint) -> None:
    assert dllint("explain", "acme001", "--rules", "tools/rules")[1].startswith("warning ACME001 unsmoothed")
    (project / "dllint.toml").write_text('rules = ["tools/rules"]\n')
    assert dllint("explain", "ACME")[1].startswith("warning ACME001 unsmoothed")
    assert "ACME001" in dllint("rules", "--output-format", "json")[1]
    assert "ACME001" not in dllint("rules", "--isolated")[1]


def test_a_private_rule_is_suppressed_as_any_other(project: Path, dllint: Dllint) -> None:
    for word in ("ACME001", "unsmoothed-labels"):
        (project / "train.py").write_text(TRAIN.replace("()\n", f"()  # dllint: ignore[{word}] as published\n"))
        assert codes(dllint("train.py", "--output-format", "concise", "--rules", "tools/rules")) == []


def test_a_folder_that_is_named_twice_is_loaded_once(project: Path, dllint: Dllint) -> None:
    (project / "dllint.toml").write_text('rules = ["tools/rules", "tools"]\n')
    arguments = ("train.py", "--output-format", "concise", "--rules", "tools/../tools/rules")
    assert codes(dllint(*arguments)) == ["ACME001"]


def test_two_rules_of_one_code_are_told_with_both_files(project: Path, dllint: Dllint) -> None:
    (project / "tools/rules/zero.py").write_text(RULE)
    assert dllint("--rules", "tools/rules") == (
        2,
        "",
        f"dllint: tools/rules/zero.py:27: ACME001 is taken by tools/rules/{NAME}\n",
    )


# ------------------------------------------------------------------ the tests of pages


def test_rules_whose_pages_hold(project: Path, dllint: Dllint) -> None:
    said = (0, "1 rule, 2 examples: all as the pages say\n", "")
    assert dllint("rules", "test", "tools/rules") == said
    (project / "dllint.toml").write_text('rules = ["tools/rules"]\n')
    assert dllint("rules", "test") == said


WRONG = {
    "a mark that nothing meets": (
        "== 0:",
        "== 1:",
        "3: bad example: unsmoothed-labels is promised at example.py:4 and not found",
    ),
    "a finding in a good example": (
        ", label_smoothing=0.1",
        "",
        "10: good example: unsmoothed-labels is found at example.py:4 and not promised: it smooths no labels; ",
    ),
    "an example that is no Python": (
        "(head(x), y)  #",
        "(head(x), y  #",
        "3: bad example: unsmoothed-labels is promised at example.py:4 and not found (example.py:4 not",
    ),
    "a rule that fails": (
        "call.callee ==",
        "call.calle ==",
        "3: bad example: unsmoothed-labels is promised at example.py:4 and not found",
    ),
    "a rule that yields no draft": (
        "yield Draft(",
        "yield (",
        "3: bad example: unsmoothed-labels is promised at example.py:4 and not found",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), WRONG.values(), ids=WRONG)
def test_what_is_not_as_the_page_says_is_a_line_each(
    project: Path, dllint: Dllint, old: str, new: str, said: str
) -> None:
    (project / "tools/rules" / NAME).write_text(RULE.replace(old, new, 1))
    status, out, err = dllint("rules", "test", "tools/rules")
    first, *_, last = out.splitlines()
    assert (status, err) == (1, "")
    assert first.startswith(f"tools/rules/{NAME}:{said}")
    assert last.startswith("1 rule, 2 examples: ")


BROKEN = {
    "a code of ours": ('"ACME001"', '"DL901"', "27: the code is 'DL901', not capitals other than DL and three or more"),
    "a small code": ('"ACME001"', '"acme1"', "27: the code is 'acme1', not capitals other than DL and three or more"),
    "a level": ("level=WARNING", "level='warning'", "27: `level` is 'warning', not ADVICE, WARNING or ERROR"),
    "an event": ("on=Call", "on='Call'", "27: `on` is 'Call', not a kind of event, such as Call"),
    "no function": ("judge=judge", "judge=3", "27: `judge` is 3, not a function"),
    "a field that lacks": (", judge=judge", "", "27: does not import: TypeError: Rule.__init__() missing 1 required"),
    "a name nobody has": ("Draft, Rule", "Draft, Rul", "19: does not import: ImportError: cannot import name 'Rul'"),
    "no RULE": ("RULE =", "OTHER =", "27: must end in `RULE = Rule(...)`; a file that is no rule begins with _"),
    "no mark": ("# expect", "# except", "3: the bad example has no mark `# expect: unsmoothed-labels`"),
    "no good example": ("Good:", "God:", '1: the page has no "Good:" example with a ```python block'),
}


@pytest.mark.parametrize(("old", "new", "said"), BROKEN.values(), ids=BROKEN)
def test_a_rule_that_is_not_whole_is_one_line(project: Path, dllint: Dllint, old: str, new: str, said: str) -> None:
    (project / "tools/rules" / NAME).write_text(RULE.replace(old, new, 1))
    status, out, err = dllint("rules", "test", "tools/rules")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"dllint: tools/rules/{NAME}:{said}")


def test_our_own_rules_are_tested_as_private_ones_are(dllint: Dllint) -> None:
    status, out, err = dllint("rules", "test", str(rulebook.builtin()))
    assert (status, err, out.count("\n")) == (0, "", 1)


def test_a_folder_without_rules_tests_nothing(project: Path, dllint: Dllint) -> None:
    (project / "empty").mkdir()
    assert dllint("rules", "test", "empty")[0] == 2
    assert "name a folder of rules" in dllint("rules", "test")[2]


def test_a_run_without_packages_of_rules_does_not_import_importlib_metadata() -> None:
    code = "import sys; sys.modules.pop('importlib.metadata', None); import dllint.packs as p; p.installed()"
    code += "; print('importlib.metadata' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert ran.stdout == "False\n", ran.stderr
