"""A comment is meant to silence a rule that does not exist.

The name is misspelt, or the rule has gone: the comment does nothing, and what it was to silence is reported.

Bad:
    ```python
    import torch
    import torch.nn.functional as F

    def step(net, x, y):
        loss = F.cross_entropy(net(x), y)  # dllint: ignore[softmax-into-loss] ablation  # expect: unknown-suppression
        loss.backward()

    step(torch.nn.Linear(4, 3), torch.randn(5, 4), torch.randint(3, (5,)))
    ```
Good:
    ```python
    import torch
    import torch.nn.functional as F

    def step(net, x, y):
        loss = F.cross_entropy(net(x).softmax(1), y)  # dllint: ignore[softmax-into-logit-loss] ablation
        loss.backward()

    step(torch.nn.Linear(4, 3), torch.randn(5, 4), torch.randint(3, (5,)))
    ```
Silent: codes of other tools in a noqa
    ```python
    import torch
    import torch.nn.functional as F

    def step(net, x, y):
        loss = F.cross_entropy(net(x), y)  # noqa: E501, PLR2004
        loss.backward()

    step(torch.nn.Linear(4, 3), torch.randn(5, 4), torch.randint(3, (5,)))
    ```
"""

from collections.abc import Iterator

from dllint import WARNING, Comment, Rule


def judge(comment: Comment) -> Iterator[str]:
    """Each name that means nothing."""
    for what, advice in comment.unknown:
        yield f"{what}; this comment silences nothing by it; {advice}"


RULE = Rule(code="DL002", level=WARNING, on=Comment, judge=judge)
