"""float16 has no such number: it is infinite there, or 0.

The largest number of float16 is 65504: to put a larger one into a tensor of it, such as -1e9 for what attention is not
to see, raises. The smallest is 6e-8: an eps of 1e-8 is 0, and guards nothing. Where autocast or a network's own weights
compute in float16, a constant that served in float32 does not.

Bad:
    ```python
    import torch

    scores = torch.randn(2, 4).half()
    hidden = torch.tensor([[False, True, True, False], [True, False, False, False]])
    print(scores.masked_fill(hidden, -1e9).softmax(-1))  # expect: half-overflow
    # RuntimeError: value cannot be converted to type c10::Half without overflow
    ```
Good:
    ```python
    import torch

    scores = torch.randn(2, 4).half()
    hidden = torch.tensor([[False, True, True, False], [True, False, False, False]])
    print(scores.masked_fill(hidden, float("-inf")).softmax(-1))
    ```
Bad: an eps that is 0
    ```python
    import torch

    weights = torch.zeros(2, 4).half()
    print(weights / (weights.sum(1, keepdim=True) + 1e-8))  # expect: half-overflow
    ```
Good: an eps that is not
    ```python
    import torch

    weights = torch.zeros(2, 4).half()
    print(weights / (weights.sum(1, keepdim=True) + 1e-6))
    ```
Source: torch.finfo(torch.float16); torch.amp, "CUDA Ops that can autocast to float16"; torch raises for masked_fill,
full_like, pad, clamp and their kin.
"""

from collections.abc import Iterator

from dllint import WARNING, Draft, Rule, Unheld


def judge(unheld: Unheld) -> Iterator[Draft]:
    """A number among those of a tensor of float16, or added to one."""
    where = "under autocast, which makes it float16 on CUDA" if unheld.cast else "of float16"
    if unheld.vanishes:
        text = f"{unheld.number:g} is 0 in a tensor {where}, so that it guards nothing; add 1e-6 or more"
    else:
        text = (
            f"{unheld.callee} puts {unheld.number:g} into a tensor {where}, whose largest number is 65504; torch "
            "raises here; use torch.finfo(x.dtype).min or max, or an infinity"
        )
    yield unheld.draft(text)


RULE = Rule(code="DL510", level=WARNING, on=Unheld, judge=judge)
