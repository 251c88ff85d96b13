"""Training goes on in eval mode, after an evaluation that nothing put back.

`eval()` holds until `train()` is called: an evaluation inside the training loop leaves every later batch to be trained
without dropout and with the frozen statistics of batch norm. The loss looks fine, better even; the model generalises
worse.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 8), nn.Dropout(), nn.Linear(8, 3))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    data = torch.utils.data.TensorDataset(torch.randn(32, 4), torch.randint(3, (32,)))

    def accuracy():
        net.eval()
        with torch.no_grad():
            return (net(data.tensors[0]).argmax(1) == data.tensors[1]).float().mean().item()

    net.train()
    for epoch in range(3):
        for x, y in torch.utils.data.DataLoader(data, batch_size=8):
            loss = nn.functional.cross_entropy(net(x), y)  # expect: missing-train
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(accuracy())
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 8), nn.Dropout(), nn.Linear(8, 3))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    data = torch.utils.data.TensorDataset(torch.randn(32, 4), torch.randint(3, (32,)))

    def accuracy():
        net.eval()
        with torch.no_grad():
            return (net(data.tensors[0]).argmax(1) == data.tensors[1]).float().mean().item()

    for epoch in range(3):
        net.train()
        for x, y in torch.utils.data.DataLoader(data, batch_size=8):
            loss = nn.functional.cross_entropy(net(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(accuracy())
    ```
Source: lecture, section 4, "forgot to set up train/test mode correctly".
"""

from collections.abc import Iterator

from dllint import ERROR, Confidence, Draft, Forward, Resume, Rule, Step

HURTS = {"dropout": "dropout is off", "batchnorm": "batch norm keeps its old statistics"}
MAYBE = "dropout and batch norm, which it may have, stay as in an evaluation"


def judge(forward: Forward) -> Iterator[Draft]:
    """A network is trained on in the eval mode that an evaluation left it in."""
    evaluation = forward.evaluation
    if evaluation is None or not forward.matters or forward.where.test:
        return
    names = sorted({name for leaf in forward.leaves for name in leaf.name.split(" and ")})
    hurts = ", and ".join(HURTS[name] for name in names) or MAYBE
    for mode, sure, when in forward.in_eval_mode():
        # A condition is an option of the author's, who knows; of an unknown network nobody knows what train() did.
        doubtful = when or (forward.built is None and any(other.train for other, _, _ in forward.states))
        sure = Confidence.POSSIBLE if doubtful else sure if names else Confidence.LIKELY
        on = f" {when}" if when else ""
        yield Draft(
            forward.where.site,
            f"{forward.module} is trained in eval mode, set for the evaluation at {{made}}{on}; "
            f"{hurts} for all later batches; call train() after the evaluation",
            (Step(evaluation.leaving(forward.where), "evaluates"), Step(mode.site, "eval mode is set")),
            sure,
            fix=Resume(forward.where.site, "train", evaluation.leaving(forward.where)),
        )


RULE = Rule(code="DL402", level=ERROR, on=Forward, judge=judge)
