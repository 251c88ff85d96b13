"""`dllint check --fix`, `--unsafe-fixes` and `--diff`, as a user runs them."""

from __future__ import annotations

import io
import json
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dllint.cli.run import run

BUGS = """\
import torch.nn.functional as F

def predict(net, x):
    return F.softmax(net(x), dim=1)

def one(net, x, y):
    F.cross_entropy(predict(net, x), y).backward()

def two(net, x, y):
    F.cross_entropy(F.softmax(net(x), 1), y).backward()
"""
SAFE = BUGS.replace("F.softmax(net(x), 1)", "net(x)")
BOTH = SAFE.replace("F.softmax(net(x), dim=1)", "net(x)")

DIFF = f"""\
--- train.py
+++ train.py
@@ -7,4 +7,4 @@
     F.cross_entropy(predict(net, x), y).backward()
{" "}
 def two(net, x, y):
-    F.cross_entropy(F.softmax(net(x), 1), y).backward()
+    F.cross_entropy(net(x), y).backward()
"""

Dllint = Callable[..., tuple[int, str, str]]


@pytest.fixture
def train(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "train.py"
    file.write_text(BUGS)
    return file


@pytest.fixture
def dllint(capfdbinary: pytest.CaptureFixture[bytes]) -> Dllint:
    """Run with these arguments: exit status, stdout, stderr."""

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return call


def test_safe_fixes_are_written_and_what_is_left_is_reported(train: Path, dllint: Dllint) -> None:
    status, out, err = dllint("--fix", "--output-format", "concise")
    assert train.read_text() == SAFE
    assert status == 1
    assert out.startswith("train.py:7:5: error DL301")
    assert out.count("\n") == 1
    assert err.startswith("fixed 1 finding in 1 file\n")


def test_unsafe_fixes_are_written_on_request(train: Path, dllint: Dllint) -> None:
    status, out, err = dllint("--fix", "--unsafe-fixes")
    assert train.read_text() == BOTH
    assert (status, err) == (0, "fixed 2 findings in 1 file\n")
    assert out.startswith("no findings: ")


def test_a_diff_changes_nothing(train: Path, dllint: Dllint) -> None:
    assert dllint("--diff") == (1, DIFF, "would fix 1 finding in 1 file\n")
    assert train.read_text() == BUGS


def test_a_diff_of_nothing_is_empty(train: Path, dllint: Dllint) -> None:
    train.write_text(SAFE)
    assert dllint("--diff") == (0, "", "nothing to fix\n")


def test_stdin_comes_out_fixed(train: Path, dllint: Dllint, monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.TextIOWrapper(io.BytesIO(BUGS.replace("\n", "\r\n").encode()))
    monkeypatch.setattr(sys, "stdin", given)
    status, out, err = dllint("--fix", "--stdin-filename", "train.py")
    assert (status, out) == (1, SAFE.replace("\n", "\r\n"))
    assert err.startswith("fixed 1 finding in 1 file\n1 error")
    assert train.read_text() == BUGS


def test_stdin_with_nothing_to_fix_comes_out_as_it_was(
    train: Path, dllint: Dllint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SAFE.encode())))
    assert dllint("-", "--fix")[1] == SAFE


def test_unsafe_fixes_alone_are_a_mistake(train: Path, dllint: Dllint) -> None:
    status, out, err = dllint("--unsafe-fixes")
    assert (status, out) == (2, "")
    assert err.startswith("dllint: --unsafe-fixes changes nothing on its own; give --fix or --diff with it")


def test_permissions_stay(train: Path, dllint: Dllint) -> None:
    train.chmod(0o755)
    dllint("--fix")
    assert stat.S_IMODE(train.stat().st_mode) == 0o755


def test_a_file_that_may_not_be_written_is_one_line(train: Path, dllint: Dllint) -> None:
    train.parent.chmod(0o555)
    try:
        status, _, err = dllint("--fix", "train.py")
    finally:
        train.parent.chmod(0o755)
    if train.read_text() == BUGS:  # root may write anywhere
        assert (status, err.count("\n")) == (2, 1)
        assert "train.py: cannot be written" in err


def test_a_file_that_is_not_given_is_left_alone(train: Path, dllint: Dllint) -> None:
    """The bug is reported where the loss is; the softmax that a fix would drop is in another file."""
    model, step = BUGS.split("def one")
    (train.parent / "model.py").write_text(model)
    train.write_text(f"import torch.nn.functional as F\nfrom model import predict\n\ndef one{step}")
    status, _, err = dllint("--fix", "--unsafe-fixes", "train.py", "--output-format", "concise")
    assert status == 1
    assert (train.parent / "model.py").read_text() == model
    assert "not fixed: train.py:5 softmax-into-logit-loss: model.py, where it would be fixed, is not among" in err


def test_the_report_says_how_many_can_be_fixed(train: Path, dllint: Dllint) -> None:
    assert "\n1 fixable with --fix, 1 more with --unsafe-fixes\n" in dllint()[1]
    dllint("--fix")
    assert "\n1 fixable with --fix --unsafe-fixes\n" in dllint()[1]


def test_json_has_the_edits(train: Path, dllint: Dllint) -> None:
    report = json.loads(dllint("--output-format", "json")[1])
    assert [finding["fix"]["applicability"] for finding in report["findings"]] == ["unsafe", "safe"]
    assert report["findings"][1]["fix"] == {
        "applicability": "safe",
        "message": "drop softmax",
        "edits": [
            {"path": "train.py", "line": 10, "column": 21, "end_line": 10, "end_column": 41, "text": "net(x)"},
        ],
    }
