"""Programs that are long, deep or turn in circles: linted in a sane time, or one line says what was given up."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dllint.cli.run import run

SANE = 60
"""Seconds of CPU that no file here may take; the slowest takes five on a slow machine."""

HEAD = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n"

LOOP = """
class Net{n}(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Linear(4, 8)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        return self.head(self.dropout(self.features(x)))


def run{n}(loader):
    net = Net{n}()
    optimizer = torch.optim.Adam(net.parameters())
    for x, y in loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(net(x), y)
        loss.backward()
        optimizer.step()
"""

LAST = """
def last(net, x, y):
    F.cross_entropy(net(x).softmax(1), y).backward()
"""
"""A bug at the end of a program: seen when nothing before it ended the run."""


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable:
    """Lint these files by the real command line, in a sane time; what the json says."""

    def call(files: Mapping[str, str]) -> dict:
        for name, text in files.items():
            (tmp_path / name).write_text(text)
        monkeypatch.chdir(tmp_path)
        started = time.process_time()
        status = run([".", "--output-format", "json"])
        assert time.process_time() - started < SANE
        out, err = capsys.readouterr()
        assert (status in (0, 1), err) == (True, "")
        said = json.loads(out)
        assert "DL000" not in {found["code"] for found in said["findings"]}
        return said

    return call


def lines(said: dict, path: str) -> list[int]:
    """Lines of a file where softmax reaches cross entropy."""
    return [f["line"] for f in said["findings"] if (f["code"], f["path"]) == ("DL301", path)]


def line_of_last(text: str) -> int:
    return text.count("\n") if text.endswith(LAST) else 0


LONG = {
    "10,000 lines": "".join(LOOP.format(n=n) for n in range(500)),
    "2,000 functions": "".join(f"def f{n}(net, x):\n    return net(x).softmax(1)\n" for n in range(2_000)),
    "300 elif": "def f(k, x):\n    if k == 0:\n        x = x + 1\n"
    + "".join(f"    elif k == {n}:\n        x = torch.relu(x + {n})\n" for n in range(1, 300))
    + "    return x\n",
    "a function that calls 200": "".join(f"def f{n}(net, x):\n    net(x).sum().backward()\n" for n in range(200))
    + "def all_of_them(net, x):\n"
    + "".join(f"    f{n}(net, x)\n" for n in range(200)),
    "a list of 20,000 numbers": f"x = [{', '.join(map(str, range(20_000)))}]\ny = torch.tensor(x)\n",
    "a list of 3,000 lists": "x = [\n" + "".join(f"    [{n}, ('a', {n})],\n" for n in range(3_000)) + "]\n",
    "a dict of 1,000 names": f"names = {{{', '.join(f'{n}: {str(n)!r}' for n in range(1_000))}}}\n",
    "90 blocks": "".join(" " * n + f"if a[{n}]:\n" for n in range(90)) + " " * 90 + "x = torch.zeros(3)\n",
    "90 functions in one another": "".join(" " * n + f"def f{n}(x):\n" for n in range(90)) + " " * 90 + "return x\n",
    "40 loops in one another": "".join(" " * n + f"for x{n} in y:\n" for n in range(40)) + " " * 40 + "z = x0 + x39\n",
    "a long sum": "x = torch.ones(1)" + " + torch.ones(1)" * 500 + "\n",
}


@pytest.mark.parametrize("body", LONG.values(), ids=LONG)
def test_a_long_program_is_linted_to_its_end(lint: Callable, body: str) -> None:
    text = HEAD + body + LAST
    said = lint({"long.py": text})
    assert lines(said, "long.py") == [line_of_last(text)]
    assert said["not_checked"] == []


def test_a_chain_of_200_calls_is_given_up_with_a_reason(lint: Callable) -> None:
    chain = "".join(f"def f{n}(x):\n    return f{n + 1}(x)\n" for n in range(200)) + "def f200(x):\n    return x\n"
    text = f"{HEAD}{chain}F.cross_entropy(f0(torch.randn(3, 3)), torch.tensor([1, 2, 0])).backward()\n{LAST}"
    said = lint({"chain.py": text})
    assert lines(said, "chain.py") == [line_of_last(text)]
    assert [(note["path"], note["why"]) for note in said["not_checked"]] == [
        ("chain.py", "loss not judged: f40: it is more than 40 calls deep")
    ]


CYCLES = {
    "two files": {
        "one.py": f"import two\nfrom two import squash\n{HEAD}\ndef scores(x):\n    return x\n",
        "two.py": f"import one\nfrom one import *\n{HEAD}\ndef squash(x):\n    return one.scores(x).softmax(1)\n",
    },
    "a file and itself": {
        "two.py": f"import two\nfrom two import *\n{HEAD}\ndef squash(x):\n    return x.softmax(1)\n"
    },
    "names sent round": {
        "one.py": "from two import squash\n",
        "two.py": f"{HEAD}\ndef squash(x):\n    return x.softmax(1)\n\nfrom one import squash\n",
    },
}


@pytest.mark.parametrize("files", CYCLES.values(), ids=CYCLES)
def test_imports_that_turn_in_circles_are_followed(lint: Callable, files: Mapping[str, str]) -> None:
    text = f"from two import squash\n{HEAD}\ndef step(x, y):\n    F.cross_entropy(squash(x), y).backward()\n"
    assert lines(lint({**files, "train.py": text}), "train.py") == [7]


def test_a_name_that_is_sent_round_for_ever_is_unknown(lint: Callable) -> None:
    files = {"one.py": "from two import squash\n", "two.py": "from one import squash\n"}
    text = f"from two import squash\n{HEAD}\ndef step(x, y):\n    F.cross_entropy(squash(x), y).backward()\n"
    said = lint({**files, "train.py": text})
    assert said["findings"] == []
    assert [(note["path"], note["line"]) for note in said["not_checked"]] == [("train.py", 7)]


MODULE = """
class Net(nn.Module):
    def __init__(self, depth=3):
        super().__init__()
        self.layer = nn.Linear(3, 3)
        {init}

    def forward(self, x):
        {forward}

net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(3):
    optimizer.zero_grad()
    F.cross_entropy(net(torch.randn(2, 3)), torch.tensor([1, 2])).backward()
    optimizer.step()
net.train()
net.eval()
"""

CIRCLES = {
    "holds itself": ("self.me = self", "return self.me.layer(x)"),
    "is its own child": ("self.add_module('me', self)", "return self.layer(x)"),
    "holds itself in a list": ("self.all = nn.ModuleList([self])", "return self.all[0].layer(x)"),
    "makes itself": ("self.inner = Net()", "return self.inner(self.layer(x))"),
    "makes itself thrice": ("self.inner = Net(depth - 1) if depth else self.layer", "return self.inner(self.layer(x))"),
    "makes itself for ever": ("self.inner = Net(depth + 1) if depth else self.layer", "return self.inner(x)"),
    "forward that calls itself": ("pass", "return self.forward(self.layer(x))"),
    "module that calls itself": ("pass", "return self(self.layer(x))"),
    "two that call one another": ("self.f = lambda x: self.forward(x)", "return self.f(self.layer(x))"),
    "list in itself": ("self.l = []\n        self.l.append(self.l)", "return [self.layer(x) for _ in self.l][0]"),
}


@pytest.mark.parametrize(("init", "forward"), CIRCLES.values(), ids=CIRCLES)
def test_a_model_that_turns_in_circles_ends(lint: Callable, init: str, forward: str) -> None:
    text = HEAD + MODULE.format(init=init, forward=forward) + LAST
    assert lines(lint({"net.py": text}), "net.py") == [line_of_last(text)]
