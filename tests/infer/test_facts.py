"""What infer knows, claim by claim: the Markdown pages beside this file."""

from pathlib import Path

import pytest
from fact_pages import Claim, claims, expected
from facts import inferred

PAGES = sorted(Path(__file__).parent.glob("*.md"))


def marked(page: Path, claim: Claim) -> object:
    marks = (
        [pytest.mark.xfail(raises=AssertionError, strict=True, reason="infer does not know it yet")]
        if claim.todo
        else []
    )
    return pytest.param(claim.files, id=f"{page.stem}: {claim.title}", marks=marks)


@pytest.mark.parametrize("files", [marked(page, claim) for page in PAGES for claim in claims(page.read_text())])
def test_what_infer_knows(files: dict[str, str], tmp_path: Path) -> None:
    assert inferred(files, tmp_path) == expected(files)


def test_a_wrong_fact_is_told(tmp_path: Path) -> None:
    files = {"main.py": "reveal(1)  # 2\nif False:\n    reveal(3)  # 3\n"}
    assert inferred(files, tmp_path) == ["main.py:1 1", "main.py:3 never reached"]
    assert expected(files) == ["main.py:1 2", "main.py:3 3"]


def test_a_fact_left_out_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"main\.py:1"):
        expected({"main.py": "reveal(1)\n"})


def test_titles_are_told_apart_and_files_belong_to_them() -> None:
    page = "# P\n## One\n```python\nx = 1\n```\n```python\n# file: a.py\ny = 1\n```\n## TODO\n### Two\n```python\n```\n"
    one, two = claims(page)
    assert (one.title, one.todo, list(one.files)) == ("One", False, ["main.py", "a.py"])
    assert (two.title, two.todo) == ("Two", True)
