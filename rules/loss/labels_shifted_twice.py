"""Labels are shifted by hand, for a causal language model that shifts them itself.

With `labels`, a model of transformers compares what it says after each token with the *next* label. Given
`tokens[:, :-1]` and `tokens[:, 1:]`, it learns to predict the token after the next: the loss falls, to a worse level,
and what it generates skips every other word.

Bad:
    ```python
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    model = GPT2LMHeadModel(GPT2Config(n_layer=1, n_head=2, n_embd=8, vocab_size=10))
    tokens = torch.randint(10, (2, 6))
    loss = model(input_ids=tokens[:, :-1], labels=tokens[:, 1:]).loss  # expect: labels-shifted-twice
    loss.backward()
    ```
Good:
    ```python
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    model = GPT2LMHeadModel(GPT2Config(n_layer=1, n_head=2, n_embd=8, vocab_size=10))
    tokens = torch.randint(10, (2, 6))
    loss = model(input_ids=tokens, labels=tokens).loss
    loss.backward()
    ```
Source: transformers, GPT2LMHeadModel.forward: "the labels are shifted inside the model".
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Rule


def judge(call: Call) -> Iterator[Draft]:
    """The labels lack the first token, and the input the last."""
    labels = list(call.given(wanting="next tokens"))
    context = list(call.given(wanting="context"))
    firstless = bool(labels) and all(given.term.option("part") == "[1:]" for given in labels)
    if firstless and context and all(given.term.option("part") == "[:-1]" for given in context):
        yield call.here(
            labels[0],
            "the model gets tokens without the last and, as labels, tokens without the first; it shifts the labels "
            "itself, so it learns to predict the token after the next; pass the same tokens as both",
        )


RULE = Rule(code="DL316", level=ERROR, on=Call, judge=judge)
