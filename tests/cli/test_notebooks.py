"""Notebooks, as files of a project: found, run as one program, and reported at true places in every format."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dllint.cli.run import run

IMPORTS = "%matplotlib inline\n!pip install torch\nimport torch\nimport torch.nn as nn"
NET = "net = nn.Sequential(\n    nn.Linear(4, 3),\n    nn.Softmax(dim=1),\n)\nnet?"
LOOP = """\
%%time
# no optimizer here
for x, y in loader:
    name = "é\\t"; nn.CrossEntropyLoss()(net(x), y).backward()"""

Dllint = Callable[..., tuple[int, str, str]]


def cell(source: str, **more: object) -> dict[str, object]:
    lines = source.splitlines(keepends=True)
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], **more, "source": lines}


def notebook(*cells: dict[str, object], **how: Any) -> str:
    metadata = {"kernelspec": {"language": "python", "name": "python3"}}
    prose = {"cell_type": "markdown", "metadata": {}, "source": ["# import torch"]}
    content = {"cells": [prose, *cells], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, **{"indent": 1, "ensure_ascii": False, **how}) + "\n"


CELLS = (cell(IMPORTS, id="imports"), cell(NET, id="net"), cell(LOOP, id="loop"))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.fixture
def dllint(project: Path, capsys: pytest.CaptureFixture[str]) -> Dllint:
    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        return status, *capsys.readouterr()

    return call


def found(dllint: Dllint, *arguments: str) -> dict[str, Any]:
    _, out, _ = dllint("check", "--output-format", "json", *arguments)
    report: dict[str, Any] = json.loads(out)
    return report


LAYOUTS: dict[str, dict[str, Any]] = {
    "as Jupyter writes it": {},
    "in ASCII": {"ensure_ascii": True},
    "on one line": {"indent": None, "separators": (",", ":")},
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_format_points_into_the_file(dllint: Dllint, project: Path, layout: dict[str, Any]) -> None:
    text = notebook(*CELLS, **layout)
    (project / "nb.ipynb").write_text(text, "utf-8")
    lines = text.split("\n")
    (one,) = found(dllint)["findings"]
    line, start, end = one["line"], one["column"], one["end_column"]
    assert lines[line - 1][start - 1 : end - 1] == "nn.CrossEntropyLoss()(net(x), y)"
    made = one["related"][0]
    assert lines[made["line"] - 1][made["column"] - 1 :].startswith("nn.Softmax(dim=1)")
    assert (one["cell"], made["cell"]) == (
        {"index": 4, "id": "loop", "line": 4},
        {"index": 3, "id": "net", "line": 3},
    )
    concise = dllint("check", "--output-format", "concise")[1]
    assert concise.startswith(f"nb.ipynb:{line}:{start}: error DL301 softmax-into-logit-loss (certain): cell 4:4:19: ")
    github = dllint("check", "--output-format", "github")[1]
    assert f"file=nb.ipynb,line={line},endLine={line},col={start},endColumn={end}::nb.ipynb:cell 4:4:19: " in github


def test_text_shows_cells(dllint: Dllint, project: Path) -> None:
    (project / "nb.ipynb").write_text(notebook(*CELLS), "utf-8")
    out = dllint()[1]
    assert out.startswith("nb.ipynb:cell 4:4:19 error DL301 softmax-into-logit-loss (certain)\n")
    assert "(made at nb.ipynb:cell 3:3)" in out
    frames = [line.rstrip() for line in out.split("\n") if re.match(r" *\d* [│╭├]", line)]
    assert frames == [
        "   ╭ nb.ipynb:cell 3:3",
        " 3 │     nn.Softmax(dim=1),",
        "   │     ----------------- 1 probabilities made by Softmax",
        "   ├ nb.ipynb:cell 4:4",
        ' 4 │     name = "é\\t"; nn.CrossEntropyLoss()(net(x), y).backward()',
        "   │                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 2 hurts here",
    ]


def test_a_notebook_imports_the_project_and_nothing_imports_it(dllint: Dllint, project: Path) -> None:
    build = "import torch.nn as nn\n\ndef build():\n    return nn.Sequential(nn.Linear(4, 3), nn.Softmax(1))\n"
    (project / "model.py").write_text(build)
    use = "import torch.nn as nn\nfrom model import build\nimport nb\nnet = build()"
    (project / "nb.ipynb").write_text(notebook(cell(use), cell(LOOP)))
    for path in ("nb.ipynb", "model.py"):  # the finding has a part in either
        (one,) = found(dllint, path)["findings"]
        assert (one["path"], one["cell"]["index"], one["related"][0]["path"]) == ("nb.ipynb", 3, "model.py")


def test_a_notebook_without_a_framework_is_not_read(dllint: Dllint, project: Path) -> None:
    (project / "nb.ipynb").write_text(notebook(cell("import numpy\nx = 3")))
    report = found(dllint)
    assert (report["summary"]["files"], report["summary"]["files_without_dl"], report["not_checked"]) == (0, 1, [])


def test_a_minified_notebook_of_long_strings_names_its_framework(dllint: Dllint, project: Path) -> None:
    cells = [{**one, "source": "".join(one["source"])} for one in CELLS]  # type: ignore[arg-type]
    (project / "nb.ipynb").write_text(notebook(*cells, indent=None))
    assert len(found(dllint)["findings"]) == 1


def test_checkpoints_are_skipped(dllint: Dllint, project: Path) -> None:
    (project / ".ipynb_checkpoints").mkdir()
    (project / ".ipynb_checkpoints/nb-checkpoint.ipynb").write_text(notebook(*CELLS))
    assert found(dllint)["findings"] == []


def test_stdin_may_be_a_notebook(dllint: Dllint, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(notebook(*CELLS).encode())))
    out = dllint("check", "-", "--stdin-filename", "nb.ipynb")[1]
    assert "nb.ipynb:cell 4:4:19 error" in out
    assert "nn.CrossEntropyLoss()(net(x), y)" in out


def test_a_broken_notebook_is_one_line(dllint: Dllint, project: Path) -> None:
    (project / "nb.ipynb").write_text(notebook(*CELLS).replace("],", "", 1))
    (note,) = found(dllint)["not_checked"]
    assert note["why"].startswith("not analysed: no JSON: ")
    assert "nb.ipynb:" in dllint()[1]


def test_a_cell_that_does_not_parse_is_left_out_and_named(dllint: Dllint, project: Path) -> None:
    (project / "nb.ipynb").write_text(notebook(*CELLS, cell("x = 1\ny = = 2")))
    report = found(dllint)
    assert len(report["findings"]) == 1
    (note,) = report["not_checked"]
    assert (note["cell"], note["why"]) == (
        {"index": 5, "id": None, "line": 2},
        "this cell is left out: invalid syntax",
    )
    assert "nb.ipynb:cell 5:2 this cell is left out: invalid syntax" in dllint()[1]


def test_another_order_of_execution_is_noted(dllint: Dllint, project: Path) -> None:
    run_as = (3, 1, 2)
    cells = [{**one, "execution_count": count} for one, count in zip(CELLS, run_as, strict=True)]
    (project / "nb.ipynb").write_text(notebook(*cells))
    assert "nb.ipynb:cell 3:1 it was run before a cell above it (3, 1, 2);" in dllint()[1]


WORD = "# dllint: ignore[DL301] ablation"
SPOTS = {
    "on the line": (IMPORTS, NET, f"{LOOP}  {WORD}"),
    "at the producer": (IMPORTS, NET.replace("1),", f"1),  {WORD}"), LOOP),
    "for the file, in any cell": (IMPORTS, f"# dllint: ignore-file[DL301] ablation\n{NET}", LOOP),
}


@pytest.mark.parametrize("sources", SPOTS.values(), ids=SPOTS)
def test_suppressions_work_in_cells(dllint: Dllint, project: Path, sources: tuple[str, ...]) -> None:
    (project / "nb.ipynb").write_text(notebook(*map(cell, sources), indent=None))
    report = found(dllint)
    assert (report["findings"], report["summary"]["suppressed"]) == ([], 1)


def test_a_comment_that_ends_a_cell_says_nothing_of_the_next(dllint: Dllint, project: Path) -> None:
    (project / "nb.ipynb").write_text(notebook(cell(IMPORTS), cell(NET), cell(f"x = 1\n{WORD}"), cell(LOOP)))
    unused = {one["code"]: one["cell"] for one in found(dllint)["findings"]}
    assert set(unused) == {"DL001", "DL301"}
    assert unused["DL001"] == {"index": 4, "id": None, "line": 2}


def test_what_a_cell_shows_is_not_discarded(dllint: Dllint, project: Path) -> None:
    look = "import torch, torch.nn as nn\nx = nn.Linear(3, 3)(y)\nfor _ in y:\n    x.softmax(1)\nx.softmax(1)"
    (project / "nb.ipynb").write_text(notebook(cell(look)))
    assert [one["cell"]["line"] for one in found(dllint, "--select", "discarded-result")["findings"]] == [4]


def test_a_script_of_cells_may_hold_magics(dllint: Dllint, project: Path) -> None:
    script = f"# %%\n{IMPORTS}\n\n# %%\n{NET}\n\n# %% loop\n{LOOP.removeprefix('%%time')}\n"
    (project / "nb.py").write_text(script)
    (one,) = found(dllint)["findings"]
    assert (one["line"], one["column"], one["cell"]) == (18, 19, None)


def test_an_export_of_databricks_is_a_script(dllint: Dllint, project: Path) -> None:
    cells = "\n\n# COMMAND ----------\n\n".join(
        [IMPORTS.replace("%", "# MAGIC %").replace("!", "# MAGIC %sh "), NET.removesuffix("\nnet?"), LOOP[7:]]
    )
    (project / "nb.py").write_text(f"# Databricks notebook source\n{cells}\n")
    (one,) = found(dllint)["findings"]
    assert one["rule"] == "softmax-into-logit-loss"
