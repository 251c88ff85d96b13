"""A comment silences a rule that finds nothing there.

The bug it was written for is gone, or the comment never stood where it works. What it still does is hide the next bug
on that line. Reported only where the rules that it names judged, and where all of the file could be checked.

Bad:
    ```python
    import torch
    import torch.nn.functional as F

    def step(net, x, y):
        loss = F.cross_entropy(net(x), y)  # dllint: ignore[DL301] old head  # expect: unused-suppression
        loss.backward()

    step(torch.nn.Linear(4, 3), torch.randn(5, 4), torch.randint(3, (5,)))
    ```
Good:
    ```python
    import torch
    import torch.nn.functional as F

    def step(net, x, y):
        loss = F.cross_entropy(net(x), y)
        loss.backward()

    step(torch.nn.Linear(4, 3), torch.randn(5, 4), torch.randint(3, (5,)))
    ```
Silent: it silences a bug
    ```python
    import torch
    import torch.nn.functional as F

    def step(net, x, y):
        loss = F.cross_entropy(net(x).softmax(1), y)  # dllint: ignore[DL301] ablation
        loss.backward()

    step(torch.nn.Linear(4, 3), torch.randn(5, 4), torch.randint(3, (5,)))
    ```
"""

from collections.abc import Iterator

from dllint import WARNING, Comment, Rule


def judge(comment: Comment) -> Iterator[str]:
    """All or a part of the comment silences nothing."""
    if comment.why:
        yield f"this comment silences nothing: {comment.why}; its rules speak all the same; move or delete it"
    elif comment.idle:
        yield "this comment silences nothing; it would hide the next bug; delete it"
    elif comment.unused:
        yield f"{comment.unused} silences nothing here; it would hide the next bug; delete it from the comment"


RULE = Rule(code="DL001", level=WARNING, on=Comment, judge=judge)
