"""log(1 + x) or exp(x) - 1, where x is small: float32 keeps few digits of it, or none.

1 + 1e-8 is 1 in float32, and its logarithm 0. exp(1e-8) - 1 is 0 likewise. log1p and expm1 give 1e-8 for both.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 3)
    score = net(torch.randn(5, 4))
    loss = torch.log(1 + score**2).mean()  # expect: imprecise-log1p-expm1
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 3)
    score = net(torch.randn(5, 4))
    loss = torch.log1p(score**2).mean()
    loss.backward()
    ```
Source: float32 has 24 binary digits: 1 + 2**-25 is 1.
"""

from collections.abc import Iterator

from dllint import ADVICE, Call, Draft, Given, Rule, Term, span, unmoved


def judge(call: Call) -> Iterator[Draft]:
    """A logarithm of 1 and something that may be small, or an exponential of that less 1."""
    for given in call.given(wanting="positive"):
        if call.callee in ("log", "log_") and _is_one_and_little(given):
            yield call.here(given, "log(1 + x) loses the digits of a small x; use log1p")
    for given in call.given(wanting="lessened"):
        yield call.here(given, "exp(x) - 1 loses the digits of a small x; use expm1")


def _is_one_and_little(given: Given) -> bool:
    """Whether a logarithm is taken of 1 + x, with an x that may be near 0 on either side."""
    match unmoved(given.term):
        case Term(op="+" | "add", of=(1.0, Term() as little)) | Term(op="+" | "add", of=(Term() as little, 1.0)):
            return span(little).low <= 0 <= span(little).high
    return False


RULE = Rule(code="DL506", level=ADVICE, on=Call, judge=judge)
