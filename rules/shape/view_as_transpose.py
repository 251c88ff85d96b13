"""A view where an axis move is meant.

`x.view(T, B, C)` of a tensor (B, T, C) does not swap the axes: it cuts the same row of numbers into other pieces, so
that steps of one sample end up in another. The shape is as wanted and nothing fails; the data is shuffled.

Bad:
    ```python
    import torch


    def time_first(x):
        batch, steps, size = x.shape
        return x.view(steps, batch, size)  # expect: view-as-transpose


    time_first(torch.randn(5, 9, 2))
    torch.nn.functional.log_softmax(torch.randn(2, 3), dim=1)
    ```
Good:
    ```python
    import torch


    def time_first(x):
        batch, steps, size = x.shape
        return x.transpose(0, 1)


    time_first(torch.randn(5, 9, 2))
    torch.nn.functional.log_softmax(torch.randn(2, 3), dim=1)
    ```
Source: lecture, section 4, "incorrect shapes"; torch.Tensor.view, "the returned tensor shares the same data".
"""

from collections.abc import Iterator

from dllint import ERROR, Draft, Regroup, Rule


def judge(regroup: Regroup) -> Iterator[Draft]:
    """A view across what belonged together."""
    yield regroup.draft(
        f"{regroup.callee} of {regroup.before} as {regroup.after} regroups numbers without moving them; "
        "what belonged to one index belongs to several now; use permute or transpose"
    )


RULE = Rule(code="DL103", level=ERROR, on=Regroup, judge=judge)
