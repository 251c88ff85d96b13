"""Comments over a whole run: when one counts as unused, and when nobody can tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dllint import Settings, check, judge
from dllint.findings import Confidence, Level, Report

UNUSED = "import torch\n\nx = 1  # dllint: ignore[DL301] ablation\n"

BUG = "import torch.nn.functional as F\n\ndef step(net, x, y):\n    F.cross_entropy(net(x).softmax(1), y).backward()"

Lint = Callable[..., Report]


@pytest.fixture
def lint(tmp_path: Path) -> Lint:
    """Write files by name, `.py` left out, and check the paths."""

    def call(files: dict[str, str], *paths: str, **options: object) -> Report:
        for name, text in files.items():
            (tmp_path / f"{name}.py").write_text(text)
        return check(paths or (".",), Settings(root=tmp_path, **options), cwd=tmp_path)

    return call


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings]


def test_an_unused_comment_is_a_warning_at_the_comment(lint: Lint) -> None:
    (finding,) = lint({"a": UNUSED}).findings
    assert (finding.code, finding.level, finding.place.line, finding.place.column) == ("DL001", Level.WARNING, 3, 8)
    assert finding.text == "# dllint: ignore[DL301] ablation"


def test_a_rule_that_did_not_run_leaves_no_comment_unused(lint: Lint) -> None:
    assert codes(lint({"a": UNUSED}, ignore=["DL301"])) == []
    assert codes(lint({"a": UNUSED}, select=["mode", "DL001"])) == []
    assert codes(lint({"a": UNUSED}, select=["loss", "DL001"])) == ["DL001"]


def test_a_bare_comment_is_unused_only_where_all_usual_rules_ran(lint: Lint) -> None:
    bare = "import torch\n\nx = 1  # dllint: ignore ablation\n"
    assert codes(lint({"a": bare})) == ["DL001"]
    assert codes(lint({"a": bare}, ignore=["DL301"])) == []


@pytest.mark.parametrize("options", [{"ignore": ["unused-suppression"]}, {"select": ["loss"]}])
def test_the_rules_on_comments_are_chosen_as_others(lint: Lint, options: dict[str, list[str]]) -> None:
    assert codes(lint({"a": UNUSED}, **options)) == []


def test_only_comments_in_the_asked_files_are_judged(lint: Lint) -> None:
    assert codes(lint({"a": UNUSED, "b": f"import a\n{UNUSED}"}, "b.py")) == ["DL001"]


def test_a_file_that_does_not_parse_leaves_its_own_comments_alone(lint: Lint) -> None:
    assert codes(lint({"a": UNUSED + "x = = 1\n"})) == []


def test_a_file_that_does_not_parse_leaves_the_comments_alone_of_files_tied_to_it(lint: Lint) -> None:
    files = {"a": UNUSED, "user": "import torch, a, odd\n", "odd": "import torch\nx = = 1\n", "apart": UNUSED}
    assert [finding.place.path for finding in lint(files).findings] == ["apart.py"]


def test_a_file_that_is_cut_short_leaves_its_comments_alone(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dllint.infer.machine.MOST_STEPS", 5)
    report = lint({"a": UNUSED + "y = 1 + 2 + 3 + 4 + 5 + 6\nfor x in y:\n    print(x, y, x, y)\n"})
    assert codes(report) == []
    assert report.not_checked


CUT = """
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(4, 4), nn.Dropout(0.5)]
        self.layers = nn.ModuleList(self.layers)

    def forward(self, x):
        return self.layers[0](self.layers[1](x))

def train(net, loader, optimizer):
    for x, y in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(x), y)
        loss.backward()
        optimizer.step()

net = Net()
train(net, input(), input())
"""


def test_a_script_without_a_main_guard_may_take_as_many_steps_as_one_with(
    lint: Lint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dllint.infer.imports.MOST_STEPS_A_FILE", 5)
    assert not lint({"a": CUT}).not_checked


@pytest.mark.parametrize("steps", range(0, 80, 3))
def test_what_a_file_leaves_undone_where_it_is_cut_short_is_not_missed(
    lint: Lint, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    monkeypatch.setattr("dllint.infer.machine.MOST_STEPS", steps)
    monkeypatch.setattr("dllint.infer.machine.FEW_STEPS", 0)
    assert codes(lint({"a": CUT})) == []


def test_a_comment_that_silences_what_is_only_possible_is_in_use(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    finding = judge._finding
    monkeypatch.setattr(judge, "_finding", lambda *given: replace(finding(*given), confidence=Confidence.POSSIBLE))
    assert codes(lint({"a": f"{BUG}  # dllint: ignore[DL301] ablation\n"})) == []


def test_reasons_are_wanted_on_request_only(lint: Lint) -> None:
    files = {"a": f"{BUG}  # dllint: ignore[DL301]\n"}
    assert codes(lint(files)) == []
    assert [f.level for f in lint(files, select=["DL003"]).findings] == [Level.ADVICE]


@pytest.mark.parametrize("select", [None, ["loss"]])
def test_required_reasons_are_warnings_whatever_is_selected(lint: Lint, select: list[str] | None) -> None:
    (finding,) = lint({"a": f"{BUG}  # dllint: ignore[DL301]\n"}, require_reason=True, select=select).findings
    assert (finding.code, finding.level) == ("DL003", Level.WARNING)


def test_required_reasons_are_still_ignored_and_levelled(lint: Lint) -> None:
    files = {"a": f"{BUG}  # dllint: ignore[DL301]\n"}
    assert codes(lint(files, require_reason=True, ignore=["DL003"])) == []
    assert codes(lint(files, require_reason=True, level={"DL003": "off"})) == []
    assert [f.level for f in lint(files, require_reason=True, level={"DL003": "error"}).findings] == [Level.ERROR]


def test_a_file_that_spares_a_rule_leaves_its_comments_alone(lint: Lint) -> None:
    assert codes(lint({"a": UNUSED, "b": UNUSED}, per_file_ignores={"a.py": ["DL301"]})) == ["DL001"]
    assert codes(lint({"a": UNUSED, "b": UNUSED}, per_file_ignores={"a.py": ["DL001"]})) == ["DL001"]


def test_what_is_suppressed_is_counted(lint: Lint) -> None:
    report = lint({"a": f"{BUG}  # dllint: ignore[DL301] ablation\n", "b": BUG})
    assert (report.summary.suppressed, codes(report)) == (1, ["DL301"])


def test_the_rules_that_are_counted_are_those_that_judge_programs(lint: Lint) -> None:
    assert lint({"a": BUG}, select=["DL301", "DL0"]).summary.rules == 1
