"""What is read of imports from bytes."""

from __future__ import annotations

import pytest

from dllint.project.imports import Import, ImportReader, names_framework, path_entries

NEAR = frozenset({b"models", b"net", b"head", b"utils"})


def read(text: str) -> list[Import]:
    return list(ImportReader(NEAR).read(text.encode()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import net\n", [Import("net")]),
        ("import os, net as n, sys\n", [Import("net")]),
        ("import models.net\n", [Import("models"), Import("models.net")]),
        ("import torch\nfrom numpy import head\n", []),
        ("from models import net as n, Other\n", [Import("models", ("net",))]),
        ("from . import net\n", [Import("", ("net",), 1)]),
        ("from ..models.net import *\n", [Import("models.net", (), 2)]),
        (
            "from .. models import (  # every (one)\n    net,  # a\n    head as h,\n)\n",
            [Import("models", ("net", "head"), 2)],
        ),
        ("from models import net, \\\n    head\n", [Import("models", ("net", "head"))]),
        ("from models import(net)\r\n", [Import("models", ("net",))]),
        (
            "try: import net\nexcept ImportError: from models import head\n",
            [Import("net"), Import("models", ("head",))],
        ),
        ("x = 1; import net\n", [Import("net")]),
        ("    import net  # head\n", [Import("net")]),
        ('m = import_module("models.net")\n', [Import("models.net")]),
        ('m = importlib.import_module("models." + name)\n', [Import("models", every=True)]),
        ('m = import_module(f"models.{name}")\n', [Import("models", every=True)]),
        (
            'm = import_module("models.%s_model" % name)\n',
            [Import("models", every=True)],
        ),
        ('m = import_module(f".{name}", __package__)\n', [Import("", (), 1, every=True)]),
        ("you may import net here\nreimport net\nimport_net()\n", []),
    ],
)
def test_an_import_is_read(text: str, expected: list[Import]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text", ["import torch", "from keras.layers import X", "import pytorch_lightning as pl", "from timm import x"]
)
def test_a_framework_is_named(text: str) -> None:
    assert names_framework(text.encode())


@pytest.mark.parametrize("text", ["", "import numpy", "import storch", "'torch' is mentioned", "x = 1  # torch"])
def test_no_framework_is_named(text: str) -> None:
    assert not names_framework(text.encode())


def test_folders_put_on_the_path_are_read() -> None:
    text = b'sys.path.append("core")\nsys.path.insert(0, os.path.join(here, "../lib"))\n'
    assert path_entries(text) == ("core", "../lib")
