"""`net.forward(x)` in place of `net(x)`.

Calling the network runs its hooks around `forward`; calling `forward` by name skips them. What relies on hooks, such as
spectral norm of old, pruning, profilers and feature extractors, silently does nothing.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
    print(net.forward(torch.randn(5, 4)).shape)  # expect: direct-forward
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
    print(net(torch.randn(5, 4)).shape)
    ```
Source: torch.nn.Module.forward: "one should call the Module instance afterwards instead of this since the former takes
care of running the registered hooks".
"""

from collections.abc import Iterator

from dllint import ADVICE, Bypass, CallItself, Draft, Rule


def judge(bypass: Bypass) -> Iterator[Draft]:
    """The forward of another module, called by its name."""
    yield bypass.draft(
        f"{{here}} calls the forward of {bypass.module} by name; its hooks do not run; call the network itself",
        CallItself(bypass.where.site),
    )


RULE = Rule(code="DL417", level=ADVICE, on=Bypass, judge=judge)
