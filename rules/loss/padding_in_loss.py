"""A loss over sequences counts the places that were padded.

Sequences of one batch are padded to one length. What the padding holds is learned like any other label: where half of
a batch is padding, half of the loss says how well the padding is predicted, and the mean falls with every short
sequence. `ignore_index` leaves those places out; it is -100 unless somebody says otherwise, and `pad_sequence` pads
with 0.

Bad:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F
    from torch.nn.utils.rnn import pad_sequence

    net = nn.Sequential(nn.Embedding(10, 8), nn.Linear(8, 5))
    x = pad_sequence([torch.randint(1, 10, (n,)) for n in (3, 7)], batch_first=True)
    y = pad_sequence([torch.randint(1, 5, (n,)) for n in (3, 7)], batch_first=True)
    loss = F.cross_entropy(net(x).flatten(0, 1), y.flatten())  # expect: padding-in-loss
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F
    from torch.nn.utils.rnn import pad_sequence

    net = nn.Sequential(nn.Embedding(10, 8), nn.Linear(8, 5))
    x = pad_sequence([torch.randint(1, 10, (n,)) for n in (3, 7)], batch_first=True)
    y = pad_sequence([torch.randint(1, 5, (n,)) for n in (3, 7)], batch_first=True)
    loss = F.cross_entropy(net(x).flatten(0, 1), y.flatten(), ignore_index=0)
    loss.backward()
    ```
Source: lecture, section 4, "incorrect input to the loss function"; torch.nn.CrossEntropyLoss, ignore_index.
"""

from collections.abc import Iterator

from dllint import WARNING, Call, Draft, Rule, Term, unmoved

OVER_CLASSES = ("labels", "classes")


def judge(call: Call) -> Iterator[Draft]:
    """The labels are padded with a number that the loss does not leave out, and nobody weighs or masks it."""
    ignored = call.constant("ignore_index")
    if not isinstance(ignored, int) or call.constant("reduction") != "mean" or call.constant("weight") is not None:
        return
    if "weight" in call.passed:
        return
    for given in call.arguments:
        padded = unmoved(given.term)
        if given.wants not in OVER_CLASSES or not isinstance(padded, Term) or padded.op != "pad_sequence":
            continue
        value = padded.option("padding_value") or 0
        chosen = given.term.option("part") if given.term.op == "moved" else None
        if isinstance(value, (int, float)) and value != ignored and chosen is None:
            yield call.draft(
                given,
                f"{call.callee} counts the places that pad_sequence fills with {value:g} (see {{made}}); they are "
                f"learned as labels, and weigh as much as others; pass ignore_index={value:g}, or pad with {ignored}",
            )


RULE = Rule(code="DL315", level=WARNING, on=Call, judge=judge)
