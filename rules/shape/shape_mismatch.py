"""Sizes that cannot meet.

A layer is made for one size and given another, two tensors are joined or multiplied whose sizes differ, a view asks for
more numbers than there are. torch raises when the line is run, which may be hours after the start, at the end of the
first epoch, or only under one option.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(
        nn.Conv2d(3, 16, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(16 * 8 * 8, 10),  # expect: shape-mismatch
    )
    net(torch.randn(4, 3, 32, 32))
    # RuntimeError: mat1 and mat2 shapes cannot be multiplied
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(
        nn.Conv2d(3, 16, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(16 * 16 * 16, 10),
    )
    net(torch.randn(4, 3, 32, 32))
    ```
Source: lecture, section 2, "step through shapes and types"; torch raises in each of these cases.
"""

from collections.abc import Iterator

from dllint import ERROR, Draft, Mismatch, Rule


def judge(mismatch: Mismatch) -> Iterator[Draft]:
    """A call that raises whatever the unknown sizes are."""
    library = "Keras" if mismatch.callee.startswith("keras.") else "torch"
    yield mismatch.draft(f"{mismatch.text}; {library} raises here")


RULE = Rule(code="DL101", level=ERROR, on=Mismatch, judge=judge)
