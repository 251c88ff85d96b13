"""A network sets layers before `super().__init__()`, or never calls it.

nn.Module's own __init__ makes the tables in which layers and parameters are registered. Before it has run, setting a
layer raises an AttributeError; where it never runs, the first `net(x)`, `net.parameters()` or `print(net)` does.

Bad:
    ```python
    import torch
    import torch.nn as nn

    class Net(nn.Module):
        def __init__(self):
            self.linear = nn.Linear(4, 3)  # expect: missing-super-init
            super().__init__()

        def forward(self, x):
            return self.linear(x)

    try:
        print(Net()(torch.randn(5, 4)))
    except AttributeError as error:
        print(error)
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = nn.Linear(4, 3)

        def forward(self, x):
            return self.linear(x)

    print(Net()(torch.randn(5, 4)))
    ```
Bad: it is never called
    ```python
    import torch
    import torch.nn as nn

    class Double(nn.Module):
        def __init__(self, factor):  # expect: missing-super-init
            self.factor = factor

        def forward(self, x):
            return x * self.factor

    try:
        print(Double(2)(torch.randn(5, 4)))
    except AttributeError as error:
        print(error)
    ```
Source: torch.nn.Module: "an __init__() call to the parent class must be made before assignment on the child".
"""

from collections.abc import Iterator

from dllint import ERROR, Bare, Begin, Draft, Rule


def judge(bare: Bare) -> Iterator[Draft]:
    """A network whose nn.Module.__init__ comes too late, or not at all."""
    if bare.where.test:
        return
    if bare.attribute:
        yield bare.draft(
            f"{bare.module}.{bare.attribute} is set before super().__init__(); "
            "nn.Module cannot register a layer yet and raises an AttributeError; call super().__init__() first",
        )
    else:
        yield bare.draft(
            f"the __init__ of {bare.module} never calls that of nn.Module; "
            "calling the network, or asking for its parameters, raises an AttributeError; "
            "begin with super().__init__()",
            Begin(bare.where.site, "super().__init__()"),
        )


RULE = Rule(code="DL408", level=ERROR, on=Bare, judge=judge)
