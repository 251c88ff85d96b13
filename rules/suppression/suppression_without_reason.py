"""A comment silences a rule and does not say why.

Whoever reads it later cannot tell whether it still holds. Advice until the settings say `require-reason = true`.

Bad:
    ```python
    import torch
    import torch.nn.functional as F

    def step(net, x, y):
        loss = F.cross_entropy(net(x).softmax(1), y)  # dllint: ignore[DL301]  # expect: suppression-without-reason
        loss.backward()

    step(torch.nn.Linear(4, 3), torch.randn(5, 4), torch.randint(3, (5,)))
    ```
Good:
    ```python
    import torch
    import torch.nn.functional as F

    def step(net, x, y):
        loss = F.cross_entropy(net(x).softmax(1), y)  # dllint: ignore[DL301] ablation of section 4
        loss.backward()

    step(torch.nn.Linear(4, 3), torch.randn(5, 4), torch.randint(3, (5,)))
    ```
"""

from collections.abc import Iterator

from dllint import ADVICE, Comment, Rule


def judge(comment: Comment) -> Iterator[str]:
    """A comment that silences something, with no words beside the names."""
    if not (comment.reason or comment.why or comment.unknown or comment.idle):
        yield (
            f"no reason is given for silencing {comment.silenced}; "
            "nobody can tell later whether it still holds; write it behind the names"
        )


RULE = Rule(code="DL003", level=ADVICE, on=Comment, judge=judge)
