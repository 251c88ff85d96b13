"""A target that the loss does not take, or reads as something else.

Class indices are whole numbers, int64 or uint8, one for each sample: cross_entropy and nll_loss raise on int32, on
booleans and floats, on a column (N, 1), and on a one-hot table of whole numbers. binary_cross_entropy wants the type of
its input, its form with logits wants floats. And `max(1)[0]` is the largest number of a row; its class is `max(1)[1]`.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 3)
    inputs, classes = torch.randn(8, 4), torch.randint(3, (8,), dtype=torch.int32)
    loss = nn.functional.cross_entropy(net(inputs), classes)  # expect: target-shape-dtype
    # RuntimeError: expected target dtype to be Long or Byte, but got Int
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 3)
    inputs, classes = torch.randn(8, 4), torch.randint(3, (8,), dtype=torch.int32)
    loss = nn.functional.cross_entropy(net(inputs), classes.long())
    ```
Source: torch.nn.CrossEntropyLoss, "target"; torch.nn.BCELoss; torch raises in each case but that of max.
"""

from collections.abc import Iterator

from dllint import ERROR, Convert, Draft, Rule, Target


def judge(target: Target) -> Iterator[Draft]:
    """A type or a shape that raises, or the largest numbers of rows instead of their places."""
    given, callee = target.given, target.callee
    if target.divided:
        yield target.draft(
            f"{callee} gets class indices that were divided; they name classes, and are no pixels to scale; "
            "leave them as they are"
        )
    elif target.values:
        yield target.draft(
            f"{callee} gets, as class indices, the largest numbers that max gives (its item 0); "
            "their places, the classes, are its item 1"
        )
    elif target.is_column:
        yield target.draft(
            f"{callee} of {target.against} gets a target {given.shape}; class indices have one dimension less, and "
            "probabilities are floats of the same shape; torch raises here"
        )
    elif target.is_refused:
        method = "long" if "classes" in target.takes else "float"
        yield target.draft(
            f"{callee} takes {TAKES.get(target.takes, target.takes)} as its target, and gets {given.dtype}; "
            f"torch raises here; use .{method}()",
            fix=Convert(target.where.site, 1, given.parameter, method),
        )


TAKES = {
    "classes": "int64 or uint8 class indices",
    "classes or probabilities": "int64 or uint8 class indices, or float probabilities of the input's shape,",
}

RULE = Rule(code="DL109", level=ERROR, on=Target, judge=judge)
