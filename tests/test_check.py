"""dllint from a program: the function, its settings and its errors."""

from __future__ import annotations

from pathlib import Path

import pytest

import dllint

BUG = (
    "import torch.nn.functional as F\n\n\ndef step(net, x, y):\n    F.cross_entropy(net(x).softmax(1), y).backward()\n"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one bug in src/train.py, where the program runs."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src/train.py").write_text(BUG)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_needs_paths_alone(project: Path) -> None:
    (finding,) = dllint.check(["src"]).findings
    assert (finding.code, finding.level, finding.place.path) == ("DL301", dllint.ERROR, "src/train.py")


@pytest.mark.parametrize("paths", ["src", Path("src"), [Path("src")], ("src/train.py",), "."])
def test_paths_are_one_or_several(project: Path, paths: object) -> None:
    assert len(dllint.check(paths, cwd=str(project)).findings) == 1  # type: ignore[arg-type]
    assert dllint.read_settings(paths, cwd=str(project)) == dllint.Settings(root=project)  # type: ignore[arg-type]


def test_check_reads_the_configuration_as_the_command_does_unless_settings_are_given(project: Path) -> None:
    (project / "dllint.toml").write_text('select = ["mode"]\n')
    assert not dllint.check(["src"]).findings
    assert dllint.check(["src"], dllint.Settings()).findings
    assert not dllint.check(["src"], dllint.read_settings(["src"])).findings


def test_the_working_directory_may_be_another(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    (finding,) = dllint.check(["train.py"], dllint.Settings(), cwd=project / "src").findings
    assert finding.place.path == "train.py"


def test_a_source_may_be_given(project: Path) -> None:
    assert not dllint.check(["src/train.py"], given={"src/train.py": b"import torch\n"}).findings
    assert dllint.check(["src", "new.py"], given={"new.py": BUG.encode()}).summary.files == 2


def test_settings_choose_levels_and_files(project: Path) -> None:
    (finding,) = dllint.check(["src"], dllint.Settings(level={"loss": "advice"})).findings
    assert finding.level is dllint.ADVICE
    assert not dllint.check(["."], dllint.Settings(exclude=["src/"])).findings
    assert not dllint.check(["src"], dllint.Settings(per_file_ignores={"src/*": ["DL3"]})).findings
    assert dllint.check(["src"], dllint.Settings(per_file_ignores={"test/*": ["DL3"]})).findings


def test_globs_of_a_file_above_are_relative_to_it(project: Path) -> None:
    for text in ('exclude = ["/src/train.py"]', '[per-file-ignores]\n"/src/*" = ["loss"]'):
        (project / "dllint.toml").write_text(text)
        assert not dllint.check(cwd=project / "src").findings
    (project / "dllint.toml").write_text('exclude = ["/train.py"]')
    assert dllint.check(cwd=project / "src").findings


def test_a_sink_in_a_file_that_ignores_the_rule_leaves_the_other_sinks(project: Path) -> None:
    (project / "model.py").write_text("def squash(x):\n    return x.softmax(1)\n")
    text = BUG.replace("net(x).softmax(1)", "squash(net(x))").replace("\n", "\nfrom model import squash\n", 1)
    for name in ("a.py", "b.py"):
        (project / name).write_text(text)
    settings = dllint.Settings(per_file_ignores={"a.py": ["loss"]})
    assert [f.place.path for f in dllint.check(["a.py", "b.py"], settings).findings] == ["b.py"]


@pytest.mark.parametrize(
    ("error", "paths", "settings"),
    [
        (dllint.MissingPath, ["gone"], {}),
        (dllint.UnknownRule, ["src"], {"ignore": ["los"]}),
        (dllint.CannotCheck, ["src"], {"select": []}),
        (dllint.ConfigError, ["src"], {"profile": "loud"}),
        (dllint.ConfigError, ["src"], {"fail_on": 3}),
    ],
)
def test_what_cannot_be_done_is_an_error_of_its_kind(
    project: Path, error: type[Exception], paths: list[str], settings: dict[str, object]
) -> None:
    assert issubclass(error, dllint.CannotCheck)
    with pytest.raises(error):
        dllint.check(paths, dllint.Settings(**settings))  # type: ignore[arg-type]
