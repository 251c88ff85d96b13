"""Where reports go: several at once, whole or not at all, and what cannot be written is told before the run."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Dllint = Callable[..., tuple[int, str, str]]


def test_one_run_writes_several_formats(dllint: Dllint) -> None:
    status, out, err = dllint("--output-format", "json:bugs.json", "--output-format", "github")
    assert status == 1
    assert out.startswith("::warning title=DL301")
    assert err.startswith("1 warning · 2 files")
    assert json.loads(Path("bugs.json").read_text())["findings"][0]["code"] == "DL301"


def test_files_alone_leave_stdout_empty_and_say_on_stderr_what_was_found(dllint: Dllint) -> None:
    status, out, err = dllint("--output-format", "text:a.txt", "--output-format", "concise:b.txt")
    assert (status, out) == (1, "")
    assert err.startswith("1 warning · 2 files")
    assert Path("a.txt").read_text("utf-8").startswith("train.py:1:8 warning DL301 softmax-into-logit-loss")
    assert Path("b.txt").read_text("utf-8").startswith("train.py:1:8: warning DL301")


def test_a_dash_is_stdout(dllint: Dllint) -> None:
    _, out, err = dllint("--output-format", "json:-", "--output-format", "concise:b.txt")
    assert (json.loads(out)["version"], err) == (1, "")


def test_a_file_is_no_terminal(dllint: Dllint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    dllint("--output-format", "text:plain.txt")
    dllint("--output-format", "text:painted.txt", "--color", "always")
    assert "\x1b[" not in Path("plain.txt").read_text("utf-8")
    assert "\x1b[" in Path("painted.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["text", "json"], "stdout cannot hold text and json together; give each a file of its own: "),
        (["text", "json:-"], "--output-format json:FILE"),
        (["json:a", "concise:./a"], "a cannot hold json and concise together;"),
        (["json:"], "json: names no file; give json:FILE, or json for stdout"),
        (
            ["gihub"],
            'no output format is called "gihub": it may be text, concise, json or github; did you mean github?',
        ),
        (["json:gone/a.json"], "gone/a.json: there is no folder gone to write it in; make it first"),
        (["json:."], ".: is a folder; name a file in it"),
        (["json:train.py/a"], "train.py/a: there is no folder train.py to write it in"),
    ],
)
def test_what_cannot_be_written_is_one_line_before_the_run(dllint: Dllint, asked, words: list[str], line: str) -> None:
    status, out, err = dllint(*(word for format in words for word in ("--output-format", format)))
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert line in err
    assert asked.given == {}


def test_a_file_is_replaced_at_once_and_nothing_is_left_beside_it(dllint: Dllint, tmp_path: Path) -> None:
    (tmp_path / "bugs.json").write_text("old")
    before = {path.name for path in tmp_path.iterdir()}
    reader = (tmp_path / "bugs.json").open()
    dllint("--output-format", "json:bugs.json")
    assert reader.read() == "old"  # whoever has it open reads all of the old one
    reader.close()
    assert json.loads((tmp_path / "bugs.json").read_text())["version"] == 1
    assert {path.name for path in tmp_path.iterdir()} == before


@pytest.mark.skipif(sys.platform == "win32", reason="no umask")
def test_a_file_has_the_rights_of_any_new_file(dllint: Dllint, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        dllint("--output-format", "json:bugs.json")
    finally:
        os.umask(before)
    assert (tmp_path / "bugs.json").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="no links")
def test_a_link_stays_a_link_and_a_device_a_device(dllint: Dllint, tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to("real.json")
    dllint("--output-format", "json:link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text())["version"] == 1
    assert dllint("--output-format", "json:/dev/null")[0] == 1
    assert not Path("/dev/null").is_file()


def test_a_file_that_fails_to_be_written_is_one_line(dllint: Dllint, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert dllint("--output-format", "json:bugs.json") == (
        2,
        "",
        "dllint: bugs.json: cannot be written: No space left on device\n",
    )
    assert list(Path().glob(".bugs*")) == []


def test_statistics_take_the_place_of_the_findings(dllint: Dllint) -> None:
    status, out, err = dllint("--statistics")
    assert (status, err) == (1, "")
    assert out.startswith("1  warning  DL301  softmax-into-logit-loss\n\n1 warning · 2 files")
    assert "train.py" not in out


def test_statistics_are_written_as_json_too(dllint: Dllint) -> None:
    out = dllint("--statistics", "--output-format", "json")[1]
    assert json.loads(out)["statistics"][0]["count"] == 1


def test_annotations_have_no_statistics(dllint: Dllint) -> None:
    status, _, err = dllint("--statistics", "--output-format", "github")
    assert status == 2
    assert "--statistics cannot be written as github: it may be text, concise or json" in err


def test_the_format_of_the_settings_is_used_where_none_is_given(dllint: Dllint, tmp_path: Path) -> None:
    (tmp_path / "dllint.toml").write_text('output-format = "github"\n')
    assert dllint()[1].startswith("::warning ")
    assert dllint("--output-format", "concise")[1].startswith("train.py:1:8: ")
