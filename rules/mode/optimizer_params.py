"""Parameters that are to be trained, frozen or clipped are not reached.

An optimizer holds the parameters that it was given when it was made. A layer that is put into the network afterwards is
not among them, nor is a group that was built and never handed over: they keep their first values for ever. A generator
of parameters is empty once somebody went through it. And only `requires_grad` of a parameter freezes it: on a module,
or misspelt, it is an attribute like any other, and nothing reads it.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 10))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net[2] = nn.Linear(8, 3)  # expect: optimizer-params
    for _ in range(100):
        loss = nn.functional.cross_entropy(net(torch.randn(5, 4)), torch.randint(3, (5,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    ```
Bad: nothing is frozen
    ```python
    import torch
    import torch.nn as nn

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.features = nn.Linear(4, 8)
            self.head = nn.Linear(8, 3)

    net = Net()
    net.features.requires_grad = False  # expect: optimizer-params
    print([name for name, one in net.named_parameters() if one.requires_grad])
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 10))
    net[2] = nn.Linear(8, 3)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(100):
        loss = nn.functional.cross_entropy(net(torch.randn(5, 4)), torch.randint(3, (5,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    ```
Source: torch.optim: "iterable of parameters", which the optimizer keeps; torch.nn.Module.requires_grad_.
"""

from collections.abc import Iterator

from dllint import ERROR, Draft, Freeze, Rule, Untrained

WHY = {
    "flag of a module": "requires_grad of a module is read by nothing; "
    "the parameters of {what} are trained as before; call requires_grad_(False)",
    "unknown flag": "{what} is no attribute that torch reads; the parameter is trained as before; set requires_grad",
    "trained already": "a parameter that is frozen is left out, see {{made}}; "
    "so {what}=True changes nothing, and what was frozen once is frozen for ever; set it for all parameters",
    "used up": "it is given a generator that was used up at {{made}}; there is nothing in it to clip; "
    "make a list of the parameters",
    "replaced": "{what} gets a new layer after the optimizer was made at {{made}}; "
    "the optimizer trains the layer that was there before, and never this one; make the optimizer after it",
    "left out": "the group of parameters made at {{made}} is in no optimizer; they keep their first values; "
    "append {what} to the groups",
}


def judge(untrained: Untrained) -> Iterator[Draft]:
    """Parameters that are not where the program takes them to be."""
    if not untrained.where.test:
        fix = Freeze(untrained.where.site) if untrained.how == "flag of a module" else None
        yield untrained.draft(WHY[untrained.how].format(what=untrained.what), fix)


RULE = Rule(code="DL409", level=ERROR, on=Untrained, judge=judge)
