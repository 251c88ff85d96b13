"""The JSON contract, key by key, on a real run over two files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dllint import Comment, rulebook
from dllint.cli.run import run
from dllint.findings import Level

MODEL = """\
import torch.nn.functional as F


def predict(net, x):
    return F.softmax(net(x), dim=1)
"""

# Each 😀 is one code point, two UTF-16 units and four bytes; the tab is one code point.
TRAIN = """\
import torch.nn.functional as F
from model import predict


def step(net, x, y, z):
	name = "😀😀"; loss = F.cross_entropy(predict(net, x),
		y)
	loss = loss + F.cross_entropy(predict(net, x), z)
	loss.backward()
"""

ODD = "import torch\nx = = 1\n"

UNKNOWN = "import torch.nn.functional as F\n\ndef f(x, y):\n    F.cross_entropy(x, y).backward()\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {"model.py": MODEL, "train.py": TRAIN, "old/odd.py": ODD, "old/unknown.py": UNKNOWN}.items():
        path = tmp_path / "shop" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "shop/pyproject.toml").touch()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "shop")
    return tmp_path


@pytest.fixture
def said(project: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., dict]:
    def call(*arguments: str) -> dict:
        run([*arguments, "--output-format", "json", "--no-cache"])
        return json.loads(capsys.readouterr().out)

    return call


def test_the_keys_are_the_contract(said: Callable[..., dict]) -> None:
    report = said(".")
    assert list(report) == ["version", "findings", "not_checked", "summary"]
    assert report["version"] == 1
    (finding,) = report["findings"]
    assert {key: finding[key] for key in ("rule", "code", "level", "confidence", "path")} == {
        "rule": "softmax-into-logit-loss",
        "code": "DL301",
        "level": "error",
        "confidence": "certain",
        "path": "train.py",
    }
    assert set(finding) - {"rule", "code", "level", "confidence", "path"} == {
        *("verdict", "message", "line", "column", "end_line", "end_column", "cell", "related", "fix", "fingerprint")
    }
    assert [finding[key] for key in ("verdict", "cell")] == [None, None]
    assert list(finding["fix"]) == ["applicability", "message", "edits"]
    (edit,) = finding["fix"]["edits"]
    assert list(edit) == ["path", "line", "column", "end_line", "end_column", "text"]
    assert all(set(step) == {"path", "line", "column", "message"} for step in finding["related"])
    assert all(set(note) == {"path", "line", "why"} for note in report["not_checked"])


def test_columns_are_code_points_from_1_and_ends_are_exclusive(said: Callable[..., dict]) -> None:
    (finding,) = said(".")["findings"]
    lines = TRAIN.split("\n")
    start, end = (finding["line"], finding["column"]), (finding["end_line"], finding["end_column"])
    assert (start, end) == ((6, 22), (7, 5))
    assert lines[5][start[1] - 1 :].startswith("F.cross_entropy(")
    assert lines[6][: end[1] - 1].endswith("y)")


def test_the_producer_comes_first_and_further_sinks_last(said: Callable[..., dict]) -> None:
    related = said(".")["findings"][0]["related"]
    first, last = related[0], related[-1]
    assert (first["path"], first["line"], first["column"]) == ("model.py", 5, 12)
    assert (last["path"], last["line"], last["column"]) == ("train.py", 8, 16)
    assert all(step["message"] for step in related)


def test_what_was_not_checked_has_a_place_and_a_reason(said: Callable[..., dict]) -> None:
    notes = [(note["path"], note["line"], note["why"]) for note in said(".")["not_checked"]]
    assert notes[0] == ("old/odd.py", 2, "not analysed: invalid syntax")
    assert [note[:2] for note in notes[1:]] == [("old/unknown.py", 4)]
    assert notes[1][2].startswith("loss not judged: ")


def test_the_summary_counts(said: Callable[..., dict]) -> None:
    summary = said(".")["summary"]
    assert summary.pop("seconds") >= 0
    assert summary == {
        "rules": sum(rule.level > Level.ADVICE and rule.on is not Comment for rule in rulebook.load()),
        "files": 3,
        "files_without_dl": 0,
        "files_not_parsed": 1,
        "suppressed": 0,
        "hidden": 0,
        "subjects": [{"name": "losses", "seen": 3, "resolved": 2}],
    }


def test_paths_are_relative_to_the_working_directory_when_below_it(
    said: Callable[..., dict], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    report = said("shop")
    assert report["findings"][0]["path"] == "shop/train.py"
    assert report["findings"][0]["related"][0]["path"] == "shop/model.py"
    assert report["not_checked"][0]["path"] == "shop/old/odd.py"


def test_paths_outside_the_working_directory_are_whole(
    said: Callable[..., dict], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "elsewhere")
    shop = (project / "shop").resolve().as_posix()
    for path in ("../shop", shop):
        assert said(path)["findings"][0]["path"] == f"{shop}/train.py"


def test_a_fingerprint_outlives_lines_that_move(said: Callable[..., dict], project: Path) -> None:
    (before,) = said(".")["findings"]
    (project / "shop/train.py").write_text(f"\n\n# later\n{TRAIN}", "utf-8")
    (after,) = said(".")["findings"]
    assert after["line"] == before["line"] + 3
    assert after["fingerprint"] == before["fingerprint"]


def test_json_says_the_same_findings_as_text(said: Callable[..., dict], capsys: pytest.CaptureFixture[str]) -> None:
    finding = said(".")["findings"][0]
    run(["."])
    out = capsys.readouterr().out
    assert out.startswith(f"{finding['path']}:{finding['line']}:{finding['column']} error DL301 {finding['rule']}")


def test_one_file_that_is_asked_for_brings_the_finding_whose_chain_it_is_in(said: Callable[..., dict]) -> None:
    report = said("model.py")
    assert [finding["path"] for finding in report["findings"]] == ["train.py"]
    assert report["summary"]["files"] == 1
    assert report["not_checked"] == []


WORD = "# dllint: ignore[softmax-into-logit-loss] measured so on purpose"

SPOTS = {
    "the first sink": ("train.py", "y)\n", f"y)  {WORD}\n"),
    "above the first sink": ("train.py", '\tname = "', f'\t{WORD}\n\tname = "'),
    "the second sink": ("train.py", "x), z)\n", f"x), z)  {WORD}\n"),
    "the producer": ("model.py", "dim=1)\n", f"dim=1)  {WORD}\n"),
    "above the producer": ("model.py", "    return", f"    {WORD}\n    return"),
    "the producer, by code": ("model.py", "dim=1)\n", "dim=1)  # dllint: ignore[DL301]\n"),
    "the producer, by noqa": ("model.py", "dim=1)\n", "dim=1)  # noqa: DL301\n"),
    "the producer, by a bare noqa": ("model.py", "dim=1)\n", "dim=1)  # noqa\n"),
    "the producer's block": ("model.py", "    return", "    # dllint: off[loss]\n    return"),
    "the producer's file": ("model.py", "import", "# dllint: ignore-file[DL3]\nimport"),
    "the sinks' file": ("train.py", "import torch", "# dllint: ignore-file\nimport torch"),
}


@pytest.mark.parametrize(("path", "old", "new"), SPOTS.values(), ids=SPOTS)
def test_a_suppression_works_at_the_producer_and_at_each_sink(
    said: Callable[..., dict], project: Path, path: str, old: str, new: str
) -> None:
    file = project / "shop" / path
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    report = said(".")
    assert report["findings"] == []
    assert report["summary"]["suppressed"] == 1


@pytest.mark.parametrize("word", ["# dllint: ignore[missing-eval] another bug", "# dllint ignore", "# noqa: E501"])
def test_another_word_suppresses_nothing(said: Callable[..., dict], project: Path, word: str) -> None:
    file = project / "shop/model.py"
    file.write_text(MODEL.replace("dim=1)\n", f"dim=1)  {word}\n"), "utf-8")
    report = said(".", "--select", "loss")
    assert len(report["findings"]) == 1
    assert report["summary"]["suppressed"] == 0
