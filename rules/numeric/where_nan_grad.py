"""torch.where hides an infinite result, and its gradient is NaN all the same.

where computes both branches. The one that is not taken gets the gradient 0, and behind it lies a slope that is infinite
at 0: 0 * inf is NaN, in every weight. Guard the argument before the operation; a second where around the result is then
only for its value.

Bad:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 3)
    rate = F.relu(net(torch.randn(5, 4)))
    entropy = torch.where(rate > 0, rate * torch.log(rate), 0.0)  # expect: where-nan-grad
    entropy.sum().backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 3)
    rate = F.relu(net(torch.randn(5, 4)))
    known = torch.where(rate > 0, rate, 1.0)
    entropy = torch.where(rate > 0, known * torch.log(known), 0.0)
    entropy.sum().backward()
    ```
Source: lecture, section 4, "numerical instability"; the gradient of where, and 0 * inf.
"""

from collections.abc import Iterator

from dllint import WARNING, Call, Draft, Rule, pole


def judge(call: Call) -> Iterator[Draft]:
    """A branch with an operation that is infinitely steep just where the condition keeps its result out."""
    for given in call.given(wanting="branch"):
        found = [steep for asked in call.given(wanting="condition") if (steep := pole(given.term, asked.term))]
        if found and given.tracked:
            name = NAMES.get(found[0].op, found[0].op)
            yield call.here(
                given,
                f"where hides the result of {name} at 0, not its gradient, which is 0 * inf, NaN; "
                "guard the argument before the operation",
            )


NAMES = {"/": "a division", "div": "a division", "**": "a power", "pow": "a power"}
RULE = Rule(code="DL509", level=WARNING, on=Call, judge=judge)
