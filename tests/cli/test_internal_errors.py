"""An error of dllint's own costs one rule at one place, or one file, and is told as a finding that names both."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dllint import rulebook
from dllint.cli.run import run
from dllint.events import Call
from dllint.findings import Level
from dllint.rule import Rule

TRAIN = """\
import torch.nn.functional as F

def train(net, x, y):
    F.cross_entropy(net(x).softmax(1), y).backward()
"""


@pytest.fixture
def findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable:
    """Two files with a bug each, linted: what is found, as (code, path, line, message)."""
    for name in ("pack/one.py", "pack/two.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TRAIN)
    monkeypatch.chdir(tmp_path)

    def lint(*options: str) -> list[tuple[str, str, int, str]]:
        status = run([".", "--output-format", "json", *options])
        out, err = capsys.readouterr()
        assert (status, err) == (1, "")
        return [(f["code"], f["path"], f["line"], f["message"]) for f in json.loads(out)["findings"]]

    return lint


def plant(monkeypatch: pytest.MonkeyPatch, judge: Callable) -> None:
    """Put a rule that judges calls before those of the book."""
    rules = (Rule("DL300", Level.ERROR, Call, judge, "planted"), *rulebook.load())
    monkeypatch.setattr(rulebook, "load", lambda **_: rules)


def failing(call: Call):
    yield from ()
    raise ZeroDivisionError("by\nzero; twice")


def test_a_rule_that_fails_is_named_once_a_file_and_the_others_judge(
    findings: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch, failing)
    found = findings()
    assert sorted(entry[:3] for entry in found) == [
        (code, path, 4) for code in ("DL000", "DL301") for path in ("pack/one.py", "pack/two.py")
    ]
    why = "rule planted failed: ZeroDivisionError: by zero, twice (test_internal_errors.py:"
    said = min(found)[3]
    assert said.startswith(why)
    assert said.endswith("; part of pack/one.py is not checked; please report it")


def test_a_rule_that_fails_at_one_call_still_judges_the_next(
    findings: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def judge(call: Call):
        seen.append(call.where.site.file)
        if len(seen) == 1:
            raise LookupError
        yield call.draft(call.arguments[0], "planted")

    plant(monkeypatch, judge)
    codes = [entry[0] for entry in findings("--select", "DL300")]
    assert sorted(set(codes)) == ["DL000", "DL300"]
    assert codes.count("DL000") == 1


def test_a_file_that_infer_fails_in_is_named_and_the_others_are_judged(
    findings: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dllint.infer import run as infer

    script = infer._script

    def fail(machine, path: Path) -> None:
        if path.name == "one.py":
            raise RuntimeError("lost")
        script(machine, path)

    monkeypatch.setattr(infer, "_script", fail)
    (code, path, line, message), *others = findings()
    assert (code, path, line) == ("DL000", "pack/one.py", 1)
    assert message.startswith("dllint failed: RuntimeError: lost (test_internal_errors.py:")
    assert ("DL301", "pack/two.py", 4) in [entry[:3] for entry in others]


def test_an_internal_error_is_shown_without_a_page_to_read(
    findings: Callable, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(monkeypatch, failing)
    assert run(["pack/one.py", "--select", "DL300"]) == 1
    out = capsys.readouterr().out
    assert "  why   part of pack/one.py is not checked\n  fix   please report it\n\n1 error" in out
