"""A mask of attention means the opposite of what it is given as.

`nn.MultiheadAttention` and `nn.Transformer` leave out what their boolean masks mark; `scaled_dot_product_attention`
attends to it, and to nothing else. The wrong way round, every token attends to the padding alone, or to what lies
ahead of it. The shapes fit, so nothing raises. Float masks are added to the scores, and mean the same in both.

Bad:
    ```python
    import torch
    import torch.nn as nn

    tokens = torch.tensor([[5, 7, 0], [4, 6, 9]])
    embedding, attention = nn.Embedding(10, 8), nn.MultiheadAttention(8, 2, batch_first=True)
    x = embedding(tokens)
    y, _ = attention(x, x, x, key_padding_mask=tokens != 0)  # expect: mask-polarity
    y.sum().backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    tokens = torch.tensor([[5, 7, 0], [4, 6, 9]])
    embedding, attention = nn.Embedding(10, 8), nn.MultiheadAttention(8, 2, batch_first=True)
    x = embedding(tokens)
    y, _ = attention(x, x, x, key_padding_mask=~(tokens != 0))
    y.sum().backward()
    ```
Source: torch.nn.MultiheadAttention, "a True value indicates that the corresponding key value will be ignored";
torch.nn.functional.scaled_dot_product_attention, "a value of True indicates that the element should take part".
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Invert, Rule

MEANS = {"left out": "leaves a place out", "attended": "lets a place take part"}
"""What a mask is wanted as → what True does there."""


def judge(call: Call) -> Iterator[Draft]:
    """True stands for what takes part where it leaves out, or the other way round."""
    for given in call.arguments:
        if given.wants in MEANS and given.attends is (given.wants == "left out"):
            stands = "tokens and what is not ahead" if given.attends else "padding or what is ahead"
            yield call.draft(
                given,
                f"the {given.parameter} of {call.callee} is True for {stands} (made at {{made}}); "
                f"True {MEANS[given.wants]} there, so attention goes where it must not; pass the inverse, ~mask",
                Invert(call.where.site, given.parameter),
            )


RULE = Rule(code="DL314", level=ERROR, on=Call, judge=judge)
