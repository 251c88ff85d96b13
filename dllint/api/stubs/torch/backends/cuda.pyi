"""torch.backends.cuda: switches."""
# ruff: noqa

def is_built() -> Number: ...
