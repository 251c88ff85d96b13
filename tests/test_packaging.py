"""What is installed: the wheel carries the rules, and finds them there as the checkout does."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = ("pyproject.toml", "README.md", "LICENSE", "dllint", "rules")

PLANTED = '''"""A planted rule.

Bad:
    ```python
    x  # expect: planted
    ```
Good:
    ```python
    y
    ```
"""

from dllint.findings import Level
from dllint.rule import Rule

RULE = Rule(code="DL399", level=Level.ERROR, on=int, judge=lambda event: iter(()))
'''


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is packed, with one more rule."""
    folder = tmp_path_factory.mktemp("checkout")
    for part in PARTS:
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / part)
    (folder / "rules" / "loss").mkdir(parents=True, exist_ok=True)
    (folder / "rules" / "loss" / "planted.py").write_text(PLANTED, "utf-8")
    return folder


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the copy, built without network."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def listed(package: Path, cwd: Path) -> str:
    """What `dllint rules` says when the package is imported from `package`."""
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from dllint.cli import main; main()"
    command = [sys.executable, "-c", code, str(package), "rules"]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True).stdout


def test_the_wheel_holds_the_package_and_its_rules(wheel: Path, checkout: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    rules = {f"dllint/{path.relative_to(checkout).as_posix()}" for path in (checkout / "rules").rglob("*.py")}
    assert rules | {"dllint/cli/check.py", "dllint/rules/loss/planted.py"} <= names
    folders = {name.split("/")[0] for name in names}
    assert {name for name in folders if not name.endswith(".dist-info")} == {"dllint"}


def test_the_wheel_carries_its_licence(wheel: Path) -> None:
    assert any(name.endswith("licenses/LICENSE") for name in zipfile.ZipFile(wheel).namelist())


def test_an_unpacked_wheel_and_a_checkout_list_the_same_rules(wheel: Path, checkout: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    assert "DL399" in listed(tmp_path, tmp_path)
    assert listed(tmp_path, tmp_path) == listed(checkout, tmp_path)


def test_a_checkout_runs_as_a_module_with_nothing_installed(checkout: Path) -> None:
    command = [sys.executable, "-m", "dllint", "explain", "planted"]
    run = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
    assert (run.returncode, run.stdout[:20]) == (0, "error DL399 planted\n")
