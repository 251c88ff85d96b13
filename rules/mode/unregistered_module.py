"""Layers kept in a plain list, dict or tuple are not part of the network.

Only what is an attribute of its own, or in a ModuleList, ModuleDict or Sequential, is registered. The layers of a plain
list are missing in parameters(), so the optimizer never trains them; to() leaves them behind on the CPU, state_dict()
forgets them, eval() does not reach them.

Bad:
    ```python
    import torch
    import torch.nn as nn

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = [nn.Linear(4, 4) for _ in range(3)]  # expect: unregistered-module

        def forward(self, x):
            for layer in self.layers:
                x = torch.relu(layer(x))
            return x

    print(sum(p.numel() for p in Net().parameters()))
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = nn.ModuleList([nn.Linear(4, 4) for _ in range(3)])

        def forward(self, x):
            for layer in self.layers:
                x = torch.relu(layer(x))
            return x

    print(sum(p.numel() for p in Net().parameters()))
    ```
Source: torch.nn.ModuleList: "modules it contains are properly registered, and will be visible by all Module methods".
"""

from collections.abc import Iterator

from dllint import ERROR, Build, Draft, Register, Rule

INSTEAD = {"list": "nn.ModuleList", "tuple": "nn.ModuleList", "dict": "nn.ModuleDict"}


def judge(build: Build) -> Iterator[Draft]:
    """A container of layers that nothing registers; one layer alone in brackets is hidden on purpose."""
    if not (build.alone or build.where.test):
        yield build.draft(
            f"{build.module}.{build.attribute} keeps its layers in a plain {build.container}; they are missing in "
            "parameters() and state_dict(), so nothing trains, moves or saves them; "
            f"use {INSTEAD[build.container]}",
            Register(build.where.site),
        )


RULE = Rule(code="DL407", level=ERROR, on=Build, judge=judge)
