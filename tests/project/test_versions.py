"""Which versions a project is for: the files that say so, and what they leave open."""

from __future__ import annotations

from pathlib import Path

import pytest

from dllint.project.versions import Targets, Versions, declared


def of(tmp_path: Path, package: str = "torch", **files: str) -> Versions:
    for name, text in files.items():
        (tmp_path / name.replace("__", ".")).write_text(text)
    return declared(tmp_path, package)


@pytest.mark.parametrize(
    ("line", "version", "so"),
    [
        ("torch==1.9.0", "1.9", True),
        ("torch==1.9.0", "1.10", False),
        ("torch==1.13.1+cu117", "1.13.1", True),
        ("torch==2.*", "2.0", True),
        ("torch==2.*", "3.0", False),
        ("torch>=1.8", "1.8", True),
        ("torch>=1.8", "1.10", None),
        ("torch>=1.8,<1.10", "1.10", False),
        ("torch >= 2.0 ; python_version > '3.8'", "2", True),
        ("torch~=1.8", "2.0", False),
        ("torch~=1.8.1", "1.9", False),
        ("torch~=1.8", "1.9", None),
        ("torch<=1.9", "1.9.1", None),
        ("torch<2", "2.0", False),
        ("torch!=1.9", "1.9", None),
        ("torch", "1.0", None),
        ("torch @ https://example.org/torch.whl", "1.0", None),
        ("torchvision==0.9", "1.0", None),
    ],
)
def test_a_requirement_says_what_it_says_and_no_more(tmp_path: Path, line: str, version: str, so: bool | None) -> None:
    assert of(tmp_path, requirements__txt=f"numpy\n{line}\n").at_least(version) is so


@pytest.mark.parametrize(
    ("text", "version", "so"),
    [
        ('[project]\ndependencies = ["numpy", "torch>=2.1"]\n', "2.1", True),
        ("[project]\ndependencies = [\n  \"torch[opt]==2.1; python_version>='3.9'\",\n]\n", "2.2", False),
        ('[tool.poetry.dependencies]\ntorch = "^2.1"\n', "3.0", False),
        ('[tool.poetry.dependencies]\ntorch = {version = "~2.1", source = "x"}\n', "2.2", False),
        ('[tool.poetry.dependencies]\ntorch = {git = "https://example.org"}\n', "1.0", None),
        ('[tool.mypy]\nmodule = "torch.*"\n', "1.0", None),
    ],
)
def test_the_project_file_is_asked(tmp_path: Path, text: str, version: str, so: bool | None) -> None:
    assert of(tmp_path, pyproject__toml=text).at_least(version) is so


def test_the_lock_file_is_stronger_than_what_it_was_made_from(tmp_path: Path) -> None:
    lock = '[[package]]\nname = "torch"\nversion = "2.4.1"\n'
    found = of(tmp_path, uv__lock=lock, requirements__txt="torch>=1.0\n")
    assert (found.low, found.where, found.said) == ((2, 4, 1), "uv.lock:3", "2.4.1")


def test_two_files_that_disagree_leave_both_open(tmp_path: Path) -> None:
    found = of(tmp_path, **{"requirements__txt": "torch==1.8\n", "requirements-gpu__txt": "torch==2.0\n"})
    assert [found.at_least(version) for version in ("1.8", "1.9", "2.1")] == [True, None, False]


def test_lightning_has_two_names(tmp_path: Path) -> None:
    assert of(tmp_path, "lightning", requirements__txt="pytorch_lightning==1.9\npytorch-lightning==2.2\n").at_least("2")


def test_the_configuration_is_stronger_than_all(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("torch==1.8\nkeras==2.9\n")
    targets = Targets(tmp_path, {"torch": "2.4"})
    assert targets.of("torch").at_least("2.4")
    assert targets.of("torch").at_least("2.5") is False
    assert targets.of("keras").at_least("3.0") is False


def test_a_file_that_is_no_text_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").mkdir()
    (tmp_path / "setup.cfg").write_bytes(b"\xff\xfe torch")
    assert declared(tmp_path, "torch").at_least("1.0") is None
