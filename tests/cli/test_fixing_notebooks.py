"""Fixes in notebooks: the source of cells changes, and nothing else of the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dllint.cli.run import run

IMPORTS = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F"
NET = "net = nn.Sequential(\n    nn.Linear(4, 3),\n    nn.Softmax(dim=1),\n)"
LOOP = """\
opt = torch.optim.SGD(net.parameters(), lr=1e-2)
for x, y in loader:
    loss = F.cross_entropy(net(x), y)
    print("é\\n")
    loss.backward()
    opt.step()"""

FIXED = [
    IMPORTS,
    "net = nn.Sequential(\n    nn.Linear(4, 3),\n)",
    f"{LOOP}\n    opt.zero_grad()",
    "print('the end')\n",
]

LAYOUTS: dict[str, dict[str, Any]] = {
    "as Jupyter writes it": {"indent": 1, "ensure_ascii": False},
    "with other indents": {"indent": 4, "ensure_ascii": True, "sort_keys": True},
    "on one line": {"separators": (",", ":")},
}

Fix = Callable[[bytes], bytes]


@pytest.fixture
def fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fix:
    monkeypatch.chdir(tmp_path)

    def call(content: bytes) -> bytes:
        Path("nb.ipynb").write_bytes(content)
        run(["check", "--fix", "--unsafe-fixes", "nb.ipynb"])
        return Path("nb.ipynb").read_bytes()

    return call


def notebook(sources: list[str], *, lines: bool = True, **layout: Any) -> bytes:
    cells = [
        {
            "cell_type": "code",
            "execution_count": number,
            "id": f"cell-{number}",
            "metadata": {"tags": ["a"], "A": {}},
            "outputs": [{"output_type": "stream", "name": "stdout", "text": [source]}],
            "source": source.splitlines(keepends=True) if lines else source,
        }
        for number, source in enumerate(sources)
    ]
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}, **layout).encode()


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("lines", [True, False])
@pytest.mark.parametrize("end", [b"", b"\n"])
def test_only_the_source_changes(fix: Fix, layout: dict[str, Any], lines: bool, end: bytes) -> None:
    last = "print('the end')\n"
    before = notebook([IMPORTS, NET, LOOP, last], lines=lines, **layout) + end
    outputs = json.loads(before)["cells"]
    after = fix(before)
    wanted = json.loads(before)
    for cell, source in zip(wanted["cells"], FIXED, strict=True):
        cell["source"] = source.splitlines(keepends=True) if lines else source
    assert after == json.dumps(wanted, **layout).encode() + end
    assert [cell["outputs"] for cell in json.loads(after)["cells"]] == [cell["outputs"] for cell in outputs]


def test_line_ends_of_the_file_and_of_its_cells_stay(fix: Fix) -> None:
    before = notebook([IMPORTS, NET.replace("\n", "\r\n"), LOOP], indent=1).replace(b"\n", b"\r\n")
    after = fix(before)
    assert b"\n" not in after.replace(b"\r\n", b"")
    assert json.loads(after)["cells"][1]["source"] == [
        *("net = nn.Sequential(\r\n", "    nn.Linear(4, 3),\r\n", ")"),
    ]


def test_a_line_below_the_last_of_a_cell_stays_in_that_cell(fix: Fix) -> None:
    loop = LOOP + "\n"
    after = json.loads(fix(notebook([IMPORTS, NET.replace(",\n    nn.Softmax(dim=1)", ""), loop, "x = 1"], indent=1)))
    assert after["cells"][2]["source"][-2:] == ["    opt.step()\n", "    opt.zero_grad()\n"]
    assert after["cells"][3]["source"] == ["x = 1"]


def test_a_fix_that_would_write_a_magic_as_something_else_is_not_offered(
    fix: Fix, capsys: pytest.CaptureFixture[str]
) -> None:
    net = NET.replace(",\n    nn.Softmax(dim=1)", "")
    loop = "for x, y in loader:\n    loss = F.cross_entropy(\n        F.softmax(net(x), dim=1), y)\n    loss.backward()"
    held = f"{loop}\n    !nvidia-smi"
    before = notebook([IMPORTS, net, held], indent=1)
    after = json.loads(fix(before))  # the magic is beside what changes, and stays
    assert after["cells"][2]["source"][-1] == "    !nvidia-smi"
    assert "".join(after["cells"][2]["source"]) == held.replace("F.softmax(net(x), dim=1)", "net(x)")
